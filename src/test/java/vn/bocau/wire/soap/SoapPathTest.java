package vn.bocau.wire.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import vn.bocau.journey.Agency;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** Whatever goes wrong at the SOAP address of a whole hub, the answer is a SOAP fault. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class SoapPathTest {

    private static final String ENVELOPE = Agency.envelope("", "<a>x</a>");
    private static final String NEW_ENVELOPE =
            ENVELOPE.replace("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope");

    private static OwnHub hub;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/xml", "application/soap+xml"})
    void an_envelope_that_is_too_large_is_a_fault_and_hardly_a_line_in_the_log(String type, CapturedOutput log) {
        int before = log.getOut().length();

        Http.Answer answer = Http.send("POST", hub.at("/ws/agency"), Map.of("Content-Type", type), large());

        isFault(answer, 500, "too-large");
        assertThat(answer.text()).contains("1048576");
        assertThat(log.getOut().substring(before).lines().filter(line -> !line.contains("carrier-x")))
                .hasSizeLessThan(2);
    }

    @Test
    void so_is_one_whose_length_nobody_told() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(hub.at("/ws/agency"))
                .header("Content-Type", "text/xml")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(large().getBytes(StandardCharsets.UTF_8))))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        isFault(new Http.Answer(answer.statusCode(), answer.body(), answer), 500, "too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void other_methods_are_not_for_use_here(String method, CapturedOutput log) {
        isFault(Http.send(method, hub.at("/ws/agency"), Map.of("Content-Type", "text/xml"), ENVELOPE), 405, "method");
        isFault(Http.get(hub.at("/ws/agency?xsd=none"), Map.of()), 405, "method");
        assertThat(log.getOut()).doesNotContain("incident");
    }

    @ParameterizedTest
    @CsvSource({
        "text/xml, unauthenticated",
        "text/xml; charset=nonsense, unauthenticated",
        "text/xml; charset=?, unauthenticated",
        "//, unauthenticated",
        "multipart/related, no-attachments"
    })
    void whatever_the_type_the_answer_is_a_fault(String type, String code) {
        isFault(Http.send("POST", hub.at("/ws/agency"), Map.of("Content-Type", type), ENVELOPE), 500, code);
    }

    @Test
    void who_speaks_soap_1_2_is_told_in_the_version_of_the_contract() {
        isFault(
                Http.send("POST", hub.at("/ws/agency"), Map.of("Content-Type", "application/soap+xml"), NEW_ENVELOPE),
                500,
                "soap");
    }

    /** Right in everything but its size. */
    private static String large() {
        String security = Agency.province(hub.at("")).security(Instant.now(), Agency.nonce());
        return Agency.envelope(security, "<a>" + ("<b>" + "y".repeat(15_000) + "</b>").repeat(100) + "</a>");
    }

    private static void isFault(Http.Answer answer, int status, String code) {
        assertThat(answer.text())
                .contains("http://schemas.xmlsoap.org/soap/envelope/", "Fault>", "<code>" + code + "</code>");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.whole().headers().firstValue("content-type").orElse(""))
                .startsWith("text/xml");
    }
}
