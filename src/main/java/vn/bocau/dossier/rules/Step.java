package vn.bocau.dossier.rules;

import vn.bocau.code.Text;

/** Where an item stands: what its handlings add up to, in one word. Derived, never set. */
public enum Step {
    REQUESTED("Đã đăng ký, chờ bưu điện xác nhận", "Requested, waiting for the post to confirm"),
    ACCEPTED("Bưu tá sẽ đến nhận", "A postal worker will come"),
    PICKUP_FAILED("Thu gom chưa thành công", "Pickup did not succeed"),
    PARTLY_COLLECTED("Mới nhận một phần", "Partly collected"),
    AWAITING_RESULT("Chờ cơ quan trả kết quả", "Waiting for the agency's result"),
    READY("Chờ bưu điện đến nhận tại cơ quan", "Ready at the agency for the post"),
    SHORT("Không khớp bảng kê", "Does not match the manifest"),
    COLLECTED("Bưu điện đã nhận", "In the hands of the post"),
    IN_TRANSIT("Đang vận chuyển", "On its way"),
    AT_OFFICE("Tại bưu cục", "At a post office"),
    OUT_FOR_DELIVERY("Đang đi phát", "Out for delivery"),
    DELIVERY_FAILED("Phát chưa thành công", "Delivery did not succeed"),
    HELD("Giữ tại bưu cục", "Held at the post office"),
    TO_DELIVER_AGAIN("Chờ phát lại", "To be delivered again"),
    AGENCY_RETURNED("Cơ quan chưa nhận", "Not taken by the agency"),
    MISROUTED("Lạc hướng", "Misrouted"),
    DAMAGED("Hư hỏng", "Damaged"),
    RECALLED("Đã có yêu cầu thu hồi", "Recalled"),
    RETURN_APPROVED("Đã duyệt chuyển hoàn", "Return approved"),
    COMING_BACK("Đang chuyển hoàn", "Coming back"),
    DELIVERED("Đã phát", "Delivered"),
    HANDED_TO_AGENCY("Đã bàn giao cơ quan", "Handed to the agency"),
    RETURNED_TO_AGENCY("Đã hoàn trả cơ quan", "Returned to the agency"),
    CANCELLED("Đã hủy", "Cancelled"),
    LOST("Thất lạc", "Lost");

    private final Text text;

    Step(String vi, String en) {
        text = new Text(vi, en);
    }

    public Text text() {
        return text;
    }

    /** Left again only by a VOIDED with a supervisor's name. */
    public boolean terminal() {
        return switch (this) {
            case DELIVERED, HANDED_TO_AGENCY, RETURNED_TO_AGENCY, CANCELLED, LOST -> true;
            default -> false;
        };
    }

    /** At the end it was meant for. */
    public boolean arrived() {
        return switch (this) {
            case DELIVERED, HANDED_TO_AGENCY, RETURNED_TO_AGENCY -> true;
            default -> false;
        };
    }

    /** Nothing is in the hands of the post yet: what was asked may still be corrected or cancelled. */
    public boolean beforeUnderWay() {
        return switch (this) {
            case REQUESTED, ACCEPTED, PICKUP_FAILED, AWAITING_RESULT -> true;
            default -> false;
        };
    }

    /** In the post's hands, on its way to where it goes, however often it stood there in vain. */
    public boolean underWay() {
        return switch (this) {
            case PARTLY_COLLECTED,
                    COLLECTED,
                    IN_TRANSIT,
                    AT_OFFICE,
                    OUT_FOR_DELIVERY,
                    DELIVERY_FAILED,
                    HELD,
                    TO_DELIVER_AGAIN,
                    MISROUTED -> true;
            default -> false;
        };
    }

    /** The next way is to where it starts; from then on, to where it ends. */
    public boolean toBeFetched() {
        return beforeUnderWay() || this == READY || this == SHORT || this == PARTLY_COLLECTED;
    }
}
