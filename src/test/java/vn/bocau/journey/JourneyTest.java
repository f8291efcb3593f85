package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Each kind of leg makes its whole journey on all real parts: portal, agency, phones and carrier speak over the network,
 * and what counts is what the portal shows in the end.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JourneyTest {

    private static World world;

    @BeforeAll
    static void begin() {
        world = new World();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Test
    void papers_are_fetched_and_the_result_is_brought() {
        Filed dossier = world.files(Filed.both("19333"));
        Worker worker = world.worker("buu-ta");
        assertThat(worker.worklist()).anySatisfy(stop -> {
            assertThat(stop.path("dossier").toString()).contains(dossier.code());
            assertThat(stop.path("party").path("name").asText()).isEqualTo("Lê Thị Mẫu");
            assertThat(stop.path("paidOnline").asBoolean()).isTrue();
        });
        String papers = dossier.item("PICKUP");
        worker.scans("PICKUP_ACCEPTED", papers);
        worker.scans("COLLECTED", papers);
        worker.scans("HANDED_TO_AGENCY", papers);
        world.centre()
                .succeeds(
                        "confirmReceipt",
                        "<dossier>" + dossier.code() + "</dossier><appointment>" + Filed.today() + "</appointment>");
        assertThat(world.centre()
                        .succeeds("dispatchResults", "<result><dossier>" + dossier.code() + "</dossier></result>"))
                .contains("DISPATCHED");
        String result = dossier.item("RESULT");
        worker.scans("RESULT_COLLECTED", result);
        worker.scans("OUT_FOR_DELIVERY", result);
        worker.delivers(result, 0);

        dossier.shows(
                "Bưu tá đã xác nhận",
                "Đã nhận hồ sơ tại nhà",
                "Đã bàn giao",
                "Cơ quan đã tiếp nhận",
                "Đã có kết quả",
                "Bưu điện đã nhận kết quả",
                "Bưu tá đang đi phát",
                "Đã phát thành công",
                "=10");
        assertThat(agencyTold("trung-tam-hcc", dossier))
                .containsExactly("arrival HANDED_TO_AGENCY", "outcome DELIVERED");
        assertThat(dossier.facts().path("dossier").path("status").asInt()).isEqualTo(10);
    }

    /** EMC and the LGSP follow the OpenCPS portal: what a dossier of that portal becomes they hear as it does. */
    @Test
    void who_follows_a_portal_hears_of_its_dossiers_what_it_hears_itself() {
        String code = Filed.newCode();
        ObjectNode wish = Filed.both("19333");
        wish.remove("pickup");
        wish.withObject("/dossier").putArray("codes").addObject().put("code", code);
        Map<String, String> portal = world.portal("portal-opencps", "sandbox-opencps-secret");
        Http.post(world.sandbox("/api/opencps/dossiers"), Map.of(), Map.of("code", code, "request", wish))
                .ok();
        world.centre()
                .succeeds(
                        "confirmReceipt",
                        "<dossier>" + code + "</dossier><appointment>" + Filed.today() + "</appointment>");
        world.centre().succeeds("dispatchResults", "<result><dossier>" + code + "</dossier></result>");
        String item = Http.get(world.at("/api/portal/v1/dossiers/" + code), portal)
                .ok()
                .at("/legs/0/item")
                .asText();
        Worker worker = world.worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("OUT_FOR_DELIVERY", item);
        worker.delivers(item, 0);

        await().atMost(World.SOON).untilAsserted(() -> {
            assertThat(told("emc", code, "TrackingMCDT", "status")).containsExactly("1", "2", "2", "2", "2", "3");
            assertThat(told("lgsp", code, "SyncDocument", "IsReturned"))
                    .containsExactly("false", "false", "false", "false", "false", "true");
            assertThat(told("lgsp", code, "UpdateDocumentTraces", "Comment"))
                    .isEqualTo(accepted("lgsp", code))
                    .isEqualTo(accepted("opencps", code))
                    .hasSize(6);
        });
        assertThat(world.twin("emc").received().toString() + world.twin("lgsp").received())
                .doesNotContain("Lê Thị Mẫu", "0900000001");
    }

    /** One field of what a partner took in of a dossier, in the order of arrival; nothing came twice. */
    private static List<String> told(String partner, String code, String what, String field) {
        List<JsonNode> heard = world.twin(partner).received().stream()
                .filter(e -> e.path("dossier").asText().equals(code)
                        && e.path("what").asText().equals(what))
                .toList();
        assertThat(heard).allMatch(e -> e.path("fresh").asBoolean());
        return heard.stream().map(e -> e.path("content").path(field).asText()).toList();
    }

    /** What our journal says a partner has confirmed of a dossier. */
    private static List<String> accepted(String partner, String code) {
        return world.db()
                .sql("select body::jsonb->'event'->>'vi' from message where direction = 'OUT' and state = 'CONFIRMED'"
                        + " and partner = ? and subject = ? order by seq")
                .params(partner, code)
                .query(String.class)
                .list();
    }

    @Test
    void what_is_missing_is_fetched_as_a_supplement() {
        ObjectNode wish = Filed.both("19333");
        wish.remove("result");
        Filed dossier = world.files(wish);
        Worker worker = world.worker("buu-ta");
        worker.scans("COLLECTED", dossier.item("PICKUP"));
        worker.scans("HANDED_TO_AGENCY", dossier.item("PICKUP"));
        world.centre()
                .succeeds(
                        "askSupplement",
                        "<dossier>" + dossier.code() + "</dossier><paper><name>Giấy chứng nhận cũ</name>"
                                + "<original>true</original><count>1</count></paper><reason>Thiếu bản gốc</reason>"
                                + "<byPost>true</byPost>");
        assertThat(dossier.facts().path("facts").path("supplement").path(0).asText())
                .isEqualTo("Giấy chứng nhận cũ");
        String supplement = dossier.item("SUPPLEMENT");
        worker.scans("COLLECTED", supplement);
        worker.scans("HANDED_TO_AGENCY", supplement);

        dossier.shows(
                "Đã nhận hồ sơ tại nhà",
                "Đã bàn giao",
                "Cơ quan yêu cầu bổ sung hồ sơ: Thiếu bản gốc",
                "Đã nhận hồ sơ tại nhà",
                "Đã bàn giao");
        assertThat(world.twin("dvcqg").received())
                .anySatisfy(e ->
                        assertThat(e.path("content").path("TrangThai").asText()).isEqualTo("5"));
    }

    @Test
    void refused_papers_go_back_to_the_citizen() {
        Filed dossier = world.files(Filed.both("19333"));
        Worker worker = world.worker("buu-ta");
        worker.scans("COLLECTED", dossier.item("PICKUP"));
        worker.scans("HANDED_TO_AGENCY", dossier.item("PICKUP"));
        world.centre()
                .succeeds(
                        "refusePapers",
                        "<dossier>" + dossier.code()
                                + "</dossier><reason>Không thuộc thẩm quyền</reason><returnPapers>true</returnPapers>");
        String back = dossier.item("ORIGINALS_BACK");
        worker.scans("RESULT_COLLECTED", back);
        worker.delivers(back, 0);

        dossier.shows(
                "Đã nhận hồ sơ tại nhà",
                "Đã bàn giao",
                "Cơ quan không tiếp nhận hồ sơ: Không thuộc thẩm quyền",
                "Đã hủy",
                "Bưu điện đã nhận",
                "Đã phát thành công");
        assertThat(dossier.facts().path("dossier").path("status").asInt())
                .as("the post moves no status that is not 9")
                .isEqualTo(3);
    }

    @Test
    void a_result_nobody_takes_comes_back_to_the_agency_and_stays_at_9() {
        ObjectNode wish = Filed.both("19333");
        wish.remove("pickup");
        Filed dossier = world.files(wish);
        Worker worker = world.worker("buu-ta");
        world.centre().succeeds("dispatchResults", "<result><dossier>" + dossier.code() + "</dossier></result>");
        String item = dossier.item("RESULT");
        worker.scans(
                "RESULT_COLLECTED",
                item,
                Map.of(
                        "occurredAt",
                        java.time.OffsetDateTime.now().minusHours(3).toString()));
        worker.scans(
                "DELIVERY_FAILED",
                item,
                Map.of(
                        "reason",
                        "ABSENT",
                        "occurredAt",
                        java.time.OffsetDateTime.now().minusHours(2).toString()));
        assertThat(dossier.leg("RESULT").path("rule").path("code").asText()).isEqualTo("try-again");
        worker.scans("DELIVERY_FAILED", item, Map.of("reason", "ABSENT"));
        assertThat(dossier.leg("RESULT").path("rule").path("code").asText()).isEqualTo("attempts-used-up");
        world.worker("to-truong").scans("RETURN_APPROVED", item);
        worker.scans("RETURNING", item);
        worker.scans("RETURNED_TO_AGENCY", item);

        dossier.shows(
                "Đã có kết quả",
                "Bưu điện đã nhận",
                "Phát chưa thành công: Vắng nhà",
                "Phát chưa thành công: Vắng nhà",
                "Đã duyệt chuyển hoàn",
                "Đang chuyển hoàn",
                "Đã hoàn trả cơ quan");
        assertThat(dossier.facts().path("dossier").path("status").asInt()).isEqualTo(9);
        assertThat(agencyTold("trung-tam-hcc", dossier))
                .containsExactly("outcome RETURN_APPROVED", "arrival RETURNED_TO_AGENCY");
    }

    @Test
    void a_dossier_is_transferred_to_another_agency_which_hears_by_rest() {
        ObjectNode wish = Filed.both("19333");
        wish.remove("result");
        Filed dossier = world.files(wish);
        Worker worker = world.worker("buu-ta");
        world.centre()
                .succeeds(
                        "transferDossier",
                        "<dossier>" + dossier.code() + "</dossier><toAgency>000.01.12.H50</toAgency>");
        String item = dossier.item("TRANSFER");
        worker.scans("RESULT_COLLECTED", item);
        worker.scans("COMMUNE_TRANSFER", item);
        worker.scans("HANDED_TO_AGENCY", item);

        dossier.shows(
                "Đã lập bảng kê",
                "Hồ sơ được chuyển sang cơ quan khác",
                "Bưu điện đã nhận",
                "Đang luân chuyển",
                "Đã bàn giao");
        assertThat(agencyTold("ubnd-dong-ha", dossier)).containsExactly("arrival HANDED_TO_AGENCY");
    }

    @Test
    void an_outside_carrier_is_given_the_order_and_its_feed_moves_the_leg() {
        ObjectNode wish = Filed.both("19681");
        wish.remove("pickup");
        Filed dossier = world.files(wish);
        world.centre().succeeds("dispatchResults", "<result><dossier>" + dossier.code() + "</dossier></result>");
        String item = dossier.item("RESULT");
        await().atMost(World.SOON)
                .until(() -> world.twin("carrier-x").received().stream()
                        .anyMatch(e -> e.path("what").asText().equals("order")
                                && e.path("dossier").asText().equals(item)));
        for (int status : List.of(1, 4)) {
            Http.post(
                            world.sandbox("/api/carrier-x/events"),
                            Map.of(),
                            Map.of("OrderNumber", item, "StatusCode", status, "StatusMessage", "như đã hẹn"))
                    .ok();
        }
        Http.post(
                        world.sandbox("/api/carrier-x/events"),
                        Map.of(),
                        Map.of("OrderNumber", item, "StatusCode", 4711, "StatusMessage", "chưa ai biết"))
                .ok();

        await().atMost(World.SOON).until(() -> dossier.step("RESULT").equals("DELIVERED"));
        await().atMost(World.SOON)
                .until(() -> world.db()
                                .sql(
                                        "select count(*) from handling where item = :item and code = 'UNKNOWN' and raw_code = '4711'")
                                .param("item", item)
                                .query(Long.class)
                                .single()
                        == 1);
        await().atMost(World.SOON).until(() -> dossier.shown().contains("=10"));
    }

    @Test
    void a_one_stop_orders_over_tls_and_reads_in_its_feed_what_became_of_it() {
        Filed dossier = world.files(nothingAsked());
        ObjectNode order = (ObjectNode) json("""
                {"OrderNumber": "%s", "CODAmount": 0.0, "SenderProvince": 52, "SenderDistrict": 5210,
                 "SenderAddress": "Đông Hà", "SenderName": "Trung tâm Phục vụ hành chính công tỉnh Quảng Trị", "SenderEmail": null,
                 "SenderTel": "02330000100", "SenderDesc": "Mã hồ sơ: %s||Tên thủ tục: Cấp lại giấy phép A||Thành phần hồ sơ 1: Giấy phép||Tên dịch vụ: Trả hồ sơ tại nhà||CMND: 045000000001",
                 "Description": null, "ReceiverName": "Lê Thị Mẫu", "ReceiverAddress": "Thôn 2", "ReceiverTel": "0900000001",
                 "ReceiverProvince": 52, "ReceiverDistrict": 5210, "ReceiverEmail": null}
                """.formatted(dossier.code(), dossier.code()));
        assertThat(order(order).path("body").path("Status").asInt()).isEqualTo(100);
        assertThat(order(order).path("body").path("Status").asInt()).isEqualTo(101);
        String item = world.db()
                .sql("select item from leg where order_number = :code")
                .param("code", dossier.code())
                .query(String.class)
                .single();
        Worker worker = world.worker("buu-ta");
        worker.scans("RESULT_COLLECTED", item);
        worker.delivers(item, 0);

        await().atMost(World.SOON).untilAsserted(() -> {
            Http.post(world.sandbox("/api/qti-tthcc/poll"), Map.of(), Map.of()).ok();
            assertThat(world.twin("qti-tthcc").received().stream()
                            .filter(e -> e.path("what").asText().equals("event")
                                    && e.path("dossier").asText().equals(dossier.code()))
                            .map(e -> e.path("content").path("StatusCode").asInt()))
                    .hasSize(3)
                    .endsWith(4);
        });
        assertThat(world.db()
                        .sql("select count(*) from message where body like '%045000000001%'")
                        .query(Long.class)
                        .single())
                .as("no ID number is kept")
                .isZero();
    }

    /** Filed on the portal, without the post: it is the one-stop that orders. */
    private static ObjectNode nothingAsked() {
        ObjectNode wish = Filed.both("19333");
        wish.remove("result");
        return wish;
    }

    private static JsonNode order(JsonNode order) {
        return Http.post(world.sandbox("/api/qti-tthcc/orders"), Map.of(), order)
                .ok();
    }

    private static JsonNode json(String text) {
        try {
            return Http.JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> agencyTold(String partner, Filed dossier) {
        await().atMost(World.SOON)
                .until(() -> world.db()
                                .sql(
                                        "select count(*) from message where partner = :partner and subject = :code and state <> 'CONFIRMED' and direction = 'OUT'")
                                .param("partner", partner)
                                .param("code", dossier.code())
                                .query(Long.class)
                                .single()
                        == 0);
        return world.db()
                .sql("select kind || ' ' || (body::jsonb #>> '{event,code}') from message where partner = :partner"
                        + " and subject = :code and direction = 'OUT' order by seq")
                .param("partner", partner)
                .param("code", dossier.code())
                .query(String.class)
                .list();
    }
}
