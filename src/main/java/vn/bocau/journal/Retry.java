package vn.bocau.journal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator lets a parked message try again.
 *
 * @param mend whose message it is; null of one that is retried by itself
 */
public record Retry(
        UUID message, String by, String reason, @Nullable UUID mend) {

    public Retry(UUID message, String by, String reason) {
        this(message, by, reason, null);
    }
}
