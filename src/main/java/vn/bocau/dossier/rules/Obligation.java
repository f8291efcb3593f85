package vn.bocau.dossier.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is owed on a leg: exactly one next act with one owner and one deadline, or nothing any more; and the rule that
 * said so.
 */
public record Obligation(@Nullable Next next, Fired rule) {

    /** Code of the rule by which an item is held at the counter, and whose end sends it back. */
    public static final String HOLD = "hold";

    public record Next(Act act, OwnerKind ownerKind, String owner, Instant dueAt) {}

    /** Nothing is owed on this leg any more. */
    public boolean closed() {
        return next == null;
    }

    /** Whether the leg moves by itself when the deadline has passed: what was held goes back, what nobody wants is cancelled. */
    public boolean lapses() {
        return next != null && (next.act() == Act.ASK_AGAIN || rule.code().equals(HOLD));
    }

    /** Derives it from what has happened and what was agreed; nothing else. */
    public static Obligation of(LegTerms leg, Progress progress, Deadlines deadlines) {
        return new Owing(leg, progress, deadlines).obligation();
    }
}
