package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Sending;
import vn.bocau.journey.Http;
import vn.bocau.journey.Twin;
import vn.bocau.sandbox.Sandbox;

/** Each partner of the sandbox, well behaved and not, over the network. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpeakingTest {

    private static final String DOSSIER = "000.00.12.H50-260415-0007";

    private static final Map<String, String> SECRETS = Map.of(
            "dvcqg-login", "sandbox-login",
            "opencps", "sandbox-opencps-secret",
            "webhook-portal", "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==",
            "trung-tam-hcc", "sandbox-soap-secret",
            "ubnd-dong-ha", "sandbox-rest-secret",
            "carrier-x", "sandbox-carrier-secret",
            "lgsp", "sandbox-lgsp-secret");

    /** A partner, and one thing to tell it. */
    enum Talk {
        DVCQG(
                Partner.Kind.PORTAL,
                "dvcqg",
                "dvcqg",
                "/portal/dvcqg",
                "progress",
                "dvcqg/examples/progress.out/out-for-delivery.in.json"),
        DVCQG_STATUS(
                Partner.Kind.PORTAL,
                "dvcqg",
                "dvcqg",
                "/portal/dvcqg",
                "status",
                "dvcqg/examples/status.out/delivered.in.json"),
        OPENCPS(
                Partner.Kind.PORTAL,
                "opencps",
                "opencps",
                "/portal/opencps",
                "progress",
                "opencps/examples/progress.out/out-for-delivery.in.json"),
        WEBHOOK(
                Partner.Kind.PORTAL,
                "webhook-portal",
                "webhook",
                "/portal/webhook",
                "status",
                "webhook/examples/dossier.out/agency-has-received.in.json"),
        SOAP(
                Partner.Kind.AGENCY,
                "trung-tam-hcc",
                "agency-soap",
                "/agency/soap",
                "arrival",
                "agency-soap/examples/notice.out/delivered.in.json"),
        REST(
                Partner.Kind.AGENCY,
                "ubnd-dong-ha",
                "agency-rest",
                "/agency/rest",
                "outcome",
                "agency-rest/examples/notice.out/delivered.in.json"),
        CARRIER(
                Partner.Kind.CARRIER,
                "carrier-x",
                "ngsp-carrier",
                "/carrier/ngsp",
                "order",
                "ngsp-carrier/examples/order.out/result-with-fee.in.json"),
        EMC(
                Partner.Kind.PORTAL,
                "emc",
                "emc",
                "/emc",
                "progress",
                "emc/examples/tracking.out/out-for-delivery.in.json"),
        EMC_FORM(
                Partner.Kind.PORTAL,
                "emc",
                "emc-form",
                "/emc",
                "status",
                "emc/examples/tracking.out/out-for-delivery.in.json"),
        LGSP(
                Partner.Kind.PORTAL,
                "lgsp",
                "lgsp",
                "/lgsp",
                "progress",
                "lgsp/examples/trace.out/out-for-delivery.in.json");

        final Partner.Kind partnerKind;
        final String id;
        final String dialect;
        final String path;
        final String kind;
        final String example;

        Talk(Partner.Kind partnerKind, String id, String dialect, String path, String kind, String example) {
            this.partnerKind = partnerKind;
            this.id = id;
            this.dialect = dialect;
            this.path = path;
            this.kind = kind;
            this.example = example;
        }

        Partner partner(Map<String, String> more) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "madonvi", "000.00.00.H50",
                    "username", "000.00.00.H50",
                    "login-secret", "dvcqg-login",
                    "dstcode", "VN:GOV:000.00.00.G22:vpcpdvcprovider",
                    "group-id", "55301",
                    "customer-code", "BOCAU",
                    "consumer-key", "bocau",
                    "site-id", "52"));
            settings.putAll(more);
            return Outward.partner(partnerKind, id, dialect, at.resolve(path), settings);
        }

        Dialects dialects() {
            return Outward.dialects(null, SECRETS, partner(Map.of()));
        }

        Sending sending() {
            return Outward.sending(id, kind, Outward.body(example));
        }

        Twin twin() {
            return new Twin(at, id);
        }

        /** What it is told of a message, where that is told in two words the first. */
        List<JsonNode> received() {
            return twin().received().stream()
                    .filter(e -> !List.of("filed", "UpdateDocumentTraces")
                            .contains(e.path("what").asText()))
                    .toList();
        }
    }

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext sandbox;
    private static URI at;

    @BeforeAll
    static void start() {
        sandbox = sandbox(0, "3600");
        at = URI.create("http://localhost:" + sandbox.getEnvironment().getProperty("local.server.port"));
    }

    private static ConfigurableApplicationContext sandbox(int port, String sessionSeconds) {
        return Sandbox.start(port, folder, Map.of("hub.url", "http://localhost:1", "session.seconds", sessionSeconds));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static void fresh(Talk talk) {
        talk.twin().behaves();
        Http.delete(at.resolve("/api/" + talk.id + "/received"), Map.of()).ok();
        Http.post(at.resolve("/api/dvcqg/dossiers"), Map.of(), Map.of("code", DOSSIER))
                .ok();
    }

    @ParameterizedTest
    @EnumSource
    void a_partner_confirms_what_it_takes_and_a_repeat_of_it(Talk talk) {
        fresh(talk);
        Dialects dialects = talk.dialects();
        Sending sending = talk.sending();

        assertThat(dialects.speak(sending)).isNotBlank();
        assertThat(dialects.speak(Outward.again(sending))).isNotBlank();

        assertThat(talk.received()).extracting(e -> e.path("fresh").asBoolean()).containsExactly(true, false);
        assertThat(talk.received())
                .extracting(e -> e.path("dossier").asText())
                .allSatisfy(code -> assertThat(code).isIn(DOSSIER, "BC-0198d0a2-1"));
    }

    @ParameterizedTest
    @EnumSource
    void what_a_partner_took_before_the_line_broke_is_confirmed_the_next_time_and_there_once(Talk talk) {
        fresh(talk);
        Dialects dialects = talk.dialects();
        Sending sending = talk.sending();
        // Each second request, so that it is not the login that breaks.
        talk.twin().misbehaves("drop-after-commit", talk == Talk.DVCQG || talk == Talk.DVCQG_STATUS ? 2 : 1);

        assertThatThrownBy(() -> {
                    for (int attempt = 0; attempt < 3 && talk.received().isEmpty(); attempt++) {
                        Throwable thrown = catchThrowable(() -> dialects.speak(sending));
                        if (!talk.received().isEmpty()) {
                            throw thrown;
                        }
                    }
                })
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith(talk.id + " cannot be reached");
        talk.twin().behaves();

        assertThat(dialects.speak(Outward.again(sending))).isNotBlank();
        assertThat(talk.received()).extracting(e -> e.path("fresh").asBoolean()).containsExactly(true, false);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMC_FORM")
    void a_partner_that_takes_nothing_in_makes_the_line_wait(Talk talk) {
        for (String mode : List.of("500", "timeout", "down")) {
            fresh(talk);
            Dialects dialects = Outward.dialects(null, SECRETS, talk.partner(Map.of("read-timeout", "500")));
            talk.twin().misbehaves(mode);

            assertThatThrownBy(() -> dialects.speak(talk.sending()))
                    .as(mode)
                    .isInstanceOf(Unavailable.class)
                    .hasMessageStartingWith(talk.id);
            assertThat(talk.received()).as(mode).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMC_FORM")
    void an_answer_that_is_late_or_nobodys_makes_the_line_wait_and_the_repeat_is_known_as_one(Talk talk) {
        for (String mode : List.of("garbage", "slow")) {
            fresh(talk);
            Dialects dialects = talk.dialects();
            dialects.speak(talk.sending());
            Sending sending = Outward.sending(talk.id, talk.kind, other(talk));
            talk.twin().misbehaves(mode);

            assertThatThrownBy(() -> dialects.speak(sending))
                    .as(mode)
                    .isInstanceOf(Unavailable.class)
                    .hasMessageStartingWith(talk.id);

            talk.twin().behaves();
            assertThat(dialects.speak(Outward.again(sending))).as(mode).isNotBlank();
            assertThat(talk.received())
                    .as(mode)
                    .extracting(e -> e.path("fresh").asBoolean())
                    .containsExactly(true, true, false);
        }
    }

    /** A message that differs from the first one in what it tells. */
    private static JsonNode other(Talk talk) {
        String text = Outward.body(talk.example).toString();
        return vn.bocau.wire.Json.parse(text.replace("BC-0198d0a2-1", "BC-0198d0a2-9")
                .replace("08:00:00", "09:00:00")
                .replace("10:00:00", "11:00:00"));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EMC", "EMC_FORM"})
    void a_wrong_secret_holds_the_line_and_says_so(Talk talk) {
        fresh(talk);
        Map<String, String> wrong = new HashMap<>(SECRETS);
        wrong.replaceAll((name, secret) -> "whsec_d3Jvbmctd3Jvbmctd3Jvbmctd3Jvbmctd3Jvbmc=");
        Dialects dialects = Outward.dialects(null, wrong, talk.partner(Map.of()));

        assertThatThrownBy(() -> dialects.speak(talk.sending()))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith(talk.id + " refuses our login")
                .hasMessageNotContaining("whsec");
        assertThat(talk.received()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"EMC", "EMC_FORM"})
    void a_secret_nobody_set_holds_the_line_and_says_so(Talk talk) {
        Dialects dialects = Outward.dialects(null, Map.of(), talk.partner(Map.of()));

        assertThatThrownBy(() -> dialects.speak(talk.sending()))
                .isInstanceOf(Unavailable.class)
                .hasMessage("The secret of partner " + talk.id + " is not set.");
    }

    @Test
    void patience_waits_for_a_slow_partner() {
        fresh(Talk.DVCQG);
        Dialects dialects = Outward.dialects(null, SECRETS, Talk.DVCQG.partner(Map.of("read-timeout", "20000")));
        Talk.DVCQG.twin().misbehaves("slow", 2);

        assertThat(dialects.speak(Talk.DVCQG.sending())).isEqualTo("error_code 0");
    }

    @Test
    void a_session_that_has_ended_is_renewed_and_the_message_said_again() {
        fresh(Talk.DVCQG);
        Dialects dialects = Talk.DVCQG.dialects();
        dialects.speak(Talk.DVCQG.sending());

        // It comes back without the sessions it had.
        int port = at.getPort();
        stop();
        sandbox = sandbox(port, "3600");

        assertThat(dialects.speak(Outward.sending("dvcqg", "progress", other(Talk.DVCQG))))
                .isEqualTo("error_code 0");
    }

    @Test
    void sessions_that_end_at_once_hold_the_line_instead_of_turning_in_circles() {
        int port = at.getPort();
        stop();
        sandbox = sandbox(port, "-1");
        try {
            fresh(Talk.DVCQG);
            assertThatThrownBy(() -> Talk.DVCQG.dialects().speak(Talk.DVCQG.sending()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageStartingWith("dvcqg refuses our login (error_code -2)");
        } finally {
            stop();
            sandbox = sandbox(port, "3600");
        }
    }

    @Test
    void a_portal_that_does_not_know_the_dossier_refuses_it_for_a_person_to_see() {
        Talk.DVCQG.twin().behaves();
        Http.delete(at.resolve("/api/dvcqg/received"), Map.of()).ok();

        JsonNode body = vn.bocau.wire.Json.parse(
                Outward.body(Talk.DVCQG.example).toString().replace(".H50-", ".H99-"));

        assertThatThrownBy(() -> Talk.DVCQG.dialects().speak(Outward.sending("dvcqg", "progress", body)))
                .isInstanceOfSatisfying(Refused.class, r -> {
                    assertThat(r.code()).isEqualTo("dossier-not-there");
                    assertThat(r.isAnswer()).as("it is there").isTrue();
                    assertThat(r.flaws().get(0).wrong().vi()).startsWith("Cổng không có hồ sơ này");
                    assertThat(Fault.of(r).remedy().en()).contains("retry once the one-stop has told its portal");
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"EMC", "EMC_FORM"})
    void a_site_that_emc_does_not_know_holds_the_line_and_an_action_it_cannot_count_is_a_person_s(Talk talk) {
        fresh(talk);
        Dialects stranger = Outward.dialects(null, SECRETS, talk.partner(Map.of("site-id", "53")));
        JsonNode nameless = Outward.body(talk.example);
        ((ObjectNode) nameless.at("/dossier/procedure")).put("name", " ");

        assertThatThrownBy(() -> stranger.speak(talk.sending()))
                .isInstanceOf(Unavailable.class)
                .hasMessage("emc refuses our login (HTTP 403); check its user, its secret and its settings");
        assertThatThrownBy(() -> talk.dialects().speak(Outward.sending("emc", talk.kind, nameless)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("emc-refused"));
        assertThat(talk.received()).isEmpty();
    }

    @Test
    void an_lgsp_hears_of_a_document_before_it_hears_what_happened_to_it() {
        fresh(Talk.LGSP);
        Dialects dialects = Talk.LGSP.dialects();

        Sending sending = Talk.LGSP.sending();

        assertThat(dialects.speak(sending)).isEqualTo("Status 100");
        assertThat(dialects.speak(Outward.again(sending))).isEqualTo("Status 101, đã tồn tại / there already");

        assertThat(Talk.LGSP.twin().received())
                .extracting(e -> e.path("what").asText() + " " + e.path("fresh").asBoolean())
                .containsExactly(
                        "SyncDocument true",
                        "UpdateDocumentTraces true",
                        "SyncDocument false",
                        "UpdateDocumentTraces false");
        Http.delete(at.resolve("/api/lgsp/received"), Map.of()).ok();
        Map<String, String> token = Http.bearer(Http.form(
                        at.resolve("/lgsp/token"),
                        Map.of(),
                        "grant_type=client_credentials&client_id=bocau&client_secret=sandbox-lgsp-secret")
                .ok()
                .path("access_token")
                .asText());
        JsonNode trace = Outward.body("lgsp/examples/trace.out/out-for-delivery.expected.json");
        assertThat(Http.post(at.resolve("/lgsp/Document/UpdateDocumentTraces"), token, trace)
                        .json()
                        .path("Message")
                        .asText())
                .isEqualTo("Không tìm thấy hồ sơ");
        assertThat(Talk.LGSP.twin().received()).isEmpty();
    }

    @Test
    void a_document_that_an_lgsp_does_not_take_is_a_person_s_and_nothing_is_said_of_it() {
        fresh(Talk.LGSP);
        JsonNode body = Outward.body(Talk.LGSP.example);
        ((ObjectNode) body.at("/dossier/procedure")).remove("code");

        assertThatThrownBy(() -> Talk.LGSP.dialects().speak(Outward.sending("lgsp", "progress", body)))
                .isInstanceOfSatisfying(Refused.class, r -> {
                    assertThat(r.code()).isEqualTo("lgsp-refused");
                    assertThat(r.flaws().get(0).wrong().en()).contains("HTTP 400, Status 400");
                });
        assertThat(Talk.LGSP.twin().received()).isEmpty();
    }

    @Test
    void an_agency_that_finds_a_notice_against_the_contract_refuses_it() {
        fresh(Talk.SOAP);
        JsonNode body = vn.bocau.wire.Json.parse(
                Outward.body(Talk.SOAP.example).toString().replace("\"RESULT\"", "\"SOMETHING\""));

        Dialects patient = Outward.dialects(null, SECRETS, Talk.SOAP.partner(Map.of("read-timeout", "20000")));

        assertThatThrownBy(() -> patient.speak(Outward.sending("trung-tam-hcc", "outcome", body)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("agency-schema"));
        assertThat(Talk.SOAP.received()).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            401 | text/html | <h1>Nguyễn Văn A</h1>                                                       | trung-tam-hcc answered 401
            404 | text/html | <h1>Nguyễn Văn A</h1>                                                       | trung-tam-hcc answered 404
            503 | text/html | <h1>Nguyễn Văn A</h1>                                                       | trung-tam-hcc answered 503
            200 | text/html | <h1>Nguyễn Văn A</h1>                                                       | trung-tam-hcc: fault Server: lỗi ở phía nó, hoặc trả lời không phải SOAP / an error on its side, or an answer that is not SOAP
            200 | text/xml  | <h1>Nguyễn Văn A                                                            | trung-tam-hcc: fault VersionMismatch: trả lời không phải SOAP 1.1 / an answer that is not SOAP 1.1
            500 | text/xml  | F<faultcode>s:Server</faultcode><faultstring>Nguyễn Văn A</faultstring>     | trung-tam-hcc: fault Server: lỗi ở phía nó, hoặc trả lời không phải SOAP / an error on its side, or an answer that is not SOAP
            500 | text/xml  | F<faultcode>s:Client</faultcode><faultstring>Nguyễn Văn A</faultstring><detail><NotAllowed>Nguyễn Văn A</NotAllowed></detail> | trung-tam-hcc: fault Client NotAllowed: nó cho rằng lỗi ở phía ta / it blames our message
            200 | text/xml  | F<faultcode>s:MustUnderstand</faultcode><faultstring>x</faultstring>        | trung-tam-hcc: fault MustUnderstand: ngoài hợp đồng / not in the contract
            """)
    void an_operator_sees_what_is_wrong_with_an_agency_that_does_not_take_a_notice_and_nobodys_name(
            int status, String type, String said, String reason) throws Exception {
        HttpServer agency = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agency.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String body = said.startsWith("F")
                    ? "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>"
                            + said.substring(1) + "</s:Fault></s:Body></s:Envelope>"
                    : said;
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=UTF-8");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        agency.start();
        try {
            Dialects dialects = Outward.dialects(
                    null,
                    SECRETS,
                    Outward.partner(
                            Partner.Kind.AGENCY,
                            "trung-tam-hcc",
                            "agency-soap",
                            URI.create("http://localhost:" + agency.getAddress().getPort()),
                            Map.of()));

            assertThatThrownBy(() -> dialects.speak(Talk.SOAP.sending()))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageStartingWith(reason)
                    .hasMessageNotContaining("Nguyễn");
        } finally {
            agency.stop(0);
        }
    }

    @Test
    void a_carrier_is_told_to_forget_an_order() {
        fresh(Talk.CARRIER);
        Dialects dialects = Talk.CARRIER.dialects();
        dialects.speak(Talk.CARRIER.sending());
        Sending cancel = Outward.sending("carrier-x", "order-cancel", Outward.body(Talk.CARRIER.example));

        assertThat(dialects.speak(cancel)).isEqualTo("Status 100");
        assertThat(dialects.speak(Outward.again(cancel))).isEqualTo("Status 100");

        assertThat(Talk.CARRIER.received())
                .extracting(e -> e.path("what").asText())
                .containsExactly("order", "cancel", "cancel");
        assertThat(Talk.CARRIER.received().get(0).path("content").size()).isEqualTo(19);
    }

    @Test
    void what_a_partner_does_not_care_for_is_not_said() {
        fresh(Talk.REST);

        assertThat(Talk.REST
                        .dialects()
                        .speak(Outward.sending("ubnd-dong-ha", "progress", Outward.body(Talk.REST.example))))
                .isEqualTo("không cần báo / not told");
        assertThat(Talk.REST.received()).isEmpty();
    }

    @Test
    void a_kind_no_dialect_has_words_for_is_refused() {
        assertThatThrownBy(() -> Talk.REST
                        .dialects()
                        .speak(Outward.sending("ubnd-dong-ha", "order", Outward.body(Talk.REST.example))))
                .isInstanceOfSatisfying(Refused.class, r -> {
                    assertThat(r.code()).isEqualTo("kind-not-spoken");
                    assertThat(r.isAnswer()).as("nobody was asked").isFalse();
                });
    }
}
