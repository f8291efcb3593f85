package vn.bocau.code;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked is not done, and asking again without a change will not help. It is an answer for the sender: every
 * door turns it into its own kind of clear error (RFC 9457 problem, SOAP fault, N-GSP status), in one place.
 */
public final class Refused extends RuntimeException {

    /** Why, sorted by what the sender can do about it. */
    public enum Ground {
        /** It cannot be read, or breaks the published schema. HTTP 400. */
        MALFORMED,
        /** The sender may not do this. HTTP 403. */
        FORBIDDEN,
        /** It names something we do not know, or the sender may not see. HTTP 404. */
        UNKNOWN,
        /** It contradicts what is already recorded. HTTP 409. */
        CONFLICT,
        /** It is well formed, and a rule says no. HTTP 422. */
        RULE
    }

    /**
     * One thing that was wrong.
     *
     * @param field where, as the sender wrote it: a JSON pointer such as {@code /pickup/address/commune}, an element
     *     name, a column; empty when the message as a whole is meant
     * @param wrong what was wrong and what would be right
     */
    public record Flaw(String field, Text wrong) {}

    private final Ground ground;
    private final String code;
    private final List<Flaw> flaws;
    private final @Nullable Text remedy;
    private final boolean answer;

    /**
     * @param code stable, for programs: lower-case words joined by hyphens, such as {@code fee-paid-online}
     * @param flaws at least one
     */
    public Refused(Ground ground, String code, List<Flaw> flaws) {
        this(ground, code, flaws, null);
    }

    /** @param remedy what a person can do who finds it parked; null when the usual will do: mend the cause and retry */
    public Refused(Ground ground, String code, List<Flaw> flaws, @Nullable Text remedy) {
        this(ground, code, flaws, remedy, false);
    }

    private Refused(Ground ground, String code, List<Flaw> flaws, @Nullable Text remedy, boolean answer) {
        super(code + " "
                + flaws.stream().map(f -> f.field() + ": " + f.wrong().en()).toList());
        this.ground = ground;
        this.code = code;
        this.flaws = List.copyOf(flaws);
        this.remedy = remedy;
        this.answer = answer;
    }

    /** As whoever was asked has answered: who refuses is there. */
    public static Refused answered(Ground ground, String code, List<Flaw> flaws, @Nullable Text remedy) {
        return new Refused(ground, code, flaws, remedy, true);
    }

    public Refused(Ground ground, String code, String field, String vi, String en) {
        this(ground, code, List.of(new Flaw(field, new Text(vi, en))));
    }

    public Ground ground() {
        return ground;
    }

    public String code() {
        return code;
    }

    public List<Flaw> flaws() {
        return flaws;
    }

    public Optional<Text> remedy() {
        return Optional.ofNullable(remedy);
    }

    /** Whether it was said by somebody who was asked, and not found by us. */
    public boolean isAnswer() {
        return answer;
    }
}
