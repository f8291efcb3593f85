package vn.bocau.code;

import java.util.UUID;

/**
 * A name that a phone made by itself, such as a handling's or a shift's: a UUID of version 7 (RFC 9562). The same id is the
 * same thing.
 */
public record Uuid7(UUID value) {

    /** @throws Refused {@code uuid-7} unless version 7 */
    public Uuid7 {
        if (value.version() != 7 || value.variant() != 2) {
            throw wrong();
        }
    }

    /** @throws Refused {@code uuid-7} unless the text is a UUID of version 7 */
    public static Uuid7 of(String text) {
        // UUID.fromString also takes short forms such as 1-1-1-1-1.
        if (!text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw wrong();
        }
        return new Uuid7(UUID.fromString(text));
    }

    private static Refused wrong() {
        return new Refused(
                Refused.Ground.MALFORMED,
                "uuid-7",
                "id",
                "Mã phải là UUID phiên bản 7 (RFC 9562), do thiết bị tạo.",
                "The id must be a UUID of version 7 (RFC 9562), made on the device.");
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
