package vn.bocau.dossier;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import vn.bocau.dossier.rules.Rules;

/**
 * Times and days as somebody else's clock or calendar says them. What the standard allows is more than Java can read,
 * PostgreSQL can keep, or anybody can have meant: leap seconds, offsets of 23 hours, the years 0 and 9999.
 */
final class Clocks {

    /** Where a clock begins again that has lost its battery. */
    private static final Instant RESET = Instant.EPOCH;

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    /** No place on Earth is further from UTC, and nobody can be told of one that is (GS1 EPCIS 2.0, eventTimeZoneOffset). */
    private static final int FURTHEST = (int) Duration.ofHours(14).toSeconds();

    /** Nothing that is dealt with here is older. */
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private Clocks() {}

    /** @return empty when no clock can show it */
    static Optional<OffsetDateTime> time(String text) {
        // What is not said is no mistake, and most often nothing is: a failure with its trace would cost more than all
        // the rest.
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text))
                    .filter(t -> !t.toInstant().isBefore(RESET) && t.toInstant().isBefore(END))
                    .filter(t -> Math.abs(t.getOffset().getTotalSeconds()) <= FURTHEST);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether something can have happened then. */
    static boolean possible(Instant at) {
        return possible(at.atZone(Rules.ZONE).toLocalDate());
    }

    /** Whether something can have happened on that day. */
    static boolean possible(LocalDate day) {
        return !day.isBefore(FIRST_DAY);
    }

    /** Whether a promise made today can be meant for that day. */
    static boolean foreseeable(LocalDate day) {
        return day.isBefore(Legs.today().plusYears(10));
    }
}
