package vn.bocau.directory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import vn.bocau.directory.AddressGuard.Candidate;
import vn.bocau.directory.AddressGuard.Verdict;

/** The communes an address may mean, each once, with the first that speaks for it. */
final class Candidates {

    private final Lineage lineage;
    private final Map<String, Candidate> each = new LinkedHashMap<>();

    Candidates(Lineage lineage) {
        this.lineage = lineage;
    }

    Candidates sighted(List<Sighting> some) {
        return named(some.stream().map(Sighting::commune).toList());
    }

    Candidates named(List<Commune> some) {
        some.forEach(named -> lineage.becomes(named)
                .forEach(now -> add(new Candidate(
                        now, now.equals(named) ? AddressTexts.OF_TODAY : AddressTexts.moved(named, now)))));
        return this;
    }

    /** The parts of the old districts that are named. */
    Candidates within(Stream<Sighting.Beside> besides) {
        besides.flatMap(b -> Stream.ofNullable(b.district()))
                .distinct()
                .forEach(district -> lineage.partsOf(district)
                        .forEach(now -> add(new Candidate(now, AddressTexts.ofDistrict(district)))));
        return this;
    }

    /** What an address came to without its code. */
    Candidates of(Verdict verdict) {
        verdict.candidates().forEach(this::add);
        if (verdict.commune() != null) {
            add(new Candidate(verdict.commune(), Objects.requireNonNullElse(verdict.why(), AddressTexts.OF_TODAY)));
        }
        return this;
    }

    /** None when it is not known what became of the one that is named. */
    List<Candidate> all() {
        return List.copyOf(each.values());
    }

    private void add(Candidate candidate) {
        each.putIfAbsent(candidate.commune().code(), candidate);
    }
}
