package vn.bocau.alert;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.Rules;

/**
 * How much usually comes in the working hours in which nothing came. These are held against the same hours of days like
 * them: Saturdays against Saturdays, the other days against each other, hours in which we listened against such. The hour
 * in which a source was heard last and the one after it say nothing: what comes once an hour, or once a day, is never on
 * the minute.
 */
final class Usual {

    private static final int MOST_DAYS = 10;

    /** Before, nobody knows what is usual: the hub is new, or the source is. */
    private static final int FEWEST_DAYS = 4;

    /** One day in so many may have been a day of silence itself. */
    private static final int ODD_ONE_IN = 5;

    /** On a day on which least came, it was still so much of what is usual. */
    private static final int STEADY = 4;

    private static final int HOURS_OF_A_DAY = 24;
    private static final int SECONDS_OF_AN_HOUR = 3600;

    private final Deadlines deadlines;
    private final BiPredicate<Heard.Speaker, Long> listened;
    private final int least;

    /** @param listened whether a source could have been heard in an hour since 1970 */
    Usual(Deadlines deadlines, BiPredicate<Heard.Speaker, Long> listened, int least) {
        this.deadlines = deadlines;
        this.listened = listened;
        this.least = least;
    }

    /**
     * @param until end of the last full hour
     * @return how much usually comes since the source was heard last; empty while nothing has to be thought of its silence
     */
    OptionalInt missing(Heard.Voice voice, Instant until) {
        long last = hour(voice.last());
        Map<LocalDate, Set<Integer>> judged = workingHours(voice, last + 2, hour(until));
        List<Integer> sums = sums(voice, judged);
        if (sums.size() < FEWEST_DAYS) {
            return OptionalInt.empty();
        }
        int median = median(sums);
        int low = sums.get(sums.size() / ODD_ONE_IN);
        if (median < least || low == 0 || low < median / STEADY) {
            return OptionalInt.empty();
        }
        List<Integer> all = sums(voice, workingHours(voice, last + 1, hour(until)));
        return OptionalInt.of(all.isEmpty() ? median : median(all));
    }

    /** How much came on days like these, on each of the newest before the silence; in the order of how much. */
    private List<Integer> sums(Heard.Voice voice, Map<LocalDate, Set<Integer>> judged) {
        Map<Boolean, Set<Integer>> hours = new HashMap<>();
        judged.forEach((day, some) ->
                hours.computeIfAbsent(saturday(day), kind -> new HashSet<>()).addAll(some));
        Map<Boolean, List<LocalDate>> like = new HashMap<>();
        hours.forEach((kind, some) -> like.put(kind, daysLike(kind, some, voice)));
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 0; i < voice.hours().size(); i++) {
            counts.put(voice.hours().get(i), voice.counts().get(i));
        }
        int days = like.values().stream().mapToInt(List::size).min().orElse(0);
        return IntStream.range(0, days)
                .map(n -> judged.entrySet().stream()
                        .mapToInt(each -> {
                            LocalDate day = like.getOrDefault(saturday(each.getKey()), List.of())
                                    .get(n);
                            return each.getValue().stream()
                                    .mapToInt(hour -> counts.getOrDefault(hour(day, hour), 0))
                                    .sum();
                        })
                        .sum())
                .sorted()
                .boxed()
                .toList();
    }

    /** Working days of that sort before it was heard last and after it was first, in whose hours we listened. */
    private List<LocalDate> daysLike(boolean saturday, Set<Integer> hours, Heard.Voice voice) {
        List<LocalDate> days = new ArrayList<>();
        LocalDate first = day(hour(voice.first()));
        LocalDate oldest = day(hour(voice.last().minus(Heard.KEPT)));
        for (LocalDate day = day(hour(voice.last())).minusDays(1);
                days.size() < MOST_DAYS && day.isAfter(first) && day.isAfter(oldest);
                day = day.minusDays(1)) {
            LocalDate each = day;
            if (saturday(day) == saturday
                    && works(day)
                    && hours.stream().allMatch(hour -> listened.test(voice.speaker(), hour(each, hour)))) {
                days.add(day);
            }
        }
        return days;
    }

    private Map<LocalDate, Set<Integer>> workingHours(Heard.Voice voice, long from, long until) {
        Map<LocalDate, Set<Integer>> hours = new TreeMap<>();
        for (long hour = from; hour < until; hour++) {
            LocalDate day = day(hour);
            if (isWorkingHour(hour) && listened.test(voice.speaker(), hour)) {
                hours.computeIfAbsent(day, d -> new HashSet<>()).add(ofTheDay(hour));
            }
        }
        return hours;
    }

    private boolean isWorkingHour(long hour) {
        int ofTheDay = ofTheDay(hour);
        return works(day(hour))
                && ofTheDay >= Deadlines.DAY_BEGINS.getHour()
                && ofTheDay < deadlines.rules().dayEnds().getHour();
    }

    /** Whether people worked in any of these hours: if not, nobody is more silent than before. */
    boolean isWorked(Instant from, Instant until) {
        return LongStream.range(hour(from), hour(until)).anyMatch(this::isWorkingHour);
    }

    private static int ofTheDay(long hour) {
        return (int) Math.floorMod(hour + offset(), (long) HOURS_OF_A_DAY);
    }

    /** A Sunday on which people work for once is like no other day. */
    private boolean works(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SUNDAY && deadlines.works().test(day);
    }

    private static boolean saturday(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY;
    }

    private static int median(List<Integer> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    static long hour(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), (long) SECONDS_OF_AN_HOUR);
    }

    private static long hour(LocalDate day, int ofTheDay) {
        return day.toEpochDay() * HOURS_OF_A_DAY + ofTheDay - offset();
    }

    private static LocalDate day(long hour) {
        return LocalDate.ofEpochDay(Math.floorDiv(hour + offset(), (long) HOURS_OF_A_DAY));
    }

    private static int offset() {
        return Rules.ZONE.getRules().getOffset(Instant.now()).getTotalSeconds() / SECONDS_OF_AN_HOUR;
    }
}
