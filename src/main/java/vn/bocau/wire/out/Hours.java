package vn.bocau.wire.out;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** When a partner may be spoken to: what it carries rings at somebody's bed. */
record Hours(LocalTime from, LocalTime until) {

    private static final ZoneId HERE = ZoneId.of("Asia/Ho_Chi_Minh");

    boolean open(Instant now) {
        LocalTime time = now.atZone(HERE).toLocalTime();
        return !time.isBefore(from) && time.isBefore(until);
    }
}
