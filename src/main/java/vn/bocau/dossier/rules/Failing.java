package vn.bocau.dossier.rules;

import static vn.bocau.dossier.rules.Owing.owes;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import vn.bocau.code.Text;

/** What is owed after an attempt that did not succeed, by the action chosen and the attempts left. */
final class Failing {

    private final LegTerms leg;
    private final Progress progress;
    private final Rules rules;
    private final Deadlines deadlines;
    private final Owner owner;
    private final String lastOffice;
    private final Instant since;
    private final boolean pickup;

    /** Of what was to be collected, the post has something already. */
    private final boolean part;

    /** @param lastOffice the office whose workers tried to deliver it */
    Failing(LegTerms leg, Progress progress, Deadlines deadlines, Owner owner, String lastOffice) {
        this.leg = leg;
        this.progress = progress;
        this.rules = deadlines.rules();
        this.deadlines = deadlines;
        this.owner = owner;
        this.lastOffice = lastOffice;
        this.since = Objects.requireNonNullElse(progress.since(), leg.openedAt());
        this.part = progress.step() == Step.PARTLY_COLLECTED;
        this.pickup = part || progress.step() == Step.PICKUP_FAILED;
    }

    Obligation obligation() {
        Action action = Objects.requireNonNullElse(progress.action(), Action.HOLD);
        boolean usedUp = countsAsAttempt() && progress.attempts() >= rules.attempts();
        if (triedAtTheOldDoor(action)) {
            return owes(
                    Act.FORWARD,
                    owner.of(OwnerKind.POST_OFFICE, lastOffice),
                    nextDay(),
                    because("address-moved", Action.REDIRECT));
        }
        return switch (action) {
            case RETRY, RESCHEDULE, REDIRECT -> usedUp ? giveUp(attemptsUsedUp()) : again(action);
            case HOLD -> pickup ? waitForCitizen() : hold();
            case RETURN -> pickup ? waitForCitizen() : giveUp(refused());
            case VERIFY -> verify(because("verify-address", Action.VERIFY));
            case FORWARD ->
                owes(Act.FORWARD, owner.of(OwnerKind.OPERATOR), nextDay(), because("forward", Action.FORWARD));
            case INVESTIGATE ->
                owes(
                        Act.INVESTIGATE,
                        owner.of(OwnerKind.OPERATOR),
                        nextDay(),
                        because("investigate", Action.INVESTIGATE));
            case REVIEW -> review(because("review", Action.REVIEW));
        };
    }

    /** What was not the receiver's doing, such as a worker who ran out of time, does not end the receiver's attempts. */
    private boolean countsAsAttempt() {
        FailureReason reason = progress.reason();
        return reason == null || reason.countsAsAttempt();
    }

    /** Back to the agency where that is possible; a pickup waits for the citizen; anything else is for a supervisor. */
    private Obligation giveUp(Fired rule) {
        if (leg.kind().canComeBack()) {
            return owes(Act.SEND_BACK, owner.of(OwnerKind.POST_OFFICE, lastOffice), deadlines.today(since), rule);
        }
        return pickup && !part ? askCitizen(rule) : review(rule);
    }

    /** What nobody asks for again is cancelled; a part the post already has cannot be. */
    private Obligation waitForCitizen() {
        return part
                ? review(Fired.of(
                        "part-held",
                        "Bưu điện đang giữ một phần hồ sơ; trưởng bưu cục quyết định.",
                        "The post has a part of the papers; the supervisor decides."))
                : askCitizen(heldRule());
    }

    private Obligation askCitizen(Fired rule) {
        return owes(Act.ASK_AGAIN, owner.of(OwnerKind.CITIZEN), deadlines.holdEnds(since), rule);
    }

    private Obligation review(Fired rule) {
        return owes(Act.REVIEW, owner.of(OwnerKind.SUPERVISOR, office()), nextDay(), rule);
    }

