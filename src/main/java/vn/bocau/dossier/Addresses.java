package vn.bocau.dossier;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.AddressGuard.Candidate;
import vn.bocau.directory.AddressGuard.Certainty;
import vn.bocau.directory.AddressGuard.Verdict;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.PlaceNames;

/** Whether where something goes is certain today: the commune beside the address, and the one that stands in its words. */
@Component
class Addresses {

    private static final int MOST_NAMED = 5;

    private static final Text OTHERWISE = new Text(
            "Mã xã, phường và địa chỉ bằng chữ nói hai nơi khác nhau; hãy chọn nơi đúng.",
            "The commune's code and the words of the address name two places; choose the right one.");

    private static final Text NOT_READ = new Text(
            "Địa chỉ bằng chữ còn ghi xã, huyện hoặc tỉnh khác mà mã xã, phường không cho biết; hãy chọn nơi đúng.",
            "The words of the address name a commune, a district or a province that the code beside them does not tell of;"
                    + " choose the right one.");

    private static final Text NO_CODE = new Text(
            "Địa chỉ chưa có mã xã, phường; hãy chọn nơi đúng.",
            "The address has no commune's code; choose the right one.");

    private static final Text THE_CODE = new Text("Theo mã xã, phường đi kèm.", "By the commune's code beside it.");

    private final Directories directories;

    Addresses(Directories directories) {
        this.directories = directories;
    }

    Verdict check(Party party) {
        Directory known = directories.current();
        Optional<Commune> named =
                Optional.ofNullable(party.commune()).flatMap(code -> known.commune(code, Legs.today()));
        return named.map(commune -> check(known, party.street(), commune))
                .orElseGet(() -> known.addresses().check(party.street(), party.commune(), Legs.today()));
    }

    /**
     * Whoever is asked where something goes has to say one place.
     *
     * @param field where its words stood
     * @return the same at what it came to
     * @throws Refused RULE {@code address-not-certain}
     */
    Party certain(Party party, String field) {
        Verdict verdict = check(party);
        Commune commune = verdict.commune();
        if (commune == null) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "address-not-certain",
                    List.of(new Refused.Flaw(field, chosen(party, verdict).orElseGet(() -> asked(verdict)))));
        }
        return party.at(commune.code(), verdict.street());
    }

    /** Where that is today, when it is certain; otherwise as it was written. */
    Party today(Party party) {
        Verdict verdict = check(party);
        Commune commune = verdict.commune();
        return commune == null || verdict.street().isBlank() ? party : party.at(commune.code(), verdict.street());
    }

    /**
     * Why a sealed envelope does not leave the agency until its address is put right there, and its label printed anew: it
     * was never certain, or its commune has ended since.
     *
     * @return empty when it may go; so may what another agency gets, and what an outside carrier has its order for already
     */
    Optional<Text> toMend(LegFacts facts) {
        if (!facts.kind().outbound() || !facts.ownCarrier()) {
            return Optional.empty();
        }
        Verdict verdict = check(facts.receiver());
        Commune commune = verdict.commune();
        if (commune != null && commune.code().equals(facts.receiver().commune())) {
            return Optional.empty();
        }
        return Optional.of(commune == null ? asked(verdict) : Objects.requireNonNullElse(verdict.why(), NO_CODE));
    }

    /** To whoever chose the commune beside the words: what in them speaks against it, and has to go when that is right. */
    Optional<Text> chosen(Party party, Verdict verdict) {
        Optional<Commune> chosen = Optional.ofNullable(party.commune())
                .flatMap(code -> directories.current().commune(code, Legs.today()))
                .filter(commune -> verdict.candidates().stream()
                        .anyMatch(candidate -> candidate.commune().equals(commune)));
        return chosen.map(commune -> {
            String others = verdict.candidates().stream()
                    .map(candidate -> candidate.commune())
                    .filter(other -> !other.equals(commune))
                    .limit(MOST_NAMED)
                    .map(Commune::fullName)
                    .collect(Collectors.joining(", "));
            boolean none = others.isEmpty();
            return new Text(
                    "Nơi đã chọn là " + commune.fullName() + ", mà địa chỉ bằng chữ còn ghi "
                            + (none ? "tên xã, huyện hoặc tỉnh khác" : others)
                            + ": hai nơi khác nhau. Nếu nơi đã chọn là đúng, hãy xóa tên xã, huyện, tỉnh trong địa chỉ.",
                    commune.fullName() + " was chosen, and the words of the address still name "
                            + (none ? "another commune, district or province" : others)
                            + ". If the choice is right, remove the commune, district and province from the words.");
        });
    }

    /** Why a person has to say more, and which communes it may be. */
    static Text asked(Verdict verdict) {
        Text why = Objects.requireNonNull(verdict.why());
        if (verdict.candidates().isEmpty()) {
            return why;
        }
        String names = verdict.candidates().stream()
                .limit(MOST_NAMED)
                .map(candidate -> candidate.commune().fullName())
                .collect(Collectors.joining(", "));
        return new Text(why.vi() + " Có thể là: " + names + ".", why.en() + " It may be: " + names + ".");
    }

    /**
     * The code is one of today: it holds, unless the words say for certain, or may only mean, somewhere else, or name what
     * cannot be read at all, such as an old commune of another province.
     */
    private static Verdict check(Directory known, String street, Commune named) {
        Verdict words = known.addresses().check(street, null, Legs.today());
        Commune other = words.commune();
        boolean agree = other == null
                ? words.candidates().stream().allMatch(candidate -> isItsProvince(known, candidate.commune(), named))
                        || words.candidates().stream()
                                .anyMatch(candidate -> candidate.commune().equals(named))
                : other.equals(named);
        Verdict beside = known.addresses().check(street, named.code(), Legs.today());
        if (agree && named.equals(beside.commune())) {
            return new Verdict(Certainty.KEPT, named, street, null, List.of());
        }
        Map<Commune, Text> candidates = new LinkedHashMap<>();
        candidates.put(named, THE_CODE);
        if (other != null) {
            Text why = words.why();
            candidates.putIfAbsent(other, why == null ? OTHERWISE : why);
        }
        Stream.of(words, beside)
                .flatMap(verdict -> verdict.candidates().stream())
                .forEach(candidate -> candidates.putIfAbsent(candidate.commune(), candidate.why()));
        return new Verdict(
                Certainty.ASK,
                null,
                street,
                agree ? NOT_READ : OTHERWISE,
                candidates.entrySet().stream()
                        .map(candidate -> new Candidate(candidate.getKey(), candidate.getValue()))
                        .toList());
    }

    /** A ward that is called as the province: "12 Lê Lợi, Quảng Trị" ends with the province of any of its communes. */
    private static boolean isItsProvince(Directory known, Commune candidate, Commune named) {
        return candidate.province().equals(named.province())
                && known.province(named.province(), Legs.today())
                        .filter(province -> PlaceNames.same(province.name(), candidate.name()))
                        .isPresent();
    }
}
