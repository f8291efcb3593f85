package vn.bocau.journal;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;
import vn.bocau.HubProcess;
import vn.bocau.embedded.DataTemplate;
import vn.bocau.wire.Json;

/**
 * A partner of files alone, a row and a dialect that says nothing but the message's key, which remembers all it gets; and
 * the hub in a process of its own that knows no other.
 */
final class PlainPartner implements AutoCloseable {

    static final String ID = "plain";

    /** @param id what it is known by again when it comes twice */
    record Got(String id, String key) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final ToIntFunction<Got> answers;

    /** @param answers with which status; what is asked about is remembered already */
    PlainPartner(ToIntFunction<Got> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::hear);
        server.start();
    }

    /** In the order in which it came. */
    List<Got> got() {
        return got;
    }

    private void hear(HttpExchange exchange) throws IOException {
        var now = new Got(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                        .path("key")
                        .asText());
        got.add(now);
        int status = answers.applyAsInt(now);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, 2);
        exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    /** Not started yet. */
    HubProcess hub(Path folder, Map<String, String> settings) throws IOException {
        return hub(folder, settings, Map.of());
    }

    /** Not started yet. */
    HubProcess hub(Path folder, Map<String, String> settings, Map<String, String> environment) throws IOException {
        Path dialect = Files.createDirectories(folder.resolve("mappings/plain"));
        Files.writeString(dialect.resolve("dialect.json"), """
                {"about": "of a test", "login": {"kind": "none"},
                 "timeouts": {"connect": 1000, "read": 2000},
                 "messages": {"progress": {"path": "/", "headers": {"Idempotency-Key": "{id}"}}}}
                """);
        Files.writeString(dialect.resolve("progress.out.jslt"), "{\"key\": $key}");
        Files.writeString(dialect.resolve("answer.jslt"), """
                {"outcome": if (.status == 422) "REFUSED" else "CONFIRMED", "detail": "ok",
                 "code": if (.status == 422) "odd", "vi": "Lạ.", "en": "Odd."}
                """);
        Path reference = Files.createDirectories(folder.resolve("reference"));
        Files.writeString(
                reference.resolve("partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n" + ID
                        + ",PORTAL,Cổng của phép thử,plain,PUSH,http://localhost:"
                        + server.getAddress().getPort() + ",,,,4,\n");
        Map<String, String> all = new HashMap<>(Map.of(
                "bocau.mappings",
                folder.resolve("mappings").toString(),
                "bocau.reference",
                reference.toString(),
                "bocau.line.lost",
                "4s",
                "bocau.line.first-probe",
                "200ms"));
        all.putAll(settings);
        Path data = folder.resolve("data");
        if (!environment.containsKey("BOCAU_DB_URL") && Files.notExists(data)) {
            DataTemplate.into(data);
        }
        return new HubProcess(data, all, environment);
    }

    /** Written by hand into the running hub's database: committed, and no one has been told. */
    static void commit(HubProcess hub, String dossier, String... keys) throws SQLException, IOException {
        try (Connection db = hub.database();
                var insert = db.prepareStatement(
                        "insert into message (id, direction, partner, key, kind, message_group, subject,"
                                + " body, state) values (?, 'OUT', '" + ID
                                + "', ?, 'progress', ?, ?, '{}', 'PENDING')")) {
            for (String key : keys) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, key);
                insert.setString(3, dossier);
                insert.setString(4, dossier);
                insert.executeUpdate();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
