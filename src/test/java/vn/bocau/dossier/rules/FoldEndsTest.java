package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.LegKind.RETURN;
import static vn.bocau.dossier.rules.LegKind.TRANSFER;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;
import static vn.bocau.dossier.rules.Scan.voided;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a journey ends, and what undoes an end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldEndsTest {

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "HANDED_TO_AGENCY", "RETURNED_TO_AGENCY", "CANCELLED", "LOST"})
    void whatever_comes_after_an_end_leaves_it_where_it_is(HandlingCode end) {
        LegKind kind = legEndingWith(end);
        Scan last = scan(end, "Mon 10:00");
        Progress ended = fold(kind, last);
        assertThat(ended.step().terminal()).isTrue();

        for (HandlingCode code : HandlingCode.values()) {
            Progress after = fold(kind, last, scan(code, "Mon 11:00").by("phone-b", 1));

            assertThat(after.step()).as(code.name()).isEqualTo(ended.step());
            assertThat(after.since()).as(code.name()).isEqualTo(ended.since());
            assertThat(after.attempts()).as(code.name()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "HANDED_TO_AGENCY", "RETURNED_TO_AGENCY", "CANCELLED", "LOST"})
    void an_end_is_undone_by_a_voiding_with_a_supervisor_s_name_alone(HandlingCode end) {
        LegKind kind = legEndingWith(end);
        Scan last = scan(end, "Mon 10:00");
        Scan nameless = voided(last, "Mon 11:00");

        Progress still = fold(kind, last, nameless);
        Progress undone = fold(kind, last, nameless.answeredForBy("truong-buu-cuc"));

        assertThat(still.step()).isEqualTo(fold(kind, last).step());
        assertThat(still.contradictions()).isEqualTo(Map.of(nameless.id(), Contradiction.SUPERVISOR_NEEDED));
        assertThat(undone).isEqualTo(fold(kind));
    }

    @Test
    void what_somebody_has_heard_of_is_no_longer_the_worker_s_to_void() {
        Scan out = scan(OUT_FOR_DELIVERY, "Mon 10:00").heard("Mon 12:00");
        Scan together = voided(out, "Mon 11:00").heard("Mon 12:00");
        Scan after = voided(out, "Mon 11:00").heard("Mon 12:01");
        Scan elsewhere = voided(out, "Mon 11:00").heard("Mon 12:00").by("phone-b");

        assertThat(fold(RESULT, out, together)).isEqualTo(fold(RESULT));
        assertThat(fold(RESULT, out, after.answeredForBy("truong-buu-cuc"))).isEqualTo(fold(RESULT));
        for (Scan late : new Scan[] {after, elsewhere}) {
            Progress progress = fold(RESULT, out, late);
            assertThat(progress.step()).isEqualTo(Step.OUT_FOR_DELIVERY);
            assertThat(progress.contradictions()).isEqualTo(Map.of(late.id(), Contradiction.SUPERVISOR_NEEDED));
        }
    }

    @Test
    void a_supervisor_does_not_answer_alone_for_money_taken_on_the_own_round() {
        Scan taken = scan(DELIVERED, "Mon 10:00").moneyBy("to-truong");
        Scan voiding = voided(taken, "Mon 11:00");

        assertThat(fold(RESULT, taken, voiding.answeredForBy("to-truong")).step())
                .isEqualTo(Step.DELIVERED);
        assertThat(fold(RESULT, taken, voiding.answeredForBy("to-pho"))).isEqualTo(fold(RESULT));
    }

    @Test
    void a_voiding_waits_for_what_it_voids() {
        Scan delivered = scan(DELIVERED, "Mon 10:00");
        Scan voiding = voided(delivered, "Mon 11:00").answeredForBy("truong-buu-cuc");
        Scan collected = scan(RESULT_COLLECTED, "Mon 08:00");

        assertThat(fold(RESULT, collected, voiding)).isEqualTo(fold(RESULT, collected));
        assertThat(fold(RESULT, voiding, delivered, collected)).isEqualTo(fold(RESULT, collected));
    }

    @Test
    void a_voiding_cannot_be_voided() {
        Scan out = scan(OUT_FOR_DELIVERY, "Mon 10:00");
        Scan wrong = voided(out, "Mon 11:00").answeredForBy("truong-buu-cuc");
        Scan again = voided(wrong, "Mon 12:00");

        Progress progress = fold(RESULT, out, wrong, again);

        assertThat(progress.step()).isEqualTo(Step.AWAITING_RESULT);
        assertThat(progress.contradictions()).isEqualTo(Map.of(again.id(), Contradiction.VOID_OF_VOID));
    }

    @Test
    void only_a_voiding_voids() {
        Scan out = scan(OUT_FOR_DELIVERY, "Mon 10:00");
        Handling h = scan(FACILITY_IN, "Mon 09:00").handling();
        Scan pointing = new Scan(new Handling(
                h.id(),
                h.code(),
                h.happenedAt(),
                h.recordedAt(),
                h.device(),
                h.deviceSeq(),
                h.actor(),
                null,
                null,
                null,
                null,
                h.money(),
                out.id(),
                null,
                Proof.COMPLETE));

        assertThat(fold(RESULT, out, pointing).step()).isEqualTo(Step.OUT_FOR_DELIVERY);
    }

    @Test
    void delivered_then_voided_then_brought_back() {
        Scan delivered = scan(DELIVERED, "Mon 10:00");
        Progress progress = fold(
                RESULT,
                scan(RESULT_COLLECTED, "Mon 08:00"),
                delivered,
                voided(delivered, "Mon 11:00").answeredForBy("truong-buu-cuc"),
                failed(DELIVERY_FAILED, "Mon 10:05", FailureReason.REFUSED, null),
                scan(RETURN_APPROVED, "Mon 14:00"));

        assertThat(progress.step()).isEqualTo(Step.RETURN_APPROVED);
        assertThat(progress.attempts()).isEqualTo(1);
        assertThat(progress.contradictions()).isEmpty();
    }

    @Test
    void two_deliveries_are_one_and_the_proven_one_counts() {
        Scan first = scan(DELIVERED, "Mon 10:00").proof(Proof.PENDING);
        Scan second = scan(DELIVERED, "Mon 10:30").by("phone-b", 9);
        Scan third = scan(DELIVERED, "Mon 11:00").by("phone-c", 2);

        Progress progress = fold(RESULT, first, second, third);

        assertThat(progress.proven()).isTrue();
        assertThat(progress.lastHandling()).isEqualTo(second.id());
        assertThat(progress.contradictions())
                .isEqualTo(
                        Map.of(first.id(), Contradiction.DELIVERED_TWICE, third.id(), Contradiction.DELIVERED_TWICE));
    }

    @Test
    void a_cancellation_or_a_loss_heard_of_after_the_delivery_does_not_undo_it() {
        Scan delivered = scan(DELIVERED, "Mon 11:00");
        for (HandlingCode decision : new HandlingCode[] {CANCELLED, LOST}) {
            Scan late = scan(decision, "Mon 10:00").by("phone-b", 1).heard("Mon 12:00");

            Progress progress = fold(RESULT, scan(RESULT_COLLECTED, "Mon 08:00"), delivered, late);

            assertThat(progress.step()).isEqualTo(Step.DELIVERED);
            assertThat(progress.contradictions()).isEqualTo(Map.of(late.id(), Contradiction.AFTER_TERMINAL));
        }
    }

    @Test
    void collected_after_it_was_cancelled_is_for_a_person_to_look_at() {
        Scan cancelled = scan(CANCELLED, "Mon 09:00");
        Scan collected = scan(COLLECTED, "Mon 09:30").by("phone-b", 1).heard("Mon 17:00");

        Progress progress = fold(PICKUP, cancelled, collected);

        assertThat(progress.step()).isEqualTo(Step.CANCELLED);
        assertThat(progress.contradictions()).isEqualTo(Map.of(collected.id(), Contradiction.CANCELLED_BEFORE));
    }

    @Test
    void a_transfer_handed_over_before_its_return_was_heard_of_has_arrived() {
        Scan collected = scan(RESULT_COLLECTED, "Mon 08:00");
        Scan handed = scan(HANDED_TO_AGENCY, "Mon 11:00").by("phone-b", 1);
        Scan approved = scan(RETURN_APPROVED, "Mon 10:00").by("office", 1);

        assertThat(fold(TRANSFER, collected, handed, approved.heard("Mon 12:00"))
                        .step())
                .isEqualTo(Step.HANDED_TO_AGENCY);
        assertThat(fold(TRANSFER, collected, handed, approved).contradictions())
                .isEqualTo(Map.of(handed.id(), Contradiction.AFTER_RETURN));
    }

    @Test
    void an_item_whose_return_was_approved_may_still_be_delivered_or_lost_and_nothing_else() {
        Scan approved = scan(RETURN_APPROVED, "Mon 10:00");

        assertThat(fold(RESULT, approved, scan(DELIVERED, "Mon 11:00")).step()).isEqualTo(Step.DELIVERED);
        assertThat(fold(RESULT, approved, scan(LOST, "Mon 11:00")).step()).isEqualTo(Step.LOST);
        for (HandlingCode code : new HandlingCode[] {
            FACILITY_OUT, OUT_FOR_DELIVERY, HELD_FOR_PICKUP, REDELIVERY_REQUESTED, CANCELLED, RECALLED, DAMAGED
        }) {
            Scan after = scan(code, "Mon 11:00");
            Progress progress = fold(RESULT, approved, after);
            assertThat(progress.step()).as(code.name()).isEqualTo(Step.RETURN_APPROVED);
            assertThat(progress.contradictions())
                    .as(code.name())
                    .isEqualTo(Map.of(after.id(), Contradiction.AFTER_RETURN));
        }
    }

    private LegKind legEndingWith(HandlingCode end) {
        return switch (end) {
            case DELIVERED, CANCELLED, LOST -> RESULT;
            case HANDED_TO_AGENCY -> PICKUP;
            default -> RETURN;
        };
    }
}
