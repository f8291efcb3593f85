package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.journal.Hub.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.bocau.HubProcess;
import vn.bocau.journal.PlainPartner.Got;
import vn.bocau.wire.Json;

/** {@code kill -9} at the worst moments of a real process, seen from a partner that remembers all it gets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledTest {

    private volatile Predicate<Got> killsAt = g -> false;
    private volatile Predicate<Got> failsAt = g -> false;
    private PlainPartner partner;
    private List<Got> got;
    private HubProcess hub;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws IOException {
        partner = new PlainPartner(this::hear);
        got = partner.got();
    }

    @AfterEach
    void close() {
        hub.close();
        partner.close();
    }

    private int hear(Got now) {
        if (killsAt.test(now)) {
            killsAt = g -> false;
            hub.kill();
        }
        boolean fails = failsAt.test(now);
        failsAt = fails ? g -> false : failsAt;
        return fails ? 503 : 200;
    }

    private HubProcess hub(String sweep) throws IOException {
        return partner.hub(
                folder, Map.of("bocau.line.claim", "10m", "bocau.relay.sweep", sweep, "bocau.log.format", "ecs"));
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
        for (int kill = 1; kill <= 2; kill++) {
            int after = kill * 25;
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

    private void commit(String dossier, String... keys) throws SQLException, IOException {
        PlainPartner.commit(hub, dossier, keys);
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
