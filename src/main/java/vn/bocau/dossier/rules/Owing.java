package vn.bocau.dossier.rules;

import static vn.bocau.dossier.rules.OwnerKind.AGENCY;
import static vn.bocau.dossier.rules.OwnerKind.OPERATOR;
import static vn.bocau.dossier.rules.OwnerKind.POSTAL_WORKER;
import static vn.bocau.dossier.rules.OwnerKind.POST_OFFICE;
import static vn.bocau.dossier.rules.OwnerKind.SUPERVISOR;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/** The table of obligations: one entry for every step an item can be at. */
final class Owing {

    private final LegTerms leg;
    private final Progress progress;
    private final Rules rules;
    private final Deadlines deadlines;
    private final Owner owner;

    /** When the step was reached. */
    private final Instant since;

    Owing(LegTerms leg, Progress progress, Deadlines deadlines) {
        this.leg = leg;
        this.progress = progress;
        this.rules = deadlines.rules();
        this.deadlines = deadlines;
        this.owner = new Owner(leg);
        this.since = Objects.requireNonNullElse(progress.since(), leg.openedAt());
    }

    Obligation obligation() {
        if (progress.recalled() && hasToBeCalledBack()) {
            return recalled();
        }
        return switch (progress.step()) {
            case REQUESTED ->
                owes(Act.ACCEPT_PICKUP, owner.of(POST_OFFICE, leg.fromOffice()), acceptBy(), confirmSoon());
            case ACCEPTED, PARTLY_COLLECTED -> collecting();
            case AWAITING_RESULT -> awaiting();
            case READY -> owes(Act.FETCH, owner.of(POST_OFFICE, leg.fromOffice()), nextDay(), nextWorkingDay());
            case SHORT -> owes(Act.EXPLAIN_DIFFERENCE, owner.of(AGENCY), nextDayAtDesk(), nextWorkingDay());
            case COLLECTED, AT_OFFICE -> atOffice();
            case IN_TRANSIT -> owes(Act.RECEIVE, owner.of(POST_OFFICE, leg.toOffice()), carried(), carriedInDays());
            case OUT_FOR_DELIVERY ->
                owes(lastAct(), owner.of(POSTAL_WORKER, lastOffice()), deadlines.today(since), sameDay());
            case TO_DELIVER_AGAIN -> toDeliverAgain();
            case PICKUP_FAILED, DELIVERY_FAILED, HELD ->
                new Failing(leg, progress, deadlines, owner, lastOffice()).obligation();
            case AGENCY_RETURNED ->
                leg.settled()
                        ? settled()
                        : owes(Act.DECIDE_ON_PAPERS, owner.whoDecides(), nextDayAtDesk(), nextWorkingDay());
            case MISROUTED -> owes(Act.FORWARD, owner.of(OPERATOR), nextDay(), nextWorkingDay());
            case DAMAGED -> owes(Act.INVESTIGATE, owner.of(OPERATOR), nextDay(), nextWorkingDay());
            case RECALLED -> recalled();
            case COMING_BACK -> owes(Act.BRING_BACK, owner.of(POST_OFFICE, lastSeen()), carried(), carriedInDays());
            case RETURN_APPROVED ->
                done("item-comes-back", "Bưu gửi đang được chuyển hoàn.", "The item is coming back.");
            case DELIVERED -> delivered();
            case HANDED_TO_AGENCY -> handedOver();
            case RETURNED_TO_AGENCY -> returned();
            case CANCELLED -> cancelled();
            case LOST -> lost();
        };
    }

    private Obligation collecting() {
        if (progress.action() != null) {
            return new Failing(leg, progress, deadlines, owner, lastOffice()).obligation();
        }
        Act act = progress.step() == Step.ACCEPTED ? Act.COLLECT : Act.COLLECT_REST;
        return owes(act, owner.of(POSTAL_WORKER, leg.fromOffice()), agreedDay(), onTheDayAgreed());
    }

