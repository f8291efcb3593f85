package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Carriers of parcels are ordered from over the network. EMS and Viettel Post tell of their own accord what happened,
 * MyVNPOST is asked; all of them well and badly.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ParcelCarriersTest {

    private static final String EMS = "ems";
    private static final String VIETTEL = "viettel-post";
    private static final String MYVNPOST = "myvnpost";
    private static final String TUYEN_PHU = "18985";
    private static final String TUYEN_HOA = "18997";
    private static final String TUYEN_BINH = "18991";
    private static final Map<String, String> PROOF = Map.of(EMS, "sandbox-ems-push", VIETTEL, "sandbox-viettel-push");

    private static World world;

    @BeforeAll
    static void begin() {
        world = new World(Map.of("bocau.login.per-account", 4, "bocau.login.pause", "1s"), Map.of());
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @AfterEach
    void behave() {
        world.twin(EMS).behaves();
        world.twin(VIETTEL).behaves();
        world.twin(MYVNPOST).behaves();
    }

    @Test
    void ems_brings_a_result_and_says_everything_twice() {
        Filed dossier = handedOver(TUYEN_HOA);
        String item = ordered(EMS, dossier, "RESULT");
        world.twin(EMS).misbehaves("duplicate");
        for (String code : List.of("20", "50", "60")) {
            assertThat(tells(EMS, item, code).path("answered").asInt()).isEqualTo(200);
        }

        dossier.shows("Đã có kết quả", "Bưu điện đã nhận kết quả", "Bưu tá đang đi phát", "Đã phát thành công", "=10");
        assertThat(dossier.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(handlings(item)).containsExactly("RESULT_COLLECTED", "OUT_FOR_DELIVERY", "DELIVERED");
    }

    @Test
    void ems_says_the_later_first() {
        Filed dossier = handedOver(TUYEN_HOA);
        String item = ordered(EMS, dossier, "RESULT");
        world.twin(EMS).misbehaves("out-of-order");
        for (String code : List.of("20", "40", "50", "60")) {
            tells(EMS, item, code);
        }

        assertThat(handlings(item))
                .containsExactly("FACILITY_OUT", "RESULT_COLLECTED", "DELIVERED", "OUT_FOR_DELIVERY");
        await().atMost(World.SOON).until(() -> dossier.shown().contains("=10"));
        assertThat(dossier.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(collected(item)).as("what it was told").isEqualTo("0 of 0");
    }

    @Test
    void what_a_carrier_says_it_collected_is_kept_beside_what_it_was_told() {
        Filed dossier = handedOver(TUYEN_HOA);
        String ems = ordered(EMS, dossier, "RESULT");
        tells(EMS, Map.of("order_code", ems, "status_code", "20", "money_collect", 7_000));
        tells(EMS, Map.of("order_code", ems, "status_code", "60", "money_collect", 5_000));
        Filed other = handedOver(TUYEN_BINH);
        String viettel = ordered(VIETTEL, other, "RESULT");
        tells(VIETTEL, Map.of("ORDER_REFERENCE", viettel, "ORDER_STATUS", 501, "MONEY_COLLECTION", 6_000));

        assertThat(collected(ems)).isEqualTo("5000 of 0");
        assertThat(collected(viettel)).isEqualTo("6000 of 0");
    }

    private static String collected(String item) {
        return world.db()
                .sql(
                        "select w.said || ' of ' || w.told from carrier_word w join leg l on l.id = w.leg where l.item = :item")
                .param("item", item)
                .query(String.class)
                .single();
    }

    /** The later first: what is told late belongs where it happened, and never takes anything back. */
    @Test
    void viettel_post_fetches_papers_and_brings_the_result_in_disorder() {
        Filed dossier = world.files(Filed.both(TUYEN_BINH));
        String papers = ordered(VIETTEL, dossier, "PICKUP");
        for (String code : List.of("104", "105", "501")) {
            tells(VIETTEL, papers, code);
        }
        await().atMost(World.SOON).until(() -> dossier.step("PICKUP").equals("HANDED_TO_AGENCY"));
        assertThat(handlings(papers)).containsExactly("PICKUP_ACCEPTED", "COLLECTED", "HANDED_TO_AGENCY");
        world.centre()
                .succeeds(
                        "confirmReceipt",
                        "<dossier>" + dossier.code() + "</dossier><appointment>" + Filed.today() + "</appointment>");
        handOver(dossier);
        String result = ordered(VIETTEL, dossier, "RESULT");
        tells(VIETTEL, result, "105");
        tells(VIETTEL, result, "501");
        await().atMost(World.SOON).until(() -> dossier.shown().contains("=10"));

        String before = at(LocalDateTime.now(ZoneId.of("Asia/Ho_Chi_Minh")).minusMinutes(1));
        assertThat(tells(VIETTEL, Map.of("ORDER_REFERENCE", result, "ORDER_STATUS", 500, "ORDER_STATUSDATE", before))
                        .path("answered")
                        .asInt())
                .isEqualTo(200);
        assertThat(tells(VIETTEL, result, "202").path("answered").asInt()).isEqualTo(200);
        assertThat(handlings(result)).contains("OUT_FOR_DELIVERY", "UNKNOWN");
        assertThat(dossier.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(dossier.facts().path("dossier").path("status").asInt()).isEqualTo(10);
        assertThat(world.db()
                        .sql("select raw_text from handling where item = :item and raw_code = '202'")
                        .param("item", result)
                        .query(String.class)
                        .single())
                .isEqualTo("chưa ai biết");
    }

    @Test
    void viettel_post_s_delivered_while_returning_is_given_back_to_the_sender() {
        Filed dossier = handedOver(TUYEN_BINH);
        String item = ordered(VIETTEL, dossier, "RESULT");
        tells(VIETTEL, item, "105");
        tells(VIETTEL, item, "505");
        assertThat(tells(VIETTEL, Map.of("ORDER_REFERENCE", item, "ORDER_STATUS", 501, "IS_RETURNING", true))
                        .path("answered")
                        .asInt())
                .isEqualTo(200);

        assertThat(handlings(item)).contains("RETURNING", "RETURNED_TO_AGENCY").doesNotContain("DELIVERED");
        assertThat(dossier.step("RETURN")).isEqualTo("RETURNED_TO_AGENCY");
        assertThat(dossier.facts().path("dossier").path("status").asInt()).isNotEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "drop-after-commit", "garbage", "down"})
    void an_order_reaches_the_carrier_once_however_badly_it_answers(String manner) {
        world.twin(EMS).misbehaves(manner);
        Filed dossier = handedOver(TUYEN_HOA);
        await().atMost(World.SOON)
                .until(() -> count("message where partner = 'ems' and subject = '" + dossier.code()
                                + "' and kind = 'order' and state <> 'CONFIRMED'")
                        == 1);
        world.twin(EMS).behaves();

        String item = ordered(EMS, dossier, "RESULT");
        await().atMost(World.SOON)
                .until(() -> count("message where partner = 'ems' and subject = '" + dossier.code()
                                + "' and kind = 'order' and state = 'CONFIRMED'")
                        == 1);
        assertThat(orders(EMS, item))
                .filteredOn(e -> e.path("fresh").asBoolean())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {VIETTEL, MYVNPOST})
    void an_order_is_taken_back_by_the_carrier_s_own_number(String carrier) {
        ObjectNode wish = Filed.both(carrier.equals(VIETTEL) ? TUYEN_BINH : TUYEN_PHU);
        wish.remove("result");
        Filed dossier = world.files(wish);
        String item = ordered(carrier, dossier, "PICKUP");
        ObjectNode asked =
                Http.JSON.createObjectNode().put("dossier", dossier.code()).put("leg", "PICKUP");
        assertThat(world.ask("portal-dvcqg", "sandbox-portal-secret", "/dossiers/cancellation", asked)
                        .status())
                .isEqualTo(200);

        await().atMost(World.SOON)
                .until(() -> world.twin(carrier).received().stream()
                        .anyMatch(e -> e.path("what").asText().equals("cancel")
                                && e.path("dossier").asText().equals(item)));
        assertThat(dossier.step("PICKUP")).isEqualTo("CANCELLED");
    }

    @Test
    void ems_cannot_be_sent_to_a_door_which_a_person_hears_of() {
        Filed dossier = world.files(Filed.both(TUYEN_HOA));
        await().atMost(World.SOON)
                .until(() -> count("message where partner = 'ems' and subject = '" + dossier.code()
                                + "' and state = 'PARKED' and fault = 'carrier-fetches-nowhere-else'")
                        == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {VIETTEL, MYVNPOST})
    void who_collects_of_the_receiver_is_not_sent_to_a_door_to_collect_which_a_person_hears_of(String carrier) {
        ObjectNode wish = Filed.both(carrier.equals(VIETTEL) ? TUYEN_BINH : TUYEN_PHU);
        wish.remove("result");
        wish.withObject("/dossier").put("paidOnline", false);
        wish.withObject("/pickup").put("collectFee", 25_000);
        Filed dossier = world.files(wish);
        await().atMost(World.SOON)
                .until(() -> count("message where partner = '" + carrier + "' and subject = '" + dossier.code()
                                + "' and state = 'PARKED' and fault = 'carrier-collects-at-the-receiver'")
                        == 1);
        assertThat(orders(carrier, dossier.item("PICKUP"))).isEmpty();

        if (carrier.equals(VIETTEL)) {
            ObjectNode fetched = event(VIETTEL, dossier.item("PICKUP"), "105");
            fetched.withObject("/DATA").put("MONEY_COLLECTION", 25_000);
            assertThat(push(VIETTEL, PROOF.get(VIETTEL), Map.of(), fetched).status())
                    .isEqualTo(200);
            assertThat(collected(dossier.item("PICKUP")))
                    .as("it takes nothing at this door: the citizen still owes it, and not the carrier")
                    .isEqualTo("0 of 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {EMS, VIETTEL})
    void who_cannot_prove_it_is_refused_in_the_carrier_s_own_way_slowed_down_and_nothing_is_kept(String carrier) {
        long kept = count("message");
        Map<String, String> transaction = Map.of("ems-transaction", "T-wrong-" + carrier);
        Http.Answer wrong = push(carrier, "guess", transaction, event(carrier, "RR000000000VN", "50"));
        assertThat(wrong.status()).isEqualTo(401);
        assertIsRefused(carrier, wrong, "T-wrong-" + carrier);
        await().atMost(World.SOON)
                .until(() -> push(carrier, "guess", transaction, event(carrier, "RR000000000VN", "50"))
                                .status()
                        == 429);
        Http.Answer slowed = push(carrier, "guess", transaction, event(carrier, "RR000000000VN", "50"));
        assertThat(slowed.status()).isEqualTo(429);
        assertThat(slowed.whole().headers().firstValue("Retry-After")).isPresent();
        assertThat(push(carrier, PROOF.get(carrier), transaction, event(carrier, "RR000000000VN", "50"))
                        .status())
                .as("not even with the right proof")
                .isEqualTo(429);

        assertThat(count("message")).isEqualTo(kept);
        await().atMost(World.SOON)
                .until(() -> push(carrier, PROOF.get(carrier), transaction, event(carrier, "RR000000000VN", "50"))
                                .status()
                        == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {EMS, VIETTEL})
    void one_key_is_one_event_and_what_it_says_otherwise_is_refused_and_kept_apart(String carrier) {
        Map<String, String> transaction = Map.of("ems-transaction", "T-" + UUID.randomUUID());
        ObjectNode first = event(carrier, "RR" + System.nanoTime(), "50");
        ObjectNode other = first.deepCopy();
        (carrier.equals(EMS)
                        ? other.put("status_code", "60")
                        : other.withObject("/DATA").put("STATUS_NAME", "khác"))
                .size();
        long before = count("message where partner = '" + carrier + "' and direction = 'IN'");

        for (int n = 0; n < 2; n++) {
            Http.Answer again = push(carrier, PROOF.get(carrier), transaction, first);
            assertThat(again.status()).isEqualTo(200);
            if (carrier.equals(EMS)) {
                assertThat(again.json().path("code").asText()).isEqualTo("success");
                assertThat(again.json().path("transaction").asText()).isEqualTo(transaction.get("ems-transaction"));
            }
        }
        for (int n = 0; n < 2; n++) {
            Http.Answer refused = push(carrier, PROOF.get(carrier), transaction, other);
            assertThat(refused.status()).isEqualTo(409);
            assertIsRefused(carrier, refused, transaction.get("ems-transaction"));
        }

        assertThat(count("message where partner = '" + carrier + "' and direction = 'IN'"))
                .as("one that counts, one that waits")
                .isEqualTo(before + 2);
        assertThat(push(carrier, PROOF.get(carrier), transaction, first).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {EMS, VIETTEL})
    void what_nobody_can_read_is_kept_for_a_person_and_what_is_no_json_is_refused(String carrier) {
        ObjectNode undated = event(carrier, "RR" + System.nanoTime(), "50");
        (carrier.equals(EMS) ? undated : undated.withObject("/DATA"))
                .put(carrier.equals(EMS) ? "datetime" : "ORDER_STATUSDATE", "hôm qua \u0000");
        String key = "T-" + UUID.randomUUID();
        long parked = count("message where partner = '" + carrier + "' and state = 'PARKED' and fault = 'schema'");

        assertThat(push(carrier, PROOF.get(carrier), Map.of("ems-transaction", key), undated)
                        .status())
                .isEqualTo(200);
        assertThat(push(carrier, PROOF.get(carrier), Map.of("ems-transaction", key), undated)
                        .status())
                .isEqualTo(200);

        assertThat(count("message where partner = '" + carrier + "' and state = 'PARKED' and fault = 'schema'"))
                .isEqualTo(parked + 1);
        assertThat(count("message where body like '%sandbox-viettel-push%' or body like '%sandbox-ems-push%'"))
                .as("the proof is nobody's to read")
                .isZero();
        long kept = count("message");
        for (String body : List.of("", "{", "<html>", "\u0000")) {
            Http.Answer refused = Http.send(
                    "POST",
                    world.at("/carrier/" + carrier + "/events"),
                    Map.of("token", PROOF.get(carrier), "ems-transaction", key),
                    body);
            assertThat(refused.status()).isEqualTo(400);
            assertIsRefused(carrier, refused, key);
        }
        assertThat(count("message")).isEqualTo(kept);
    }

    /** More orders than one page holds, each page said twice, and code 4 is not "delivered" here. */
    @Test
    void myvnpost_is_asked_and_each_of_many_orders_is_heard_once() {
        List<Filed> dossiers = List.of(handedOver(TUYEN_PHU), handedOver(TUYEN_PHU), handedOver(TUYEN_PHU));
        List<String> items = dossiers.stream()
                .map(dossier -> ordered(MYVNPOST, dossier, "RESULT"))
                .toList();
        world.twin(MYVNPOST).misbehaves("duplicate");
        items.forEach(item -> happens(item, 4));
        items.forEach(item -> await().atMost(World.SOON)
                .untilAsserted(() -> assertThat(handlings(item)).containsExactly("UNKNOWN")));
        assertThat(dossiers)
                .allSatisfy(dossier -> assertThat(dossier.step("RESULT")).isNotEqualTo("DELIVERED"));
        items.forEach(item -> {
            happens(item, 6);
            happens(item, 12);
            happens(item, 14);
        });

        for (Filed dossier : dossiers) {
            dossier.shows(
                    "Đã có kết quả", "Bưu điện đã nhận kết quả", "Bưu tá đang đi phát", "Đã phát thành công", "=10");
        }
        assertThat(items)
                .allSatisfy(item -> assertThat(handlings(item))
                        .containsExactly("UNKNOWN", "RESULT_COLLECTED", "OUT_FOR_DELIVERY", "DELIVERED"));
        await().atMost(World.SOON)
                .until(() -> count("feed_cursor where partner = 'myvnpost' and cursor = '" + Filed.today() + "'") == 1);
    }

    @Test
    void what_happened_while_myvnpost_did_not_answer_or_yesterday_is_heard_later() {
        Filed dossier = world.files(Filed.both(TUYEN_PHU));
        String papers = ordered(MYVNPOST, dossier, "PICKUP");
        world.twin(MYVNPOST).misbehaves("garbage");
        happens(papers, 6);
        await().atMost(World.SOON).until(() -> count("feed_outage where partner = 'myvnpost'") == 1);
        world.twin(MYVNPOST).misbehaves("out-of-order");
        happens(papers, 14);

        await().atMost(World.SOON).until(() -> dossier.step("PICKUP").equals("HANDED_TO_AGENCY"));
        await().atMost(World.SOON)
                .untilAsserted(
                        () -> assertThat(handlings(papers)).containsExactlyInAnyOrder("COLLECTED", "HANDED_TO_AGENCY"));
        await().atMost(World.SOON).until(() -> count("feed_outage where partner = 'myvnpost'") == 0);
        world.centre()
                .succeeds(
                        "confirmReceipt",
                        "<dossier>" + dossier.code() + "</dossier><appointment>" + Filed.today() + "</appointment>");
        handOver(dossier);
        String result = ordered(MYVNPOST, dossier, "RESULT");
        world.db()
                .sql("delete from carrier_number where ours = :ours")
                .param("ours", result)
                .update();
        String yesterday = Filed.today().minusDays(1).format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
        tells(
                MYVNPOST,
                Map.of("saleOrderCode", result, "statusCode", 10, "createdDate", yesterday, "createdHour", "23:59:59"));
        await().atMost(World.SOON)
                .untilAsserted(() -> assertThat(handlings(result)).containsExactly("FACILITY_OUT"));
        await().atMost(World.SOON)
                .untilAsserted(() -> assertThat(count("carrier_number where ours = '" + result + "'"))
                        .as("its list names what an answer that was lost had named")
                        .isEqualTo(1));
    }

    @Test
    void no_other_partner_tells_anything_there() {
        for (String nobody : List.of("carrier-x", "dvcqg", "khong-co", "desk")) {
            Http.Answer answer = push(nobody, "x", Map.of(), event(EMS, "RR1", "50"));
            assertThat(answer.status()).as(nobody).isEqualTo(404);
            assertThat(answer.json().path("type").asText()).contains("unknown-carrier");
        }
        assertThat(Http.get(world.at("/carrier/ems/events"), Map.of()).status()).isEqualTo(401);
    }

    private static void assertIsRefused(String carrier, Http.Answer answer, String transaction) {
        if (carrier.equals(EMS)) {
            assertThat(answer.json().path("code").asText()).isEqualTo("error");
            assertThat(answer.json().path("transaction").asText()).isEqualTo(transaction);
        } else {
            assertThat(answer.json().path("error").asBoolean()).isTrue();
        }
        assertThat(answer.json().path("message").asText()).isNotBlank();
    }

    private static Filed handedOver(String commune) {
        ObjectNode wish = Filed.both(commune);
        wish.remove("pickup");
        Filed dossier = world.files(wish);
        handOver(dossier);
        return dossier;
    }

    private static void handOver(Filed dossier) {
        world.centre().succeeds("dispatchResults", "<result><dossier>" + dossier.code() + "</dossier></result>");
    }

    private static void happens(String item, int code) {
        tells(MYVNPOST, Map.of("saleOrderCode", item, "statusCode", code));
    }

    /** Waits until the carrier has the order of that leg. */
    private static String ordered(String carrier, Filed dossier, String leg) {
        await().atMost(World.SOON)
                .until(() -> !dossier.item(leg).isEmpty()
                        && !orders(carrier, dossier.item(leg)).isEmpty());
        return dossier.item(leg);
    }

    private static List<JsonNode> orders(String carrier, String item) {
        return world.twin(carrier).received().stream()
                .filter(e -> e.path("what").asText().equals("order")
                        && e.path("dossier").asText().equals(item))
                .toList();
    }

    private static JsonNode tells(String carrier, String item, String code) {
        return carrier.equals(EMS)
                ? tells(carrier, Map.of("order_code", item, "status_code", code))
                : tells(carrier, Map.of("ORDER_REFERENCE", item, "ORDER_STATUS", code, "STATUS_NAME", "chưa ai biết"));
    }

    private static JsonNode tells(String carrier, Map<String, Object> event) {
        return Http.post(world.sandbox("/api/" + carrier + "/events"), Map.of(), event)
                .ok();
    }

    private static Http.Answer push(String carrier, String proof, Map<String, String> headers, ObjectNode event) {
        Map<String, String> all = new HashMap<>(headers);
        ObjectNode body = event.deepCopy();
        if (carrier.equals(VIETTEL)) {
            body.put("TOKEN", proof);
        } else {
            all.put("token", proof);
        }
        return Http.post(world.at("/carrier/" + carrier + "/events"), all, body);
    }

    private static ObjectNode event(String carrier, String item, String code) {
        String now = at(LocalDateTime.now(ZoneId.of("Asia/Ho_Chi_Minh")));
        ObjectNode event = Http.JSON.createObjectNode();
        if (carrier.equals(VIETTEL)) {
            event.putObject("DATA")
                    .put("ORDER_NUMBER", "VT1")
                    .put("ORDER_REFERENCE", item)
                    .put("ORDER_STATUS", code)
                    .put("ORDER_STATUSDATE", now);
            return event;
        }
        return event.put("order_code", item).put("status_code", code).put("datetime", now);
    }

    private static String at(LocalDateTime time) {
        return time.format(DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss"));
    }

    private static List<String> handlings(String item) {
        return world.db()
                .sql("select code from handling where item = :item and source = any(:carriers) order by seq")
                .param("item", item)
                .param("carriers", new String[] {EMS, VIETTEL, MYVNPOST})
                .query(String.class)
                .list();
    }

    private static long count(String of) {
        return world.db().sql("select count(*) from " + of).query(Long.class).single();
    }
}
