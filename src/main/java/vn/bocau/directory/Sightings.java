package vn.bocau.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.AddressWords.Gap;
import vn.bocau.directory.AddressWords.Word;
import vn.bocau.directory.PlaceNames.Likeness;
import vn.bocau.directory.Sighting.Beside;

/**
 * Every way to read an address from its end: province, district, commune, each of the first two there or not. Nothing
 * behind the commune may stay unread, since it may be another district or province: so a name within a street is no
 * commune when a later part names one, and a commune of a province we know nothing of is none of ours.
 */
final class Sightings {

    private static final int MOST_WORDS = 8;
    private static final int CODE_LENGTH = 5;
    private static final int MOST_POSTCODE = 6;
    private static final int LEAST_TELEPHONE = 9;
    private static final Set<String> TELEPHONE = Set.of("dt", "sdt", "dd", "tel");
    private static final Set<String> COUNTRY = Set.of("vietnam", "vn");

    private final Picture picture;
    private final LocalDate on;
    private final Lineage lineage;
    private final List<Word> words;
    private final boolean marked;

    Sightings(Picture picture, Lineage lineage, AddressWords words, LocalDate on) {
        this.picture = picture;
        this.lineage = lineage;
        this.on = on;
        this.words = words.all();
        this.marked = words.hasMarks();
    }

