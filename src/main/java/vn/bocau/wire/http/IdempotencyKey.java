package vn.bocau.wire.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;

/**
 * The header {@code Idempotency-Key} (IETF draft-ietf-httpapi-idempotency-key-header-07, expired; we keep its meaning):
 * required with everything that changes something. Quotes around it, as the draft writes them, are allowed.
 */
public final class IdempotencyKey {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("\"?([\\x21\\x23-\\x7e]{1,200})\"?");

    private IdempotencyKey() {}

    /** @throws Refused MALFORMED {@code idempotency-key} when it is missing or cannot be kept */
    public static String read(@Nullable String header) {
        Matcher key = FORM.matcher(header == null ? "" : header.strip());
        if (!key.matches()) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "idempotency-key",
                    HEADER,
                    "Thiếu tiêu đề này, hoặc không phải 1 đến 200 ký tự ASCII không có dấu cách; hãy dùng một UUID mới"
                            + " cho mỗi yêu cầu và giữ nguyên khi gửi lại.",
                    "This header is missing, or is not 1 to 200 ASCII characters without spaces; use a new UUID for each"
                            + " request, and the same one when you send it again.");
        }
        return key.group(1);
    }
}
