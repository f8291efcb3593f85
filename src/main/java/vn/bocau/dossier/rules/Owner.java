package vn.bocau.dossier.rules;

/** Who it is that owes, by kind. Whatever the post owes, an outside carrier owes when it carries the leg. */
final class Owner {

    record Named(OwnerKind kind, String name) {}

    private final LegTerms leg;

    Owner(LegTerms leg) {
        this.leg = leg;
    }

    Named of(OwnerKind kind, String office) {
        boolean outside = !leg.ownCarrier();
        return switch (kind) {
            case POST_OFFICE, POSTAL_WORKER, SUPERVISOR ->
                outside ? new Named(OwnerKind.CARRIER, leg.carrier()) : new Named(kind, office);
            case CARRIER, AGENCY, CITIZEN, OPERATOR -> of(kind);
        };
    }

    /** The agency that decides the dossier now, whichever sent or awaited this item. */
    Named whoDecides() {
        return new Named(OwnerKind.AGENCY, leg.decides());
    }

    Named of(OwnerKind kind) {
        return switch (kind) {
            case AGENCY -> new Named(kind, leg.agency());
            case CITIZEN -> new Named(kind, "citizen");
            case CARRIER -> new Named(kind, leg.carrier());
            case OPERATOR -> new Named(kind, "operator");
            case POST_OFFICE, POSTAL_WORKER, SUPERVISOR -> of(kind, leg.toOffice());
        };
    }
}