    private Obligation awaiting() {
        LocalDate promised = leg.resultDay();
        if (leg.replaced()) {
            return done("replaced", "Đã có chặng khác thay thế.", "Another leg took its place.");
        }
        return promised == null
                ? owes(
                        Act.DISPATCH,
                        owner.of(AGENCY),
                        deadlines.atDesks().workingDays(leg.openedAt(), rules.decideDays()),
                        Fired.of(
                                "no-day-named",
                                "Cơ quan chưa hẹn ngày trả; tính " + rules.decideDays() + " ngày làm việc.",
                                "The agency named no day; " + rules.decideDays() + " working days are assumed."))
                : owes(
                        Act.DISPATCH,
                        owner.of(AGENCY),
                        deadlines.endOf(promised),
                        Fired.of("day-promised", "Theo ngày hẹn trả của cơ quan.", "By the day the agency promised."));
    }

    private Obligation atOffice() {
        String here = lastSeen();
        if (!here.equals(leg.toOffice())) {
            return owes(Act.FORWARD, owner.of(POST_OFFICE, here), nextDay(), nextWorkingDay());
        }
        return lastAct() == Act.DELIVER
                ? owes(Act.DELIVER, owner.of(POSTAL_WORKER, here), agreedDay(), onTheDayAgreed())
                : owes(lastAct(), owner.of(POST_OFFICE, here), nextDay(), nextWorkingDay());
    }

    private Obligation toDeliverAgain() {
        String here = lastOffice();
        return here.equals(leg.toOffice())
                ? owes(lastAct(), owner.of(POSTAL_WORKER, here), agreedDay(), onTheDayAgreed())
                : owes(Act.FORWARD, owner.of(POST_OFFICE, here), nextDay(), nextWorkingDay());
    }

    /** On its way it has to arrive somewhere first; lost or damaged, something else comes first. */
    private boolean hasToBeCalledBack() {
        return switch (progress.step()) {
            case RECALLED,
                    ACCEPTED,
                    PICKUP_FAILED,
                    PARTLY_COLLECTED,
                    COLLECTED,
                    AT_OFFICE,
                    OUT_FOR_DELIVERY,
                    DELIVERY_FAILED,
                    HELD,
                    TO_DELIVER_AGAIN -> true;
            default -> false;
        };
    }

    private Obligation recalled() {
        if (progress.contradictions().containsValue(Contradiction.DELIVERED_AFTER_RECALL)) {
            return owes(
                    Act.SETTLE,
                    owner.of(SUPERVISOR, leg.toOffice()),
                    nextDay(),
                    Fired.of(
                            "delivered-after-recall",
                            "Đã phát sau khi có yêu cầu thu hồi; trưởng bưu cục xử lý.",
                            "It was delivered after it was recalled; the supervisor settles it."));
        }
        if (!progress.inHands()) {
            return owes(
                    Act.REVIEW,
                    owner.of(SUPERVISOR, leg.fromOffice()),
                    nextDay(),
                    Fired.of(
                            "recalled-before-fetched",
                            "Thu hồi trước khi bưu điện nhận; trưởng bưu cục hủy chặng.",
                            "It was recalled before the post had it; the supervisor cancels the leg."));
        }
        Fired rule = Fired.of(
                "recalled",
                "Đã có yêu cầu thu hồi; bưu gửi quay lại nơi gửi.",
                "It was recalled; it goes back to the sender.");
        return leg.kind().canComeBack()
                ? owes(Act.SEND_BACK, owner.of(POST_OFFICE, lastSeen()), deadlines.today(since), rule)
                : owes(Act.REVIEW, owner.of(SUPERVISOR, lastSeen()), nextDay(), rule);
    }

