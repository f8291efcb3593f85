package vn.bocau.scan;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The way between a phone and the hub: there, not there, or one that loses answers after the hub has committed. */
final class Road implements AutoCloseable {

    /** What the road does with what goes over it. */
    enum Weather {
        CLEAR,
        /** Nothing gets through. */
        CLOSED,
        /** Everything arrives, and every third answer is lost on the way back. */
        LOSES_EVERY_THIRD_ANSWER
    }

    private static final Set<String> NOT_CARRIED =
            Set.of("connection", "content-length", "host", "upgrade", "http2-settings", "expect", "transfer-encoding");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final URI hub;
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
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

    int lost() {
        return lost.get();
    }

    private void carry(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (weather == Weather.CLOSED) {
                return;
            }
            HttpResponse<byte[]> answer = ask(exchange, body);
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
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            if (answer.body().length > 0) {
                exchange.getResponseBody().write(answer.body());
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
            if (!NOT_CARRIED.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
