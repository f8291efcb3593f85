package vn.bocau.dossier.rules;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Legs as the tests of obligations agree them: opened at 8:00 on Monday 23 November 2026. */
final class Leg {

    static final String AGENCY = "trung-tam-hcc";
    static final String CARRIER = "carrier-x";

    /** Where the dossier went meanwhile. */
    static final String DECIDES = "ubnd-dong-ha";

    /** Where it came though the dossier had gone on from there. */
    static final String STRAYED_TO = "so-tu-phap";

    private Leg() {}

    static LegTerms own(LegKind kind) {
        return of(kind, LegTerms.OWN, null, false);
    }

    static LegTerms outside(LegKind kind) {
        return of(kind, CARRIER, null, false);
    }

    static LegTerms of(LegKind kind, String carrier, @Nullable LocalDate resultDay, boolean replaced) {
        return new LegTerms(
                kind,
                kind == LegKind.RETURN ? LegKind.RESULT : kind,
                carrier,
                Scan.FROM,
                Scan.TO,
                AGENCY,
                DECIDES,
                Scan.at("Mon 08:00"),
                resultDay,
                replaced,
                false,
                false,
                false,
                null);
    }

    /** Its agency has said nothing since it came. */
    static LegTerms undecided(LegKind kind) {
        return with(own(kind), kind, false, false, true);
    }

    /** An agency has it that does not decide any more. */
    static LegTerms strayed(LegKind kind) {
        LegTerms terms = own(kind);
        return new LegTerms(
                terms.kind(),
                terms.sent(),
                terms.carrier(),
                terms.fromOffice(),
                terms.toOffice(),
                terms.agency(),
                terms.decides(),
                terms.openedAt(),
                terms.resultDay(),
                terms.replaced(),
                false,
                false,
                true,
                STRAYED_TO);
    }

    /** The way back of what was sent on such a leg. */
    static LegTerms back(LegKind sent) {
        return with(own(LegKind.RETURN), sent, false, false, false);
    }

    static LegTerms settled(LegKind kind) {
        return with(own(kind), kind, false, true, false);
    }

    static LegTerms turnedDown(LegKind kind) {
        return with(outside(kind), kind, true, false, false);
    }

    private static LegTerms with(LegTerms terms, LegKind sent, boolean turnedDown, boolean settled, boolean undecided) {
        return new LegTerms(
                terms.kind(),
                sent,
                terms.carrier(),
                terms.fromOffice(),
                terms.toOffice(),
                terms.agency(),
                terms.decides(),
                terms.openedAt(),
                terms.resultDay(),
                terms.replaced(),
                turnedDown,
                settled,
                undecided,
                null);
    }
}
