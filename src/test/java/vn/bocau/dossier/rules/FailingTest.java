package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.OwingTest.said;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.failed;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What follows a failure: each reason with each action it allows. The failure is on Monday at 10:00, and the first. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FailingTest {

    /** Reason, action, what is owed for a pickup, what is owed for a delivery. */
    private static final String TABLE = """
            ABSENT,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            ABSENT,RESCHEDULE,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            ABSENT,HOLD,wait,hold
            NO_CONTACT,RETRY,COLLECT POST_OFFICE,DELIVER POST_OFFICE
            NO_CONTACT,HOLD,wait,hold
            APPOINTMENT,RESCHEDULE,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            OWN_PICKUP,HOLD,wait,hold
            REFUSED,RETURN,wait,back
            REFUSED,REVIEW,review,review
            FEE_UNPAID,HOLD,wait,hold
            FEE_UNPAID,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            FEE_UNPAID,RETURN,wait,back
            ID_MISMATCH,RETRY,COLLECT POST_OFFICE,DELIVER POST_OFFICE
            ID_MISMATCH,HOLD,wait,hold
            ID_NOT_SHOWN,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            ID_NOT_SHOWN,HOLD,wait,hold
            ORIGINALS_NOT_SURRENDERED,HOLD,wait,hold
            ORIGINALS_NOT_SURRENDERED,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            ORIGINALS_NOT_SURRENDERED,RETURN,wait,back
            ADDRESS_INCOMPLETE,VERIFY,verify,verify
            ADDRESS_WRONG,VERIFY,verify,verify
            ADDRESS_WRONG,RETURN,wait,back
            ADDRESS_RENAMED,RETRY,COLLECT POST_OFFICE,DELIVER POST_OFFICE
            ADDRESS_RENAMED,VERIFY,verify,verify
            MOVED,VERIFY,verify,verify
            MOVED,REDIRECT,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            MOVED,RETURN,wait,back
            UNKNOWN_PERSON,RETURN,wait,back
            UNKNOWN_PERSON,VERIFY,verify,verify
            DECEASED,RETURN,wait,back
            ACCESS_BLOCKED,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            OFFICE_CLOSED,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            OFFICE_CLOSED,RESCHEDULE,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            NO_TIME,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            MISSENT,FORWARD,forward,forward
            DAMAGED,INVESTIGATE,investigate,investigate
            LOST,INVESTIGATE,investigate,investigate
            OTHER,REVIEW,review,review
            OTHER,RETRY,COLLECT POSTAL_WORKER,DELIVER POSTAL_WORKER
            OTHER,HOLD,wait,hold
            """;

    private static final Map<String, String> SHORT_FOR = Map.of(
            "wait", "ASK_AGAIN CITIZEN citizen Thu+1 17:00 citizen-to-ask-again",
            "hold", "HAND_OUT POST_OFFICE %s Thu+1 17:00 hold",
            "back", "SEND_BACK POST_OFFICE %s Mon 17:00 reason-asks-return",
            "review", "REVIEW SUPERVISOR %s Tue 17:00 review",
            "verify", "VERIFY_ADDRESS AGENCY trung-tam-hcc Tue 17:00 verify-address",
            "forward", "FORWARD OPERATOR operator Tue 17:00 forward",
            "investigate", "INVESTIGATE OPERATOR operator Tue 17:00 investigate");

    static Stream<Arguments> table() {
        return TABLE.lines()
                .map(line -> line.split(","))
                .map(cells -> Arguments.of(
                        FailureReason.valueOf(cells[0]),
                        Action.valueOf(cells[1]),
                        inFull(cells[2], FROM),
                        inFull(cells[3], TO)));
    }

    private static String inFull(String cell, String office) {
        return SHORT_FOR.getOrDefault(cell, cell + " %s Tue 17:00 try-again").formatted(office);
    }

    @Test
    void the_table_has_every_action_every_reason_allows() {
        Set<String> allowed = Arrays.stream(FailureReason.values())
                .flatMap(reason -> reason.allowedActions().stream().map(action -> reason + "," + action))
                .collect(Collectors.toSet());

        assertThat(TABLE.lines().map(line -> line.replaceFirst("(\\w+,\\w+),.*", "$1")))
                .containsExactlyInAnyOrderElementsOf(allowed);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("table")
    void after_a_failed_pickup(FailureReason reason, Action action, String owed, String delivery) {
        Progress progress = fold(PICKUP, failed(PICKUP_FAILED, "Mon 10:00", reason, action));

        assertThat(said(Obligation.of(Leg.own(PICKUP), progress, Scan.DEADLINES)))
                .isEqualTo(owed);
        assertThat(said(Obligation.of(Leg.outside(PICKUP), progress, Scan.DEADLINES)))
                .isEqualTo(byCarrier(owed));
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @MethodSource("table")
    void after_a_failed_delivery(FailureReason reason, Action action, String pickup, String owed) {
        Progress progress =
                fold(RESULT, scan(RESULT_COLLECTED, "Mon 08:00"), failed(DELIVERY_FAILED, "Mon 10:00", reason, action));

        assertThat(said(Obligation.of(Leg.own(RESULT), progress, Scan.DEADLINES)))
                .isEqualTo(owed);
        assertThat(said(Obligation.of(Leg.outside(RESULT), progress, Scan.DEADLINES)))
                .isEqualTo(byCarrier(owed.replace("VERIFY_ADDRESS AGENCY trung-tam-hcc", "REVIEW SUPERVISOR 520300")));
    }

    private static String byCarrier(String owed) {
        return owed.replaceFirst("(POST_OFFICE|POSTAL_WORKER|SUPERVISOR) \\d{6}", "CARRIER carrier-x");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("table")
    void the_rule_names_the_reason_or_the_days_in_both_languages(
            FailureReason reason, Action action, String pickup, String delivery) {
        Progress progress = fold(RESULT, failed(DELIVERY_FAILED, "Mon 10:00", reason, action));

        Fired rule = Obligation.of(Leg.own(RESULT), progress, Scan.DEADLINES).rule();

        boolean hold = action == Action.HOLD;
        assertThat(rule.text().vi()).contains(hold ? "10 ngày" : reason.text().vi());
        assertThat(rule.text().en()).contains(hold ? "10 days" : reason.text().en());
    }

    @ParameterizedTest(name = "an item that cannot come back: {0}")
    @ValueSource(strings = {"PICKUP", "RETURN"})
    void what_nobody_takes_and_cannot_come_back_is_for_the_supervisor(LegKind kind) {
        Progress progress = fold(
                kind,
                scan(FACILITY_IN, "Mon 08:00").office(TO),
                failed(DELIVERY_FAILED, "Mon 10:00", FailureReason.REFUSED, null));

        assertThat(said(Obligation.of(Leg.own(kind), progress, Scan.DEADLINES)))
                .isEqualTo("REVIEW SUPERVISOR 520300 Tue 17:00 reason-asks-return");
    }

    @ParameterizedTest
    @CsvSource({"PICKUP, HAND_OVER", "TRANSFER, HAND_OVER", "RETURN, BRING_BACK"})
    void a_closed_agency_is_tried_again_the_next_working_day(LegKind kind, Act act) {
        Progress progress = fold(
                kind,
                scan(FACILITY_IN, "Sat 08:00").office(TO),
                failed(DELIVERY_FAILED, "Sat 10:00", FailureReason.OFFICE_CLOSED, null));

        assertThat(said(Obligation.of(Leg.own(kind), progress, Scan.DEADLINES)))
                .isEqualTo(act + " POSTAL_WORKER 520300 Mon+1 17:00 try-again");
    }

    @Test
    void a_hold_that_cannot_end_in_a_return_does_not_promise_one() {
        Progress progress = fold(PICKUP, scan(HELD_FOR_PICKUP, "Mon 10:00").office(TO));
        Fired inbound = Obligation.of(Leg.own(PICKUP), progress, Scan.DEADLINES).rule();
        Fired outbound = Obligation.of(
                        Leg.own(RESULT), fold(RESULT, scan(HELD_FOR_PICKUP, "Mon 10:00")), Scan.DEADLINES)
                .rule();

        assertThat(outbound.text().en()).contains("goes back");
        assertThat(inbound.text().en()).doesNotContain("goes back").contains("supervisor");
        assertThat(inbound.text().vi()).doesNotContain("chuyển hoàn").contains("trưởng bưu cục");
    }

    @Test
    void an_agreed_day_is_the_deadline_unless_it_is_over() {
        Scan appointment = failed(DELIVERY_FAILED, "Mon 10:00", FailureReason.APPOINTMENT, null);

        assertThat(afterFailures(Rules.DEFAULT, appointment.agreed("Sat")))
                .isEqualTo("DELIVER POSTAL_WORKER 520300 Sat 17:00 try-again");
        assertThat(afterFailures(
                        Rules.DEFAULT,
                        failed(DELIVERY_FAILED, "Mon 18:00", FailureReason.APPOINTMENT, null)
                                .agreed("Mon")))
                .isEqualTo("DELIVER POSTAL_WORKER 520300 Tue 17:00 try-again");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void after_the_last_attempt_the_result_goes_back(int attempts) {
        Rules rules = rules("bocau.rules.attempts", String.valueOf(attempts));
        Scan[] failures = IntStream.range(0, attempts)
                .mapToObj(i -> failed(DELIVERY_FAILED, "Mon 1" + i + ":00", FailureReason.ABSENT, null))
                .toArray(Scan[]::new);

        assertThat(afterFailures(rules, Arrays.copyOf(failures, attempts - 1)))
                .isNotEqualTo("SEND_BACK POST_OFFICE 520300 Mon 17:00 attempts-used-up");
        assertThat(afterFailures(rules, failures)).isEqualTo("SEND_BACK POST_OFFICE 520300 Mon 17:00 attempts-used-up");
        Fired rule = Obligation.of(Leg.own(RESULT), fold(RESULT, failures), Scan.by(rules))
                .rule();
        assertThat(rule.text().vi()).contains(attempts + " lần");
        assertThat(rule.text().en()).contains(attempts == 1 ? "one attempt" : "All " + attempts + " attempts");
    }

    @Test
    void after_the_last_attempt_the_citizen_asks_for_the_pickup_again() {
        Progress progress = fold(
                PICKUP,
                failed(PICKUP_FAILED, "Mon 10:00", FailureReason.ABSENT, null),
                failed(PICKUP_FAILED, "Tue 10:00", FailureReason.ABSENT, null));

        assertThat(said(Obligation.of(Leg.own(PICKUP), progress, Scan.DEADLINES)))
                .isEqualTo("ASK_AGAIN CITIZEN citizen Fri+1 17:00 attempts-used-up");
    }

    @ParameterizedTest
    @CsvSource({"NO_TIME", "ACCESS_BLOCKED", "OFFICE_CLOSED", "APPOINTMENT", "ADDRESS_RENAMED"})
    void what_is_not_the_receiver_s_doing_sends_nothing_back_after_the_receiver_asked_again(FailureReason reason) {
        String owed = afterFailures(
                Rules.DEFAULT,
                failed(DELIVERY_FAILED, "Mon 10:00", FailureReason.ABSENT, null),
                failed(DELIVERY_FAILED, "Tue 10:00", FailureReason.ABSENT, null),
                scan(REDELIVERY_REQUESTED, "Tue 15:00"),
                failed(DELIVERY_FAILED, "Wed 10:00", reason, null));

        assertThat(owed).startsWith("DELIVER ").endsWith(" 520300 Thu 17:00 try-again");
    }

    @ParameterizedTest
    @CsvSource({"5d, 5, Sat 17:00", "10d, 10, Thu+1 17:00"})
    void the_hold_ends_after_its_days_and_says_so(String hold, int days, String due) {
        Rules rules = rules("bocau.rules.hold", hold);
        Progress progress = fold(RESULT, scan(HELD_FOR_PICKUP, "Mon 10:00"));
        Obligation owed = Obligation.of(Leg.own(RESULT), progress, Scan.by(rules));

        assertThat(said(owed)).isEqualTo("HAND_OUT POST_OFFICE 520300 " + due + " hold");
        assertThat(owed.rule().text().vi()).contains(days + " ngày");
        assertThat(owed.rule().text().en()).contains(days + " days");
    }

    @Test
    void without_configuration_there_are_2_attempts_and_10_days() {
        assertThat(rules("bocau.rules.nothing", "said")).isEqualTo(Rules.DEFAULT);
        assertThat(Rules.DEFAULT.attempts()).isEqualTo(2);
        assertThat(Rules.DEFAULT.hold()).isEqualTo(Duration.ofDays(10));
    }

    private static String afterFailures(Rules rules, Scan... failures) {
        Scan[] story = Stream.concat(
                        Stream.of(scan(RESULT_COLLECTED, "Mon 08:00").office(FROM)), Arrays.stream(failures))
                .toArray(Scan[]::new);
        return said(Obligation.of(Leg.own(RESULT), fold(RESULT, story), Scan.by(rules)));
    }

    /** As Spring binds them from the environment. */
    private static Rules rules(String property, String value) {
        return new Binder(new MapConfigurationPropertySource(Map.of(property, value)))
                .bindOrCreate("bocau.rules", Rules.class);
    }
}
