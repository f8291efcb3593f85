package vn.bocau.fee;

import vn.bocau.code.Text;

/** How portal, post and agency can differ about the money of one item. */
public enum ImbalanceKind {
    PAID_TWICE(
            "Đã nộp trực tuyến mà vẫn thu tại nhà: phải trả lại người dân",
            "Paid online, and collected at the door all the same: to be given back to the citizen"),
    OVER_COLLECTED(
            "Thu nhiều hơn số phải thu: phần thừa phải trả lại người dân",
            "More was collected than was due: the rest is to be given back to the citizen"),
    UNDER_COLLECTED(
            "Thu ít hơn số phải thu, và không còn ai đến thu",
            "Less was collected than was due, and nobody comes for the rest"),
    PAID_OTHERWISE("Cổng báo đã nộp khác số phải nộp", "What the portal says was paid is another amount than was due"),
    REFUNDED_TOO_MUCH(
            "Đã trả lại người dân nhiều hơn phần thu thừa", "More was given back to the citizen than was too much"),
    PAID_NOT_BOOKED(
            "Cổng báo đã nộp trực tuyến mà quá hạn sao kê của cơ quan chưa có",
            "Paid online as the portal says, and not in the agency's statement in time"),
    BOOKED_NOT_PAID(
            "Sao kê của cơ quan có mà cổng không báo đã nộp",
            "In the agency's statement, and not paid as far as the portal says"),
    BOOKED_OTHERWISE(
            "Sao kê của cơ quan khác số cổng báo đã nộp",
            "The agency's statement has another amount than the portal says was paid"),
    NOT_REMITTED(
            "Bưu điện đã thu mà quá hạn chưa nộp cho chủ khoản tiền",
            "Collected by the post, and not given to its owner in time"),
    NOT_TURNED_IN(
            "Cước đã thu mà chưa nộp vào két: ca chưa kiểm đếm quá hạn, hoặc kiểm đếm thiếu",
            "Postage taken and not turned in: its shift is not counted in time, or was counted short"),
    CARRIER_SAID_OTHERWISE(
            "Bưu chính ngoài báo đã thu khác số được giao thu",
            "The carrier says that it collected another amount than it was told"),
    REMITTED_MORE("Đã nộp cho chủ khoản tiền nhiều hơn số đã thu", "More was given to the owner than was collected"),
    NOT_ACKNOWLEDGED(
            "Bưu điện báo đã nộp mà quá hạn bên nhận chưa xác nhận",
            "Given to its owner as the post says, and not confirmed in time"),
    RECEIVED_OTHERWISE("Bên nhận xác nhận khác số bưu điện nộp", "The owner counted another amount than the post gave");

    private final Text text;

    ImbalanceKind(String vi, String en) {
        this.text = new Text(vi, en);
    }

    /** It is about what one has given and the other has got. */
    boolean betweenSides() {
        return this == NOT_REMITTED || this == REMITTED_MORE || this == NOT_ACKNOWLEDGED || this == RECEIVED_OTHERWISE;
    }

    /** The citizen may have it back. */
    public boolean refundable() {
        return this == PAID_TWICE || this == OVER_COLLECTED || this == PAID_OTHERWISE;
    }

    /** The agency's statement says otherwise: one of its rows may be wrong. */
    public boolean ofAStatement() {
        return this == BOOKED_NOT_PAID || this == BOOKED_OTHERWISE;
    }

    public Text text() {
        return text;
    }
}
