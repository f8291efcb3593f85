package vn.bocau.dossier.rules;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Legs as the tests of obligations agree them: opened at 8:00 on Monday 23 November 2026. */
final class Leg {

    static final String AGENCY = "trung-tam-hcc";
    static final String CARRIER = "carrier-x";

    private Leg() {}

    static LegTerms own(LegKind kind) {
        return of(kind, LegTerms.OWN, null, false);
    }

    static LegTerms outside(LegKind kind) {
        return of(kind, CARRIER, null, false);
    }

    static LegTerms of(LegKind kind, String carrier, @Nullable LocalDate resultDay, boolean replaced) {
        return new LegTerms(kind, carrier, Scan.FROM, Scan.TO, AGENCY, Scan.at("Mon 08:00"), resultDay, replaced);
    }
}
