package vn.bocau.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Partners over the network, one for each first part of a path, each wrong in its own way; their logins work unless told otherwise. */
final class Faulty implements AutoCloseable {

    static final String JSON = "application/json";
    static final String XML = "text/xml;charset=utf-8";
    static final String HTML = "text/html;charset=utf-8";

    /** For every dialect's login what it looks for. */
    private static final Answer LOGIN = new Answer(
            200,
            JSON,
            "{\"session\": \"s\", \"token\": \"t\", \"data\": {\"token\": \"t\"}, \"access_token\": \"t\","
                    + " \"token_type\": \"Bearer\", \"expires_in\": 3600}");

    private static final Answer SILENT = new Answer(0, "", "");
    private static final Answer DROPPED = new Answer(-1, "", "");

    record Answer(int status, String type, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Answer> logins = new ConcurrentHashMap<>();
    private final Map<String, Predicate<String>> fine = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Faulty() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url(String partner) {
        return "http://localhost:" + port() + "/" + partner;
    }

    void answers(String partner, int status, String type, String body) {
        answers.put(partner, new Answer(status, type, body));
    }

    void neverAnswers(String partner) {
        answers.put(partner, SILENT);
    }

    void drops(String partner) {
        answers.put(partner, DROPPED);
    }

    void login(String partner, int status, String body) {
        logins.put(partner, new Answer(status, JSON, body));
    }

    /** What holds these words it takes, whatever it does with the rest. */
    void takes(String partner, Predicate<String> words) {
        fine.put(partner, words);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String partner = path.split("/", 3)[1];
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean login = path.matches(".*/(mapi/login|token|v2/user/Login|GetAccessToken)");
        Answer answer = login
                ? logins.getOrDefault(partner, LOGIN)
                : fine.getOrDefault(partner, words -> false).test(body)
                        ? new Answer(200, JSON, "{}")
                        : answers.getOrDefault(partner, new Answer(500, JSON, ""));
        if (answer == SILENT) {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (answer.status() <= 0) {
            exchange.close();
            return;
        }
        byte[] said = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (answer.status() == 301) {
            exchange.getResponseHeaders().set("Location", "http://localhost:1/");
        }
        exchange.sendResponseHeaders(answer.status(), said.length == 0 ? -1 : said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
