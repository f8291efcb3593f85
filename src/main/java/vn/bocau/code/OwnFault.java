package vn.bocau.code;

/**
 * A failure of ours that can be told from a bug nobody knows: something of ours has to be mended, and its code says what.
 * Its message quotes nothing of what was being done.
 */
public class OwnFault extends IllegalStateException {

    private final String code;

    /** @param code stable, for programs: lower-case words joined by hyphens */
    public OwnFault(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