    /** Where an outside carrier takes what it has already, nobody of ours can change: it asks whom it has to. */
    private Obligation verify(Fired rule) {
        return pickup || leg.ownCarrier()
                ? owes(
                        Act.VERIFY_ADDRESS,
                        owner.of(OwnerKind.AGENCY),
                        deadlines.atDesks().workingDays(since, 1),
                        rule)
                : review(rule);
    }

    /** The address moved while the item was out: the new door has not been tried, however often the old one was. */
    private boolean triedAtTheOldDoor(Action action) {
        boolean waits = action == Action.RETRY
                || action == Action.RESCHEDULE
                || action == Action.REDIRECT
                || action == Action.HOLD;
        return progress.step() == Step.DELIVERY_FAILED && waits && !lastOffice.equals(leg.toOffice());
    }

    private Obligation again(Action action) {
        LocalDate day = progress.nextDate();
        FailureReason reason = progress.reason();
        // Whoever else the reason names, it is a worker who goes again; the office, when it has to telephone first.
        OwnerKind whose = reason != null && reason.nextOwner() == OwnerKind.POST_OFFICE
                ? OwnerKind.POST_OFFICE
                : OwnerKind.POSTAL_WORKER;
        return owes(
                actAgain(),
                owner.of(whose, office()),
                day != null && deadlines.ahead(day, since) ? deadlines.endOf(day) : nextDay(),
                because("try-again", action));
    }

    private Act actAgain() {
        if (pickup) {
            return part ? Act.COLLECT_REST : Act.COLLECT;
        }
        return leg.kind().outbound() ? Act.DELIVER : lastActToAgency();
    }

    private Act lastActToAgency() {
        return leg.kind() == LegKind.RETURN ? Act.BRING_BACK : Act.HAND_OVER;
    }

    private Obligation hold() {
        Instant from = Objects.requireNonNullElse(progress.heldSince(), since);
        Act act = leg.kind().outbound() ? Act.HAND_OUT : lastActToAgency();
        return owes(act, owner.of(OwnerKind.POST_OFFICE, office()), deadlines.holdEnds(from), heldRule());
    }

    private String office() {
        return pickup ? leg.fromOffice() : lastOffice;
    }

    private Instant nextDay() {
        return deadlines.workingDays(since, 1);
    }

    private Fired heldRule() {
        Text days = Rules.inWords(rules.hold());
        if (pickup) {
            return Fired.of(
                    "citizen-to-ask-again",
                    "Chờ công dân hẹn lại trong " + days.vi() + ", sau đó hủy yêu cầu.",
                    "Waits " + days.en() + " for the citizen to ask again, then is cancelled.");
        }
        return !leg.kind().canComeBack()
                ? Fired.of(
                        "hold-for-supervisor",
                        "Giữ tại bưu cục " + days.vi() + "; sau đó là việc quá hạn của trưởng bưu cục.",
                        "Held at the post office for " + days.en()
                                + "; then it is overdue, for the supervisor to see to.")
                : Fired.of(
                        Obligation.HOLD,
                        "Giữ tại bưu cục " + days.vi() + ", sau đó chuyển hoàn.",
                        "Held at the post office for " + days.en() + ", then goes back.");
    }

    private Fired attemptsUsedUp() {
        int n = rules.attempts();
        return Fired.of(
                "attempts-used-up",
                "Đã đủ " + n + " lần không thành công.",
                n == 1 ? "The one attempt was used up." : "All " + n + " attempts were used up.");
    }

    private Fired refused() {
        return because("reason-asks-return", Action.RETURN);
    }

    /** The reason reported and what follows from it. */
    private Fired because(String code, Action action) {
        FailureReason reason = progress.reason();
        Text why = reason == null ? new Text("Lý do chưa rõ", "Reason not understood") : reason.text();
        return Fired.of(
                code,
                why.vi() + ": " + lower(action.text().vi()) + ".",
                why.en() + ": " + lower(action.text().en()) + ".");
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
    }
}
