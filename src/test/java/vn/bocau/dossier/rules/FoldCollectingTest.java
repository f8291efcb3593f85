package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What happens until the post has the item. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldCollectingTest {

    @Test
    void what_comes_back_is_with_the_post_from_the_start_and_nothing_else_is() {
        for (LegKind kind : LegKind.values()) {
            assertThat(fold(kind).inHands()).as(kind.name()).isEqualTo(kind == LegKind.RETURN);
        }
        assertThat(fold(LegKind.RETURN, scan(RETURNING, "Mon 10:00")).collectedInferred())
                .isFalse();
    }

    @Test
    void the_post_has_what_it_collected_until_it_hands_it_on() {
        Scan part = scan(PICKUP_PARTIAL, "Mon 08:00");
        Scan collected = scan(COLLECTED, "Tue 08:00");

        assertThat(fold(PICKUP, scan(PICKUP_ACCEPTED, "Mon 07:00")).inHands()).isFalse();
        assertThat(fold(PICKUP, part).inHands()).isTrue();
        assertThat(fold(PICKUP, part, collected).inHands()).isTrue();
        assertThat(fold(PICKUP, collected, scan(HANDED_TO_AGENCY, "Tue 09:00")).inHands())
                .isFalse();
        assertThat(fold(PICKUP, collected, scan(LOST, "Tue 09:00")).inHands()).isFalse();
    }

    @Test
    void collected_by_two_devices_is_collected_once() {
        Scan first = scan(COLLECTED, "Mon 08:00").office(FROM);
        Scan second = scan(COLLECTED, "Mon 08:10").by("phone-b", 4);

        assertThat(fold(PICKUP, second, first)).isEqualTo(fold(PICKUP, first));
    }

    @Test
    void money_recorded_twice_is_for_a_person_to_look_at_whatever_came_between() {
        Scan first = scan(COLLECTED, "Mon 08:00").moneyBy("buu-ta");
        Scan again = scan(COLLECTED, "Mon 08:01").moneyBy("buu-ta");
        Scan handed = scan(HANDED_TO_AGENCY, "Mon 09:00");
        Scan afterwards = scan(COLLECTED, "Mon 10:00").moneyBy("buu-ta");
        Scan unpaid = scan(COLLECTED, "Mon 07:00");

        Progress progress = fold(PICKUP, first, again, handed, afterwards);

        assertThat(progress.step()).isEqualTo(Step.HANDED_TO_AGENCY);
        assertThat(progress.contradictions())
                .isEqualTo(Map.of(
                        again.id(), Contradiction.COLLECTED_TWICE, afterwards.id(), Contradiction.COLLECTED_TWICE));
        assertThat(fold(PICKUP, unpaid, first).contradictions())
                .as("the money came later")
                .isEmpty();
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
        assertThat(fold(RESULT, approved, scan(RESULT_COLLECTED, "Mon 16:00")).collectedInferred())
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
