package vn.bocau.scan;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** The way between a phone and the hub: there, not there, or one that loses answers after the hub has committed. */
final class Road {

    /** What the road does with what goes over it. */
    enum Weather {
        CLEAR,
        /** Nothing gets through. */
        CLOSED,
        /** The app's files get through, and nothing that it sends. */
        FILES_ONLY,
        /** Everything arrives, and every third answer is lost on the way back. */
        LOSES_EVERY_THIRD_ANSWER
    }

    private static final Set<String> NOT_CARRIED = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "host",
            "upgrade",
            "http2-settings",
            "expect",
            "transfer-encoding");
    private static final Set<String> CONDITIONS = Set.of("if-none-match", "if-modified-since");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final URI hub;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Map<String, UnaryOperator<String>> newer = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> cuts = new ConcurrentHashMap<>();
    private volatile Weather weather = Weather.CLEAR;

    Road(URI hub) {
        this.hub = hub;
        try {
            server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::carry);
        server.start();
    }

    URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    void weather(Weather now) {
        weather = now;
    }

    /** From now on the file at this path is another than the hub's. */
    void serveNewer(String path, UnaryOperator<String> change) {
        newer.put(path, change);
    }

    /**
     * From now on what is sent to such a path gets lost on its way, as often as the answer is that it does: whoever sends it,
     * also a service worker, which no browser's driver sees.
     */
    void cut(String regex, BooleanSupplier lost) {
        cuts.put(regex, lost);
    }

    /** Again as it was at first: clear, with the hub's own files, and nothing lost. */
    void repair() {
        weather = Weather.CLEAR;
        newer.clear();
        cuts.clear();
        lost.set(0);
    }

    int lost() {
        return lost.get();
    }

    private void carry(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (weather == Weather.CLOSED || (weather == Weather.FILES_ONLY && path.startsWith("/api/"))) {
                return;
            }
            if (cuts.entrySet().stream()
                    .anyMatch(
                            cut -> path.matches(cut.getKey()) && cut.getValue().getAsBoolean())) {
                return;
            }
            HttpResponse<byte[]> answer = ask(exchange, body);
            byte[] content = newer.containsKey(path)
                    ? newer.get(path)
                            .apply(new String(answer.body(), StandardCharsets.UTF_8))
                            .getBytes(StandardCharsets.UTF_8)
                    : answer.body();
            boolean changes = !exchange.getRequestMethod().equals("GET");
            if (weather == Weather.LOSES_EVERY_THIRD_ANSWER && changes && this.changes.incrementAndGet() % 3 == 0) {
                lost.incrementAndGet();
                return;
            }
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_CARRIED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(answer.statusCode(), content.length == 0 ? -1 : content.length);
            if (content.length > 0) {
                exchange.getResponseBody().write(content);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        hub.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            String header = name.toLowerCase(java.util.Locale.ROOT);
            boolean stale = newer.containsKey(exchange.getRequestURI().getPath()) && CONDITIONS.contains(header);
            if (!NOT_CARRIED.contains(header) && !stale) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
