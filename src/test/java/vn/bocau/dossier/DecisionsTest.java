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
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.bocau.code.Refused;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.journal.Inbound;
import vn.bocau.journey.Agency;

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
    void where_a_dossier_is_says_what_the_agency_said_until_the_post_moves_something() {
        at.accept(at.both());
        assertThat(where()).isEqualTo("FILED");
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        assertThat(where()).isEqualTo("COLLECTED");
        at.decide(
                "receive",
                json(
                        "{\"dossier\": \"%s\", \"item\": \"%s\", \"appointment\": \"%s\"}",
                        at.code, at.item("PICKUP"), Domain.tomorrow()));
        assertThat(where()).isEqualTo("RECEIVED");
        at.decide(
                "supplement",
                json(
                        "{\"dossier\": \"%s\", \"papers\": [{\"name\": \"Bản đồ\", \"original\": true, \"count\": 1}], \"reason\": \"Thiếu\", \"byPost\": true}",
                        at.code));
        assertThat(where()).isEqualTo("SUPPLEMENT_ASKED");
        at.report(at.scan("COLLECTED", at.item("SUPPLEMENT")));
        assertThat(where()).isEqualTo("COLLECTED");
        at.decide(
                "refuse",
                json(
                        "{\"dossier\": \"%s\", \"item\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"], \"returnPapers\": true}",
                        at.code, at.item("SUPPLEMENT")));
        assertThat(where()).isEqualTo("REFUSED");
        at.report(at.scan("RESULT_COLLECTED", at.item("ORIGINALS_BACK")));
        assertThat(where()).isEqualTo("COLLECTED");
    }

    private String where() {
        return at.facts().at("/facts/step/code").asText();
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
    void a_result_that_is_dispatched_after_all_takes_the_refusal_back() {
        at.accept(at.both());
        refusedAndSentBack(at);

        holds(at.dispatched(), "DISPATCHED");

        assertThat(at.status()).isEqualTo(9);
        assertThat(at.step("ORIGINALS_BACK")).as("they are needed here").isEqualTo("CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(address()).as("where the citizen had asked for it").isEqualTo("12 đường Mẫu, 19333");
    }

    @Test
    void a_refusal_that_is_taken_back_brings_the_delivery_back_that_it_had_called_off() {
        for (String after : List.of("receive", "supplement")) {
            Domain one = new Domain();
            ObjectNode asked = one.both();
            asked.withObject("/dossier").put("paidOnline", false);
            asked.withObject("/result").put("postage", 12_000);
            one.accept(asked);
            refusedAndSentBack(one);

            JsonNode opened = one.decide(after, json("""
                    {"dossier": "%s", "appointment": "%s", "reason": "Thiếu",
                     "papers": [{"name": "Đơn", "original": true, "count": 1}]}
                    """, one.code, Domain.tomorrow()))
                    .answer()
                    .path("legs");

            assertThat(opened.findValuesAsText("kind")).as(after).containsExactly("RESULT");
            assertThat(one.step("RESULT")).isEqualTo("AWAITING_RESULT");
            assertThat(one.step("ORIGINALS_BACK")).isEqualTo("CANCELLED");
            assertThat(one.toldCodes("dvcqg", "progress")).endsWith("CANCELLED");
            assertThat(owed(one)).as("nobody comes for the papers").containsExactly("DISPATCH");
            assertThat(Domain.bean(JdbcClient.class)
                            .sql("select requested_by || ' ' || postage_due from leg where id = :leg")
                            .param(
                                    "leg",
                                    Domain.uuid(one.leg("RESULT").path("id").asText()))
                            .query(String.class)
                            .single())
                    .as("still the citizen's own wish")
                    .isEqualTo("dvcqg 12000");
            assertThat(one.received().answer().path("legs")).as("once").isEmpty();
            holds(one.dispatched(), "DISPATCHED");
        }
    }

    @ParameterizedTest
    @CsvSource({"DISPATCH_SHORT, CANCELLED", "RESULT_COLLECTED, COLLECTED"})
    void of_papers_that_a_refusal_sent_home_stays_what_the_post_has_not_got_when_it_is_taken_back(
            String scanned, String then) {
        at.accept(at.both());
        refusedAndSentBack(at);
        holds(at.report(at.scan(scanned, at.item("ORIGINALS_BACK"))), "RECORDED");

        at.received();

        assertThat(at.step("ORIGINALS_BACK")).isEqualTo(then);
    }

    private static void refusedAndSentBack(Domain one) {
        one.decide(
                "refuse",
                json(
                        "{\"dossier\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"], \"returnPapers\": true}",
                        one.code));
        assertThat(one.step("ORIGINALS_BACK")).isEqualTo("READY");
    }

    @ParameterizedTest(name = "before the refusal: {0}")
    @ValueSource(booleans = {true, false})
    void what_the_citizen_has_called_off_is_not_brought_back_with_a_refusal(boolean before) {
        at.accept(at.both());
        Runnable refuse = () ->
                at.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"]}", at.code));
        if (!before) {
            refuse.run();
        }
        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"RESULT\"}", at.code)));
        if (before) {
            refuse.run();
        }

        assertThat(at.received().answer().path("legs")).isEmpty();

        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
        JsonNode sent = at.dispatched();
        holds(sent, "REFUSED");
        assertThat(sent.at("/flaws/0/field").asText()).isEqualTo("receiver");
        assertThat(sent.at("/flaws/0/vi").asText()).contains("đã bị hủy");
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
    void papers_are_fetched_from_whoever_sent_them_and_go_back_there_whoever_gets_the_result() {
        ObjectNode asked = at.both();
        asked.withObject("/result").set("receiver", json("""
                {"name": "Lê Văn Em", "phone": "0900000002", "address": {"commune": "19495", "street": "5 đường Khác"}}
                """));
        at.accept(asked);

        at.decide("supplement", json("""
                {"dossier": "%s", "papers": [{"name": "Bản đồ", "original": true, "count": 1}], "reason": "Thiếu bản đồ",
                 "byPost": true}
                """, at.code));

        assertThat(between("SUPPLEMENT")).isEqualTo("0900000001 12 đường Mẫu 19333, 520100 > 520100");
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        at.decide(
                "refuse",
                json(
                        "{\"dossier\": \"%s\", \"reasons\": [\"Không thuộc thẩm quyền\"], \"returnPapers\": true}",
                        at.code));

        assertThat(between("ORIGINALS_BACK")).isEqualTo("0900000001 12 đường Mẫu 19333, 520100 > 520100");
    }

    @Test
    void whoever_sent_the_papers_and_gets_the_result_is_found_where_was_said_last() {
        ObjectNode asked = at.both();
        asked.withObject("/result").set("receiver", Domain.party("19495"));
        at.accept(asked);

        at.decide("supplement", json("""
                {"dossier": "%s", "papers": [{"name": "Bản đồ", "original": true, "count": 1}], "reason": "Thiếu bản đồ",
                 "byPost": true}
                """, at.code));

        assertThat(between("SUPPLEMENT")).isEqualTo("0900000001 12 đường Mẫu 19495, 522500 > 520100");
    }

    /** Whom a leg of that kind is to or from, and by which offices it goes. */
    private String between(String kind) {
        return Domain.hub()
                .db()
                .sql("select concat_ws(' ', citizen ->> 'phone', citizen #>> '{address,street}',"
                        + " citizen #>> '{address,commune}') || ', ' || from_office || ' > ' || to_office"
                        + " from (select l.*, case when kind = 'SUPPLEMENT' then sender else receiver end as citizen"
                        + " from leg l) l where kind = :kind and dossier = :dossier")
                .param("kind", kind)
                .param("dossier", at.dossier())
                .query(String.class)
                .single();
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
    void of_500_by_soap_493_go_and_7_are_explained_whatever_is_wrong_with_them() {
        List<Domain> all = IntStream.range(0, 493)
                .mapToObj(i -> {
                    Domain one = new Domain();
                    one.accept(one.resultAlone());
                    return one;
                })
                .toList();
        String good = all.stream().map(one -> soap(one.code, "")).collect(Collectors.joining());
        String bad = soap("khong-co", "")
                + soap(all.get(0).code, "")
                + soap(all.get(1).code, "<item>RR123456789VN</item>")
                + soap(
                        all.get(2).code,
                        "<receiver><name>Lê Thị Mẫu</name><phone>12</phone><commune>19333</commune>"
                                + "<street>12 đường Mẫu</street></receiver>")
                + soap(all.get(3).code, "<collectFee>tám nghìn</collectFee>")
                + soap("", "")
                + soap("khong-co-2", "<item>x</item>");

        String answer = Agency.province(Domain.hub().at("/")).succeeds("dispatchResults", bad + good);

        assertThat(answer.split("<outcome>DISPATCHED</outcome>", -1)).hasSize(493 + 1);
        assertThat(answer.split("<outcome>REFUSED</outcome>", -1)).hasSize(7 + 1);
        assertThat(answer.split("<code>schema</code>", -1)).hasSize(4 + 1);
        assertThat(answer)
                .contains("<field>receiver/phone</field>")
                .contains("<field>collectFee</field>")
                .contains("<field>dossier</field>")
                .contains("<field>item</field>");
        assertThat(all).allSatisfy(one -> assertThat(one.status()).isEqualTo(9));
    }

    private static String soap(String code, String more) {
        return "<result><dossier>" + code + "</dossier>" + more + "</result>";
    }

    @Test
    void what_an_agency_s_own_system_dispatches_goes_nowhere_that_is_not_certain_today() {
        at.accept(at.resultAlone());
        lives("{\"street\": \"Thôn 2, xã Ví Dụ\"}");
        asked(at.dispatched(), "receiver");
        lives("{\"street\": \"Thôn 2, xã Hải Xuân, huyện Hải Hậu, tỉnh Nam Định\", \"commune\": \"19333\"}");
        asked(at.dispatched(), "receiver");
        lives("{\"street\": \"xã Hải Thượng, huyện Hải Lăng, tỉnh Quảng Trị\"}");
        asked(at.dispatched(), "receiver");
        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");

        ObjectNode batch = Domain.JSON.createObjectNode();
        batch.withArray("results").addObject().put("dossier", at.code).set("receiver", Domain.party("19333"));
        holds(at.decide("dispatch", batch).answer().path("results").path(0), "DISPATCHED");

        assertThat(address()).isEqualTo("12 đường Mẫu, 19333");
    }

    @Test
    void what_was_asked_for_before_its_commune_ended_goes_where_that_is_today_and_says_so() {
        at.accept(at.resultAlone());
        lives("{\"street\": \"Thôn 2\", \"commune\": \"19708\"}");

        JsonNode gone = at.dispatched();

        holds(gone, "DISPATCHED");
        assertThat(gone.path("rewritten").path("vi").asText()).contains("Xã Hải Thượng");
        assertThat(address()).isEqualTo("Thôn 2, 19702");
    }

    @Test
    void where_it_goes_is_the_citizen_s_to_change_when_it_is_certain_whatever_a_system_brings() {
        at.accept(at.resultAlone());

        ObjectNode batch = Domain.JSON.createObjectNode();
        batch.withArray("results").addObject().put("dossier", at.code).set("receiver", Domain.party("19495"));
        holds(at.decide("dispatch", batch).answer().path("results").path(0), "DISPATCHED");

        assertThat(address()).isEqualTo("12 đường Mẫu, 19333");
    }

    @Test
    void a_result_does_not_go_where_nobody_can_be_called() {
        at.accept(at.resultAlone());
        Domain.bean(JdbcClient.class)
                .sql("update leg set receiver = jsonb_set(receiver, '{phone}', '\"0500000000\"')"
                        + " where kind = 'RESULT' and dossier = (select dossier from dossier_code where code = :code)")
                .param("code", at.code)
                .update();

        asked(at.dispatched(), "receiver");

        ObjectNode batch = Domain.JSON.createObjectNode();
        batch.withArray("results").addObject().put("dossier", at.code).set("receiver", Domain.party("19333"));
        holds(at.decide("dispatch", batch).answer().path("results").path(0), "DISPATCHED");
    }

    private void lives(String address) {
        Domain.bean(JdbcClient.class)
                .sql("update leg set receiver = jsonb_set(receiver, '{address}', cast(:address as jsonb))"
                        + " where kind = 'RESULT' and dossier = (select dossier from dossier_code where code = :code)")
                .param("address", address)
                .param("code", at.code)
                .update();
    }

    private String address() {
        return Domain.bean(JdbcClient.class)
                .sql(
                        "select concat_ws(', ', receiver #>> '{address,street}', receiver #>> '{address,commune}') from leg"
                                + " where kind = 'RESULT' and dossier = (select dossier from dossier_code where code = :code)"
                                + " order by no desc limit 1")
                .param("code", at.code)
                .query(String.class)
                .single();
    }

    private static void asked(JsonNode result, String field) {
        holds(result, "REFUSED");
        assertThat(result.path("code").asText()).isEqualTo("address-not-certain");
        assertThat(result.path("flaws").findValuesAsText("field")).containsExactly(field);
        assertThat(result.path("flaws").path(0).path("vi").asText()).contains("receiver");
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
    void a_result_lost_on_its_way_back_is_owed_until_it_is_dispatched_anew_whichever_came_first() {
        Domain before = new Domain();
        for (Domain one : List.of(at, before)) {
            one.accept(one.both());
            one.dispatched();
            one.report(one.scan("RESULT_COLLECTED", one.item("RESULT")));
            holds(supervisor(one, "RETURN_APPROVED", "RESULT"), "RECORDED");
        }
        holds(supervisor(at, "LOST", "RETURN"), "RECORDED");
        assertThat(at.leg("RETURN").at("/next/act").asText()).isEqualTo("REISSUE");
        assertThat(owed(at)).contains("REISSUE");
        holds(at.dispatched(), "DISPATCHED");

        holds(before.dispatched(), "DISPATCHED");
        holds(supervisor(before, "LOST", "RETURN"), "RECORDED");

        for (Domain one : List.of(at, before)) {
            assertThat(one.leg("RETURN").path("next").isMissingNode()).isTrue();
            assertThat(owed(one)).containsExactlyInAnyOrder("ACCEPT_PICKUP", "FETCH");
        }
    }

    @Test
    void papers_lost_between_agencies_are_for_the_one_that_decides_now_until_it_has_said_how_it_goes_on() {
        List<String> endings = List.of("receive", "supplement", "refuse", "dispatch");
        for (String ending : endings) {
            Domain one = new Domain();
            one.accept(one.both());
            one.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", one.code));
            holds(one.report(one.scan("COLLECTED", one.item("TRANSFER"))), "RECORDED");
            holds(supervisor(one, "LOST", "TRANSFER"), "RECORDED");
            assertThat(one.leg("TRANSFER").path("next").path("act").asText()).isEqualTo("DECIDE_ON_PAPERS");
            assertThat(one.leg("TRANSFER").path("next").path("owner").asText()).isEqualTo("000.01.12.H50");
            assertThat(owed(one)).contains("DECIDE_ON_PAPERS");

            one.decide("ubnd-dong-ha", ending, json("""
                    {"dossier": "%1$s", "appointment": "%2$s", "reasons": ["Thiếu"], "reason": "Thất lạc",
                     "papers": [{"name": "Đơn", "original": true, "count": 1}], "results": [{"dossier": "%1$s"}]}
                    """, one.code, Domain.tomorrow()));

            assertThat(owed(one)).as(ending).doesNotContain("DECIDE_ON_PAPERS");
        }
    }

    @Test
    void a_damaged_result_is_dispatched_anew_and_the_damaged_one_comes_back() {
        at.accept(at.both());
        at.dispatched();
        String damaged = at.item("RESULT");
        at.report(at.scan("RESULT_COLLECTED", damaged));
        holds(at.report(at.scan("DAMAGED", damaged)), "RECORDED");

        JsonNode anew = at.dispatched();

        holds(anew, "DISPATCHED");
        assertThat(anew.path("item").asText()).isNotEqualTo(damaged);
        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(owed(at)).containsExactlyInAnyOrder("ACCEPT_PICKUP", "FETCH", "SEND_BACK");
        JsonNode both = at.report(at.delivered(damaged, "a".repeat(64)));
        assertThat(both.toString()).as("nobody gives the citizen both").contains("delivered-after-recall");
        assertThat(at.dispatched().path("code").asText()).isEqualTo("already-dispatched");
    }

    @Test
    void the_fee_of_a_damaged_result_is_collected_with_the_one_that_takes_its_place() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").put("collectFee", 25_000).set("receiver", Domain.party("19333"));
        at.accept(asked);
        JsonNode batch = json("{\"results\": [{\"dossier\": \"%s\", \"collectFee\": 25000}]}", at.code);
        holds(at.decide("dispatch", batch).answer().path("results").path(0), "DISPATCHED");
        for (String twice : List.of("first", "second")) {
            at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
            holds(at.report(at.scan("DAMAGED", at.item("RESULT"))), "RECORDED");

            JsonNode anew =
                    at.decide("dispatch", batch).answer().path("results").path(0);

            assertThat(anew.path("outcome").asText()).as(twice + anew).isEqualTo("DISPATCHED");
        }
    }

    @Test
    void what_is_due_at_the_door_is_due_with_the_result_that_takes_its_place_also_when_nobody_says_so_again() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result")
                .put("collectFee", 25_000)
                .put("postage", 12_000)
                .put("originalsToTakeBack", 1)
                .set("receiver", Domain.party("19333"));
        at.accept(asked);
        at.dispatched();
        String damaged = at.item("RESULT");
        at.report(at.scan("RESULT_COLLECTED", damaged));
        holds(at.report(at.scan("DAMAGED", damaged)), "RECORDED");

        holds(at.dispatched(), "DISPATCHED");

        assertThat(Domain.bean(JdbcClient.class)
                        .sql("select fee_due || ' ' || postage_due || ' ' || originals_due from leg where item = :item")
                        .param("item", at.item("RESULT"))
                        .query(String.class)
                        .single())
                .isEqualTo("25000 12000 1");
        assertThat(Domain.bean(JdbcClient.class)
                        .sql("select fee_due + postage_due + originals_due from leg where item = :item")
                        .param("item", damaged)
                        .query(Integer.class)
                        .single())
                .as("nowhere else, should it be found")
                .isZero();
    }

    @Test
    void what_was_paid_online_after_a_result_was_lost_is_not_due_with_the_one_that_takes_its_place() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").put("collectFee", 25_000).set("receiver", Domain.party("19333"));
        at.accept(asked);
        at.dispatched();
        String lost = at.item("RESULT");
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", lost)), "RECORDED");
        at.accept(at.dossier("1.012786", true));

        holds(at.dispatched(), "DISPATCHED");

        assertThat(Domain.bean(JdbcClient.class)
                        .sql("select fee_due from leg where item = :item")
                        .param("item", at.item("RESULT"))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void what_is_due_with_the_result_in_anothers_place_stays_there_when_the_lost_one_is_found_again() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").put("collectFee", 25_000).set("receiver", Domain.party("19333"));
        at.accept(asked);
        at.dispatched();
        Domain.Scan lost = at.scan("LOST", at.item("RESULT"));
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", lost), "RECORDED");
        holds(at.dispatched(), "DISPATCHED");
        String anew = at.item("RESULT");

        holds(
                at.report(
                        "to-truong",
                        "POSTAL_SUPERVISOR",
                        "520100",
                        at.scan("VOIDED", lost.item()).with("voids", lost.id())),
                "RECORDED");

        assertThat(Domain.bean(JdbcClient.class)
                        .sql("select string_agg(item || ' ' || fee_due, ',' order by no) from leg"
                                + " where item in (:lost, :anew)")
                        .param("lost", lost.item())
                        .param("anew", anew)
                        .query(String.class)
                        .single())
                .isEqualTo(lost.item() + " 0," + anew + " 25000");
    }

    @Test
    void that_a_supervisor_has_looked_at_a_loss_does_not_make_it_good() {
        at.accept(at.both());
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        Domain.Scan delivered = at.delivered(item, "0".repeat(64));
        holds(at.report(delivered), "RECORDED");
        Domain.Scan lost = at.scan("LOST", item);
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", lost), "CONFLICT");
        Domain.bean(Conflicts.class).leave(Domain.uuid(lost.id()), "520100", "to-truong", "Đã phát, không mất");
        holds(
                at.report(
                        "to-truong",
                        "POSTAL_SUPERVISOR",
                        "520100",
                        at.scan("VOIDED", item).with("voids", delivered.id())),
                "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("LOST");
        assertThat(owed(at)).contains("REISSUE");
    }

    @Test
    void a_result_that_was_not_as_on_the_manifest_is_handed_over_once_more_in_its_envelope_or_another() {
        at.accept(at.both());
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("DISPATCH_SHORT", item)), "RECORDED");
        assertThat(owed(at)).contains("EXPLAIN_DIFFERENCE");

        holds(dispatch(at.code, item), "DISPATCHED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(at.item("RESULT")).isEqualTo(item);

        holds(at.report(at.scan("DISPATCH_SHORT", item)), "RECORDED");
        String label = Domain.label();
        holds(dispatch(at.code, label), "DISPATCHED");
        assertThat(at.item("RESULT")).isEqualTo(label);
        assertThat(owed(at)).containsExactlyInAnyOrder("ACCEPT_PICKUP", "FETCH");
        holds(at.report(at.scan("RESULT_COLLECTED", label)), "RECORDED");
        assertThat(at.step("RESULT")).isEqualTo("COLLECTED");
    }

    @Test
    void papers_that_were_lost_are_owed_until_an_operator_says_how_they_were_made_good() {
        at.accept(at.both());
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        holds(supervisor(at, "LOST", "PICKUP"), "RECORDED");
        assertThat(owed(at)).contains("MAKE_GOOD");
        Losses losses = Domain.bean(Losses.class);
        UUID leg = Domain.uuid(at.leg("PICKUP").path("id").asText());

        losses.settle(leg, "truc-ca", "Đã bồi thường");

        assertThat(owed(at)).containsExactly("DISPATCH");
        assertThatThrownBy(() -> losses.settle(leg, "truc-ca", "Đã bồi thường"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("nothing-to-settle"));
        assertThatThrownBy(() -> losses.settle(UUID.randomUUID(), "truc-ca", "Đã bồi thường"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("unknown-leg"));
        assertThat(Domain.hub()
                        .db()
                        .sql("select r.by || ': ' || r.reason from handling_review r"
                                + " join handling h on h.id = r.handling where h.leg = :leg")
                        .param("leg", leg)
                        .query(String.class)
                        .single())
                .isEqualTo("truc-ca: Đã bồi thường");
        Domain.bean(Projections.class).rebuild(null);
        assertThat(owed(at)).containsExactly("DISPATCH");
    }

    @Test
    void papers_that_were_lost_are_not_owed_any_more_once_others_are_fetched() {
        at.accept(at.both());
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        holds(supervisor(at, "LOST", "PICKUP"), "RECORDED");
        ObjectNode again = at.both();
        again.remove("result");

        at.accept(again);

        assertThat(owed(at)).containsExactlyInAnyOrder("ACCEPT_PICKUP", "DISPATCH");
    }

    private static JsonNode supervisor(Domain one, String code, String kind) {
        return one.report("to-truong", "POSTAL_SUPERVISOR", "520100", one.scan(code, one.item(kind)));
    }

    /** As it is kept and shown to whoever owes it. */
    private static List<String> owed(Domain one) {
        return Domain.hub()
                .db()
                .sql("select p.next_act from progress p join leg l on l.id = p.leg"
                        + " join dossier_code c on c.dossier = l.dossier where c.code = :code and not p.closed")
                .param("code", one.code)
                .query(String.class)
                .list();
    }

    @Test
    void what_needs_an_office_that_left_the_directory_is_refused_by_its_name() {
        ObjectNode asked = at.both();
        asked.remove("result");
        at.accept(asked);
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        at.received();
        at.office("PICKUP", "from_office", "529999");

        refused("trung-tam-hcc", "supplement", "office-gone", json("""
                {"dossier": "%s", "papers": [{"name": "Bản đồ", "original": true, "count": 1}], "reason": "Thiếu",
                 "byPost": true}
                """, at.code));
        refused(
                "trung-tam-hcc",
                "refuse",
                "office-gone",
                json("{\"dossier\": \"%s\", \"reasons\": [\"Thiếu\"], \"returnPapers\": true}", at.code));
    }

    @Test
    void a_result_whose_office_left_the_directory_is_refused_and_harms_nobody_of_its_batch() {
        Domain abroad = new Domain();
        Domain good = new Domain();
        for (Domain one : List.of(at, abroad, good)) {
            ObjectNode asked = one.both();
            asked.remove("pickup");
            one.accept(asked);
        }
        at.dispatched();
        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("RETURN_APPROVED", at.item("RESULT")));
        at.office("RESULT", "to_office", "529999");
        abroad.office("RESULT", "to_office", "529998");
        abroad.office("RESULT", "carrier", "carrier-x");

        JsonNode results = at.decide("dispatch", json("""
                {"results": [{"dossier": "%s"}, {"dossier": "%s"}, {"dossier": "%s"}]}
                """, at.code, abroad.code, good.code))
                .answer()
                .path("results");

        assertThat(results.findValuesAsText("outcome")).containsExactly("REFUSED", "REFUSED", "DISPATCHED");
        assertThat(results.findValuesAsText("code")).containsExactly("office-gone", "office-gone");
        assertThat(results.path(0).path("flaws").path(0).path("vi").asText()).contains("529999");
        assertThat(results.path(0).path("flaws").path(0).path("en").asText()).contains("529999");
        assertThat(abroad.status()).isEqualTo(1);
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
    void a_dossier_whose_papers_the_post_is_bringing_is_sent_on_once_they_are_there() {
        at.accept(at.both());
        JsonNode on = json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code);
        String papers = at.item("PICKUP");
        at.report(at.scan("COLLECTED", papers));
        refused("trung-tam-hcc", "transfer", "papers-under-way", on);
        at.report(at.scan("HANDED_TO_AGENCY", papers));

        at.decide("transfer", on);

        refused(
                "ubnd-dong-ha",
                "transfer",
                "papers-under-way",
                json("{\"dossier\": \"%s\", \"toAgency\": \"000.04.12.H50\"}", at.code));
        at.report(at.scan("RESULT_COLLECTED", at.item("TRANSFER")));
        at.report(at.scan("HANDED_TO_AGENCY", at.item("TRANSFER")));
        at.decide("ubnd-dong-ha", "transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.04.12.H50\"}", at.code));
    }

    @Test
    void a_dossier_is_not_sent_on_while_papers_of_it_may_be_found_again_on_their_way_here() {
        for (String code : List.of("DAMAGED", "LOST", "RECALLED")) {
            Domain one = new Domain();
            one.accept(one.both());
            one.report(one.scan("COLLECTED", one.item("PICKUP")));
            holds(supervisor(one, code, "PICKUP"), "RECORDED");

            assertThatThrownBy(() -> sentOn(one, "trung-tam-hcc", "000.01.12.H50"))
                    .as(code)
                    .isInstanceOfSatisfying(Refused.class, r -> {
                        assertThat(r.code()).isEqualTo("papers-unsettled");
                        assertThat(r.flaws().get(0).wrong().vi())
                                .contains(one.leg("PICKUP").at("/step/vi").asText());
                    });
        }
    }

    /** In whatever way they came there: a loss that was none, say. */
    @Test
    void papers_that_come_to_an_agency_after_the_dossier_has_gone_on_are_its_to_send_on_until_it_has() {
        at.accept(at.both());
        sentOn(at, "trung-tam-hcc", "000.01.12.H50", true);
        String envelope = at.item("TRANSFER");
        at.report(at.scan("COLLECTED", envelope));
        Domain.Scan lost = at.scan("LOST", envelope);
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", lost), "RECORDED");
        assertThatThrownBy(() -> sentOn(at, "ubnd-dong-ha", "000.04.12.H50"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("papers-unsettled"));
        UUID leg = Domain.uuid(at.leg("TRANSFER").path("id").asText());
        Domain.bean(Decisions.class).settle(atDongHa("settle", leg, "Người gửi còn bản sao"));
        sentOn(at, "ubnd-dong-ha", "000.04.12.H50");
        holds(
                at.report(
                        "to-truong",
                        "POSTAL_SUPERVISOR",
                        "520100",
                        at.scan("VOIDED", envelope).with("voids", lost.id())),
                "RECORDED");

        holds(at.report(at.scan("HANDED_TO_AGENCY", envelope)), "RECORDED");

        assertThat(strayed()).isEqualTo("FORWARD 000.01.12.H50");
        AgencyPapers papers = Domain.bean(AgencyPapers.class);
        assertThat(papers.one("000.01.12.H50", leg)).hasValueSatisfying(row -> {
            assertThat(row.goesTo()).isNotBlank().isNotEqualTo("000.04.12.H50");
            assertThat(row.toDecide()).isFalse();
        });
        assertThat(papers.one("000.04.12.H50", leg)).isEmpty();
        Domain.hub()
                .db()
                .sql("update dossier set status = 2, said_at = clock_timestamp() where id = :id")
                .param("id", at.dossier())
                .update();
        Domain.bean(Projections.class).rebuild(null);
        assertThat(strayed()).as("whatever the agency says that decides").isEqualTo("FORWARD 000.01.12.H50");

        Domain.bean(Decisions.class).sendAgain(atDongHa("resend", leg, null));

        assertThat(at.step("TRANSFER")).isEqualTo("READY");
        assertThat(Domain.hub()
                        .db()
                        .sql("select agency || ' ' || to_agency from leg where item = :item")
                        .param("item", at.item("TRANSFER"))
                        .query(String.class)
                        .single())
                .isEqualTo("000.01.12.H50 000.04.12.H50");
        assertThat(papers.one("000.01.12.H50", leg)).isEmpty();
        Domain.bean(Projections.class).rebuild(null);
        assertThat(owed(at)).doesNotContain("FORWARD");
    }

    @Test
    void papers_that_lay_at_an_agency_when_it_sent_the_dossier_on_have_not_strayed() {
        at.accept(at.both());
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        at.report(at.scan("HANDED_TO_AGENCY", at.item("PICKUP")));

        sentOn(at, "trung-tam-hcc", "000.01.12.H50");

        assertThat(owed(at)).containsExactly("DISPATCH");
        Domain.bean(Projections.class).rebuild(null);
        assertThat(owed(at)).containsExactly("DISPATCH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "supplement", "refuse", "dispatch", "transfer"})
    void a_dossier_sent_on_in_no_envelope_is_told_where_it_went_and_owed_an_answer_until_there_is_one(String answer) {
        at.accept(at.resultAlone());
        at.received();
        long before = toDecideAtDongHa();

        sentOn(at, "trung-tam-hcc", "000.01.12.H50");

        assertThat(at.told("ubnd-dong-ha", "arrival")).singleElement().satisfies(told -> {
            assertThat(told.at("/event/code").asText()).isEqualTo("TRANSFERRED");
            assertThat(told.at("/event/vi").asText()).contains("đến cơ quan này");
            assertThat(told.has("leg")).isFalse();
        });
        assertThat(toDecideAtDongHa()).isEqualTo(before + 1);
        assertThat(Domain.bean(AgencyDay.class).mostUrgent("000.01.12.H50", 1000))
                .filteredOn(duty -> duty.dossier().equals(at.code))
                .extracting(duty -> duty.act().code() + " " + duty.where())
                .contains("DECIDE_ON_DOSSIER PAPERS");
        AgencyDossiers dossiers = Domain.bean(AgencyDossiers.class);
        assertThat(dossiers.sentOn("000.01.12.H50", at.code, 10))
                .singleElement()
                .satisfies(one -> assertThat(one.dueAt())
                        .isEqualTo(Domain.bean(Deadlines.class).atDesks().workingDays(one.since(), 1)));
        assertThat(dossiers.sentOn(Domain.CENTRE, at.code, 10)).isEmpty();
        assertThat(Domain.bean(AgencyLegs.class)
                        .of("000.01.12.H50", new AgencyLegs.Wanted(AgencyLegs.Pile.TO_DISPATCH, at.code, null, 0, 10))
                        .rows())
                .as("another agency had promised the day")
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.early()).isTrue();
                    assertThat(row.unanswered()).isTrue();
                });
        at.pay(json("{\"dossier\": \"%s\", \"paid\": false}", at.code));
        assertThat(dossiers.sentOn("000.01.12.H50", at.code, 10))
                .as("the portal's word is not the agency's")
                .hasSize(1);

        at.decide("ubnd-dong-ha", answer, json("""
                {"dossier": "%1$s", "appointment": "%2$s", "reason": "Thiếu", "reasons": ["Thiếu"],
                 "papers": [{"name": "Đơn", "original": true, "count": 1}], "toAgency": "000.04.12.H50",
                 "results": [{"dossier": "%1$s"}]}
                """, at.code, Domain.tomorrow()));

        assertThat(dossiers.sentOn("000.01.12.H50", at.code, 10)).isEmpty();
        assertThat(toDecideAtDongHa()).isEqualTo(before);
        assertThat(dossiers.sentOn("000.04.12.H50", at.code, 10))
                .as("an envelope went with it")
                .isEmpty();
    }

    @Test
    void of_a_dossier_sent_on_before_its_papers_are_fetched_an_answer_is_owed_when_they_are_there() {
        at.accept(at.both());

        sentOn(at, "trung-tam-hcc", "000.01.12.H50");

        assertThat(at.toldCodes("ubnd-dong-ha", "arrival")).containsExactly("TRANSFERRED");
        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .isEmpty();
    }

    @Test
    void when_those_are_not_fetched_any_more_an_answer_is_owed_without_them() {
        at.accept(at.both());
        long before = toDecideAtDongHa();
        sentOn(at, "trung-tam-hcc", "000.01.12.H50");
        assertThat(toDecideAtDongHa()).isEqualTo(before);

        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"PICKUP\"}", at.code)));

        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .hasSize(1);
        assertThat(toDecideAtDongHa()).isEqualTo(before + 1);
        assertThat(Domain.bean(AgencyDay.class).mostUrgent("000.01.12.H50", 1000))
                .filteredOn(duty -> duty.dossier().equals(at.code))
                .extracting(duty -> duty.act().code())
                .contains("DECIDE_ON_DOSSIER");
    }

    @Test
    void all_that_are_sent_on_in_no_envelope_are_counted_though_the_most_urgent_alone_are_shown() {
        AgencyDossiers dossiers = Domain.bean(AgencyDossiers.class);
        long before = dossiers.countSentOn("000.01.12.H50", null);
        for (int n = 0; n < 2; n++) {
            Domain one = new Domain();
            one.accept(one.resultAlone());
            sentOn(one, "trung-tam-hcc", "000.01.12.H50");
            assertThat(dossiers.countSentOn("000.01.12.H50", one.code)).isEqualTo(1);
        }
        assertThat(dossiers.sentOn("000.01.12.H50", null, 1)).hasSize(1);
        assertThat(dossiers.countSentOn("000.01.12.H50", null)).isEqualTo(before + 2);
    }

    @Test
    void when_those_are_there_it_is_owed_once() {
        at.accept(at.both());
        long before = toDecideAtDongHa();
        sentOn(at, "trung-tam-hcc", "000.01.12.H50");

        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        at.report(at.scan("HANDED_TO_AGENCY", at.item("PICKUP")));

        assertThat(toDecideAtDongHa()).isEqualTo(before + 1);
        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .isEmpty();
    }

    private static long toDecideAtDongHa() {
        return Domain.bean(AgencyDay.class).of("000.01.12.H50").stream()
                .filter(load ->
                        load.turn() == AgencyDay.Turn.OURS && load.act().code().equals("DECIDE_ON_DOSSIER"))
                .mapToLong(AgencyDay.Load::count)
                .sum();
    }

    /** In the clerks' own hands. */
    private static void sentOn(Domain one, String by, String to) {
        sentOn(one, by, to, false);
    }

    private static void sentOn(Domain one, String by, String to, boolean byPost) {
        one.decide(
                by,
                "transfer",
                json("{\"dossier\": \"%s\", \"toAgency\": \"%s\", \"byPost\": %s}", one.code, to, byPost));
    }

    private Inbound atDongHa(String what, UUID leg, @Nullable String reason) {
        ObjectNode said = (ObjectNode) json(
                "{\"by\": {\"user\": \"can-bo-dong-ha\", \"agency\": \"000.01.12.H50\"}, \"dossier\": \"%s\", \"leg\": \"%s\"}",
                at.code, leg);
        return Domain.in(Decisions.DESK, "desk." + what, reason == null ? said : said.put("reason", reason));
    }

    private String strayed() {
        return Domain.hub()
                .db()
                .sql("select p.next_act || ' ' || p.owner from progress p join leg l on l.id = p.leg"
                        + " where l.dossier = :id and p.step = 'HANDED_TO_AGENCY' and p.owner_kind = 'AGENCY'")
                .param("id", at.dossier())
                .query(String.class)
                .single();
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
