package vn.bocau.wire.http.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.journal.Inbound;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.EchoingDomain;
import vn.bocau.wire.http.OwnHub;

/** The portals' door by itself: who is let in, what is read, what is said to who is wrong. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortalDoorTest {

    private static final String SECRET = "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static OwnHub hub;
    private static String token;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of(), EchoingDomain.class);
        token = token("portal-dvcqg", "sandbox-portal-secret");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void forget() {
        EchoingDomain.CAME.clear();
    }

    @Test
    void a_request_reaches_the_domain_in_our_words_and_is_kept_as_it_came() {
        ObjectNode request = request();
        request.withObject("dossier").withArray("codes").removeAll().addObject().put("code", "H50-1");

        Http.Answer answer = post("/requests", request, key());

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.whole().headers().firstValue("Idempotency-Replayed")).isEmpty();
        Inbound came = EchoingDomain.CAME.get(0);
        assertThat(came.partner()).isEqualTo("dvcqg");
        assertThat(came.payload().at("/dossier/codes/0/system").asText()).isEqualTo("dvcqg");
        assertThat(came.received()).isEqualTo(request);
    }

    @Test
    void a_change_of_address_a_cancellation_and_a_payment_reach_the_domain() {
        ObjectNode change = object("dossier", "H50-1").put("leg", "RESULT");
        change.set("party", party());
        assertThat(post("/dossiers/address-change", change, key()).status()).isEqualTo(200);
        assertThat(post("/dossiers/cancellation", object("dossier", "H50-1").put("leg", "ALL"), key())
                        .status())
                .isEqualTo(200);
        assertThat(post("/dossiers/payment", object("dossier", "H50-1").put("paid", false), key())
                        .status())
                .isEqualTo(200);

        assertThat(EchoingDomain.CAME)
                .extracting(Inbound::kind)
                .containsExactly("portal.change-address", "portal.cancel", "portal.payment");
    }

    @Test
    void a_repeat_gets_the_first_answer_and_says_so() {
        String key = key();
        Http.Answer first = post("/requests", request(), key);

        Http.Answer again = post("/requests", request(), '"' + key + '"');

        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.whole().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(messages(key)).isEqualTo(1);
    }

    @Test
    void a_key_used_for_something_else_is_refused() {
        String key = key();
        post("/requests", request(), key);
        ObjectNode other = request();
        other.withObject("dossier").put("filedOn", "2026-05-01");

        Http.Answer answer = post("/requests", other, key);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("code").asText()).isEqualTo("key-reused");
    }

    @Test
    void the_same_request_ten_times_at_once_is_done_once() {
        String key = key();
        List<CompletableFuture<Http.Answer>> all = IntStream.range(0, 10)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> post("/requests", request(), key)))
                .toList();

        assertThat(all).allSatisfy(a -> assertThat(a.join().status()).isEqualTo(202));
        assertThat(messages(key)).isEqualTo(1);
        assertThat(all.stream()
                        .filter(a -> a.join()
                                .whole()
                                .headers()
                                .firstValue("Idempotency-Replayed")
                                .isPresent()))
                .hasSize(9);
    }

    @Test
    void what_is_wrong_is_told_in_the_language_asked_for() {
        ObjectNode wrong = request();
        wrong.withObject("pickup").withObject("sender").put("phone", "call me");

        Http.Answer vietnamese = post("/requests", wrong, key());
        Http.Answer english = send(
                "/requests",
                wrong.toString().getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "Authorization",
                        token,
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        key(),
                        "Accept-Language",
                        "en"));

        assertThat(vietnamese.json().path("title").asText()).isEqualTo("Nội dung gửi đến chưa đúng");
        assertThat(vietnamese.whole().headers().firstValue("Content-Language")).hasValue("vi");
        assertThat(english.json().path("title").asText()).isEqualTo("What was sent is not right");
        assertThat(english.json().path("detail").asText()).startsWith("/pickup/sender/phone: Expected a telephone");
        assertThat(english.json().path("instance").asText()).startsWith("urn:uuid:");
        assertThat(english.text()).doesNotContain("call me");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void bad_bodies_are_refused_by_their_field_and_leave_nothing(String what, String path, byte[] body, String field) {
        long before = allMessages();

        Http.Answer answer = send(path, body, headers(key()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.whole().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.json().path("flaws").findValuesAsText("field")).contains(field);
        assertThat(answer.json().path("flaws")).allSatisfy(flaw -> {
            assertThat(flaw.path("vi").asText()).isNotBlank();
            assertThat(flaw.path("en").asText()).isNotBlank();
        });
        assertThat(EchoingDomain.CAME).isEmpty();
        assertThat(allMessages()).isEqualTo(before);
    }

    static Stream<Arguments> bad_bodies_are_refused_by_their_field_and_leave_nothing() {
        return Stream.of(
                bad("nothing", "", ""),
                bad("half of it", "{\"dossier\":", ""),
                bad("two values", "{} {}", ""),
                bad("the same field twice", "{\"dossier\":{},\"dossier\":{}}", ""),
                bad("a list", "[]", ""),
                bad("null", "null", ""),
                bad("XML", "<request/>", ""),
                bad("ten thousand brackets", "[".repeat(10_000), ""),
                arguments("UTF-16", "/requests", request().toString().getBytes(StandardCharsets.UTF_16), ""),
                arguments("Latin 1", "/requests", "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1), ""),
                wrong("a field nobody knows", "/birthday", r -> r.put("birthday", "1990-01-01")),
                wrong(
                        "a field nobody knows further down",
                        "/pickup/sender/email",
                        r -> sender(r).put("email", "x")),
                wrong("no dossier", "/dossier", r -> r.remove("dossier")),
                wrong("neither pickup nor result", "", r -> r.remove(List.of("pickup", "result"))),
                wrong("no code", "/dossier/codes", r -> dossier(r).putArray("codes")),
                wrong("a code of spaces", "/dossier/codes/0/code", r -> code(r, "   ")),
                wrong("a code too long", "/dossier/codes/0/code", r -> code(r, "9".repeat(101))),
                wrong("a code with a line break", "/dossier/codes/0/code", r -> code(r, "H50\n1")),
                wrong("a code with a zero", "/dossier/codes/0/code", r -> code(r, "H50\0001")),
                bad("half a letter", request().toString().replace("Tờ khai", "T\\ud800"), "/pickup/papers/0/name"),
                wrong(
                        "a number for a code",
                        "/dossier/codes/0/code",
                        r -> ((ObjectNode) r.at("/dossier/codes/0")).put("code", 7)),
                wrong("no procedure", "/dossier/procedure", r -> dossier(r).remove("procedure")),
                wrong(
                        "a procedure that is none",
                        "/dossier/procedure",
                        r -> dossier(r).put("procedure", "'; drop")),
                wrong("level 5", "/dossier/level", r -> dossier(r).put("level", 5)),
                wrong(
                        "a channel nobody knows",
                        "/dossier/channel",
                        r -> dossier(r).put("channel", "FAX")),
                wrong(
                        "a day that never was",
                        "/dossier/filedOn",
                        r -> dossier(r).put("filedOn", "2026-02-30")),
                wrong(
                        "a day written our way",
                        "/dossier/filedOn",
                        r -> dossier(r).put("filedOn", "15/04/2026")),
                wrong("a name of spaces", "/pickup/sender/name", r -> sender(r).put("name", " ")),
                wrong("a name too long", "/pickup/sender/name", r -> sender(r).put("name", "L".repeat(201))),
                wrong(
                        "a telephone with letters",
                        "/pickup/sender/phone",
                        r -> sender(r).put("phone", "09x")),
                wrong("no telephone", "/pickup/sender/phone", r -> sender(r).putNull("phone")),
                wrong(
                        "a commune of four digits",
                        "/pickup/sender/address/commune",
                        r -> address(r).put("commune", "1933")),
                wrong(
                        "an old district",
                        "/pickup/sender/address/district",
                        r -> address(r).put("district", 5210)),
                wrong(
                        "no street",
                        "/pickup/sender/address/street",
                        r -> address(r).remove("street")),
                wrong("no papers", "/pickup/papers", r -> pickup(r).putArray("papers")),
                wrong("a hundred and one papers", "/pickup/papers", r -> papers(r, 101)),
                wrong(
                        "no paper at all of a kind",
                        "/pickup/papers/0/count",
                        r -> ((ObjectNode) r.at("/pickup/papers/0")).put("count", 0)),
                wrong(
                        "a fee below nothing",
                        "/pickup/collectFee",
                        r -> pickup(r).put("collectFee", -1)),
                wrong("half a đồng", "/pickup/collectFee", r -> pickup(r).put("collectFee", 0.5)),
                wrong("a fee in words", "/pickup/collectFee", r -> pickup(r).put("collectFee", "8000")),
                wrong(
                        "a fee nobody can pay",
                        "/pickup/collectFee",
                        r -> pickup(r).put("collectFee", 10_000_000_000L)),
                wrong("COD of less than nothing", "/result/cod/amount", r -> cod(r, -1, "cong-chung-mau")),
                wrong("COD nobody can pay", "/result/cod/amount", r -> cod(r, 1_000_000_001, "cong-chung-mau")),
                wrong("COD for a name", "/result/cod/payee", r -> cod(r, 1_000, "Văn phòng công chứng")),
                wrong(
                        "COD for nobody",
                        "/result/cod/payee",
                        r -> r.withObject("/result/cod").put("amount", 1_000)),
                wrong(
                        "a payee of nothing",
                        "/result/cod/amount",
                        r -> r.withObject("/result/cod").put("payee", "cong-chung-mau")),
                bad("a fee that fills the memory", filled("1e999999999"), "/pickup/collectFee"),
                bad("a fee of a thousand digits", filled("1" + "0".repeat(900)), "/pickup/collectFee"),
                arguments(
                        "a change without an address",
                        "/dossiers/address-change",
                        bytes("{\"dossier\":\"H50\",\"leg\":\"RESULT\"}"),
                        "/party"),
                arguments(
                        "a change of a leg that has no door",
                        "/dossiers/address-change",
                        bytes("{\"dossier\":\"H50\",\"leg\":\"TRANSFER\",\"party\":" + party() + "}"),
                        "/leg"),
                arguments(
                        "a cancellation of nothing", "/dossiers/cancellation", bytes("{\"leg\":\"ALL\"}"), "/dossier"),
                arguments(
                        "a cancellation with a sermon",
                        "/dossiers/cancellation",
                        bytes("{\"dossier\":\"H50\",\"leg\":\"ALL\",\"reason\":\"" + "x".repeat(501) + "\"}"),
                        "/reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "ễ", "\"\""})
    void writing_needs_a_key_that_can_be_kept(String key) {
        Map<String, String> headers = headers(key);
        if (key.isEmpty() || key.equals("ễ")) {
            headers.remove("Idempotency-Key");
        }
        Http.Answer answer = send("/requests", bytes(request().toString()), headers);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("code").asText()).isEqualTo("idempotency-key");
        assertThat(answer.json().at("/flaws/0/field").asText()).isEqualTo("Idempotency-Key");
    }

    @Test
    void other_methods_types_sizes_and_addresses_have_answers_of_their_own() {
        assertThat(Http.get(hub.at("/api/portal/v1/requests"), headers(key())).status())
                .isEqualTo(405);
        assertThat(Http.delete(hub.at("/api/portal/v1/dossiers/H50-1"), headers(key()))
                        .status())
                .isEqualTo(405);
        var form = headers(key());
        form.put("Content-Type", "application/x-www-form-urlencoded");
        assertThat(send("/requests", bytes("a=b"), form).status()).isEqualTo(415);
        form.put("Content-Type", "nonsense");
        assertThat(send("/requests", bytes("{}"), form).status()).isEqualTo(415);
        assertThat(Http.get(hub.at("/api/portal/v1/nothing"), headers(key())).status())
                .isEqualTo(404);
        byte[] large = bytes("\"" + "x".repeat(1_100_000) + "\"");
        Http.Answer announced = send("/requests", large, headers(key()));
        assertThat(announced.status()).isEqualTo(413);
        Http.Answer unannounced = send(
                "/requests",
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)),
                headers(key()));
        assertThat(unannounced.status()).isEqualTo(413);
        assertThat(unannounced.json().path("code").asText()).isEqualTo("too-large");
        Http.Answer stranger = send("/requests", large, Map.of("Content-Type", "application/json"));
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(List.of(announced, unannounced, stranger))
                .as("who would ask again on this connection is told that it ends")
                .allSatisfy(answer -> assertThat(answer.whole().headers().firstValue("connection"))
                        .hasValue("close"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000.00.12.H50-260415-0007",
                "${exchangeId}",
                "${body[partner]}",
                "'quoted'",
                "\"quoted\"",
                "null",
                "true",
                "7",
                "a b",
                "a,b",
                "a/b",
                "a%2Fb",
                "a;b",
                "a\\b",
                "../x",
                "mã hồ sơ ễ",
                "a?b=c&d#e",
                "*",
                "direct:x"
            })
    void a_dossier_is_found_by_whatever_its_code_is(String code) {
        String encoded = URLEncoder.encode(code, StandardCharsets.UTF_8);

        Http.Answer answer = Http.get(hub.at("/api/portal/v1/dossiers?code=" + encoded), headers(key()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("partner").asText()).isEqualTo("dvcqg");
    }

    @Test
    void a_plain_code_may_stand_in_the_path() {
        assertThat(Http.get(hub.at("/api/portal/v1/dossiers/000.00.12.H50-260415-0007"), headers(key()))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("000.00.12.H50-260415-0007");
        assertThat(Http.get(hub.at("/api/portal/v1/dossiers/m%C3%A3%201"), headers(key()))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("mã 1");
        assertThat(Http.get(hub.at("/api/portal/v1/dossiers/unknown-1"), headers(key()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_code_that_is_none_is_refused_before_anybody_looks_for_it() {
        for (String code : List.of("", "%00", "%20x", "x".repeat(101), "%EF%BF%BD")) {
            Http.Answer answer = Http.get(hub.at("/api/portal/v1/dossiers?code=" + code), headers(key()));
            assertThat(answer.status()).as(code).isEqualTo(400);
        }
        Http.Answer missing = Http.get(hub.at("/api/portal/v1/dossiers"), headers(key()));
        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.json().at("/flaws/0/field").asText()).isEqualTo("code");
    }

    @Test
    void a_signed_request_needs_no_token_and_its_id_is_its_key() throws Exception {
        String body = request().toString();
        String id = "msg_" + key();

        Http.Answer first = send("/requests", bytes(body), signed(id, Instant.now(), body));
        Http.Answer again = send("/requests", bytes(body), signed(id, Instant.now(), body));

        assertThat(first.status()).as(first.text()).isEqualTo(202);
        assertThat(EchoingDomain.CAME.get(0).partner()).isEqualTo("webhook-portal");
        assertThat(EchoingDomain.CAME.get(0).key()).isEqualTo(id);
        assertThat(again.whole().headers().firstValue("Idempotency-Replayed")).hasValue("true");
    }

    @Test
    void a_signature_that_does_not_fit_opens_nothing() throws Exception {
        String body = request().toString();
        Map<String, String> fits = signed("msg_1", Instant.now(), body);
        Map<String, String> late = signed("msg_1", Instant.now().minusSeconds(301), body);
        Map<String, String> early = signed("msg_1", Instant.now().plusSeconds(360), body);
        Map<String, String> other = new HashMap<>(fits);
        other.put("webhook-id", "msg_2");
        Map<String, String> twice = new HashMap<>(fits);
        twice.put("Webhook-Id", "msg_2");
        Map<String, String> nobody = new HashMap<>(fits);
        nobody.put("Client-Id", "portal-nobody");
        Map<String, String> someoneElse = new HashMap<>(fits);
        someoneElse.put("Client-Id", "portal-dvcqg");
        Map<String, String> anAgency = new HashMap<>(fits);
        anAgency.put("Client-Id", "trung-tam-hcc");
        Map<String, String> garbage = new HashMap<>(fits);
        garbage.put("webhook-signature", "v1,!!!");

        for (Map<String, String> headers : List.of(late, early, other, twice, nobody, someoneElse, anAgency, garbage)) {
            assertThat(send("/requests", bytes(body), headers).status()).isEqualTo(401);
        }
        assertThat(send("/requests", bytes(body + " "), fits).status()).isEqualTo(401);
        assertThat(Http.get(hub.at("/api/portal/v1/dossiers/H50-1"), signed("msg_1", Instant.now(), ""))
                        .status())
                .isEqualTo(401);
        assertThat(EchoingDomain.CAME).isEmpty();
    }

    @Test
    void a_signed_key_is_used_even_when_another_is_claimed() throws Exception {
        String body = request().toString();
        Map<String, String> headers = signed("msg_signed", Instant.now(), body);
        headers.put("Idempotency-Key", "claimed");

        send("/requests", bytes(body), headers);

        assertThat(EchoingDomain.CAME.get(0).key()).isEqualTo("msg_signed");
    }

    @Test
    void a_token_of_another_make_opens_nothing() {
        String[] parts = token.split("\\.");
        for (String made : List.of(
                "Bearer ",
                "Bearer x",
                "Basic cG9ydGFsLWR2Y3FnOnNhbmRib3gtcG9ydGFsLXNlY3JldA==",
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1] + "." + parts[2].substring(1),
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJkdmNxZyIsImF1ZCI6InBvcnRhbCJ9.")) {
            var headers = headers(key());
            headers.put("Authorization", made);
            Http.Answer answer = send("/requests", bytes(request().toString()), headers);
            assertThat(answer.status()).as(made).isEqualTo(401);
            assertThat(answer.whole().headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        }
    }

    private static ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ObjectNode dossier = request.putObject("dossier")
                .put("procedure", "1.001193")
                .put("channel", "ONLINE")
                .put("filedOn", "2026-04-15")
                .put("agency", "000.00.12.H50");
        dossier.putArray("codes").addObject().put("system", "dvcqg").put("code", "000.00.12.H50-260415-0007");
        ObjectNode pickup = request.putObject("pickup");
        pickup.set("sender", party());
        pickup.putArray("papers")
                .addObject()
                .put("name", "Tờ khai")
                .put("original", true)
                .put("count", 1);
        request.putObject("result").set("receiver", party());
        return request;
    }

    private static ObjectNode party() {
        ObjectNode party = object("name", "Lê Thị Mẫu").put("phone", "0900000001");
        party.putObject("address").put("commune", "19333").put("street", "12 đường Mẫu");
        return party;
    }

    private static ObjectNode object(String field, String value) {
        return JsonNodeFactory.instance.objectNode().put(field, value);
    }

    private interface Spoiling {
        void spoil(ObjectNode request);
    }

    private static Arguments wrong(String what, String field, Spoiling spoiling) {
        ObjectNode request = request();
        spoiling.spoil(request);
        return bad(what, request.toString(), field);
    }

    private static Arguments bad(String what, String body, String field) {
        return arguments(what, "/requests", bytes(body), field);
    }

    private static void cod(ObjectNode request, long amount, String payee) {
        request.withObject("/result/cod").put("amount", amount).put("payee", payee);
    }

    private static String filled(String fee) {
        ObjectNode request = request();
        pickup(request).put("collectFee", 4711);
        return request.toString().replace("4711", fee);
    }

    private static ObjectNode dossier(ObjectNode request) {
        return request.withObject("dossier");
    }

    private static void code(ObjectNode request, String code) {
        ((ObjectNode) request.at("/dossier/codes/0")).put("code", code);
    }

    private static ObjectNode pickup(ObjectNode request) {
        return request.withObject("pickup");
    }

    private static ObjectNode sender(ObjectNode request) {
        return pickup(request).withObject("sender");
    }

    private static ObjectNode address(ObjectNode request) {
        return sender(request).withObject("address");
    }

    private static void papers(ObjectNode request, int n) {
        ArrayNode papers = pickup(request).putArray("papers");
        IntStream.range(0, n).forEach(i -> papers.addObject().put("name", "Tờ " + i));
    }

    private static Map<String, String> signed(String id, Instant at, String body) throws Exception {
        String signature = new Webhook(SECRET).sign(id, at.getEpochSecond(), body);
        return new HashMap<>(Map.of(
                "Client-Id",
                "portal-webhook",
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(at.getEpochSecond()),
                "webhook-signature",
                signature,
                "Content-Type",
                "application/json"));
    }

    private static String token(String client, String secret) {
        JsonNode answer = Http.form(
                        hub.at("/oauth2/token"), Http.basic(client, secret), "grant_type=client_credentials")
                .ok();
        return "Bearer " + answer.path("access_token").asText();
    }

    private static Map<String, String> headers(String key) {
        return new HashMap<>(
                Map.of("Authorization", token, "Content-Type", "application/json", "Idempotency-Key", key));
    }

    private static Http.Answer post(String path, JsonNode body, String key) {
        return send(path, bytes(body.toString()), headers(key));
    }

    private static Http.Answer send(String path, byte[] body, Map<String, String> headers) {
        return send(path, BodyPublishers.ofByteArray(body), headers);
    }

    private static Http.Answer send(String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(hub.at("/api/portal/v1" + path)).POST(body);
        headers.forEach(request::header);
        try {
            var answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Http.Answer(answer.statusCode(), answer.body(), answer);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static long messages(String key) {
        return hub.db()
                .sql("select count(*) from message where key = :key")
                .param("key", key)
                .query(Long.class)
                .single();
    }

    private static long allMessages() {
        return hub.db().sql("select count(*) from message").query(Long.class).single();
    }
}
