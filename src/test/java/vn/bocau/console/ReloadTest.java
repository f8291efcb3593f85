package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import vn.bocau.code.Sha256;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.OtherNode;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.journey.Http;
import vn.bocau.sandbox.Sandbox;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.OwnHub;

/** What an operator changes in files takes effect by a reload, or is refused whole, clearly, with nothing changed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReloadTest {

    private static final Map<String, String> OPERATOR = Http.basic("truc-ca", "truc-ca-sandbox");
    private static final String HEADING =
            "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n";
    private static final String DIALECT =
            "{\"about\": \"x\", \"login\": {\"kind\": \"none\"}, \"messages\": {\"progress\": {}, \"status\":"
                    + " {\"mapping\": \"progress\"}}}";
    private static final String TAKEN = "{\"outcome\": \"CONFIRMED\", \"detail\": \"%s\"}";

    @TempDir
    static Path folder;

    private static HttpServer server;
    private static OwnHub hub;
    private static ConfigurableApplicationContext sandbox;
    private static URI partnersAt;

    /** What the partner of the test heard; it answers when it may. */
    private static final BlockingQueue<JsonNode> HEARD = new LinkedBlockingQueue<>();

    private static volatile CountDownLatch answering = new CountDownLatch(0);

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            HEARD.add(Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            try {
                answering.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] answer = "{\"ok\": true}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Files.createDirectories(folder.resolve("reference"));
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets/one-byte"), "whsec_YQ==");
        Files.writeString(
                folder.resolve("secrets/too-long"),
                "whsec_" + Base64.getEncoder().encodeToString(new byte[65]));
        partners();
        dialect(1);
        sandbox = Sandbox.start(0, folder.resolve("partners"), Map.of("hub.url", "http://localhost:1"));
        partnersAt = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port"));
        hub = new OwnHub(Map.of(
                "bocau.nso.url",
                partnersAt + "/nso/DMDVHC.asmx",
                "bocau.reference",
                folder.resolve("reference"),
                "bocau.mappings",
                folder.resolve("mappings"),
                "bocau.secrets",
                folder.resolve("secrets"),
                "bocau.metrics.every",
                "200ms",
                "bocau.line.claim",
                "20s",
                "bocau.relay.sweep",
                "100"));
    }

    @AfterAll
    static void stop() {
        hub.close();
        sandbox.close();
        server.stop(0);
    }

    @BeforeEach
    void right() throws IOException {
        partners();
        dialect(1);
        Http.post(at("/directory/reload"), OPERATOR, Map.of("reason", "a test")).ok();
    }

    @Test
    void communes_are_brought_up_to_the_state_s_list_when_just_that_is_confirmed() throws IOException {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Ho_Chi_Minh"));
        try {
            lists("changed");
            JsonNode shown = refresh(null).ok();
            assertThat(shown.path("applied").asBoolean()).isFalse();
            assertThat(shown.at("/plan/renamed/0/before").asText()).isEqualTo("Xã Tuyên Hoá");
            assertThat(folder.resolve("reference/communes.csv")).doesNotExist();
            String confirm = shown.at("/plan/id").asText();

            lists("same");
            assertThat(refresh(confirm).status())
                    .as("the state says something else by now")
                    .isEqualTo(409);
            lists("short");
            Http.Answer implausible = refresh(confirm);
            assertThat(implausible.status()).isEqualTo(422);
            assertThat(implausible.text()).contains("implausible", "1000");
            lists("ends-served");
            Http.Answer needed = refresh(refresh(null).ok().at("/plan/id").asText());
            assertThat(needed.status()).isEqualTo(422);
            assertThat(needed.text()).contains("reload-refused", "post-offices.csv");
            assertThat(folder.resolve("reference/communes.csv")).doesNotExist();
            assertThat(hub.bean(Directories.class).current().commune("19741", today))
                    .isPresent();

            lists("changed");
            partners("beside,PORTAL,Cổng kề bên,,NONE,,,,,1,");
            JsonNode done = refresh(confirm).ok();
            JsonNode said = recorded("REFRESH");
            assertThat(said.path("files").has("communes.csv")).isTrue();
            assertThat(said.at("/partners/beside/change").asText())
                    .as("it came into force with the communes")
                    .isEqualTo("NEW");
            assertThat(reload().at("/changes/partners")).isEmpty();
            partners();
            assertThat(done.path("applied").asBoolean()).isTrue();
            assertThat(hub.bean(Directories.class)
                            .current()
                            .commune("18997", today)
                            .orElseThrow()
                            .fullName())
                    .isEqualTo("Phường Tuyên Hoá");
            OtherNode other = new OtherNode(folder.resolve("other"), hub.db());
            assertThat(other.current().commune("18997", today).orElseThrow().fullName())
                    .isEqualTo("Xã Tuyên Hoá");
            other.follow();
            assertThat(other.current().commune("18997", today).orElseThrow().fullName())
                    .as("on every node")
                    .isEqualTo("Phường Tuyên Hoá");
            assertThat(folder.resolve("other/communes.csv"))
                    .hasSameTextualContentAs(folder.resolve("reference/communes.csv"));
            Path away = Files.createDirectories(folder.resolve("away"));
            Files.writeString(
                    away.resolve("communes.csv"),
                    new ClassPathResource("reference/communes.csv").getContentAsString(StandardCharsets.UTF_8));
            Files.writeString(away.resolve(".communes-refreshed"), "untold 0 truc-ca");
            OtherNode killed = new OtherNode(away, hub.db());
            killed.follow();
            assertThat(hub.db()
                            .sql("select count(*) from commune_refresh")
                            .query(Long.class)
                            .single())
                    .as("what was done before the last refresh is not the newest")
                    .isEqualTo(1);
            assertThat(away.resolve("communes.csv")).hasSameTextualContentAs(folder.resolve("reference/communes.csv"));
            assertThat(away.resolve(".communes-refreshed"))
                    .hasSameTextualContentAs(folder.resolve("other/.communes-refreshed"));
            assertThat(refresh(null).ok().at("/plan/added"))
                    .as("nothing is left to do")
                    .isEmpty();
            for (String manner : List.of("500", "garbage", "drop-after-commit", "down")) {
                new vn.bocau.journey.Twin(partnersAt, "nso").misbehaves(manner);
                assertThat(refresh(null).status()).as(manner).isEqualTo(503);
            }
            assertThat(Http.post(at("/directory/communes/refresh"), Http.basic("buu-ta", "buu-ta-sandbox"), Map.of())
                            .status())
                    .isEqualTo(403);
        } finally {
            new vn.bocau.journey.Twin(partnersAt, "nso").behaves();
            Files.deleteIfExists(folder.resolve("reference/communes.csv"));
            Files.deleteIfExists(folder.resolve("reference/commune-successions.csv"));
            Files.deleteIfExists(folder.resolve("reference/.communes-refreshed"));
            hub.db().sql("truncate commune_refresh").update();
        }
    }

    private static void lists(String mode) {
        Http.post(partnersAt.resolve("/api/nso/catalogue"), Map.of(), Map.of("mode", mode))
                .ok();
    }

    private static Http.Answer refresh(@Nullable String confirm) {
        Map<String, Object> asked = new HashMap<>(Map.of("reason", "danh mục mới"));
        if (confirm != null) {
            asked.put("confirm", confirm);
        }
        return Http.post(at("/directory/communes/refresh"), OPERATOR, asked);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '!', textBlock = """
            a1,PORTAL,N,nowhere,PUSH,http://x,,webhook-portal,,1,                                ! no such file
            a1,PORTAL,N,../x,PUSH,http://x,,webhook-portal,,1,                                   ! not the name of a dialect
            a1,PORTAL,N,agency-rest,PUSH,http://x,,ubnd-dong-ha,,1,                              ! not for this kind of partner
            a1,PORTAL,N,ngsp-carrier,PUSH,http://x,,carrier-x,,1,consumer-key=b                  ! no way to say progress
            a1,AGENCY,N,webhook,PUSH,http://x,,webhook-portal,,1,                                ! no way to say arrival
            a1,CARRIER,N,webhook,PUSH,http://x,,webhook-portal,,1,                               ! no way to say order
            a1,PORTAL,N,webhook,PUSH,http://x,,nobody-set-it,,1,                                 ! secret of partner a1 is not set
            a1,PORTAL,N,webhook,PUSH,http://x,,,,1,                                              ! secret of partner a1 is not set
            a1,PORTAL,N,webhook,PUSH,http://x,,dvcqg,,1,                                         ! no webhook secret
            a1,PORTAL,N,webhook,PUSH,http://x,,one-byte,,1,                                      ! 24 to 64 bytes): its Base64 holds 1 bytes
            a1,PORTAL,N,webhook,PUSH,http://x,,too-long,,1,                                      ! 24 to 64 bytes): its Base64 holds 65 bytes
            a1,PORTAL,N,webhook,PUSH,http://x,portal-a1,nobody-set-it,,1,                        ! secret nobody-set-it is not set
            a1,PORTAL,N,,NONE,,portal-a1,nobody-set-it,,1,                                       ! secret nobody-set-it is not set
            a1,PORTAL,N,opencps,PUSH,http://x,,opencps,,1,                                       ! no setting group-id
            a1,PORTAL,N,dvcqg,PUSH,http://x,,dvcqg,,1,dstcode=x                                  ! no setting login-secret
            a1,PORTAL,N,emc,PUSH,http://x,,,,1,                                                  ! no setting site-id
            a1,PORTAL,N,webhook,PUSH,http://x,,webhook-portal,,1,follows=nobody                  ! names another PORTAL of the directory: nobody
            a1,PORTAL,N,webhook,PUSH,http://x,,webhook-portal,,1,follows=dvcqg a1                ! names another PORTAL of the directory: a1
            a1,PORTAL,N,webhook,PUSH,http://x,,webhook-portal,,1,follows=carrier-x               ! names another PORTAL of the directory: carrier-x
            a1,PORTAL,N,,NONE,,,,,1,follows=dvcqg                                                ! a PORTAL that is told by PUSH
            a1,AGENCY,N,agency-rest,PUSH,http://x,,ubnd-dong-ha,,1,follows=dvcqg                 ! follows is for a PORTAL
            a1,AGENCY,N,agency-soap,PUSH,http://x,,trung-tam-hcc,,1,                                ! needs a client_id
            a1,PORTAL,N,webhook,PUSH,http://x,,webhook-portal,,1,read-timeout=5                  ! read-timeout must be
            a1,PORTAL,N,webhook,PUSH,http://x,,webhook-portal,,1,read-timeout=19500              ! must be a second shorter than BOCAU_LINE_CLAIM
            a1,PORTAL,N,webhook,PUSH,http://x y,,webhook-portal,,1,                              ! base_url
            a1,PORTAL,N,webhook,PUSH,http://x{,,webhook-portal,,1,                               ! make no URL
            a1,ONE_STOP,N,,FETCH,,a1,qti-tthcc,,1,                                               ! needs a customer-code
            a1,ONE_STOP,N,,FETCH,,a1,qti-tthcc,,1,customer-code=QTI-TTHCC                        ! customer-code QTI-TTHCC stands in another row
            a1,ONE_STOP,N,,FETCH,,,,,1,customer-code=A1                                          ! a client_id or a static-token
            a1,ONE_STOP,N,,FETCH,,,,,1,customer-code=A1;static-token=nobody-set-it               ! secret nobody-set-it is not set
            a1,ONE_STOP,N,,FETCH,,,,,1,customer-code=A1;static-token=qti-tthcc-token             ! that of another partner
            a1,PORTAL,N,,NONE,,,,,1,queue-kinds=portal.request portal.nothing                    ! no route takes portal.nothing
            """)
    void a_wrong_partner_refuses_the_reload_and_names_its_line(String row, String reason) throws IOException {
        Directory before = hub.bean(Directories.class).current();
        partners("a2,PORTAL,N,own,PUSH," + url() + ",,,,1,", row);

        JsonNode refused = refused();

        assertThat(refused.path("flaws")).anySatisfy(flaw -> {
            assertThat(flaw.path("field").asText()).isIn("partners.csv:4", "sandbox/partners.csv:10");
            assertThat(flaw.path("en").asText()).contains(reason);
            assertThat(flaw.path("vi").asText()).isNotBlank();
        });
        assertThat(refused.path("flaws")).doesNotHaveDuplicates();
        assertThat(refused.toString()).doesNotContain("sandbox-static-token", "sandbox-portal-secret");
        assertThat(hub.bean(Directories.class).current()).isSameAs(before);
        assertThat(partner("a2").isMissingNode()).isTrue();
        JsonNode report = Http.get(at("/directory"), OPERATOR).ok();
        assertThat(report.path("inForce").asBoolean()).isFalse();
        assertThat(report.path("refusals")).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} -> {2}")
    @CsvSource(delimiter = '!', textBlock = """
            own/progress.out.jslt      ! {"a": }                                     ! mappings/own/progress.out.jslt:1 ! not valid JSLT
            own/progress.out.jslt      ! {"a": magic(1)}                             ! mappings/own/progress.out.jslt:1 ! No such function
            own/progress.out.jslt      ! import "own/none.jslt" as n {}              ! mappings/own/none.jslt           ! no such file
            own/sheet.xsl              ! <xsl:stylesheet/>                           ! mappings/own/sheet.xsl:1         ! not a valid stylesheet
            own/in.schema.json         ! {"type": 7}                                 ! mappings/own/in.schema.json      ! not a valid JSON Schema
            own/in.schema.json         ! {                                           ! mappings/own/in.schema.json      ! not valid JSON
            own/codes.csv              ! a                                   ! mappings/own/codes.csv:2         ! not a valid table
            own/dialect.json           ! {"about": "x"}                              ! mappings/own/dialect.json        ! is required
            ngsp/ngsp.lib.jslt         ! def x(                                      ! mappings/ngsp/                   ! not valid JSLT
            """)
    void a_wrong_mapping_refuses_the_reload_and_the_old_ones_go_on(
            String file, String text, String field, String reason) throws Exception {
        mapping(file, file.endsWith(".csv") ? "a,b\nx,y,z\n" : text);
        partners("a2,PORTAL,N,,NONE,,,,,1,");
        try {
            assertThat(refused().path("flaws")).anySatisfy(flaw -> {
                assertThat(flaw.path("field").asText()).startsWith(field);
                assertThat(flaw.path("en").asText()).contains(reason).doesNotContain("\n");
                assertThat(flaw.path("vi").asText())
                        .startsWith("Tệp này không dùng được: ")
                        .doesNotContain("it is ", "there is ");
            });
            assertThat(partner("a2").isMissingNode()).isTrue();
            String key = tell("own");
            assertThat(heard().path("version").asInt()).isEqualTo(1);
            awaitDetail(key, "v1");
        } finally {
            Files.delete(folder.resolve("mappings").resolve(file));
        }
    }

    @Test
    void an_own_dialect_is_held_to_the_examples_beside_it() throws IOException {
        mapping("own/examples/progress.out/said.in.json", "{\"said\": \"something\"}");
        mapping("own/examples/progress.out/said.expected.json", "{\"version\": 2, \"said\": \"something\"}");
        try {
            assertThat(refused().path("flaws")).singleElement().satisfies(flaw -> {
                assertThat(flaw.path("field").asText())
                        .isEqualTo("mappings/own/examples/progress.out/said.expected.json");
                assertThat(flaw.path("en").asText()).contains("/version: expected 2, but it gives 1");
            });
            dialect(2);
            reload();
            Files.delete(folder.resolve("mappings/own/examples/progress.out/said.in.json"));
            assertThat(refused().path("flaws").path(0).path("field").asText())
                    .isEqualTo("mappings/own/examples/progress.out/said.in");
        } finally {
            Files.deleteIfExists(folder.resolve("mappings/own/examples/progress.out/said.in.json"));
            Files.delete(folder.resolve("mappings/own/examples/progress.out/said.expected.json"));
        }
    }

    /** The rows stay in the folder afterwards: the dossier stays open. */
    @Test
    void a_row_that_open_dossiers_name_is_not_taken_away() throws IOException {
        String agencies = "id,name,commune,street,phone,office,partner,portal\n";
        String agency = "000.99.12.H50,Cơ quan của phép thử,19333,99 Lê Duẩn,02330000999,%s,,\n";
        String offices = "code,name,commune,street,phone,carrier,communes,vnpost_district\n";
        String office = "529900,Bưu cục của phép thử,19333,98 Lê Duẩn,02330000998,OWN,00004,\n";
        String procedures =
                "code,name,field,level,papers,pickup_by_post,result_by_post,identity_check,originals_back\n";
        String procedure = "9.999999,Thủ tục của phép thử,Hộ tịch,3,Tờ khai|original|1,yes,yes,no,0\n";
        reference("agencies.csv", agencies + agency.formatted("529900"));
        reference("post-offices.csv", offices + office);
        reference("procedures.csv", procedures + procedure);
        String payees = "id,name,tax_code,account\n";
        String payee = "cua-phep-thu,Đơn vị của phép thử,0100000099,\n";
        reference("payees.csv", payees + payee);
        reload();
        hub.bean(vn.bocau.dossier.Requests.class)
                .accept(new Inbound("dvcqg", "still-needed", "portal.request", Json.parse("""
                        {"dossier": {"codes": [{"system": "dvcqg", "code": "STILL-NEEDED"}], "procedure": "9.999999",
                         "channel": "DIRECT", "filedOn": "2026-01-05", "agency": "000.99.12.H50", "paidOnline": false},
                         "result": {"cod": {"amount": 150000, "payee": "cua-phep-thu"},
                         "receiver": {"name": "Lê Thị Mẫu", "phone": "0900000001",
                         "address": {"commune": "19333", "street": "12 đường Mẫu"}}}}
                        """)));
        Directory before = hub.bean(Directories.class).current();
        try {
            reference("agencies.csv", agencies);
            assertThat(refused().path("flaws")).singleElement().satisfies(flaw -> {
                assertThat(flaw.path("field").asText()).isEqualTo("agencies.csv");
                assertThat(flaw.path("en").asText()).contains("000.99.12.H50 is missing: 1 dossiers that are not done");
                assertThat(flaw.path("vi").asText()).contains("000.99.12.H50", "còn 1 hồ sơ");
            });
            reference("agencies.csv", agencies + agency.formatted("520100"));
            reference("post-offices.csv", offices);
            reference("procedures.csv", procedures);
            reference("payees.csv", payees);
            assertThat(refused().path("flaws").findValuesAsText("field"))
                    .containsExactlyInAnyOrder("post-offices.csv", "procedures.csv", "payees.csv");
            assertThat(hub.bean(Directories.class).current()).isSameAs(before);
        } finally {
            reference("agencies.csv", agencies + agency.formatted("529900"));
            reference("post-offices.csv", offices + office);
            reference("procedures.csv", procedures + procedure);
            reference("payees.csv", payees + payee);
            reload();
        }
    }

    /** The agency may still ask for papers, or send some back. */
    @Test
    void an_office_is_not_taken_away_while_a_dossier_it_fetched_from_is_undecided() throws IOException {
        Path file = folder.resolve("reference/post-offices.csv");
        String offices = Files.exists(file)
                ? Files.readString(file)
                : "code,name,commune,street,phone,carrier,communes,vnpost_district\n";
        String office = "529901,Bưu cục xa,19333,97 Lê Duẩn,02330000997,OWN,00008,\n";
        reference("post-offices.csv", offices + office);
        reload();
        var requests = hub.bean(vn.bocau.dossier.Requests.class);
        requests.accept(new Inbound("dvcqg", "undecided", "portal.request", Json.parse("""
                {"dossier": {"codes": [{"system": "dvcqg", "code": "UNDECIDED"}], "procedure": "1.012786",
                 "channel": "ONLINE", "filedOn": "2026-11-05", "agency": "000.00.12.H50", "paidOnline": true},
                 "pickup": {"sender": {"name": "Lê Thị Mẫu", "phone": "0900000001",
                 "address": {"commune": "00008", "street": "12 đường Mẫu"}},
                 "papers": [{"name": "Đơn", "original": true, "count": 1}]}}
                """)));
        requests.cancel(new Inbound(
                "dvcqg",
                "undecided-c",
                "portal.cancel",
                Json.parse("{\"dossier\": \"UNDECIDED\", \"leg\": \"PICKUP\"}")));
        reference("post-offices.csv", offices);
        try {
            assertThat(refused().path("flaws")).anySatisfy(flaw -> {
                assertThat(flaw.path("field").asText()).isEqualTo("post-offices.csv");
                assertThat(flaw.path("en").asText()).contains("529901 is missing: 1 dossiers");
            });
            hub.db()
                    .sql(
                            "update dossier set created_at = now() - interval '1 year' where id = (select dossier from dossier_code where code = 'UNDECIDED')")
                    .update();
            assertThat(refused().path("flaws"))
                    .as("something was heard of it since")
                    .isNotEmpty();
            hub.db()
                    .sql(
                            "update progress set happened_at = now() - interval '1 year' where leg in (select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = 'UNDECIDED')")
                    .update();
            hub.db()
                    .sql(
                            "update dossier set appointment = current_date + 30 where id = (select dossier from dossier_code where code = 'UNDECIDED')")
                    .update();
            assertThat(refused().path("flaws"))
                    .as("its result was promised for a day to come")
                    .isNotEmpty();
            hub.db()
                    .sql(
                            "update dossier set appointment = null where id = (select dossier from dossier_code where code = 'UNDECIDED')")
                    .update();
            hub.db()
                    .sql(
                            "insert into dossier_event (dossier, code, vi, en, happened_at, recorded_at) select dossier, 'SUPPLEMENT_ASKED', 'x', 'x', now(), now() from dossier_code where code = 'UNDECIDED'")
                    .update();
            assertThat(refused().path("flaws"))
                    .as("its agency has spoken of it since")
                    .isNotEmpty();
            hub.db()
                    .sql(
                            "delete from dossier_event where dossier = (select dossier from dossier_code where code = 'UNDECIDED')")
                    .update();
            reload();
        } finally {
            hub.db()
                    .sql(
                            "update dossier set status = 9 where id = (select dossier from dossier_code where code = 'UNDECIDED')")
                    .update();
            reload();
        }
    }

    private static void reference(String file, String text) throws IOException {
        Files.writeString(folder.resolve("reference").resolve(file), text);
    }

    @Test
    void a_page_of_the_hubs_own_may_reload_too() {
        for (Map<String, String> own : List.of(
                Map.of("Sec-Fetch-Site", "same-origin"),
                Map.of("Sec-Fetch-Site", "none"),
                Map.of("Origin", "http://" + at("").getAuthority()))) {
            Map<String, String> headers = new HashMap<>(OPERATOR);
            headers.putAll(own);
            assertThat(Http.post(at("/directory/reload"), headers, Map.of("reason", "a test"))
                            .status())
                    .as(own.toString())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_changed_mapping_is_in_force_after_a_reload_and_not_before() throws Exception {
        dialect(2);
        tell("own");
        assertThat(heard().path("version").asInt()).isEqualTo(1);

        reload();
        String key = tell("own");

        assertThat(heard().path("version").asInt()).isEqualTo(2);
        awaitDetail(key, "v2");
    }

    @Test
    void a_message_that_is_being_spoken_is_spoken_to_its_end_by_the_mappings_it_began_with() throws Exception {
        answering = new CountDownLatch(1);
        String before = tell("own");
        heard();

        dialect(2);
        reload();
        String after = tell("own");
        assertThat(heard().path("version").asInt()).isEqualTo(2);
        answering.countDown();

        awaitDetail(before, "v1");
        awaitDetail(after, "v2");
    }

    @Test
    void a_new_partner_has_its_line_its_queue_its_door_and_its_numbers_at_once() throws Exception {
        Files.writeString(folder.resolve("secrets/brand-new"), "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==\n");
        partners("new,PORTAL,Cổng mới,own,PUSH," + url() + ",portal-new,brand-new,,1,queue-kinds=portal.cancel");

        reload();

        assertThat(Http.get(
                                hub.at("/api/portal/v1/dossiers/none"),
                                Map.of(
                                        "Authorization",
                                        "Bearer "
                                                + token(
                                                        "portal-new",
                                                        "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==")))
                        .status())
                .isEqualTo(404);
        within().until(() -> partner("new").at("/line/state").asText().equals("OPEN"));
        within().until(() -> camel().getRoute("queue-in.new") != null);
        within().untilAsserted(() -> assertThat(numbers("new"))
                .contains(
                        "bocau_line_depth{direction=\"OUT\",partner=\"new\",state=\"PENDING\"} 0.0",
                        "bocau_line_depth{direction=\"OUT\",partner=\"new\",state=\"QUEUED\"} 0.0",
                        "bocau_line_depth{direction=\"OUT\",partner=\"new\",state=\"PARKED\"} 0.0",
                        "bocau_line_depth{direction=\"IN\",partner=\"new\",state=\"PARKED\"} 0.0",
                        "bocau_line_oldest_seconds{direction=\"OUT\",partner=\"new\",state=\"PENDING\"} 0.0",
                        "bocau_line_state{partner=\"new\",state=\"OPEN\"} 1.0"));
        within().untilAsserted(() -> assertThat(numbers("qti-tthcc"))
                .contains("bocau_line_depth{direction=\"OUT\",partner=\"qti-tthcc\",state=\"QUEUED\"} 0.0"));
        String key = tell("new");
        assertThat(heard().path("version").asInt()).isEqualTo(1);
        awaitDetail(key, "v1");
    }

    @Test
    void what_is_open_for_a_partner_that_was_removed_is_shown_with_the_reason_and_goes_on_when_it_is_back()
            throws Exception {
        String row = "leaving,PORTAL,Cổng sắp đi,own,PUSH," + url() + ",,,,1,queue-kinds=portal.cancel";
        partners(row);
        reload();
        within().until(() -> partner("leaving").at("/line/state").asText().equals("OPEN"));
        awaitDetail(tell("leaving"), "v1");
        heard();
        Http.post(at("/partners/leaving/pause"), OPERATOR, Map.of("reason", "a test"))
                .ok();
        String key = tell("leaving");

        partners();
        reload();

        within().until(() -> camel().getRoute("line.leaving") == null && camel().getRoute("queue-in.leaving") == null);
        JsonNode gone = partner("leaving");
        assertThat(gone.at("/stranded/en").asText()).contains("no longer in the directory");
        assertThat(gone.path("kind").isNull()).isTrue();
        assertThat(gone.path("pending").asInt()).isEqualTo(1);
        within().untilAsserted(() -> assertThat(numbers("leaving"))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("bocau_line_depth{direction=\"OUT\"")
                        .endsWith(" 1.0")));
        assertThat(Http.get(at("/messages?partner=leaving&state=PENDING"), OPERATOR)
                        .ok()
                        .path("messages"))
                .hasSize(1);

        partners(row);
        reload();
        Http.post(at("/partners/leaving/resume"), OPERATOR, Map.of("reason", "a test"))
                .ok();
        awaitDetail(key, "v1");
        heard();
        assertThat(partner("leaving").path("stranded").isNull()).isTrue();

        partners();
        reload();
        within().untilAsserted(() -> assertThat(numbers("leaving")).isEmpty());
        assertThat(partner("leaving").isMissingNode()).isTrue();
    }

    @Test
    void the_outage_of_a_partner_that_was_removed_is_over() throws Exception {
        partners("dying,PORTAL,Cổng đã chết,own,PUSH,http://localhost:1,,,,1,");
        reload();
        within().until(() -> partner("dying").at("/line/state").asText().equals("OPEN"));
        String key = tell("dying");
        within().until(() -> lasting("dying") == 1 && held().contains("dying"));

        partners();
        reload();

        within().until(() -> lasting("dying") == 0 && !held().contains("dying"));
        partners("dying,PORTAL,Cổng sống lại,own,PUSH," + url() + ",,,,1,");
        reload();
        awaitDetail(key, "v1");
        heard();
        partners();
        reload();
    }

    private static long lasting(String partner) {
        return hub.db()
                .sql("select count(*) from incident where partner = ? and ended_at is null")
                .param(partner)
                .query(Long.class)
                .single();
    }

    private static List<String> held() {
        return Http.get(at("/failures"), OPERATOR).ok().path("held").findValuesAsText("partner");
    }

    @Test
    void a_partner_that_changed_is_lined_anew() throws Exception {
        partners("moving,PORTAL,Cổng đổi,webhook,PUSH," + url() + ",,webhook-portal,,1,");
        reload();
        within().until(() -> way("moving").equals("jms://queue:portal.moving?concurrentConsumers=1"));

        partners("moving,PORTAL,Cổng đổi,own,PUSH," + url() + ",,,,3,");
        reload();
        within().until(() -> way("moving").equals("jms://queue:portal.moving?concurrentConsumers=3"));
        awaitDetail(tell("moving"), "v1");
        heard();

        Http.post(at("/partners/moving/pause"), OPERATOR, Map.of("reason", "a test"))
                .ok();
        String key = tell("moving");
        partners("moving,PORTAL,Cổng đổi,,NONE,,,,,1,");
        reload();
        within().until(() -> way("moving").isEmpty());
        assertThat(partner("moving").at("/stranded/en").asText()).contains("delivery is NONE");

        mapping(
                "own/dialect.json",
                DIALECT.replace("\"status\"", "\"arrival\": {\"mapping\": \"progress\"}, \"outcome\""));
        partners("moving,AGENCY,Cổng đổi,own,PUSH," + url() + ",,,,1,");
        assertThat(refused().path("flaws").path(0).path("en").asText()).contains("no way to say status");
        mapping(
                "own/dialect.json",
                DIALECT.replace(
                        "\"status\"",
                        "\"arrival\": {\"mapping\": \"progress\"}, \"outcome\": {\"mapping\": \"progress\"}, \"status\""));
        reload();
        within().until(() -> way("moving").equals("jms://queue:agency.moving?concurrentConsumers=1"));
        Http.post(at("/partners/moving/resume"), OPERATOR, Map.of("reason", "a test"))
                .ok();
        awaitDetail(key, "v1");
        heard();
    }

    @Test
    void the_record_says_which_files_a_reload_changed_and_which_columns_of_whose_row() throws Exception {
        String url = url();
        partners("recorded,PORTAL,Cổng ghi sổ,own,PUSH," + url + ",,,,1,");
        reload();
        assertThat(reload().path("changes").toString()).isEqualTo("{\"files\":{},\"partners\":{}}");
        assertThat(recorded().toString()).isEqualTo("{\"files\":{},\"partners\":{}}");

        partners("recorded,PORTAL,Cổng ghi sổ,own,PUSH," + url + "elsewhere,,,,1,login-secret=hidden");
        mapping("own/extra.csv", "a,b\n1,2\n");
        reload();
        JsonNode changed = recorded();
        assertThat(changed.at("/partners").toString())
                .isEqualTo("{\"recorded\":{\"change\":\"CHANGED\",\"columns\":[\"base_url\",\"settings\"]}}");
        assertThat(changed.at("/files/partners.csv/before").asText()).matches("[0-9a-f]{64}");
        assertThat(changed.at("/files/partners.csv/after").asText())
                .isEqualTo(Sha256.hex(Files.readAllBytes(folder.resolve("reference/partners.csv"))));
        assertThat(changed.path("files")
                        .path("mappings/own/extra.csv")
                        .path("before")
                        .isNull())
                .isTrue();
        assertThat(changed.path("files")).hasSize(2);
        assertThat(changed.toString()).doesNotContain("hidden", "elsewhere");

        Files.delete(folder.resolve("mappings/own/extra.csv"));
        partners();
        reload();
        changed = recorded();
        assertThat(changed.at("/partners/recorded/change").asText()).isEqualTo("REMOVED");
        assertThat(changed.path("files")
                        .path("mappings/own/extra.csv")
                        .path("after")
                        .isNull())
                .isTrue();
    }

    @Test
    void what_came_into_force_and_could_not_be_recorded_is_in_the_record_of_the_next_reload() throws Exception {
        partners("unheard,PORTAL,Cổng chưa ghi,,NONE,,,,,1,");
        hub.db()
                .sql("alter table audit add constraint away check (what <> 'RELOAD') not valid")
                .update();
        try {
            assertThat(Http.post(at("/directory/reload"), OPERATOR, Map.of("reason", "a test"))
                            .status())
                    .isGreaterThanOrEqualTo(500);
        } finally {
            hub.db().sql("alter table audit drop constraint away").update();
        }
        assertThat(hub.bean(Directories.class).current().partner("unheard")).isPresent();

        assertThat(reload().at("/changes/partners").has("unheard")).isTrue();
        assertThat(recorded().at("/partners/unheard/change").asText()).isEqualTo("NEW");
        assertThat(reload().at("/changes/partners")).isEmpty();
    }

    private static JsonNode recorded() throws IOException {
        return recorded("RELOAD");
    }

    private static JsonNode recorded(String what) throws IOException {
        return Http.JSON.readTree(hub.db()
                .sql("select detail from audit where what = ? and outcome = 'DONE' order by seq desc limit 1")
                .param(what)
                .query(String.class)
                .single());
    }

    /** In the moment between being drawn anew and being stopped it would take what waits for it. */
    @Test
    void a_way_in_that_is_paused_is_not_begun_when_its_partner_s_row_has_changed() throws Exception {
        partners("halting,PORTAL,Cổng dừng,,NONE,,,,,1,queue-kinds=portal.cancel");
        reload();
        within().until(() -> camel().getRoute("queue-in.halting") != null);
        Http.post(at("/stretches/queue-in.halting/pause"), OPERATOR, Map.of("reason", "a test"))
                .ok();
        within().until(() ->
                camel().getRouteController().getRouteStatus("queue-in.halting") == ServiceStatus.Suspended);
        var before = camel().getRoute("queue-in.halting");

        // Begins it anew without a pause in between, as a restart does.
        camel().getRouteController().stopRoute("queue-in.halting");
        var definition = ((ModelCamelContext) camel()).getRouteDefinition("queue-in.halting");
        camel().removeRoute("queue-in.halting");
        ((ModelCamelContext) camel()).addRouteDefinition(definition);

        assertThat(camel().getRoute("queue-in.halting")).isNotNull().isNotSameAs(before);
        assertThat(camel().getRouteController().getRouteStatus("queue-in.halting"))
                .isEqualTo(ServiceStatus.Stopped);
        hub.bean(vn.bocau.journal.Stretches.class).resume("queue-in.halting", "truc-ca", "a test");
        within().until(() -> camel().getRouteController().getRouteStatus("queue-in.halting") == ServiceStatus.Started);
        partners();
        reload();
    }

    /** As when the database is away in just that moment. */
    @Test
    void a_queue_that_could_not_be_drawn_is_drawn_by_the_next_look() throws Exception {
        FailsOnce drawing = FailsOnce.at("queue-in.late", true);
        camel().addRoutePolicyFactory(drawing);
        try {
            partners("late,PORTAL,Cổng vẽ sau,,NONE,,,,,1,queue-kinds=portal.cancel");
            reload();
            within().until(drawing::hasFailed);

            within().until(() -> camel().getRoute("queue-in.late") != null
                    && camel().getRouteController().getRouteStatus("queue-in.late") == ServiceStatus.Started);
        } finally {
            camel().getRoutePolicyFactories().remove(drawing);
        }
        partners();
        reload();
        within().until(() -> camel().getRoute("queue-in.late") == null);
    }

    @Test
    void a_way_in_that_could_not_be_begun_when_it_was_resumed_is_begun_by_the_next_look() throws Exception {
        FailsOnce beginning = FailsOnce.at("queue-in.resting", false);
        camel().addRoutePolicyFactory(beginning);
        hub.db()
                .sql("insert into stretch_pause (stretch, by, reason) values ('queue-in.resting', 'truc-ca', 'a test')")
                .update();
        try {
            partners("resting,PORTAL,Cổng nghỉ,,NONE,,,,,1,queue-kinds=portal.cancel");
            reload();
            within().until(() -> camel().getRoute("queue-in.resting") != null);
            assertThat(camel().getRouteController().getRouteStatus("queue-in.resting"))
                    .isEqualTo(ServiceStatus.Stopped);

            Http.post(at("/stretches/queue-in.resting/resume"), OPERATOR, Map.of("reason", "a test"))
                    .ok();

            within().until(beginning::hasFailed);
            within().until(() ->
                    camel().getRouteController().getRouteStatus("queue-in.resting") == ServiceStatus.Started);
        } finally {
            camel().getRoutePolicyFactories().remove(beginning);
        }
        partners();
        reload();
    }

    /** Keeps one route once from being drawn, or from being begun. */
    private record FailsOnce(String stretch, boolean drawn, AtomicBoolean failed) implements RoutePolicyFactory {

        static FailsOnce at(String stretch, boolean drawn) {
            return new FailsOnce(stretch, drawn, new AtomicBoolean());
        }

        boolean hasFailed() {
            return failed.get();
        }

        @Override
        public @Nullable RoutePolicy createRoutePolicy(CamelContext camel, String id, NamedNode route) {
            return !id.equals(stretch)
                    ? null
                    : new RoutePolicySupport() {
                        @Override
                        public void onInit(Route it) {
                            breakIf(drawn);
                        }

                        @Override
                        public void onStart(Route it) {
                            breakIf(!drawn);
                        }
                    };
        }

        private void breakIf(boolean here) {
            if (here && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("in this test");
            }
        }
    }

    private static String way(String partner) {
        var route = camel().getRoute("line." + partner);
        return route == null ? "" : route.getEndpoint().getEndpointUri();
    }

    private static String token(String client, String secret) {
        return Http.form(hub.at("/oauth2/token"), Http.basic(client, secret), "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
    }

    private static void partners(String... more) throws IOException {
        Files.writeString(
                folder.resolve("reference/partners.csv"),
                HEADING + "own,PORTAL,Cổng của phép thử,own,PUSH," + url() + ",,,,2,\n" + String.join("\n", more));
    }

    private static String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    private static void dialect(int version) throws IOException {
        mapping("own/dialect.json", DIALECT);
        mapping("own/progress.out.jslt", "{\"version\": " + version + ", \"said\": .said}");
        mapping("own/answer.jslt", TAKEN.formatted("v" + version));
    }

    private static void mapping(String name, String text) throws IOException {
        Path file = folder.resolve("mappings").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static JsonNode reload() {
        return Http.post(at("/directory/reload"), OPERATOR, Map.of("reason", "a test"))
                .ok();
    }

    private static JsonNode refused() {
        Http.Answer answer = Http.post(at("/directory/reload"), OPERATOR, Map.of("reason", "a test"));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").asText()).isEqualTo("reload-refused");
        return answer.json();
    }

    private static JsonNode heard() throws InterruptedException {
        JsonNode heard = HEARD.poll(20, TimeUnit.SECONDS);
        assertThat(heard).isNotNull();
        return heard;
    }

    /** Tells a partner something of a dossier of its own. */
    private static String tell(String partner) {
        String key = UUID.randomUUID().toString();
        JsonNode body = JsonNodeFactory.instance.objectNode().put("said", "something");
        Journal journal = hub.bean(Journal.class);
        journal.once(new Inbound("test", key, "test.kind", body), () -> {
            journal.tell(new Outbound(partner, "line-" + key, "progress", key, "HS-" + key, body));
            return body;
        });
        return key;
    }

    private static void awaitDetail(String key, String detail) {
        within().untilAsserted(() -> assertThat(hub.db()
                        .sql(
                                "select state || ' ' || coalesce(answer, '') from message where key = ? and direction = 'OUT'")
                        .param(key)
                        .query(String.class)
                        .single())
                .isEqualTo("CONFIRMED " + detail));
    }

    private static JsonNode partner(String id) {
        for (JsonNode each : Http.get(at("/partners"), OPERATOR).ok()) {
            if (each.path("id").asText().equals(id)) {
                return each;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private static List<String> numbers(String partner) {
        return Http.get(hub.at("/actuator/prometheus"), OPERATOR)
                .text()
                .lines()
                .filter(line -> line.contains("partner=\"" + partner + "\""))
                // Counted while it was there, as what a node did always is.
                .filter(line -> !line.startsWith("bocau_message_out"))
                .toList();
    }

    private static CamelContext camel() {
        return hub.bean(CamelContext.class);
    }

    private static ConditionFactory within() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }

    private static java.net.URI at(String path) {
        return hub.at("/api/ops/v1" + path);
    }
}
