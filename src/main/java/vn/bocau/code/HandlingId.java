package vn.bocau.code;

import java.util.UUID;

/** The id a device gave to a handling when it happened: a UUID of version 7 (RFC 9562). The same id is the same handling. */
public record HandlingId(UUID value) {

    /** @throws Refused {@code handling-id} unless version 7 */
    public HandlingId {
        if (value.version() != 7 || value.variant() != 2) {
            throw wrong();
        }
    }

    /** @throws Refused {@code handling-id} unless the text is a UUID of version 7 */
    public static HandlingId of(String text) {
        // UUID.fromString also takes short forms such as 1-1-1-1-1.
        if (!text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw wrong();
        }
        return new HandlingId(UUID.fromString(text));
    }

    private static Refused wrong() {
        return new Refused(
                Refused.Ground.MALFORMED,
                "handling-id",
                "id",
                "Mã phải là UUID phiên bản 7 (RFC 9562), do thiết bị tạo.",
                "The id must be a UUID of version 7 (RFC 9562), made on the device.");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
