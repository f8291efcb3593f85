package vn.bocau.code;

import java.time.Instant;

/**
 * Whoever is to be told could be, but not at this time of day. Nothing was tried and nobody failed; the same thing may be
 * said unchanged later. The reason names no person; its message is the English one, for the log.
 */
public final class NotYet extends RuntimeException {

    private final String code;
    private final transient Text reason;
    private final Instant until;

    /**
     * @param code stable, as a refusal's
     * @param until from when on it may be said
     */
    public NotYet(String code, Instant until, String vi, String en) {
        super(en);
        this.code = code;
        this.until = until;
        this.reason = new Text(vi, en);
    }

    public String code() {
        return code;
    }

    /** From when on it may be said. */
    public Instant until() {
        return until;
    }

    /** Why, for people. */
    public Text reason() {
        return reason;
    }
}
