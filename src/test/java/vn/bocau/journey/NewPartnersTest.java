package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Two portals and two agencies nobody has heard of, one pair speaking JSON and one XML, are added to a running hub by doing
 * what {@code docs/new-partner.md} says: every line of it, with the files beside it, in a folder of the test's own.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewPartnersTest {

    private static final Path GUIDE = Path.of("docs/new-partner.md");
    private static final Pattern LINES = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    /** Somebody who was onboarded before. */
    private static final String OWN = "co-san,PORTAL,Cổng có sẵn,,NONE,,,,,4,";

    @TempDir
    static Path folder;

    private static World world;
    private static String said;

    @BeforeAll
    static void follow() throws Exception {
        for (String own : List.of("reference", "secrets", "mappings-own")) {
            Files.createDirectory(folder.resolve(own));
        }
        Path own = folder.resolve("reference/partners.csv");
        Files.writeString(
                own,
                Files.readAllLines(Path.of("docs/new-partner/reference/partners.csv"))
                                .get(0) + "\n" + OWN);
        world = new World(
                Map.of(
                        "bocau.reference", folder.resolve("reference"),
                        "bocau.secrets", folder.resolve("secrets"),
                        "bocau.mappings", folder.resolve("mappings-own")),
                Map.of());
        try (Stream<Path> files = Files.walk(Path.of("docs/new-partner"))) {
            files.filter(Files::isRegularFile).forEach(NewPartnersTest::copy);
        }
        String lines = LINES.matcher(here(Files.readString(GUIDE)))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("echo\n"));
        assertThat(lines).contains("directory/reload", "/api/agency/v1/dispatch");
        Process shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", lines)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static void copy(Path file) {
        try {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, here(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hub and the sandbox of this test, in place of those a reader starts. */
    private static String here(String text) {
        return text.replace("http://localhost:8080", world.at("").toString())
                .replace("http://localhost:8090", world.sandbox("").toString().replaceFirst("/$", ""));
    }

    @Test
    void whoever_was_there_before_stays() throws IOException {
        assertThat(Files.readString(folder.resolve("reference/partners.csv")))
                .contains(OWN + "\n", "\ncong-json,PORTAL,");
        assertThat(Http.get(world.at("/api/ops/v1/partners"), Http.basic("truc-ca", "truc-ca-sandbox"))
                        .text())
                .contains("\"co-san\"", "\"cong-json\"");
    }

    @Test
    void each_is_answered_in_its_own_words() {
        assertThat(said)
                .contains("{\"ketQua\":0,\"soHoSo\":\"VD-2026-0001\",\"chang\":[{\"loai\":\"PICKUP\",\"buuGui\":\"")
                .contains("<DaNhan soHoSo=\"VD-2026-0002\"><Chang loai=\"PICKUP\">")
                .contains("{\"ketQua\":[{\"soHoSo\":\"VD-2026-0001\",\"nhan\":true,\"buuGui\":\"")
                .containsPattern("<accepted xmlns=\"urn:bocau:agency:v1\"><requestId>nhan-0002</requestId>")
                .containsPattern("<dossier>VD-2026-0002</dossier>\\s*<outcome>DISPATCHED</outcome>");
    }

    @ParameterizedTest
    @CsvSource({"json, VD-2026-0001", "xml, VD-2026-0002"})
    void each_is_told_the_whole_journey_in_its_own_words_once_and_in_order(String vendor, String code) {
        Map<String, String> portal = as("cong-" + vendor);
        Worker worker = world.worker("buu-ta");
        worker.scans("COLLECTED", item(portal, code, "PICKUP"));
        worker.scans("HANDED_TO_AGENCY", item(portal, code, "PICKUP"));
        String result = item(portal, code, "RESULT");
        worker.scans("RESULT_COLLECTED", result);
        worker.delivers(result, 0);

        await().atMost(World.SOON).untilAsserted(() -> {
            assertThat(steps(vendor, code))
                    .containsExactly(
                            "Cơ quan đã tiếp nhận",
                            "Đã có kết quả",
                            "Đã nhận hồ sơ tại nhà",
                            "Đã bàn giao",
                            "Bưu điện đã nhận kết quả",
                            "Đã phát thành công",
                            "10");
            assertThat(notices(vendor, code)).containsExactly("came", "ended");
        });
        assertThat(heard("cong-" + vendor, code))
                .extracting(came -> came.at("/headers/X-Ma-Tin").asText())
                .doesNotHaveDuplicates();
        JsonNode headers = heard("cong-" + vendor, code).get(0).path("headers");
        if (vendor.equals("json")) {
            assertThat(headers.path("X-Khoa").asText()).isEqualTo(secret("cong-json"));
            assertThat(headers.path("X-Don-Vi").asText()).isEqualTo("VD-01");
        } else {
            assertThat(headers.path("Authorization").asText())
                    .isEqualTo(Http.basic("cong-xml", secret("cong-xml")).get("Authorization"));
            assertThat(headers.path("Content-Type").asText()).isEqualTo("application/xml; charset=utf-8");
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} -> {5} {6}")
    @CsvSource(delimiter = '|', textBlock = """
            cong-json   | portal/v1/requests | application/json | 15/04/2026 | 2026-04-15 | schema          | /hoSo/ngayNop
            cong-json   | portal/v1/requests | application/json | 15/04/2026 | 31/02/2026 | not-understood  | ''
            cong-json   | portal/v1/requests | application/json | congDan    | nguoiDan   | schema          | /congDan
            cong-json   | portal/v1/requests | application/json | VD-2026-0001 | ' '      | schema          | /dossier/codes/0/code
            cong-json   | portal/v1/requests | application/xml  | x          | x          | xml-not-read    | ''
            cong-xml    | portal/v1/requests | application/xml  | truc-tuyen | qua-mạng   | schema          | /dossier/channel
            cong-xml    | portal/v1/requests | application/xml  | 15-04-2026 | hôm qua    | schema          | /dossier/filedOn
            cong-xml    | portal/v1/requests | application/xml  | <TraTaiNha/> | <TraTaiNha> | not-xml      | ''
            cong-xml    | portal/v1/requests | application/xml  | DonYeuCau  | DonKhac    | not-understood  | ''
            cong-xml    | portal/v1/requests | application/json | x          | x          | schema          | /dossier
            mot-cua-json | agency/v1/receive | application/json | 20/04/2026 | 20.04.2026 | schema          | /henTra
            mot-cua-json | agency/v1/receive | application/json | 20/04/2026 | 31/02/2026 | schema          | /confirmReceipt/appointment
            mot-cua-xml | agency/v1/receive  | application/xml  | TiepNhan   | NhanHoSo   | not-understood  | ''
            mot-cua-xml | agency/v1/receive  | application/xml  | VD-2026-0001 | ''       | schema          | /confirmReceipt/dossier
            mot-cua-xml | agency/v1/receive  | application/json | x          | x          | not-understood  | ''
            """)
    void what_is_wrong_is_told_by_its_field_and_nothing_of_it_is_kept(
            String partner, String door, String type, String right, String wrong, String code, String field) {
        long before = messages();
        String example = door.startsWith("portal") ? "portal.request.in/filed.in." : "agency.receive.in/received.in.";
        String vendor = partner.replaceFirst(".*-", "");
        String body = type.endsWith(vendor)
                ? example(vendor, example + vendor).replace(right, wrong)
                : type.endsWith("xml") ? "<x/>" : "{}";

        Http.Answer answer =
                says(partner, "/api/" + door, type, UUID.randomUUID().toString(), body);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("flaws"))
                .as(answer.text())
                .anySatisfy(flaw -> assertThat(flaw.path("field").asText()).isEqualTo(field));
        assertThat(answer.text()).doesNotContain("Lê Thị Mẫu");
        assertThat(messages()).isEqualTo(before);
    }

    @Test
    void what_is_said_again_is_done_once_and_answered_the_same() {
        String body = example("json", "portal.request.in/filed.in.json").replace("VD-2026-0001", "VD-AGAIN");
        String key = UUID.randomUUID().toString();
        Http.Answer first = says("cong-json", "/api/portal/v1/requests", "application/json", key, body);
        long before = messages();

        Http.Answer again = says("cong-json", "/api/portal/v1/requests", "application/json", key, body);
        Http.Answer other = says(
                "cong-json", "/api/portal/v1/requests", "application/json", key, body.replace("12 đường", "13 đường"));

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.whole().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.json().path("code").asText()).isEqualTo("key-reused");
        assertThat(messages()).isEqualTo(before);
    }

    /** Whose answer was lost says it again, whatever an operator has mended meanwhile. */
    @Test
    void what_is_said_again_after_its_mapping_was_mended_is_known_as_said() throws IOException {
        Path mapping = folder.resolve("mappings-own/vi-du-json/portal.request.in.jslt");
        String before = Files.readString(mapping);
        String body = example("json", "portal.request.in/filed.in.json")
                .replace("VD-2026-0001", "VD-MENDED")
                .replaceFirst(",\\s*\"daNopPhi\": true", "");
        String key = UUID.randomUUID().toString();
        Http.Answer first = says("cong-json", "/api/portal/v1/requests", "application/json", key, body);
        Files.writeString(mapping, before.replace(".hoSo.daNopPhi", "fallback(.hoSo.daNopPhi, false)"));
        try {
            assertThat(reload().status()).isEqualTo(200);

            Http.Answer again = says("cong-json", "/api/portal/v1/requests", "application/json", key, body);

            assertThat(first.status()).as(first.text()).isEqualTo(202);
            assertThat(again.text()).isEqualTo(first.text());
            assertThat(again.whole().headers().firstValue("Idempotency-Replayed"))
                    .hasValue("true");
        } finally {
            Files.writeString(mapping, before);
        }
    }

    @Test
    void a_pattern_that_is_none_is_answered_by_its_file_and_nothing_has_changed() throws IOException {
        Path mapping = folder.resolve("mappings-own/vi-du-json/step.out.jslt");
        String before = Files.readString(mapping);
        Files.writeString(mapping, before.replace("HH:mm dd/MM/yyyy", "HH:mm ddd/MM/yyyy"));
        try {
            Http.Answer answer = reload();

            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.text()).contains("mappings/vi-du-json/step.out.jslt fails in local-time");
        } finally {
            Files.writeString(mapping, before);
        }
    }

    @Test
    void a_result_that_is_no_result_does_not_take_the_others_with_it() {
        String results = "{\"ketQua\": [%s]}";
        List<String> codes = List.of("VD-A" + UUID.randomUUID(), "VD-B" + UUID.randomUUID());
        for (String code : codes) {
            String filed = example("json", "portal.request.in/filed.in.json").replace("VD-2026-0001", code);
            assertThat(says("cong-json", "/api/portal/v1/requests", "application/json", "nop-" + code, filed)
                            .status())
                    .isEqualTo(202);
            assertThat(says(
                                    "mot-cua-json",
                                    "/api/agency/v1/receive",
                                    "application/json",
                                    "nhan-" + code,
                                    "{\"soHoSo\": \"" + code + "\", \"henTra\": \"" + day().replace('-', '/') + "\"}")
                            .status())
                    .isEqualTo(200);
        }
        for (String wrong : List.of("{\"soHoSo\": 7}", "7", "{}", "[\"x\"]", "null")) {
            Http.Answer answer = says(
                    "mot-cua-json",
                    "/api/agency/v1/dispatch",
                    "application/json",
                    UUID.randomUUID().toString(),
                    results.formatted("{\"soHoSo\": \"" + codes.get(0) + "\"}, " + wrong + ", {\"soHoSo\": \""
                            + codes.get(1) + "\"}"));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            JsonNode all = answer.json().path("ketQua");
            assertThat(all).as(wrong).hasSize(3);
            assertThat(all.get(1).path("nhan").asBoolean()).as(wrong).isFalse();
            assertThat(all.get(1).path("loi").asText()).as(wrong).isNotBlank();
            assertThat(all.get(0).path("soHoSo").asText()).isEqualTo(codes.get(0));
            assertThat(all.get(2).path("soHoSo").asText()).isEqualTo(codes.get(1));
        }
        for (String code : codes) {
            assertThat(Http.get(world.at("/api/portal/v1/dossiers/" + code), as("cong-json"))
                            .ok()
                            .at("/dossier/status")
                            .asInt())
                    .isEqualTo(9);
        }
    }

    /** What its answer means is for its own files to say: not now, no, and somebody else's voice. */
    @Test
    void a_partner_that_cannot_now_is_told_again_and_one_that_refuses_is_left_to_a_person() {
        answers("cong-xml", "<TraLoi ma='99'/>");
        String code = "VD-" + UUID.randomUUID();
        assertThat(says(
                                "cong-xml",
                                "/api/portal/v1/requests",
                                "application/xml",
                                code,
                                example("xml", "portal.request.in/filed.in.xml").replace("VD-2026-0002", code))
                        .status())
                .isEqualTo(202);
        assertThat(says(
                                "mot-cua-xml",
                                "/api/agency/v1/receive",
                                "text/xml",
                                "nhan-" + code,
                                "<TiepNhan soHoSo='" + code + "' henTra='" + day() + "'/>")
                        .text())
                .contains("<accepted");
        await().atMost(World.SOON).until(() -> heard("cong-xml", code).size() > 1);
        assertThat(state("cong-xml", code)).isIn("PENDING", "QUEUED");

        answers("cong-xml", "<TraLoi ma='14'/>");

        await().atMost(World.SOON).until(() -> state("cong-xml", code).equals("PARKED vi-du-refused"));
        answers("cong-xml", "<TraLoi ma='00'/>");
    }

    /** Without its SOAP envelope, and without a file. */
    @Test
    void an_agency_of_the_contract_needs_no_words_of_its_own() {
        Filed dossier = world.files(Filed.both("19333"));
        Map<String, String> centre = Http.bearer(Http.form(
                        world.at("/oauth2/token"),
                        Http.basic("trung-tam-hcc", "sandbox-soap-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText());
        String words = "<confirmReceipt xmlns=\"urn:bocau:agency:v1\"><requestId>nhan-1234</requestId><dossier>"
                + dossier.code() + "</dossier><appointment>" + Filed.today() + "</appointment></confirmReceipt>";

        Http.Answer answer = decide(centre, "receive", "application/xml", words);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains("<accepted", "<repeat>false</repeat>");
        assertThat(dossier.facts().at("/dossier/status").asInt()).isEqualTo(2);
        assertThat(Http.get(world.at("/api/agency/v1/dossiers?code=" + dossier.code()), centre)
                        .ok()
                        .at("/dossier/status")
                        .asInt())
                .isEqualTo(2);
        assertThat(decide(centre, "dispatch", "application/xml", words)
                        .json()
                        .path("code")
                        .asText())
                .as("one word at the address of another")
                .isEqualTo("schema");
        assertThat(decide(centre, "receive", "application/json", "{}")
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("json-not-read");
        assertThat(decide(as("cong-json"), "receive", "application/xml", words).status())
                .as("a portal's token")
                .isEqualTo(401);
        assertThat(decide(
                                as("mot-cua-xml"),
                                "receive",
                                "application/xml",
                                "<TiepNhan soHoSo='" + dossier.code() + "' henTra='" + day() + "'/>")
                        .status())
                .as("another agency's dossier")
                .isEqualTo(404);
    }

    private static Http.Answer decide(Map<String, String> who, String word, String type, String body) {
        return said(who, "/api/agency/v1/" + word, type, UUID.randomUUID().toString(), body);
    }

    private static Http.Answer reload() {
        return Http.post(
                world.at("/api/ops/v1/directory/reload"),
                Http.basic("truc-ca", "truc-ca-sandbox"),
                Map.of("reason", "thử"));
    }

    private static Http.Answer says(String partner, String address, String type, String key, String body) {
        return said(as(partner), address, type, key, body);
    }

    private static Http.Answer said(Map<String, String> who, String address, String type, String key, String body) {
        Map<String, String> headers = new java.util.HashMap<>(who);
        headers.put("Idempotency-Key", key);
        headers.put("Content-Type", type);
        return Http.send("POST", world.at(address), headers, body);
    }

    private static Map<String, String> as(String partner) {
        return world.portal(partner, secret(partner));
    }

    private static String secret(String partner) {
        try {
            return Files.readString(folder.resolve("secrets").resolve(partner)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String example(String vendor, String name) {
        try {
            return Files.readString(folder.resolve("docs/new-partner/mappings/vi-du-" + vendor + "/examples")
                    .resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answers(String partner, String xml) {
        Http.post(
                        world.sandbox("/api/own/answers/" + partner),
                        Map.of(),
                        Map.of("type", "application/xml", "body", xml))
                .ok();
    }

    private static String item(Map<String, String> portal, String code, String leg) {
        for (JsonNode known : Http.get(world.at("/api/portal/v1/dossiers/" + code), portal)
                .ok()
                .path("legs")) {
            if (known.path("kind").asText().equals(leg)) {
                return known.path("item").asText();
            }
        }
        throw new AssertionError(code + " has no " + leg);
    }

    /** What a partner heard of a dossier, in the order of arrival. */
    private static List<JsonNode> heard(String partner, String code) {
        return world.twin("own").received().stream()
                .filter(entry -> entry.path("what").asText().equals(partner))
                .map(entry -> entry.path("content"))
                .filter(came -> came.toString().contains(code))
                .toList();
    }

    /** How each step begins, and the status at last. */
    private static List<String> steps(String vendor, String code) {
        return heard("cong-" + vendor, code).stream()
                .map(came -> {
                    String body = came.path("body").asText();
                    assertThat(came.path("address").asText() + body).contains(code);
                    boolean returned = body.contains("DA_TRA") || body.contains("trangThai=\"10\"");
                    String text = vendor.equals("json")
                            ? json(body).path("noiDung").asText()
                            : body.replaceFirst("(?s).*<NoiDung>(.*)</NoiDung>.*", "$1");
                    return returned ? "10" : beginning(text);
                })
                .toList();
    }

    private static String beginning(String text) {
        return Stream.of(
                        "Cơ quan đã tiếp nhận",
                        "Đã có kết quả",
                        "Đã nhận hồ sơ tại nhà",
                        "Đã bàn giao",
                        "Bưu điện đã nhận kết quả",
                        "Đã phát thành công")
                .filter(text::startsWith)
                .findFirst()
                .orElse(text);
    }

    private static List<String> notices(String vendor, String code) {
        return heard("mot-cua-" + vendor, code).stream()
                .map(came -> came.path("body").asText())
                .map(body -> body.contains("GIAY_TO_DEN") || body.contains("loai=\"den\"")
                        ? "came"
                        : body.contains("KET_CUC") || body.contains("loai=\"ket-cuc\"") ? "ended" : body)
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return Http.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(String partner, String code) {
        return world.db()
                .sql("select state || coalesce(' ' || fault, '') from message where direction = 'OUT' and partner = ?"
                        + " and subject = ?")
                .params(partner, code)
                .query(String.class)
                .single();
    }

    private static long messages() {
        return world.db()
                .sql("select count(*) from message where direction = 'IN'")
                .query(Long.class)
                .single();
    }

    private static String day() {
        return Filed.today().format(java.time.format.DateTimeFormatter.ofPattern("dd-MM-yyyy"));
    }
}
