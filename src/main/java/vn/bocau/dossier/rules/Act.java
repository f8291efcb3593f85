package vn.bocau.dossier.rules;

import vn.bocau.code.Text;

/** What somebody owes next. */
public enum Act {
    ACCEPT_PICKUP("Xác nhận thu gom", "Confirm the pickup"),
    COLLECT("Đến nhận hồ sơ", "Collect the papers"),
    COLLECT_REST("Nhận phần còn thiếu", "Collect the missing part"),
    ASK_AGAIN("Hẹn lại hoặc tự mang hồ sơ đến", "Ask again, or bring the papers"),
    DISPATCH("Chuyển kết quả cho bưu điện", "Dispatch the result"),
    FETCH("Đến nhận tại cơ quan", "Fetch it at the agency"),
    EXPLAIN_DIFFERENCE("Giải trình chênh lệch bảng kê", "Explain the difference on the manifest"),
    FORWARD("Chuyển tiếp", "Send it on"),
    RECEIVE("Tiếp nhận bưu gửi đến", "Receive it"),
    HAND_OVER("Bàn giao cho cơ quan", "Hand it over to the agency"),
    DELIVER("Phát cho người nhận", "Deliver it"),
    HAND_OUT("Phát tại bưu cục", "Hand it out at the counter"),
    VERIFY_ADDRESS("Xác minh địa chỉ", "Verify the address"),
    REVIEW("Xem xét và quyết định", "Review and decide"),
    INVESTIGATE("Điều tra", "Investigate"),
    DECIDE_ON_DOSSIER("Tiếp nhận, yêu cầu bổ sung hoặc từ chối", "Receive it, ask for a supplement, or refuse it"),
    DECIDE_ON_PAPERS("Quyết định về giấy tờ chưa nhận được", "Decide about the papers not taken or lost"),
    SEND_BACK("Duyệt chuyển hoàn", "Approve the return"),
    BRING_BACK("Chuyển hoàn cơ quan", "Bring it back to the agency"),
    SEND_EVIDENCE("Gửi bằng chứng phát", "Send the evidence of delivery"),
    SETTLE("Xử lý chênh lệch", "Settle what does not tally"),
    REISSUE("Cấp lại kết quả", "Issue it again"),
    DECIDE_ON_RETURN("Quyết định về bưu gửi bị hoàn", "Decide about what came back"),
    MAKE_GOOD("Giải quyết với người gửi", "Make good to the sender");

    private final Text text;

    Act(String vi, String en) {
        text = new Text(vi, en);
    }

    public Text text() {
        return text;
    }
}
