package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.journal.Hub.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import vn.bocau.FreePort;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.Visitor;

/** Database or broker die alone under load and return: the hub goes on by itself, and its log stays readable. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class OutagesTest {

    private static final int DOSSIERS = 6;
    private static final int EACH = 30;
    private static final String PORTAL = "dvcqg";

    @TempDir
    Path folder;

    @Test
    void an_embedded_postgres_killed_alone_is_started_again(CapturedOutput log) throws Exception {
        try (var hub = hub(Map.of())) {
            underLoad(hub, () -> {
                long pid = postmaster(hub.own().data());
                new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
            });
            assertThat(log).contains("PostgreSQL đã tự dừng và đã được khởi động lại");
        }
        assertReadable(log, "the database does not answer");
    }

    @Test
    void an_external_postgres_that_restarts_is_waited_for(CapturedOutput log) throws Exception {
        // Closed before the test ends: what still shuts down would write into a folder being deleted.
        AtomicReference<EmbeddedPostgres> postgres = new AtomicReference<>(postgres(0));
        String url = postgres.get().getJdbcUrl("postgres", "postgres");
        int port = postgres.get().getPort();
        try (var hub = hub(Map.of("bocau.db.url", url, "bocau.db.user", "postgres"))) {
            underLoad(hub, () -> {
                postgres.get().close();
                // Nothing is accepted, so it is sent nobody; to restart it would help nobody.
                assertHealth(hub, 503, 503);
                postgres.set(postgres(port));
            });
        } finally {
            postgres.get().close();
        }
        assertReadable(log, "the database does not answer");
    }

    @Test
    void an_external_broker_that_restarts_is_waited_for(CapturedOutput log) throws Exception {
        int port = FreePort.any();
        EmbeddedActiveMQ broker = broker(port);
        broker.start();
        try (var hub = hub(Map.of(
                "bocau.broker.url",
                "tcp://localhost:" + port,
                // The other one's own log: in this test it runs in our process, in life it does not.
                "logging.level.org.apache.activemq.artemis.core.server",
                "OFF"))) {
            underLoad(hub, () -> {
                broker.stop();
                within(20).until(() -> log.getAll().contains("the relay waits"));
                // It accepts, so it is sent everybody; and it is nobody's to restart.
                assertHealth(hub, 503, 200);
                assertExplained(hub);
                broker.start();
            });
        } finally {
            broker.stop();
        }
        assertReadable(log, "the broker does not answer");
    }

    /** What each who asks is told: people, the balancer before it, and who restarts processes. */
    private static void assertHealth(Hub hub, int whole, int readiness) {
        // Each part of the whole waits for a connection of its own before it knows.
        within(60)
                .untilAsserted(
                        () -> assertThat(List.of(health(hub, ""), health(hub, "/readiness"), health(hub, "/liveness")))
                                .isEqualTo(List.of(whole, readiness, 200)));
    }

    /** No line is held and no message failed: without this every page says that all is well. */
    private static void assertExplained(Hub hub) throws Exception {
        Map<String, String> operator = Http.basic("truc-ca", "truc-ca-sandbox");
        JsonNode ours =
                Http.get(hub.own().at("/api/ops/v1/failures"), operator).ok().at("/ours/0");
        assertThat(ours.at("/explanation/whose").asText()).isEqualTo("US");
        assertThat(ours.at("/fault/code").asText()).isEqualTo("broker-away");
        assertThat(ours.at("/fault/count").asInt()).isPositive();
        assertThat(Instant.parse(ours.at("/fault/since").asText())).isBefore(Instant.now());
        var visitor = new Visitor(hub.own());
        visitor.signIn("truc-ca", "truc-ca-sandbox");
        assertThat(visitor.get("/").body()).contains("broker không trả lời");
        JsonNode map = Http.get(hub.own().at("/api/ops/v1/map"), operator).ok();
        assertThat(map.at("/broker/code").asText()).isEqualTo("broker-away");
        assertThat(visitor.get("/console").body())
                .contains("Broker của hệ thống, từ ")
                .containsPattern("class=\"bad\"[^>]*></rect>\\s*<text[^>]*>40 relay");
        assertThat(visitor.get("/console/failures").body())
                .contains("data-code=\"broker-away\"", "Hệ thống tự nối lại");
    }

    private static int health(Hub hub, String group) {
        return Http.get(hub.own().at("/actuator/health" + group), Map.of()).status();
    }

    /**
     * A claim that was committed while the connection broke is nobody's: neither the hub nor the ticket knows of it. It ends
     * by itself, here before the test does.
     */
    private static Hub hub(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bocau.line.claim", "15s");
        all.put("bocau.line.lost", "15s");
        return new Hub(all);
    }

    private interface Outage {
        void happens() throws Exception;
    }

    /** Writers ask again with the same key, as partners do; the outage comes when a part has been told. */
    private static void underLoad(Hub hub, Outage outage) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(DOSSIERS);
        try {
            List<Future<?>> writing = IntStream.range(0, DOSSIERS)
                    .<Future<?>>mapToObj(dossier -> writers.submit(() -> write(hub, "o" + dossier + "-")))
                    .toList();
            within(20).until(() -> hub.partners().confirmed(PORTAL).size() >= DOSSIERS * 3);
            outage.happens();
            for (Future<?> one : writing) {
                one.get();
            }
        } finally {
            writers.shutdownNow();
        }
        // A connection of before the outage may still be in the pool, and is found out by being used.
        within(60)
                .ignoreExceptionsMatching(Outages::ofTheDatabaseIn)
                .untilAsserted(() -> assertThat(hub.db()
                                .sql("select state, count(*) from message where direction = 'OUT' group by state")
                                .query((row, n) -> row.getString(1) + " " + row.getLong(2))
                                .list())
                        .containsExactly("CONFIRMED " + DOSSIERS * EACH));
        List<Partners.Heard> heard = hub.partners().heard(PORTAL);
        for (int dossier = 0; dossier < DOSSIERS; dossier++) {
            String name = "o" + dossier + "-";
            assertThat(heard.stream()
                            .map(Partners.Heard::key)
                            .filter(k -> k.startsWith(name))
                            .distinct())
                    .containsExactlyElementsOf(
                            IntStream.range(0, EACH).mapToObj(n -> name + n).toList());
        }
        assertThat(heard.stream().map(h -> h.key() + h.sending().id()).distinct())
                .as("a repeat is known by its id")
                .hasSize(DOSSIERS * EACH);
    }

    private static void write(Hub hub, String name) {
        for (int n = 0; n < EACH; n++) {
            String key = name + n;
            within(60).until(() -> isAccepted(hub, name, key));
        }
    }

    private static boolean isAccepted(Hub hub, String name, String key) {
        try {
            hub.journal().once(Hub.inbound("in-" + key), () -> {
                hub.journal().tell(new Outbound(PORTAL, "line-" + name, "progress", key, name, Hub.body()));
                return Hub.body();
            });
            return true;
        } catch (RuntimeException e) {
            assertThat(Outages.ofTheDatabaseIn(e)).as(e.toString()).isTrue();
            return false;
        }
    }

    /** Said once, and no stack anywhere: whoever is woken reads what is wrong, and nothing else. */
    private static void assertReadable(CapturedOutput log, String said) {
        assertThat(log.getAll().split(said, -1)).as(log.getAll()).hasSizeLessThanOrEqualTo(3);
        assertThat(log.getAll().lines().filter(l -> l.startsWith("\tat "))).isEmpty();
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setRegisterShutdownHook(false)
                .setPort(port)
                .start();
    }

    private EmbeddedActiveMQ broker(int port) throws Exception {
        return new EmbeddedActiveMQ()
                .setConfiguration(new ConfigurationImpl()
                        .setSecurityEnabled(false)
                        .setJournalDirectory(folder.resolve("journal").toString())
                        .setBindingsDirectory(folder.resolve("bindings").toString())
                        .setLargeMessagesDirectory(folder.resolve("large").toString())
                        .setPagingDirectory(folder.resolve("paging").toString())
                        .addAcceptorConfiguration("tcp", "tcp://localhost:" + port));
    }

    private static long postmaster(Path data) throws IOException {
        Path own = data.resolve("postgresql/postmaster.pid");
        return Long.parseLong(Files.readAllLines(Files.exists(own) ? own : data.resolve("postmaster.pid"))
                .get(0)
                .strip());
    }
}
