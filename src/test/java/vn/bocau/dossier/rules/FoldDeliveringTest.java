package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.at;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What happens until the receiver has the item, or does not get it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldDeliveringTest {

    private final Scan collected = scan(RESULT_COLLECTED, "Mon 08:00").office(FROM);
    private final Scan refused =
            failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.REFUSED, null).office(TO);

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
        Progress evening =
                fold(RESULT, collected, refused, scan(FACILITY_IN, "Tue 17:00").office(TO));

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
    void who_asks_for_another_day_and_then_for_the_counter_again_does_not_begin_the_hold_again() {
        Progress progress = fold(
                RESULT,
                collected,
                scan(HELD_FOR_PICKUP, "Tue 10:00").office(TO),
                scan(REDELIVERY_REQUESTED, "Thu 18:00").by("track"),
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
                RESULT, collected, held, scan(OUT_FOR_DELIVERY, "Thu 08:00"), noId, scan(HELD_FOR_PICKUP, "Thu 10:05"));

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
