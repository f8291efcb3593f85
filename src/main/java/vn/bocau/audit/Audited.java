package vn.bocau.audit;

import org.jspecify.annotations.Nullable;

/**
 * One thing to be recorded. Nothing of it is anybody's personal data but the user name of who did it.
 *
 * @param by user name; of what nobody signed in for, such as the clock, the name of the part that did it
 * @param what stable, such as {@code RETRY}, {@code PAUSE}, {@code VIEW}
 * @param kind of the target
 * @param target what it was done to: a message's id, a partner's id, a user name, an address of ours without its query
 * @param partner whose message or line it was, where that is one
 * @param reason in the person's own words
 * @param detail further facts as JSON, such as the code of a refusal
 */
public record Audited(
        String by,
        String what,
        Outcome outcome,
        Kind kind,
        String target,
        @Nullable String partner,
        @Nullable String reason,
        @Nullable String detail) {

    /** How it went. */
    public enum Outcome {
        /** It was done, or shown. */
        DONE,
        /** A rule, or a right that is missing, said no. */
        REFUSED,
        /** It was asked for and broke on our side. */
        FAILED
    }

    /** What it was done to. */
    public enum Kind {
        MESSAGE,
        PARTNER,
        ACCOUNT,
        DOSSIER,
        /** A group of messages that is retried. */
        MEND,
        /** A page or an operation of the interface. */
        PAGE,
        /** A stretch of the line: a route. */
        STRETCH,
        DIRECTORY
    }

    /** Something that was done to something, for a reason. */
    public static Audited act(
            String by, String what, Kind kind, String target, @Nullable String partner, String reason) {
        return new Audited(by, what, Outcome.DONE, kind, target, partner, reason, null);
    }
}
