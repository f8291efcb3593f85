package vn.bocau.dossier.rules;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.WorkWeek;

/**
 * One handling as a test tells it: in the week of Monday 23 November 2026, heard at once, by a reporter without a counter,
 * unless it says otherwise.
 */
record Scan(Handling handling) {

    /** Post office where the item starts. */
    static final String FROM = "520100";
    /** Post office where it ends. */
    static final String TO = "520300";

    static final Deadlines DEADLINES = by(Rules.DEFAULT);

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final AtomicLong IDS = new AtomicLong();

    static Scan scan(HandlingCode code, String when) {
        return at(at(when), code, null, null);
    }

    static Scan at(Instant at, HandlingCode code, @Nullable FailureReason reason, @Nullable Action action) {
        return new Scan(new Handling(
                new UUID(0x7000L, IDS.incrementAndGet()),
                code,
                at,
                at,
                "phone-a",
                micros(at),
                "buu-ta",
                null,
                reason,
                action,
                null,
                false,
                null,
                null,
                Proof.COMPLETE));
    }

    /** Failed for a reason; null: one nobody has mapped. A delivery fails at the end of the way. */
    static Scan failed(HandlingCode code, String when, @Nullable FailureReason reason, @Nullable Action action) {
        Scan failed = at(at(when), code, reason, action);
        return code == HandlingCode.DELIVERY_FAILED ? failed.office(TO) : failed;
    }

    /** Undoes another. */
    static Scan voided(Scan target, String when) {
        return voided(target, at(when));
    }

    static Scan voided(Scan target, Instant when) {
        Handling h = at(when, HandlingCode.VOIDED, null, null).handling;
        return new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                h.actor(),
                null,
                null,
                null,
                null,
                h.money(),
                target.handling.id(),
                null,
                Proof.COMPLETE));
    }

    /** @param when such as {@code Mon 10:00}, or {@code next Mon 10:00} for the week after */
    static Instant at(String when) {
        String[] words = when.split(" ");
        LocalTime time = LocalTime.parse(words[words.length - 1]);
        return day(when.substring(0, when.length() - 6))
                .atTime(time)
                .atZone(Rules.ZONE)
                .toInstant();
    }

    /** @param when such as {@code Mon} or {@code next Mon} */
    static LocalDate day(String when) {
        boolean next = when.startsWith("next ");
        String name = next ? when.substring(5) : when;
        DayOfWeek day = Arrays.stream(DayOfWeek.values())
                .filter(d -> d.name().startsWith(name.toUpperCase(java.util.Locale.ROOT)))
                .findFirst()
                .orElseThrow();
        LocalDate thisWeek = MONDAY.with(TemporalAdjusters.nextOrSame(day));
        return next ? thisWeek.plusWeeks(1) : thisWeek;
    }

    /** By another device, which counts. */
    Scan by(String device, long seq) {
        return copy(
                handling,
                handling.happenedAt(),
                handling.recordedAt(),
                device,
                seq,
                handling.reason(),
                handling.action());
    }

    Scan by(String device) {
        return by(device, handling.deviceSeq());
    }

    Scan heard(String when) {
        return heard(at(when));
    }

    Scan heard(Instant when) {
        return copy(
                handling,
                handling.happenedAt(),
                when,
                handling.device(),
                handling.deviceSeq(),
                handling.reason(),
                handling.action());
    }

    /** What the device's clock is still wrong by after it was corrected. */
    Scan clockWrongBy(Duration error) {
        Instant happened = handling.happenedAt().plus(error);
        return copy(
                handling,
                happened,
                handling.recordedAt().isBefore(happened) ? happened : handling.recordedAt(),
                handling.device(),
                handling.deviceSeq(),
                handling.reason(),
                handling.action());
    }

    Scan office(String office) {
        Handling h = handling;
        return new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                h.actor(),
                office,
                h.reason(),
                h.action(),
                h.nextDate(),
                h.money(),
                h.voids(),
                h.supervisor(),
                h.proof()));
    }

    Scan agreed(String day) {
        Handling h = handling;
        return new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                h.actor(),
                h.office(),
                h.reason(),
                h.action(),
                day(day),
                h.money(),
                h.voids(),
                h.supervisor(),
                h.proof()));
    }

    Scan answeredForBy(String supervisor) {
        Handling h = handling;
        return new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                h.actor(),
                h.office(),
                h.reason(),
                h.action(),
                h.nextDate(),
                h.money(),
                h.voids(),
                supervisor,
                h.proof()));
    }

    /** With money taken, or handed on, by somebody. */
    Scan moneyBy(String actor) {
        Handling h = handling;
        return new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                actor,
                h.office(),
                h.reason(),
                h.action(),
                h.nextDate(),
                true,
                h.voids(),
                h.supervisor(),
                h.proof()));
    }

    Scan proof(Proof proof) {
        Handling h = handling;
        return new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                h.actor(),
                h.office(),
                h.reason(),
                h.action(),
                h.nextDate(),
                h.money(),
                h.voids(),
                h.supervisor(),
                proof));
    }

    UUID id() {
        return handling.id();
    }

    HandlingCode code() {
        return handling.code();
    }

    static Progress fold(LegKind kind, Scan... scans) {
        return Progress.of(kind, Arrays.stream(scans).map(Scan::handling).toList());
    }

    private static Scan copy(
            Handling h,
            Instant happened,
            Instant heard,
            String device,
            long seq,
            @Nullable FailureReason reason,
            @Nullable Action action) {
        return new Scan(new Handling(
                h.id(),
                h.code(),
                happened,
                heard,
                device,
                seq,
                h.actor(),
                h.office(),
                reason,
                action,
                h.nextDate(),
                h.money(),
                h.voids(),
                h.supervisor(),
                h.proof()));
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** In a week without holidays. */
    static Deadlines by(Rules rules) {
        return new Deadlines(rules, WorkWeek.POST::isWorked, WorkWeek.AGENCY::isWorked);
    }
}
