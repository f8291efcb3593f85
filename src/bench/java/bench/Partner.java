package bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The portal that everybody tells: it remembers what it was told, and when. */
final class Partner implements AutoCloseable {

    private static final byte[] ANSWER = "{\"ok\": true}".getBytes(StandardCharsets.UTF_8);
    private static final Pattern ITEM = Pattern.compile("\"item\"\\s*:\\s*\"([^\"]+)\"");
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final Map<String, Long> heard = new ConcurrentHashMap<>();
    private final AtomicLong repeats = new AtomicLong();

    Partner() throws IOException {
        // Else each answer waits 40 ms for an acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress("localhost", 0), BACKLOG);
        server.setExecutor(Executors.newFixedThreadPool(64));
        server.createContext("/", this::hear);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (id != null) {
            if (told.putIfAbsent(id, System.nanoTime()) != null) {
                repeats.incrementAndGet();
            }
            Matcher item = ITEM.matcher(body);
            if (item.find()) {
                heard.put(item.group(1), System.nanoTime());
            }
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, ANSWER.length);
        exchange.getResponseBody().write(ANSWER);
        exchange.close();
    }

    int count() {
        return told.size();
    }

    long repeats() {
        return repeats.get();
    }

    /**
     * How long after each was recorded it was heard here.
     *
     * @param recorded by item, when its caller was told
     * @return milliseconds, sorted; of what was heard before its caller was, 0
     */
    double[] delays(Map<String, Long> recorded) {
        return recorded.entrySet().stream()
                .filter(one -> heard.containsKey(one.getKey()))
                .mapToDouble(one -> Math.max(0, heard.get(one.getKey()) - one.getValue()) / 1e6)
                .sorted()
                .toArray();
    }

    void forget() {
        heard.clear();
        told.clear();
        repeats.set(0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
