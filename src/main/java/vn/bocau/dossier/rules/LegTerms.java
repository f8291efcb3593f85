package vn.bocau.dossier.rules;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed about a leg, as far as the next act depends on it.
 *
 * @param sent the kind of leg its item was sent on: its own, but for a RETURN
 * @param carrier {@link #OWN}, or the partner who carries it
 * @param fromOffice post office where the item starts
 * @param toOffice post office where it ends
 * @param agency who sends it, or gets it
 * @param decides the agency that decides the dossier now: another one, when it has gone on since
 * @param resultDay day the agency promised the result for; null when it named none
 * @param replaced a later leg took the place of the one its item was sent on
 * @param turnedDown a result that its carrier does not carry, which lies at the agency and which nobody else has called off
 * @param settled somebody who may has said how it goes on after its item was lost, came back, or was called off in a
 *     carrier's hands
 * @param undecided the agency has what was sent on it, and has not said since what becomes of it
 * @param strayed the agency that has what was sent on it, though another decides, and has not said since what becomes of
 *     it; null when none has
 */
public record LegTerms(
        LegKind kind,
        LegKind sent,
        String carrier,
        String fromOffice,
        String toOffice,
        String agency,
        String decides,
        Instant openedAt,
        @Nullable LocalDate resultDay,
        boolean replaced,
        boolean turnedDown,
        boolean settled,
        boolean undecided,
        @Nullable String strayed) {

    /** Carried by post offices that use our worklists. */
    public static final String OWN = "OWN";

    boolean ownCarrier() {
        return carrier.equals(OWN);
    }
}
