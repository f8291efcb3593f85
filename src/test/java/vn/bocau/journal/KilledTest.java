package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.journal.Hub.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.HubProcess;
import vn.bocau.wire.Json;

/** {@code kill -9} at the worst moments of a real process, seen from a partner that remembers all it gets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledTest {

    private record Got(String id, String key) {}

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private volatile Predicate<Got> killsAt = g -> false;
    private volatile Predicate<Got> failsAt = g -> false;
    private HttpServer partner;
    private HubProcess hub;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        partner = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        partner.setExecutor(Executors.newCachedThreadPool());
        partner.createContext("/", this::hear);
        partner.start();
    }

    @AfterEach
    void close() {
        hub.close();
        partner.stop(0);
    }

    private void hear(HttpExchange exchange) throws IOException {
        var now = new Got(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                        .path("key")
                        .asText());
        got.add(now);
        if (killsAt.test(now)) {
            killsAt = g -> false;
            hub.kill();
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        boolean fails = failsAt.test(now);
        failsAt = fails ? g -> false : failsAt;
        exchange.sendResponseHeaders(fails ? 503 : 200, 2);
        exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    /** A partner of files alone: a row, and a dialect that says nothing but the message's key. */
    private HubProcess hub(String sweep) throws IOException {
        Path dialect = Files.createDirectories(folder.resolve("mappings/plain"));
        Files.writeString(dialect.resolve("dialect.json"), """
                {"about": "of a test", "login": {"kind": "none"},
                 "timeouts": {"connect": 1000, "read": 2000},
                 "messages": {"progress": {"path": "/", "headers": {"Idempotency-Key": "{id}"}}}}
                """);
        Files.writeString(dialect.resolve("progress.out.jslt"), "{\"key\": $key}");
        Files.writeString(dialect.resolve("answer.jslt"), "{\"outcome\": \"CONFIRMED\", \"detail\": \"ok\"}");
        Path reference = Files.createDirectories(folder.resolve("reference"));
        Files.writeString(
                reference.resolve("partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n"
                        + "plain,PORTAL,Cổng của phép thử,plain,PUSH,http://localhost:"
                        + partner.getAddress().getPort() + ",,,,4,\n");
        Map<String, String> settings = new HashMap<>(Map.of(
                "bocau.mappings",
                folder.resolve("mappings").toString(),
                "bocau.reference",
                reference.toString(),
                // What was claimed when it was killed is not waited for.
                "bocau.line.claim",
                "10m",
                "bocau.line.lost",
                "4s",
                "bocau.line.first-probe",
                "200ms",
                "bocau.relay.sweep",
                sweep,
                "bocau.log.format",
                "ecs"));
        return new HubProcess(folder.resolve("data"), settings);
    }

    @Test
    void between_commit_and_relay_nothing_is_lost() throws Exception {
        hub = hub("3600000");
        hub.start();
        commit("d-1", "one", "two");
        hub.kill();
        assertThat(got).isEmpty();

        hub = hub("100");
        hub.start();
        awaitAllConfirmed();
        assertThat(got).extracting(Got::key).containsExactly("one", "two");

        failsAt = g -> true;
        commit("HS-LOGGED", "three");
        awaitAllConfirmed();
        assertThatTheLogNamesWhatWasUnderWay(ids("three").get(0));
    }

    /** Every line is JSON, and that the line is held is told with the message it was held by. */
    private void assertThatTheLogNamesWhatWasUnderWay(String message) throws IOException {
        List<JsonNode> logged = hub.said()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::parse)
                .toList();
        assertThat(logged).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("@timestamp").asText()).isNotBlank();
            assertThat(line.at("/log/level").asText()).isNotBlank();
            assertThat(line.at("/service/name").asText()).isEqualTo("bocau");
        });
        assertThat(hub.said()).doesNotContainPattern("(?m)^\\d\\d:\\d\\d:\\d\\d ");
        assertThat(logged)
                .filteredOn(line -> line.path("message").asText().startsWith("the line to plain is held"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.at("/bocau/message").asText()).isEqualTo(message);
                    assertThat(line.at("/bocau/partner").asText()).isEqualTo("plain");
                    assertThat(line.at("/bocau/dossier").asText()).isEqualTo("HS-LOGGED");
                });
    }

    @Test
    void between_send_and_confirm_it_is_told_again_under_the_same_id_and_before_what_comes_after() throws Exception {
        hub = hub("100");
        hub.start();
        killsAt = g -> g.key().equals("two");
        commit("d-1", "one", "two", "three");
        commit("d-2", "other");
        within(30).until(() -> got.stream().anyMatch(g -> g.key().equals("two")));

        hub.start();
        awaitAllConfirmed();
        assertThat(keysOf("d-1", "one", "two", "three")).containsExactly("one", "two", "two", "three");
        assertThat(ids("two")).hasSize(2);
        assertThat(ids("two").stream().distinct()).hasSize(1);
        try (Connection db = hub.database();
                var attempts = db.createStatement()
                        .executeQuery("select outcome from attempt where message ="
                                + " (select seq from message where key = 'two') order by no")) {
            attempts.next();
            assertThat(attempts.getString(1))
                    .as("nobody knows how the first went")
                    .isNull();
            attempts.next();
            assertThat(attempts.getString(1)).isEqualTo("CONFIRMED");
        }
    }

    @Test
    void at_any_moment_order_is_kept_and_a_repeat_is_known_by_its_id() throws Exception {
        hub = hub("100");
        hub.start();
        for (int dossier = 0; dossier < 10; dossier++) {
            String name = "r" + dossier + "-";
            commit(name, IntStream.range(0, 8).mapToObj(n -> name + n).toArray(String[]::new));
        }
        for (int kill = 1; kill <= 3; kill++) {
            int after = kill * 17;
            within(30).until(() -> got.size() >= after);
            hub.kill();
            hub.start();
        }
        awaitAllConfirmed();

        for (int dossier = 0; dossier < 10; dossier++) {
            String name = "r" + dossier + "-";
            assertThat(got.stream()
                            .map(Got::key)
                            .filter(k -> k.startsWith(name))
                            .distinct())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 8).mapToObj(n -> name + n).toList());
        }
        Map<String, String> idOfKey = new HashMap<>();
        got.forEach(
                g -> assertThat(idOfKey.computeIfAbsent(g.key(), k -> g.id())).isEqualTo(g.id()));
        assertThat(got.size()).as("repeats at most what was on its way").isLessThanOrEqualTo(80 + 3 * 16);
    }

    /** Written by hand into the running hub's database: committed, and no one has been told. */
    private void commit(String dossier, String... keys) throws SQLException, IOException {
        try (Connection db = hub.database();
                var insert = db.prepareStatement(
                        "insert into message (id, direction, partner, key, kind, message_group, subject,"
                                + " body, state) values (?, 'OUT', 'plain', ?, 'progress', ?, ?, '{}', 'PENDING')")) {
            for (String key : keys) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, key);
                insert.setString(3, dossier);
                insert.setString(4, dossier);
                insert.executeUpdate();
            }
        }
    }

    private void awaitAllConfirmed() {
        within(60).until(() -> {
            try (Connection db = hub.database();
                    var open = db.createStatement()
                            .executeQuery("select count(*) from message where state <> 'CONFIRMED'")) {
                open.next();
                return open.getLong(1) == 0;
            }
        });
    }

    private List<String> keysOf(String dossier, String... keys) {
        return got.stream().map(Got::key).filter(List.of(keys)::contains).toList();
    }

    private List<String> ids(String key) {
        return got.stream().filter(g -> g.key().equals(key)).map(Got::id).toList();
    }
}
