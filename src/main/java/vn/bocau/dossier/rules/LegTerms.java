package vn.bocau.dossier.rules;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed about a leg, as far as the next act depends on it.
 *
 * @param carrier {@link #OWN}, or the partner who carries it
 * @param fromOffice post office where the item starts
 * @param toOffice post office where it ends
 * @param agency who sends it, or gets it
 * @param resultDay day the agency promised the result for; null when it named none
 * @param replaced a later leg of the same kind took its place
 */
public record LegTerms(
        LegKind kind,
        String carrier,
        String fromOffice,
        String toOffice,
        String agency,
        Instant openedAt,
        @Nullable LocalDate resultDay,
        boolean replaced) {

    /** Carried by post offices that use our worklists. */
    public static final String OWN = "OWN";

    boolean ownCarrier() {
        return carrier.equals(OWN);
    }
}
