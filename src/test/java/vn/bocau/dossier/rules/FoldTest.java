package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.ORIGINALS_BACK;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.LegKind.RETURN;
import static vn.bocau.dossier.rules.LegKind.TRANSFER;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.at;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;
import static vn.bocau.dossier.rules.Scan.voided;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What single histories add up to (design rule 5), told as a post office would tell them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldTest {

    @Nested
    class Order {

        @ParameterizedTest
        @EnumSource(LegKind.class)
        void before_anything_has_happened_a_leg_stands_at_its_first_step(LegKind kind) {
            Progress nothing = fold(kind);

            assertThat(nothing.step()).isEqualTo(kind.first());
            assertThat(nothing.since()).isNull();
            assertThat(nothing.lastHandling()).isNull();
            assertThat(nothing.attempts()).isZero();
            assertThat(nothing.contradictions()).isEmpty();
        }

        @Test
        void a_doubled_handling_is_one() {
            Scan failure = failed(DELIVERY_FAILED, "Mon 10:00", FailureReason.ABSENT, null);

            assertThat(fold(RESULT, failure, failure, failure)).isEqualTo(fold(RESULT, failure));
            assertThat(fold(RESULT, failure, failure).attempts()).isEqualTo(1);
        }

        @Test
        void a_late_report_of_something_earlier_never_moves_the_step_back() {
            Scan collected = scan(RESULT_COLLECTED, "Mon 08:00");
            Scan arrived = scan(FACILITY_IN, "Mon 14:00").by("office", 7).office(TO);
            Scan out = scan(OUT_FOR_DELIVERY, "Tue 08:00").by("phone-b", 1);
            Progress before = fold(RESULT, collected, out);

            Progress after = fold(RESULT, collected, out, arrived.heard("Tue 12:00"));

            assertThat(after.step()).isEqualTo(Step.OUT_FOR_DELIVERY);
            assertThat(after.since()).isEqualTo(before.since());
            assertThat(after.lastHandling()).isEqualTo(out.id());
        }

        @Test
        void a_device_s_own_order_outweighs_a_clock_that_was_set_back() {
            Scan out = scan(OUT_FOR_DELIVERY, "Mon 10:00").by("phone-b", 1);
            Scan delivered = scan(DELIVERED, "Mon 07:00").by("phone-b", 2).heard("Mon 12:00");

            Progress progress = fold(RESULT, delivered, out);

            assertThat(progress.step()).isEqualTo(Step.DELIVERED);
            assertThat(progress.since()).isEqualTo(at("Mon 10:00"));
        }

        @Test
        void a_code_nobody_has_mapped_changes_nothing_at_any_step() {
            Scan collected = scan(RESULT_COLLECTED, "Mon 08:00");
            Scan unknown = scan(UNKNOWN, "Mon 09:00");
            Scan delivered = scan(DELIVERED, "Mon 10:00");

            assertThat(fold(RESULT, unknown)).isEqualTo(fold(RESULT));
            assertThat(fold(RESULT, collected, unknown)).isEqualTo(fold(RESULT, collected));
            assertThat(fold(RESULT, delivered, scan(UNKNOWN, "Mon 11:00"))).isEqualTo(fold(RESULT, delivered));
        }

        @ParameterizedTest
        @EnumSource(names = {"FEE_COLLECTED", "FEE_REMITTED", "CASH_DISCREPANCY"})
        void money_moves_no_item(HandlingCode code) {
            Scan collected = scan(RESULT_COLLECTED, "Mon 08:00");
            Scan delivered = scan(DELIVERED, "Mon 10:00");

            assertThat(fold(RESULT, collected, scan(code, "Mon 09:00"))).isEqualTo(fold(RESULT, collected));
            assertThat(fold(RESULT, delivered, scan(code, "Tue 09:00"))).isEqualTo(fold(RESULT, delivered));
        }

        @Test
        void what_cannot_happen_on_a_leg_is_kept_as_a_contradiction() {
            Scan delivered = scan(DELIVERED, "Mon 10:00");
            Scan returned = scan(RETURNED_TO_AGENCY, "Mon 10:00");

            assertThat(fold(PICKUP, delivered).step()).isEqualTo(Step.REQUESTED);
            assertThat(fold(PICKUP, delivered).contradictions())
                    .isEqualTo(Map.of(delivered.id(), Contradiction.NOT_ON_THIS_LEG));
            assertThat(fold(RESULT, returned).contradictions())
                    .isEqualTo(Map.of(returned.id(), Contradiction.NOT_ON_THIS_LEG));
        }

        @Test
        void the_contradictions_are_the_same_whatever_the_order() {
            Scan[] told = {
                scan(COLLECTED, "Mon 08:00"),
                failed(PICKUP_FAILED, "Mon 09:00", FailureReason.ABSENT, null).by("phone-b", 3),
                scan(HANDED_TO_AGENCY, "Mon 15:00"),
                scan(FACILITY_IN, "Mon 16:00").by("office", 4),
                scan(DELIVERED, "Mon 16:30"),
            };

            Map<?, ?> expected = Map.of(
                    told[1].id(), Contradiction.ALREADY_COLLECTED,
                    told[3].id(), Contradiction.AFTER_TERMINAL,
                    told[4].id(), Contradiction.NOT_ON_THIS_LEG);
            assertThat(permutations(told))
                    .allSatisfy(order ->
                            assertThat(fold(PICKUP, order).contradictions()).isEqualTo(expected));
        }
    }

    @Nested
    class Ends {

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
        void what_is_no_end_needs_no_supervisor_to_be_voided() {
            Scan out = scan(OUT_FOR_DELIVERY, "Mon 10:00");

            assertThat(fold(RESULT, out, voided(out, "Mon 11:00"))).isEqualTo(fold(RESULT));
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
            Scan wrong = voided(out, "Mon 11:00");
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
                    null,
                    null,
                    null,
                    null,
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
                    .isEqualTo(Map.of(
                            first.id(), Contradiction.DELIVERED_TWICE, third.id(), Contradiction.DELIVERED_TWICE));
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

            assertThat(fold(RESULT, approved, scan(DELIVERED, "Mon 11:00")).step())
                    .isEqualTo(Step.DELIVERED);
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

    @Nested
    class Collecting {

        @Test
        void collected_by_two_devices_is_collected_once() {
            Scan first = scan(COLLECTED, "Mon 08:00").office(FROM);
            Scan second = scan(COLLECTED, "Mon 08:10").by("phone-b", 4);

            assertThat(fold(PICKUP, second, first)).isEqualTo(fold(PICKUP, first));
        }

        @Test
        void a_hand_over_proves_the_collection_until_somebody_reports_it() {
            Scan handed = scan(HANDED_TO_AGENCY, "Mon 15:00").by("agency");
            Scan collected = scan(COLLECTED, "Mon 08:00");

            assertThat(fold(PICKUP, handed).collectedInferred()).isTrue();
            assertThat(fold(PICKUP, handed, collected).collectedInferred()).isFalse();
            assertThat(fold(PICKUP, handed, collected).step()).isEqualTo(Step.HANDED_TO_AGENCY);
        }

        @Test
        void a_clock_that_is_fast_does_not_hide_the_collection() {
            Scan collected = scan(COLLECTED, "Mon 08:00").clockWrongBy(Duration.ofHours(9));
            Scan handed = scan(HANDED_TO_AGENCY, "Mon 15:00").by("agency");
            Scan approved = scan(RETURN_APPROVED, "Mon 15:00").by("office");

            assertThat(fold(PICKUP, handed, collected).collectedInferred()).isFalse();
            assertThat(fold(PICKUP, handed, collected).contradictions()).isEmpty();
            assertThat(fold(RESULT, approved, scan(RESULT_COLLECTED, "Mon 16:00"))
                            .collectedInferred())
                    .isFalse();
        }

        @Test
        void the_rest_comes_after_a_part() {
            Progress progress = fold(PICKUP, scan(PICKUP_PARTIAL, "Mon 08:00"), scan(COLLECTED, "Tue 08:00"));

            assertThat(progress.step()).isEqualTo(Step.COLLECTED);
            assertThat(progress.collectedInferred()).isFalse();
        }

        @Test
        void a_part_stays_in_the_hands_of_the_post_whatever_becomes_of_the_rest() {
            Scan part = scan(PICKUP_PARTIAL, "Mon 08:00");
            Scan accepted = scan(PICKUP_ACCEPTED, "Mon 14:00");
            Scan absent = failed(PICKUP_FAILED, "Tue 08:00", FailureReason.ABSENT, null);
            Scan asked = scan(REDELIVERY_REQUESTED, "Tue 12:00").agreed("Thu");

            assertThat(fold(PICKUP, part, accepted).step()).isEqualTo(Step.PARTLY_COLLECTED);
            Progress failed = fold(PICKUP, part, accepted, absent);
            assertThat(failed.step()).isEqualTo(Step.PARTLY_COLLECTED);
            assertThat(failed.attempts()).isEqualTo(1);
            assertThat(failed.reason()).isEqualTo(FailureReason.ABSENT);
            Progress agreed = fold(PICKUP, part, accepted, absent, asked);
            assertThat(agreed.step()).isEqualTo(Step.PARTLY_COLLECTED);
            assertThat(agreed.reason()).isNull();
            assertThat(agreed.nextDate()).isEqualTo(Scan.day("Thu"));
        }

        @Test
        void what_the_post_has_can_no_longer_fail_to_be_collected() {
            Scan collected = scan(COLLECTED, "Mon 08:00");
            Scan failed = failed(PICKUP_FAILED, "Mon 09:00", FailureReason.ABSENT, null);

            Progress progress = fold(PICKUP, failed, collected);

            assertThat(progress.step()).isEqualTo(Step.COLLECTED);
            assertThat(progress.attempts()).isZero();
            assertThat(progress.contradictions()).isEqualTo(Map.of(failed.id(), Contradiction.ALREADY_COLLECTED));
        }

        @Test
        void an_item_that_is_short_on_the_manifest_cannot_be_with_the_post() {
            Scan collected = scan(RESULT_COLLECTED, "Mon 08:00");
            Scan shortly = scan(DISPATCH_SHORT, "Mon 08:20");

            Progress missing = fold(RESULT, collected, shortly);
            Progress found = fold(RESULT, shortly, scan(RESULT_COLLECTED, "Mon 09:00"));

            assertThat(missing.step()).isEqualTo(Step.COLLECTED);
            assertThat(missing.contradictions()).isEqualTo(Map.of(shortly.id(), Contradiction.ALREADY_COLLECTED));
            assertThat(found.step()).isEqualTo(Step.COLLECTED);
            assertThat(found.contradictions()).isEmpty();
        }

        @Test
        void attempts_to_collect_do_not_count_against_the_delivery() {
            Progress progress = fold(
                    PICKUP,
                    failed(PICKUP_FAILED, "Mon 08:00", FailureReason.ABSENT, null),
                    failed(PICKUP_FAILED, "Tue 08:00", FailureReason.ABSENT, null),
                    scan(COLLECTED, "Wed 08:00"));

            assertThat(progress.attempts()).isZero();
        }
    }

    @Nested
    class Delivering {

        private final Scan collected = scan(RESULT_COLLECTED, "Mon 08:00").office(FROM);
        private final Scan refused = failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.REFUSED, null)
                .office(TO);

        @Test
        void a_reason_that_is_nobody_s_fault_uses_up_no_attempt() {
            Progress progress = fold(
                    RESULT,
                    collected,
                    failed(DELIVERY_FAILED, "Mon 10:00", FailureReason.ABSENT, null),
                    failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.NO_TIME, null),
                    failed(DELIVERY_FAILED, "Wed 10:00", FailureReason.ID_NOT_SHOWN, null));

            assertThat(progress.attempts()).isEqualTo(2);
        }

        @Test
        void a_reason_nobody_has_mapped_is_for_the_supervisor() {
            Progress progress = fold(RESULT, collected, failed(DELIVERY_FAILED, "Mon 10:00", null, null));

            assertThat(progress.reason()).isNull();
            assertThat(progress.action()).isEqualTo(Action.REVIEW);
            assertThat(progress.attempts()).isEqualTo(1);
        }

        @Test
        void back_at_the_office_in_the_evening_is_still_not_delivered() {
            Progress evening = fold(
                    RESULT, collected, refused, scan(FACILITY_IN, "Tue 17:00").office(TO));

            assertThat(evening).isEqualTo(fold(RESULT, collected, refused));
            assertThat(evening.action()).isEqualTo(Action.RETURN);
        }

        @Test
        void an_arrival_elsewhere_after_a_failure_is_a_journey_that_goes_on() {
            Scan missent = failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.MISSENT, null)
                    .office("510000");
            Scan elsewhere = scan(FACILITY_IN, "Wed 08:00").office(TO);
            Scan left = scan(FACILITY_OUT, "Tue 18:00").office("510000");

            assertThat(fold(RESULT, collected, missent, elsewhere).step()).isEqualTo(Step.AT_OFFICE);
            assertThat(fold(RESULT, collected, missent, left).step()).isEqualTo(Step.IN_TRANSIT);
        }

        @Test
        void counting_the_shelf_does_not_start_the_hold_again() {
            Progress progress = fold(
                    RESULT,
                    collected,
                    scan(HELD_FOR_PICKUP, "Tue 10:00").office(TO),
                    scan(FACILITY_IN, "Thu 18:00").office(TO),
                    scan(HELD_FOR_PICKUP, "Fri 10:00").office(TO));

            assertThat(progress.step()).isEqualTo(Step.HELD);
            assertThat(progress.heldSince()).isEqualTo(at("Tue 10:00"));
        }

        @Test
        void who_fails_to_hand_it_out_at_the_counter_has_held_it_all_the_while() {
            Scan held = scan(HELD_FOR_PICKUP, "Tue 10:00").office(TO);
            Scan noId = failed(DELIVERY_FAILED, "Thu 10:00", FailureReason.ID_NOT_SHOWN, null)
                    .office(TO);

            Progress atTheCounter = fold(RESULT, collected, held, noId);
            Progress again = fold(RESULT, collected, held, noId, scan(HELD_FOR_PICKUP, "Thu 10:05"));
            Progress outAndBack = fold(
                    RESULT,
                    collected,
                    held,
                    scan(OUT_FOR_DELIVERY, "Thu 08:00"),
                    noId,
                    scan(HELD_FOR_PICKUP, "Thu 10:05"));

            assertThat(atTheCounter.step()).isEqualTo(Step.DELIVERY_FAILED);
            assertThat(again.heldSince()).isEqualTo(at("Tue 10:00"));
            assertThat(outAndBack.heldSince()).isEqualTo(at("Thu 10:05"));
        }

        @Test
        void a_failure_that_asks_to_hold_starts_the_hold() {
            Scan ownPickup = failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.OWN_PICKUP, null);

            assertThat(fold(RESULT, collected, ownPickup, scan(HELD_FOR_PICKUP, "Tue 17:00"))
                            .heldSince())
                    .isEqualTo(at("Tue 10:00"));
        }

        @Test
        void a_new_address_after_a_failure_is_a_new_delivery_and_keeps_the_count() {
            Progress progress = fold(
                    RESULT,
                    collected,
                    failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.MOVED, Action.VERIFY),
                    scan(ADDRESS_CHANGED, "Wed 09:00").by("portal"));
            Progress delivered = fold(
                    RESULT,
                    collected,
                    failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.MOVED, Action.VERIFY),
                    scan(ADDRESS_CHANGED, "Wed 09:00").by("portal"),
                    scan(DELIVERED, "Thu 09:00"));

            assertThat(progress.step()).isEqualTo(Step.TO_DELIVER_AGAIN);
            assertThat(progress.attempts()).isEqualTo(1);
            assertThat(progress.reason()).isNull();
            assertThat(delivered.step()).isEqualTo(Step.DELIVERED);
        }

        @Test
        void a_new_address_for_what_has_not_failed_moves_nothing() {
            Scan changed = scan(ADDRESS_CHANGED, "Mon 12:00").by("portal");

            assertThat(fold(RESULT, collected, changed)).isEqualTo(fold(RESULT, collected));
        }

        @Test
        void damaged_is_left_by_an_act_and_not_by_the_next_scan_on_the_shelf() {
            Scan damaged = scan(DAMAGED, "Tue 08:00").office(TO);
            Scan shelf = scan(FACILITY_IN, "Tue 08:05").office(TO);

            assertThat(fold(RESULT, collected, damaged, shelf).step()).isEqualTo(Step.DAMAGED);
            assertThat(fold(RESULT, collected, damaged, shelf, scan(DELIVERED, "Tue 15:00"))
                            .step())
                    .isEqualTo(Step.DELIVERED);
        }

        @Test
        void misrouted_finds_its_way_again() {
            Scan misrouted = scan(MISROUTED, "Tue 08:00").office("510000");

            assertThat(fold(RESULT, collected, misrouted).step()).isEqualTo(Step.MISROUTED);
            assertThat(fold(
                                    RESULT,
                                    collected,
                                    misrouted,
                                    scan(FACILITY_IN, "Wed 08:00").office(TO))
                            .step())
                    .isEqualTo(Step.AT_OFFICE);
        }

        @Test
        void last_seen_is_where_the_item_was_and_not_who_wrote_something_about_it() {
            Scan arrived = scan(FACILITY_IN, "Tue 08:00").office("510000");
            Scan recalled = scan(RECALLED, "Tue 09:00").office(FROM);

            assertThat(fold(RESULT, collected, arrived, recalled).office()).isEqualTo("510000");
        }
    }

    @Nested
    class AtTheAgency {

        private final Scan collected = scan(COLLECTED, "Mon 08:00").office(FROM);
        private final Scan notTaken = scan(AGENCY_RETURNED, "Tue 10:00").by("agency");

        @Test
        void papers_not_taken_wait_for_the_agency_also_after_the_worker_is_back() {
            Progress progress = fold(
                    PICKUP,
                    collected,
                    scan(FACILITY_IN, "Tue 07:00").office(TO),
                    notTaken,
                    scan(FACILITY_IN, "Tue 12:00").office(TO));

            assertThat(progress.step()).isEqualTo(Step.AGENCY_RETURNED);
        }

        @Test
        void papers_not_taken_and_taken_after_all_have_arrived() {
            assertThat(fold(PICKUP, collected, notTaken, scan(HANDED_TO_AGENCY, "Wed 10:00"))
                            .step())
                    .isEqualTo(Step.HANDED_TO_AGENCY);
        }

        @Test
        void handed_over_by_the_worker_and_confirmed_by_the_agency_is_one_hand_over() {
            Scan handed = scan(HANDED_TO_AGENCY, "Tue 10:00");
            Scan confirmed = scan(HANDED_TO_AGENCY, "Tue 10:20").by("agency");

            assertThat(fold(PICKUP, collected, handed, confirmed)).isEqualTo(fold(PICKUP, collected, handed));
        }
    }

    @Nested
    class Recalling {

        private final Scan collected = scan(RESULT_COLLECTED, "Mon 08:00").office(FROM);

        @Test
        void delivered_before_anybody_knew_of_the_recall_is_delivered() {
            Scan recalled = scan(RECALLED, "Mon 09:00").by("agency").heard("Mon 12:00");
            Scan delivered = scan(DELIVERED, "Mon 11:00").heard("Mon 17:00");

            Progress progress = fold(RESULT, collected, recalled, delivered);

            assertThat(progress.step()).isEqualTo(Step.DELIVERED);
            assertThat(progress.recalled()).isTrue();
            assertThat(progress.contradictions()).isEmpty();
        }

        @Test
        void delivered_after_the_recall_was_known_is_for_a_person_to_look_at() {
            Scan recalled = scan(RECALLED, "Mon 09:00").by("agency");
            Scan delivered = scan(DELIVERED, "Mon 11:00");

            Progress progress = fold(RESULT, collected, recalled, delivered);

            assertThat(progress.step()).isEqualTo(Step.RECALLED);
            assertThat(progress.contradictions())
                    .isEqualTo(Map.of(delivered.id(), Contradiction.DELIVERED_AFTER_RECALL));
        }

        @Test
        void a_recall_stands_while_the_item_moves_on() {
            Progress progress = fold(
                    ORIGINALS_BACK,
                    collected,
                    scan(RECALLED, "Mon 09:00").by("agency"),
                    scan(FACILITY_IN, "Tue 08:00").office(TO));

            assertThat(progress.step()).isEqualTo(Step.AT_OFFICE);
            assertThat(progress.recalled()).isTrue();
        }

        @Test
        void what_the_agency_dispatches_anew_is_recalled_no_more() {
            Scan recalled = scan(RECALLED, "Mon 09:00").by("agency");
            Scan anew = scan(MANIFESTED, "Tue 09:00").by("agency");

            Progress progress = fold(RESULT, scan(MANIFESTED, "Mon 08:00").by("agency"), recalled, anew);

            assertThat(progress.step()).isEqualTo(Step.READY);
            assertThat(progress.recalled()).isFalse();
        }
    }

    private static Stream<Scan[]> permutations(Scan[] of) {
        if (of.length == 1) {
            return Stream.of(new Scan[][] {of});
        }
        return Arrays.stream(of).flatMap(first -> {
            Scan[] others = Arrays.stream(of).filter(s -> s != first).toArray(Scan[]::new);
            return permutations(others)
                    .map(rest ->
                            Stream.concat(Stream.of(first), Arrays.stream(rest)).toArray(Scan[]::new));
        });
    }
}
