package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
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

    private static ConfigurableApplicationContext sandbox;
    private static URI at;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0, folder, Map.of("hub.url", "http://localhost:1", "session.seconds", "3600"));
        at = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port"));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void behave() {
        new Twin(at, "dvcqg").behaves();
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
        String token = Http.form(
                        at.resolve("/carrier/ngsp/token"),
                        Http.basic("bocau", "sandbox-carrier-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
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
