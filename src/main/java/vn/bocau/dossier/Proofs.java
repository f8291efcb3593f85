package vn.bocau.dossier;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Proof;

/** How far a delivery is proven: who received it was identified, signed or was photographed, gave back and paid. */
final class Proofs {

    private Proofs() {}

    /** @param here SHA-256 of the evidence that has arrived */
    static Proof of(LegFacts leg, Report report, Set<String> here) {
        // An outside carrier keeps its evidence itself; its word is what its contract gives us.
        if (report.code() != HandlingCode.DELIVERED || !leg.ownCarrier()) {
            return Proof.COMPLETE;
        }
        List<String> named = named(report);
        boolean identified = !leg.identityCheck()
                || report.details().path("identity").asText().equals("MATCHED");
        boolean originals = report.amount("originalsTaken") >= leg.originalsDue();
        boolean paid =
                report.amount("feeCollected") == leg.feeDue() && report.amount("postageCollected") == leg.postageDue();
        if (named.isEmpty() || !identified || !originals || !paid) {
            return Proof.LACKING;
        }
        return here.containsAll(named) ? Proof.COMPLETE : Proof.PENDING;
    }

    /** The evidence a handling names: its signature and its photos, as SHA-256. */
    static List<String> named(Report report) {
        List<String> named = new ArrayList<>();
        if (report.details().path("signature").isTextual()) {
            named.add(report.details().path("signature").asText());
        }
        report.details().path("photos").forEach(photo -> named.add(photo.asText()));
        return named;
    }
}
