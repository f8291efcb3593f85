package vn.bocau.wire.http.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.Documented;
import vn.bocau.wire.http.EchoingDomain;
import vn.bocau.wire.http.OwnHub;

/** The document and the door say the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortalDocumentTest {

    private static final String BASE = "/api/portal/v1";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private static OwnHub hub;
    private static JsonNode document;

    private record Operation(String method, String path, JsonNode said) {}

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of(), EchoingDomain.class);
        document = Http.get(hub.at(BASE + "/openapi.json"), Map.of()).ok();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void it_is_served_to_everybody_in_both_forms() throws Exception {
        Http.Answer yaml = Http.get(hub.at(BASE + "/openapi.yaml"), Map.of());

        assertThat(yaml.whole().headers().firstValue("Content-Type")).hasValue("application/yaml;charset=UTF-8");
        assertThat(new YAMLMapper().readTree(yaml.text())).isEqualTo(document);
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
    }

    @Test
    void every_operation_has_a_handler_and_every_handler_is_an_operation() {
        assertThat(Documented.served(hub, BASE)).isEqualTo(Documented.said(document));
    }

    @Test
    void every_operation_asks_for_what_it_says_it_asks_for() throws Exception {
        for (Operation operation : operations()) {
            int status = call(operation, Map.of(), "").statusCode();
            boolean open = operation.said.path("security").isArray()
                    && operation.said.path("security").isEmpty();

            assertThat(status).as(operation.path).isEqualTo(open ? 200 : 401);
        }
    }

    @Test
    void every_answer_seen_is_one_that_was_announced() throws Exception {
        String token = "Bearer " + token();
        for (Operation operation : operations()) {
            for (String body : List.of("", "{}", "[")) {
                var answer = call(
                        operation,
                        Map.of(
                                "Authorization",
                                token,
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                UUID.randomUUID().toString()),
                        body);
                assertThat(operation.said.path("responses").has(Integer.toString(answer.statusCode())))
                        .as(operation.path + " " + answer.statusCode() + " " + answer.body())
                        .isTrue();
            }
        }
    }

    @Test
    void every_example_is_accepted() throws Exception {
        String token = "Bearer " + token();
        int tried = 0;
        for (Operation operation : operations()) {
            JsonNode content = operation.said.at("/requestBody/content/application~1json");
            for (JsonNode example : content.path("examples")) {
                var answer = call(
                        operation,
                        Map.of(
                                "Authorization",
                                token,
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                UUID.randomUUID().toString()),
                        example.path("value").toString());
                assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
                tried++;
            }
        }
        assertThat(tried).isEqualTo(6);
    }

    @Test
    void every_schema_it_refers_to_is_served_and_every_reference_leads_somewhere() {
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty();
        for (String reference : references) {
            if (reference.startsWith("#")) {
                assertThat(document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse();
            } else {
                URI at = hub.at(BASE + "/").resolve(reference);
                JsonNode schema = Http.get(at, Map.of()).ok();
                assertThat(schema.path("$schema").asText()).contains("2020-12");
            }
        }
    }

    @Test
    void problems_look_as_described() throws Exception {
        Schema described = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document.at("/components/schemas/Problem").toString(), InputFormat.JSON);
        String token = "Bearer " + token();
        Map<String, String> headers = Map.of("Authorization", token, "Content-Type", "application/json");
        URI requests = hub.at(BASE + "/requests");

        for (Http.Answer problem : List.of(
                Http.post(requests, Map.of(), "x"),
                Http.post(requests, headers, "x"),
                Http.get(requests, headers),
                Http.form(requests, headers, "x"),
                Http.get(hub.at(BASE + "/dossiers/unknown"), headers),
                Http.get(hub.at(BASE + "/dossiers"), headers),
                Http.get(hub.at(BASE + "/nothing"), headers),
                Http.get(hub.at(BASE + "/x;y"), headers))) {
            assertThat(problem.status()).isBetween(400, 499);
            assertThat(described.validate(problem.text(), InputFormat.JSON))
                    .as(problem.text())
                    .isEmpty();
        }
    }

    private static List<Operation> operations() {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> new Operation(method.getKey(), path.getKey(), method.getValue())))
                .toList();
    }

    private static HttpResponse<String> call(Operation operation, Map<String, String> headers, String body)
            throws Exception {
        String path = operation.path.replace("{code}", "H50-1").replace("{name}", "portal.request");
        String query = operation.path.equals("/dossiers") ? "?code=H50-1" : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.at(BASE + path + query))
                .method(operation.method.toUpperCase(), BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String token() {
        return Http.form(
                        hub.at("/oauth2/token"),
                        Http.basic("portal-opencps", "sandbox-opencps-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText();
    }
}
