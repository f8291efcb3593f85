package vn.bocau.dossier.rules;

import java.util.EnumSet;
import java.util.Set;

/** What the citizen at one end of a leg may ask the post for. It follows from where the item is and from what is owed. */
public enum Choice {
    /** The day on which a postal worker comes. */
    DAY,
    /** The door. */
    ADDRESS,
    /** Not the door: the counter of the post office that would bring it. */
    OFFICE;

    /**
     * @param deliversAt the office that would bring it
     * @param ours our own post offices carry it, and have it if anybody has
     */
    public static Set<Choice> of(LegKind kind, String deliversAt, boolean ours, Progress progress, Obligation owed) {
        Obligation.Next next = owed.next();
        Set<Choice> choices = EnumSet.noneOf(Choice.class);
        if (next == null || progress.recalled() || !kind.inbound() && !kind.outbound()) {
            return choices;
        }
        if (kind.inbound() ? dayOfPickup(ours, progress) : ours && dayOfDelivery(progress.step(), next.act())) {
            choices.add(DAY);
        }
        if (progress.step().beforeUnderWay() || kind.outbound() && ours && canTurn(progress.step())) {
            choices.add(ADDRESS);
        }
        if (kind.outbound() && ours && canStay(progress, next.act(), deliversAt)) {
            choices.add(OFFICE);
        }
        return choices;
    }

    /** An outside carrier that came in vain gets another order; before that, its contract knows no day. */
    private static boolean dayOfPickup(boolean ours, Progress progress) {
        return switch (progress.step()) {
            case PICKUP_FAILED -> true;
            case REQUESTED, ACCEPTED, PARTLY_COLLECTED -> ours;
            default -> false;
        };
    }

    /** At the office that delivers it, and not on the road: what has had all its attempts goes to no door again. */
    private static boolean dayOfDelivery(Step step, Act owed) {
        return switch (step) {
            case COLLECTED, AT_OFFICE, DELIVERY_FAILED, HELD, TO_DELIVER_AGAIN ->
                owed == Act.DELIVER || owed == Act.HAND_OUT;
            default -> false;
        };
    }

    private static boolean canTurn(Step step) {
        return switch (step) {
            case READY, SHORT, COLLECTED, IN_TRANSIT, AT_OFFICE, DELIVERY_FAILED, HELD, TO_DELIVER_AGAIN -> true;
            default -> false;
        };
    }

    /** Also when nobody comes again; but only where it is, not where it would have to be carried first. */
    private static boolean canStay(Progress progress, Act owed, String deliversAt) {
        if (progress.office() != null && !progress.office().equals(deliversAt)) {
            return false;
        }
        return switch (progress.step()) {
            case AT_OFFICE, DELIVERY_FAILED, TO_DELIVER_AGAIN ->
                owed == Act.DELIVER || owed == Act.SEND_BACK || owed == Act.VERIFY_ADDRESS;
            default -> false;
        };
    }
}
