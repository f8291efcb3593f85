package vn.bocau.dossier.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks once through a history and keeps what it adds up to. Used once and thrown away. */
final class Fold {

    private final LegKind kind;
    private final Map<UUID, Contradiction> contradictions = new HashMap<>();
    private final Map<UUID, LateWish> lateWishes = new HashMap<>();
    private Step step;
    private @Nullable Handling last;
    private @Nullable Instant since;
    private int attempts;
    private @Nullable FailureReason reason;
    private @Nullable Action action;
    private @Nullable LocalDate nextDate;
    private @Nullable Instant heldSince;
    private @Nullable String office;
    private boolean inHands;
    /** When we heard that the post has it. */
    private @Nullable Instant inHandsKnownAt;

    private boolean partlyCollected;
    /** It was collected with the money that was due. */
    private boolean paid;

    private boolean collectedInferred;
    private @Nullable Handling recall;

    Fold(LegKind kind) {
        this.kind = kind;
        this.step = kind.first();
        this.inHands = kind == LegKind.RETURN;
    }

    Progress over(History history) {
        contradictions.putAll(history.badVoids());
        history.events().forEach(this::take);
        return new Progress(
                step,
                since,
                last == null ? null : last.id(),
                attempts,
                reason,
                action,
                nextDate,
                heldSince,
                office,
                !step.arrived() && step != Step.LOST && (inHands || partlyCollected),
                collectedInferred,
                recall == null ? null : recall.id(),
                step == Step.DELIVERED ? Objects.requireNonNull(last).proof() : null,
                Map.copyOf(contradictions),
                Map.copyOf(lateWishes));
    }

    private void take(History.Event event) {
        Handling h = event.handling();
        HandlingCode code = h.code();
        if (code.phase() == HandlingCode.Phase.CASH || code == HandlingCode.UNKNOWN) {
            return;
        }
        if (h.isWish() && comesTooLate(h)) {
            lateWishes.put(h.id(), new LateWish(h.wished(), step, isForTheNextTime(h)));
            if (!isForTheNextTime(h)) {
                return;
            }
        }
        if (!kind.takes(code)) {
            contradicts(h, Contradiction.NOT_ON_THIS_LEG);
        } else if (paid && collects(code) && h.money()) {
            contradicts(h, Contradiction.COLLECTED_TWICE);
            return;
        } else if (step.terminal()) {
            takeAfterEnd(event);
        } else if (step == Step.RETURN_APPROVED && !endsInsteadOfComingBack(event)) {
            collectedInferred &= !collects(code);
            if (!provesOnlyWhatWentBefore(code) && code != HandlingCode.RETURN_APPROVED) {
                contradicts(h, Contradiction.AFTER_RETURN);
            }
        } else {
            takeOnTheWay(event);
        }
        paid |= collects(code) && h.money() && kind.takes(code);
    }

    /**
     * What had happened to it meanwhile was heard of only after the citizen had asked. That moves nothing and contradicts
     * nothing: it stays on the road, where it has gone or ended.
     */
    private boolean comesTooLate(Handling wish) {
        if (step.terminal() || step == Step.RETURN_APPROVED || kind.inbound() && inHands) {
            return true;
        }
        return switch (wish.wished()) {
            case DAY ->
                switch (step) {
                    case REQUESTED, ACCEPTED, PICKUP_FAILED, PARTLY_COLLECTED -> false;
                    case COLLECTED, AT_OFFICE, DELIVERY_FAILED, HELD, TO_DELIVER_AGAIN -> false;
                    default -> true;
                };
            case ADDRESS -> step == Step.OUT_FOR_DELIVERY;
            case OFFICE ->
                switch (step) {
                    case AT_OFFICE, DELIVERY_FAILED, TO_DELIVER_AGAIN ->
                        office != null && !office.equals(wish.office());
                    default -> true;
                };
        };
    }

    /** Whoever is on the road with it does not know. */
    private boolean isForTheNextTime(Handling wish) {
        return step == Step.OUT_FOR_DELIVERY && wish.wished() != Choice.OFFICE;
    }

    private boolean endsInsteadOfComingBack(History.Event event) {
        return switch (event.handling().code()) {
            case DELIVERED, LOST -> true;
            // Later, it is as likely the sender who got it back.
            case HANDED_TO_AGENCY ->
                event.at().isBefore(Objects.requireNonNull(last).recordedAt());
            default -> false;
        };
    }

