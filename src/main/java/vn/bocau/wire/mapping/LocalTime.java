package vn.bocau.wire.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;

/** Times as partners write them: nearly all write local time of Việt Nam without saying so. */
final class LocalTime {

    private static final ZoneId HERE = ZoneId.of("Asia/Ho_Chi_Minh");

    /** Epoch milliseconds reached this in 1973; epoch seconds will in the year 5138. */
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    private LocalTime() {}

    /** @param iso a time with its offset, or a day, which counts from its midnight */
    static String write(String iso, String pattern) {
        OffsetDateTime time = iso.length() == "2026-04-21".length()
                ? LocalDate.parse(iso).atStartOfDay(HERE).toOffsetDateTime()
                : OffsetDateTime.parse(iso);
        return DateTimeFormatter.ofPattern(pattern).format(time.atZoneSameInstant(HERE));
    }

    /**
     * A day that does not exist, such as 31/02, is none: it is not taken for the last of February.
     *
     * @return ISO 8601 with our offset; a pattern without hours means midnight
     */
    static String read(String text, String pattern) {
        DateTimeFormatter format = new DateTimeFormatterBuilder()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, 1)
                .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
                .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
                .toFormatter()
                .withResolverStyle(ResolverStyle.STRICT);
        return iso(LocalDateTime.parse(text, format).atZone(HERE).toInstant());
    }

    /** @param epoch in seconds or in milliseconds, told apart by magnitude */
    static String ofEpoch(long epoch) {
        return iso(epoch < SMALLEST_MILLIS ? Instant.ofEpochSecond(epoch) : Instant.ofEpochMilli(epoch));
    }

    private static String iso(Instant instant) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(HERE));
    }
}
