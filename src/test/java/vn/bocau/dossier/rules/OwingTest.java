package vn.bocau.dossier.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.ORIGINALS_BACK;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.LegKind.RETURN;
import static vn.bocau.dossier.rules.LegKind.SUPPLEMENT;
import static vn.bocau.dossier.rules.LegKind.TRANSFER;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is owed at each step: one act, one owner, one deadline, and the rule that said so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OwingTest {

    /** How a leg of a kind came to stand where it stands, and what is owed then. */
    private record Row(LegKind kind, List<Scan> story, Step step, String owed) {

        @Override
        public String toString() {
            return kind + " " + step + " " + story.stream().map(Scan::code).toList() + ": " + owed;
        }
    }

    private static Row row(LegKind kind, Step step, String owed, Scan... story) {
        return new Row(kind, List.of(story), step, owed);
    }

    private static List<Row> rows() {
        Scan collected = scan(COLLECTED, "Mon 10:00").office(FROM);
        Scan dispatched = scan(RESULT_COLLECTED, "Mon 10:00").office(FROM);
        Scan part = scan(PICKUP_PARTIAL, "Mon 10:00").office(FROM);
        Scan here = scan(FACILITY_IN, "Tue 09:00").office(TO);
        Scan recalled = scan(RECALLED, "Tue 10:00").by("agency");
        Scan approved = scan(RETURN_APPROVED, "Tue 10:00");
        return List.of(
                row(PICKUP, Step.REQUESTED, "ACCEPT_PICKUP POST_OFFICE 520100 Mon 12:00 confirm-pickup"),
                row(
                        SUPPLEMENT,
                        Step.REQUESTED,
                        "ACCEPT_PICKUP POST_OFFICE 520100 Mon 12:00 confirm-pickup",
                        scan(PICKUP_REQUESTED, "Mon 09:00")),
                row(
                        PICKUP,
                        Step.ACCEPTED,
                        "COLLECT POSTAL_WORKER 520100 Tue 17:00 next-working-day",
                        scan(PICKUP_ACCEPTED, "Mon 10:00")),
                row(
                        PICKUP,
                        Step.ACCEPTED,
                        "COLLECT POSTAL_WORKER 520100 Thu 17:00 day-agreed",
                        scan(PICKUP_ACCEPTED, "Mon 10:00").agreed("Thu")),
                row(
                        PICKUP,
                        Step.PARTLY_COLLECTED,
                        "COLLECT_REST POSTAL_WORKER 520100 Tue 17:00 next-working-day",
                        part),
                row(
                        PICKUP,
                        Step.PARTLY_COLLECTED,
                        "COLLECT_REST POSTAL_WORKER 520100 Fri 17:00 day-agreed",
                        part.agreed("Fri")),
                row(
                        PICKUP,
                        Step.PARTLY_COLLECTED,
                        "COLLECT_REST POSTAL_WORKER 520100 Wed 17:00 try-again",
                        part,
                        failed(PICKUP_FAILED, "Tue 10:00", FailureReason.ABSENT, null)),
                row(
                        PICKUP,
                        Step.PARTLY_COLLECTED,
                        "REVIEW SUPERVISOR 520100 Thu 17:00 attempts-used-up",
                        part,
                        failed(PICKUP_FAILED, "Tue 10:00", FailureReason.ABSENT, null),
                        failed(PICKUP_FAILED, "Wed 10:00", FailureReason.ABSENT, null)),
                row(
                        PICKUP,
                        Step.PARTLY_COLLECTED,
                        "REVIEW SUPERVISOR 520100 Wed 17:00 part-held",
                        part,
                        failed(PICKUP_FAILED, "Tue 10:00", FailureReason.REFUSED, null)),
                row(RESULT, Step.AWAITING_RESULT, "DISPATCH AGENCY trung-tam-hcc Mon+3 17:00 no-day-named"),
                row(ORIGINALS_BACK, Step.READY, "FETCH POST_OFFICE 520100 Tue 17:00 next-working-day"),
                row(
                        RESULT,
                        Step.READY,
                        "FETCH POST_OFFICE 520100 Wed 17:00 next-working-day",
                        scan(MANIFESTED, "Tue 09:00").by("agency")),
                row(
                        RESULT,
                        Step.SHORT,
                        "EXPLAIN_DIFFERENCE AGENCY trung-tam-hcc Wed 17:00 next-working-day",
                        scan(DISPATCH_SHORT, "Tue 09:00")),
                row(PICKUP, Step.COLLECTED, "FORWARD POST_OFFICE 520100 Tue 17:00 next-working-day", collected),
                row(
                        RESULT,
                        Step.COLLECTED,
                        "DELIVER POSTAL_WORKER 520300 Tue 17:00 next-working-day",
                        dispatched.office(TO)),
                row(PICKUP, Step.AT_OFFICE, "HAND_OVER POST_OFFICE 520300 Wed 17:00 next-working-day", collected, here),
                row(
                        RESULT,
                        Step.AT_OFFICE,
                        "DELIVER POSTAL_WORKER 520300 Wed 17:00 next-working-day",
                        dispatched,
                        here),
                row(
                        RESULT,
                        Step.AT_OFFICE,
                        "FORWARD POST_OFFICE 510000 Wed 17:00 next-working-day",
                        dispatched,
                        here.office("510000")),
                row(RETURN, Step.AT_OFFICE, "BRING_BACK POST_OFFICE 520300 Wed 17:00 next-working-day", here),
                row(
                        RESULT,
                        Step.AT_OFFICE,
                        "SEND_BACK POST_OFFICE 520300 Tue 17:00 recalled",
                        dispatched,
                        recalled,
                        scan(FACILITY_IN, "Tue 12:00").office(TO)),
                row(
                        RESULT,
                        Step.IN_TRANSIT,
                        "RECEIVE POST_OFFICE 520300 Wed 17:00 carry",
                        dispatched,
                        scan(FACILITY_OUT, "Mon 18:00").office(FROM)),
                row(
                        RESULT,
                        Step.OUT_FOR_DELIVERY,
                        "DELIVER POSTAL_WORKER 520300 Tue 17:00 same-day",
                        dispatched,
                        scan(OUT_FOR_DELIVERY, "Tue 07:00").office(TO)),
                row(
                        TRANSFER,
                        Step.OUT_FOR_DELIVERY,
                        "HAND_OVER POSTAL_WORKER 520300 Wed 17:00 same-day",
                        dispatched,
                        scan(OUT_FOR_DELIVERY, "Tue 18:00").office(TO)),
                row(
                        RESULT,
                        Step.OUT_FOR_DELIVERY,
                        "SEND_BACK POST_OFFICE 520300 Tue 17:00 recalled",
                        dispatched,
                        recalled,
                        scan(OUT_FOR_DELIVERY, "Tue 11:00").office(TO)),
                row(
                        RESULT,
                        Step.HELD,
                        "HAND_OUT POST_OFFICE 520300 Fri+1 17:00 hold",
                        dispatched,
                        scan(HELD_FOR_PICKUP, "Tue 09:00").office(TO)),
                row(
                        RESULT,
                        Step.HELD,
                        "HAND_OUT POST_OFFICE 520300 Fri+1 17:00 hold",
                        dispatched,
                        scan(HELD_FOR_PICKUP, "Tue 09:00").office(TO),
                        scan(HELD_FOR_PICKUP, "Fri 09:00").office(TO)),
                row(
                        RESULT,
                        Step.HELD,
                        "SEND_BACK POST_OFFICE 520300 Tue 17:00 recalled",
                        dispatched,
                        scan(HELD_FOR_PICKUP, "Tue 09:00").office(TO),
                        recalled,
                        scan(HELD_FOR_PICKUP, "Tue 12:00").office(TO)),
                row(
                        RESULT,
                        Step.DELIVERY_FAILED,
                        "SEND_BACK POST_OFFICE 520300 Tue 17:00 recalled",
                        dispatched,
                        recalled,
                        failed(DELIVERY_FAILED, "Tue 12:00", FailureReason.ABSENT, null)),
                row(
                        RESULT,
                        Step.TO_DELIVER_AGAIN,
                        "DELIVER POSTAL_WORKER 520300 Sat 17:00 day-agreed",
                        dispatched,
                        failed(DELIVERY_FAILED, "Tue 12:00", FailureReason.ABSENT, null),
                        scan(REDELIVERY_REQUESTED, "Wed 09:00").agreed("Sat")),
                row(
                        PICKUP,
                        Step.AGENCY_RETURNED,
                        "DECIDE_ON_PAPERS AGENCY ubnd-dong-ha Wed 17:00 next-working-day",
                        collected,
                        scan(AGENCY_RETURNED, "Tue 09:00")),
                row(
                        RESULT,
                        Step.MISROUTED,
                        "FORWARD OPERATOR operator Wed 17:00 next-working-day",
                        dispatched,
                        scan(MISROUTED, "Tue 09:00").office("510000")),
                row(
                        RESULT,
                        Step.DAMAGED,
                        "INVESTIGATE OPERATOR operator Wed 17:00 next-working-day",
                        dispatched,
                        scan(DAMAGED, "Tue 09:00")),
                row(RESULT, Step.RECALLED, "SEND_BACK POST_OFFICE 520100 Tue 17:00 recalled", dispatched, recalled),
                row(PICKUP, Step.RECALLED, "REVIEW SUPERVISOR 520100 Wed 17:00 recalled", collected, recalled),
                row(
                        RESULT,
                        Step.RECALLED,
                        "REVIEW SUPERVISOR 520100 Wed 17:00 recalled-before-fetched",
                        scan(MANIFESTED, "Mon 09:00").by("agency"),
                        recalled),
                row(
                        RESULT,
                        Step.RECALLED,
                        "SETTLE SUPERVISOR 520300 Wed 17:00 delivered-after-recall",
                        dispatched,
                        recalled,
                        scan(DELIVERED, "Tue 11:00").office(TO)),
                row(RETURN, Step.COMING_BACK, "BRING_BACK POST_OFFICE 520100 Wed 17:00 carry"),
                row(
                        RETURN,
                        Step.COMING_BACK,
                        "BRING_BACK POST_OFFICE 510000 Thu 17:00 carry",
                        scan(RETURNING, "Tue 09:00").office("510000")),
                row(RESULT, Step.RETURN_APPROVED, "nothing item-comes-back", dispatched, approved),
                row(RESULT, Step.DELIVERED, "nothing delivered", dispatched, scan(DELIVERED, "Tue 09:00")),
                row(
                        PICKUP,
                        Step.HANDED_TO_AGENCY,
                        "nothing handed-over",
                        collected,
                        scan(HANDED_TO_AGENCY, "Tue 09:00")),
                row(
                        RETURN,
                        Step.RETURNED_TO_AGENCY,
                        "DECIDE_ON_RETURN AGENCY trung-tam-hcc Tue+1 17:00 returned",
                        scan(RETURNED_TO_AGENCY, "Tue 09:00")),
                row(PICKUP, Step.CANCELLED, "nothing cancelled", scan(CANCELLED, "Mon 09:00")),
                row(
                        PICKUP,
                        Step.CANCELLED,
                        "REVIEW SUPERVISOR 520100 Wed 17:00 cancelled-in-hands",
                        collected.heard("Tue 17:00"),
                        scan(CANCELLED, "Tue 09:00").by("portal")),
                row(
                        PICKUP,
                        Step.CANCELLED,
                        "REVIEW SUPERVISOR 520100 Tue 17:00 cancelled-in-hands",
                        scan(CANCELLED, "Mon 09:00").by("portal"),
                        collected.heard("Tue 17:00")),
                row(
                        PICKUP,
                        Step.CANCELLED,
                        "nothing cancelled",
                        scan(CANCELLED, "Mon 09:00").by("portal"),
                        collected,
                        scan(CANCELLED, "Wed 09:00").by("supervisor")),
                row(
                        PICKUP,
                        Step.CANCELLED,
                        "nothing cancelled",
                        collected,
                        scan(AGENCY_RETURNED, "Tue 09:00").by("agency"),
                        scan(CANCELLED, "Tue 09:00").by("system")),
                row(RESULT, Step.LOST, "REISSUE AGENCY ubnd-dong-ha Tue+1 17:00 lost", scan(LOST, "Tue 09:00")),
                row(RETURN, Step.LOST, "REISSUE AGENCY ubnd-dong-ha Tue+1 17:00 lost", scan(LOST, "Tue 09:00")),
                row(
                        TRANSFER,
                        Step.LOST,
                        "DECIDE_ON_PAPERS AGENCY ubnd-dong-ha Tue+1 17:00 lost",
                        scan(LOST, "Tue 09:00")),
                row(PICKUP, Step.LOST, "MAKE_GOOD OPERATOR operator Mon+1 17:00 lost", scan(LOST, "Tue 09:00")),
                row(
                        ORIGINALS_BACK,
                        Step.LOST,
                        "MAKE_GOOD OPERATOR operator Mon+1 17:00 lost",
                        scan(LOST, "Tue 09:00")));
    }

    /** Where our own workers have it, while it shall go elsewhere by now. */
    private static List<Row> atAnotherOffice() {
        Scan dispatched = scan(RESULT_COLLECTED, "Mon 10:00").office(FROM);
        return List.of(
                row(
                        RESULT,
                        Step.OUT_FOR_DELIVERY,
                        "DELIVER POSTAL_WORKER 510000 Tue 17:00 same-day",
                        dispatched,
                        scan(OUT_FOR_DELIVERY, "Tue 07:00").office("510000")),
                row(
                        RESULT,
                        Step.TO_DELIVER_AGAIN,
                        "FORWARD POST_OFFICE 510000 Thu 17:00 next-working-day",
                        dispatched,
                        failed(DELIVERY_FAILED, "Tue 12:00", FailureReason.ABSENT, null)
                                .office("510000"),
                        scan(ADDRESS_CHANGED, "Wed 09:00")),
                row(
                        RESULT,
                        Step.DELIVERY_FAILED,
                        "FORWARD POST_OFFICE 510000 Wed 17:00 address-moved",
                        dispatched,
                        failed(DELIVERY_FAILED, "Tue 12:00", FailureReason.MOVED, Action.REDIRECT)
                                .office("510000")),
                row(
                        RESULT,
                        Step.DELIVERY_FAILED,
                        "FORWARD POST_OFFICE 510000 Wed 17:00 address-moved",
                        dispatched,
                        failed(DELIVERY_FAILED, "Mon 12:00", FailureReason.ABSENT, null)
                                .office("510000"),
                        failed(DELIVERY_FAILED, "Tue 12:00", FailureReason.ABSENT, Action.HOLD)
                                .office("510000")),
                row(
                        RESULT,
                        Step.HELD,
                        "HAND_OUT POST_OFFICE 510000 Fri+1 17:00 hold",
                        dispatched,
                        scan(HELD_FOR_PICKUP, "Tue 09:00").office("510000")));
    }

    @ParameterizedTest
    @MethodSource({"rows", "atAnotherOffice"})
    void each_step_has_one_act_one_owner_and_one_deadline(Row row) {
        Progress progress = fold(row.kind, row.story.toArray(Scan[]::new));

        assertThat(progress.step()).isEqualTo(row.step);
        assertThat(said(Obligation.of(Leg.own(row.kind), progress, Scan.DEADLINES)))
                .isEqualTo(row.owed);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void what_the_post_owes_an_outside_carrier_owes_when_it_carries(Row row) {
        Progress progress = fold(row.kind, row.story.toArray(Scan[]::new));

        assertThat(said(Obligation.of(Leg.outside(row.kind), progress, Scan.DEADLINES)))
                .isEqualTo(row.owed
                        // Nobody of ours can scan what it has.
                        .replaceFirst(
                                "REVIEW SUPERVISOR \\d{6}(.* cancelled-in-hands)", "MAKE_GOOD OPERATOR operator$1")
                        .replaceFirst("(POST_OFFICE|POSTAL_WORKER|SUPERVISOR) \\d{6}", "CARRIER carrier-x"));
    }

    @Test
    void no_step_is_left_out_of_the_table() {
        assertThat(Stream.concat(rows().stream().map(Row::step), Stream.of(Step.PICKUP_FAILED))
                        .collect(Collectors.toSet()))
                .as("PICKUP_FAILED is FailingTest's")
                .containsExactlyInAnyOrder(Step.values());
    }

    @Test
    void a_result_is_owed_on_the_day_the_agency_promised() {
        LegTerms promised = Leg.of(RESULT, LegTerms.OWN, LocalDate.of(2026, 12, 10), false);

        Obligation owed = Obligation.of(promised, fold(RESULT), Scan.DEADLINES);

        assertThat(requireNonNull(owed.next()).dueAt())
                .isEqualTo(LocalDate.of(2026, 12, 10)
                        .atTime(17, 0)
                        .atZone(Rules.ZONE)
                        .toInstant());
        assertThat(owed.rule().code()).isEqualTo("day-promised");
    }

    @Test
    void nothing_is_owed_on_a_leg_that_another_replaced() {
        LegTerms replaced = Leg.of(RESULT, LegTerms.OWN, null, true);

        assertThat(said(Obligation.of(replaced, fold(RESULT), Scan.DEADLINES))).isEqualTo("nothing replaced");
        assertThat(said(Obligation.of(replaced, fold(RESULT, scan(LOST, "Mon 09:00")), Scan.DEADLINES)))
                .isEqualTo("nothing replaced");
    }

    @ParameterizedTest
    @CsvSource({
        "RESULT, REISSUE AGENCY ubnd-dong-ha Tue+1 17:00 lost",
        "TRANSFER, DECIDE_ON_PAPERS AGENCY ubnd-dong-ha Tue+1 17:00 lost",
        "ORIGINALS_BACK, MAKE_GOOD OPERATOR operator Mon+1 17:00 lost"
    })
    void of_what_was_lost_on_its_way_back_the_same_is_owed_as_on_its_way_out(LegKind sent, String owed) {
        Progress lost = fold(RETURN, scan(LOST, "Tue 09:00"));

        assertThat(said(Obligation.of(Leg.back(sent), lost, Scan.DEADLINES))).isEqualTo(owed);
    }

    @ParameterizedTest
    @EnumSource(LegKind.class)
    void nothing_is_owed_of_what_was_lost_once_somebody_has_settled_it(LegKind kind) {
        Progress lost = fold(kind, scan(LOST, "Mon 09:00"));

        assertThat(said(Obligation.of(Leg.settled(kind), lost, Scan.DEADLINES))).isEqualTo("nothing settled");
    }

    /** The next working day of the desk that decides now: of what came on a Friday, Monday, and not Saturday as for the post. */
    @Test
    void what_the_agency_has_and_has_said_nothing_of_is_owed_an_answer_by_the_next_day_of_its_desk() {
        Progress handed = fold(PICKUP, scan(COLLECTED, "Thu 09:00"), scan(HANDED_TO_AGENCY, "Fri 16:00"));

        assertThat(said(Obligation.of(Leg.undecided(PICKUP), handed, Scan.DEADLINES)))
                .isEqualTo("DECIDE_ON_DOSSIER AGENCY ubnd-dong-ha Mon+1 17:00 papers-arrived");
    }

    @Test
    void what_came_to_an_agency_that_decides_no_more_is_sent_on_by_that_agency() {
        Progress handed = fold(PICKUP, scan(COLLECTED, "Thu 09:00"), scan(HANDED_TO_AGENCY, "Fri 16:00"));

        assertThat(said(Obligation.of(Leg.strayed(PICKUP), handed, Scan.DEADLINES)))
                .isEqualTo("FORWARD AGENCY so-tu-phap Mon+1 17:00 papers-strayed");
    }

    @Test
    void a_result_that_its_carrier_turned_down_is_dispatched_again() {
        Progress cancelled = fold(RESULT, scan(MANIFESTED, "Mon 09:00"), scan(CANCELLED, "Tue 09:00"));

        assertThat(said(Obligation.of(Leg.outside(RESULT), cancelled, Scan.DEADLINES)))
                .isEqualTo("nothing cancelled");
        assertThat(said(Obligation.of(Leg.turnedDown(RESULT), cancelled, Scan.DEADLINES)))
                .isEqualTo("DISPATCH AGENCY trung-tam-hcc Wed 17:00 turned-down");
    }

    /** The table of README.md, which tells people by what door each act ends. */
    @Test
    void every_act_and_who_owes_it_stands_in_the_readme_with_what_ends_it() throws Exception {
        Map<String, Set<String>> told = new TreeMap<>();
        Files.readAllLines(Path.of("README.md")).stream()
                .map(ACT::matcher)
                .filter(Matcher::matches)
                .forEach(row -> Stream.of(row.group(1).replace("`", "").split(", "))
                        .forEach(act -> told.put(act, Set.of(row.group(2).split(", ")))));
        Map<String, Set<String>> owed = new TreeMap<>();
        Stream.concat(
                        Stream.concat(rows().stream(), atAnotherOffice().stream())
                                .map(row -> row.owed),
                        FailingTest.table()
                                .flatMap(row -> Stream.of(row.get()[2], row.get()[3]))
                                .map(String::valueOf))
                .filter(said -> !said.startsWith("nothing"))
                .map(said -> said.split(" "))
                .forEach(said ->
                        owed.computeIfAbsent(said[0], act -> new TreeSet<>()).add(said[1]));

        assertThat(told.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Act.values()).map(Act::name).toList());
        owed.forEach((act, owners) -> assertThat(told.get(act)).as(act).containsAll(owners));
    }

    private static final Pattern ACT =
            Pattern.compile("\\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) [^|]+\\| ([A-Z_, ]+) \\| [^|]{10,} \\|");

    @ParameterizedTest(name = "{0}, contradicted: {1}")
    @CsvSource({
        "COMPLETE, no, nothing delivered",
        "PENDING, no, SEND_EVIDENCE POSTAL_WORKER 520300 Tue 17:00 evidence-pending",
        "LACKING, no, SETTLE SUPERVISOR 520300 Tue 17:00 evidence-lacking",
        "COMPLETE, yes, nothing delivered",
        "PENDING, yes, SETTLE SUPERVISOR 520300 Tue 17:00 evidence-lacking",
        "LACKING, yes, SETTLE SUPERVISOR 520300 Tue 17:00 evidence-lacking"
    })
    void a_delivery_is_finished_when_it_is_proven(Proof proof, String contradicted, String owed) {
        Scan delivered = scan(DELIVERED, "Mon 10:00").proof(proof);
        Scan contradiction =
                failed(DELIVERY_FAILED, "Mon 11:00", FailureReason.ABSENT, null).by("phone-b");
        Progress progress =
                contradicted.equals("yes") ? fold(RESULT, delivered, contradiction) : fold(RESULT, delivered);

        assertThat(progress.proof()).isEqualTo(proof);
        assertThat(progress.proven()).isEqualTo(proof == Proof.COMPLETE);
        assertThat(said(Obligation.of(Leg.own(RESULT), progress, Scan.DEADLINES)))
                .isEqualTo(owed);
    }

    @Test
    void evidence_that_arrives_finishes_the_delivery() {
        Scan delivered = scan(DELIVERED, "Mon 10:00").proof(Proof.PENDING);

        assertThat(fold(RESULT, delivered).proven()).isFalse();
        assertThat(fold(RESULT, delivered.proof(Proof.COMPLETE)).proven()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DELIVERED")
    void only_a_delivery_is_proven(HandlingCode code) {
        for (LegKind kind : LegKind.values()) {
            Progress progress = fold(kind, scan(code, "Mon 10:00"));

            assertThat(progress.proof()).isNull();
            assertThat(progress.proven()).isFalse();
        }
    }

    /** Such as {@code DELIVER POSTAL_WORKER 520300 Tue 17:00 same-day}; {@code Fri+1} is a week later. */
    static String said(Obligation obligation) {
        Obligation.Next next = obligation.next();
        String rule = obligation.rule().code();
        if (next == null) {
            return "nothing " + rule;
        }
        var due = next.dueAt().atZone(Rules.ZONE);
        long days = java.time.temporal.ChronoUnit.DAYS.between(Scan.day("Mon"), due.toLocalDate());
        String name = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun").get((int) (days % 7));
        String week = days < 7 ? "" : "+" + days / 7;
        return String.join(
                " ",
                next.act().name(),
                next.ownerKind().name(),
                next.owner(),
                name + week,
                due.toLocalTime().toString(),
                rule);
    }
}
