package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import vn.bocau.wire.http.OwnHub;

/** Every status an operation gives, to the right caller and the wrong one, well asked and badly, is in its document. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentedStatusesTest {

    private static final String LARGE = "\"" + "x".repeat(3_000_000) + "\"";

    private static OwnHub hub;

    private record Operation(String method, String path, boolean open, boolean takesBody, Set<String> statuses) {}

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal", "scan", "ops"})
    void every_operation_lists_what_its_kind_can_always_meet(String area) {
        for (Operation operation : operations(area)) {
            Set<String> always = new TreeSet<>();
            if (!operation.open) {
                always.addAll(Set.of("401", "403", "503"));
            }
            if (!operation.open && area.equals("ops")) {
                always.add("429");
            }
            if (operation.takesBody) {
                always.addAll(Set.of("400", "413", "415"));
            }
            assertThat(operation.statuses)
                    .as(operation.method + " " + operation.path)
                    .containsAll(always);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal", "scan", "ops"})
    void every_status_seen_is_listed(String area) {
        List<Map<String, String>> callers = callers();
        for (Operation operation : operations(area)) {
            for (Map<String, String> caller : operation.open ? callers.subList(0, 1) : callers) {
                for (String type : List.of("application/json", "application/octet-stream", "text/plain")) {
                    for (String body : operation.takesBody ? List.of("", "{}", "[", LARGE) : List.of("")) {
                        int status = call(area, operation, caller, type, body);

                        assertThat(operation.statuses)
                                .as(operation.method + " " + operation.path + " " + caller.keySet() + " " + type + " "
                                        + body.length())
                                .contains(Integer.toString(status));
                    }
                }
            }
        }
    }

    private static int call(String area, Operation operation, Map<String, String> caller, String type, String body) {
        Map<String, String> headers = new HashMap<>(caller);
        headers.put("Content-Type", type);
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        headers.put("X-Evidence-Kind", "PHOTO");
        String path = operation
                .path
                .replace("{id}", UUID.randomUUID().toString())
                .replace("{sha256}", "0".repeat(64))
                .replaceAll("\\{[a-z]+}", "nobody-knows");
        return Http.send(operation.method, hub.at("/api/" + area + "/v1" + path), headers, body)
                .status();
    }

    /** Nobody, somebody unknown, and one of each kind whom some area lets in and another does not. */
    private static List<Map<String, String>> callers() {
        List<Map<String, String>> callers = new ArrayList<>();
        callers.add(Map.of());
        callers.add(Http.bearer("nonsense"));
        callers.add(Http.basic("truc-ca", "truc-ca-sandbox"));
        callers.add(Http.basic("quan-tri", "quan-tri-sandbox"));
        callers.add(Http.basic("can-bo", "can-bo-sandbox"));
        callers.add(Http.bearer(Http.form(
                        hub.at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText()));
        callers.add(Http.bearer(Http.post(
                        hub.at("/api/scan/v1/sign-in"),
                        Map.of(),
                        Map.of("user", "to-truong", "password", "to-truong-sandbox", "device", "statuses"))
                .ok()
                .path("token")
                .asText()));
        return callers;
    }

    /** Read by a reader that follows anchors: the documents share answers by them. */
    private static List<Operation> operations(String area) {
        JsonNode document = Http.JSON.valueToTree(new Yaml()
                .load(Http.get(hub.at("/api/" + area + "/v1/openapi.yaml"), Map.of())
                        .text()));
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> operation.getValue().has("responses"))
                        .forEach(operation -> {
                            Set<String> statuses = new TreeSet<>();
                            operation.getValue().path("responses").fieldNames().forEachRemaining(statuses::add);
                            JsonNode security = operation.getValue().path("security");
                            operations.add(new Operation(
                                    operation.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    security.isArray() && security.isEmpty(),
                                    operation.getValue().has("requestBody"),
                                    statuses));
                        }));
        assertThat(operations).isNotEmpty();
        return operations;
    }
}
