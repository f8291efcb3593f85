package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Refused;

/** The agency's own word: it moves the status, opens legs, and hands results to the post. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DecisionsTest {

    private final Domain at = new Domain();

    @Test
    void confirming_receipt_of_an_item_hands_it_over_when_nobody_had_said_so() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        at.report(at.scan("COLLECTED", item));

        at.decide(
                "receive",
                json(
                        "{\"dossier\": \"%s\", \"item\": \"%s\", \"appointment\": \"%s\"}",
                        at.code, item, Domain.tomorrow()));

        assertThat(at.step("PICKUP")).isEqualTo("HANDED_TO_AGENCY");
        assertThat(at.toldCodes("dvcqg", "progress")).containsExactly("COLLECTED", "HANDED_TO_AGENCY", "RECEIVED");
    }

    @Test
    void only_the_agency_of_the_dossier_decides() {
        at.accept(at.both());
        refused(
                "ubnd-dong-ha",
                "receive",
                "unknown-dossier",
                json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", at.code, Domain.tomorrow()));
        assertThat(at.status()).isEqualTo(1);
    }

    @Test
    void a_day_that_has_passed_is_no_appointment() {
        at.accept(at.both());
        refused(
                "trung-tam-hcc",
                "receive",
                "appointment-past",
                json("{\"dossier\": \"%s\", \"appointment\": \"2020-01-01\"}", at.code));
    }

    @Test
    void an_item_of_another_dossier_is_not_received_for_this_one() {
        at.accept(at.both());
        Domain other = new Domain();
        other.accept(other.both());
        refused(
                "trung-tam-hcc",
                "receive",
                "unknown-item",
                json(
                        "{\"dossier\": \"%s\", \"item\": \"%s\", \"appointment\": \"%s\"}",
                        at.code, other.item("PICKUP"), Domain.tomorrow()));
    }

    @Test
    void refused_papers_go_back_by_post_and_no_result_is_waited_for() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        at.report(at.scan("COLLECTED", item));

        JsonNode answer = at.decide(
                        "refuse",
                        json(
                                "{\"dossier\": \"%s\", \"item\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"], \"returnPapers\": true}",
                                at.code, item))
                .answer();

        assertThat(answer.path("legs").path(0).path("kind").asText()).isEqualTo("ORIGINALS_BACK");
        assertThat(at.status()).isEqualTo(3);
        assertThat(at.facts().path("facts").path("right").asBoolean()).isFalse();
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
        assertThat(at.step("ORIGINALS_BACK")).isEqualTo("READY");
        assertThat(at.told("dvcqg", "progress"))
                .anySatisfy(told ->
                        assertThat(told.path("event").path("vi").asText()).contains("Không thuộc thẩm quyền"));
    }

    @Test
    void papers_refused_once_more_go_back_in_the_envelope_they_are_in_until_others_come() {
        at.accept(at.both());
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        JsonNode refusal = json(
                "{\"dossier\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"], \"returnPapers\": true}", at.code);
        JsonNode first = at.decide("refuse", refusal).answer().path("legs");

        JsonNode second = at.decide("refuse", refusal).answer().path("legs");

        assertThat(second).isEqualTo(first);
        assertThat(at.facts().path("legs").findValuesAsText("kind")).containsOnlyOnce("ORIGINALS_BACK");

        at.decide(
                "supplement",
                json(
                        "{\"dossier\": \"%s\", \"papers\": [{\"name\": \"Bản đồ\", \"original\": true, \"count\": 1}], \"reason\": \"Thiếu bản đồ\", \"byPost\": true}",
                        at.code));
        at.report(at.scan("COLLECTED", at.item("SUPPLEMENT")));
        JsonNode naming = ((ObjectNode) refusal.deepCopy()).put("item", at.item("SUPPLEMENT"));
        assertThat(at.decide("refuse", naming).answer().path("legs")).isNotEqualTo(first);
    }

    @Test
    void the_portal_that_asks_reads_the_agency_s_own_words_and_the_return_of_the_result() {
        at.accept(at.both());
        at.decide(
                "supplement",
                json(
                        "{\"dossier\": \"%s\", \"papers\": [{\"name\": \"Bản đồ\", \"original\": true, \"count\": 1}], \"reason\": \"Thiếu bản đồ\"}",
                        at.code));
        assertThat(at.facts().path("events")).last().satisfies(event -> {
            assertThat(event.path("code").asText()).isEqualTo("SUPPLEMENT_ASKED");
            assertThat(event.path("vi").asText()).contains("Thiếu bản đồ");
            assertThat(event.path("en").asText()).contains("Thiếu bản đồ");
            assertThat(event.has("leg")).isFalse();
        });

        Domain other = new Domain();
        other.accept(other.both());
        other.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"]}", other.code));
        assertThat(other.facts().path("events"))
                .filteredOn(event -> event.path("code").asText().equals("REFUSED"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("vi").asText()).contains("Không thuộc thẩm quyền"));
    }

    @Test
    void refused_papers_that_nobody_has_fetched_yet_are_not_fetched_any_more() {
        at.accept(at.both());

        at.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"]}", at.code));

        assertThat(at.step("PICKUP")).isEqualTo("CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
    }

    @Test
    void a_supplement_by_post_opens_its_own_leg_and_the_portal_learns_what_is_missing() {
        at.accept(at.both());
        JsonNode answer = supplement("Giấy chứng nhận cũ");

        assertThat(answer.path("legs").path(0).path("kind").asText()).isEqualTo("SUPPLEMENT");
        assertThat(at.status()).isEqualTo(5);
        assertThat(at.facts().path("facts").path("supplement").path(0).asText()).isEqualTo("Giấy chứng nhận cũ");
        assertThat(at.told("dvcqg", "progress"))
                .last()
                .satisfies(told -> assertThat(told.path("dossier")
                                .path("supplement")
                                .path(0)
                                .path("name")
                                .asText())
                        .isEqualTo("Giấy chứng nhận cũ"));

        supplement("Bản đồ");
        assertThat(at.facts().path("legs")).as("one envelope").hasSize(3);
        assertThat(at.facts().path("facts").path("supplement"))
                .extracting(JsonNode::asText)
                .as("nothing that is missing is forgotten")
                .containsExactly("Giấy chứng nhận cũ", "Bản đồ");

        String item = at.item("SUPPLEMENT");
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("HANDED_TO_AGENCY", item)), "RECORDED");
        at.received();
        assertThat(at.facts().path("facts").path("supplement")).isEmpty();
        assertThat(at.status()).isEqualTo(2);
    }

    @Test
    void an_outside_carrier_that_has_not_begun_is_told_what_else_it_shall_fetch() {
        ObjectNode asked = at.pickupAlone();
        asked.withObject("pickup").set("sender", Domain.party("19681"));
        at.accept(asked);
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        at.received();
        supplement("Giấy chứng nhận cũ");
        String first = at.item("SUPPLEMENT");
        supplement("Bản đồ");

        assertThat(at.told("carrier-x", "order").stream()
                        .filter(order -> order.path("kind").asText().equals("SUPPLEMENT")))
                .extracting(order -> order.path("papers").findValuesAsText("name"))
                .containsExactly(List.of("Giấy chứng nhận cũ"), List.of("Giấy chứng nhận cũ", "Bản đồ"));
        assertThat(at.told("carrier-x", "order-cancel"))
                .singleElement()
                .satisfies(cancel ->
                        assertThat(cancel.path("orderNumber").asText()).isEqualTo(first));
        assertThat(at.item("SUPPLEMENT")).isNotEqualTo(first);

        supplement("Bản đồ");
        assertThat(at.told("carrier-x", "order-cancel")).as("nothing changed").hasSize(1);
    }

    private JsonNode supplement(String paper) {
        return at.decide(
                        "supplement",
                        json(
                                "{\"dossier\": \"%s\", \"papers\": [{\"name\": \"%s\", \"original\": true, \"count\": 1}], \"reason\": \"Thiếu\", \"byPost\": true}",
                                at.code, paper))
                .answer();
    }

    @Test
    void a_batch_of_500_is_judged_one_by_one_and_a_bad_one_harms_nobody() {
        List<Domain> all = new ArrayList<>();
        ObjectNode batch = Domain.JSON.createObjectNode();
        for (int i = 0; i < 497; i++) {
            Domain one = new Domain();
            one.accept(one.resultAlone());
            all.add(one);
            batch.withArray("results").addObject().put("dossier", one.code);
        }
        batch.withArray("results").addObject().put("dossier", "khong-co");
        batch.withArray("results").addObject().put("dossier", all.get(0).code);
        batch.withArray("results").addObject().put("dossier", all.get(1).code).put("item", "RR123456789VN");

        JsonNode results = at.decide("dispatch", batch).answer().path("results");

        assertThat(results).hasSize(500);
        assertThat(results.findValuesAsText("item").stream().distinct()).hasSize(497);
        for (int i = 0; i < 497; i++) {
            holds(results.path(i), "DISPATCHED");
        }
        assertThat(results.path(497).path("code").asText()).isEqualTo("unknown-dossier");
        assertThat(results.path(498).path("code").asText()).isEqualTo("twice-in-batch");
        holds(results.path(499), "REFUSED");
        assertThat(all.get(3).status()).isEqualTo(9);
    }

    @Test
    void a_label_the_agency_brings_is_used_once_and_must_be_one() {
        at.accept(at.resultAlone());
        String label = Domain.label();
        holds(dispatch(at.code, "RR123456789VN"), "REFUSED");
        assertThat(at.status()).isEqualTo(1);
        JsonNode good = dispatch(at.code, label);
        assertThat(good.path("item").asText()).isEqualTo(label);

        Domain other = new Domain();
        other.accept(other.resultAlone());
        JsonNode taken = dispatch(other.code, label);
        holds(taken, "REFUSED");
        assertThat(taken.path("flaws").path(0).path("field").asText()).isEqualTo("item");
    }

    @Test
    void a_result_that_is_refused_takes_neither_its_label_nor_its_place_from_a_good_one_of_the_batch() {
        at.accept(at.resultAlone());
        String label = Domain.label();

        JsonNode results = at.decide(
                        "dispatch",
                        json(
                                "{\"results\": [{\"dossier\": \"%1$s\", \"item\": \"%2$s\", \"collectFee\": 7},"
                                        + " {\"dossier\": \"%1$s\", \"item\": \"%2$s\"},"
                                        + " {\"dossier\": \"%1$s\"}]}",
                                at.code, label))
                .answer()
                .path("results");

        assertThat(results.findValuesAsText("outcome")).containsExactly("REFUSED", "DISPATCHED", "REFUSED");
        assertThat(results.path(0).path("flaws").findValuesAsText("field")).containsExactly("collectFee");
        assertThat(results.path(1).path("item").asText()).isEqualTo(label);
        assertThat(results.path(2).path("code").asText()).isEqualTo("twice-in-batch");
    }

    @Test
    void without_a_request_of_the_citizen_a_receiver_is_needed_and_enough() {
        at.accept(at.pickupAlone());
        // The pickup tells where the citizen is, and still it is not for us to guess where the result shall go.
        JsonNode bare = at.dispatched();
        holds(bare, "REFUSED");
        assertThat(bare.path("flaws").path(0).path("field").asText()).isEqualTo("receiver");

        ObjectNode batch = Domain.JSON.createObjectNode();
        batch.withArray("results").addObject().put("dossier", at.code).set("receiver", Domain.party("19333"));
        holds(at.decide("dispatch", batch).answer().path("results").path(0), "DISPATCHED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
    }

    @Test
    void a_result_is_dispatched_once() {
        at.accept(at.both());
        holds(at.dispatched(), "DISPATCHED");
        assertThat(at.dispatched().path("code").asText()).isEqualTo("already-dispatched");
        refused(
                "trung-tam-hcc",
                "receive",
                "already-decided",
                json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", at.code, Domain.tomorrow()));
    }

    @Test
    void a_result_for_an_outside_carriers_commune_is_ordered_there() {
        ObjectNode asked = at.resultAlone();
        ((ObjectNode) asked.path("result")).set("receiver", Domain.party("19681"));
        at.accept(asked);
        holds(at.dispatched(), "DISPATCHED");

        assertThat(at.item("RESULT")).startsWith("RR");
        assertThat(at.told("carrier-x", "order")).singleElement().satisfies(order -> {
            assertThat(order.path("kind").asText()).isEqualTo("RESULT");
            assertThat(order.path("item").asText()).isEqualTo(at.item("RESULT"));
        });
        assertThat(at.leg("RESULT").path("next").path("owner").asText()).isEqualTo("carrier-x");
    }

    @Test
    void a_transfer_moves_the_dossier_to_the_next_agency_which_hears_of_its_arrival() {
        at.accept(at.both());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        String item = at.item("TRANSFER");
        assertThat(item).isNotBlank();
        refused(
                "trung-tam-hcc",
                "receive",
                "unknown-dossier",
                json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", at.code, Domain.tomorrow()));

        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("HANDED_TO_AGENCY", item)), "RECORDED");
        assertThat(at.toldCodes("ubnd-dong-ha", "arrival")).containsExactly("HANDED_TO_AGENCY");
        at.decide(
                "ubnd-dong-ha",
                "receive",
                json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", at.code, Domain.tomorrow()));
        assertThat(at.status()).isEqualTo(2);
    }

    @Test
    void what_nobody_has_begun_goes_to_and_comes_from_the_agency_that_decides_after_a_transfer() {
        at.accept(at.both());
        String papers = at.item("PICKUP");
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));

        assertThat(at.item("PICKUP"))
                .as("our own workers fetch the same envelope")
                .isEqualTo(papers);
        assertThat(at.leg("RESULT").path("next").path("owner").asText()).isEqualTo("000.01.12.H50");
        at.report(at.scan("COLLECTED", papers));
        at.report(at.scan("HANDED_TO_AGENCY", papers));
        assertThat(at.toldCodes("ubnd-dong-ha", "arrival")).containsExactly("HANDED_TO_AGENCY");
        assertThat(at.toldCodes("trung-tam-hcc", "arrival")).isEmpty();
        holds(
                at.decide("ubnd-dong-ha", "dispatch", json("{\"results\": [{\"dossier\": \"%s\"}]}", at.code))
                        .answer()
                        .path("results")
                        .path(0),
                "DISPATCHED");
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        holds(at.report(at.scan("DAMAGED", at.item("RESULT"))), "RECORDED");
        assertThat(at.toldCodes("ubnd-dong-ha", "outcome")).containsExactly("DAMAGED");
    }

    @Test
    void of_two_agencies_that_act_at_once_only_the_one_that_has_the_dossier_dispatches_it() throws Exception {
        ExecutorService desks = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < 10; round++) {
                Domain one = new Domain();
                one.accept(one.both());
                JsonNode result = json("{\"results\": [{\"dossier\": \"%s\"}]}", one.code);
                List<Future<String>> said = desks.invokeAll(List.of(
                        () -> outcome(() -> one.decide(
                                        "transfer",
                                        json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", one.code))
                                .answer()),
                        () -> outcome(() ->
                                one.decide("trung-tam-hcc", "dispatch", result).answer()),
                        () -> outcome(() ->
                                one.decide("ubnd-dong-ha", "dispatch", result).answer())));
                List<String> dispatched = new ArrayList<>();
                for (Future<String> desk : said.subList(1, 3)) {
                    dispatched.add(desk.get());
                }

                assertThat(Collections.frequency(dispatched, "DISPATCHED"))
                        .as("%s after %s", dispatched, said.get(0).get())
                        .isLessThanOrEqualTo(1);
                boolean nobody = !dispatched.contains("DISPATCHED");
                assertThat(one.step("RESULT")).isEqualTo(nobody ? "AWAITING_RESULT" : "READY");
            }
        } finally {
            desks.shutdown();
        }
    }

    private static String outcome(Supplier<JsonNode> act) {
        try {
            return act.get().path("results").path(0).path("outcome").asText();
        } catch (Refused no) {
            return no.code();
        }
    }

    @Test
    void a_transfer_to_nobody_or_to_itself_is_refused() {
        at.accept(at.both());
        refused(
                "trung-tam-hcc",
                "transfer",
                "unknown-agency",
                json("{\"dossier\": \"%s\", \"toAgency\": \"H99\"}", at.code));
        refused(
                "trung-tam-hcc",
                "transfer",
                "same-agency",
                json("{\"dossier\": \"%s\", \"toAgency\": \"000.00.12.H50\"}", at.code));
    }

    private JsonNode dispatch(String code, String item) {
        return at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", code, item))
                .answer()
                .path("results")
                .path(0);
    }

    private void refused(String partner, String what, String code, JsonNode payload) {
        List<Long> before = Domain.traces();
        assertThatThrownBy(() -> at.decide(partner, what, payload))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo(code));
        assertThat(Domain.traces()).as("not half a change").isEqualTo(before);
    }
}
