package vn.bocau.dossier.rules;

import vn.bocau.code.Text;

/** Why a handling that was kept moves nothing. A person has to look at it. */
public enum Contradiction {
    AFTER_TERMINAL(
            "after-terminal", "Bưu gửi đã kết thúc trước thao tác này.", "The item had already arrived or ended."),
    COLLECTED_TWICE(
            "collected-twice",
            "Tiền của bưu gửi này đã được ghi thu một lần rồi; lần này chưa tính.",
            "The money of this item was recorded as taken once already; this time does not count."),
    DELIVERED_TWICE("delivered-twice", "Bưu gửi đã được phát một lần rồi.", "The item was already delivered once."),
    DELIVERED_AFTER_RECALL(
            "delivered-after-recall",
            "Bưu gửi đã bị thu hồi trước khi phát.",
            "The item was recalled before delivery."),
    AFTER_RETURN("after-return", "Bưu gửi đã được duyệt chuyển hoàn.", "The return of the item was already approved."),
    ALREADY_COLLECTED("already-collected", "Bưu điện đã nhận bưu gửi rồi.", "The post already has the item."),
    NOT_ON_THIS_LEG(
            "not-on-this-leg", "Thao tác này không có ở loại chặng này.", "This cannot happen on this kind of leg."),
    CANCELLED_BEFORE(
            "cancelled-before", "Yêu cầu đã hủy trước khi bưu điện nhận.", "It was cancelled before the post took it."),
    VOID_OF_VOID(
            "void-of-void",
            "Không hủy được một bút toán hủy; hãy ghi lại.",
            "A voiding cannot be voided; record it again."),
    SUPERVISOR_NEEDED(
            "supervisor-needed",
            "Thao tác đã gửi chỉ trưởng bưu cục hủy được; tiền do chính mình ghi thì phải người khác hủy.",
            "What was sent is voided by a supervisor; money one has recorded oneself, by another one.");

    private final String code;
    private final Text text;

    Contradiction(String code, String vi, String en) {
        this.code = code;
        this.text = new Text(vi, en);
    }

    /** Stable, for programs. */
    public String code() {
        return code;
    }

    public Text text() {
        return text;
    }
}
