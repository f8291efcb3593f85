package vn.bocau.dossier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Proof;

/** How far a delivery is proven: who received it was identified, signed or was photographed, gave back and paid. */
final class Proofs {

    private static final Doubt MORE_THAN_DUE = doubt(
            "more-than-due",
            "Đã thu nhiều hơn số phải thu; phần thừa phải trả lại cho người dân.",
            "More was collected than was due; the rest is to be given back.");
    private static final Doubt LESS_THAN_DUE = doubt(
            "less-than-due",
            "Đã thu ít hơn số phải thu mà vẫn phát.",
            "Less was collected than was due, and it was delivered all the same.");
    private static final Doubt NOT_SIGNED = doubt(
            "not-signed", "Đã phát mà không có chữ ký hay ảnh.", "It was delivered without a signature or a photo.");
    private static final Doubt NOT_IDENTIFIED = doubt(
            "not-identified",
            "Đã phát mà chưa đối chiếu được giấy tờ của người nhận.",
            "It was delivered without the receiver's identity being matched.");
    private static final Doubt ORIGINALS_LEFT = doubt(
            "originals-left",
            "Đã phát mà chưa thu đủ bản chính.",
            "It was delivered without taking back all the originals.");

    private Proofs() {}

    private static Doubt doubt(String code, String vi, String en) {
        return new Doubt(code, new Text(vi, en));
    }

    /** @param here SHA-256 of the evidence that has arrived */
    static Proof of(LegFacts leg, Report report, Set<String> here) {
        // An outside carrier keeps its evidence itself; its word is what its contract gives us.
        if (report.code() != HandlingCode.DELIVERED || !leg.ownCarrier()) {
            return Proof.COMPLETE;
        }
        List<String> named = named(report);
        if (named.isEmpty() || !identified(leg, report) || !originals(leg, report) || !paid(leg, report)) {
            return Proof.LACKING;
        }
        return here.containsAll(named) ? Proof.COMPLETE : Proof.PENDING;
    }

    /** What no evidence that is still to come will mend: a person has to. */
    static Optional<Doubt> doubt(LegFacts leg, Report report) {
        if (!leg.ownCarrier()) {
            return Optional.empty();
        }
        if (report.amount("feeCollected") > leg.feeDue() || report.amount("postageCollected") > leg.postageDue()) {
            return Optional.of(MORE_THAN_DUE);
        }
        if (report.code() != HandlingCode.DELIVERED) {
            return Optional.empty();
        }
        if (named(report).isEmpty()) {
            return Optional.of(NOT_SIGNED);
        }
        if (!identified(leg, report)) {
            return Optional.of(NOT_IDENTIFIED);
        }
        if (!originals(leg, report)) {
            return Optional.of(ORIGINALS_LEFT);
        }
        return paid(leg, report) ? Optional.empty() : Optional.of(LESS_THAN_DUE);
    }

    private static boolean identified(LegFacts leg, Report report) {
        return !leg.identityCheck()
                || report.details().path("identity").asText().equals("MATCHED");
    }

    private static boolean originals(LegFacts leg, Report report) {
        return report.amount("originalsTaken") >= leg.originalsDue();
    }

    private static boolean paid(LegFacts leg, Report report) {
        return report.amount("feeCollected") == leg.feeDue() && report.amount("postageCollected") == leg.postageDue();
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
