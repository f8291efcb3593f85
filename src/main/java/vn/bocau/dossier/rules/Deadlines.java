package vn.bocau.dossier.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * When what is owed is due: the numbers behind the rules, and the days on which the post, or the agencies' desks, work.
 *
 * @param works whether a day is a working day
 * @param desksWork whether it is one at the agencies' desks
 */
public record Deadlines(Rules rules, Predicate<LocalDate> works, Predicate<LocalDate> desksWork) {

    /** Local time at which a working day begins. */
    public static final LocalTime DAY_BEGINS = LocalTime.of(7, 0);

    /** What agencies owe is due by their own days. */
    public Deadlines atDesks() {
        return new Deadlines(rules, desksWork, desksWork);
    }

    /** End of the n-th working day after a moment. */
    public Instant workingDays(Instant from, int days) {
        LocalDate day = from.atZone(Rules.ZONE).toLocalDate();
        for (int counted = 0; counted < days; ) {
            day = day.plusDays(1);
            counted += works.test(day) ? 1 : 0;
        }
        return endOf(day);
    }

    /** The moment by which so much working time has passed. */
    public Instant workingTime(Instant from, Duration time) {
        Duration left = time;
        for (LocalDate day = from.atZone(Rules.ZONE).toLocalDate(); ; day = day.plusDays(1)) {
            if (works.test(day)) {
                Instant begin = beginOf(day).isAfter(from) ? beginOf(day) : from;
                Duration ofTheDay = Duration.between(begin, endOf(day));
                if (ofTheDay.compareTo(left) >= 0) {
                    return begin.plus(left);
                }
                left = ofTheDay.isNegative() ? left : left.minus(ofTheDay);
            }
        }
    }

    /** Whether people are at work. */
    public boolean isWorkingTime(Instant at) {
        LocalDate day = at.atZone(Rules.ZONE).toLocalDate();
        return works.test(day) && !at.isBefore(beginOf(day)) && at.isBefore(endOf(day));
    }

    /** The next working days, without today. */
    public List<LocalDate> nextDays(Instant from, int many) {
        return from.atZone(Rules.ZONE)
                .toLocalDate()
                .plusDays(1)
                .datesUntil(LocalDate.MAX)
                .filter(works)
                .limit(many)
                .toList();
    }

    /** Before the working day is over; when it is over already, or none, the next one. */
    Instant today(Instant from) {
        LocalDate day = from.atZone(Rules.ZONE).toLocalDate();
        Instant end = endOf(day);
        return end.isAfter(from) && works.test(day) ? end : workingDays(from, 1);
    }

    /** Whether a day that was agreed at a moment can still be kept. */
    boolean ahead(@Nullable LocalDate day, Instant agreed) {
        return day != null && endOf(day).isAfter(agreed);
    }

    /** What waits at the counter may be fetched to the end of its last day, at whatever hour it began to wait. */
    public Instant holdEnds(Instant from) {
        Instant full = from.plus(rules.hold());
        Instant end = endOf(full.atZone(Rules.ZONE).toLocalDate());
        return end.isAfter(from) ? end : full;
    }

    private static Instant beginOf(LocalDate day) {
        return day.atTime(DAY_BEGINS).atZone(Rules.ZONE).toInstant();
    }

    public Instant endOf(LocalDate day) {
        return day.atTime(rules.dayEnds()).atZone(Rules.ZONE).toInstant();
    }
}
