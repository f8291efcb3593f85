package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** What must hold of the obligation at whatever progress: one act, one owner who can do it, one deadline ahead, one rule. */
final class Owed {

    private static final Set<OwnerKind> POST =
            EnumSet.of(OwnerKind.POST_OFFICE, OwnerKind.POSTAL_WORKER, OwnerKind.SUPERVISOR);

    /** Owed by the agency that decides now, wherever the dossier was before. */
    private static final Set<Act> DECIDES = EnumSet.of(Act.REISSUE, Act.DECIDE_ON_PAPERS, Act.DECIDE_ON_DOSSIER);

    private Owed() {}

    static void check(LegKind kind, Progress progress, String story) {
        LocalDate promised = Scan.day("next Fri");
        check(Leg.own(kind), progress, story);
        check(Leg.outside(kind), progress, story);
        check(Leg.of(kind, LegTerms.OWN, promised, false), progress, story);
        check(Leg.of(kind, LegTerms.OWN, null, true), progress, story);
        check(Leg.undecided(kind), progress, story);
        check(Leg.strayed(kind), progress, story);
        if (!progress.inHands()) {
            check(Leg.turnedDown(kind), progress, story);
        }
    }

    private static void check(LegTerms leg, Progress progress, String story) {
        Obligation owed = Obligation.of(leg, progress, Scan.DEADLINES);
        assertThat(owed.closed()).as(story).isEqualTo(finished(leg, progress));
        Fired rule = owed.rule();
        if (!rule.code().matches("[a-z]+(-[a-z]+)*")
                || rule.text().vi().isBlank()
                || rule.text().en().isBlank()
                || rule.text().vi().equals(rule.text().en())) {
            assertThat(rule).as("a rule said in both languages: " + story).isNull();
        }
        Obligation.Next next = owed.next();
        if (next != null) {
            checkOwner(leg, next, story);
            checkDeadline(leg, progress, next, story);
        }
    }

    /** Nobody has to move any more. */
    private static boolean finished(LegTerms leg, Progress progress) {
        return switch (progress.step()) {
            case DELIVERED -> progress.proven();
            case HANDED_TO_AGENCY -> !leg.undecided();
            case RETURN_APPROVED -> true;
            case CANCELLED -> !progress.inHands() && !leg.turnedDown();
            case LOST, AWAITING_RESULT, RETURNED_TO_AGENCY -> leg.replaced();
            default -> false;
        };
    }

    private static void checkOwner(LegTerms leg, Obligation.Next next, String story) {
        boolean right = switch (next.act()) {
            case ASK_AGAIN -> next.ownerKind() == OwnerKind.CITIZEN;
            case DISPATCH,
                    EXPLAIN_DIFFERENCE,
                    DECIDE_ON_DOSSIER,
                    DECIDE_ON_PAPERS,
                    DECIDE_ON_RETURN,
                    VERIFY_ADDRESS,
                    REISSUE -> next.ownerKind() == OwnerKind.AGENCY;
            case INVESTIGATE, MAKE_GOOD -> next.ownerKind() == OwnerKind.OPERATOR;
            case FORWARD ->
                next.ownerKind() == OwnerKind.OPERATOR
                        || ofThePost(leg, next)
                        || next.ownerKind() == OwnerKind.AGENCY && next.owner().equals(leg.strayed());
            case REVIEW, SETTLE ->
                ofThePost(leg, next)
                        && (next.ownerKind() == OwnerKind.SUPERVISOR || next.ownerKind() == OwnerKind.CARRIER);
            case ACCEPT_PICKUP,
                    COLLECT,
                    COLLECT_REST,
                    FETCH,
                    RECEIVE,
                    HAND_OVER,
                    DELIVER,
                    HAND_OUT,
                    SEND_BACK,
                    BRING_BACK,
                    SEND_EVIDENCE -> ofThePost(leg, next) && next.ownerKind() != OwnerKind.SUPERVISOR;
        };
        String name = switch (next.ownerKind()) {
            case CITIZEN -> "citizen";
            case OPERATOR -> "operator";
            case AGENCY ->
                next.act() == Act.FORWARD
                        ? String.valueOf(leg.strayed())
                        : DECIDES.contains(next.act()) ? leg.decides() : leg.agency();
            case CARRIER -> leg.carrier();
            case POST_OFFICE, POSTAL_WORKER, SUPERVISOR -> "\\d{6}";
        };
        if (!right || !next.owner().matches(name)) {
            assertThat(next).as("an owner who can do it: " + story).isNull();
        }
    }

    private static boolean ofThePost(LegTerms leg, Obligation.Next next) {
        return leg.ownCarrier() ? POST.contains(next.ownerKind()) : next.ownerKind() == OwnerKind.CARRIER;
    }

    private static void checkDeadline(LegTerms leg, Progress progress, Obligation.Next next, String story) {
        Instant since = Objects.requireNonNullElse(progress.since(), leg.openedAt());
        // A hold runs from its beginning, whenever the item was seen on the shelf since.
        Instant from = next.act() == Act.HAND_OUT && progress.heldSince() != null ? progress.heldSince() : since;
        if (!next.dueAt().isAfter(from)) {
            assertThat(next.dueAt()).as("a deadline ahead: " + story).isAfter(from);
        }
    }
}
