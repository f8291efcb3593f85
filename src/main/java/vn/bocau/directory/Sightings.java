package vn.bocau.directory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.AddressWords.Gap;
import vn.bocau.directory.AddressWords.Word;
import vn.bocau.directory.PlaceSearch.Found;
import vn.bocau.directory.Sighting.Beside;

/**
 * Every way to read an address from its end: province, district, commune, each of the first two there or not. Nothing
 * behind the commune may stay unread, since it may be another district or province: so a name within a street is no
 * commune when a later part names one, and a commune of a province we know nothing of is none of ours.
 */
final class Sightings {

    private static final int CODE_LENGTH = 5;

    /** No district and no province is called so. */
    private static final Set<String> OF_NO_UNIT = Set.of("lo", "uy", "doi");

    private final Lineage lineage;
    private final List<Word> words;
    private final PlaceSearch places;

    Sightings(Lineage lineage, AddressWords words, PlaceSearch places) {
        this.lineage = lineage;
        this.words = words.all();
        this.places = places;
    }

    /**
     * All that fit in one of these ways. A name without its kind has to add to what can be read without it: "Hải Lăng,
     * Quảng Trị" is a district and a province before it is a commune.
     */
    List<Sighting> all() {
        List<Beside> besides = besides();
        int levels = besides.stream().mapToInt(Beside::levels).max().orElse(0);
        return besides.stream()
                .flatMap(this::before)
                .filter(s -> s.prefixed() || s.byCode() || s.levels() > levels)
                .toList();
    }

    /** All ways to read what stands behind a commune, the longest first. */
    List<Beside> besides() {
        return AddressEnds.of(words)
                .boxed()
                .flatMap(end -> {
                    List<Found<Province>> provinces = places.provinces(end);
                    return Stream.concat(
                            provinces.stream().flatMap(p -> withDistricts(p.place(), p.start(), p.sure())),
                            withDistricts(null, end, true).map(b -> isProvince(b, provinces) ? b.doubted() : b));
                })
                .sorted(Comparator.comparing(Beside::start))
                .toList();
    }

    /** A district whose name is a province's too: Quảng Ninh. */
    private boolean isProvince(Beside beside, List<Found<Province>> provinces) {
        return beside.district() != null && provinces.stream().anyMatch(p -> p.start() == beside.start());
    }

    /** Communes that are named with their kind anywhere before a word, whatever follows them. */
    List<Sighting> namedBefore(Beside beside) {
        return IntStream.rangeClosed(1, beside.start())
                .boxed()
                .flatMap(end -> places.communes(end).stream())
                .filter(found -> found.kind() != null && found.sure())
                .map(found -> sighting(found, beside, false))
                .toList();
    }

    /** Whether a kind of unit, with a name, stands before a word: something is named there that we did not read. */
    boolean isUnitBefore(int end, Set<UnitKind> kinds) {
        return IntStream.range(1, end)
                .anyMatch(i -> UnitKind.before(words, i)
                        .filter(standing -> kinds.contains(standing.kind()))
                        .filter(standing -> !isOfNoUnit(standing.kind(), words.get(i)))
                        .isPresent());
    }

    /** Tỉnh lộ is a road, huyện ủy a committee. */
    private static boolean isOfNoUnit(UnitKind kind, Word name) {
        return (kind == UnitKind.TINH || kind == UnitKind.HUYEN) && OF_NO_UNIT.contains(name.bare());
    }

    private Stream<Beside> withDistricts(@Nullable Province province, int end, boolean sure) {
        return Stream.concat(
                places.districts(end).stream().map(d -> new Beside(d.place(), province, d.start(), sure && d.sure())),
                Stream.of(new Beside(null, province, end, sure)));
    }

    private Stream<Sighting> before(Beside beside) {
        return Stream.concat(
                places.communes(beside.start()).stream()
                        .map(found -> sighting(found, beside, beside.sure() && found.sure() && !isStreet(found))),
                codes(beside));
    }

    private Sighting sighting(Found<Commune> found, Beside beside, boolean sure) {
        Commune commune = found.place();
        return new Sighting(
                commune, beside, found.start(), found.kind() != null, false, sure, lineage.fit(commune, beside));
    }

    /** Only where old codes are still about: elsewhere five digits are a postcode. */
    private Stream<Sighting> codes(Beside beside) {
        int at = beside.start() - 1;
        if (at < 0 || words.get(at).text().length() != CODE_LENGTH) {
            return Stream.empty();
        }
        Optional<UnitKind.Standing> prefix =
                UnitKind.before(words, at).filter(s -> UnitKind.OF_COMMUNES.contains(s.kind()));
        int start = prefix.map(UnitKind.Standing::start).orElse(at);
        boolean sure = beside.sure() && (prefix.isPresent() || isApart(at) && !isUnitBefore(at, UnitKind.OF_COMMUNES));
        return lineage.ofCode(words.get(at).text()).stream()
                .filter(lineage::isFollowed)
                .map(c -> new Sighting(c, beside, start, prefix.isPresent(), true, sure, lineage.fit(c, beside)));
    }

    /** Whether a name without its kind may be that of a street, or stands behind a commune that we do not know. */
    private boolean isStreet(Found<Commune> found) {
        return found.kind() == null
                ? !isApart(found.start()) || isUnitBefore(found.start(), UnitKind.OF_COMMUNES)
                : isSecondCommune(found);
    }

    private boolean isApart(int start) {
        return words.get(start).before().compareTo(Gap.HYPHEN) >= 0;
    }

    /** Whether another commune of the same province stands before it, that has not become part of this one. */
    private boolean isSecondCommune(Found<Commune> found) {
        List<Commune> own = lineage.becomes(found.place());
        return namedBefore(new Beside(null, null, found.start(), true)).stream()
                .map(earlier -> lineage.becomes(earlier.commune()))
                .filter(became -> became.stream().anyMatch(c -> own.stream().anyMatch(o -> isBeside(c, o))))
                .anyMatch(became -> became.stream().noneMatch(own::contains));
    }

    private static boolean isBeside(Commune one, Commune other) {
        return one.province().equals(other.province());
    }
}
