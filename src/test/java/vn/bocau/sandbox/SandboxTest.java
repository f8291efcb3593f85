package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import vn.bocau.journey.Http;
import vn.bocau.journey.Twin;

/** The partners speak their contracts, and misbehave when told to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SandboxTest {

    @TempDir
    static Path folder;

    private static Listener hub;
    private static ConfigurableApplicationContext sandbox;
    private static URI at;

    @BeforeAll
    static void listen() throws IOException {
        hub = new Listener();
        start();
    }

    private static void start() {
        sandbox = Sandbox.start(0, folder, Map.of("hub.url", hub.at(), "session.seconds", "3600"));
        at = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port"));
    }

    private static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "DanhMucPhuongXa, xmlns=\"http://tempuri.org/\", 01/08/2025, http://tempuri.org/DanhMucPhuongXa, 200",
        "DanhMucTinh, xmlns=\"http://tempuri.org/\", 01/08/2025, http://tempuri.org/DanhMucTinh, 200",
        "DanhMucPhuongXa, xmlns=\"http://tempuri.org/\", 2025-08-01, http://tempuri.org/DanhMucPhuongXa, 500",
        "DanhMucPhuongXa, xmlns=\"http://tempuri.org/\", 31/31/2025, http://tempuri.org/DanhMucPhuongXa, 500",
        "DanhMucPhuongXa, '', 01/08/2025, http://tempuri.org/DanhMucPhuongXa, 500",
        "DanhMucPhuongXa, xmlns=\"http://tempuri.org/\", 01/08/2025, http://tempuri.org/DanhMucTinh, 500",
        "DanhMucPhuongXa, xmlns=\"http://tempuri.org/\", 01/08/2025, '', 500",
        "DanhMucHuyen, xmlns=\"http://tempuri.org/\", 01/08/2025, http://tempuri.org/DanhMucHuyen, 500"
    })
    void the_state_s_directory_answers_what_its_contract_has_and_nothing_else(
            String operation, String namespace, String day, String action, int status) {
        Http.Answer answer = Http.xml(
                at.resolve("/nso/DMDVHC.asmx"),
                Map.of("SOAPAction", "\"" + action + "\""),
                "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\n <" + operation
                        + " " + namespace + "><DenNgay>" + day + "</DenNgay></" + operation
                        + "></soap:Body></soap:Envelope>");

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text()).contains(status == 200 ? "<TABLE>" : "soap:Fault");
    }

    @AfterAll
    static void end() {
        stop();
        hub.close();
    }

    @BeforeEach
    void forget() {
        hub.heard.clear();
        hub.asked.clear();
        Http.delete(at.resolve("/api/qti-tthcc/received"), Map.of()).ok();
        Http.delete(at.resolve("/api/carrier-x/received"), Map.of()).ok();
    }

    @AfterEach
    void behave() {
        for (var twin : vn.bocau.sandbox.Twin.values()) {
            new Twin(at, twin.id).behaves();
        }
    }

    @Test
    void the_portal_takes_a_step_once_and_says_so_the_second_time() {
        file("D-1");

        assertThat(step("D-1", "Bưu tá đã nhận hồ sơ").path("message").asText()).contains("thành công");
        assertThat(step("D-1", "Bưu tá đã nhận hồ sơ").path("message").asText()).contains("đã tồn tại");
        assertThat(dvcqg("D-1")).extracting(e -> e.path("fresh").asBoolean()).containsExactly(true, true, false);
    }

    @Test
    void the_portal_refuses_what_it_does_not_know_and_who_has_no_session() {
        assertThat(step("D-unknown", "x").path("message").asText()).contains("Không tìm thấy hồ sơ");
        assertThat(call(Map.of("session", "S-old", "service", "CapNhatTienDoHoSoMC"))
                        .path("error_code")
                        .asText())
                .isEqualTo("-2");
        assertThat(call(Map.of("session", session(), "service", "Khac"))
                        .path("error_code")
                        .asText())
                .isEqualTo("-1");
    }

    @Test
    void the_portal_knows_the_dossiers_of_the_province_s_one_stops() {
        assertThat(step("000.00.12.H50-261127-0001", "Đã nhận").path("message").asText())
                .contains("thành công");
        assertThat(dvcqg("000.00.12.H50-261127-0001"))
                .extracting(e -> e.path("what").asText())
                .containsExactly("by-one-stop", "CapNhatTienDoHoSoMC");
        assertThat(step("000.00.12.H99-261127-0001", "Đã nhận").path("message").asText())
                .contains("Không tìm thấy hồ sơ");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void dropping_after_commit_leaves_the_entry_and_breaks_the_answer(CapturedOutput log) {
        file("D-2");
        String session = session();
        new Twin(at, "dvcqg").misbehaves("drop-after-commit");

        assertThatThrownBy(() -> call(body(session, "D-2", "Đã nhận"))).isInstanceOf(UncheckedIOException.class);

        assertThat(dvcqg("D-2")).hasSize(2);
        assertThat(log.getAll().lines()).singleElement().asString().contains("dropped on purpose");
    }

    @Test
    void an_error_takes_nothing_in_and_garbage_takes_it_in() {
        file("D-3");
        String session = session();
        new Twin(at, "dvcqg").misbehaves("500");
        assertThat(Http.post(service(), Map.of(), body(session, "D-3", "một")).status())
                .isEqualTo(500);
        assertThat(dvcqg("D-3")).hasSize(1);

        new Twin(at, "dvcqg").misbehaves("garbage");
        Http.Answer garbage = Http.post(service(), Map.of(), body(session, "D-3", "hai"));
        assertThat(garbage.status()).isEqualTo(200);
        assertThat(garbage.text()).startsWith("<html>");
        assertThat(dvcqg("D-3")).hasSize(2);
    }

    @Test
    void the_record_outlives_a_restart() {
        file("D-4");
        step("D-4", "Đã nhận");
        List<JsonNode> before = dvcqg("D-4");

        stop();
        start();

        assertThat(dvcqg("D-4")).isEqualTo(before);
    }

    @Test
    void the_carrier_takes_an_order_once_and_tells_what_happened_by_cursor() {
        String token = carrierToken();
        URI orders = at.resolve("/carrier/ngsp/apiVNPostNGSP/p1.0/order/post");
        Http.Answer first =
                Http.post(orders, Http.bearer(token), Map.of("OrderNumber", "N-1", "CustomerCode", "BOCAU"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.json().path("Status").asInt()).isEqualTo(100);
        assertThat(Http.post(orders, Http.bearer(token), Map.of("OrderNumber", "N-1"))
                        .json()
                        .path("Status")
                        .asInt())
                .isEqualTo(101);

        Http.post(at.resolve("/api/carrier-x/events"), Map.of(), Map.of("OrderNumber", "N-1", "StatusCode", 1))
                .ok();
        Http.post(at.resolve("/api/carrier-x/events"), Map.of(), Map.of("OrderNumber", "N-1", "StatusCode", 4))
                .ok();
        JsonNode page =
                feed(token, "000000000000000000000000").path("_embedded").path("rh:doc");
        assertThat(page).extracting(e -> e.path("StatusCode").asInt()).containsExactly(1, 4);
        assertThat(feed(token, page.get(0).path("_id").path("$oid").asText())
                        .path("_returned")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"Thu gom hồ sơ tại nhà, 10 11 13", "Trả hồ sơ tại nhà, 14 3 4", "Chuyển hoàn hồ sơ, ''"})
    void an_order_goes_its_own_way_step_by_step(String service, String way) {
        String token = carrierToken();
        Http.post(
                at.resolve("/carrier/ngsp/apiVNPostNGSP/p1.0/order/post"),
                Http.bearer(token),
                Map.of("OrderNumber", "N-2", "SenderDesc", "Mã hồ sơ: H||Tên dịch vụ: " + service));
        List<String> went = new ArrayList<>();
        Http.Answer next = step("N-2");
        while (next.status() == 200 && went.size() < 5) {
            went.add(next.json().path("StatusCode").asText());
            next = step("N-2");
        }

        assertThat(String.join(" ", went)).isEqualTo(way);
        assertThat(next.status()).isEqualTo(409);
        assertThat(step("N-3").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"nope, 404", "nope?act=manners, 404", "dvcqg, 400", "dvcqg?act=nope, 400"})
    void a_form_that_is_none_of_ours_is_told_so(String form, int status) {
        assertThat(Http.post(at.resolve("/twins/" + form), Map.of(), Map.of()).status())
                .isEqualTo(status);
    }

    private static Http.Answer step(String order) {
        return Http.post(at.resolve("/api/carrier-x/events"), Map.of(), Map.of("OrderNumber", order));
    }

    /** What a partner says of its own accord, as the hub hears it; {@link vn.bocau.wire.out.SandboxPartnersTest} has the rest. */
    @ParameterizedTest
    @CsvSource({
        "dvcqg, none, a b",
        "dvcqg, duplicate, a a b b",
        "dvcqg, out-of-order, b a",
        "opencps, none, a b",
        "opencps, duplicate, a a b b",
        "opencps, out-of-order, b a",
        "webhook-portal, none, a b",
        "webhook-portal, duplicate, a a b b",
        "webhook-portal, out-of-order, b a",
        "trung-tam-hcc, none, a b",
        "trung-tam-hcc, duplicate, a a b b",
        "trung-tam-hcc, out-of-order, b a",
        "qti-tthcc, none, a b",
        "qti-tthcc, slow, a b",
        "qti-tthcc, garbage, html html",
        "qti-tthcc, drop-after-commit, a b",
        "qti-tthcc, duplicate, a a b b",
        "qti-tthcc, out-of-order, b a",
        "qti-tthcc, down, ''",
        "carrier-x, none, a b",
        "carrier-x, duplicate, a b a b",
        "carrier-x, out-of-order, b a"
    })
    void a_partner_says_what_it_says_as_its_switch_tells(String partner, String mode, String heard) {
        var twin = new Twin(at, partner);
        int known = twin.received().size();
        twin.misbehaves(mode);
        Instant before = Instant.now();
        for (String word : List.of("a", "b")) {
            say(partner, word);
        }

        assertThat(partner.equals("carrier-x") ? feed() : hub.heard)
                .containsExactlyElementsOf(heard.isEmpty() ? List.of() : List.of(heard.split(" ")));
        if (mode.equals("slow")) {
            assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        }
        if (partner.equals("qti-tthcc")) {
            assertThat(twin.received().size() - known)
                    .as("answers it has heard")
                    .isEqualTo(mode.equals("drop-after-commit") ? 0 : hub.heard.size());
        }
    }

    /** Of two words the later is said first, also where they are of two kinds. */
    @Test
    void a_one_stop_calls_an_order_off_before_it_places_it() {
        new Twin(at, "qti-tthcc").misbehaves("out-of-order");
        say("qti-tthcc", "a");
        Http.post(at.resolve("/api/qti-tthcc/cancellations"), Map.of(), Map.of("OrderNumber", "a"))
                .ok();

        assertThat(hub.asked.stream().filter(path -> !path.contains("token")))
                .hasSize(2)
                .first()
                .asString()
                .contains("/order/cancel", "OrderNumber=a");
        assertThat(hub.heard).containsExactly("a");
    }

    @Test
    void a_partner_told_to_misbehave_for_some_minutes_knows_until_when() {
        Instant before = Instant.now();
        Http.post(at.resolve("/api/dvcqg/misbehave"), Map.of(), Map.of("mode", "down", "minutes", 3))
                .ok();

        assertThat(sandbox.getBean(Manners.class)
                        .of(vn.bocau.sandbox.Twin.DVCQG)
                        .until())
                .isBetween(before.plusSeconds(180), Instant.now().plusSeconds(180));
    }

    @Test
    void a_one_stop_that_hears_no_answer_reads_the_same_events_again() {
        var oneStop = new Twin(at, "qti-tthcc");
        URI poll = at.resolve("/api/qti-tthcc/poll");
        oneStop.misbehaves("drop-after-commit");
        assertThat(Http.post(poll, Map.of(), "").ok().path("read").asInt()).isZero();
        oneStop.misbehaves("down");
        assertThat(Http.post(poll, Map.of(), "").status()).isEqualTo(503);
        oneStop.behaves();

        assertThat(Http.post(poll, Map.of(), "").ok().path("read").asInt()).isEqualTo(1);
        assertThat(oneStop.received())
                .extracting(e -> e.path("dossier").asText())
                .containsExactly("a");
    }

    @Test
    void a_switch_that_would_change_nothing_is_refused() {
        Map<String, List<String>> without = Map.of(
                "ubnd-dong-ha", List.of("duplicate", "out-of-order"),
                "emc", List.of("duplicate", "out-of-order"),
                "lgsp", List.of("duplicate", "out-of-order"),
                "own", List.of("duplicate", "out-of-order"),
                "nso", List.of("duplicate", "out-of-order"),
                "tin-nhan", List.of("duplicate", "out-of-order"),
                "bao-dong", List.of("duplicate", "out-of-order"),
                "qti-tthcc", List.of("500", "timeout"));
        without.forEach((partner, modes) -> modes.forEach(mode -> assertThat(
                        Http.post(at.resolve("/api/" + partner + "/misbehave"), Map.of(), Map.of("mode", mode))
                                .status())
                .as(partner + " " + mode)
                .isEqualTo(400)));
        assertThat(without.values().stream().mapToInt(List::size).sum())
                .isEqualTo(Arrays.stream(vn.bocau.sandbox.Twin.values())
                        .mapToInt(twin -> Manners.Mode.values().length - twin.modes.size())
                        .sum());
    }

    @Test
    void the_notifier_shows_each_message_once_and_of_its_number_three_digits() {
        URI messages = at.resolve("/notifier/messages");
        Map<String, String> known = Map.of("Authorization", "Bearer sandbox-notifier-secret", "Idempotency-Key", "m-1");
        Map<String, Object> message = Map.of(
                "to", "0900000001", "text", "Buu ta den nhan giay to", "validUntil", "2999-01-01T00:00:00+07:00");

        assertThat(Http.post(messages, Map.of(), message).status()).isEqualTo(401);
        assertThat(Http.post(messages, known, Map.of("text", "a")).status()).isEqualTo(400);
        assertThat(Http.post(messages, known, Map.of("to", "0900000001", "text", "a".repeat(161)))
                        .status())
                .isEqualTo(400);
        assertThat(Http.post(
                                messages,
                                known,
                                Map.of("to", "0900000001", "text", "a", "validUntil", "2026-01-01T00:00:00+07:00"))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("EXPIRED");
        assertThat(Http.post(messages, known, message).status()).isEqualTo(201);
        assertThat(Http.post(messages, known, message).status()).isEqualTo(200);

        assertThat(new Twin(at, "tin-nhan").received())
                .extracting(e -> e.path("what").asText(), e -> e.path("fresh").asBoolean())
                .containsExactly(tuple("expired", true), tuple("message", true), tuple("message", false));
        assertThat(Http.get(at.resolve("/twins/tin-nhan"), Map.of()).whole().body())
                .contains("•••••••001: Buu ta den nhan giay to")
                .doesNotContain("0900000001");
    }

    private static void say(String partner, String word) {
        switch (partner) {
            case "dvcqg", "opencps", "webhook-portal" ->
                sandbox.getBean(PortalClient.class)
                        .request(
                                PortalClient.portal(partner).orElseThrow(),
                                word,
                                Json.object().put("word", word));
            case "trung-tam-hcc" ->
                sandbox.getBean(BackOffice.class)
                        .act("{\"operation\": \"progress\", \"content\": \"<word>" + word + "</word>\"}");
            case "qti-tthcc" -> Http.post(at.resolve("/api/qti-tthcc/orders"), Map.of(), Map.of("OrderNumber", word));
            default -> {
                sandbox.getBean(Received.class).add(partner, "order", null, word, true, Json.object());
                sandbox.getBean(Carrier.class).happen(Json.object().put("OrderNumber", word));
            }
        }
    }

    private static List<String> feed() {
        return feed(carrierToken(), "0").findValuesAsText("OrderNumber");
    }

    private static String carrierToken() {
        return Http.form(
                        at.resolve("/carrier/ngsp/token"),
                        Http.basic("bocau", "sandbox-carrier-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
    }

    /** Stands where the hub stands, and writes down the word in what it hears, in order. */
    private static final class Listener implements AutoCloseable {

        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Listener() throws IOException {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
            server.createContext("/", exchange -> {
                String path = exchange.getRequestURI().toString();
                asked.add(path);
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Matcher word = Pattern.compile("[\">](a|b)[\"<]|<(html)>").matcher(body);
                if (word.find()) {
                    heard.add(Objects.requireNonNullElse(word.group(1), word.group(2)));
                }
                String answer = path.contains("/ws/")
                        ? "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><ok/></s:Body></s:Envelope>"
                        : path.contains("tracking") && path.endsWith("lastId=000000000000000000000000")
                                ? "{\"_embedded\":{\"rh:doc\":[{\"_id\":{\"$oid\":\"1\"},\"OrderNumber\":\"a\"}]}}"
                                : "{\"token_type\":\"Bearer\",\"access_token\":\"t\",\"Status\":100}";
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders()
                        .add("Content-Type", path.contains("/ws/") ? "text/xml" : "application/json");
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        String at() {
            return "http://localhost:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static JsonNode feed(String token, String lastId) {
        return Http.get(
                        at.resolve("/carrier/ngsp/apiVNPostNGSP/p1.0/order/tracking?pagesize=10&lastId=" + lastId),
                        Http.bearer(token))
                .ok();
    }

    private static void file(String code) {
        Http.post(at.resolve("/api/dvcqg/dossiers"), Map.of(), Map.of("code", code))
                .ok();
    }

    private static JsonNode step(String code, String what) {
        return call(body(session(), code, what));
    }

    private static Map<String, Object> body(String session, String code, String what) {
        return Map.of(
                "session",
                session,
                "service",
                "CapNhatTienDoHoSoMC",
                "data",
                List.of(Map.of(
                        "MaHoSo", code, "ThoiDiemXuLy", "20261124090000", "TrangThai", "1", "NoiDungXuLy", what)));
    }

    private static String session() {
        return Http.post(
                        at.resolve("/portal/dvcqg/mapi/login"),
                        Map.of(),
                        Map.of("username", "000.00.00.H50", "password", "sandbox-login"))
                .ok()
                .path("session")
                .asText();
    }

    private static JsonNode call(Map<String, Object> body) {
        return Http.post(service(), Map.of(), body).ok();
    }

    private static URI service() {
        return at.resolve("/portal/dvcqg/mapi/g");
    }

    private static List<JsonNode> dvcqg(String code) {
        return new Twin(at, "dvcqg")
                .received().stream()
                        .filter(e -> code.equals(e.path("dossier").asText()))
                        .toList();
    }
}