    private void takeOnTheWay(History.Event event) {
        Handling h = event.handling();
        switch (h.code()) {
            case PICKUP_REQUESTED -> {}
            case DELIVERED -> {
                if (recall != null && !event.at().isBefore(recall.recordedAt())) {
                    contradicts(h, Contradiction.DELIVERED_AFTER_RECALL);
                } else {
                    move(event);
                }
            }
            case PICKUP_ACCEPTED, COLLECTED, RESULT_COLLECTED -> {
                if (!inHands) {
                    move(event);
                } else if (collects(h.code())) {
                    collectedInferred = false;
                }
            }
            case RESULT_READY, MANIFESTED -> {
                if (!inHands && knowsOfTheRecall(event)) {
                    recall = null;
                    move(event);
                }
            }
            case PICKUP_FAILED, PICKUP_PARTIAL, DISPATCH_SHORT -> {
                if (inHands) {
                    contradicts(h, Contradiction.ALREADY_COLLECTED);
                } else {
                    move(event);
                }
            }
            case ADDRESS_CHANGED, REDELIVERY_REQUESTED -> {
                if (step == Step.DELIVERY_FAILED
                        || step == Step.HELD
                        || step == Step.PICKUP_FAILED
                        || step == Step.PARTLY_COLLECTED) {
                    move(event);
                } else if (h.nextDate() != null && isToBeTried()) {
                    nextDate = h.nextDate();
                }
            }
            case FACILITY_IN, BAG_OPENED -> {
                if (decisionAwaited(h)) {
                    office = h.office() == null ? office : h.office();
                } else {
                    move(event);
                }
            }
            default -> move(event);
        }
    }

    /** Somebody will stand at the citizen's door: the day of that can be agreed, and nothing else changes. */
    private boolean isToBeTried() {
        return switch (step) {
            case REQUESTED, ACCEPTED, COLLECTED, AT_OFFICE, OUT_FOR_DELIVERY, TO_DELIVER_AGAIN -> true;
            default -> false;
        };
    }

    /** It says nothing of the day: what was agreed stands until somebody has been at the door. */
    private boolean leavesTheDay(Handling h) {
        return switch (h.code()) {
            case PICKUP_ACCEPTED, FACILITY_IN, BAG_OPENED -> h.nextDate() == null;
            // Agreed while the worker was on the road and knew nothing of it: it is for the next time.
            case DELIVERY_FAILED -> h.nextDate() == null && step == Step.OUT_FOR_DELIVERY;
            default -> false;
        };
    }

    /** Whoever hands it over without knowing that it was called back says nothing of that. */
    private boolean knowsOfTheRecall(History.Event event) {
        return recall == null
                || recall.device().equals(event.handling().device())
                || !event.at().isBefore(recall.recordedAt());
    }

    /**
     * Undelivered items come back to the shelf in the evening and are scanned there. That it was seen where it was says
     * nothing about what is to be done with it.
     */
    private boolean decisionAwaited(Handling seen) {
        return switch (step) {
            case AGENCY_RETURNED -> true;
            case DELIVERY_FAILED, HELD, TO_DELIVER_AGAIN, DAMAGED ->
                seen.office() == null || office == null || seen.office().equals(office);
            default -> false;
        };
    }

    private void takeAfterEnd(History.Event event) {
        Handling h = event.handling();
        if (step == Step.CANCELLED && (h.code().provesPossession() || h.code() == HandlingCode.PICKUP_PARTIAL)) {
            contradicts(h, Contradiction.CANCELLED_BEFORE);
            takeInHand(h);
            office = h.office() == null ? office : h.office();
        } else if (step == Step.CANCELLED && h.code() == HandlingCode.CANCELLED) {
            giveBackWhenKnown(h);
        } else if (provesOnlyWhatWentBefore(h.code())) {
            collectedInferred &= !collects(h.code());
        } else if (h.code() == HandlingCode.DELIVERED && step == Step.DELIVERED) {
            Handling first = Objects.requireNonNull(last);
            boolean secondIsTheProvenOne = first.proof() != Proof.COMPLETE && h.proof() == Proof.COMPLETE;
            contradicts(secondIsTheProvenOne ? first : h, Contradiction.DELIVERED_TWICE);
            if (secondIsTheProvenOne) {
                move(event);
            }
        } else if (stepAfter(h.code()) != step) {
            contradicts(h, Contradiction.AFTER_TERMINAL);
        }
    }

