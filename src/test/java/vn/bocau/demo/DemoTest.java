package vn.bocau.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A demo that cannot go on says why and what to do, in both languages whichever was asked for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void without_the_sandbox_it_says_how_to_start_it(boolean english) {
        assertThat(run(URI.create("http://localhost:1"), english)).isEqualTo(1);

        assertThat(said())
                .contains(
                        "Dừng: localhost:1 không trả lời.",
                        "Cách sửa: khởi động nó bằng ./bocau với BOCAU_SANDBOX=on",
                        "Stopped: localhost:1 does not answer.",
                        "Cure: start it with ./bocau and BOCAU_SANDBOX=on")
                .doesNotContain("Exception");
    }

    @Test
    void a_refusal_is_shown_with_where_to_look() throws Exception {
        HttpServer refusing = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        refusing.createContext("/", exchange -> {
            byte[] why = "{\"title\":\"down\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, why.length);
            exchange.getResponseBody().write(why);
            exchange.close();
        });
        refusing.start();
        try {
            int port = refusing.getAddress().getPort();
            assertThat(run(URI.create("http://localhost:" + port), false)).isEqualTo(1);

            assertThat(said())
                    .contains("trả lời 503 {\"title\":\"down\"}", "answers 503 {\"title\":\"down\"}", "as truc-ca");
        } finally {
            refusing.stop(0);
        }
    }

    private int run(URI sandbox, boolean english) {
        return Demo.run(
                URI.create("http://localhost:1"), sandbox, new PrintStream(out, true, StandardCharsets.UTF_8), english);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
