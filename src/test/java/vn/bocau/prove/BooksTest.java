package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hub's ledger, held against what was counted outside: of citizens, phones and one-stops too. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BooksTest {

    @TempDir
    Path folder;

    private final Book book = new Book();
    private HttpServer hub;
    private Partners partners;
    private String ledger = "";
    private String detail = "ok";

    @BeforeEach
    void open() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/api/ops/v1/", exchange -> {
            byte[] said = answer(exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
            exchange.close();
        });
        hub.start();
        partners = new Partners(folder, 1);
        Path records = Files.createDirectories(folder.resolve("partners/sandbox"));
        Files.writeString(records.resolve("tin-nhan.jsonl"), """
                {"what": "message", "messageId": "m-1", "fresh": true, "content": {"text": "one"}}
                {"what": "expired", "messageId": "expired-m-2", "fresh": true, "content": {}}
                """);
    }

    private String answer(URI asked) {
        if (asked.getPath().endsWith("/ledger")) {
            return "[" + ledger + "]";
        }
        if (asked.getPath().endsWith("/messages")) {
            return asked.getQuery().contains("partner=tin-nhan")
                    ? "{\"messages\": [{\"id\": \"m-3\"}]}"
                    : "{\"messages\": []}";
        }
        return "{\"attempts\": [{\"detail\": \"" + detail + "\"}]}";
    }

    @AfterEach
    void close() {
        hub.stop(0);
    }

    @Test
    void who_took_anything_in_is_known_by_its_record() throws IOException {
        assertThat(partners.heard()).containsExactly("tin-nhan");
    }

    @Test
    void what_all_say_alike_is_no_difference() throws IOException {
        book.accepted("scan");
        book.accepted("qti-tthcc");
        ledger = line("tin-nhan", "OUT", 2, 2, 0) + "," + line("scan", "IN", 1, 1, 0) + ","
                + line("qti-tthcc", "IN", 2, 2, 0);

        assertThat(differences()).isEmpty();
    }

    @Test
    void what_was_no_longer_so_when_its_turn_came_reached_nobody_and_is_no_difference() throws IOException {
        ledger = line("tin-nhan", "OUT", 3, 3, 0);
        assertThat(differences()).hasSize(1);
        detail = "không còn đúng, không gửi / no longer so, not sent";
        assertThat(differences()).isEmpty();
    }

    @Test
    void what_citizens_did_not_get_or_anybody_gave_up_is_told() throws IOException {
        book.accepted("scan");
        book.accepted("qti-tthcc");
        ledger = line("tin-nhan", "OUT", 3, 3, 0) + "," + line("dvcqg", "OUT", 1, 0, 1);

        assertThat(differences())
                .containsExactlyInAnyOrder(
                        "tin-nhan OUT confirmed: counted outside 2, the ledger says 3",
                        "dvcqg OUT discarded: counted outside 0, the ledger says 1",
                        "scan IN accepted: counted outside 1, the ledger says 0",
                        "qti-tthcc IN accepted, at least: counted outside 1, the ledger says 0");
    }

    @Test
    void it_is_not_at_rest_while_a_citizen_is_to_be_told_something() {
        ledger = line("tin-nhan", "OUT", 2, 2, 0);
        assertThat(books().isAtRest()).isTrue();
        ledger = ledger.replace("\"open\": 0", "\"open\": 1");
        assertThat(books().isAtRest()).isFalse();
    }

    private List<String> differences() throws IOException {
        return books().differences(partners, new Feed(new Doors(talk())));
    }

    private Books books() {
        return new Books(new Ledger(talk()), book, new Tally());
    }

    private Talk talk() {
        return new Talk(
                List.of(URI.create("http://localhost:" + hub.getAddress().getPort())), new Random(1), new Tally());
    }

    private static String line(String partner, String direction, int accepted, int confirmed, int discarded) {
        return "{\"partner\": \"" + partner + "\", \"direction\": \"" + direction + "\", \"accepted\": " + accepted
                + ", \"confirmed\": " + confirmed + ", \"open\": 0, \"parked\": 0, \"discarded\": " + discarded + "}";
    }
}
