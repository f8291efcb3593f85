package vn.bocau.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Days and times as people in Vietnam write them, on every page of the sandbox. */
final class When {

    static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    /** To the second, to see how soon it was told. */
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss");

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final int LENGTH_OF_A_DAY = 10;

    private When() {}

    /** To the second, as carriers write it. */
    static String now() {
        return LocalDateTime.now(VIETNAM).format(MOMENT);
    }

    /** @param instant as ISO 8601 writes it, in UTC */
    static String received(String instant) {
        return Instant.parse(instant).atZone(VIETNAM).format(MOMENT);
    }

    /** @param stamp as the national portal writes it: yyyyMMddHHmmss */
    static String happened(String stamp) {
        return LocalDateTime.parse(stamp, STAMP).format(MOMENT);
    }

    /** @param iso a day, or a moment with its offset */
    static @Nullable String told(@Nullable String iso) {
        if (iso == null) {
            return null;
        }
        return iso.length() == LENGTH_OF_A_DAY
                ? LocalDate.parse(iso).format(DAY)
                : OffsetDateTime.parse(iso).atZoneSameInstant(VIETNAM).format(CLOCK);
    }
}
