package vn.bocau.wire.out;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When a partner may be spoken to: what it carries rings at somebody's bed. */
record Hours(LocalTime from, LocalTime until) {

    private static final ZoneId HERE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** When it may be spoken to next, while it may not. */
    Instant next(Instant now) {
        ZonedDateTime here = now.atZone(HERE);
        ZonedDateTime today = here.with(from);
        return (here.isBefore(today) ? today : today.plusDays(1)).toInstant();
    }

    boolean open(Instant now) {
        LocalTime time = now.atZone(HERE).toLocalTime();
        return !time.isBefore(from) && time.isBefore(until);
    }
}
