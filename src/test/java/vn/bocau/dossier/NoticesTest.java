package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Proxy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.NotYet;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Sending;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.out.Dialects;

/** What citizens are told by a message: each thing once, in order, not at night, and nothing that does not hold any more. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NoticesTest {

    private final Domain at = new Domain();

    /** What is told in a test it looks at itself, at the hour it says: who carries it would look by the hour it is. */
    @BeforeEach
    void nobodyCarriesIt() {
        line("PAUSED");
        nothingOfOtherTestsIsDue();
    }

    @AfterEach
    void othersMayBeTold() {
        nothingOfOtherTestsIsDue();
        line("OPEN");
    }

    private static void line(String state) {
        Domain.hub()
                .db()
                .sql("update line set state = :state where partner = 'tin-nhan'")
                .param("state", state)
                .update();
    }

    /** What was told of them lies on a line that rests at night, and would be looked at again. */
    private static void nothingOfOtherTestsIsDue() {
        nothingIsOnItsWay();
        Domain.hub().db().sql("truncate notice").update();
    }

    /** As if the notifier had what it was told. */
    private static void nothingIsOnItsWay() {
        Domain.hub()
                .db()
                .sql("update message set state = 'DISCARDED', closed_at = clock_timestamp()"
                        + " where kind = 'notice' and state in ('PENDING', 'QUEUED', 'PARKED')")
                .update();
    }

    @Test
    void each_thing_is_told_once_in_the_order_in_which_it_was() {
        String item = atTheOffice();
        holds(at.report(at.scan("OUT_FOR_DELIVERY", item)), "RECORDED");
        holds(at.report(failed(item, "ABSENT", "RETRY")), "RECORDED");
        tell(noon());
        holds(at.report(at.scan("HELD_FOR_PICKUP", item)), "RECORDED");
        tell(noon());
        tell(noon());
        holds(at.report(at.delivered(item, at.signature())), "RECORDED");
        tell(noon());
        tell(noon());

        assertThat(whats()).containsExactly("TRIED", "HELD", "DELIVERED");
        List<JsonNode> told = at.told("tin-nhan", "notice");
        assertThat(told)
                .allSatisfy(body -> assertThat(body.path("telephone").asText()).isEqualTo("0900000001"))
                .allSatisfy(body -> assertThat(body.path("link").asText())
                        .matches("https://localhost:8443/track/[A-Za-z0-9_-]{40}"));
        assertThat(told.get(0).path("link").asText())
                .as("what is passed on changes nothing")
                .isEqualTo(Domain.bean(CitizenLinks.class)
                        .toLookAt(Domain.bean(Dossiers.class).named(at.code).orElseThrow(), "0900000001"));
        assertThat(told.get(0).path("reason").asText()).isEqualTo("ABSENT");
        assertThat(told.get(0).path("then").asText()).isEqualTo("AGAIN");
        assertThat(told.get(0).path("day").asText()).isNotEmpty();
        assertThat(told.get(0).path("validUntil").asText())
                .as("no longer than to the end of the day it names")
                .isLessThanOrEqualTo(told.get(0).path("day").asText() + "T17:00:00+07:00");
        assertThat(told.get(1).path("validUntil").asText())
                .as("it may be fetched any day")
                .isLessThan(LocalDate.now(Rules.ZONE).plusDays(3).toString());
        assertThat(told.get(1).path("office").asText()).isEqualTo("Bưu cục Đông Hà");
        assertThat(told.get(1).path("until").asText())
                .isEqualTo(LocalDate.now(Rules.ZONE).plusDays(10).toString());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void of_a_message_nothing_personal_stands_beside_its_body_or_in_the_log(CapturedOutput log) {
        String item = atTheOffice();
        holds(at.report(failed(item, "ABSENT", "RETRY")), "RECORDED");
        tell(noon());
        assertThatThrownBy(() -> bring(
                        "address",
                        "RESULT",
                        json("{\"address\": {\"commune\": \"19333\", \"street\": \"34 đường Thử\"}}"),
                        "CODE"))
                .isInstanceOf(Refused.class)
                .message()
                .doesNotContain("0900000001", "34 đường Thử");
        assertThat(log.getAll()).doesNotContain("0900000001", "/track/", "34 đường Thử");

        String row = Domain.hub()
                .db()
                .sql("select (to_jsonb(m) - 'body')::text from message m where kind = 'notice' and subject = :code")
                .param("code", at.code)
                .query(String.class)
                .single();

        assertThat(row).contains(at.code, "TRIED").doesNotContain("0900000001", "track/", "Mẫu");
    }

    @Test
    void who_is_to_come_is_told_the_evening_before_and_not_once_it_holds_no_more() {
        at.accept(at.pickupAlone());
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");
        List<LocalDate> days = offer().days();
        choose(days.get(3));
        tell(on(days.get(3).minusDays(1), "16:59"));
        assertThat(whats()).as("not yet").isEmpty();
        choose(days.get(4));
        tell(on(days.get(3).minusDays(1), "17:00"));
        assertThat(whats()).as("another day since").isEmpty();

        tell(on(days.get(4).minusDays(1), "17:00"));
        tell(on(days.get(4).minusDays(1), "20:59"));

        JsonNode body = only();
        assertThat(body.path("what").asText()).isEqualTo("COMING");
        assertThat(body.path("day").asText()).isEqualTo(days.get(4).toString());
        assertThat(body.path("validUntil").asText()).startsWith(days.get(4) + "T17:00");
    }

    @Test
    void a_day_that_is_chosen_again_is_told_after_all() {
        at.accept(at.pickupAlone());
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");
        LocalDate day = offer().days().get(3);
        choose(day);
        choose(offer().days().get(4));
        tell(on(day.minusDays(1), "17:00"));
        choose(day);
        tell(on(day.minusDays(1), "17:00"));

        assertThat(only().path("day").asText()).isEqualTo(day.toString());
    }

    @Test
    void what_is_planned_for_a_day_that_has_passed_is_not_told() {
        at.accept(at.pickupAlone());
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");
        LocalDate day = offer().days().get(2);
        choose(day);

        tell(on(day.plusDays(1), "08:00"));

        assertThat(whats()).isEmpty();
        assertThat(states()).doesNotContain("DUE");
    }

    @Test
    void an_old_report_that_comes_late_says_nothing_of_what_was_planned_then() {
        String item = atTheOffice();
        holds(at.report(at.scan("OUT_FOR_DELIVERY", item)), "RECORDED");
        holds(at.report(at.delivered(item, at.signature())), "RECORDED");
        holds(
                at.report(
                        "to-truong",
                        "POSTAL_SUPERVISOR",
                        "520100",
                        failed(item, "ABSENT", "RETRY")
                                .with(
                                        "occurredAt",
                                        Instant.now()
                                                .minusSeconds(3600)
                                                .atZone(Rules.ZONE)
                                                .toOffsetDateTime()
                                                .toString())),
                "RECORDED");

        tell(noon());

        assertThat(whats()).containsExactly("DELIVERED");
    }

    @ParameterizedTest
    @CsvSource({"21:00, 0", "23:59, 0", "00:00, 0", "06:59, 0", "07:00, 1", "20:59, 1"})
    void nobodys_telephone_rings_at_night(String time, int told) {
        holds(at.report(failed(atTheOffice(), "ABSENT", "RETRY")), "RECORDED");

        tell(on(LocalDate.now(Rules.ZONE).plusDays(1), time));

        assertThat(whats().stream().filter("TRIED"::equals)).hasSize(told);
    }

    @Test
    void what_was_held_back_at_night_and_is_over_by_the_morning_is_not_told() {
        String item = atTheOffice();
        holds(at.report(failed(item, "ABSENT", "RETRY")), "RECORDED");
        tell(on(LocalDate.now(Rules.ZONE).plusDays(1), "05:00"));
        holds(at.report(at.delivered(item, at.signature())), "RECORDED");

        tell(on(LocalDate.now(Rules.ZONE).plusDays(1), "07:00"));

        assertThat(whats()).containsExactly("DELIVERED");
    }

    @Test
    void what_was_voided_is_never_told() {
        Domain.Scan wrong = failed(atTheOffice(), "ABSENT", "RETRY");
        holds(at.report(wrong), "RECORDED");
        Domain.undo(wrong);

        tell(noon());

        assertThat(whats()).doesNotContain("TRIED");
    }

    @Test
    void what_is_reported_twice_is_told_once() {
        Domain.Scan inVain = failed(atTheOffice(), "ABSENT", "RETRY");
        holds(at.report(inVain), "RECORDED");
        tell(noon());
        holds(at.report(inVain), "KNOWN");
        tell(noon());

        assertThat(whats()).containsExactly("TRIED");
    }

    @Test
    void two_nodes_whose_clocks_strike_at_once_tell_it_once() {
        holds(at.report(failed(atTheOffice(), "ABSENT", "RETRY")), "RECORDED");

        int told = IntStream.range(0, 4)
                .parallel()
                .map(node -> Domain.bean(Notices.class).tellAt(noon()))
                .sum();

        assertThat(told).isEqualTo(1);
        assertThat(whats()).containsExactly("TRIED");
    }

    @Test
    void the_map_itself_tells_it_unless_it_is_night() throws Exception {
        holds(at.report(failed(atTheOffice(), "ABSENT", "RETRY")), "RECORDED");
        boolean night = Domain.bean(NoticeSettings.class).quiet(Instant.now());
        CamelContext camel = Domain.bean(CamelContext.class);

        camel.getRoute("notices").getProcessor().process(new DefaultExchange(camel));

        assertThat(stateOf("TRIED")).isEqualTo(night ? "DUE" : "TOLD");
    }

    @Test
    void what_the_worker_holds_is_said_to_lie_at_the_counter_once_it_is_there() {
        String item = atTheOffice();
        holds(at.report(at.scan("OUT_FOR_DELIVERY", item)), "RECORDED");
        holds(at.report(failed(item, "OWN_PICKUP", "HOLD")), "RECORDED");
        tellToday("TRIED");

        JsonNode tried = only();
        assertThat(tried.path("then").asText()).isEqualTo("HELD");
        assertThat(tried.path("from").asText())
                .isGreaterThan(LocalDate.now(Rules.ZONE).toString());
        assertThat(stateOf("HELD")).isEqualTo("DUE");

        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");
        assertThat(at.step("RESULT")).isEqualTo("DELIVERY_FAILED");
        tell(noon());
        tell(noon());

        assertThat(whats()).containsExactly("TRIED", "HELD");
        assertThat(at.told("tin-nhan", "notice").get(1).path("until").asText())
                .isEqualTo(tried.path("until").asText());
    }

    @Test
    void the_receivers_death_is_told_to_no_telephone() {
        holds(at.report(failed(atTheOffice(), "DECEASED", "RETURN")), "RECORDED");

        tell(noon());

        assertThat(whats()).isEmpty();
    }

    @Test
    void a_landline_is_sent_nothing() {
        ObjectNode asked = at.pickupAlone();
        asked.withObject("/pickup/sender").put("phone", "02333852123");
        at.accept(asked);
        holds(
                at.report(at.scan("PICKUP_FAILED", at.item("PICKUP"))
                        .with("reason", "ABSENT")
                        .with("action", "HOLD")),
                "RECORDED");

        tell(noon());

        assertThat(whats()).isEmpty();
    }

    @Test
    void papers_the_agency_asks_for_are_told_while_it_still_does() {
        at.accept(at.pickupAlone());
        at.decide("supplement", supplement());
        tell(noon());
        at.decide("supplement", supplement());
        at.received();
        tell(noon());

        assertThat(whats()).containsExactly("SUPPLEMENT");
    }

    @Test
    void papers_asked_for_are_told_whoever_sent_the_others_and_not_whoever_gets_the_result() {
        for (String phone : List.of("0900000001", "02333852000")) {
            Domain one = new Domain();
            ObjectNode asked = one.both();
            asked.withObject("/pickup/sender").put("phone", phone);
            asked.withObject("/result/receiver").put("name", "Lê Văn Em").put("phone", "0900000002");
            one.accept(asked);
            one.decide("supplement", ((ObjectNode) supplement()).put("dossier", one.code));
            tell(noon());

            assertThat(one.told("tin-nhan", "notice"))
                    .filteredOn(body -> body.path("what").asText().equals("SUPPLEMENT"))
                    .extracting(body -> body.path("telephone").asText())
                    .as("a landline reads no message, and his relative is not told instead")
                    .containsExactlyElementsOf(phone.equals("0900000001") ? List.of(phone) : List.of());
        }
    }

    @Test
    void a_pickup_in_vain_says_until_when_to_ask_again() {
        at.accept(at.pickupAlone());
        holds(
                at.report(at.scan("PICKUP_FAILED", at.item("PICKUP"))
                        .with("reason", "ABSENT")
                        .with("action", "HOLD")),
                "RECORDED");
        tell(noon());

        assertThat(only().path("then").asText()).isEqualTo("ASK");
        assertThat(only().path("until").asText())
                .isEqualTo(LocalDate.now(Rules.ZONE).plusDays(10).toString());
    }

    @Test
    void whoever_has_the_telephone_hears_that_the_address_was_changed() {
        atTheOffice();
        bring(
                "address",
                "RESULT",
                json("{\"address\": {\"commune\": \"19333\", \"street\": \"34 đường Thử\"}}"),
                "MESSAGE");
        tell(noon());

        assertThat(whats()).filteredOn(what -> !what.equals("COMING")).containsExactly("MOVED");
    }

    @Test
    void of_a_move_nobody_is_told_that_went_to_another_door_by_then() {
        at.accept(at.resultAlone());
        moved("34 đường Thử");
        ObjectNode asked =
                Domain.JSON.createObjectNode().put("dossier", at.code).put("leg", "RESULT");
        asked.set("party", Domain.party("19333"));
        ((ObjectNode) asked.at("/party/address")).put("street", "56 đường Thử");
        Domain.bean(Requests.class).changeAddress(Domain.in("dvcqg", "portal.change-address", asked));
        tell(noon());
        assertThat(stateOf("MOVED")).as("no handling says so").isEqualTo("STALE");
    }

    @Test
    void of_a_move_nobody_is_told_when_it_has_arrived() {
        String item = atTheOffice();
        moved("34 đường Thử");
        holds(at.report(at.scan("OUT_FOR_DELIVERY", item)), "RECORDED");
        holds(at.report(at.delivered(item, at.signature())), "RECORDED");
        tell(noon());
        assertThat(whats()).containsExactly("DELIVERED");
    }

    private void moved(String street) {
        bring(
                "address",
                "RESULT",
                json("{\"address\": {\"commune\": \"19333\", \"street\": \"%s\"}}", street),
                "MESSAGE");
    }

    @Test
    void a_link_is_sent_where_it_was_asked_for_at_most_once_an_hour() {
        atTheOffice();
        bring("link", "RESULT", json("{}"), "CODE");
        bring("link", "RESULT", json("{}"), "CODE");
        tell(noon());
        askedAgo("59 minutes");
        bring("link", "RESULT", json("{}"), "CODE");
        tell(noon());
        assertThat(whats()).containsExactly("LINK");

        askedAgo("61 minutes");
        bring("link", "RESULT", json("{}"), "CODE");
        tell(noon());

        assertThat(Domain.hub()
                        .db()
                        .sql("select count(*) from notice where what = 'LINK'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    private static void askedAgo(String time) {
        Domain.hub()
                .db()
                .sql("update notice set about = replace(cast(now() - cast(:time as interval) as text), ' ', 'T') || ' '"
                        + " || split_part(about, ' ', 2) where what = 'LINK'")
                .param("time", time)
                .update();
    }

    @Test
    void a_wish_that_turns_out_to_have_come_too_late_is_told_with_what_holds_instead() {
        String item = atTheOffice();
        Domain.Scan out = at.scan("OUT_FOR_DELIVERY", item);
        Domain.Scan delivered = at.delivered(item, at.signature());
        bring("hold", "RESULT", json("{}"), "CODE");
        assertThat(at.step("RESULT")).isEqualTo("HELD");
        assertThat(offer().tooLate()).isNull();

        holds(at.report(out), "RECORDED");
        tell(noon());
        assertThat(only().path("what").asText()).isEqualTo("TOO_LATE");
        assertThat(only().path("asked").asText()).isEqualTo("OFFICE");
        assertThat(only().path("then").asText()).isEqualTo("COMING");
        assertThat(offer().tooLate()).isNotNull().asString().contains("Đang đi phát", "Out for delivery");
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("OUT_FOR_DELIVERY", "OFFICE_TOO_LATE");
        assertThat(at.facts().path("events"))
                .anySatisfy(event -> assertThat(event.path("code").asText()).isEqualTo("OFFICE_TOO_LATE"));

        holds(at.report(delivered), "RECORDED");
        tell(noon());
        assertThat(whats()).as("once").containsExactly("TOO_LATE", "DELIVERED");
        assertThat(offer().tooLate()).isNotNull();
    }

    @Test
    void nobody_is_sent_to_the_counter_for_what_a_worker_still_has_on_the_road() {
        String item = atTheOffice();
        holds(at.report(at.scan("OUT_FOR_DELIVERY", item)), "RECORDED");
        holds(at.report(failed(item, "ABSENT", "RETRY")), "RECORDED");
        Instant morning = on(offer().days().get(0), "07:00");
        bring("hold", "RESULT", json("{}"), "CODE");
        assertThat(at.step("RESULT")).isEqualTo("HELD");
        assertThat(due("HELD")).isEqualTo(morning);

        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");
        assertThat(due("HELD")).as("it was seen there").isBeforeOrEqualTo(Instant.now());
        tell(morning);

        assertThat(whats()).containsExactly("HELD");
    }

    private static Instant due(String what) {
        return Domain.hub()
                .db()
                .sql("select due_at from notice where what = :what")
                .param("what", what)
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    @Test
    void a_wish_that_was_too_late_only_by_mistake_is_told_to_nobody() {
        String item = atTheOffice();
        Domain.Scan out = at.scan("OUT_FOR_DELIVERY", item);
        bring("day", "RESULT", json("{\"day\": \"%s\"}", offer().days().get(2)), "CODE");
        holds(at.report(out), "RECORDED");
        assertThat(offer().tooLate()).isNotNull();
        Domain.undo(out);

        tell(noon());

        assertThat(whats()).doesNotContain("TOO_LATE");
        assertThat(offer().tooLate()).isNull();
        assertThat(offer().agreed()).isEqualTo(offer().days().get(2));
    }

    @Test
    void a_delivery_is_told_once_also_when_another_handling_proves_it_later_and_after_it_was_voided() {
        String item = atTheOffice();
        Domain.Scan doubtful = at.delivered(item, "b".repeat(64));
        holds(at.report(doubtful), "RECORDED");
        tell(noon());
        Domain.Scan proven = at.delivered(item, at.signature());
        holds(at.report(proven), "CONFLICT");
        at.sign(proven);
        tell(noon());
        Domain.undo(doubtful);
        tell(noon());

        assertThat(at.leg("RESULT").at("/step/code").asText()).isEqualTo("DELIVERED");
        assertThat(whats()).containsExactly("DELIVERED");
    }

    @Test
    void a_delivery_that_was_told_and_then_voided_is_taken_back_and_the_real_one_is_told() {
        String item = atTheOffice();
        Domain.Scan another = toldAsDelivered(item);
        Domain.undo(another);
        tell(noon());
        tell(noon());
        assertThat(whatsOfDelivering()).containsExactly("DELIVERED", "NOT_DELIVERED");

        holds(at.report(at.delivered(item, at.signature())), "RECORDED");
        tell(noon());
        tell(noon());

        assertThat(whatsOfDelivering()).containsExactly("DELIVERED", "NOT_DELIVERED", "DELIVERED");
        List<JsonNode> told = ofDelivering();
        assertThat(told.get(2).path("id").asText())
                .as("whoever had the first sends it all the same")
                .isNotEqualTo(told.get(0).path("id").asText());
        assertThat(isOvertaken(waiting(), noon())).isFalse();
    }

    @Test
    void a_delivery_that_was_voided_before_its_message_left_is_not_taken_back() {
        String item = atTheOffice();
        Domain.Scan another = toldAsDelivered(item);
        Sending first = waiting();
        Domain.undo(another);

        assertThat(isOvertaken(first, noon())).isTrue();
        tell(noon());
        assertThat(whatsOfDelivering()).containsExactly("DELIVERED");
        assertThat(stateOf("DELIVERED")).isEqualTo("STALE");

        holds(at.report(at.delivered(item, at.signature())), "RECORDED");
        tell(noon());
        assertThat(whatsOfDelivering()).containsExactly("DELIVERED", "DELIVERED");
        assertThat(isOvertaken(waiting(), noon())).isFalse();
    }

    @Test
    void that_nothing_was_delivered_is_not_told_once_it_is_delivered_after_all() {
        String item = atTheOffice();
        Domain.Scan another = toldAsDelivered(item);
        Domain.undo(another);
        holds(at.report(at.delivered(item, at.signature())), "RECORDED");
        tell(noon());

        assertThat(whats()).containsExactly("DELIVERED", "DELIVERED");
    }

    @Test
    void a_delivery_that_is_voided_twice_before_anybody_looks_is_taken_back() {
        String item = atTheOffice();
        Domain.Scan first = toldAsDelivered(item);
        nothingIsOnItsWay();
        Domain.undo(first);
        deliveredAndVoided(item);

        tell(noon());
        tell(noon());

        assertThat(whatsOfDelivering()).containsExactly("DELIVERED", "NOT_DELIVERED");
        assertThat(isOvertaken(waiting("NOT_DELIVERED"), noon())).isFalse();
    }

    @Test
    void that_nothing_was_delivered_is_told_though_it_was_overtaken_by_another_delivery_that_was_none() {
        String item = atTheOffice();
        Domain.Scan first = toldAsDelivered(item);
        nothingIsOnItsWay();
        Domain.undo(first);
        tell(noon());
        Sending back = waiting("NOT_DELIVERED");
        Domain.Scan second = at.delivered(item, at.signature());
        holds(at.report(second), "RECORDED");
        assertThat(isOvertaken(back, noon())).isTrue();
        Domain.undo(second);

        tell(noon());

        assertThat(whatsOfDelivering()).containsExactly("DELIVERED", "NOT_DELIVERED", "NOT_DELIVERED");
        assertThat(isOvertaken(waiting("NOT_DELIVERED"), noon())).isFalse();
    }

    private void deliveredAndVoided(String item) {
        Domain.Scan none = at.delivered(item, at.signature());
        holds(at.report(none), "RECORDED");
        Domain.undo(none);
    }

    @Test
    void a_visit_that_was_announced_and_is_called_off_is_taken_back() {
        Instant evening = announced();
        nothingIsOnItsWay();
        at.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Sai thẩm quyền\"]}", at.code));
        assertThat(at.step("PICKUP")).isEqualTo("CANCELLED");

        tell(evening);
        tell(evening);

        assertThat(whats()).containsExactly("COMING", "NOT_COMING");
        List<JsonNode> told = at.told("tin-nhan", "notice");
        assertThat(told.get(1).path("day").asText())
                .isEqualTo(told.get(0).path("day").asText());
        assertThat(told.get(1).path("validUntil").asText())
                .isEqualTo(told.get(0).path("validUntil").asText());
        assertThat(isOvertaken(waiting(), evening)).isFalse();
        assertThat(isOvertaken(waiting(), evening.plus(Duration.ofDays(2))))
                .as("the day is over")
                .isTrue();
    }

    @Test
    void who_is_to_come_after_all_is_announced_anew() {
        Instant evening = announced();
        nothingIsOnItsWay();
        Domain.Scan cancelled = at.scan("CANCELLED", at.item("PICKUP"));
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", cancelled), "RECORDED");
        tell(evening);
        nothingIsOnItsWay();
        Domain.undo(cancelled);
        tell(evening);

        assertThat(whats()).containsExactly("COMING", "NOT_COMING", "COMING");
        List<JsonNode> told = at.told("tin-nhan", "notice");
        assertThat(told.get(2).path("id").asText())
                .as("whoever had the first sends it all the same")
                .isNotEqualTo(told.get(0).path("id").asText());
        assertThat(isOvertaken(waiting(), evening)).isFalse();
    }

    @Test
    void who_is_to_come_today_after_all_is_announced_anew() {
        announced();
        nothingIsOnItsWay();
        itIsTheDay();
        Domain.Scan cancelled = at.scan("CANCELLED", at.item("PICKUP"));
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", cancelled), "RECORDED");
        tellToday("%");
        nothingIsOnItsWay();
        Domain.undo(cancelled);
        tellToday("%");
        tellToday("%");

        assertThat(whats()).containsExactly("COMING", "NOT_COMING", "COMING");
        assertThat(at.told("tin-nhan", "notice").get(2).path("day").asText())
                .isEqualTo(LocalDate.now(Rules.ZONE).toString());
    }

    /** All of it was agreed and told yesterday, for today. */
    private void itIsTheDay() {
        LocalDate today = LocalDate.now(Rules.ZONE);
        Domain.hub()
                .db()
                .sql(
                        "with row as (update notice set about = :about where leg = :leg and what = 'COMING' and state = 'TOLD')"
                                + " update handling set happened_at = happened_at - interval '1 day',"
                                + " next_date = case when next_date is not null then cast(:today as date) end where leg = :leg")
                .param("about", today.toString())
                .param("today", today)
                .param("leg", leg("PICKUP"))
                .update();
    }

    /** At whatever hour this runs. */
    private static void tellToday(String what) {
        Instant noon = on(LocalDate.now(Rules.ZONE), "12:00");
        Domain.hub()
                .db()
                .sql("update notice set due_at = :noon where state = 'DUE' and what like :what")
                .param("what", what)
                .param("noon", Timestamp.from(noon))
                .update();
        tell(noon);
    }

    @Test
    void what_is_damaged_may_come_as_announced() {
        String item = atTheOffice();
        Domain.hub()
                .db()
                .sql("insert into notice (leg, what, about, due_at, state)"
                        + " values (:leg, 'COMING', :about, clock_timestamp(), 'TOLD')")
                .param("leg", leg("RESULT"))
                .param("about", LocalDate.now(Rules.ZONE).plusDays(1).toString())
                .update();
        holds(at.report(at.scan("DAMAGED", item)), "RECORDED");
        assertThat(at.step("RESULT")).isEqualTo("DAMAGED");
        tell(noon());
        assertThat(whats()).isEmpty();
    }

    @Test
    void a_visit_that_was_announced_and_is_to_be_on_another_day_is_announced_for_that_alone() {
        Instant evening = announced();
        choose(offer().days().get(3));
        tell(evening);
        assertThat(whats()).containsExactly("COMING");
    }

    @Test
    void a_visit_of_which_nobody_was_told_yet_is_not_taken_back() {
        Instant evening = announced();
        Sending coming = waiting();
        at.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Sai thẩm quyền\"]}", at.code));
        assertThat(isOvertaken(coming, evening)).isTrue();

        tell(evening);

        assertThat(whats()).containsExactly("COMING");
    }

    @Test
    void a_visit_of_which_somebody_may_have_been_told_though_no_answer_came_is_taken_back() {
        Instant evening = announced();
        Sending coming = waiting();
        at.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Sai thẩm quyền\"]}", at.code));
        assertThat(isOvertaken(tried(coming), evening)).isTrue();

        tell(evening);
        tell(evening);

        assertThat(whats()).containsExactly("COMING", "NOT_COMING");
        assertThat(isOvertaken(waiting("NOT_COMING"), evening)).isFalse();
    }

    /** The same at its second attempt. */
    private static Sending tried(Sending one) {
        return new Sending(
                one.seq(),
                one.id(),
                one.partner(),
                one.kind(),
                one.key(),
                one.subject(),
                one.body(),
                2,
                one.until(),
                one.trace());
    }

    /** Who comes to fetch papers the day after. */
    private Instant announced() {
        at.accept(at.pickupAlone());
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");
        LocalDate day = offer().days().get(1);
        choose(day);
        Instant evening = on(day.minusDays(1), "18:00");
        tell(evening);
        assertThat(whats()).containsExactly("COMING");
        return evening;
    }

    @Test
    void where_an_outside_carrier_holds_it_and_until_when_it_is_to_be_asked() {
        String item = withACarrier();
        holds(at.heard("ems", item, "HELD_FOR_PICKUP"), "RECORDED");
        tell(noon());
        holds(at.heard("ems", item, "HELD_FOR_PICKUP"), "RECORDED");
        tell(noon());

        JsonNode held = only();
        assertThat(held.path("what").asText()).isEqualTo("HELD");
        assertThat(held.path("then").asText()).isEqualTo("CARRIER");
        assertThat(held.path("hotline").asText()).isEqualTo("1900 0001");
        assertThat(held.has("until")).as("nobody told us").isFalse();
        assertThat(held.has("office")).as("nobody told us").isFalse();
    }

    @Test
    void what_an_outside_carrier_does_after_it_came_in_vain_is_not_foretold() {
        String item = withACarrier();
        holds(at.heard("ems", item, "DELIVERY_FAILED"), "RECORDED");
        tell(noon());

        assertThat(only().path("then").asText()).isEqualTo("SEE");
        assertThat(only().has("day")).isFalse();
    }

    /** Of a commune that EMS serves. */
    private String withACarrier() {
        ObjectNode asked = at.resultAlone();
        asked.withObject("/result").set("receiver", Domain.party("18997"));
        at.accept(asked);
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.heard("ems", item, "RESULT_COLLECTED"), "RECORDED");
        return item;
    }

    /** As it waits in the line while the notifier is away, whoever carries it then. */
    @Test
    void what_waits_in_the_line_and_is_overtaken_there_is_not_sent() {
        at.accept(at.pickupAlone());
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");
        LocalDate day = offer().days().get(1);
        choose(day);
        tell(on(day.minusDays(1), "18:00"));
        assertThat(only().path("what").asText()).isEqualTo("COMING");
        Sending waiting = waiting();
        assertThatThrownBy(() -> Domain.bean(Dialects.class).speak(waiting))
                .as("nobody answers, or it is night")
                .isInstanceOfAny(Unavailable.class, NotYet.class);

        choose(offer().days().get(2));

        assertThat(Domain.bean(Dialects.class).speak(waiting)).contains("không gửi");
    }

    @Test
    void what_waited_goes_to_no_telephone_that_is_another_s_now_and_once_to_the_right_one() {
        at.accept(at.pickupAlone());
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");
        LocalDate day = offer().days().get(1);
        choose(day);
        Instant evening = on(day.minusDays(1), "18:00");
        tell(evening);
        Sending stranger = waiting();
        assertThat(isOvertaken(stranger, evening)).isFalse();

        corrected("0911111111");

        assertThat(isOvertaken(stranger, evening)).isTrue();
        tell(evening);
        tell(evening);
        assertThat(isOvertaken(stranger, evening))
                .as("asked again: whoever carried it died")
                .isTrue();
        tell(evening);
        List<JsonNode> told = at.told("tin-nhan", "notice");
        assertThat(told)
                .extracting(body ->
                        body.path("telephone").asText() + " " + body.path("day").asText())
                .containsExactly("0900000001 " + day, "0911111111 " + day);
        assertThat(told.get(1).path("id").asText())
                .isNotEqualTo(told.get(0).path("id").asText());
        assertThat(isOvertaken(waiting(), evening)).isFalse();
    }

    @Test
    void what_was_overtaken_on_its_way_and_is_true_again_is_told_and_known_by_who_had_it() {
        at.accept(at.pickupAlone());
        holds(at.report(at.scan("PICKUP_ACCEPTED", at.item("PICKUP"))), "RECORDED");
        LocalDate day = offer().days().get(1);
        choose(day);
        Instant evening = on(day.minusDays(1), "18:00");
        tell(evening);
        Sending first = waiting();
        choose(offer().days().get(2));
        assertThat(isOvertaken(first, evening)).isTrue();
        choose(day);
        assertThat(isOvertaken(first, evening))
                .as("it is over, whatever holds now")
                .isTrue();

        tell(evening);
        tell(evening);

        List<JsonNode> told = at.told("tin-nhan", "notice");
        assertThat(told).extracting(body -> body.path("day").asText()).containsExactly(day.toString(), day.toString());
        assertThat(told.get(1).path("id").asText())
                .as("should the first have arrived after all")
                .isEqualTo(told.get(0).path("id").asText());
        assertThat(isOvertaken(waiting(), evening)).isFalse();
    }

    @Test
    void what_is_no_leg_of_ours_fails_loudly() {
        Sending nobodys = new Sending(
                1,
                UUID.randomUUID(),
                "tin-nhan",
                "notice",
                "notice-" + UUID.randomUUID() + "-0-DELIVERED-",
                at.code,
                json("{\"telephone\": \"0900000001\"}"),
                1,
                Instant.now(),
                null);

        assertThatThrownBy(() -> isOvertaken(nobodys, noon())).isInstanceOf(EmptyResultDataAccessException.class);
    }

    @Test
    void by_night_nothing_leaves_whenever_its_line_goes_on() {
        holds(at.report(failed(atTheOffice(), "ABSENT", "RETRY")), "RECORDED");
        tell(noon());
        Sending waiting = waiting();
        Instant night = on(LocalDate.now(Rules.ZONE).plusDays(2), "02:00");

        assertThat(isOvertaken(waiting, noon())).isFalse();
        assertThatThrownBy(() -> Domain.bean(Notices.class).isOvertaken(waiting, night))
                .isInstanceOfSatisfying(
                        NotYet.class,
                        waits -> assertThat(waits.until())
                                .isEqualTo(on(LocalDate.now(Rules.ZONE).plusDays(2), "07:00")));
    }

    @Test
    void of_several_supplements_and_changes_of_address_the_last_is_told() {
        at.accept(at.pickupAlone());
        at.decide("supplement", supplement());
        at.decide("supplement", supplement());
        tell(noon());
        assertThat(whats()).containsExactly("SUPPLEMENT");
        assertThat(states()).containsOnlyOnce("TOLD");
    }

    @Test
    void of_several_changes_of_address_the_last_is_told() {
        atTheOffice();
        for (String street : List.of("34 đường Thử", "56 đường Thử")) {
            bring(
                    "address",
                    "RESULT",
                    json("{\"address\": {\"commune\": \"19333\", \"street\": \"%s\"}}", street),
                    "MESSAGE");
        }
        tell(noon());

        assertThat(whats()).filteredOn(what -> !what.equals("COMING")).containsExactly("MOVED");
    }

    /** As after a reload in which its row was missing. */
    @Test
    void while_nobody_carries_messages_what_is_due_waits_but_not_for_long() {
        holds(at.report(failed(atTheOffice(), "ABSENT", "RETRY")), "RECORDED");
        Notices alone = withoutNotifier();

        assertThat(alone.tellAt(noon())).isZero();
        assertThat(stateOf("TRIED")).isEqualTo("DUE");
        tell(noon());
        assertThat(whats()).containsExactly("TRIED");

        Domain.hub().db().sql("update notice set state = 'DUE'").update();
        alone.tellAt(noon().plus(Duration.ofDays(3)));
        assertThat(states()).containsOnly("STALE");
    }

    private static Notices withoutNotifier() {
        Directories all = Domain.bean(Directories.class);
        Directory nobody = instead(Directory.class, all.current(), "partners", List.of());
        var book = new NoticeBook(
                Domain.hub().db(),
                instead(Directories.class, all, "current", nobody),
                Domain.bean(NoticeSettings.class),
                Domain.bean(CitizenLinks.class));
        return new Notices(
                Domain.bean(TransactionTemplate.class),
                Domain.bean(Journeys.class),
                book,
                Domain.bean(NoticeSettings.class),
                Domain.bean(Journal.class),
                Domain.bean(CitizenLinks.class),
                all,
                Domain.bean(Deadlines.class),
                Domain.bean(CitizenLanguages.class),
                new DefaultListableBeanFactory().getBeanProvider(Clock.class));
    }

    /** As it is, but for what one method says. */
    private static <T> T instead(Class<T> type, T real, String method, Object said) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) -> called.getName().equals(method) ? said : called.invoke(real, arguments)));
    }

    @Test
    void who_has_read_the_page_in_english_is_told_in_english() {
        holds(at.report(failed(atTheOffice(), "ABSENT", "RETRY")), "RECORDED");
        Domain.bean(CitizenLanguages.class).chosen(at.dossier(), "en");
        tell(noon());
        assertThat(only().path("language").asText()).isEqualTo("en");

        Domain.bean(CitizenLanguages.class).chosen(at.dossier(), "fr");
        bring("link", "RESULT", json("{}"), "CODE");
        tell(noon());
        assertThat(at.told("tin-nhan", "notice").get(1).path("language").asText())
                .isEqualTo("vi");
    }

    private Sending waiting() {
        return waiting("%");
    }

    /** The last of them. */
    private Sending waiting(String what) {
        return Domain.hub()
                .db()
                .sql("select seq, id, key, body from message where kind = 'notice' and subject = :code"
                        + " and key like '%-' || :what || '-%' order by seq desc limit 1")
                .param("what", what)
                .param("code", at.code)
                .query((row, n) -> new Sending(
                        row.getLong("seq"),
                        row.getObject("id", UUID.class),
                        "tin-nhan",
                        "notice",
                        row.getString("key"),
                        at.code,
                        Rows.json(row.getString("body")),
                        1,
                        Instant.now().plusSeconds(60),
                        null))
                .single();
    }

    private static boolean isOvertaken(Sending sending, Instant now) {
        return Domain.bean(Notices.class).isOvertaken(sending, now);
    }

    /** The portal says that it is this telephone. */
    private void corrected(String telephone) {
        ObjectNode asked =
                Domain.JSON.createObjectNode().put("dossier", at.code).put("leg", "PICKUP");
        asked.set("party", ((ObjectNode) Domain.party("19333")).put("phone", telephone));
        Domain.bean(Requests.class).changeAddress(Domain.in("dvcqg", "portal.change-address", asked));
    }

    private JsonNode supplement() {
        return json(
                "{\"dossier\": \"%s\", \"papers\": [{\"name\": \"Ảnh\", \"original\": true, \"count\": 2}],"
                        + " \"reason\": \"Thiếu ảnh\", \"byPost\": false}",
                at.code);
    }

    private String atTheOffice() {
        at.accept(at.resultAlone());
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");
        // What follows from that alone is another test's.
        Domain.hub()
                .db()
                .sql("delete from notice where what = 'COMING' and leg = :leg")
                .param("leg", leg("RESULT"))
                .update();
        return item;
    }

    private Domain.Scan failed(String item, String reason, String action) {
        return at.scan("DELIVERY_FAILED", item).with("reason", reason).with("action", action);
    }

    private Citizens.Offer offer() {
        return Domain.bean(Citizens.class).offers(at.dossier()).get(0);
    }

    private void choose(LocalDate day) {
        bring("day", "PICKUP", json("{\"day\": \"%s\"}", day), "CODE");
    }

    private void bring(String what, String kind, JsonNode said, String shown) {
        ObjectNode asked = said.deepCopy();
        asked.put("dossier", at.dossier().toString()).put("leg", leg(kind).toString());
        asked.putObject("by").put("telephone", "0900000001").put("shown", shown);
        Domain.bean(Entrance.class)
                .bring(new Inbound(Citizens.TRACK, "citizen-" + UUID.randomUUID(), "citizen." + what, asked));
    }

    private UUID leg(String kind) {
        return Domain.uuid(at.leg(kind).path("id").asText());
    }

    private static void tell(Instant now) {
        Domain.bean(Notices.class).tellAt(now);
    }

    /** After everything that was reported by now. */
    private static Instant noon() {
        return on(LocalDate.now(Rules.ZONE).plusDays(1), "12:00");
    }

    private static Instant on(LocalDate day, String time) {
        return day.atTime(LocalTime.parse(time)).atZone(Rules.ZONE).toInstant();
    }

    private Domain.Scan toldAsDelivered(String item) {
        Domain.Scan scan = at.delivered(item, at.signature());
        holds(at.report(scan), "RECORDED");
        tell(noon());
        return scan;
    }

    /** Without the visits that are planned meanwhile. */
    private List<JsonNode> ofDelivering() {
        return at.told("tin-nhan", "notice").stream()
                .filter(body -> body.path("what").asText().endsWith("DELIVERED"))
                .toList();
    }

    private List<String> whatsOfDelivering() {
        return ofDelivering().stream().map(body -> body.path("what").asText()).toList();
    }

    private List<String> whats() {
        return at.told("tin-nhan", "notice").stream()
                .map(body -> body.path("what").asText())
                .collect(Collectors.toList());
    }

    private JsonNode only() {
        List<JsonNode> told = at.told("tin-nhan", "notice");
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private static String stateOf(String what) {
        return Domain.hub()
                .db()
                .sql("select state from notice where what = :what")
                .param("what", what)
                .query(String.class)
                .single();
    }

    private static List<String> states() {
        return Domain.hub()
                .db()
                .sql("select state from notice")
                .query(String.class)
                .list();
    }
}
