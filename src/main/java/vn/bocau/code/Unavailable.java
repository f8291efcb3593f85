package vn.bocau.code;

import org.jspecify.annotations.Nullable;

/**
 * Somebody we need did not answer, or said "not now". The same thing may be asked again later, unchanged. The reason
 * names no person; its message is the English one, for the log.
 */
public final class Unavailable extends RuntimeException {

    private final transient Text reason;

    public Unavailable(String vi, String en) {
        this(vi, en, null);
    }

    public Unavailable(String vi, String en, @Nullable Throwable cause) {
        super(en, cause);
        reason = new Text(vi, en);
    }

    /** Why, for people. */
    public Text reason() {
        return reason;
    }
}
