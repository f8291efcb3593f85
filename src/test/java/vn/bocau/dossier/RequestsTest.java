package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;

/** What a portal may ask for its citizens, and what it may not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RequestsTest {

    private final Domain at = new Domain();

    @Test
    void both_in_one_opens_both_legs_and_labels_what_the_post_fetches_first() {
        JsonNode answer = at.accept(at.both()).answer();

        assertThat(answer.path("dossier").asText()).isEqualTo(at.code);
        assertThat(answer.path("legs").findValuesAsText("kind")).containsExactly("PICKUP", "RESULT");
        assertThat(answer.path("legs").path(0).path("item").asText()).matches("RV\\d{9}VN");
        assertThat(answer.path("legs").path(1).has("item")).isFalse();
        assertThat(at.leg("PICKUP").path("next").path("owner").asText()).isEqualTo("520100");
        assertThat(at.leg("RESULT").path("next").path("ownerKind").asText()).isEqualTo("AGENCY");
    }

    @Test
    void a_repeat_gets_the_first_answer_and_changes_nothing() {
        Inbound asked = Domain.in("dvcqg", "portal.request", at.both());
        Receipt first = Domain.bean(Requests.class).accept(asked);
        List<Long> before = Domain.traces();

        Receipt again = Domain.bean(Requests.class).accept(asked);

        assertThat(again.repeat()).isTrue();
        assertThat(again.answer()).isEqualTo(first.answer());
        assertThat(Domain.traces()).isEqualTo(before);
    }

    @Test
    void asking_for_the_same_leg_under_another_key_is_a_conflict() {
        at.accept(at.both());
        assertThatThrownBy(() -> at.accept(at.both()))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("leg-exists"));
    }

    @Test
    void two_portals_at_the_same_moment_make_one_dossier() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Callable<String>> asks = List.of(() -> outcome("dvcqg"), () -> outcome("opencps"));
            List<String> outcomes = new java.util.ArrayList<>();
            for (Future<String> one : both.invokeAll(asks)) {
                outcomes.add(one.get());
            }
            assertThat(outcomes).containsExactlyInAnyOrder("accepted", "dossier-of-another-portal");
        } finally {
            both.shutdown();
        }
    }

    private String outcome(String portal) {
        try {
            Domain.bean(Requests.class).accept(Domain.in(portal, "portal.request", at.both()));
            return "accepted";
        } catch (Refused refused) {
            return refused.code();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "procedure, 9.999999, /dossier/procedure",
        "agency, 000.99.99.H50, /dossier/agency",
        "filedOn, 2999-01-01, /dossier/filedOn",
    })
    void what_the_directory_does_not_know_is_refused_by_its_field(String field, String value, String flaw) {
        ObjectNode asked = at.both();
        ((ObjectNode) asked.path("dossier")).put(field, value);
        refused(asked, flaw);
    }

    @ParameterizedTest
    @CsvSource({"00001, commune-unknown", "19332, commune-unknown", "00004, no-post-office"})
    void an_address_the_post_cannot_reach_is_refused(String commune, String code) {
        ObjectNode asked = at.both();
        ((ObjectNode) asked.path("result")).set("receiver", party(commune));
        List<Long> before = Domain.traces();

        assertThatThrownBy(() -> at.accept(asked)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.flaws()).extracting(Refused.Flaw::field).containsExactly("/result/receiver/address/commune");
            assertThat(r.code()).isIn(code, "commune-ended");
        });
        assertThat(Domain.traces()).as("not half a change").isEqualTo(before);
    }

    @Test
    void copies_are_not_fetched_when_the_dossier_was_filed_online() {
        ObjectNode asked = at.both();
        ((ArrayNode) asked.path("pickup").path("papers"))
                .addObject()
                .put("name", "Tờ khai")
                .put("original", false);
        refused(asked, "/pickup/papers/1/original");
    }

    @Test
    void a_level_above_the_procedures_own_is_refused() {
        ObjectNode asked = at.both();
        ((ObjectNode) asked.path("dossier")).put("level", "TOAN_TRINH");
        refused(asked, "/dossier/level");
    }

    @Test
    void what_was_paid_online_is_never_collected_at_the_door() {
        ObjectNode asked = at.both();
        ((ObjectNode) asked.path("result")).put("collectFee", 8000);
        refused(asked, "/result/collectFee");
    }

    @Test
    void a_fee_is_the_one_set_for_procedure_channel_and_day_and_is_collected_once() {
        ObjectNode asked = filedAtTheDesk(false);
        ObjectNode result = asked.putObject("result");
        result.set("receiver", party("19333"));
        result.put("collectFee", 1);
        refused(asked, "/result/collectFee");

        result.put("collectFee", 8000);
        at.accept(asked);
        assertThat(Domain.hub()
                        .db()
                        .sql(
                                "select fee_due from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code")
                        .param("code", at.code)
                        .query(Long.class)
                        .single())
                .isEqualTo(8000);
    }

    /** Of a procedure with a fee that is paid where the papers go over the counter. */
    private ObjectNode filedAtTheDesk(boolean paid) {
        ObjectNode asked = at.dossier("1.000656", paid);
        ((ObjectNode) asked.path("dossier")).put("channel", "DIRECT");
        return asked;
    }

    private ObjectNode withFeeToCollect(String commune) {
        ObjectNode asked = filedAtTheDesk(false);
        asked.putObject("result").put("collectFee", 8000).set("receiver", party(commune));
        return asked;
    }

    private ObjectNode pickupOncePaid() {
        ObjectNode asked = filedAtTheDesk(true);
        ObjectNode pickup = asked.putObject("pickup");
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Giấy báo tử\", \"original\": true}]"));
        return asked;
    }

    @Test
    void a_fee_paid_since_is_taken_off_the_legs_that_are_still_open() {
        at.accept(withFeeToCollect("19333"));

        at.accept(pickupOncePaid());

        assertThat(Domain.hub()
                        .db()
                        .sql(
                                "select max(fee_due) from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code")
                        .param("code", at.code)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void an_outside_carrier_that_has_begun_is_told_once_what_changed() {
        at.accept(withFeeToCollect("19681"));
        at.dispatched();
        String item = at.item("RESULT");
        Domain.bean(Handlings.class)
                .heard(Domain.in(
                        "carrier-x",
                        "carrier.event",
                        json(
                                "{\"orderNumber\": \"%s\", \"code\": \"RESULT_COLLECTED\", \"rawCode\": \"1\", \"occurredAt\": \"%s\"}",
                                item, java.time.OffsetDateTime.now(java.time.ZoneOffset.ofHours(7)))));
        assertThat(at.step("RESULT")).isEqualTo("COLLECTED");
        at.accept(pickupOncePaid());

        assertThat(at.item("RESULT")).isEqualTo(item);
        assertThat(at.told("carrier-x", "order")).hasSize(1);
        assertThat(at.told("carrier-x", "order-cancel")).isEmpty();
        assertThat(at.told("carrier-x", "order-change")).singleElement().satisfies(change -> {
            assertThat(change.path("orderNumber").asText()).isEqualTo(item);
            assertThat(change.path("fee").asLong()).isZero();
        });
    }

    @Test
    void the_level_a_dossier_was_filed_at_does_not_change() {
        at.accept(at.resultAlone());
        ObjectNode other = at.pickupAlone();
        ((ObjectNode) other.path("dossier")).put("level", "2");

        refused(other, "/dossier/level");
    }

    @Test
    void an_item_whose_address_moved_while_it_was_out_is_forwarded_by_the_office_that_has_it() {
        at.accept(at.both());
        at.dispatched();
        String item = at.item("RESULT");
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("OUT_FOR_DELIVERY", item));
        String had = at.leg("RESULT").path("next").path("owner").asText();

        move("dvcqg", "RESULT", "19249");

        assertThat(at.leg("RESULT").path("next").path("owner").asText()).isEqualTo(had);
        at.report(at.scan("DELIVERY_FAILED", item).with("reason", "MOVED").with("action", "REDIRECT"));
        assertThat(at.leg("RESULT").path("next").path("act").asText()).isEqualTo("FORWARD");
        assertThat(at.leg("RESULT").path("next").path("owner").asText()).isEqualTo(had);
    }

    @Test
    void a_dossier_said_otherwise_than_before_is_a_conflict_that_names_the_field() {
        at.accept(at.resultAlone());
        ObjectNode other = at.pickupAlone();
        ((ObjectNode) other.path("dossier")).put("procedure", "1.012783");

        assertThatThrownBy(() -> at.accept(other)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo("dossier-differs");
            assertThat(r.flaws()).extracting(Refused.Flaw::field).containsExactly("/dossier/procedure");
        });
    }

    @Test
    void a_second_code_finds_the_same_dossier() {
        ObjectNode asked = at.resultAlone();
        String national = Domain.code();
        ((ArrayNode) asked.path("dossier").path("codes"))
                .addObject()
                .put("system", "opencps")
                .put("code", national);
        at.accept(asked);

        assertThat(Domain.bean(Dossiers.class)
                        .facts(national, "dvcqg")
                        .path("dossier")
                        .path("code")
                        .asText())
                .isEqualTo(at.code);
    }

    @Test
    void codes_of_two_dossiers_are_a_conflict() {
        at.accept(at.both());
        Domain other = new Domain();
        other.accept(other.both());
        ObjectNode asked = at.both();
        ((ArrayNode) asked.path("dossier").path("codes"))
                .addObject()
                .put("system", "x")
                .put("code", other.code);

        assertThatThrownBy(() -> at.accept(asked))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("codes-of-two-dossiers"));
    }

    @Test
    void another_portal_sees_nothing_changes_nothing_and_cancels_nothing() {
        at.accept(at.both());
        assertThatThrownBy(() -> Domain.bean(Dossiers.class).facts(at.code, "opencps"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("unknown-dossier"));
        assertThatThrownBy(() -> cancel("opencps", "ALL"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("unknown-dossier"));
        assertThatThrownBy(() -> move("opencps", "RESULT", "19249"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("unknown-dossier"));
    }

    @Test
    void before_it_is_under_way_a_leg_moves_to_another_door_and_another_office() {
        at.accept(at.both());
        move("dvcqg", "PICKUP", "19249");
        assertThat(at.leg("PICKUP").path("next").path("owner").asText()).isEqualTo("511000");
    }

    @Test
    void a_leg_that_moves_to_an_outside_carrier_gets_that_carriers_number_and_an_order() {
        at.accept(at.both());
        String ours = at.item("PICKUP");
        move("dvcqg", "PICKUP", "19681");
        String theirs = at.item("PICKUP");

        assertThat(theirs).startsWith("RR").isNotEqualTo(ours);
        assertThat(at.told("carrier-x", "order")).singleElement().satisfies(order -> {
            assertThat(order.path("orderNumber").asText()).isEqualTo(theirs);
            assertThat(order.path("sender")
                            .path("address")
                            .path("vnpostDistrict")
                            .asInt())
                    .isEqualTo(5270);
        });
        move("dvcqg", "PICKUP", "19333");
        assertThat(at.told("carrier-x", "order-cancel"))
                .singleElement()
                .satisfies(
                        order -> assertThat(order.path("orderNumber").asText()).isEqualTo(theirs));
        assertThat(at.item("PICKUP")).startsWith("RV").isNotEqualTo(ours);
    }

    @Test
    void a_result_on_its_way_is_redirected_and_the_portal_hears_of_it() {
        at.accept(at.both());
        at.dispatched();
        String item = at.item("RESULT");
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("DELIVERY_FAILED", item).with("reason", "MOVED").with("action", "REDIRECT"));

        move("dvcqg", "RESULT", "19249");

        assertThat(at.step("RESULT")).isEqualTo("TO_DELIVER_AGAIN");
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("DELIVERY_FAILED", "ADDRESS_CHANGED");
    }

    /** The worker was without signal: whoever changed the address could not know. */
    @Test
    void an_address_that_was_changed_after_a_delivery_nobody_had_heard_of_is_told_to_have_come_too_late() {
        at.accept(at.both());
        at.dispatched();
        String item = at.item("RESULT");
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("OUT_FOR_DELIVERY", item));
        Domain.Scan delivered = at.delivered(item, "a".repeat(64));

        move("dvcqg", "RESULT", "19249");
        holds(at.report(delivered), "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("ADDRESS_CHANGED", "DELIVERED", "ADDRESS_TOO_LATE");
        assertThat(at.told("dvcqg", "progress")
                        .get(at.told("dvcqg", "progress").size() - 1)
                        .at("/event/alert")
                        .asBoolean())
                .isTrue();
        assertThat(at.facts().path("events"))
                .filteredOn(event -> event.path("code").asText().equals("ADDRESS_TOO_LATE"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("vi").asText()).contains("quá muộn"));
        assertThat(Domain.hub()
                        .db()
                        .sql("select conflict from handling where code = 'ADDRESS_CHANGED' and item = :item")
                        .param("item", item)
                        .query(String.class)
                        .single())
                .as("a person sees it too")
                .isEqualTo("after-terminal");
    }

    @Test
    void papers_that_were_fetched_do_not_move_and_are_not_cancelled() {
        at.accept(at.both());
        at.report(at.scan("COLLECTED", at.item("PICKUP")));

        assertThatThrownBy(() -> move("dvcqg", "PICKUP", "19249"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("under-way"));
        assertThatThrownBy(() -> cancel("dvcqg", "ALL"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("under-way"));
        assertThat(at.step("RESULT")).as("all or nothing").isEqualTo("AWAITING_RESULT");
        cancel("dvcqg", "RESULT");
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
    }

    @Test
    void each_way_that_is_cancelled_is_named() {
        at.accept(at.both());

        cancel("dvcqg", "ALL");

        assertThat(at.told("dvcqg", "progress").stream()
                        .map(told -> told.path("event"))
                        .filter(event -> event.path("code").asText().equals("CANCELLED"))
                        .map(event -> event.path("vi").asText()))
                .containsExactlyInAnyOrder("Đã hủy · Thu gom hồ sơ.", "Đã hủy · Trả kết quả.");
    }

    @Test
    void what_was_cancelled_can_be_asked_for_again() {
        at.accept(at.both());
        cancel("dvcqg", "ALL");
        assertThat(at.toldCodes("dvcqg", "progress")).containsExactly("CANCELLED", "CANCELLED");
        assertThatThrownBy(() -> cancel("dvcqg", "ALL"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("nothing-to-cancel"));

        at.accept(at.both());
        assertThat(at.step("PICKUP")).isEqualTo("REQUESTED");
    }

    @Test
    void after_the_post_came_in_vain_asking_again_opens_the_same_leg() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        holds(at.report(at.scan("PICKUP_FAILED", item).with("reason", "ABSENT").with("action", "HOLD")), "RECORDED");
        assertThat(at.leg("PICKUP").path("next").path("ownerKind").asText()).isEqualTo("CITIZEN");

        at.accept(at.pickupAlone());

        assertThat(at.item("PICKUP")).isEqualTo(item);
        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
        assertThat(at.leg("PICKUP").path("next").path("ownerKind").asText()).isEqualTo("POSTAL_WORKER");
    }

    @Test
    void a_door_that_was_not_found_is_looked_for_at_the_address_the_citizen_names_then() {
        at.accept(at.both());
        holds(at.report(at.scan("PICKUP_FAILED", at.item("PICKUP")).with("reason", "ADDRESS_WRONG")), "RECORDED");
        assertThat(at.leg("PICKUP").path("next").path("act").asText()).isEqualTo("VERIFY_ADDRESS");

        move("dvcqg", "PICKUP", "19333");

        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
        assertThat(at.leg("PICKUP").path("next").path("act").asText()).isEqualTo("COLLECT");
    }

    @Test
    void papers_asked_for_later_that_were_fetched_in_vain_are_asked_for_again_by_citizen_and_agency() {
        for (String by : List.of("request", "address", "agency")) {
            Domain one = new Domain();
            one.accept(one.pickupAlone());
            one.report(one.scan("HANDED_TO_AGENCY", one.item("PICKUP")));
            one.decide("supplement", Domain.json(more(one)));
            holds(
                    one.report(one.scan("PICKUP_FAILED", one.item("SUPPLEMENT"))
                            .with("reason", "ABSENT")
                            .with("action", "HOLD")),
                    "RECORDED");
            assertThat(one.leg("SUPPLEMENT").path("next").path("act").asText()).isEqualTo("ASK_AGAIN");

            switch (by) {
                case "request" -> one.accept(one.pickupAlone());
                case "address" -> {
                    ObjectNode asked = Domain.JSON
                            .createObjectNode()
                            .put("dossier", one.code)
                            .put("leg", "PICKUP");
                    asked.set("party", party("19333"));
                    Domain.bean(Requests.class).changeAddress(Domain.in("dvcqg", "portal.change-address", asked));
                }
                default -> one.decide("supplement", Domain.json(more(one)));
            }

            assertThat(one.step("SUPPLEMENT")).as(by).isEqualTo("ACCEPTED");
            assertThat(one.step("PICKUP")).isEqualTo("HANDED_TO_AGENCY");
        }
    }

    @Test
    void papers_fetched_in_vain_are_asked_for_again_together_and_may_be_others_by_then() {
        at.accept(at.both());
        String papers = at.item("PICKUP");
        holds(
                at.report(at.scan("PICKUP_FAILED", papers)
                        .with("reason", "ABSENT")
                        .with("action", "HOLD")),
                "RECORDED");
        at.decide("supplement", Domain.json(more(at)));
        String later = at.item("SUPPLEMENT");
        move("dvcqg", "PICKUP", "19333");
        assertThat(at.step("PICKUP")).as("moved with what was asked for later").isEqualTo("ACCEPTED");
        for (String item : List.of(papers, later)) {
            holds(
                    at.report(at.scan("PICKUP_FAILED", item)
                            .with("reason", "ABSENT")
                            .with("action", "HOLD")),
                    "RECORDED");
        }
        ObjectNode again = at.pickupAlone();
        again.withObject("/pickup")
                .put("postage", 9_000)
                .set("papers", Domain.json("[{\"name\": \"Giấy khác\", \"original\": true, \"count\": 2}]"));

        at.accept(again);

        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
        assertThat(at.step("SUPPLEMENT")).isEqualTo("ACCEPTED");
        assertThat(Domain.hub()
                        .db()
                        .sql("select string_agg((papers -> 0 ->> 'name') || ' ' || postage_due, ',' order by no)"
                                + " from leg where item in (:papers, :later)")
                        .param("papers", papers)
                        .param("later", later)
                        .query(String.class)
                        .single())
                .isEqualTo("Giấy khác 9000,Bản đồ 0");
    }

    @Test
    void what_is_named_with_papers_that_were_asked_for_later_goes_with_them() {
        at.accept(at.pickupAlone());
        at.report(at.scan("HANDED_TO_AGENCY", at.item("PICKUP")));
        at.decide("supplement", Domain.json(more(at)));
        holds(
                at.report(at.scan("PICKUP_FAILED", at.item("SUPPLEMENT"))
                        .with("reason", "ABSENT")
                        .with("action", "HOLD")),
                "RECORDED");
        ObjectNode again = at.pickupAlone();
        again.withObject("/pickup")
                .put("postage", 9_000)
                .set("papers", Domain.json("[{\"name\": \"Giấy khác\", \"original\": true, \"count\": 2}]"));

        at.accept(again);

        assertThat(at.step("SUPPLEMENT")).isEqualTo("ACCEPTED");
        assertThat(Domain.hub()
                        .db()
                        .sql("select jsonb_path_query_array(papers, '$[*].name') || to_jsonb(postage_due) from leg"
                                + " where item = :item")
                        .param("item", at.item("SUPPLEMENT"))
                        .query(String.class)
                        .single())
                .isEqualTo("[\"Bản đồ\", \"Giấy khác\", 9000]");
    }

    @Test
    void papers_asked_for_later_are_called_off_like_the_first_ones() {
        for (String which : List.of("PICKUP", "ALL")) {
            Domain one = new Domain();
            one.accept(one.pickupAlone());
            one.report(one.scan("HANDED_TO_AGENCY", one.item("PICKUP")));
            one.decide("supplement", Domain.json(more(one)));

            Domain.bean(Requests.class)
                    .cancel(Domain.in(
                            "dvcqg",
                            "portal.cancel",
                            Domain.JSON
                                    .createObjectNode()
                                    .put("dossier", one.code)
                                    .put("leg", which)));

            assertThat(one.step("SUPPLEMENT")).isEqualTo("CANCELLED");
        }
    }

    @Test
    void an_outside_carrier_that_came_in_vain_is_asked_to_come_again() {
        ObjectNode asked = at.pickupAlone();
        asked.withObject("/pickup").set("sender", party("19681"));
        at.accept(asked);
        String first = at.item("PICKUP");
        Domain.bean(Handlings.class)
                .heard(Domain.in(
                        "carrier-x",
                        "carrier.event",
                        Domain.json(
                                "{\"item\": \"%s\", \"orderNumber\": \"%s\", \"code\": \"PICKUP_FAILED\","
                                        + " \"occurredAt\": \"2026-04-15T08:00:00+07:00\"}",
                                first, first)));
        assertThat(at.step("PICKUP")).isEqualTo("PICKUP_FAILED");

        at.accept(asked);

        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
        assertThat(at.told("carrier-x", "order-cancel")).hasSize(1);
        assertThat(at.told("carrier-x", "order"))
                .extracting(order -> order.path("item").asText())
                .containsExactly(first, at.item("PICKUP"));
    }

    private static String more(Domain one) {
        return String.format(
                "{\"dossier\": \"%s\", \"byPost\": true, \"papers\": [{\"name\": \"Bản đồ\", \"original\": true,"
                        + " \"count\": 1}]}",
                one.code);
    }

    private void refused(JsonNode asked, String field) {
        List<Long> before = Domain.traces();
        assertThatThrownBy(() -> at.accept(asked))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.flaws())
                                .extracting(Refused.Flaw::field)
                                .contains(field));
        assertThat(Domain.traces()).as("not half a change").isEqualTo(before);
    }

    private void move(String portal, String leg, String commune) {
        ObjectNode asked =
                Domain.JSON.createObjectNode().put("dossier", at.code).put("leg", leg);
        asked.set("party", party(commune));
        Domain.bean(Requests.class).changeAddress(Domain.in(portal, "portal.change-address", asked));
    }

    @Test
    void a_cancellation_and_the_scan_that_fetches_meet_and_the_papers_are_never_nobodys() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 40; i++) {
                Domain one = new Domain();
                one.accept(one.pickupAlone());
                Domain.Scan fetched = one.scan("COLLECTED", one.item("PICKUP"));
                Future<?> cancelled = both.submit(() -> cancelIfItMay(one));
                Future<JsonNode> scanned = both.submit(() -> one.report(fetched));
                String outcome = scanned.get().path("outcome").asText();

                cancelled.get();
                if (outcome.equals("RECORDED")) {
                    assertThat(one.leg("PICKUP").path("next").path("owner").asText())
                            .as("who has the papers: " + one.leg("PICKUP"))
                            .isEqualTo("520100");
                }
            }
        } finally {
            both.shutdown();
        }
    }

    private static void cancelIfItMay(Domain one) {
        try {
            cancel(one, "dvcqg", "PICKUP");
        } catch (Refused underWay) {
            // The scan was first.
        }
    }

    private void cancel(String portal, String leg) {
        cancel(at, portal, leg);
    }

    private static void cancel(Domain at, String portal, String leg) {
        JsonNode asked = Domain.JSON.createObjectNode().put("dossier", at.code).put("leg", leg);
        Domain.bean(Requests.class).cancel(Domain.in(portal, "portal.cancel", asked));
    }
}
