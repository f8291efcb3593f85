package vn.bocau.directory;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Sighting.Fit;

/** Where communes of all times belong on one day, and which districts and provinces may be named beside them. */
final class Lineage {

    private final Picture picture;
    private final LocalDate on;

    Lineage(Picture picture, LocalDate on) {
        this.picture = picture;
        this.on = on;
    }

    boolean holds(Commune commune) {
        return Picture.holds(commune.from(), commune.to(), on);
    }

    /** All a commune has become by the day: itself while it holds, several when it was divided, none when not known. */
    List<Commune> becomes(Commune commune) {
        if (holds(commune)) {
            return List.of(commune);
        }
        LocalDate end = commune.to();
        return end == null
                ? List.of()
                : picture.successions.getOrDefault(commune.code(), List.of()).stream()
                        // The code may have ended more than once.
                        .filter(s -> s.on().equals(end.plusDays(1)))
                        .flatMap(s -> picture.commune(s.newCode(), s.on()).stream())
                        .flatMap(next -> becomes(next).stream())
                        .distinct()
                        .toList();
    }

    /** The communes that have a part of an old district, sorted by code. */
    Stream<Commune> partsOf(District district) {
        return district.communes().stream()
                .flatMap(c -> becomes(c).stream())
                .distinct()
                .sorted(Comparator.comparing(Commune::code));
    }

    /** What a code means on the day, and what it meant last before. */
    List<Commune> ofCode(String code) {
        return Stream.of(picture.commune(code, on), new CommuneCodes(picture).before(code, on))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether it is known what became of a commune, or what it came from. */
    boolean isFollowed(Commune commune) {
        return picture.successions.containsKey(commune.code()) || picture.predecessors.containsKey(commune.code());
    }

    Fit fit(Commune commune, Sighting.Beside beside) {
        Fit district = fit(commune, beside.district());
        Fit province = fit(commune, beside.province());
        return district.compareTo(province) > 0 ? district : province;
    }

    private Fit fit(Commune commune, @Nullable District district) {
        if (district == null || district.holds(commune)) {
            return Fit.OF_ITS_TIME;
        }
        return holds(commune) && predecessors(commune).anyMatch(district::holds) ? Fit.MIXED : Fit.AGAINST;
    }

    private Fit fit(Commune commune, @Nullable Province province) {
        if (province == null || isIn(commune, province)) {
            return Fit.OF_ITS_TIME;
        }
        Stream<Commune> kin = holds(commune) ? predecessors(commune) : becomes(commune).stream();
        return kin.anyMatch(c -> isIn(c, province)) ? Fit.MIXED : Fit.AGAINST;
    }

    private Stream<Commune> predecessors(Commune commune) {
        return picture.predecessors.getOrDefault(commune.code(), List.of()).stream()
                .filter(old -> becomes(old).contains(commune));
    }

    private boolean isIn(Commune commune, Province province) {
        LocalDate end = commune.to();
        return picture.province(commune.province(), end == null || end.isAfter(on) ? on : end)
                .filter(own -> PlaceNames.same(own.name(), province.name()))
                .isPresent();
    }
}
