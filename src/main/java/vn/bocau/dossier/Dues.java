package vn.bocau.dossier;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import vn.bocau.dossier.rules.Step;

/**
 * What a postal worker takes at a door.
 *
 * @param fee phí and lệ phí, in đồng
 * @param postage cước, in đồng
 * @param cod tiền thu hộ, for a third
 * @param originals papers to take back
 */
record Dues(long fee, long postage, Cod cod, int originals) {

    static final Dues NONE = new Dues(0, 0, Cod.NONE, 0);

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
                cod.amount() > 0 ? cod : before.cod,
                originals > 0 ? originals : before.originals);
    }

    Dues withFee(long other) {
        return new Dues(other, postage, cod, originals);
    }

    Dues withCod(Cod other) {
        return new Dues(fee, postage, other, originals);
    }

    /** In đồng, of all kinds together. */
    long money() {
        return fee + postage + cod.amount();
    }

    /**
     * What is to be taken on a leg altogether, as everything stands now. What was asked for more than once, because an item
     * was lost, found again, called off or sent anew, is taken once: on the newest leg that is on its way, else on the
     * newest that goes on, or where it was taken, less what was taken on the others before. So it is with a fee on all legs
     * of a dossier, and with postage, COD and originals on all of one kind; COD that was taken for another payee is not less
     * of it. A fee that was paid online is taken nowhere; what is left of one that was taken in part on a leg that is over is
     * due on the one that asks for it since.
     */
    static Dues of(Journey journey, Leg leg) {
        List<Leg> others = journey.legs().stream().filter(other -> other != leg).toList();
        List<Leg> ofItsKind = others.stream()
                .filter(other -> other.facts().kind() == leg.facts().kind())
                .toList();
        return new Dues(
                journey.dossier().paidOnline() ? 0 : left(leg, others, What.FEE),
                left(leg, ofItsKind, What.POSTAGE),
                leg.facts().asked().cod().of(left(leg, ofItsKind, What.COD)),
                (int) left(leg, ofItsKind, What.ORIGINALS));
    }

    private static long left(Leg leg, List<Leg> others, What what) {
        Optional<Report> taken = leg.taking(what);
        if (taken.isEmpty() && others.stream().anyMatch(other -> bearsItRatherThan(leg, other, what))) {
            return 0;
        }
        if (what == What.FEE && taken.isPresent() && others.stream().anyMatch(other -> takesTheRest(other, leg))) {
            return Math.min(what.of(leg.facts().asked()), leg.taken(what));
        }
        // Of two doors at which it was taken, it was due at the first.
        long elsewhere = others.stream()
                .filter(other -> what != What.COD
                        || other.facts()
                                .asked()
                                .cod()
                                .hasPayeeOf(leg.facts().asked().cod()))
                .mapToLong(other ->
                        taken.map(here -> other.takenBefore(what, here)).orElseGet(() -> other.taken(what)))
                .sum();
        return Math.max(0, what.of(leg.facts().asked()) - elsewhere);
    }

    private static boolean takesTheRest(Leg other, Leg leg) {
        boolean asks = other.facts().no() > leg.facts().no()
                && other.facts().asked().fee() > 0
                && other.step() != Step.CANCELLED
                && other.step() != Step.LOST
                && other.step() != Step.RETURN_APPROVED;
        return asks && leg.leftOfFee() > 0;
    }

    /** Of those that go on, one that is on its way; of several such, or when there is none, the newest. */
    private static boolean bearsItRatherThan(Leg leg, Leg other, What what) {
        if (!other.goesOn() || what.of(other.facts().asked()) == 0) {
            return false;
        }
        if (other.isOnItsWay() != leg.isOnItsWay()) {
            return other.isOnItsWay();
        }
        return !leg.goesOn() || other.facts().no() > leg.facts().no();
    }

    /** Less what was taken on the leg itself. */
    Dues less(Leg taken) {
        return less(taken::taken);
    }

    Dues less(ToLongFunction<What> taken) {
        return new Dues(
                What.FEE.less(this, taken), What.POSTAGE.less(this, taken), cod.of(What.COD.less(this, taken)), (int)
                        What.ORIGINALS.less(this, taken));
    }

    /** One of the four, and the field of a handling that says how much of it was taken. */
    enum What {
        FEE("feeCollected", Dues::fee),
        POSTAGE("postageCollected", Dues::postage),
        COD("codCollected", dues -> dues.cod().amount()),
        ORIGINALS("originalsTaken", Dues::originals);

        private final String field;
        private final ToLongFunction<Dues> part;

        What(String field, ToLongFunction<Dues> part) {
            this.field = field;
            this.part = part;
        }

        static What of(Money money) {
            return switch (money) {
                case FEE -> FEE;
                case POSTAGE -> POSTAGE;
                case COD -> COD;
            };
        }

        private long less(Dues dues, ToLongFunction<What> taken) {
            return Math.max(0, of(dues) - taken.applyAsLong(this));
        }

        String field() {
            return field;
        }

        long of(Dues dues) {
            return part.applyAsLong(dues);
        }

        long taken(Report report) {
            return report.amount(field);
        }
    }
}
