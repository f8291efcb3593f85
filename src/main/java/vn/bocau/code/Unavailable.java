package vn.bocau.code;

/**
 * Somebody we need did not answer, or said "not now". The same thing may be asked again later, unchanged. The reason
 * names no person.
 */
public final class Unavailable extends RuntimeException {

    public Unavailable(String reason) {
        super(reason);
    }

    public Unavailable(String reason, Throwable cause) {
        super(reason, cause);
    }
}
