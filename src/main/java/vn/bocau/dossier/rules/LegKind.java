package vn.bocau.dossier.rules;

import vn.bocau.code.Text;

/** What one journey of one item is for. */
public enum LegKind {
    /** Citizen to agency: the papers of the dossier. */
    PICKUP("Thu gom hồ sơ", "Pickup of the papers", Step.REQUESTED),
    /** Citizen to agency: what the agency still asked for. */
    SUPPLEMENT("Thu gom giấy tờ bổ sung", "Pickup of what is to be supplemented", Step.REQUESTED),
    /** Agency to citizen: the decision. */
    RESULT("Trả kết quả", "Delivery of the result", Step.AWAITING_RESULT),
    /** Agency to citizen: papers that go back. */
    ORIGINALS_BACK("Trả lại giấy tờ", "Papers back to the citizen", Step.READY),
    /** Agency to agency: between communes or centres. */
    TRANSFER("Luân chuyển giữa các cơ quan", "Transfer between agencies", Step.READY),
    /** Back to the agency: an item that could not be delivered. */
    RETURN("Chuyển hoàn cơ quan", "Return to the agency", Step.COMING_BACK);

    private final Text text;
    private final Step first;

    LegKind(String vi, String en, Step first) {
        this.text = new Text(vi, en);
        this.first = first;
    }

    public Text text() {
        return text;
    }

    /** Where it stands before anything has happened. */
    public Step first() {
        return first;
    }

    /** From the citizen to the agency. */
    public boolean inbound() {
        return this == PICKUP || this == SUPPLEMENT;
    }

    /** From the agency to the citizen. */
    public boolean outbound() {
        return this == RESULT || this == ORIGINALS_BACK;
    }

    /** Whether an item that cannot be delivered goes back to the agency that sent it. */
    public boolean canComeBack() {
        return outbound() || this == TRANSFER;
    }

    /** Whether a code says anything about such a leg. */
    public boolean takes(HandlingCode code) {
        return switch (code) {
            case PICKUP_REQUESTED, PICKUP_ACCEPTED, PICKUP_FAILED, PICKUP_PARTIAL -> inbound();
            case COLLECTED -> this != RETURN;
            case HANDED_TO_AGENCY, AGENCY_RETURNED -> inbound() || this == TRANSFER;
            case RESULT_READY, MANIFESTED, RESULT_COLLECTED, DISPATCH_SHORT, RETURN_APPROVED -> canComeBack();
            case DELIVERED -> outbound();
            case RETURNING, RETURNED_TO_AGENCY -> this == RETURN;
            default -> true;
        };
    }
}
