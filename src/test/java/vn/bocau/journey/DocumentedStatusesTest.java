package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
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

    private static final List<String> TYPES = List.of("application/json", "application/octet-stream", "text/plain");

    /** Who is let in by every operation of an area. */
    private static final Map<String, String> CALLER =
            Map.of("ops", "quan-tri", "portal", "portal", "agency", "agency", "scan", "to-truong");

    private static OwnHub hub;

    /** @param area where its credentials are read; elsewhere they are nobody's */
    private record Caller(String name, String area, Map<String, String> headers) {}

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
    @ValueSource(strings = {"portal", "agency", "scan", "ops"})
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
    @ValueSource(strings = {"portal", "agency", "scan", "ops"})
    void every_status_seen_is_listed(String area) {
        List<Caller> callers = List.copyOf(callers().values());
        for (Operation operation : operations(area)) {
            for (Caller caller : operation.open ? callers.subList(0, 1) : callers) {
                boolean heard = operation.open || letIn(area, operation.path).contains(caller.name);
                for (String type : heard ? TYPES : TYPES.subList(0, 1)) {
                    for (String body : operation.takesBody ? List.of("", "{}", "[", LARGE) : List.of("")) {
                        int status = call(area, operation, caller.headers, type, body);

                        assertThat(operation.statuses)
                                .as(operation.method + " " + operation.path + " " + caller.name + " " + type + " "
                                        + body.length())
                                .contains(Integer.toString(status));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"portal", "agency", "scan", "ops"})
    void every_operation_lets_in_whom_it_is_for_and_nobody_else(String area) {
        Map<String, Caller> callers = callers();
        for (Operation operation : operations(area)) {
            for (Caller caller : operation.open ? List.<Caller>of() : callers.values()) {
                int status = call(area, operation, caller.headers, "application/json", "{}");

                var called = assertThat(status).as(operation.method + " " + operation.path + " " + caller.name);
                if (letIn(area, operation.path).contains(caller.name)) {
                    called.isNotIn(401, 403);
                } else {
                    called.isEqualTo(caller.area.equals(area) ? 403 : 401);
                }
            }
        }
        callers.forEach((name, caller) -> assertThat(
                        Http.get(hub.at("/actuator/prometheus"), caller.headers).status())
                .as("the metrics, " + name)
                .isEqualTo(letIn("ops", "").contains(name) ? 200 : caller.area.equals("ops") ? 403 : 401));
    }

    private static Set<String> letIn(String area, String path) {
        return switch (area) {
            case "ops" ->
                // The data officer's alone, who is none of these.
                path.endsWith("/seen")
                        ? Set.of()
                        : path.startsWith("/people") || path.startsWith("/audit")
                                ? Set.of("quan-tri")
                                : Set.of("quan-tri", "truc-ca");
            case "scan" ->
                path.startsWith("/office") || path.startsWith("/devices")
                        ? Set.of("to-truong")
                        : Set.of("to-truong", "buu-ta");
            default -> Set.of(area);
        };
    }

    /** The partners' doors answer in JSON whatever is asked; the others say 406, before anything is done. */
    @ParameterizedTest
    @ValueSource(strings = {"portal", "agency", "scan", "ops"})
    void a_form_of_answer_that_nobody_gives_meets_a_listed_status(String area) {
        Map<String, String> headers = new HashMap<>(caller(area));
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
    @ValueSource(strings = {"portal", "agency", "scan", "ops"})
    void a_method_an_address_does_not_have_is_answered_with_those_it_has(String area) {
        assertThat(document(area).at("/info/description").asText()).contains("405", "`Allow`");
        Map<String, Set<String>> methods = new TreeMap<>();
        operations(area)
                .forEach(operation -> methods.computeIfAbsent(operation.path, path -> new TreeSet<>())
                        .add(operation.method));
        Map<String, String> caller = caller(area);
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

    private static Map<String, String> caller(String area) {
        return Objects.requireNonNull(callers().get(CALLER.get(area))).headers;
    }

    /** Nobody, somebody unknown, and one of each kind whom some area lets in and another does not. */
    private static Map<String, Caller> callers() {
        Map<String, Caller> callers = new LinkedHashMap<>();
        Stream.of(
                        new Caller("nobody", "", Map.of()),
                        new Caller("a stranger", "", Http.bearer("nonsense")),
                        person("truc-ca"),
                        person("quan-tri"),
                        person("can-bo"),
                        new Caller(
                                "portal",
                                "portal",
                                token(hub.at("/oauth2/token"), "portal-dvcqg", "sandbox-portal-secret")),
                        new Caller(
                                "agency",
                                "agency",
                                token(hub.at("/oauth2/token"), "trung-tam-hcc", "sandbox-soap-secret")),
                        new Caller("one-stop", "ngsp", token(hub.at("/ngsp/token"), "sandbox-key", "sandbox-secret")),
                        phone("to-truong"),
                        phone("buu-ta"))
                .forEach(caller -> callers.put(caller.name, caller));
        return callers;
    }

    private static Caller person(String name) {
        return new Caller(name, "ops", Http.basic(name, name + "-sandbox"));
    }

    private static Map<String, String> token(URI door, String client, String secret) {
        return Http.bearer(Http.form(door, Http.basic(client, secret), "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText());
    }

    private static Caller phone(String name) {
        return new Caller(
                name,
                "scan",
                Http.bearer(Http.post(
                                hub.at("/api/scan/v1/sign-in"),
                                Map.of(),
                                Map.of("user", name, "password", name + "-sandbox", "device", "statuses-" + name))
                        .ok()
                        .path("token")
                        .asText()));
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
        // Who has signed out is a stranger to all that comes after.
        operations.sort(Comparator.comparing(operation -> operation.path.equals("/sign-out")));
        return operations;
    }
}
