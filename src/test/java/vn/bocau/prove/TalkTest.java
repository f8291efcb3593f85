package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Who says it: at which door, how often, and what it makes of the answers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TalkTest {

    private static final int THINGS = 200;

    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<String, StringBuffer> heard = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final Tally tally = new Tally();

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void what_is_said_meets_both_doors_and_what_is_said_twice_too() throws IOException {
        say(List.of(door("A", TalkTest::same), door("B", TalkTest::same)));

        Map<Character, Long> first = new TreeMap<>();
        heard.values().forEach(doors -> first.merge(doors.charAt(0), 1L, Long::sum));
        assertThat(first.keySet()).containsExactly('A', 'B');
        assertThat(tally.saidTwice()).isPositive();
        assertThat(tally.crossed()).isEqualTo(tally.saidTwice());
    }

    @Test
    void where_there_is_one_door_nothing_is_said_to_two() throws IOException {
        say(List.of(door("A", TalkTest::same)));

        assertThat(tally.saidTwice()).isPositive();
        assertThat(tally.crossed()).isZero();
    }

    @Test
    void now_and_then_something_is_said_once_more_when_two_others_have_followed_it() throws IOException {
        say(List.of(door("A", TalkTest::same)));

        assertThat(tally.lates()).isPositive();
        assertThat(order.stream()
                        .filter(n -> order.lastIndexOf(n) - order.indexOf(n) >= 2)
                        .distinct()
                        .count())
                .isGreaterThanOrEqualTo(tally.lates());
    }

    @Test
    void a_repeat_that_is_answered_otherwise_is_wrong() throws IOException {
        var number = new AtomicInteger();
        say(List.of(door("A", name -> "{\"item\": " + number.incrementAndGet() + "}")));
        assertThat(tally.wrongs()).isPositive();
        assertThat(tally.firstWrongs()).allMatch(wrong -> wrong.startsWith("portal said again is answered otherwise"));
    }

    @Test
    void that_it_is_a_repeat_is_no_other_answer() throws IOException {
        var number = new AtomicInteger();
        say(
                "SOAP",
                List.of(door(
                        "A", name -> "<item>1</item><a:repeat>" + (number.incrementAndGet() > 1) + "</a:repeat>")));
        assertThat(tally.saidTwice()).isPositive();
        assertThat(tally.wrongs()).isZero();
    }

    private void say(List<URI> doors) {
        say("portal", doors);
    }

    private void say(String what, List<URI> doors) {
        var talk = new Talk(doors, new Random(1), tally);
        for (int n = 0; n < THINGS; n++) {
            String name = "n" + n;
            talk.say(
                    what, hub -> HttpRequest.newBuilder(hub).POST(HttpRequest.BodyPublishers.ofString(name)), () -> {});
        }
    }

    private static String same(String name) {
        return "{\"said\": \"" + name + "\"}";
    }

    /** Writes down, for each thing that is said there, by which name it goes itself. */
    private URI door(String self, UnaryOperator<String> answer) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String name = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.computeIfAbsent(name, n -> new StringBuffer()).append(self);
            order.add(name);
            byte[] said = answer.apply(name).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }
}
