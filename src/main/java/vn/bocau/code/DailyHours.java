package vn.bocau.code;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Hours of each day in Vietnam: when a partner may be spoken to, for what it carries rings at somebody's bed. */
public record DailyHours(LocalTime from, LocalTime until) {

    private static final ZoneId HERE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** When they begin next, while it is outside of them. */
    public Instant next(Instant now) {
        ZonedDateTime here = now.atZone(HERE);
        ZonedDateTime today = here.with(from);
        return (here.isBefore(today) ? today : today.plusDays(1)).toInstant();
    }

    public boolean open(Instant now) {
        LocalTime time = now.atZone(HERE).toLocalTime();
        return !time.isBefore(from) && time.isBefore(until);
    }

    /** When what takes so long is done that goes on within them alone. */
    public Instant done(Instant now, Duration takes) {
        if (!from.isBefore(until)) {
            // They never begin.
            return Instant.MAX;
        }
        Instant begin = open(now) ? now : next(now);
        Duration today = Duration.between(begin, begin.atZone(HERE).with(until));
        if (takes.compareTo(today) <= 0) {
            return begin.plus(takes);
        }
        Duration left = takes.minus(today);
        Duration day = Duration.between(from, until);
        long whole = left.minusNanos(1).dividedBy(day);
        return begin.atZone(HERE)
                .with(from)
                .plusDays(1 + whole)
                .plus(left.minus(day.multipliedBy(whole)))
                .toInstant();
    }
}
