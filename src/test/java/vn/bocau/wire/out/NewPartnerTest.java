package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.DailyHours;
import vn.bocau.code.NotYet;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.journal.LineSettings;
import vn.bocau.journal.Sending;
import vn.bocau.wire.Json;
import vn.bocau.wire.KnownSecrets;
import vn.bocau.wire.mapping.FewPartners;

/** A partner nobody has heard of, made of files in the operator's folder alone, against a server of the test's own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NewPartnerTest {

    private static final String WISH = "{\"about\": \"x\", \"login\": %s, \"messages\": {\"progress\": %s}}";
    private static final String OPEN = "{\"kind\": \"none\"}";

    /** What came over the wire. */
    private record Came(String method, String uri, Map<String, List<String>> headers, String body) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }
    }

    private interface Behaviour {
        void answer(HttpExchange exchange, Came came) throws IOException;
    }

    @TempDir
    Path folder;

    private final List<Came> came = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = (exchange, said) -> say(exchange, 200, "{\"ok\": true}");
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var said = new Came(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            came.add(said);
            behaviour.answer(exchange, said);
        });
        server.start();
        file(
                "answer.jslt",
                "if (.body.ok) {\"outcome\": \"CONFIRMED\", \"detail\": \"ok\"}"
                        + " else if (.status == 401) {\"outcome\": \"LOGIN_EXPIRED\", \"detail\": \"401\"}"
                        + " else {\"outcome\": \"REFUSED\", \"code\": \"no\", \"detail\": \"HTTP \" + .status}");
        file("progress.out.jslt", "{\"ma\": .dossier.code, \"noiDung\": .event.vi, \"so\": 7}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void files_alone_let_a_new_partner_be_spoken_to() {
        dialect("{\"kind\": \"basic\", \"user\": \"{partner.user}\"}", """
                {"method": "PUT", "path": "/v1/{partner.unit}/ho-so/{message.ma}?lan={message.so}",
                 "headers": {"X-Id": "{id}", "X-Client": "{client}"}}""");
        Sending sending = sending("a/b ?đ");

        assertThat(speak(sending)).isEqualTo("ok");

        Came request = came.get(0);
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.uri()).isEqualTo("/api/v1/H50%20x/ho-so/a%2Fb%20%3F%C4%91?lan=7");
        assertThat(request.header("X-id")).isEqualTo(sending.id().toString());
        assertThat(request.header("X-client")).isEqualTo("moi");
        assertThat(request.header("Authorization")).isEqualTo("Basic bWU6c2VjcmV0");
        assertThat(request.header("Content-type")).isEqualTo("application/json");
        assertThat(Json.parse(request.body())).isEqualTo(Json.parse("{\"noiDung\": \"Bưu tá đang đi phát\"}"));
    }

    @Test
    void a_partner_of_xml_is_one_too() {
        file("dialect.json", WISH.formatted(OPEN, "{\"path\": \"/xml\", \"content\": \"xml\"}"));
        file("progress.out.xsl", """
                <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                    xmlns:j="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="j">
                  <xsl:template match="/j:map"><step><xsl:value-of select="j:map[@key='event']/j:string[@key='vi']"/></step></xsl:template>
                </xsl:stylesheet>""");
        file("answer.xsl", """
                <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
                  <xsl:output method="text"/><xsl:param name="status"/>
                  <xsl:template match="/done">{"outcome":"CONFIRMED","detail":"HTTP <xsl:value-of select="$status"/>"}</xsl:template>
                </xsl:stylesheet>""");
        behaviour = (exchange, said) -> say(exchange, 200, "<done/>");

        assertThat(speak(sending("D-1"))).isEqualTo("HTTP 200");
        assertThat(came.get(0).body()).endsWith("<step>Bưu tá đang đi phát</step>");
        assertThat(came.get(0).header("Content-type")).startsWith("application/xml");

        behaviour = (exchange, said) -> say(exchange, 200, "{\"ok\": true}");
        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("not XML");
    }

    @Test
    void a_partner_is_shown_its_key_in_headers_of_its_own() {
        dialect(
                "{\"kind\": \"key\", \"headers\": {\"X-Api-Key\": \"{secret}\", \"X-Unit\": \"{partner.unit}\"}}",
                "{\"path\": \"/p\"}");

        assertThat(speak(sending("D-1"))).isEqualTo("ok");

        assertThat(came.get(0).header("X-api-key")).isEqualTo("secret");
        assertThat(came.get(0).header("X-unit")).isEqualTo("H50 x");
        assertThat(came.get(0).header("Authorization")).isEmpty();
    }

    @Test
    void who_wants_its_credentials_in_the_body_gets_them_there() {
        dialect(
                "{\"kind\": \"oauth2\", \"path\": \"/token\", \"credentials\": \"body\", \"user\": \"{partner.unit}\"}",
                "{\"path\": \"/p\"}");
        behaviour = (exchange, said) -> say(
                exchange,
                200,
                said.uri().endsWith("/token") ? "{\"access_token\": \"t\", \"expires_in\": 60}" : "{\"ok\": true}");

        assertThat(speak(sending("D-1"))).isEqualTo("ok");

        assertThat(came.get(0).body()).isEqualTo("grant_type=client_credentials&client_id=H50+x&client_secret=secret");
        assertThat(came.get(0).header("Authorization")).isEmpty();
        assertThat(came.get(1).header("Authorization")).isEqualTo("Bearer t");
    }

    /** Whoever takes the first of two words and not the second is told both again, and is not confirmed before. */
    @Test
    void two_words_are_said_one_after_the_other_and_confirmed_together() {
        file(
                "dialect.json",
                "{\"about\": \"x\", \"login\": {\"kind\": \"none\"}, \"messages\": {\"progress\": {\"path\": \"/first\","
                        + " \"then\": \"second\"}, \"second\": {\"path\": \"/second\", \"mapping\": \"progress\"}}}");
        behaviour = (exchange, said) -> say(exchange, came.size() == 2 ? 503 : 200, "{\"ok\": true}");
        Sending sending = sending("D-1");

        assertThatThrownBy(() -> speak(sending)).isInstanceOf(Unavailable.class);
        assertThat(speak(Outward.again(sending))).isEqualTo("ok");

        assertThat(came)
                .extracting(Came::uri)
                .containsExactly("/api/first", "/api/second", "/api/first", "/api/second");
        behaviour = (exchange, said) -> say(exchange, 422, "{}");
        assertThatThrownBy(() -> speak(sending("D-2"))).isInstanceOf(Refused.class);
        assertThat(came).as("what follows a word that is refused is not said").hasSize(5);
    }

    @Test
    void a_token_that_lasts_is_asked_for_once_and_again_when_it_has_ended() {
        dialect("{\"kind\": \"oauth2\", \"path\": \"/token\"}", "{\"path\": \"/p\"}");
        var tokens = new AtomicInteger();
        behaviour = (exchange, said) -> {
            if (said.uri().endsWith("/token")) {
                say(
                        exchange,
                        200,
                        "{\"access_token\": \"t" + tokens.incrementAndGet()
                                + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}");
            } else {
                // The partner has forgotten its first token.
                boolean known = !said.header("Authorization").equals("Bearer t1") || came.size() < 4;
                say(exchange, known ? 200 : 401, known ? "{\"ok\": true}" : "{}");
            }
        };
        Dialects dialects = dialects();

        for (int i = 0; i < 4; i++) {
            assertThat(dialects.speak(sending("D-" + i))).isEqualTo("ok");
        }

        assertThat(tokens).hasValue(2);
        assertThat(came)
                .extracting(Came::uri)
                .containsExactly("/api/token", "/api/p", "/api/p", "/api/p", "/api/token", "/api/p", "/api/p");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "1e300", "\"soon\""})
    void however_long_a_token_is_said_to_last_it_is_one(String life) {
        dialect("{\"kind\": \"oauth2\", \"path\": \"/token\"}", "{\"path\": \"/p\"}");
        behaviour = (exchange, said) -> say(
                exchange,
                200,
                said.uri().endsWith("/token")
                        ? "{\"access_token\": \"t\", \"expires_in\": " + life + "}"
                        : "{\"ok\": true}");

        assertThat(speak(sending("D-1"))).isEqualTo("ok");
    }

    /** One after another, six of them would take six times as long as a partner may take to answer. */
    @Test
    void who_waits_for_a_login_that_is_not_answered_waits_no_longer_than_for_an_answer() throws Exception {
        dialect("{\"kind\": \"oauth2\", \"path\": \"/token\"}", "{\"path\": \"/p\"}");
        var enough = new java.util.concurrent.CountDownLatch(1);
        behaviour = (exchange, said) -> {
            try {
                enough.await(30, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Dialects dialects = dialects();
        ExecutorService messages = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Throwable>> all = IntStream.range(0, 6)
                    .<Callable<Throwable>>mapToObj(n -> () -> catchThrowable(() -> dialects.speak(sending("D-" + n))))
                    .toList();

            List<Future<Throwable>> ended = messages.invokeAll(all, 7, java.util.concurrent.TimeUnit.SECONDS);

            assertThat(ended).allSatisfy(one -> {
                assertThat(one.isCancelled()).isFalse();
                assertThat(one.get()).isInstanceOf(Unavailable.class);
            });
        } finally {
            enough.countDown();
            messages.shutdownNow();
        }
    }

    @Test
    void nothing_is_said_whose_answer_could_come_when_another_node_may_say_it_too() {
        dialect(OPEN, "{\"path\": \"/p\"}");
        Sending sending = sending("D-1");
        var late = new Sending(
                sending.seq(),
                sending.id(),
                sending.partner(),
                sending.kind(),
                sending.key(),
                sending.subject(),
                sending.body(),
                1,
                java.time.Instant.now().plusSeconds(2),
                null);

        assertThatThrownBy(() -> speak(late)).isInstanceOf(Unavailable.class);
        assertThat(came).isEmpty();
        assertThat(speak(sending)).isEqualTo("ok");
    }

    @Test
    void nobody_is_sent_on_to_another_address() {
        dialect(OPEN, "{\"path\": \"/p\"}");
        behaviour = (exchange, said) -> {
            exchange.getResponseHeaders().add("Location", "http://localhost:1/elsewhere");
            say(exchange, 302, "");
        };

        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(Unavailable.class)
                .hasMessage("moi answered 302: it has moved; mend its base_url");
        assertThat(came).hasSize(1);
    }

    @Test
    void an_answer_without_end_is_hung_up_on() {
        dialect(OPEN, "{\"path\": \"/p\"}");
        behaviour = (exchange, said) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = "x".repeat(65_536).getBytes(StandardCharsets.UTF_8);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 1_000; i++) {
                    out.write(block);
                }
            }
        };

        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("answered more than");
    }

    @Test
    void an_answer_that_drips_is_not_waited_for_for_ever() {
        dialect(OPEN, "{\"path\": \"/p\"}");
        var enough = new java.util.concurrent.CountDownLatch(1);
        behaviour = (exchange, said) -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            try {
                enough.await(20, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("did not answer within");
        enough.countDown();
    }

    @Test
    void not_now_is_not_no() {
        dialect(OPEN, "{\"path\": \"/p\"}");
        for (int status : List.of(408, 425, 429, 500, 502, 503, 504)) {
            behaviour = (exchange, said) -> say(exchange, status, "{\"ok\": true}");
            assertThatThrownBy(() -> speak(sending("D-1")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessage("moi answered " + status);
        }
        for (int status : List.of(200, 403, 404)) {
            behaviour = (exchange, said) -> say(exchange, status, "<html>Nguyễn Văn A</html>");
            assertThatThrownBy(() -> speak(sending("D-1")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessage("moi answered " + status + " with something that is not JSON");
        }
        behaviour = (exchange, said) -> say(exchange, 422, "{\"error\": \"Nguyễn Văn A\"}");
        assertThatThrownBy(() -> speak(sending("D-1"))).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo("no");
            assertThat(r.getMessage()).contains("HTTP 422").doesNotContain("Nguyễn");
        });
        server.stop(0);
        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(Unavailable.class)
                .hasMessage("moi cannot be reached or broke off (ConnectException)");
    }

    @Test
    void a_wrong_dialect_holds_the_line_and_names_the_field_until_it_is_mended() {
        Dialects dialects = dialects();
        Map<String, String> wrong = Map.of(
                "{",
                "not valid JSON",
                WISH.formatted("{\"kind\": \"magic\"}", "{}"),
                "/login/kind Expected one of",
                WISH.formatted("{\"kind\": \"session\"}", "{}"),
                "/login/session This field is required",
                WISH.formatted(OPEN, "{\"path\": \"no-slash\"}"),
                "/messages/progress/path Expected a path that begins with /",
                WISH.formatted(OPEN, "{\"paht\": \"/p\"}"),
                "/messages/progress/paht There is no such field here",
                WISH.formatted("{\"kind\": \"key\"}", "{}"),
                "/login/headers This field is required",
                WISH.formatted(OPEN, "{\"then\": \"nothing\"}"),
                "then must name a message of this dialect",
                WISH.formatted(OPEN, "{\"then\": \"progress\"}"),
                "that has no then of its own: progress",
                WISH.formatted(OPEN, "{\"content\": \"xml\"}"),
                "it needs a file mappings/moi/progress.out.xsl");
        wrong.forEach((json, why) -> {
            file("dialect.json", json);
            assertThatThrownBy(() -> dialects.speak(sending("D-1")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageStartingWith("mappings/moi/dialect.json is wrong: ")
                    .hasMessageContaining(why);
        });
        assertThat(came).isEmpty();

        dialect(OPEN, "{\"path\": \"/p\"}");
        assertThat(dialects.speak(sending("D-1"))).isEqualTo("ok");
    }

    /** All of it would fail with every message, and is seen when the file is read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            none           | {"headers": {"Host": "x"}}                                    | the header Host cannot be set
            none           | {"headers": {"X Ma": "x"}}                                    | the header X Ma cannot be set
            none           | {"headers": {"X-Noi": "Huế"}}                                 | the header X-Noi can hold ASCII only
            none           | {"path": "/{message.ma}", "content": "xml"}                   | progress: nothing fills {message.ma} here
            none           | {"headers": {"X-Ma": "{message.ma}"}, "content": "xml"}       | progress: nothing fills {message.ma} here
            none           | {"path": "/{di}"}                                             | progress: nothing fills {di} here
            none           | {"path": "/{id}", "transport": "soap"}                        | progress: nothing fills {id} here
            none           | {"path": "/{message.ma}", "transport": "soap"}                | progress: nothing fills {message.ma} here
            none           | {"headers": {"Content-type": "x/y"}, "transport": "soap"}     | progress: over SOAP the header Content-type cannot be set
            webhook        | {"transport": "soap"}                                         | webhook cannot sign an envelope
            username-token | {"path": "/p"}                                                | username-token goes over SOAP alone
            """)
    void a_dialect_that_could_never_be_spoken_is_told_by_its_file_and_place(String login, String progress, String why) {
        dialect("{\"kind\": \"" + login + "\"}", progress);

        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("mappings/moi/dialect.json is wrong: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"X-Unit, {partner.unit}", "X-Client, a{client}"})
    void what_a_row_puts_into_a_header_has_to_be_ASCII_and_is_seen_before_it_is_said(String header, String template) {
        dialect(OPEN, "{\"path\": \"/p\", \"headers\": {\"" + header + "\": \"" + template + "\"}}");
        Partner partner = partner("Huế", Map.of("unit", "Huế"));
        String wrong = "Huế: the header " + header
                + " can hold ASCII only; look at the setting, the client_id or the secret" + " that goes into it.";

        assertThat(wrong(partner)).containsExactly(wrong);
        assertThatThrownBy(() -> Outward.dialects(folder, Map.of(), partner)
                        .speak(Outward.sending("Huế", "progress", sending("D-1").body())))
                .isInstanceOf(Unavailable.class)
                .hasMessage(wrong);
    }

    @Test
    void a_secret_that_no_header_can_hold_is_seen_before_it_is_shown() {
        dialect("{\"kind\": \"bearer\"}", "{\"path\": \"/p\"}");

        assertThat(wrong(partner("moi", Map.of()), "bí mật"))
                .singleElement()
                .asString()
                .startsWith("moi: the header Authorization can hold ASCII only")
                .doesNotContain("bí mật");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "content-type"})
    void a_dialect_says_the_type_of_what_leaves_itself_and_once(String name) {
        dialect(OPEN, "{\"path\": \"/p\", \"headers\": {\"" + name + "\": \"application/vnd.moi+json\"}}");

        assertThat(speak(sending("D-1"))).isEqualTo("ok");

        assertThat(came.get(0).headers().get("Content-type")).containsExactly("application/vnd.moi+json");
    }

    @Test
    void over_SOAP_a_partner_is_shown_its_login_and_headers_and_each_message_goes_to_its_own_address() {
        file(
                "dialect.json",
                "{\"about\": \"x\", \"login\": {\"kind\": \"bearer\"}, \"messages\": {"
                        + "\"progress\": {\"transport\": \"soap\", \"path\": \"/first\", \"headers\": {\"X-Ma\": \"{id}\"}},"
                        + "\"status\": {\"transport\": \"soap\", \"path\": \"/second\", \"mapping\": \"progress\"}}}");
        file("progress.out.xsl", """
                <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
                  <xsl:template match="/*"><step xmlns="urn:moi">1</step></xsl:template>
                </xsl:stylesheet>""");
        file("answer.xsl", """
                <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
                  <xsl:output method="text"/>
                  <xsl:template match="/done">{"outcome":"CONFIRMED","detail":"ok"}</xsl:template>
                </xsl:stylesheet>""");
        behaviour = (exchange, said) -> {
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
            say(
                    exchange,
                    200,
                    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><done/></s:Body></s:Envelope>");
        };
        Dialects dialects = dialects();
        Sending first = sending("D-1");
        Sending second = sending("D-2");

        assertThat(dialects.speak(first)).isEqualTo("ok");
        assertThat(dialects.speak(Outward.sending("moi", "status", first.body())))
                .isEqualTo("ok");
        assertThat(dialects.speak(second)).isEqualTo("ok");

        assertThat(came).extracting(Came::uri).containsExactly("/api/first", "/api/second", "/api/first");
        assertThat(came).extracting(one -> one.header("Authorization")).containsOnly("Bearer secret");
        assertThat(came)
                .extracting(one -> one.header("X-ma"))
                .containsExactly(first.id().toString(), "", second.id().toString());
    }

    @Test
    void a_token_is_asked_for_at_the_address_of_another_server_and_for_what_the_dialect_names() {
        String elsewhere = "http://localhost:" + server.getAddress().getPort() + "/elsewhere/token";
        dialect(
                "{\"kind\": \"oauth2\", \"path\": \"" + elsewhere + "\", \"scope\": \"ho-so {partner.unit}\"}",
                "{\"path\": \"/p\"}");
        behaviour = (exchange, said) -> say(
                exchange,
                200,
                said.uri().equals("/elsewhere/token")
                        ? "{\"access_token\": \"t\", \"expires_in\": 60}"
                        : "{\"ok\": true}");

        assertThat(speak(sending("D-1"))).isEqualTo("ok");

        assertThat(came.get(0).body()).isEqualTo("grant_type=client_credentials&scope=ho-so+H50+x");
        assertThat(came).extracting(Came::uri).containsExactly("/elsewhere/token", "/api/p");
        assertThat(wrong(partner("moi", Map.of("unit", "x")), "secret")).isEmpty();
        Partner overTls = Outward.partner(
                Partner.Kind.PORTAL, "moi", "moi", URI.create("https://localhost:1"), Map.of("unit", "x"));
        assertThat(wrong(overTls, "secret"))
                .containsExactly("Where we log in to moi must begin with https:// as its base_url does.");
    }

    /** What is said outside waits, whoever is awake. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-28T06:59:59, false",
        "2026-11-28T07:00:00, true",
        "2026-11-28T20:59:59, true",
        "2026-11-28T21:00:00, false"
    })
    void a_partner_is_spoken_to_in_its_hours(LocalDateTime time, boolean spoken) {
        file(
                "dialect.json",
                "{\"about\": \"x\", \"login\": {\"kind\": \"none\"}, \"hours\": {\"from\": \"07:00\", \"until\": \"21:00\"},"
                        + " \"messages\": {\"progress\": {\"path\": \"/p\"}}}");
        Instant then = time.toInstant(ZoneOffset.ofHours(7));
        Dialects dialects =
                Outward.dialects(Clock.fixed(then, ZoneOffset.UTC), folder, Map.of(), partner("moi", Map.of()));
        var peers =
                new Peers(FewPartners.of(folder, partner("moi", Map.of())).directories(), KnownSecrets.of(Map.of()));
        assertThat(new PeerHours(peers).of("moi")).contains(new DailyHours(LocalTime.of(7, 0), LocalTime.of(21, 0)));
        assertThat(new PeerHours(peers).of("nobody")).isEmpty();

        if (spoken) {
            assertThat(dialects.speak(sending("D-1"))).isEqualTo("ok");
        } else {
            assertThatThrownBy(() -> dialects.speak(sending("D-1"))).isInstanceOfSatisfying(NotYet.class, waits -> {
                assertThat(waits.reason().en()).contains("from 07:00 to 21:00");
                assertThat(waits.until()).isAfter(then).isBefore(then.plus(Duration.ofDays(1)));
                assertThat(LocalTime.ofInstant(waits.until(), ZoneOffset.ofHours(7)))
                        .isEqualTo("07:00");
            });
        }
    }

    @Test
    void a_setting_that_is_missing_holds_the_line_and_is_named() {
        dialect(OPEN, "{\"path\": \"/{partner.nowhere}\"}");

        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Partner moi has no setting nowhere.");
    }

    @Test
    void a_wait_nobody_should_wait_for_is_refused_as_a_setting() {
        dialect(OPEN, "{\"path\": \"/p\"}");
        URI at = URI.create("http://localhost:" + server.getAddress().getPort());
        for (String wait : List.of("10", "31000", "soon", "-100")) {
            var partner = Outward.partner(Partner.Kind.PORTAL, "moi", "moi", at, Map.of("read-timeout", wait));
            assertThatThrownBy(() -> Outward.dialects(folder, Map.of(), partner).speak(sending("D-1")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessage("Partner moi: setting read-timeout must be milliseconds from 100 to 30000.");
        }
    }

    @Test
    void a_translation_that_fails_is_our_own_fault_and_quotes_nothing() {
        dialect(OPEN, "{\"path\": \"/p\"}");
        file("progress.out.jslt", "local-time(.event.vi, \"yyyy\")");

        assertThatThrownBy(() -> speak(sending("D-1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("mappings/moi/progress.out.jslt fails in local-time");
        assertThat(came).isEmpty();
    }

    /** What a reload would say of it. */
    private List<String> wrong(Partner partner, String... secret) {
        Map<String, String> secrets = secret.length == 0 ? Map.of() : Map.of("moi", secret[0]);
        Directory next = FewPartners.of(folder, partner).directories().current();
        var lines = new LineSettings(
                Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofMinutes(1), 10);
        return new PeerCheck(KnownSecrets.of(secrets), lines)
                .wrong(partner, next).stream()
                        .map(Text::en)
                        // This dialect says less than a portal is told.
                        .filter(text -> !text.contains("which a partner of this kind is told"))
                        .filter(text -> !text.equals("The secret Huế is not set."))
                        .toList();
    }

    private Partner partner(String id, Map<String, String> settings) {
        URI at = URI.create("http://localhost:" + server.getAddress().getPort() + "/api/");
        return Outward.partner(Partner.Kind.PORTAL, id, "moi", at, settings);
    }

    private String speak(Sending sending) {
        return dialects().speak(sending);
    }

    private Dialects dialects() {
        URI at = URI.create("http://localhost:" + server.getAddress().getPort() + "/api/");
        return Outward.dialects(
                folder,
                Map.of("moi", "secret"),
                Outward.partner(Partner.Kind.PORTAL, "moi", "moi", at, Map.of("unit", "H50 x", "user", "me")));
    }

    private static Sending sending(String code) {
        JsonNode body = Outward.body("dvcqg/examples/progress.out/out-for-delivery.in.json");
        ((com.fasterxml.jackson.databind.node.ObjectNode) body.path("dossier")).put("code", code);
        return Outward.sending("moi", "progress", body);
    }

    private void dialect(String login, String progress) {
        file("dialect.json", WISH.formatted(login, progress));
    }

    private void file(String name, String text) {
        try {
            Files.createDirectories(folder.resolve("moi"));
            Files.writeString(folder.resolve("moi").resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
