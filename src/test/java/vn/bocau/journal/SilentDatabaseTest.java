package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import vn.bocau.code.ItemId;
import vn.bocau.journey.Http;

/**
 * The way to the database goes silent: nothing is refused and nothing is answered, as when a firewall forgets a connection
 * or a machine is gone. Whoever waits, also with others in one transaction, is told to come again, and what is sent again
 * afterwards counts once.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SilentDatabaseTest {

    /** More than could be told turn after turn within the minute that each is given. */
    private static final int PHONES = 400;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void nobody_waits_without_end_for_a_database_that_says_nothing() throws Exception {
        try (var beside = new Hub(Map.of())) {
            JdbcConnectionDetails database = beside.bean(JdbcConnectionDetails.class);
            URI server = URI.create(database.getJdbcUrl().substring("jdbc:".length()));
            try (var wire = new Wire(server.getHost(), server.getPort());
                    var hub = new Hub(Map.of(
                            "bocau.db.url",
                            "jdbc:postgresql://localhost:" + wire.port() + server.getPath(),
                            "bocau.db.user",
                            database.getUsername(),
                            "bocau.db.password",
                            database.getPassword(),
                            "spring.datasource.hikari.data-source-properties.socketTimeout",
                            "2"))) {
                List<Map<String, Object>> batches =
                        IntStream.range(0, PHONES).mapToObj(n -> batch()).toList();
                Map<String, String> phone = signedIn(hub, "phone-silent");
                assertThat(send(hub, phone, batch())).isEqualTo(200);

                wire.silent = true;
                List<Future<Integer>> answers = batches.stream()
                        .map(batch -> threads.submit(() -> send(hub, phone, batch)))
                        .toList();
                for (Future<Integer> answer : answers) {
                    assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(503);
                }

                wire.silent = false;
                for (Map<String, Object> batch : batches) {
                    await().atMost(Duration.ofSeconds(60))
                            .pollDelay(Duration.ZERO)
                            .until(() -> send(hub, phone, batch) == 200);
                }
                assertThat(beside.db()
                                .sql("select count(*) from handling where item like 'RV1%' and actor = 'buu-ta'")
                                .query(Integer.class)
                                .single())
                        .as("each once")
                        .isEqualTo(PHONES + 1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Map<String, String> signedIn(Hub hub, String device) {
        return Http.bearer(Http.post(
                        hub.own().at("/api/scan/v1/sign-in"),
                        Map.of(),
                        Map.of("user", "buu-ta", "password", "buu-ta-sandbox", "device", device))
                .ok()
                .path("token")
                .asText());
    }

    private static int count;

    private static Map<String, Object> batch() {
        count++;
        Map<String, Object> handling = new HashMap<>();
        handling.put("id", UuidCreator.getTimeOrderedEpoch().toString());
        handling.put("seq", count);
        handling.put("code", "COLLECTED");
        handling.put("item", ItemId.of("RV", 10_000_000 + count, "VN").value());
        handling.put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
        return Map.of("device", "phone-silent", "sentAt", Instant.now().toString(), "handlings", List.of(handling));
    }

    private static int send(Hub hub, Map<String, String> phone, Map<String, Object> batch) {
        return Http.post(hub.own().at("/api/scan/v1/handlings"), phone, batch).status();
    }

    /** Carries bytes both ways, or takes them and carries nothing. */
    private static final class Wire implements AutoCloseable {

        private final ServerSocket door;
        private final String host;
        private final int to;
        private final ExecutorService carriers = Executors.newCachedThreadPool();
        private volatile boolean silent;

        Wire(String host, int to) throws IOException {
            this.host = host;
            this.to = to;
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            carriers.submit(this::open);
        }

        int port() {
            return door.getLocalPort();
        }

        private void open() {
            while (!door.isClosed()) {
                try {
                    Socket here = door.accept();
                    Socket there = new Socket(host, to);
                    carriers.submit(() -> carry(here, there));
                    carriers.submit(() -> carry(there, here));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private void carry(Socket from, Socket into) {
            byte[] some = new byte[8192];
            try (from;
                    into;
                    InputStream in = from.getInputStream();
                    OutputStream out = into.getOutputStream()) {
                for (int read = in.read(some); read >= 0; read = in.read(some)) {
                    if (!silent) {
                        out.write(some, 0, read);
                        out.flush();
                    }
                }
            } catch (IOException brokeOff) {
                // So does the other way.
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
            carriers.shutdownNow();
        }
    }
}