    /** A place whose name ends at some word. */
    private record Found<T>(T place, int start, @Nullable UnitKind kind, boolean sure) {
        Found<T> doubted() {
            return new Found<>(place, start, kind, false);
        }
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
        return ends().boxed()
                .flatMap(end -> {
                    List<Found<Province>> provinces = provinces(end);
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
                .flatMap(end -> communes(end).stream())
                .filter(found -> found.kind() != null && found.sure())
                .map(found -> sighting(found, beside, false))
                .toList();
    }

    /** Whether a kind of unit, with a name, stands before a word: something is named there that we did not read. */
    boolean isUnitBefore(int end, Set<UnitKind> kinds) {
        return IntStream.range(1, end)
                .anyMatch(i -> UnitKind.before(words, i)
                        .filter(standing -> kinds.contains(standing.kind()))
                        .isPresent());
    }

    private Stream<Beside> withDistricts(@Nullable Province province, int end, boolean sure) {
        return Stream.concat(
                districts(end).stream().map(d -> new Beside(d.place(), province, d.start(), sure && d.sure())),
                Stream.of(new Beside(null, province, end, sure)));
    }

    private Stream<Sighting> before(Beside beside) {
        return Stream.concat(
                communes(beside.start()).stream()
                        .map(found -> sighting(found, beside, beside.sure() && found.sure() && !isStreet(found))),
                codes(beside));
    }

    private Sighting sighting(Found<Commune> found, Beside beside, boolean sure) {
        Commune commune = found.place();
        return new Sighting(
                commune, beside, found.start(), found.kind() != null, false, sure, lineage.fit(commune, beside));
    }

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

    /** The end of the address, and where it ends without what is no part of it. */
    private IntStream ends() {
        int end = words.size();
        for (int i = 0; i < 2; i++) {
            end = withoutCountry(withoutPostcode(withoutTelephone(end)));
        }
        return IntStream.of(words.size(), end).distinct();
    }

    private int withoutTelephone(int end) {
        int start = end;
        while (start > 1 && isNumber(words.get(start - 1).text())) {
            start--;
        }
        String digits = AddressWords.text(words.subList(start, end)).replace(" ", "");
        if (digits.length() < LEAST_TELEPHONE) {
            return end;
        }
        return start > 1 && TELEPHONE.contains(words.get(start - 1).bare()) ? start - 1 : start;
    }

    private int withoutPostcode(int end) {
        if (end < 2) {
            return end;
        }
        String last = words.get(end - 1).text();
        boolean postcode = last.length() >= CODE_LENGTH
                && last.length() <= MOST_POSTCODE
                && isNumber(last)
                && UnitKind.before(words, end - 1).isEmpty();
        return postcode ? end - 1 : end;
    }

    private int withoutCountry(int end) {
        for (int start = Math.max(1, end - 2); start < end; start++) {
            if (COUNTRY.contains(AddressWords.bare(words.subList(start, end)))) {
                return start;
            }
        }
        return end;
    }

    private List<Found<Province>> provinces(int end) {
        return found(
                        end,
                        bare -> picture.places.provinces(bare).stream()
                                .filter(p -> !p.province().from().isAfter(on))
                                .toList(),
                        PlaceIndex.Called::name,
                        (p, kind) -> kind == UnitKind.of(p.province().fullName()))
                .stream()
                .map(f -> new Found<>(f.place().province(), f.start(), f.kind(), f.sure()))
                .toList();
    }

    private List<Found<District>> districts(int end) {
        return found(
                end,
                bare -> picture.places.districts(bare).stream()
                        .filter(d ->
                                d.communes().stream().anyMatch(c -> !c.from().isAfter(on)))
                        .toList(),
                d -> UnitKind.nameOf(d.fullName()),
                // Towns were raised from district to town to city, and old habits stay.
                (d, kind) -> UnitKind.OF_DISTRICTS.contains(kind));
    }

    private List<Found<Commune>> communes(int end) {
        Predicate<Commune> meant = isOld(end) ? c -> !lineage.holds(c) : c -> true;
        return found(
                        end,
                        bare -> picture.places.communes(bare).stream()
                                .filter(meant.and(c -> !c.from().isAfter(on)))
                                .toList(),
                        Commune::name,
                        (c, kind) -> UnitKind.OF_COMMUNES.contains(kind) || kind == UnitKind.of(c.fullName()))
                .stream()
                .filter(f -> f.kind() != null || !isNumber(f.place().name()))
                .map(f -> f.kind() == null || f.kind() == UnitKind.of(f.place().fullName()) ? f : f.doubted())
                .toList();
    }

    private static boolean isNumber(String name) {
        return name.chars().allMatch(Character::isDigit);
    }

    /** Whether a kind may stand before a place. */
    private interface Takes<T> {
        boolean kind(T place, UnitKind kind);
    }

    private <T> List<Found<T>> found(
            int afterLast, Function<String, List<T>> index, Function<T, String> name, Takes<T> takes) {
        int end = isOld(afterLast) ? afterLast - 1 : afterLast;
        List<Found<T>> found = new ArrayList<>();
        for (int start = end - 1; start >= Math.max(0, end - MOST_WORDS); start--) {
            List<Word> span = words.subList(start, end);
            List<T> places = index.apply(AddressWords.bare(span));
            if (!places.isEmpty()) {
                found.addAll(likeliest(places, AddressWords.text(span), start, name, takes));
            }
            if (words.get(start).before() == Gap.COMMA) {
                break;
            }
        }
        return found;
    }

    /** What is written with its marks means what it says; without marks it means all that may be written so. */
    private <T> List<Found<T>> likeliest(
            List<T> places, String written, int start, Function<T, String> name, Takes<T> takes) {
        Map<Likeness, List<T>> alike =
                places.stream().collect(Collectors.groupingBy(p -> PlaceNames.likeness(written, name.apply(p))));
        List<T> same = alike.getOrDefault(Likeness.SAME, List.of());
        List<T> fewer = alike.getOrDefault(Likeness.FEWER_MARKS, List.of());
        List<T> near = marked && !same.isEmpty()
                ? same
                : Stream.concat(same.stream(), fewer.stream()).toList();
        UnitKind.Standing prefix = UnitKind.before(words, start).orElse(null);
        return (near.isEmpty() ? places : near)
                .stream()
                        .flatMap(p -> Stream.ofNullable(prefixed(p, start, prefix, takes)))
                        .map(f -> near.isEmpty() ? f.doubted() : f)
                        .toList();
    }

    private static <T> @Nullable Found<T> prefixed(
            T place, int start, UnitKind.@Nullable Standing prefix, Takes<T> takes) {
        if (prefix != null && takes.kind(place, prefix.kind())) {
            return new Found<>(place, prefix.start(), prefix.kind(), true);
        }
        return prefix != null && prefix.sure() ? null : new Found<>(place, start, null, true);
    }

    /** People write "xã X cũ" of a commune that has ended. */
    private boolean isOld(int end) {
        return end > 1 && PlaceNames.same(words.get(end - 1).text(), "cũ");
    }
}
