package vn.bocau.wire.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;
import vn.bocau.journey.Agency;
import vn.bocau.journey.Http;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.Json;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.OwnAttempts;
import vn.bocau.wire.mapping.Mappings;

/** The SOAP door on real HTTP, up to where its routes begin. What lies behind is played here. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = AgencyDoorTest.Door.class)
@TestPropertySource(
        properties = {
            "bocau.sandbox.enabled=true",
            "bocau.sandbox.url=http://localhost:1",
            "bocau.secrets.trung-tam-hcc=sandbox-soap-secret",
            "bocau.secrets.qti-tthcc=sandbox-secret",
            "bocau.secrets.ubnd-dong-ha=sandbox-rest-secret",
            "camel.main.routes-include-pattern=false",
            "spring.config.name=none"
        })
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgencyDoorTest {

    private static final List<Inbound> CAME = Collections.synchronizedList(new ArrayList<>());
    private static final String DOSSIER = "<dossier>D-1</dossier>";
    private static final String GOOD = DOSSIER + "<appointment>2026-12-01</appointment>";

    @Autowired
    Environment environment;

    private Agency agency;

    /** Where the server listens, known only after it has started. */
    record Environment(org.springframework.core.env.Environment settings) {
        URI url() {
            return URI.create("http://localhost:" + settings.getRequiredProperty("local.server.port"));
        }
    }

    @BeforeEach
    void callAsTheProvince() {
        agency = Agency.province(environment.url());
        CAME.clear();
    }

    @Test
    void the_contract_is_published_and_nothing_else_is_listed() {
        Http.Answer wsdl = Http.get(environment.url().resolve("/ws/agency?wsdl"), Map.of());
        assertThat(wsdl.status()).isEqualTo(200);
        assertThat(wsdl.text()).contains("dispatchResults").contains("confirmReceipt");
        assertThat(Http.get(environment.url().resolve("/ws/"), Map.of()).text()).doesNotContain("agency?wsdl");
    }

    @Test
    void each_operation_reaches_its_route_in_our_words() {
        agency.succeeds("confirmReceipt", GOOD);
        agency.succeeds("refusePapers", DOSSIER + "<reason>Sai thẩm quyền</reason><returnPapers>true</returnPapers>");
        agency.succeeds(
                "askSupplement",
                DOSSIER
                        + "<paper><name>Giấy</name><original>true</original><count>1</count></paper><reason>Thiếu</reason>"
                        + "<byPost>true</byPost>");
        agency.succeeds("transferDossier", DOSSIER + "<toAgency>000.01.12.H50</toAgency>");
        agency.succeeds(
                "dispatchResults",
                "<result>" + DOSSIER + "<cod><amount>150000</amount><payee>cong-chung-mau</payee></cod></result>");

        JsonNode cod = CAME.get(4).payload().at("/results/0/cod");
        assertThat(cod.path("amount").asLong()).isEqualTo(150_000);
        assertThat(cod.path("payee").asText()).isEqualTo("cong-chung-mau");
        assertThat(CAME)
                .extracting(Inbound::kind)
                .containsExactly(
                        "agency.receive", "agency.refuse", "agency.supplement", "agency.transfer", "agency.dispatch");
        assertThat(CAME).extracting(Inbound::partner).containsOnly("trung-tam-hcc");
        assertThat(CAME.get(0).payload().path("appointment").asText()).isEqualTo("2026-12-01");
    }

    @Test
    void five_hundred_results_pass_in_one_call_and_five_hundred_and_one_do_not() {
        assertThat(agency.succeeds("dispatchResults", results(500))).contains("dispatched");
        assertThat(CAME.get(0).payload().path("results")).hasSize(500);

        assertThat(agency.says(Agency.request("dispatchResults", Agency.newRequestId(), results(501)))
                        .text())
                .contains("schema")
                .contains("/dispatchResults/result[501]");
    }

    @Test
    void what_is_wrong_with_one_result_stands_beside_it_and_the_others_pass() {
        agency.succeeds(
                "dispatchResults",
                "<result>" + DOSSIER + "<collectFee>nhiều</collectFee></result>"
                        + "<result><dossier>D-2</dossier></result>"
                        + "<result><dossier/><item>RV100000008VN</item></result>"
                        + "<result><dossier>D-4</dossier><receiver><name>Lê Thị Mẫu</name><phone>12</phone>"
                        + "<commune>19333</commune><street>12 đường Mẫu</street></receiver></result>"
                        + "<result><item>RV100000008VN</item></result>"
                        + "<result><dossier>D-6</dossier><flaw>x</flaw></result>");

        JsonNode results = CAME.get(0).payload().path("results");
        assertThat(results).hasSize(6);
        assertThat(results.path(1).toString()).isEqualTo("{\"dossier\":\"D-2\"}");
        assertThat(results.findValuesAsText("dossier")).containsExactly("D-1", "D-2", "", "D-4", "", "D-6");
        assertThat(results.findValuesAsText("field"))
                .containsExactly("collectFee", "dossier", "receiver/phone", "item", "flaw");
        assertThat(results.findValuesAsText("vi"))
                .allSatisfy(vi -> assertThat(vi).isNotBlank());
        assertThat(results.toString()).doesNotContain("Lê Thị Mẫu").doesNotContain("RV100000008VN");
    }

    @Test
    void what_is_wrong_with_all_results_or_beside_them_is_a_fault() {
        String bad = "<result>" + DOSSIER + "<collectFee>nhiều</collectFee></result>";
        for (String content : List.of(bad, bad + bad, bad + "<result>" + DOSSIER + "</result><note>x</note>")) {
            assertThat(agency.says(Agency.request("dispatchResults", Agency.newRequestId(), content))
                            .text())
                    .contains("<code>schema</code>")
                    .contains("/dispatchResults/result/collectFee");
        }
        assertThat(CAME).isEmpty();
    }

    private static String results(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> "<result><dossier>D-" + i + "</dossier></result>")
                .collect(Collectors.joining());
    }

    @Test
    void progress_is_asked_without_leaving_a_message() {
        String answer = agency.says(
                        "<a:getProgress xmlns:a=\"urn:bocau:agency:v1\"><a:dossier>D-1</a:dossier></a:getProgress>")
                .text();
        assertThat(answer).contains("<sentOn>2026-11-24</sentOn>");
        assertThat(CAME).isEmpty();
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                wrong("confirmReceipt", "", "/confirmReceipt/dossier"),
                wrong("confirmReceipt", DOSSIER, "/confirmReceipt/appointment"),
                wrong(
                        "confirmReceipt",
                        DOSSIER + "<appointment>01/12/2026</appointment>",
                        "/confirmReceipt/appointment"),
                wrong(
                        "confirmReceipt",
                        DOSSIER + "<appointment>2026-02-30</appointment>",
                        "/confirmReceipt/appointment"),
                wrong(
                        "confirmReceipt",
                        DOSSIER + "<appointment>2026-12-01Z</appointment>",
                        "/confirmReceipt/appointment"),
                wrong("confirmReceipt", "<dossier/><appointment>2026-12-01</appointment>", "/confirmReceipt/dossier"),
                wrong(
                        "confirmReceipt",
                        DOSSIER + "<item>RR12</item><appointment>2026-12-01</appointment>",
                        "/confirmReceipt/item"),
                wrong("confirmReceipt", GOOD + "<note>x</note>", "/confirmReceipt/note"),
                wrong("confirmReceipt", GOOD + GOOD, "/confirmReceipt/dossier[2]"),
                wrong("refusePapers", DOSSIER + "<returnPapers>true</returnPapers>", "/refusePapers"),
                wrong("refusePapers", DOSSIER + "<reason/><returnPapers>true</returnPapers>", "/refusePapers/reason"),
                wrong(
                        "refusePapers",
                        DOSSIER + "<reason>x</reason><returnPapers>có</returnPapers>",
                        "/refusePapers/returnPapers"),
                wrong("askSupplement", DOSSIER + "<reason>x</reason><byPost>true</byPost>", "/askSupplement"),
                wrong(
                        "askSupplement",
                        DOSSIER
                                + "<paper><name>G</name><original>maybe</original><count>1</count></paper><reason>x</reason><byPost>true</byPost>",
                        "/askSupplement/paper/original"),
                wrong(
                        "askSupplement",
                        DOSSIER
                                + "<paper><name>G</name><original>true</original><count>-1</count></paper><reason>x</reason><byPost>true</byPost>",
                        "/askSupplement/paper/count"),
                wrong("dispatchResults", "", "/dispatchResults/result"),
                wrong("dispatchResults", "<result/>", "/dispatchResults/result/dossier"),
                wrong(
                        "dispatchResults",
                        "<result></result><result>" + DOSSIER + "<collectFee>-1</collectFee></result>",
                        "/dispatchResults/result[2]/collectFee"),
                wrong(
                        "dispatchResults",
                        "<result>" + DOSSIER + "<cod><amount>-1</amount><payee>a</payee></cod></result>",
                        "/dispatchResults/result/cod/amount"),
                wrong(
                        "dispatchResults",
                        "<result>" + DOSSIER + "<cod><amount>1000000001</amount><payee>a</payee></cod></result>",
                        "/dispatchResults/result/cod/amount"),
                wrong(
                        "dispatchResults",
                        "<result>" + DOSSIER + "<cod><payee>a</payee></cod></result>",
                        "/dispatchResults/result/cod/payee"),
                wrong(
                        "dispatchResults",
                        "<result>" + DOSSIER + "<cod><amount>1000</amount><payee>Văn phòng</payee></cod></result>",
                        "/dispatchResults/result/cod/payee"),
                wrong(
                        "dispatchResults",
                        "<result>" + DOSSIER
                                + "<receiver><name>A</name><phone>abc</phone><commune>19333</commune><street>S</street></receiver></result>",
                        "/dispatchResults/result/receiver/phone"),
                wrong(
                        "dispatchResults",
                        "<result>" + DOSSIER
                                + "<receiver><name>A</name><phone>0900000001</phone><commune>1</commune><street>S</street></receiver></result>",
                        "/dispatchResults/result/receiver/commune"),
                wrong("transferDossier", DOSSIER, "/transferDossier/toAgency"));
    }

    private static Arguments wrong(String operation, String content, String field) {
        return Arguments.of(operation, content, field);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("wrongRequests")
    void a_wrong_field_is_named_and_nothing_passes(String operation, String content, String field) {
        Http.Answer answer = agency.says(Agency.request(operation, Agency.newRequestId(), content));

        assertThat(answer.text())
                .contains("<faultcode>soap:Client</faultcode>")
                .contains("<field>" + field)
                .doesNotContain("Exception")
                .doesNotContain("org.apache");
        assertThat(CAME).isEmpty();
    }

    @Test
    void a_value_that_is_wrong_is_never_repeated() {
        String answer = agency.says(
                        Agency.request(
                                "dispatchResults",
                                Agency.newRequestId(),
                                "<result>" + DOSSIER
                                        + "<receiver><name>A</name><phone>Nguyễn Bí Mật</phone><commune>19333</commune><street>S</street></receiver></result>"))
                .text();
        assertThat(answer).contains("phone").doesNotContain("Bí Mật");
    }

    static Stream<Arguments> wrongEnvelopes() {
        Agency right = Agency.province(URI.create("http://localhost"));
        Agency stranger = new Agency(URI.create("http://localhost"), "nobody", "x");
        Agency forgetful = new Agency(URI.create("http://localhost"), "trung-tam-hcc", "wrong");
        String body = Agency.request("confirmReceipt", "req-00000001", GOOD);
        String plain = right.security(Instant.now(), Agency.nonce())
                .replace("PasswordDigest\"", "PasswordText\"")
                .replaceAll("(PasswordText\">)[^<]*", "$1sandbox-soap-secret");
        return Stream.of(
                Arguments.of("no security at all", Agency.envelope("", body), "unauthenticated"),
                Arguments.of(
                        "wrong password",
                        Agency.envelope(forgetful.security(Instant.now(), Agency.nonce()), body),
                        "unauthenticated"),
                Arguments.of(
                        "nobody we know",
                        Agency.envelope(stranger.security(Instant.now(), Agency.nonce()), body),
                        "unauthenticated"),
                Arguments.of(
                        "an old timestamp",
                        Agency.envelope(right.security(Instant.now().minusSeconds(3600), Agency.nonce()), body),
                        "unauthenticated"),
                Arguments.of(
                        "a timestamp of tomorrow",
                        Agency.envelope(right.security(Instant.now().plusSeconds(86_400), Agency.nonce()), body),
                        "unauthenticated"),
                Arguments.of("a password in clear", Agency.envelope(plain, body), "unauthenticated"),
                Arguments.of("not XML", "hello", "not-xml"),
                Arguments.of("cut off", Agency.envelope("", body).substring(0, 200), "not-xml"),
                Arguments.of(
                        "a document type",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + Agency.envelope("", "<x>&e;</x>"),
                        "not-xml"),
                Arguments.of(
                        "billion laughs",
                        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
                                + Agency.envelope("", "<x>&c;</x>"),
                        "not-xml"),
                Arguments.of(
                        "an operation nobody offers",
                        Agency.envelope(
                                right.security(Instant.now(), Agency.nonce()),
                                "<a:dance xmlns:a=\"urn:bocau:agency:v1\"/>"),
                        "unknown-operation"),
                Arguments.of(
                        "an empty body",
                        Agency.envelope(right.security(Instant.now(), Agency.nonce()), ""),
                        "one-operation"),
                Arguments.of(
                        "too deep",
                        Agency.envelope(
                                right.security(Instant.now(), Agency.nonce()), "<a>".repeat(200) + "</a>".repeat(200)),
                        "not-xml"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongEnvelopes")
    void a_wrong_envelope_is_a_clear_fault_and_nothing_passes(String why, String envelope, String code) {
        Http.Answer answer = agency.send(envelope);

        assertThat(answer.text())
                .contains(":Fault")
                .contains("<code>" + code + "</code>")
                .doesNotContain("Exception")
                .doesNotContain("org.apache")
                .doesNotContain("root:");
        assertThat(CAME).isEmpty();
    }

    @Test
    void who_guesses_a_password_waits_even_with_the_right_one_and_nobody_else() {
        String asked = "<a:getProgress xmlns:a=\"urn:bocau:agency:v1\"><a:dossier>D-1</a:dossier></a:getProgress>";
        for (int i = 0; i < 3; i++) {
            assertThat(new Agency(environment.url(), "ubnd-dong-ha", "guess " + i)
                            .says(asked)
                            .text())
                    .contains("<code>unauthenticated</code>");
        }

        assertThat(new Agency(environment.url(), "ubnd-dong-ha", "sandbox-rest-secret")
                        .says(asked)
                        .text())
                .contains("<faultcode>soap:Client</faultcode>", "<code>too-many-attempts</code>", " seconds.");
        assertThat(agency.says(asked).status()).isEqualTo(200);
    }

    @Test
    void the_same_nonce_twice_is_refused() {
        String envelope = Agency.envelope(
                agency.security(Instant.now(), Agency.nonce()),
                Agency.request("confirmReceipt", Agency.newRequestId(), GOOD));

        assertThat(agency.send(envelope).status()).isEqualTo(200);
        assertThat(agency.send(envelope).text()).contains("unauthenticated");
        assertThat(CAME).hasSize(1);
    }

    @Test
    void several_parts_are_refused_before_they_are_read() {
        String mtom = "--b\r\nContent-Type: application/xop+xml\r\n\r\n" + Agency.envelope("", "<x/>") + "\r\n--b--";
        Http.Answer posted = Http.send(
                "POST",
                environment.url().resolve("/ws/agency"),
                Map.of("Content-Type", "multipart/related; boundary=b; type=\"application/xop+xml\""),
                mtom);
        assertThat(posted.text()).contains("no-attachments");
    }

    @Test
    void a_partner_that_is_no_agency_is_told_so() {
        Agency oneStop = new Agency(environment.url(), "sandbox-key", "sandbox-secret");
        assertThat(oneStop.says(Agency.request("confirmReceipt", Agency.newRequestId(), GOOD))
                        .text())
                .contains("not-an-agency");
    }

    @Test
    void what_the_rules_refuse_names_the_field_and_an_outage_asks_to_send_again() {
        assertThat(agency.says(Agency.request(
                                "confirmReceipt", Agency.newRequestId(), GOOD.replace("D-1", "D-refused")))
                        .text())
                .contains("<code>unknown-dossier</code>")
                .contains("<field>/dossier</field>");
        assertThat(agency.says(Agency.request("confirmReceipt", Agency.newRequestId(), GOOD.replace("D-1", "D-outage")))
                        .text())
                .contains("<faultcode>soap:Server</faultcode>")
                .contains("<code>unavailable</code>");
        assertThat(agency.says(Agency.request("confirmReceipt", Agency.newRequestId(), GOOD.replace("D-1", "D-bug")))
                        .text())
                .contains("<code>internal</code>")
                .doesNotContain("secret detail");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        org.apache.camel.spring.boot.CamelAutoConfiguration.class
    })
    @ComponentScan(
            basePackages = {"vn.bocau.wire.soap", "vn.bocau.wire.mapping", "vn.bocau.directory"},
            excludeFilters = {
                @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = SoapAccess.class),
                // They tell other nodes by the database, and there is none here.
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = "vn\\.bocau\\.directory\\.Commune(Nodes|Refresh)"),
                // Nothing is masked at this door.
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "vn\\.bocau\\.wire\\.mapping\\.(Fields|Masks)")
            })
    @Import({Entrance.class, Secrets.class})
    static class Door {

        @Bean
        Attempts attempts() {
            return OwnAttempts.of(3);
        }

        @Bean
        Environment where(org.springframework.core.env.Environment settings) {
            return new Environment(settings);
        }

        @Bean
        RouteBuilder whatLiesBehind(AgencySchema schema, Mappings mappings) {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    Map.of(
                                    "receive", "confirmReceipt",
                                    "refuse", "refusePapers",
                                    "supplement", "askSupplement",
                                    "transfer", "transferDossier",
                                    "dispatch", "dispatchResults")
                            .forEach((kind, operation) -> from("direct:agency." + kind)
                                    .process(e -> {
                                        Inbound said = e.getIn().getBody(Inbound.class);
                                        Inbound checked = kind.equals("dispatch")
                                                ? schema.validateEach(said, operation, "result")
                                                : schema.validate(said, operation);
                                        Inbound in = mappings.translate(checked, "agency/agency." + kind + ".in.xsl");
                                        e.getIn().setBody(new Receipt(play(in), false));
                                    }));
                    from("direct:agency.progress")
                            .process(e -> e.getIn()
                                    .setBody(Json.parse(
                                            "{\"facts\":{\"sentOn\":\"2026-11-24\",\"supplement\":[]},\"legs\":[]}")));
                }
            };
        }

        private static JsonNode play(Inbound in) {
            switch (in.payload().path("dossier").asText()) {
                case "D-refused" ->
                    throw new Refused(
                            Refused.Ground.UNKNOWN,
                            "unknown-dossier",
                            "/dossier",
                            "Không có hồ sơ này.",
                            "No such dossier.");
                case "D-outage" ->
                    throw new Unavailable(
                            "database-away", "the database does not answer", "the database does not answer");
                case "D-bug" -> throw new IllegalStateException("secret detail");
                default -> CAME.add(in);
            }
            return Json.parse(
                    "{\"legs\":[],\"results\":[{\"dossier\":\"D-1\",\"outcome\":\"DISPATCHED\",\"item\":\"RV100000008VN\"}]}");
        }
    }
}
