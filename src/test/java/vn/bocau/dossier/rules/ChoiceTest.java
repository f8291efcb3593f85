package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static vn.bocau.dossier.rules.Choice.ADDRESS;
import static vn.bocau.dossier.rules.Choice.DAY;
import static vn.bocau.dossier.rules.Choice.OFFICE;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.LegKind.TRANSFER;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a citizen may ask for, by where the item is; and what a day that was chosen does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChoiceTest {

    /** How a leg came to stand where it stands, and what may be asked for then: of our own, and of an outside carrier. */
    private record Row(LegKind kind, Set<Choice> ours, Set<Choice> outside, List<Scan> story) {

        @Override
        public String toString() {
            return kind + " " + story.stream().map(Scan::code).toList() + ": " + ours + " " + outside;
        }
    }

    private static Row row(LegKind kind, Set<Choice> ours, Set<Choice> outside, Scan... story) {
        return new Row(kind, ours, outside, List.of(story));
    }

    private static Stream<Row> rows() {
        Set<Choice> none = Set.of();
        Set<Choice> all = Set.of(DAY, ADDRESS, OFFICE);
        Scan accepted = scan(PICKUP_ACCEPTED, "Mon 09:00");
        Scan collected = scan(COLLECTED, "Mon 10:00").office(FROM);
        Scan dispatched = scan(RESULT_COLLECTED, "Mon 10:00").office(FROM);
        Scan here = scan(FACILITY_IN, "Tue 09:00").office(TO);
        Scan out = scan(OUT_FOR_DELIVERY, "Tue 10:00").office(TO);
        Scan absent = failed(DELIVERY_FAILED, "Tue 11:00", FailureReason.ABSENT, Action.RETRY);
        Scan refused = failed(DELIVERY_FAILED, "Tue 11:00", FailureReason.REFUSED, Action.RETURN);
        Scan wrong = failed(DELIVERY_FAILED, "Tue 11:00", FailureReason.ADDRESS_WRONG, Action.VERIFY);
        return Stream.of(
                row(PICKUP, Set.of(DAY, ADDRESS), Set.of(ADDRESS)),
                row(PICKUP, Set.of(DAY, ADDRESS), Set.of(ADDRESS), accepted),
                row(
                        PICKUP,
                        Set.of(DAY, ADDRESS),
                        Set.of(DAY, ADDRESS),
                        failed(PICKUP_FAILED, "Mon 10:00", FailureReason.ABSENT, Action.HOLD)),
                row(PICKUP, Set.of(DAY), none, scan(PICKUP_PARTIAL, "Mon 10:00").office(FROM)),
                row(PICKUP, none, none, collected),
                row(PICKUP, none, none, scan(CANCELLED, "Mon 10:00")),
                row(RESULT, Set.of(ADDRESS), Set.of(ADDRESS)),
                row(RESULT, Set.of(ADDRESS), none, scan(RESULT_READY, "Mon 09:00")),
                row(RESULT, Set.of(ADDRESS), none, dispatched),
                row(RESULT, all, none, dispatched, here),
                row(RESULT, none, none, dispatched, here, out),
                row(RESULT, all, none, dispatched, here, out, absent),
                row(
                        RESULT,
                        Set.of(ADDRESS, OFFICE),
                        none,
                        dispatched,
                        here,
                        out,
                        absent,
                        failed(DELIVERY_FAILED, "Wed 11:00", FailureReason.ABSENT, Action.RETRY)),
                row(RESULT, Set.of(ADDRESS, OFFICE), none, dispatched, here, out, refused),
                row(RESULT, Set.of(ADDRESS, OFFICE), none, dispatched, here, out, wrong),
                row(
                        RESULT,
                        Set.of(DAY, ADDRESS),
                        none,
                        dispatched,
                        here,
                        scan(HELD_FOR_PICKUP, "Tue 10:00").office(TO)),
                row(RESULT, none, none, dispatched, here, scan(RECALLED, "Tue 10:00")),
                row(RESULT, none, none, dispatched, here, scan(RETURN_APPROVED, "Tue 10:00")),
                row(RESULT, none, none, dispatched, here, out, scan(DELIVERED, "Tue 11:00")),
                row(TRANSFER, none, none, collected, here));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void it_follows_from_where_the_item_is_and_what_is_owed(Row row) {
        Progress progress = fold(row.kind(), row.story().toArray(Scan[]::new));

        assertThat(choices(Leg.own(row.kind()), true, progress)).isEqualTo(row.ours());
        assertThat(choices(Leg.outside(row.kind()), false, progress)).isEqualTo(row.outside());
    }

    private static Set<Choice> choices(LegTerms leg, boolean ours, Progress progress) {
        return Choice.of(leg.kind(), leg.toOffice(), ours, progress, Obligation.of(leg, progress, Scan.DEADLINES));
    }

    @Test
    void a_day_that_was_chosen_stands_until_somebody_was_at_the_door() {
        Scan chosen = scan(REDELIVERY_REQUESTED, "Mon 09:00").agreed("Fri");
        Scan confirmed = scan(PICKUP_ACCEPTED, "Mon 10:00");
        Scan inVain = failed(PICKUP_FAILED, "Fri 10:00", FailureReason.ABSENT, Action.RETRY);

        assertThat(fold(PICKUP, chosen).step()).as("nobody has confirmed it").isEqualTo(Step.REQUESTED);
        assertThat(dueOf(PICKUP, chosen, confirmed)).isEqualTo(Scan.at("Fri 17:00"));
        assertThat(dueOf(PICKUP, chosen, confirmed, inVain)).isEqualTo(Scan.at("Sat 17:00"));
    }

    @Test
    void a_day_chosen_for_a_first_delivery_stands_while_the_item_lies_at_the_office() {
        Scan here = scan(FACILITY_IN, "Tue 09:00").office(TO);
        Scan chosen = scan(REDELIVERY_REQUESTED, "Tue 10:00").agreed("Fri");
        Scan seen = scan(FACILITY_IN, "Wed 09:00").office(TO);

        assertThat(dueOf(RESULT, here)).isEqualTo(Scan.at("Wed 17:00"));
        assertThat(dueOf(RESULT, here, chosen, seen)).isEqualTo(Scan.at("Fri 17:00"));
        assertThat(fold(RESULT, here, chosen).step()).isEqualTo(Step.AT_OFFICE);
    }

    @Test
    void a_day_chosen_while_it_was_on_the_road_unknown_to_us_is_for_the_next_time() {
        Scan here = scan(FACILITY_IN, "Tue 07:00").office(TO);
        Scan out = scan(OUT_FOR_DELIVERY, "Tue 07:30").office(TO).heard("Tue 10:00");
        Scan chosen = scan(REDELIVERY_REQUESTED, "Tue 09:00").agreed("Fri").by(Handling.BY_A_CITIZEN);
        Scan absent = failed(DELIVERY_FAILED, "Tue 11:00", FailureReason.ABSENT, Action.RETRY);

        assertThat(fold(RESULT, here, out, chosen).step()).isEqualTo(Step.OUT_FOR_DELIVERY);
        assertThat(dueOf(RESULT, here, out, chosen, absent)).isEqualTo(Scan.at("Fri 17:00"));
    }

    @Test
    void a_wish_moves_nothing_that_is_on_the_road_or_has_ended_and_contradicts_nothing() {
        Scan here = scan(FACILITY_IN, "Tue 07:00").office(TO);
        Scan out = scan(OUT_FOR_DELIVERY, "Tue 07:30").office(TO).heard("Tue 10:00");
        Scan delivered = scan(DELIVERED, "Tue 08:40").office(TO).heard("Tue 10:00");
        Scan elsewhere = scan(FACILITY_IN, "Tue 08:40").office(FROM);
        Scan wish = scan(HELD_FOR_PICKUP, "Tue 09:00").office(TO).by(Handling.BY_A_CITIZEN);
        Scan day = scan(REDELIVERY_REQUESTED, "Tue 09:00").agreed("Fri").by(Handling.BY_A_CITIZEN);

        assertThat(fold(RESULT, here, wish).step()).isEqualTo(Step.HELD);
        assertThat(fold(RESULT, here, out, wish).step()).isEqualTo(Step.OUT_FOR_DELIVERY);
        assertThat(fold(RESULT, here, elsewhere, wish).step()).isEqualTo(Step.AT_OFFICE);
        Progress ended = fold(RESULT, here, out, delivered, wish, day);
        assertThat(ended.step()).isEqualTo(Step.DELIVERED);
        assertThat(ended.contradictions()).isEmpty();
    }

    @Test
    void what_was_asked_for_too_late_is_kept_with_where_the_item_was_until_it_holds_after_all() {
        Scan here = scan(FACILITY_IN, "Tue 07:00").office(TO);
        Scan out = scan(OUT_FOR_DELIVERY, "Tue 07:30").office(TO).heard("Tue 10:00");
        Scan delivered = scan(DELIVERED, "Tue 08:40").office(TO).heard("Tue 10:00");
        Scan absent = failed(DELIVERY_FAILED, "Tue 11:00", FailureReason.ABSENT, Action.RETRY);
        Scan onward = scan(FACILITY_OUT, "Tue 08:00").office(TO).heard("Tue 10:00");
        Scan counter = scan(HELD_FOR_PICKUP, "Tue 09:00").office(TO).by(Handling.BY_A_CITIZEN);
        Scan day = scan(REDELIVERY_REQUESTED, "Tue 09:00").agreed("Fri").by(Handling.BY_A_CITIZEN);
        Scan door = scan(ADDRESS_CHANGED, "Tue 09:00").by(Handling.BY_A_CITIZEN);

        for (Scan wish : List.of(counter, day, door)) {
            assertThat(late(RESULT, here, wish)).as("in time").isEmpty();
            assertThat(late(RESULT, here, out, delivered, wish))
                    .extracting(LateWish::step, LateWish::nextTime)
                    .containsExactly(tuple(Step.DELIVERED, false));
        }
        assertThat(late(RESULT, here, out, day)).containsExactly(new LateWish(DAY, Step.OUT_FOR_DELIVERY, true));
        assertThat(late(RESULT, here, out, door)).containsExactly(new LateWish(ADDRESS, Step.OUT_FOR_DELIVERY, true));
        assertThat(late(RESULT, here, out, day, door, absent))
                .as("it is the next time")
                .isEmpty();
        assertThat(late(RESULT, here, out, counter, absent))
                .containsExactly(new LateWish(OFFICE, Step.OUT_FOR_DELIVERY, false));
        assertThat(late(RESULT, here, onward, day)).containsExactly(new LateWish(DAY, Step.IN_TRANSIT, false));
        assertThat(late(RESULT, here, onward, door)).as("it is carried there").isEmpty();
    }

    @Test
    void papers_that_were_fetched_before_are_fetched_on_no_other_day_and_at_no_other_door() {
        Scan fetched = scan(COLLECTED, "Tue 08:40").office(FROM).heard("Tue 10:00");
        Scan day = scan(REDELIVERY_REQUESTED, "Tue 09:00").agreed("Fri").by(Handling.BY_A_CITIZEN);
        Scan door = scan(ADDRESS_CHANGED, "Tue 09:00").by(Handling.BY_A_CITIZEN);

        assertThat(late(PICKUP, day)).isEmpty();
        assertThat(late(PICKUP, fetched, day)).containsExactly(new LateWish(DAY, Step.COLLECTED, false));
        assertThat(late(PICKUP, fetched, door)).containsExactly(new LateWish(ADDRESS, Step.COLLECTED, false));
    }

    private static java.util.Collection<LateWish> late(LegKind kind, Scan... story) {
        return fold(kind, story).lateWishes().values();
    }

    @Test
    void the_counter_is_offered_only_where_the_item_lies() {
        Scan here = scan(FACILITY_IN, "Tue 07:00").office(FROM);
        Scan wrong = failed(DELIVERY_FAILED, "Tue 11:00", FailureReason.ADDRESS_WRONG, Action.VERIFY)
                .office(FROM);

        assertThat(choices(Leg.own(RESULT), true, fold(RESULT, here, wrong))).isEqualTo(Set.of(ADDRESS));
    }

    private static java.time.Instant dueOf(LegKind kind, Scan... story) {
        Obligation.Next next =
                Obligation.of(Leg.own(kind), fold(kind, story), Scan.DEADLINES).next();
        return java.util.Objects.requireNonNull(next).dueAt();
    }
}
