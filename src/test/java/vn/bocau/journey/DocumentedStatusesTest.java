package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    /** Which of {@link #callers()} an area lets in. */
    private static final Map<String, Integer> CALLER = Map.of("ops", 3, "portal", 5, "scan", 6);

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

    /** The portals' door answers in JSON whatever is asked; the others say 406, before anything is done. */
    @ParameterizedTest
    @ValueSource(strings = {"portal", "scan", "ops"})
    void a_form_of_answer_that_nobody_gives_meets_a_listed_status(String area) {
        Map<String, String> headers = new HashMap<>(callers().get(CALLER.get(area)));
        headers.put("Accept", "application/xml");
        Set<Integer> seen = new TreeSet<>();
        for (Operation operation : operations(area)) {
            int status = call(area, operation, headers, "application/json", operation.takesBody ? "{}" : "");
            seen.add(status);

            assertThat(operation.statuses)
                    .as(operation.method + " " + operation.path)
                    .contains(Integer.toString(status));
        }
        assertThat(seen.contains(406)).isEqualTo(!area.equals("portal"));
    }

    /** OpenAPI has no place for the answer to an operation that is not there: the document says it in its first words. */
    @ParameterizedTest
    @ValueSource(strings = {"portal", "scan", "ops"})
    void a_method_an_address_does_not_have_is_answered_with_those_it_has(String area) {
        assertThat(document(area).at("/info/description").asText()).contains("405", "`Allow`");
        Map<String, Set<String>> methods = new TreeMap<>();
        operations(area)
                .forEach(operation -> methods.computeIfAbsent(operation.path, path -> new TreeSet<>())
                        .add(operation.method));
        Map<String, String> caller = callers().get(CALLER.get(area));
        methods.forEach((path, known) -> {
            for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
                boolean anothers = methods.entrySet().stream()
                        .anyMatch(other -> path.matches(other.getKey().replaceAll("\\{[a-z0-9]+}", "[^/]+"))
                                && other.getValue().contains(method));
                if (!anothers) {
                    Http.Answer answer = Http.send(
                            method,
                            hub.at("/api/" + area + "/v1" + filled(path)),
                            caller,
                            method.equals("GET") ? "" : "{}");

                    assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
                    assertThat(String.join(", ", answer.whole().headers().allValues("Allow")))
                            .as(method + " " + path)
                            .contains(known);
                }
            }
        });
    }

    private static int call(String area, Operation operation, Map<String, String> caller, String type, String body) {
        Map<String, String> headers = new HashMap<>(caller);
        headers.put("Content-Type", type);
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        headers.put("X-Evidence-Kind", "PHOTO");
        return Http.send(operation.method, hub.at("/api/" + area + "/v1" + filled(operation.path)), headers, body)
                .status();
    }

    private static String filled(String path) {
        return path.replace("{id}", UUID.randomUUID().toString())
                .replace("{sha256}", "0".repeat(64))
                .replaceAll("\\{[a-z]+}", "nobody-knows");
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
    private static JsonNode document(String area) {
        return Http.JSON.valueToTree(new Yaml()
                .load(Http.get(hub.at("/api/" + area + "/v1/openapi.yaml"), Map.of())
                        .text()));
    }

    private static List<Operation> operations(String area) {
        JsonNode document = document(area);
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
