package vn.bocau.code;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The program cannot start as it is set up, and who starts it can mend that.
 *
 * <p>Names each setting and what was given, never a secret's value.
 */
public final class Misconfigured extends RuntimeException {

    /**
     * One thing that will not do.
     *
     * @param cure what to do about it
     */
    public record Flaw(Text wrong, Text cure) {}

    private final List<Flaw> flaws;

    public Misconfigured(Text wrong, Text cure) {
        this(List.of(new Flaw(wrong, cure)));
    }

    /** @param flaws one or more, told together */
    public Misconfigured(List<Flaw> flaws) {
        super(flaws.stream().map(f -> f.wrong().en() + " " + f.cure().en()).collect(Collectors.joining(" ")));
        this.flaws = List.copyOf(flaws);
    }

    /** In the order in which they were found, each once. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
