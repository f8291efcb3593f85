package vn.bocau.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Samples;

/** Times as people and programs write them: with their zone, or in Vietnam's time; a day stands for its beginning. */
final class Times {

    /** Nothing here is older, and no database takes any year a person can type. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private Times() {}

    /**
     * @param field to be named in the flaw
     * @param said null when nothing was
     * @param toItsEnd whether a day stands for its end
     * @param flaws takes what is wrong with it; then null comes back
     */
    static @Nullable Instant read(String field, @Nullable String said, boolean toItsEnd, List<Flaw> flaws) {
        if (said == null) {
            return null;
        }
        try {
            Instant time = read(said, toItsEnd);
            if (time.isAfter(FIRST) && time.isBefore(LAST)) {
                return time;
            }
        } catch (DateTimeException none) {
            // Told below.
        }
        flaws.add(new Flaw(
                field,
                new Text(
                        "Phải là ngày giờ, ví dụ 2026-11-28T03:00 (giờ Việt Nam) hoặc 2026-11-28.",
                        "Must be a day and time, such as 2026-11-28T03:00 (Vietnam's) or 2026-11-28.")));
        return null;
    }

    /** Of these there are numbers: not more than thirty days ago, and not to come. */
    static boolean isKept(Instant at, Instant now) {
        return !at.isBefore(now.minus(Samples.KEPT)) && !at.isAfter(now);
    }

    /** The same as {@link #read}, of a moment of which numbers are kept; what is to come stands for now. */
    static @Nullable Instant kept(String field, @Nullable String said, Instant now, List<Flaw> flaws) {
        Instant at = read(field, said, false, flaws);
        if (at != null && at.isBefore(now) && !isKept(at, now)) {
            flaws.add(notKept(field));
            return null;
        }
        return at;
    }

    static Flaw notKept(String field) {
        return new Flaw(
                field,
                new Text(
                        "Số liệu chỉ giữ " + Samples.KEPT.toDays() + " ngày.",
                        "Numbers are kept for " + Samples.KEPT.toDays() + " days."));
    }

    private static Instant read(String said, boolean toItsEnd) {
        if (said.length() <= "2026-11-28".length()) {
            LocalDate day = LocalDate.parse(said);
            return (toItsEnd ? day.plusDays(1) : day)
                    .atStartOfDay(ConsolePages.VIETNAM)
                    .toInstant();
        }
        return said.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})")
                ? OffsetDateTime.parse(said).toInstant()
                : LocalDateTime.parse(said).atZone(ConsolePages.VIETNAM).toInstant();
    }
}
