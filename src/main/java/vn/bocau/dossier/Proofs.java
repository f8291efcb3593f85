package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Proof;

/** How far a delivery is proven: who received it was identified, signed or was photographed, gave back and paid. */
final class Proofs {

    private static final List<Dues.What> MONEY =
            Stream.of(Money.values()).map(Dues.What::of).toList();

    private Proofs() {}

    /** @param here SHA-256 of the evidence that has arrived */
    static Proof of(Leg leg, Report report, Set<String> here) {
        // An outside carrier keeps its evidence itself; its word is what its contract gives us.
        if (report.code() != HandlingCode.DELIVERED || leg.isCarriersWord(report)) {
            return Proof.COMPLETE;
        }
        List<String> named = named(report);
        if (named.isEmpty() || !identified(leg.facts(), report) || !originals(leg, report) || !paid(leg, report)) {
            return Proof.LACKING;
        }
        return here.containsAll(named) ? Proof.COMPLETE : Proof.PENDING;
    }

    /** What no evidence that is still to come will mend: a person has to. */
    static Optional<Doubt> doubt(Leg on, Report report) {
        LegFacts leg = on.facts();
        if (on.takenBack().isPresent() && on.fetched().filter(report::equals).isPresent()) {
            return Optional.of(Doubt.TAKEN_BACK_BEFORE);
        }
        if (on.isCarriersWord(report)) {
            return on.mayHaveTakenOther(report) ? Optional.of(Doubt.TOLD_OTHERWISE) : Optional.empty();
        }
        if (report.code() == HandlingCode.FACILITY_IN && report.office() != null && !on.endsAt(report.office())) {
            return Optional.of(Doubt.OFF_ROUTE);
        }
        if (report.amount("feeRemitted") > 0
                && report.amount("feeRemitted") > on.feeHeldWithout(report) + report.amount("feeCollected")) {
            return Optional.of(Doubt.REMITTED_MORE);
        }
        if (MONEY.stream().anyMatch(what -> tooMuch(on, report, what))) {
            return Optional.of(Doubt.MORE_THAN_DUE);
        }
        if (on.tookForAnother(report)) {
            return Optional.of(Doubt.FOR_ANOTHER_PAYEE);
        }
        if (report.code() != HandlingCode.DELIVERED) {
            return Optional.empty();
        }
        if (named(report).isEmpty()) {
            return Optional.of(Doubt.NOT_SIGNED);
        }
        if (!identified(leg, report)) {
            return Optional.of(Doubt.NOT_IDENTIFIED);
        }
        if (!originals(on, report)) {
            return Optional.of(Doubt.ORIGINALS_LEFT);
        }
        return paid(on, report) ? Optional.empty() : Optional.of(Doubt.LESS_THAN_DUE);
    }

    private static boolean identified(LegFacts leg, Report report) {
        return !leg.identityCheck()
                || (report.details().path("identity").asText().equals("MATCHED") && sameCard(leg, report));
    }

    /** Whoever takes it for somebody else shows his own card. */
    private static boolean sameCard(LegFacts leg, Report report) {
        Party.Identity known = leg.receiver().identity();
        String shown = report.details().path("identityHash").asText();
        return known == null
                || shown.isEmpty()
                || !report.details().path("relation").asText().equals("SELF")
                || shown.equals(known.hash());
    }

    private static boolean tooMuch(Leg leg, Report report, Dues.What what) {
        return what.taken(report) > 0 && leg.takenUpTo(what, report) > what.of(leg.due());
    }

    private static boolean originals(Leg leg, Report report) {
        return all(leg, report, Dues.What.ORIGINALS) >= leg.due().originals();
    }

    private static boolean paid(Leg leg, Report report) {
        return MONEY.stream().allMatch(what -> all(leg, report, what) >= what.of(leg.due()));
    }

    /** Taken on this leg with that, before, and since; with that alone where it does not stand. */
    private static long all(Leg leg, Report report, Dues.What what) {
        return Math.max(leg.taken(what), what.taken(report));
    }

    /** The evidence a handling names: its signatures and its photos, as SHA-256. */
    static List<String> named(Report report) {
        return named(report.details());
    }

    static List<String> named(JsonNode details) {
        List<String> named = new ArrayList<>();
        for (String field : List.of("signature", "countersignature")) {
            if (details.path(field).isTextual()) {
                named.add(details.path(field).asText());
            }
        }
        details.path("photos").forEach(photo -> named.add(photo.asText()));
        return named;
    }
}
