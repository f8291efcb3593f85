package vn.bocau.code;

/**
 * The program cannot start as it is set up, and who starts it can mend that.
 *
 * <p>Names the setting, never a secret's value.
 */
public final class Misconfigured extends RuntimeException {

    private final Text wrong;
    private final Text cure;

    public Misconfigured(Text wrong, Text cure) {
        super(wrong.en() + " " + cure.en());
        this.wrong = wrong;
        this.cure = cure;
    }

    public Text wrong() {
        return wrong;
    }

    /** What to do about it. */
    public Text cure() {
        return cure;
    }
}
