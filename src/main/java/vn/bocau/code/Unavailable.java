package vn.bocau.code;

import org.jspecify.annotations.Nullable;

/**
 * Somebody we need did not answer, or said "not now". The same thing may be asked again later, unchanged. The reason
 * names no person; its message is the English one, for the log.
 */
public final class Unavailable extends RuntimeException {

    private final String code;
    private final transient Text reason;

    /** @param code stable, as a refusal's: what operators find the cause and the next step by */
    public Unavailable(String code, String vi, String en) {
        this(code, vi, en, null);
    }

    public Unavailable(String code, String vi, String en, @Nullable Throwable cause) {
        super(en, cause);
        this.code = code;
        this.reason = new Text(vi, en);
    }

    public String code() {
        return code;
    }

    /** Why, for people. */
    public Text reason() {
        return reason;
    }
}
