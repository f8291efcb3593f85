package vn.bocau.dossier.rules;

import vn.bocau.code.Text;

/** What is to be done after a failed attempt (UPU: the "measure" that goes with a reason). */
public enum Action {
    RETRY("Đi lại", "Try again"),
    RESCHEDULE("Hẹn ngày khác", "Another day"),
    HOLD("Giữ tại bưu cục", "Hold at the post office"),
    VERIFY("Xác minh địa chỉ", "Verify the address"),
    REDIRECT("Chuyển địa chỉ khác", "Redirect"),
    FORWARD("Chuyển đúng hướng", "Forward the right way"),
    RETURN("Chuyển hoàn", "Send back"),
    INVESTIGATE("Điều tra", "Investigate"),
    REVIEW("Trưởng bưu cục xem xét", "Supervisor reviews");

    private final Text text;

    Action(String vi, String en) {
        text = new Text(vi, en);
    }

    public Text text() {
        return text;
    }
}
