package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.http.OwnHub;

/** Orders, cancellations and documents at the one-stops' door, over TLS, as VNPost's own SDK sends them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NgspDoorTest {

    private static final String POST = Sdk.API + "/order/post";
    private static final String CANCEL = Sdk.API + "/order/cancel";
    private static final String DOCUMENT = Sdk.API + "/document";
    private static final String NUMBER = "000.00.12.H50-260415-0007";

    private static OwnHub hub;
    private static Sdk sdk;
    private static Map<String, String> token;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of(), OrderingDomain.class);
        sdk = new Sdk(hub);
        token = sdk.authorized();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private long before;

    @BeforeEach
    void forget() {
        OrderingDomain.forget();
        before = all();
    }

    @Test
    void an_order_reaches_the_domain_in_our_words() {
        Sdk.Answer answer = sdk.post(POST, token, OrderBodies.result(NUMBER).toString());

        assertThat(answer.http()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().toString()).isEqualTo("{\"Status\":100,\"Message\":\"Tiếp nhận thành công\"}");
        assertThat(answer.connection().getContentType()).isEqualTo("application/json;charset=UTF-8");
        Inbound came = only();
        assertThat(came.partner()).isEqualTo("qti-tthcc");
        assertThat(came.kind()).isEqualTo("ngsp.order");
        assertThat(came.key()).matches("order-[0-9a-f-]{36}");
        JsonNode leg = came.payload().at("/legs/0");
        assertThat(came.payload().path("orderNumber").asText()).isEqualTo(NUMBER);
        assertThat(leg.path("direction").asText()).isEqualTo("RESULT");
        assertThat(leg.at("/receiver/name").asText()).isEqualTo("Lê Thị Mẫu");
        assertThat(leg.at("/receiver/address/vnpostDistrict").asInt()).isEqualTo(5240);
        assertThat(came.payload().at("/papers/0/name").asText()).isEqualTo("Giấy phép");
    }

    @Test
    void the_other_direction_under_the_same_number_is_a_message_of_its_own() {
        sdk.post(POST, token, OrderBodies.pickup(NUMBER).toString());
        sdk.post(POST, token, OrderBodies.result(NUMBER).toString());
        sdk.post(POST, token, OrderBodies.result(NUMBER).toString());

        assertThat(OrderingDomain.CAME)
                .extracting(in -> in.payload().at("/legs/0/direction").asText())
                .containsExactly("PICKUP", "RESULT", "RESULT");
        assertThat(OrderingDomain.CAME).extracting(Inbound::key).doesNotHaveDuplicates();
    }

    @Test
    void an_identity_number_is_kept_nowhere() {
        ObjectNode order = OrderBodies.pickup(NUMBER);
        order.put("description", "Người nhận xuất trình CCCD số " + OrderBodies.ID_NUMBER + " khi nhận");
        order.put("SenderCMND", OrderBodies.ID_NUMBER);
        order.putObject("More").put("SoDinhDanh", 45_000_000_001L);

        sdk.post(POST, token, order.toString());

        assertThat(only().payload().toString()).doesNotContain(OrderBodies.ID_NUMBER);
        assertThat(record())
                .doesNotContain(OrderBodies.ID_NUMBER, "45000000001")
                .contains("Tên dịch vụ: Thu gom hồ sơ tại nhà||CMND: ***", "CCCD số *** khi nhận");
    }

    @Test
    void fields_nobody_knows_are_kept_in_the_record_and_nulls_mean_nothing() {
        ObjectNode order = OrderBodies.result(NUMBER);
        order.put("FlagConfig", 2).put("Weight", "0,5 kg").putNull("ItemCode");

        assertThat(sdk.post(POST, token, order.toString()).status()).isEqualTo(100);

        assertThat(record()).contains("\"FlagConfig\":2", "\"Weight\":\"0,5 kg\"", "\"ItemCode\":null");
        assertThat(only().payload().at("/legs/0").has("item")).isFalse();
    }

    @Test
    void names_of_fields_may_be_written_in_any_case() {
        String lower = OrderBodies.result(NUMBER).toString();
        for (String name : List.of("CustomerCode", "OrderNumber", "SenderTel", "ReceiverProvince", "SenderDesc")) {
            lower = lower.replace(
                    "\"" + name + "\"", "\"" + Character.toLowerCase(name.charAt(0)) + name.substring(1) + "\"");
        }

        assertThat(sdk.post(POST, token, lower.replace("\"ReceiverTel\"", "\"RECEIVERTEL\""))
                        .status())
                .isEqualTo(100);

        assertThat(only().payload().at("/legs/0/receiver/phone").asText()).isEqualTo("0900000001");
    }

    @Test
    void vietnamese_is_read_in_either_form_and_with_a_byte_order_mark() {
        String decomposed =
                java.text.Normalizer.normalize(OrderBodies.pickup(NUMBER).toString(), java.text.Normalizer.Form.NFD);

        assertThat(sdk.post(POST, token, "\uFEFF" + decomposed).status()).isEqualTo(100);

        assertThat(only().payload().at("/legs/0/direction").asText()).isEqualTo("PICKUP");
        assertThat(only().payload().at("/legs/0/sender/name").asText()).isEqualTo("Lê Thị Mẫu");
        assertThat(record()).doesNotContain(OrderBodies.ID_NUMBER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000", "1e5", "1.0E+5", "100000.0"})
    void a_number_is_the_same_order_however_it_is_written(String written) {
        String order =
                OrderBodies.result("@").toString().replace("\"OrderNumber\":\"@\"", "\"OrderNumber\":" + written);

        assertThat(sdk.post(POST, token, order).status()).isEqualTo(100);

        assertThat(only().payload().path("orderNumber").asText()).isEqualTo("100000");
    }

    @ParameterizedTest
    @CsvSource({
        "0912 345 678 / 0913.456.789, 0912345678",
        "0912345678;0913456789, 0912345678",
        "0912345678 hoặc 0913456789, 0912345678",
        "1900 1234, 19001234",
        "190055, 190055",
        "1022, 1022",
        "(0233) 3852-401, 02333852401",
        "'', ''"
    })
    void telephones_as_one_stops_write_them(String written, String called) {
        ObjectNode order = OrderBodies.result(NUMBER).put("SenderTel", written);

        assertThat(sdk.post(POST, token, order.toString()).status()).isEqualTo(100);

        assertThat(only().payload().at("/legs/0/sender/phone").asText()).isEqualTo(called);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EB000000115VN", "EB 000 000 115 VN", "52010-2026/0007", "VNP_1.2"})
    void an_item_s_code_is_usually_one_of_upu_s_and_may_be_another(String code) {
        ObjectNode order = OrderBodies.result(NUMBER).put("ItemCode", code);

        assertThat(sdk.post(POST, token, order.toString()).status()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "nonsense",
                ";;;"
            })
    void whatever_it_says_of_its_content(String type) {
        var headers = new HashMap<>(token);
        headers.put("Content-Type", type);
        headers.put("Accept", "*");

        assertThat(sdk.post(POST, headers, OrderBodies.result(NUMBER).toString())
                        .status())
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED,  100, Tiếp nhận thành công",
        "EXISTS,    101, Đơn hàng đã tồn tại",
        "CORRECTED, 100, Cập nhật đơn hàng thành công"
    })
    void what_the_domain_decides_is_said_in_the_adapter_s_words(String outcome, int status, String message) {
        OrderingDomain.decision = in -> outcome;

        Sdk.Answer answer = sdk.post(POST, token, OrderBodies.result(NUMBER).toString());

        assertThat(answer.http()).isEqualTo(201);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED,         Huỷ thành công", "ALREADY_CANCELLED, Huỷ thành công từ trước"})
    void a_cancellation_too(String outcome, String message) {
        OrderingDomain.decision = in -> outcome;

        Sdk.Answer answer = sdk.get(CANCEL + "?CustomerCode=QTI-TTHCC&OrderNumber=" + NUMBER, token);

        assertThat(answer.http()).isEqualTo(201);
        assertThat(answer.status()).isEqualTo(100);
        assertThat(answer.message()).isEqualTo(message);
        assertThat(only().kind()).isEqualTo("ngsp.cancel");
        assertThat(only().payload().toString()).isEqualTo("{\"orderNumber\":\"" + NUMBER + "\"}");
    }

    @Test
    void a_cancellation_may_name_its_direction_and_come_in_a_body() {
        sdk.get(CANCEL + "?customercode=QTI-TTHCC&OrderNUmber=" + NUMBER + "&direction=RESULT", token);
        sdk.post(CANCEL, token, "CustomerCode=QTI-TTHCC&OrderNumber=" + NUMBER);
        sdk.post(CANCEL, token, "{\"CustomerCode\":\"QTI-TTHCC\",\"OrderNumber\":\"" + NUMBER + "\"}");

        assertThat(OrderingDomain.CAME)
                .extracting(in -> in.payload().path("direction").asText())
                .containsExactly("RESULT", "", "");
        assertThat(OrderingDomain.CAME)
                .extracting(in -> in.payload().path("orderNumber").asText())
                .containsOnly(NUMBER);
    }

    @Test
    void a_document_orders_both_directions_at_once() {
        Sdk.Answer answer =
                sdk.post(DOCUMENT, token, OrderBodies.document(NUMBER).toString());

        assertThat(answer.http()).isEqualTo(201);
        assertThat(answer.status()).isEqualTo(100);
        assertThat(only().payload().path("legs").findValuesAsText("direction")).containsExactly("PICKUP", "RESULT");
    }

    @Test
    void a_refusal_of_the_domain_names_the_field_in_the_sender_s_words_and_claims_no_success() {
        OrderingDomain.decision = in -> {
            throw new Refused(
                    Refused.Ground.RULE,
                    "place-unknown",
                    "/legs/0/receiver/address/vnpostDistrict",
                    "Bưu gửi trước đã phát thành công, đơn đã tồn tại ở nơi khác.",
                    "No.");
        };

        Sdk.Answer answer = sdk.post(POST, token, OrderBodies.result(NUMBER).toString());

        assertThat(answer.http()).isEqualTo(201);
        assertThat(answer.status()).isEqualTo(107);
        assertThat(answer.message()).contains("ReceiverDistrict: ").doesNotContain("thành công", "đã tồn tại");
        assertThat(messages()).isZero();
    }

    @Test
    void fields_of_a_document_are_named_in_its_own_words() {
        OrderingDomain.decision = in -> {
            throw new Refused(Refused.Ground.RULE, "phone", "/legs/1/receiver/phone", "Sai.", "Wrong.");
        };

        assertThat(sdk.post(DOCUMENT, token, OrderBodies.document(NUMBER).toString())
                        .message())
                .endsWith(" ResultReceiver.Phone: Sai.");
    }

    @Test
    void nothing_is_written_so_that_reading_it_takes_long() {
        for (String tiring : List.of(" ", "CMND", "căn", "1", "1 ", ": ", "|", "Thành phần hồ sơ")) {
            ObjectNode order = OrderBodies.result(NUMBER);
            order.put("SenderDesc", "x" + tiring.repeat(19_000 / tiring.length()) + "x");
            order.put("Unknown", "x" + tiring.repeat(400_000 / tiring.length()) + "x");

            assertTimeout(
                    Duration.ofSeconds(10),
                    () -> assertThat(sdk.post(POST, token, order.toString()).status())
                            .as(tiring)
                            .isEqualTo(100));
        }
    }

    @ParameterizedTest
    @CsvSource({"MALFORMED, 103", "FORBIDDEN, 104", "UNKNOWN, 105", "CONFLICT, 106", "RULE, 107"})
    void each_ground_of_refusal_has_its_status(Refused.Ground ground, int status) {
        OrderingDomain.decision = in -> {
            throw new Refused(ground, "under-way", "", "Bưu tá đã đến lấy.", "Under way.");
        };

        Sdk.Answer answer = sdk.get(CANCEL + "?CustomerCode=QTI-TTHCC&OrderNumber=" + NUMBER, token);

        assertThat(answer.http()).isEqualTo(201);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).endsWith("Bưu tá đã đến lấy.");
    }

    @Test
    void an_outage_is_no_refusal() {
        OrderingDomain.decision = in -> {
            throw new Unavailable("partner-error", "not now", "not now");
        };

        Sdk.Answer answer = sdk.post(POST, token, OrderBodies.result(NUMBER).toString());

        assertThat(answer.http()).isEqualTo(503);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.connection().getHeaderFieldInt("Retry-After", 0)).isEqualTo(5);
    }

    @Test
    void a_bug_of_ours_is_no_answer_about_the_order() {
        OrderingDomain.decision = in -> "SURPRISE";

        assertThat(sdk.post(POST, token, OrderBodies.result(NUMBER).toString()).http())
                .isEqualTo(500);
    }

    @Test
    void what_nobody_can_answer_says_so() {
        Sdk.Answer price = sdk.post(Sdk.API + "/getPostage", token, "{\"weight\":100,\"mainSrv\":\"HCC\"}");

        assertThat(price.http()).isEqualTo(200);
        assertThat(price.status()).isEqualTo(108);
        assertThat(sdk.get("/ngsp/nothing", token).http()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bad_input_is_refused_by_its_field_and_leaves_nothing(
            String what, String path, byte[] body, int status, String field) {
        Sdk.Answer answer = body.length == 0 && path.contains("?") ? sdk.get(path, token) : sdk.post(path, token, body);

        assertThat(answer.http()).as(answer.text()).isEqualTo(201);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.message()).contains(field).doesNotContain("thành công", "đã tồn tại", "SECRET");
        assertThat(OrderingDomain.CAME).isEmpty();
        assertThat(messages()).isZero();
    }

    static Stream<Arguments> bad_input_is_refused_by_its_field_and_leaves_nothing() {
        return Stream.of(
                bad("nothing", "", 102, ""),
                bad("half of it", "{\"OrderNumber\":", 102, ""),
                bad("two values", "{} {}", 102, ""),
                bad("a form", "OrderNumber=SECRET", 102, ""),
                bad("XML", "<order/>", 102, ""),
                bad("ten thousand brackets", "[".repeat(10_000), 102, ""),
                bad("the same field twice", "{\"OrderNumber\":\"SECRET\",\"OrderNumber\":\"b\"}", 102, ""),
                bad("more than is read", "\"" + "x".repeat(1_100_000) + "\"", 102, "1048576"),
                arguments("UTF-16", POST, order().toString().getBytes(StandardCharsets.UTF_16), 102, ""),
                arguments("Latin 1", POST, "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), 102, "UTF-8"),
                bad("a zero in a name", order().put("ReceiverName", "SECRET\0").toString(), 102, "ReceiverName"),
                bad("null", "null", 103, ""),
                bad("a list", "[]", 103, ""),
                bad("a text", "\"SECRET\"", 103, ""),
                wrong("no customer", "CustomerCode", o -> o.remove("CustomerCode")),
                wrong("a customer of null", "CustomerCode", o -> o.putNull("CustomerCode")),
                bad(
                        "somebody else's customer code",
                        order().put("CustomerCode", "SECRET").toString(),
                        104,
                        "CustomerCode"),
                bad(
                        "the own code in another case",
                        order().put("CustomerCode", "qti-tthcc").toString(),
                        104,
                        "CustomerCode"),
                wrong("no number", "OrderNumber", o -> o.remove("OrderNumber")),
                wrong("a number of spaces", "OrderNumber", o -> o.put("OrderNumber", "   ")),
                wrong("a number too long", "OrderNumber", o -> o.put("OrderNumber", "9".repeat(101))),
                wrong("a number of two lines", "OrderNumber", o -> o.put("OrderNumber", "SECRET\n1")),
                wrong(
                        "a number that is a list",
                        "OrderNumber",
                        o -> o.putArray("OrderNumber").add("SECRET")),
                wrong("two numbers by case", "OrderNumber", o -> o.put("ordernumber", "SECRET")),
                wrong("no name", "ReceiverName", o -> o.putNull("ReceiverName")),
                wrong("a name too long", "SenderName", o -> o.put("SenderName", "L".repeat(201))),
                wrong("two telephones, one of them half", "SenderTel", o -> o.put("SenderTel", "0912345678 / 09")),
                wrong("a telephone that is no hotline", "SenderTel", o -> o.put("SenderTel", "1234")),
                wrong("an item's code that is markup", "ItemCode", o -> o.put("ItemCode", "<x>")),
                wrong("a telephone of zeros", "ReceiverTel", o -> o.put("ReceiverTel", "00000000")),
                wrong("a telephone in words", "ReceiverTel", o -> o.put("ReceiverTel", "SECRET")),
                wrong("half a telephone", "ReceiverTel", o -> o.put("ReceiverTel", "0900")),
                wrong("no street", "ReceiverAddress", o -> o.remove("ReceiverAddress")),
                wrong("a street too long", "SenderAddress", o -> o.put("SenderAddress", "x".repeat(301))),
                wrong("no province", "SenderProvince", o -> o.remove("SenderProvince")),
                wrong("province 0", "ReceiverProvince", o -> o.put("ReceiverProvince", 0)),
                wrong("a province by name", "ReceiverProvince", o -> o.put("ReceiverProvince", "SECRET")),
                wrong("half a province", "ReceiverProvince", o -> o.put("ReceiverProvince", 52.5)),
                wrong("a province that is true", "ReceiverProvince", o -> o.put("ReceiverProvince", true)),
                wrong("a district below nothing", "SenderDistrict", o -> o.put("SenderDistrict", -1)),
                wrong("a district of five digits", "SenderDistrict", o -> o.put("SenderDistrict", 52100)),
                wrong("an amount below nothing", "CODAmount", o -> o.put("CODAmount", -1.0)),
                wrong("half a đồng", "CODAmount", o -> o.put("CODAmount", 0.5)),
                wrong("an amount nobody can pay", "CODAmount", o -> o.put("CODAmount", 1.0E10)),
                wrong("an amount in words", "CODAmount", o -> o.put("CODAmount", "SECRET")),
                bad(
                        "an amount that fills the memory",
                        order().toString().replace("\"CODAmount\":0.0", "\"CODAmount\":1e999999999"),
                        102,
                        "CODAmount"),
                wrong("a description that is a list", "SenderDesc", o -> o.putArray("SenderDesc")),
                wrong("an item's code that is a number", "ItemCode", o -> o.put("ItemCode", 7)),
                document(
                        "a document in no direction",
                        "IsSendDocument",
                        d -> d.put("IsSendDocument", false).put("IsReceiveResult", false)),
                document("a document with half a flag", "IsSendDocument", d -> d.put("IsSendDocument", "SECRET")),
                document("a document without its sender", "DocumentSender", d -> d.remove("DocumentSender")),
                document("a document whose sender is a name", "DocumentSender", d -> d.put("DocumentSender", "SECRET")),
                document(
                        "a receiver without a telephone",
                        "ResultReceiver.Phone",
                        d -> d.withObject("ResultReceiver").remove("Phone")),
                document(
                        "a receiver nowhere",
                        "ResultReceiver.ProvinceCode",
                        d -> d.withObject("ResultReceiver").put("ProvinceCode", "SECRET")),
                document("a procedure that is a text", "Procedure", d -> d.put("Procedure", "SECRET")),
                cancellation("no order to cancel", "CustomerCode=QTI-TTHCC", 103, "OrderNumber"),
                cancellation("nobody's order", "OrderNumber=SECRET", 103, "CustomerCode"),
                cancellation("somebody else's order", "CustomerCode=SECRET&OrderNumber=1", 104, "CustomerCode"),
                cancellation(
                        "an order with a zero in it",
                        "CustomerCode=QTI-TTHCC&OrderNumber=SECRET%00",
                        102,
                        "OrderNumber"),
                cancellation(
                        "an order sideways",
                        "CustomerCode=QTI-TTHCC&OrderNumber=1&Direction=SECRET",
                        103,
                        "Direction"));
    }

    private static Arguments bad(String what, String body, int status, String field) {
        return arguments(what, POST, body.getBytes(StandardCharsets.UTF_8), status, field);
    }

    private static Arguments wrong(String what, String field, Consumer<ObjectNode> spoil) {
        ObjectNode order = order();
        spoil.accept(order);
        return bad(what, order.toString(), 103, field);
    }

    private static Arguments document(String what, String field, Consumer<ObjectNode> spoil) {
        ObjectNode document = OrderBodies.document(NUMBER);
        spoil.accept(document);
        return arguments(what, DOCUMENT, document.toString().getBytes(StandardCharsets.UTF_8), 103, field);
    }

    private static Arguments cancellation(String what, String query, int status, String field) {
        return arguments(what, CANCEL + "?" + query, new byte[0], status, field);
    }

    private static ObjectNode order() {
        return OrderBodies.result("bad-" + UUID.randomUUID());
    }

    private static Inbound only() {
        assertThat(OrderingDomain.CAME).hasSize(1);
        return OrderingDomain.CAME.get(0);
    }

    private static String record() {
        return hub.db()
                .sql("select body from message where key = :key")
                .param("key", only().key())
                .query(String.class)
                .single();
    }

    private long messages() {
        return all() - before;
    }

    private static long all() {
        return hub.db().sql("select count(*) from message").query(Long.class).single();
    }
}
