package vn.bocau.dossier.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all handlings of a leg add up to, whatever order and however often they were reported.
 *
 * @param since when the step was reached; null before anything has happened
 * @param lastHandling the handling that brought it there
 * @param attempts failed attempts that count, since the post has the item
 * @param reason of the last failure; null unless the step is a failure, or the rest of a part could not be had
 * @param action what is to be done about that failure
 * @param heldSince start of the uninterrupted time at the post office's counter
 * @param office where it was last seen
 * @param inHands the post has it, or a part of it; also of a cancelled leg, when whoever cancelled could not know
 * @param collectedInferred nobody reported the collection, but what came later proves it
 * @param recall with which somebody asked for it back, and that was not voided; null when nobody has
 * @param proof of the delivery; null unless delivered
 * @param contradictions handlings that are kept and move nothing
 * @param lateWishes what citizens asked for too late, and does not hold now
 */
public record Progress(
        Step step,
        @Nullable Instant since,
        @Nullable UUID lastHandling,
        int attempts,
        @Nullable FailureReason reason,
        @Nullable Action action,
        @Nullable LocalDate nextDate,
        @Nullable Instant heldSince,
        @Nullable String office,
        boolean inHands,
        boolean collectedInferred,
        @Nullable UUID recall,
        @Nullable Proof proof,
        Map<UUID, Contradiction> contradictions,
        Map<UUID, LateWish> lateWishes) {

    /** Folds the handlings of one leg. Repeats of an id are one handling. */
    public static Progress of(LegKind kind, Collection<Handling> handlings) {
        return new Fold(kind).over(History.of(handlings));
    }

    /** Somebody asked for it back. */
    public boolean recalled() {
        return recall != null;
    }

    /** Delivered, with all the evidence its rule asks for. */
    public boolean proven() {
        return step == Step.DELIVERED && proof == Proof.COMPLETE;
    }
}
