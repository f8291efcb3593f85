package vn.bocau.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Whether a process answers yet. */
final class Nodes {

    /** Whether a hub has what it needs to take anything in: its database. */
    static final String READINESS = "/actuator/health/readiness";

    private static final Pattern SWEEPS =
            Pattern.compile("^bocau_route_exchanges_seconds_count\\{[^}]*route=\"relay-sweep\"");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Nodes() {}

    static boolean answers(URI at) {
        try {
            HttpRequest ask =
                    HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(5)).build();
            return CLIENT.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException no) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @throws IOException when the process ends or says nothing for four minutes */
    static void await(Child process, URI at) throws IOException {
        Instant until = Instant.now().plus(PATIENCE);
        while (!answers(at)) {
            if (!process.runs() || Instant.now().isAfter(until)) {
                throw new IOException(process.name() + " does not start; see " + process.log());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Whether its clock is at least so many seconds away from ours, by the date it answers with. */
    static boolean isElsewhere(URI node, long seconds) {
        try {
            HttpRequest ask = HttpRequest.newBuilder(readiness(node))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return CLIENT.send(ask, HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Date")
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                    .filter(theirs ->
                            Duration.between(theirs, Instant.now()).abs().toSeconds() >= seconds)
                    .isPresent();
        } catch (IOException no) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How often its relay has looked by the clock since it was started, as its own meters count it. */
    static long sweeps(URI node) throws IOException {
        try {
            HttpRequest ask = HttpRequest.newBuilder(node.resolve("/actuator/prometheus"))
                    .header("Authorization", Ledger.OPERATOR)
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return CLIENT.send(ask, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> SWEEPS.matcher(line).find())
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("broken off", e);
        }
    }

    static URI readiness(URI hub) {
        return hub.resolve(READINESS);
    }
}