    private void move(History.Event event) {
        Handling h = event.handling();
        boolean failed = h.code() == HandlingCode.PICKUP_FAILED || h.code() == HandlingCode.DELIVERY_FAILED;
        takeInHand(h);
        LocalDate day = leavesTheDay(h) ? nextDate : h.nextDate();
        boolean broughtBack =
                step == Step.OUT_FOR_DELIVERY && !stepAfter(h.code()).terminal();
        step = stepAfter(h.code());
        if (broughtBack) {
            lateWishes.values().removeIf(wish -> wish.nextTime() && (wish.asked() != Choice.DAY || day != null));
        }
        since = event.at();
        last = h;
        reason = failed ? h.reason() : null;
        action = failed ? actionOf(h) : null;
        nextDate = day;
        attempts += failed && (h.reason() == null || h.reason().countsAsAttempt()) ? 1 : 0;
        if (step == Step.HELD || action == Action.HOLD) {
            heldSince = heldSince == null ? event.at() : heldSince;
        } else if (h.code() != HandlingCode.DELIVERY_FAILED && h.code() != HandlingCode.REDELIVERY_REQUESTED) {
            // Another day that is asked for takes it off no shelf: whoever then comes to the counter after all has it
            // held
            // since it first was.
            heldSince = null;
        }
        if (h.office() != null && (h.code().provesPossession() || h.code() == HandlingCode.PICKUP_PARTIAL)) {
            office = h.office();
        }
        if (h.code() == HandlingCode.RECALLED) {
            recall = h;
        } else if (h.code() == HandlingCode.CANCELLED) {
            giveBackWhenKnown(h);
        }
    }

    /** Whoever cancels what the post has, and knows it, has seen to it. Whoever does not know has not. */
    private void giveBackWhenKnown(Handling cancelled) {
        if (inHandsKnownAt == null || !inHandsKnownAt.isAfter(cancelled.recordedAt())) {
            inHands = false;
            partlyCollected = false;
            inHandsKnownAt = null;
        }
    }

    private void takeInHand(Handling h) {
        HandlingCode code = h.code();
        partlyCollected |= code == HandlingCode.PICKUP_PARTIAL;
        if (inHandsKnownAt == null && (partlyCollected || code.provesPossession())) {
            inHandsKnownAt = h.recordedAt();
        }
        if (inHands || !code.provesPossession()) {
            return;
        }
        inHands = true;
        attempts = 0;
        collectedInferred = !collects(code) && !partlyCollected;
    }

    private Step stepAfter(HandlingCode code) {
        return switch (code) {
            case PICKUP_REQUESTED -> Step.REQUESTED;
            case PICKUP_ACCEPTED -> partlyCollected ? Step.PARTLY_COLLECTED : Step.ACCEPTED;
            case PICKUP_FAILED -> partlyCollected ? Step.PARTLY_COLLECTED : Step.PICKUP_FAILED;
            case PICKUP_PARTIAL -> Step.PARTLY_COLLECTED;
            case COLLECTED, RESULT_COLLECTED -> Step.COLLECTED;
            case FACILITY_IN, BAG_OPENED -> Step.AT_OFFICE;
            case FACILITY_OUT, BAGGED, COMMUNE_TRANSFER -> Step.IN_TRANSIT;
            case HANDED_TO_AGENCY -> Step.HANDED_TO_AGENCY;
            case AGENCY_RETURNED -> Step.AGENCY_RETURNED;
            case RESULT_READY, MANIFESTED -> Step.READY;
            case DISPATCH_SHORT -> Step.SHORT;
            case OUT_FOR_DELIVERY -> Step.OUT_FOR_DELIVERY;
            case DELIVERED -> Step.DELIVERED;
            case DELIVERY_FAILED -> Step.DELIVERY_FAILED;
            case HELD_FOR_PICKUP -> Step.HELD;
            case REDELIVERY_REQUESTED, ADDRESS_CHANGED ->
                inHands ? Step.TO_DELIVER_AGAIN : stepAfter(HandlingCode.PICKUP_ACCEPTED);
            case RETURN_APPROVED -> Step.RETURN_APPROVED;
            case RETURNING -> Step.COMING_BACK;
            case RETURNED_TO_AGENCY -> Step.RETURNED_TO_AGENCY;
            case MISROUTED -> Step.MISROUTED;
            case DAMAGED -> Step.DAMAGED;
            case LOST -> Step.LOST;
            case RECALLED -> Step.RECALLED;
            case CANCELLED -> Step.CANCELLED;
            case FEE_COLLECTED, FEE_REMITTED, CASH_DISCREPANCY, VOIDED, UNKNOWN -> step;
        };
    }

    /** A failure for a reason nobody has mapped is for a supervisor to look at. */
    private static Action actionOf(Handling h) {
        if (h.action() != null) {
            return h.action();
        }
        return h.reason() == null ? Action.REVIEW : h.reason().defaultAction();
    }

    private static boolean collects(HandlingCode code) {
        return code == HandlingCode.COLLECTED || code == HandlingCode.RESULT_COLLECTED;
    }

    /** Reported late, or by a clock that is slow: it says nothing new. */
    private static boolean provesOnlyWhatWentBefore(HandlingCode code) {
        return switch (code) {
            case PICKUP_REQUESTED, PICKUP_ACCEPTED, RESULT_READY, MANIFESTED, COLLECTED, RESULT_COLLECTED -> true;
            default -> false;
        };
    }

    private void contradicts(Handling h, Contradiction why) {
        contradictions.put(h.id(), why);
    }
}
