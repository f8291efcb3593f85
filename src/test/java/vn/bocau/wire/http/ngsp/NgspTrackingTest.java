package vn.bocau.wire.http.ngsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.wire.http.OwnHub;

/** The feed as a one-stop system polls it, and everything an LGSP's one address is asked for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NgspTrackingTest {

    private static final String TRACKING = Sdk.API + "/order/tracking";
    private static final String FIRST = "000000000000000000000000";
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

    @BeforeEach
    void forget() {
        OrderingDomain.forget();
        hub.db().sql("delete from message").update();
    }

    @Test
    void a_page_is_the_envelope_their_client_reads() {
        tell(NUMBER, "RESULT_COLLECTED", "2026-04-20T09:00:00+07:00");
        tell(NUMBER, "OUT_FOR_DELIVERY", "2026-04-21T08:00:00+07:00");
        tell(NUMBER, "DELIVERED", "2026-04-21T10:00:00+07:00");

        Sdk.Answer answer = sdk.get(TRACKING + "?pagesize=2&lastId=" + FIRST, token);

        assertThat(answer.http()).isEqualTo(200);
        JsonNode page = answer.json();
        assertThat(page.path("_size").asInt()).isEqualTo(3);
        assertThat(page.path("_total_pages").asInt()).isEqualTo(2);
        assertThat(page.path("_returned").asInt()).isEqualTo(2);
        JsonNode event = page.path("_embedded").path("rh:doc").path(0);
        ObjectNode expected = JsonNodeFactory.instance.objectNode();
        expected.putObject("_id").put("$oid", id(event));
        expected.put("CustomerCode", "QTI-TTHCC")
                .put("OrderNumber", NUMBER)
                .put("EventTime", 1776650400000L)
                .put("POSID", "520100")
                .put("ItemCode", "EB000000115VN")
                .put("StatusCode", 1)
                .put("StatusMessage", "Bưu cục đã nhận")
                .put("Notes", "RESULT_COLLECTED");
        assertThat(event.toString()).isEqualTo(expected.toString());
        assertThat(id(event)).matches("0{8}[0-9a-f]{16}");

        JsonNode next = docs("?pagesize=2&lastId=" + id(page.at("/_embedded/rh:doc/1")));

        assertThat(next.findValuesAsText("StatusCode")).containsExactly("4");
        assertThat(states()).containsExactly("CONFIRMED", "CONFIRMED", "QUEUED");
        JsonNode end = docs("?pagesize=2&lastId=" + id(next.get(0)));
        assertThat(end).isEmpty();
        assertThat(states()).containsOnly("CONFIRMED");
    }

    @Test
    void reading_to_the_end_gives_every_event_once_in_order() {
        for (int i = 0; i < 23; i++) {
            tell("order-" + i % 4, "FACILITY_IN", "2026-04-20T09:00:%02d+07:00".formatted(i));
        }
        List<Long> read = new ArrayList<>();
        String cursor = FIRST;
        for (JsonNode page = docs("?pagesize=5&lastId=" + cursor);
                !page.isEmpty();
                page = docs("?pagesize=5&lastId=" + cursor)) {
            page.forEach(event -> read.add(event.path("EventTime").asLong()));
            cursor = id(page.get(page.size() - 1));
        }

        assertThat(read).hasSize(23).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void without_parameters_it_is_the_first_hundred() {
        for (int i = 0; i < 101; i++) {
            tell(NUMBER, "FACILITY_IN", "2026-04-20T09:00:00+07:00");
        }

        assertThat(docs("")).hasSize(100);
        assertThat(docs("?pageSize=1000&lastId=")).hasSize(101);
    }

    @Test
    void who_comes_from_VNPost_with_the_id_of_its_last_event_starts_at_our_first() {
        tell(NUMBER, "COLLECTED", "2026-04-20T09:00:00+07:00");

        assertThat(docs("?pagesize=10&lastId=680a10000000000000000002")).hasSize(1);
        assertThat(states()).containsExactly("QUEUED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pagesize=0",
                "pagesize=1001",
                "pagesize=-1",
                "pagesize=ten",
                "pagesize=1.5",
                "pagesize=99999999999999999999",
                "lastId=0",
                "lastId=00000000000000000000000g",
                "lastId=0000000000000000000000000",
                "lastId=%00",
                "lastId=000000000fffffffffffffff"
            })
    void what_cannot_be_a_page_is_refused_and_confirms_nothing(String parameter) {
        tell(NUMBER, "COLLECTED", "2026-04-20T09:00:00+07:00");
        docs("");

        Sdk.Answer answer = sdk.get(TRACKING + "?" + parameter, token);

        assertThat(answer.http()).as(answer.text()).isEqualTo(200);
        assertThat(answer.status()).isIn(102, 103, 107);
        assertThat(answer.message()).contains(parameter.substring(0, parameter.indexOf('=')));
        assertThat(answer.json().has("_embedded")).isFalse();
        assertThat(states()).containsExactly("QUEUED");
    }

    @Test
    void all_events_of_one_order_come_in_one_page_with_the_latest_last() {
        tell(NUMBER, "RESULT_COLLECTED", "2026-04-20T09:00:00+07:00");
        tell("another", "COLLECTED", "2026-04-20T09:30:00+07:00");
        tell(NUMBER, "DELIVERED", "2026-04-21T10:00:00+07:00");
        tell(NUMBER, "OUT_FOR_DELIVERY", "2026-04-21T08:00:00+07:00");

        JsonNode page =
                sdk.get(TRACKING + "?pagesize=1&orderNumber=" + NUMBER, token).json();

        assertThat(page.path("_total_pages").asInt()).isEqualTo(1);
        assertThat(page.findValuesAsText("StatusCode")).containsExactly("1", "150", "4");
        assertThat(docs("?OrderNumber=nothing")).isEmpty();
        assertThat(sdk.get(TRACKING + "?orderNumber=a%00", token).status()).isEqualTo(102);
        assertThat(states()).containsOnly("QUEUED");
    }

    @Test
    void an_order_that_is_not_called_as_its_dossier_is_found_too() {
        UUID dossier = UUID.randomUUID();
        hub.db()
                .sql("insert into dossier (id, channel, filed_on, agency) values (:id, 'DIRECT', '2026-04-20', 'a')")
                .param("id", dossier)
                .update();
        hub.db()
                .sql(
                        "insert into leg (id, dossier, no, kind, carrier, from_office, to_office, agency, sender, receiver,"
                                + " requested_by, ordered_by, order_number) values (:id, :id, 1, 'RESULT', 'vnpost', 'o', 'o', 'a',"
                                + " '{}', '{}', 'x', 'qti-tthcc', '\"''N\\1%')")
                .param("id", dossier)
                .update();
        tell("\"'N\\1%", "DOSSIER-1", dossier.toString(), "COLLECTED", "2026-04-20T09:00:00+07:00");
        tell("another", "DOSSIER-1", dossier.toString(), "COLLECTED", "2026-04-20T09:00:00+07:00");

        assertThat(docs("?orderNumber=%22%27N%5C1%25")).hasSize(1);
    }

    @Test
    void an_order_is_found_however_its_number_is_spelled() {
        tell("H50-số-7", "COLLECTED", "2026-04-20T09:00:00+07:00");
        tell("100000", "COLLECTED", "2026-04-20T09:00:00+07:00");
        String decomposed = Normalizer.normalize("H50-số-7", Normalizer.Form.NFD);

        assertThat(docs("?orderNumber=" + URLEncoder.encode(decomposed, StandardCharsets.UTF_8)))
                .hasSize(1);
        assertThat(lgsp("ordertracking", "{\"orderNumber\":1e5}").json().at("/_embedded/rh:doc"))
                .hasSize(1);
    }

    @Test
    void an_LGSP_is_asked_for_everything_at_one_address() {
        String order = OrderBodies.result(NUMBER).toString();
        tell(NUMBER, "COLLECTED", "2026-04-20T09:00:00+07:00");

        assertThat(lgsp("orderpost", order).status()).isEqualTo(100);
        assertThat(lgsp("OrderPost", order).http()).isEqualTo(201);
        assertThat(lgsp("document", OrderBodies.document(NUMBER).toString()).status())
                .isEqualTo(100);
        assertThat(sdk.get("/ngsp/lgsp?service=ordercancel&CustomerCode=QTI-TTHCC&OrderNumber=" + NUMBER, token)
                        .status())
                .isEqualTo(100);
        assertThat(lgsp("ordercancel", "{\"CustomerCode\":\"QTI-TTHCC\",\"OrderNumber\":\"1\"}")
                        .status())
                .isEqualTo(100);
        assertThat(OrderingDomain.CAME).hasSize(5);
        for (Sdk.Answer feed : List.of(
                sdk.get("/ngsp/lgsp?service=ordertracking&pagesize=10&lastId=" + FIRST, token),
                sdk.get("/ngsp/lgsp?service=ordertracking?pagesize=10&pagesize=10", token),
                lgsp("ordertracking", "{\"pagesize\":10}"),
                lgsp("ordertracking", "null"))) {
            assertThat(feed.http()).isEqualTo(200);
            assertThat(feed.json().at("/_embedded/rh:doc")).hasSize(1);
        }
        for (String price : List.of("getpostagevas", "getinfomationpost", "pricehcc", "getprice")) {
            assertThat(lgsp(price, "{}").status()).isEqualTo(108);
        }
        Sdk.Answer nothing = lgsp("teleport", "{}");
        assertThat(nothing.http()).isEqualTo(201);
        assertThat(nothing.status()).isEqualTo(108);
        assertThat(nothing.message()).contains("orderpost");
        assertThat(sdk.get("/ngsp/lgsp", token).status()).isEqualTo(108);
    }

    @Test
    void a_gateway_that_names_the_service_in_its_header_is_understood() {
        Sdk.Answer answer = sdk.post(
                "/ngsp/lgsp",
                Map.of("Authorization", token.get("Authorization"), "service-code", "orderpost"),
                OrderBodies.result(NUMBER).toString());

        assertThat(answer.status()).isEqualTo(100);
    }

    /** The blocks of the README in their order, in one shell; what is answered follows what is asked. */
    @Test
    void what_the_README_asks_at_the_one_address_is_answered_as_it_says() throws Exception {
        String section = Files.readString(Path.of("mappings/ngsp/README.md"))
                .replaceAll("(?s).*\n## One address|\n## Status.*", "");
        List<String> asked = blocks(section, "sh");
        List<String> told = blocks(section, "json");
        String script = String.join("\necho\n", asked)
                .replace("https://localhost:8443", hub.overTls("").toString());
        Process shell = new ProcessBuilder("bash", "-c", script).start();
        List<String> answers = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(answers).hasSameSizeAs(told).hasSize(asked.size() - 1);
        for (int i = 0; i < told.size(); i++) {
            assertThat(answers.get(i)).isEqualTo(told.get(i).strip());
        }
        assertThat(Service.values())
                .allSatisfy(service ->
                        assertThat(section).contains("`" + service.name().toLowerCase(Locale.ROOT) + "`"));
    }

    private static List<String> blocks(String text, String kind) {
        return Pattern.compile("(?s)```" + kind + "\n(.*?)```")
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static Sdk.Answer lgsp(String service, String body) {
        return sdk.post("/ngsp/lgsp?service=" + service, token, body);
    }

    private static JsonNode docs(String query) {
        Sdk.Answer answer = sdk.get(TRACKING + query, token);
        assertThat(answer.json().has("_embedded")).as(answer.text()).isTrue();
        return answer.json().at("/_embedded/rh:doc");
    }

    private static String id(JsonNode event) {
        return event.path("_id").path("$oid").asText();
    }

    private static List<String> states() {
        return hub.db()
                .sql("select state from message where direction = 'OUT' order by seq")
                .query(String.class)
                .list();
    }

    private static void tell(String number, String code, String at) {
        tell(number, number, number, code, at);
    }

    /** As the domain tells it. */
    private static void tell(String number, String dossier, String group, String code, String at) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("dossier").put("code", dossier);
        body.putObject("leg").put("kind", "RESULT").put("item", "EB000000115VN").put("orderNumber", number);
        body.putObject("event")
                .put("code", code)
                .put("vi", code)
                .put("happenedAt", at)
                .putObject("office")
                .put("code", "520100")
                .put("name", "Bưu cục Đông Hà");
        var out = new Outbound("qti-tthcc", group, "progress", UUID.randomUUID().toString(), dossier, body);
        new TransactionTemplate(hub.bean(PlatformTransactionManager.class))
                .executeWithoutResult(tx -> hub.bean(Journal.class).tell(out));
    }
}