    /** As for a dossier that comes online: within eight working hours of its coming, the next working day at the latest. */
    private Obligation handedOver() {
        if (leg.strayed() != null) {
            return owes(
                    Act.FORWARD,
                    new Owner.Named(AGENCY, leg.strayed()),
                    nextDayAtDesk(),
                    Fired.of(
                            "papers-strayed",
                            "Giấy tờ đến cơ quan không còn giải quyết hồ sơ; cơ quan ấy chuyển tiếp trong một ngày làm việc.",
                            "The papers came to an agency that does not decide the dossier any more; it sends them on within"
                                    + " one working day."));
        }
        return leg.undecided()
                ? owes(
                        Act.DECIDE_ON_DOSSIER,
                        owner.whoDecides(),
                        nextDayAtDesk(),
                        Fired.of(
                                "papers-arrived",
                                "Giấy tờ đã đến cơ quan; cơ quan trả lời trong một ngày làm việc.",
                                "The papers are at the agency; it answers within one working day."))
                : done("handed-over", "Cơ quan đã nhận bưu gửi.", "The agency has the item.");
    }

    private Obligation delivered() {
        if (progress.proven()) {
            return done("delivered", "Đã phát, đủ bằng chứng.", "Delivered, with all evidence.");
        }
        boolean onlyLate =
                progress.proof() == Proof.PENDING && progress.contradictions().isEmpty();
        return onlyLate
                ? owes(
                        Act.SEND_EVIDENCE,
                        owner.of(POSTAL_WORKER, lastOffice()),
                        nextDay(),
                        Fired.of(
                                "evidence-pending",
                                "Chữ ký hoặc ảnh chưa về; trạng thái 10 chờ đủ bằng chứng.",
                                "Signature or photo still missing; status 10 waits for it."))
                : owes(
                        Act.SETTLE,
                        owner.of(SUPERVISOR, lastOffice()),
                        nextDay(),
                        Fired.of(
                                "evidence-lacking",
                                "Bằng chứng phát thiếu hoặc không khớp; trưởng bưu cục xử lý.",
                                "The evidence is incomplete or does not tally; the supervisor settles it."));
    }

    private Obligation cancelled() {
        if (leg.turnedDown()) {
            return owes(
                    Act.DISPATCH,
                    owner.of(AGENCY),
                    nextDayAtDesk(),
                    Fired.of(
                            "turned-down",
                            "Bưu chính ngoài không nhận chuyển; kết quả còn ở cơ quan, chờ chuyển lại.",
                            "Its carrier does not carry it; the result lies at the agency and is to be dispatched again."));
        }
        if (!progress.inHands()) {
            return done("cancelled", "Chặng đã hủy.", "The leg was cancelled.");
        }
        if (leg.settled()) {
            return settled();
        }
        Fired rule = Fired.of(
                "cancelled-in-hands",
                "Đã hủy nhưng bưu điện đang giữ bưu gửi; phải trả lại hoặc cho đi tiếp.",
                "It was cancelled, but the post has it; it has to be given back, or to go on.");
        // What a carrier has, nobody of ours can scan.
        return leg.ownCarrier()
                ? owes(Act.REVIEW, owner.of(SUPERVISOR, lastSeen()), nextDay(), rule)
                : owes(Act.MAKE_GOOD, owner.of(OPERATOR), nextDay(), rule);
    }

    private Obligation settled() {
        return done("settled", "Đã giải quyết xong.", "It was made good.");
    }

    private Obligation lost() {
        if (leg.replaced()) {
            return done("replaced", "Đã có chặng khác thay thế.", "Another leg took its place.");
        }
        if (leg.settled()) {
            return settled();
        }
        Fired rule = Fired.of(
                "lost",
                "Bưu gửi thất lạc; giải quyết trong " + rules.reissueDays() + " ngày làm việc.",
                "The item is lost; to be made good in " + rules.reissueDays() + " working days.");
        return switch (leg.sent()) {
            case RESULT -> owes(Act.REISSUE, owner.whoDecides(), madeGoodAtDesk(), rule);
            case TRANSFER -> owes(Act.DECIDE_ON_PAPERS, owner.whoDecides(), madeGoodAtDesk(), rule);
            case PICKUP, SUPPLEMENT, ORIGINALS_BACK, RETURN ->
                owes(Act.MAKE_GOOD, owner.of(OPERATOR), deadlines.workingDays(since, rules.reissueDays()), rule);
        };
    }

