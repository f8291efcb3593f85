package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.SenderKey;
import vn.bocau.wire.Json;

/**
 * Why an operator does what he does: every act asks for it, {@code {"reason"}}, and keeps it. No personal data: what is in the record
 * nobody can take out again, and many read it. A name cannot be told from other words; a number and an address of e-mail can.
 */
public final class Why {

    private static final int LONGEST = 500;

    private Why() {}

    /** @throws Refused MALFORMED {@code reason} when there is none, or a novel; what {@link JsonBody} refuses */
    public static String given(byte @Nullable [] body) {
        JsonNode said =
                body == null || body.length == 0 ? null : JsonBody.parse(body).get("reason");
        return said(said == null ? null : said.textValue());
    }

    /** @throws Refused MALFORMED {@code reason} when there is none, a novel, or one that cannot be kept or must not be */
    public static String said(@Nullable String given) {
        String reason = given == null ? "" : given.strip();
        if (reason.isEmpty() || reason.length() > LONGEST) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reason",
                    "/reason",
                    "Hãy ghi lý do, từ 1 đến " + LONGEST + " ký tự, không có dữ liệu cá nhân.",
                    "Give a reason of 1 to " + LONGEST + " characters, without personal data.");
        }
        if (!Json.printable(reason)) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reason",
                    "/reason",
                    "Lý do có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                    "The reason holds control characters or broken ones; remove them.");
        }
        if (SenderKey.isMasked(reason)) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "reason",
                    "/reason",
                    "Lý do có số điện thoại, số giấy tờ hoặc địa chỉ thư điện tử: nó được giữ mãi và nhiều người đọc. Hãy ghi"
                            + " mã hồ sơ hoặc số bưu gửi thay vào.",
                    "The reason holds what may be a telephone or identity number, or an address of e-mail: it is kept for ever,"
                            + " and many read it. Name the dossier's code or the item's number instead.");
        }
        return reason;
    }
}
