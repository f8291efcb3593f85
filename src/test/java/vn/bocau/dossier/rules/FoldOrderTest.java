package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.at;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What single histories add up to (design rule 5): in which order they count, and what is not counted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldOrderTest {

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
    void at_the_very_same_moment_it_is_still_one_order() {
        Scan arrived = scan(FACILITY_IN, "Mon 10:00").by("office", 7);
        Scan out = scan(OUT_FOR_DELIVERY, "Mon 10:00").by("phone-b", 7);

        assertThat(fold(RESULT, arrived, out)).isEqualTo(fold(RESULT, out, arrived));
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
