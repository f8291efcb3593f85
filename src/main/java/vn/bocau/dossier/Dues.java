package vn.bocau.dossier;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a postal worker takes at a door.
 *
 * @param fee phí and lệ phí, in đồng
 * @param postage cước, in đồng
 * @param originals papers to take back
 */
record Dues(long fee, long postage, int originals) {

    static final Dues NONE = new Dues(0, 0, 0);

    Dues {
        if (fee < 0 || postage < 0 || originals < 0) {
            throw new IllegalArgumentException(
                    "nothing is given out at a door: " + fee + ", " + postage + ", " + originals);
        }
    }

    /** What is named here, and of what is not named what was asked for before. */
    Dues orElse(Dues before) {
        return new Dues(
                fee > 0 ? fee : before.fee,
                postage > 0 ? postage : before.postage,
                originals > 0 ? originals : before.originals);
    }

    Dues withFee(long other) {
        return new Dues(other, postage, originals);
    }

    /**
     * What is still to be taken on a leg, as everything stands now. What was asked for more than once, because an item was
     * lost, found again, called off or sent anew, is taken once: on the newest leg that is open, less what was taken on the
     * others. So it is with a fee on all legs of a dossier, and with postage and originals on all of one kind. What was
     * paid online is taken nowhere.
     */
    static Dues of(Journey journey, Leg leg) {
        return of(journey, leg, leg.facts().asked());
    }

    /** @param asked on this leg, from now on */
    static Dues of(Journey journey, Leg leg, Dues asked) {
        List<Leg> others = journey.legs().stream().filter(other -> other != leg).toList();
        List<Leg> ofItsKind = others.stream()
                .filter(other -> other.facts().kind() == leg.facts().kind())
                .toList();
        return new Dues(
                journey.dossier().paidOnline() ? 0 : left(leg, asked, others, Dues::fee, "feeCollected"),
                left(leg, asked, ofItsKind, Dues::postage, "postageCollected"),
                (int) left(leg, asked, ofItsKind, Dues::originals, "originalsTaken"));
    }

    private static long left(Leg leg, Dues asked, List<Leg> others, ToLongFunction<Dues> what, String taken) {
        boolean newer = others.stream()
                .anyMatch(other -> other.open()
                        && other.facts().no() > leg.facts().no()
                        && what.applyAsLong(other.facts().asked()) > 0);
        if (newer && leg.taken(taken) == 0) {
            return 0;
        }
        long elsewhere = others.stream().mapToLong(other -> other.taken(taken)).sum();
        return Math.max(0, what.applyAsLong(asked) - elsewhere);
    }
}
