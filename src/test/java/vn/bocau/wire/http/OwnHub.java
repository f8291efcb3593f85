package vn.bocau.wire.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import vn.bocau.BoCau;

/** A hub of a test's own, for what would disturb the others: limits of its own, a database that goes away. */
public final class OwnHub implements AutoCloseable {

    private final ConfigurableApplicationContext hub;
    private final int http = freePort();
    private final int https = freePort();
    private final Path data;

    /** @param settings on top of ports and folder */
    public OwnHub(Map<String, Object> settings) {
        try {
            data = Files.createTempDirectory("bocau-doors");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> all = new HashMap<>(Map.of(
                "bocau.data",
                data.toString(),
                "bocau.http.port",
                http,
                "bocau.https.port",
                https,
                "bocau.sandbox.enabled",
                true,
                "bocau.login.per-account",
                1000,
                "bocau.login.per-address",
                100_000,
                "spring.jmx.enabled",
                false));
        all.putAll(settings);
        hub = new SpringApplicationBuilder(BoCau.class)
                .registerShutdownHook(true)
                .run(all.entrySet().stream()
                        .map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new));
    }

    public URI at(String path) {
        return URI.create("http://localhost:" + http + path);
    }

    public URI overTls(String path) {
        return URI.create("https://localhost:" + https + path);
    }

    public Path data() {
        return data;
    }

    public JdbcClient db() {
        return hub.getBean(JdbcClient.class);
    }

    public <T> T bean(Class<T> type) {
        return hub.getBean(type);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
