package vn.bocau.wire.http.ngsp;

import java.util.Set;
import vn.bocau.code.Refused;

/**
 * Every {@code Status} we answer with. 100 and 101 are VNPost's own; of the others no list is public, so from 102 on
 * they are ours. Clients look for "thành công" and "đã tồn tại" in the message: the words stand in these alone, and in
 * no refusal. {@code mappings/ngsp/README.md} is the same table for the people who write clients.
 */
enum Status {
    RECEIVED(100, "Tiếp nhận thành công"),
    CORRECTED(100, "Cập nhật đơn hàng thành công"),
    CANCELLED(100, "Huỷ thành công"),
    CANCELLED_BEFORE(100, "Huỷ thành công từ trước"),
    EXISTS(101, "Đơn hàng đã tồn tại"),
    UNREADABLE(102, "Không đọc được nội dung"),
    FIELD(103, "Trường thiếu hoặc sai"),
    NOT_YOURS(104, "Không thuộc quyền của đơn vị gọi"),
    UNKNOWN(105, "Không tìm thấy"),
    CONFLICT(106, "Trái với điều đã ghi nhận"),
    RULE(107, "Không được phép theo quy tắc"),
    NOT_OFFERED(108, "Chưa cung cấp dịch vụ này"),
    UNAUTHENTICATED(401, "Thiếu thông tin xác thực, hoặc thông tin không đúng hay đã hết hạn"),
    TOO_MANY(429, "Xác thực sai quá nhiều lần; hãy chờ rồi thử lại"),
    UNAVAILABLE(503, "Tạm thời chưa ghi nhận được; hãy gửi lại đúng yêu cầu này sau ít giây");

    /** Codes of refusals that are about the content as a whole, not about a field of it. */
    private static final Set<String> UNREADABLE_CODES = Set.of("not-json", "not-utf8", "unprintable", "too-large");

    final int code;
    final String message;

    Status(int code, String message) {
        this.code = code;
        this.message = message;
    }

    static Status of(Refused refused) {
        return switch (refused.ground()) {
            case MALFORMED -> UNREADABLE_CODES.contains(refused.code()) ? UNREADABLE : FIELD;
            case FORBIDDEN -> NOT_YOURS;
            case UNKNOWN -> UNKNOWN;
            case CONFLICT -> CONFLICT;
            case RULE -> RULE;
        };
    }
}