    /** What could not be delivered lies with the agency that sent it: sent again, or fetched there by the citizen. */
    private Obligation returned() {
        if (leg.replaced()) {
            return done("replaced", "Đã có chặng khác thay thế.", "Another leg took its place.");
        }
        if (leg.settled()) {
            return settled();
        }
        return owes(
                Act.DECIDE_ON_RETURN,
                owner.of(AGENCY),
                madeGoodAtDesk(),
                Fired.of(
                        "returned",
                        "Cơ quan đã nhận lại; gửi lại hoặc trả tại cơ quan trong " + rules.reissueDays()
                                + " ngày làm việc.",
                        "The agency has it back; to be sent again or handed out there in " + rules.reissueDays()
                                + " working days."));
    }

    private Act lastAct() {
        return switch (leg.kind()) {
            case RESULT, ORIGINALS_BACK -> Act.DELIVER;
            case RETURN -> Act.BRING_BACK;
            case PICKUP, SUPPLEMENT, TRANSFER -> Act.HAND_OVER;
        };
    }

    /** The office that has it. The one that collected it, when it was not seen elsewhere since. */
    private String lastSeen() {
        return Objects.requireNonNullElse(progress.office(), leg.fromOffice());
    }

    /**
     * The office whose workers tried: the last of the way, unless its address has moved meanwhile. An outside carrier's
     * offices are its own.
     */
    private String lastOffice() {
        return leg.ownCarrier() ? Objects.requireNonNullElse(progress.office(), leg.toOffice()) : leg.toOffice();
    }

    private Instant acceptBy() {
        return since.plus(rules.accept());
    }

    private Instant nextDay() {
        return deadlines.workingDays(since, 1);
    }

    private Instant nextDayAtDesk() {
        return deadlines.atDesks().workingDays(since, 1);
    }

    private Instant madeGoodAtDesk() {
        return deadlines.atDesks().workingDays(since, rules.reissueDays());
    }

    private Instant carried() {
        return deadlines.workingDays(since, rules.carryDays());
    }

    private Instant agreedDay() {
        LocalDate day = progress.nextDate();
        return day != null && deadlines.ahead(day, since) ? deadlines.endOf(day) : nextDay();
    }

    private Fired confirmSoon() {
        long hours = rules.accept().toHours();
        return Fired.of(
                "confirm-pickup",
                "Bưu cục xác nhận yêu cầu trong " + hours + " giờ.",
                "The post office confirms a request within " + hours + " hours.");
    }

    private Fired carriedInDays() {
        return Fired.of(
                "carry",
                "Vận chuyển trong " + rules.carryDays() + " ngày làm việc.",
                "Carried within " + rules.carryDays() + " working days.");
    }

    private static Fired nextWorkingDay() {
        return Fired.of("next-working-day", "Trong ngày làm việc kế tiếp.", "By the end of the next working day.");
    }

    private static Fired sameDay() {
        return Fired.of("same-day", "Báo kết quả trong ngày.", "The outcome is reported the same day.");
    }

    private Fired onTheDayAgreed() {
        return deadlines.ahead(progress.nextDate(), since)
                ? Fired.of("day-agreed", "Theo ngày đã hẹn.", "On the day agreed.")
                : nextWorkingDay();
    }

    static Obligation owes(Act act, Owner.Named owner, Instant by, Fired rule) {
        return new Obligation(new Obligation.Next(act, owner.kind(), owner.name(), by), rule);
    }

    private static Obligation done(String code, String vi, String en) {
        return new Obligation(null, Fired.of(code, vi, en));
    }
}
