package vn.bocau.directory;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.AddressWords.Gap;
import vn.bocau.directory.AddressWords.Word;
import vn.bocau.directory.PlaceNames.Likeness;

/** Finds the places whose name, with or without its kind, ends at a word of an address. */
final class PlaceSearch {

    private static final int MOST_WORDS = 8;

    private final PlaceIndex index;
    private final Lineage lineage;
    private final LocalDate on;
    private final List<Word> words;
    private final boolean marked;

    PlaceSearch(PlaceIndex index, Lineage lineage, AddressWords words, LocalDate on) {
        this.index = index;
        this.lineage = lineage;
        this.on = on;
        this.words = words.all();
        this.marked = words.hasMarks();
    }

    /**
     * A place that is named.
     *
     * @param start the word it begins with, its kind included
     * @param kind as it is written; null when it is not
     * @param sure false for a slip in the spelling, or another kind than the place has
     */
    record Found<T>(T place, int start, @Nullable UnitKind kind, boolean sure) {
        Found<T> doubted() {
            return new Found<>(place, start, kind, false);
        }
    }

    List<Found<Province>> provinces(int end) {
        return found(
                        end,
                        bare -> index.provinces(bare).stream()
                                .filter(p -> !p.province().from().isAfter(on))
                                .toList(),
                        PlaceIndex.Called::name,
                        (p, kind) -> kind == UnitKind.of(p.province().fullName()))
                .stream()
                .map(f -> new Found<>(f.place().province(), f.start(), f.kind(), f.sure()))
                .toList();
    }

    List<Found<District>> districts(int end) {
        return found(
                end,
                bare -> index.districts(bare).stream()
                        .filter(d ->
                                d.communes().stream().anyMatch(c -> !c.from().isAfter(on)))
                        .toList(),
                d -> UnitKind.nameOf(d.fullName()),
                // Towns were raised from district to town to city, and old habits stay.
                (d, kind) -> UnitKind.OF_DISTRICTS.contains(kind));
    }

    List<Found<Commune>> communes(int end) {
        Predicate<Commune> meant = isOld(end) ? c -> !lineage.holds(c) : c -> true;
        return found(
                        end,
                        bare -> index.communes(bare).stream()
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
            int afterLast, Function<String, List<T>> lookup, Function<T, String> name, Takes<T> takes) {
        int end = isOld(afterLast) ? afterLast - 1 : afterLast;
        List<Found<T>> found = new ArrayList<>();
        for (int start = end - 1; start >= Math.max(0, end - MOST_WORDS); start--) {
            List<Word> span = words.subList(start, end);
            List<T> places = lookup.apply(AddressWords.bare(span));
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
