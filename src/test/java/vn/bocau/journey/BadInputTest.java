package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.core.MessageCreator;
import vn.bocau.journey.Doors.Phone;

/**
 * Bad input on every door of a whole hub: who sends it is told which field is to blame, nothing personal is repeated,
 * nothing is left in the tables, and it is no incident of ours. What a door refuses by its schema alone stands in that
 * door's own tests; here is what passes a schema and might break further in.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 25, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadInputTest {

    private static final String RIGHT_TO_LEFT = "\u202e";
    private static final String ZERO_WIDTH = "\u200b";
    private static final String NO_BREAK = "\u00a0";
    private static final String DECOMPOSED = "e\u0302\u0303";
    private static final String SOON = Filed.today().plusDays(30).toString();
    private static final String LATER = Filed.today().plusDays(31).toString();
    private static final byte[] PHOTO =
            java.util.Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, 2 * 1024 * 1024);
    private static final byte[] STROKES = "[[[12,40],[18,22]]]".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path reference;

    private static World world;
    private static Doors doors;
    private static Phone worker;
    private static Phone elsewhere;

    /** Filed by the national portal, to be fetched by the worker's office. */
    private static String mine;

    private static String item;

    /** Filed by another portal, at another agency, and fetched by another office. */
    private static String theirs;

    private static String theirItem;

    /** Handlings that name {@link #STROKES}: one of the worker's office, one of the other. */
    private static String proven;

    private static String provenElsewhere;

    @BeforeAll
    static void begin() throws IOException {
        Files.createDirectories(reference.resolve("sandbox"));
        Files.writeString(
                reference.resolve("sandbox/partners.csv"),
                Files.readString(Path.of("src/main/resources/reference/sandbox/partners.csv"))
                                .strip()
                        + "\njms-portal,PORTAL,Cổng nói JMS,,NONE,,,,,1,queue-kinds=portal.request portal.cancel\n"
                        + "jms-agency,AGENCY,Cơ quan nói JMS,,NONE,,,,000.03.12.H50,1,queue-kinds=agency.receive agency.supplement\n");
        world = new World(Map.of("bocau.reference", reference.toString()), Map.of());
        doors = new Doors(world);
        worker = doors.phone("buu-ta");
        elsewhere = doors.phone("buu-ta-le-thuy");
        ObjectNode wish = Doors.wish("19333");
        mine = wish.at("/dossier/codes/0/code").asText();
        item = pickup(doors.portal("/requests", wish));
        ObjectNode other = Doors.wish("19249");
        dossier(other).put("agency", "000.03.12.H50");
        theirs = other.at("/dossier/codes/0/code").asText();
        theirItem = pickup(doors.portal(
                doors.portal("portal-opencps", "sandbox-opencps-secret"),
                "/requests",
                UUID.randomUUID().toString(),
                other));
        proven = proven(worker, pickup(doors.portal("/requests", Doors.wish("19333"))), STROKES);
        provenElsewhere = proven(elsewhere, theirItem, STROKES);
    }

    @AfterAll
    static void end() {
        world.close();
    }

    /** Each test's own lines, and those between the tests, so in the end all of them. */
    @AfterEach
    void no_incident_and_nobodys_name_in_the_log(CapturedOutput log) {
        assertThat(log.getAll())
                .doesNotContain(" ERROR ")
                .doesNotContain(Doors.NAME, Doors.PHONE, Doors.STREET)
                .doesNotContain(encoded(Doors.NAME), encoded(Doors.STREET));
    }

    /**
     * @param call what somebody says
     * @param code what is answered, for programs
     * @param field which is to blame; empty when it is the whole
     */
    record Bad(String what, Supplier<Http.Answer> call, int status, String code, String field) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Bad bad(String what, int status, String code, String field, Supplier<Http.Answer> call) {
        return new Bad(what, call, status, code, field);
    }

    /** Told by problem details, which field and in both languages, and nothing else came of it. */
    private static void refused(Bad bad) {
        Map<String, Long> before = doors.rows();

        Http.Answer answer = bad.call().get();

        assertThat(answer.status()).as(answer.text()).isEqualTo(bad.status());
        assertThat(answer.whole().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo(bad.code());
        assertThat(answer.json().path("flaws").findValuesAsText("field")).contains(bad.field());
        assertThat(answer.json().path("flaws")).allSatisfy(flaw -> {
            assertThat(flaw.path("vi").asText()).isNotBlank();
            assertThat(flaw.path("en").asText()).isNotBlank();
        });
        repeatsNothing(answer);
        assertThat(doors.rows()).isEqualTo(before);
    }

    private static void repeatsNothing(Http.Answer answer) {
        assertThat(answer.text())
                .doesNotContain(Doors.NAME, Doors.PHONE, Doors.STREET)
                .doesNotContain("Exception", "org.postgresql", "vn.bocau");
    }

    // ---- phones -----------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void only_a_phone_that_is_signed_in_is_heard(Bad bad) {
        refused(bad);
    }

    static Stream<Bad> only_a_phone_that_is_signed_in_is_heard() {
        Phone expired = doors.phone("buu-ta");
        Phone revoked = doors.phone("buu-ta");
        world.db()
                .sql("update device_session set expires_at = clock_timestamp() where device = :device")
                .param("device", expired.device())
                .update();
        Http.post(
                        world.at("/api/scan/v1/devices/" + revoked.device() + "/revoke"),
                        doors.phone("to-truong").token(),
                        Map.of())
                .ok();
        Phone supervisor = doors.phone("to-truong");
        return Stream.of(
                bad("nobody", 401, "unauthenticated", "", () -> worklist(Map.of())),
                bad("a token nobody gave", 401, "unauthenticated", "", () -> worklist(Http.bearer("x".repeat(43)))),
                bad("a token of signs", 401, "unauthenticated", "", () -> worklist(Http.bearer("{}\"';--"))),
                bad(
                        "a portal's token",
                        401,
                        "unauthenticated",
                        "",
                        () -> worklist(doors.portal("portal-dvcqg", "sandbox-portal-secret"))),
                bad(
                        "a name and password",
                        401,
                        "unauthenticated",
                        "",
                        () -> worklist(Http.basic("buu-ta", "buu-ta-sandbox"))),
                bad("a session that has expired", 401, "unauthenticated", "", () -> worklist(expired.token())),
                bad("a phone that was revoked", 403, "device-revoked", "", () -> worklist(revoked.token())),
                bad(
                        "evidence of a revoked phone, which is heard, of what another one made",
                        404,
                        "unknown-handling",
                        "id",
                        () -> doors.evidence(revoked, proven, Doors.sha256(STROKES), "SIGNATURE", STROKES)),
                bad("a worker who revokes", 403, "forbidden", "", () -> revoke(worker, worker.device())),
                bad(
                        "a phone of another office",
                        404,
                        "unknown-device",
                        "device",
                        () -> revoke(supervisor, elsewhere.device())),
                bad("a phone nobody has", 404, "unknown-device", "device", () -> revoke(supervisor, "%F0%9F%93%AF")),
                bad(
                        "a phone revoked twice",
                        404,
                        "unknown-device",
                        "device",
                        () -> revoke(supervisor, revoked.device())),
                bad("a phone that is a command", 400, "bad-request-line", "", () -> revoke(supervisor, "a;b=c")),
                bad(
                        "an address that is none",
                        404,
                        "no-such-address",
                        "",
                        () -> Http.get(world.at("/api/scan/v1/nothing"), worker.token())),
                bad(
                        "a method that is none",
                        405,
                        "method",
                        "",
                        () -> Http.delete(world.at("/api/scan/v1/worklist"), worker.token())),
                bad("an answer in XML", 406, "accept", "", () -> {
                    Map<String, String> headers = new java.util.HashMap<>(worker.token());
                    headers.put("Accept", "application/xml");
                    return worklist(headers);
                }));
    }

    /** Such addresses the server refuses before anybody of ours hears of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/scan/v1/devices/..%2f..%2fops/revoke",
                "/api/scan/v1/devices/a%00b/revoke",
                "/api/scan/v1/devices/a%5cb/revoke",
                "/api/scan/v1/handlings/..%2f..%2fops/evidence/x",
                "/api/portal/v1/dossiers/..%2f..%2fops",
                "/api/ops/v1/partners/..%2f..%2fx/pause",
                "/ngsp/..%2fapi/ops/v1/messages",
                "/ws/..%2fagency"
            })
    void an_address_with_a_way_out_leads_nowhere(String path) {
        Map<String, Long> before = doors.rows();

        Http.Answer answer = Http.post(world.at(path), worker.token(), Map.of());

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.whole().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/problem+json");
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        repeatsNothing(answer);
        assertThat(doors.rows()).isEqualTo(before);
    }

    private static Http.Answer worklist(Map<String, String> who) {
        return Http.get(world.at("/api/scan/v1/worklist"), who);
    }

    private static Http.Answer revoke(Phone by, String device) {
        return Http.post(world.at("/api/scan/v1/devices/" + device + "/revoke"), by.token(), Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_sign_in_that_is_none_opens_no_session(Bad bad) {
        refused(bad);
    }

    static Stream<Bad> a_sign_in_that_is_none_opens_no_session() {
        ObjectNode right = credentials("buu-ta", "buu-ta-sandbox");
        return Stream.concat(
                notJson(doors::signIn).filter(bad -> !bad.what().startsWith("a hundred thousand")),
                Stream.of(
                        bad(
                                "more than anybody signs in with",
                                413,
                                "too-large",
                                "",
                                () -> doors.signIn("{\"a\":[" + "{},".repeat(100_000) + "{}]}")),
                        bad(
                                "a wrong password",
                                401,
                                "unauthenticated",
                                "",
                                () -> doors.signIn(credentials("buu-ta", "Buu-ta-sandbox"))),
                        bad(
                                "nobody we know",
                                401,
                                "unauthenticated",
                                "",
                                () -> doors.signIn(credentials(Doors.NAME, "x"))),
                        bad(
                                "a name in emoji",
                                401,
                                "unauthenticated",
                                "",
                                () -> doors.signIn(credentials("📯".repeat(100), "x"))),
                        bad(
                                "a clerk",
                                403,
                                "not-postal",
                                "",
                                () -> doors.signIn(credentials("can-bo", "can-bo-sandbox"))),
                        bad(
                                "an operator",
                                403,
                                "not-postal",
                                "",
                                () -> doors.signIn(credentials("truc-ca", "truc-ca-sandbox"))),
                        signIn("no name", "schema", "/user", c -> c.remove("user")),
                        signIn("an empty name", "schema", "/user", c -> c.put("user", "")),
                        signIn("a name of 101 characters", "schema", "/user", c -> c.put("user", "x".repeat(101))),
                        signIn("a number for a name", "schema", "/user", c -> c.put("user", 7)),
                        signIn("a name with a zero", "unprintable", "/user", c -> c.put("user", "buu\0ta")),
                        signIn("half a letter", "unprintable", "/user", c -> c.put("user", Doors.HALF)),
                        signIn("no password", "schema", "/password", c -> c.putNull("password")),
                        signIn("a password with a zero", "unprintable", "/password", c -> c.put("password", "\0")),
                        signIn(
                                "a novel for a password",
                                "schema",
                                "/password",
                                c -> c.put("password", "x".repeat(201))),
                        signIn("no phone", "schema", "/device", c -> c.remove("device")),
                        signIn("a phone of three letters", "schema", "/device", c -> c.put("device", "abc")),
                        signIn("a phone with a path", "schema", "/device", c -> c.put("device", "../../etc")),
                        signIn("a phone with a line break", "schema", "/device", c -> c.put("device", "phone-1\n")),
                        signIn("a phone of 101 letters", "schema", "/device", c -> c.put("device", "x".repeat(101))),
                        signIn("a phone in emoji", "schema", "/device", c -> c.put("device", "📱📱📱📱")),
                        signIn("a role of one's own", "schema", "/role", c -> c.put("role", "ADMINISTRATOR")),
                        bad(
                                "a form",
                                415,
                                "content-type",
                                "",
                                () -> doors.post(
                                        "/api/scan/v1/sign-in",
                                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                                        Doors.bytes("user=buu-ta&password=buu-ta-sandbox&device=phone-1"))),
                        bad(
                                "JSON that says it is text",
                                415,
                                "content-type",
                                "",
                                () -> doors.post(
                                        "/api/scan/v1/sign-in",
                                        Map.of("Content-Type", "text/plain"),
                                        Doors.bytes(right))),
                        bad(
                                "a type that is none",
                                415,
                                "content-type",
                                "",
                                () -> doors.post(
                                        "/api/scan/v1/sign-in",
                                        Map.of("Content-Type", "nonsense"),
                                        Doors.bytes(right)))));
    }

    private static ObjectNode credentials(String user, String password) {
        return Http.JSON
                .createObjectNode()
                .put("user", user)
                .put("password", password)
                .put("device", "phone-bad");
    }

    private static Bad signIn(String what, String code, String field, Consumer<ObjectNode> wrong) {
        return bad(what, 400, code, field, () -> {
            ObjectNode body = credentials("buu-ta", "buu-ta-sandbox");
            wrong.accept(body);
            return doors.signIn(body);
        });
    }

    /** What no door that reads JSON can read. */
    private static Stream<Bad> notJson(java.util.function.Function<Object, Http.Answer> door) {
        return Stream.of(
                bad("nothing", 400, "not-json", "", () -> door.apply("")),
                bad("half of it", 400, "not-json", "", () -> door.apply("{\"a\":")),
                bad("two values", 400, "not-json", "", () -> door.apply("{} {}")),
                bad("XML", 400, "not-json", "", () -> door.apply("<a/>")),
                bad("a field twice", 400, "not-json", "", () -> door.apply("{\"a\":1,\"a\":2}")),
                bad("a hundred thousand brackets", 400, "not-json", "", () -> door.apply("[".repeat(100_000))),
                bad(
                        "six hundred, all closed",
                        400,
                        "not-json",
                        "",
                        () -> door.apply("[".repeat(600) + "]".repeat(600))),
                bad(
                        "objects six hundred deep",
                        400,
                        "not-json",
                        "",
                        () -> door.apply("{\"a\":".repeat(600) + "1" + "}".repeat(600))),
                bad(
                        "a hundred thousand objects",
                        400,
                        "not-json",
                        "",
                        () -> door.apply("{\"a\":[" + "{},".repeat(100_000) + "{}]}")),
                bad("not a number", 400, "not-json", "", () -> door.apply("{\"a\":NaN}")),
                bad("UTF-16", 400, "not-json", "", () -> door.apply("{}".getBytes(StandardCharsets.UTF_16BE))),
                bad(
                        "Latin 1",
                        400,
                        "not-utf8",
                        "",
                        () -> door.apply("{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1))),
                bad("more than we read", 413, "too-large", "", () -> door.apply("\"" + "x".repeat(1_100_000) + "\"")),
                bad("a number that fills the memory", 400, "unprintable", "/a", () -> door.apply("{\"a\":1e99999999}")),
                bad(
                        "a number of nine hundred digits",
                        400,
                        "unprintable",
                        "/a",
                        () -> door.apply("{\"a\":" + "9".repeat(900) + "}")),
                bad("a zero in a field's name", 400, "unprintable", "", () -> door.apply("{\"a\\u0000\":1}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_batch_that_cannot_be_read_leaves_nothing(Bad bad) {
        refused(bad);
    }

    static Stream<Bad> a_batch_that_cannot_be_read_leaves_nothing() {
        return Stream.of(
                        notJson(body -> doors.handlings(worker, body)),
                        Stream.of(
                                bad("a list", 400, "schema", "", () -> doors.handlings(worker, "[]")),
                                bad("null", 400, "schema", "", () -> doors.handlings(worker, "null")),
                                bad(
                                        "a form",
                                        415,
                                        "content-type",
                                        "",
                                        () -> doors.post(
                                                "/api/scan/v1/handlings",
                                                with(
                                                        worker.token(),
                                                        "Content-Type",
                                                        "application/x-www-form-urlencoded"),
                                                Doors.bytes("device=phone-1"))),
                                batch("no phone", 400, "schema", "/device", b -> b.remove("device")),
                                batch(
                                        "a phone with a path",
                                        403,
                                        "other-device",
                                        "/device",
                                        b -> b.put("device", "../../x")),
                                batch(
                                        "somebody else's phone",
                                        403,
                                        "other-device",
                                        "/device",
                                        b -> b.put("device", elsewhere.device())),
                                batch("no time of sending", 400, "schema", "/sentAt", b -> b.remove("sentAt")),
                                batch(
                                        "a time without its offset",
                                        400,
                                        "schema",
                                        "/sentAt",
                                        b -> b.put("sentAt", "2026-05-01T10:00:00")),
                                batch(
                                        "a day that never was",
                                        400,
                                        "schema",
                                        "/sentAt",
                                        b -> b.put("sentAt", "2027-02-29T10:00:00Z")),
                                batch(
                                        "a time before there were phones",
                                        400,
                                        "clock",
                                        "/sentAt",
                                        b -> b.put("sentAt", "0001-01-01T00:00:00Z")),
                                batch(
                                        "the end of the calendar",
                                        400,
                                        "clock",
                                        "/sentAt",
                                        b -> b.put("sentAt", "9999-12-31T23:59:59-18:00")),
                                batch(
                                        "an offset no clock has",
                                        400,
                                        "clock",
                                        "/sentAt",
                                        b -> b.put("sentAt", "2026-05-01T10:00:00+23:59")),
                                batch(
                                        "a second too many",
                                        400,
                                        "clock",
                                        "/sentAt",
                                        b -> b.put("sentAt", "2016-12-31T23:59:60Z")),
                                batch(
                                        "a time finer than atoms",
                                        400,
                                        "clock",
                                        "/sentAt",
                                        b -> b.put("sentAt", "2026-05-01T10:00:00.12345678901234567890Z")),
                                batch("no handlings", 400, "schema", "/handlings", b -> b.putArray("handlings")),
                                batch(
                                        "handlings that are none",
                                        400,
                                        "schema",
                                        "/handlings",
                                        b -> b.put("handlings", "COLLECTED")),
                                batch("501 handlings", 400, "schema", "/handlings", b -> {
                                    ArrayNode all = b.putArray("handlings");
                                    IntStream.range(0, 501).forEach(i -> all.add(Doors.handling("COLLECTED", item)));
                                }),
                                batch(
                                        "a handling that is a word",
                                        400,
                                        "schema",
                                        "/handlings/0",
                                        b -> b.putArray("handlings").add("COLLECTED")),
                                batch(
                                        "a handling without an id",
                                        400,
                                        "schema",
                                        "/handlings/0/id",
                                        b -> first(b).remove("id")),
                                batch(
                                        "a number for an id",
                                        400,
                                        "schema",
                                        "/handlings/0/id",
                                        b -> first(b).put("id", 7)),
                                batch(
                                        "a field nobody knows",
                                        400,
                                        "schema",
                                        "/office",
                                        b -> b.put("office", "511000"))),
                        Stream.of("code", "item", "reason", "action", "note", "occurredAt", "nextDate", "leg", "voids")
                                .map(field -> batch(
                                        "a zero in " + field,
                                        400,
                                        "unprintable",
                                        "/handlings/0/" + field,
                                        b -> first(b).put(field, "a\0b"))),
                        Stream.of("seal", "manifest", "receipt", "identity", "identityHash", "signature", "relation")
                                .map(field -> batch(
                                        "a zero in " + field,
                                        400,
                                        "unprintable",
                                        "/handlings/0/details/" + field,
                                        b -> first(b).putObject("details").put(field, "\0"))),
                        Stream.of(
                                batch(
                                        "a zero in a paper's name",
                                        400,
                                        "unprintable",
                                        "/handlings/0/details/papers/0/name",
                                        b -> first(b).putObject("details")
                                                .putArray("papers")
                                                .addObject()
                                                .put("name", "\0")),
                                batch(
                                        "half a letter in a note",
                                        400,
                                        "unprintable",
                                        "/handlings/0/note",
                                        b -> first(b).put("note", Doors.HALF))))
                .flatMap(all -> all);
    }

    private static Bad batch(String what, int status, String code, String field, Consumer<ObjectNode> wrong) {
        return bad(what, status, code, field, () -> {
            ObjectNode batch = Doors.batch(worker, Doors.handling("PICKUP_ACCEPTED", item));
            wrong.accept(batch);
            return doors.handlings(worker, batch);
        });
    }

    private static ObjectNode first(ObjectNode batch) {
        return (ObjectNode) batch.at("/handlings/0");
    }

    /** One entry of a batch. */
    record Entry(String what, String field, Consumer<ObjectNode> wrong) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_bad_handling_is_refused_by_its_field_and_harms_no_other(Entry bad) {
        Map<String, Long> before = doors.rows();
        ObjectNode wrong = Doors.handling("PICKUP_ACCEPTED", item);
        bad.wrong().accept(wrong);

        Http.Answer answer = doors.handlings(worker, Doors.batch(worker, wrong));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode said = answer.json().at("/handlings/0");
        assertThat(said.path("outcome").asText()).as(answer.text()).isEqualTo("REFUSED");
        assertThat(said.path("flaws").findValuesAsText("field")).contains(bad.field());
        assertThat(said.at("/reason/vi").asText()).isNotBlank();
        assertThat(said.at("/reason/en").asText()).isNotBlank();
        repeatsNothing(answer);
        Map<String, Long> after = doors.rows();
        long messages = before.remove("message");
        assertThat(after.remove("message"))
                .as("the batch itself, which was read and answered, and perhaps what is kept for a person")
                .isBetween(messages + 1, messages + 2);
        assertThat(after).isEqualTo(before);
    }

    static Stream<Entry> a_bad_handling_is_refused_by_its_field_and_harms_no_other() {
        return Stream.of(
                new Entry(
                        "an id of version 4",
                        "/id",
                        h -> h.put("id", UUID.randomUUID().toString())),
                new Entry("an id that is short", "/id", h -> h.put("id", "1-1-1-1-1")),
                new Entry("an id that is a path", "/id", h -> h.put("id", "../../../etc/passwd")),
                new Entry("an id that is a name", "/id", h -> h.put("id", "📯")),
                new Entry("no number", "/seq", h -> h.remove("seq")),
                new Entry("a number below nothing", "/seq", h -> h.put("seq", -1)),
                new Entry("half a number", "/seq", h -> h.put("seq", 1.5)),
                new Entry("a number as text", "/seq", h -> h.put("seq", "1")),
                new Entry("a number no browser can hold", "/seq", h -> h.put("seq", 9_007_199_254_740_992L)),
                new Entry(
                        "a number of 29 digits",
                        "/seq",
                        h -> h.put("seq", new java.math.BigInteger("99999999999999999999999999999"))),
                new Entry("no code", "/code", h -> h.remove("code")),
                new Entry("a code nobody knows", "/code", h -> h.put("code", "TELEPORTED")),
                new Entry("the code for what is unknown", "/code", h -> h.put("code", "UNKNOWN")),
                new Entry("a code in small letters", "/code", h -> h.put("code", "collected")),
                new Entry("a code in emoji", "/code", h -> h.put("code", "📯")),
                new Entry("an act of supervisors", "/code", h -> h.put("code", "LOST")),
                new Entry("an act of agencies", "/code", h -> h.put("code", "RESULT_READY")),
                new Entry("no item, leg or voids", "", h -> h.remove("item")),
                new Entry("an empty item", "/item", h -> h.put("item", "")),
                new Entry("an item of spaces", "/item", h -> h.put("item", "   ")),
                new Entry("an item of 101 characters", "/item", h -> h.put("item", "R".repeat(101))),
                new Entry("an item of another office", "/item", h -> h.put("item", theirItem)),
                new Entry("a leg that is none", "/leg", h -> h.put("leg", "PICKUP")),
                new Entry("a leg of hyphens", "/leg", h -> h.put("leg", "-".repeat(36))),
                new Entry("no time", "/occurredAt", h -> h.remove("occurredAt")),
                new Entry("a time without its offset", "/occurredAt", h -> h.put("occurredAt", "2026-05-01T10:00:00")),
                new Entry("a day that never was", "/occurredAt", h -> h.put("occurredAt", "2027-02-29T10:00:00Z")),
                new Entry("the hour 24", "/occurredAt", h -> h.put("occurredAt", "2026-05-01T24:00:00Z")),
                new Entry(
                        "an offset no clock has", "/occurredAt", h -> h.put("occurredAt", "2026-05-01T10:00:00+23:59")),
                new Entry("a second too many", "/occurredAt", h -> h.put("occurredAt", "2016-12-31T23:59:60Z")),
                new Entry(
                        "a time finer than atoms",
                        "/occurredAt",
                        h -> h.put("occurredAt", "2026-05-01T10:00:00.12345678901234567890Z")),
                new Entry("the year 0", "/occurredAt", h -> h.put("occurredAt", "0000-01-01T00:00:00Z")),
                new Entry("the year 1", "/occurredAt", h -> h.put("occurredAt", "0001-01-01T00:00:00+07:00")),
                new Entry("the year 1900", "/occurredAt", h -> h.put("occurredAt", "1900-01-01T00:00:00+07:00")),
                new Entry("the year 10000", "/occurredAt", h -> h.put("occurredAt", "10000-01-01T00:00:00Z")),
                new Entry(
                        "the year 10000 by its offset",
                        "/occurredAt",
                        h -> h.put("occurredAt", "9999-12-31T23:59:59-18:00")),
                new Entry("a day for a time", "/occurredAt", h -> h.put("occurredAt", "2026-05-01")),
                new Entry(
                        "a reason nobody knows",
                        "/reason",
                        h -> h.put("code", "PICKUP_FAILED").put("reason", "RAIN")),
                new Entry("no reason", "/reason", h -> h.put("code", "PICKUP_FAILED")),
                new Entry(
                        "a reason without a word",
                        "/note",
                        h -> h.put("code", "PICKUP_FAILED")
                                .put("reason", "OTHER")
                                .put("note", " ".repeat(50))),
                new Entry(
                        "an act the reason does not allow",
                        "/action",
                        h -> h.put("code", "PICKUP_FAILED")
                                .put("reason", "ABSENT")
                                .put("action", "BURN")),
                new Entry("a next day that has passed", "/nextDate", h -> h.put("nextDate", "0001-01-01")),
                new Entry("a next day that never will be", "/nextDate", h -> h.put("nextDate", "2027-02-29")),
                new Entry("a next day in the year 10000", "/nextDate", h -> h.put("nextDate", "10000-01-01")),
                new Entry("a next day nobody lives to see", "/nextDate", h -> h.put("nextDate", "9999-12-31")),
                new Entry("a note of 501 characters", "/note", h -> h.put("note", "x".repeat(501))),
                new Entry(
                        "a fee below nothing",
                        "/details/feeCollected",
                        h -> details(h).put("feeCollected", -1)),
                new Entry(
                        "a fee nobody can pay",
                        "/details/feeCollected",
                        h -> details(h).put("feeCollected", 1_000_000_001)),
                new Entry(
                        "a fee as text",
                        "/details/feeCollected",
                        h -> details(h).put("feeCollected", "0")),
                new Entry(
                        "a name for a relation",
                        "/details/relation",
                        h -> details(h).put("relation", Doors.NAME)),
                new Entry(
                        "a name beside the rest",
                        "/details/receiver",
                        h -> details(h).put("receiver", Doors.NAME)),
                new Entry(
                        "an identity number",
                        "/details/identity",
                        h -> details(h).put("identity", "045000000001")),
                new Entry(
                        "a number for its hash",
                        "/details/identityHash",
                        h -> details(h).put("identityHash", "045000000001")),
                new Entry(
                        "a signature that is no hash",
                        "/details/signature",
                        h -> details(h).put("signature", "A".repeat(64))),
                new Entry(
                        "a signature with a line break",
                        "/details/signature",
                        h -> details(h).put("signature", "a".repeat(64) + "\n")),
                new Entry("eleven photos", "/details/photos", h -> {
                    ArrayNode photos = details(h).putArray("photos");
                    IntStream.range(0, 11).forEach(i -> photos.add("a".repeat(64)));
                }),
                new Entry(
                        "a thousand originals",
                        "/details/originalsTaken",
                        h -> details(h).put("originalsTaken", 1000)),
                new Entry(
                        "flaws of one's own",
                        "/flaws",
                        h -> h.putArray("flaws").addObject().put("field", "/x")),
                new Entry("a word for flaws", "/flaws", h -> h.put("flaws", "none")),
                new Entry("nothing to void", "/voids", h -> h.put("code", "VOIDED")),
                new Entry(
                        "a thing to void that is none",
                        "/voids",
                        h -> h.put("code", "VOIDED").put("voids", "x")),
                new Entry(
                        "somebody else's handling to void",
                        "/voids",
                        h -> h.put("code", "VOIDED").put("voids", provenElsewhere)),
                new Entry("somebody else's id", "/id", h -> h.put("id", provenElsewhere)));
    }

    private static ObjectNode details(ObjectNode handling) {
        return handling.putObject("details");
    }

    @Test
    void times_that_are_each_possible_and_together_are_not_are_refused() {
        ObjectNode batch =
                Doors.batch(worker, Doors.handling("PICKUP_ACCEPTED", item).put("occurredAt", "1970-01-02T00:00:00Z"));
        batch.put("sentAt", "2999-12-31T00:00:00Z");

        JsonNode said = doors.handlings(worker, batch).ok().at("/handlings/0");

        assertThat(said.path("outcome").asText()).as(said.toString()).isEqualTo("REFUSED");
        assertThat(said.path("flaws").findValuesAsText("field")).contains("/occurredAt");
    }

    @Test
    void a_role_that_a_phone_claims_for_itself_is_not_heard() {
        ObjectNode batch = Doors.batch(worker, Doors.handling("LOST", item));
        batch.putObject("by")
                .put("user", "to-truong")
                .put("role", "POSTAL_SUPERVISOR")
                .put("office", "511000");

        JsonNode said = doors.handlings(worker, batch).ok().at("/handlings/0");

        assertThat(said.path("code").asText()).as(said.toString()).isEqualTo("not-your-act");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void evidence_that_is_none_is_not_kept(Bad bad) {
        refused(bad);
    }

    static Stream<Bad> evidence_that_is_none_is_not_kept() {
        String hash = Doors.sha256(STROKES);
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);
        byte[] large = new byte[PHOTO.length + 1];
        String unheard = UuidCreator.getTimeOrderedEpoch().toString();
        return Stream.of(
                bad(
                        "another content",
                        400,
                        "evidence-hash",
                        "sha256",
                        () -> doors.evidence(worker, proven, hash, "SIGNATURE", other)),
                bad(
                        "no content",
                        400,
                        "evidence-hash",
                        "sha256",
                        () -> doors.evidence(worker, proven, hash, "SIGNATURE", new byte[0])),
                bad(
                        "a hash in capitals",
                        400,
                        "evidence-hash",
                        "sha256",
                        () -> doors.evidence(
                                worker, proven, hash.toUpperCase(java.util.Locale.ROOT), "SIGNATURE", STROKES)),
                bad(
                        "a hash that is none",
                        400,
                        "evidence-hash",
                        "sha256",
                        () -> doors.evidence(worker, proven, "x", "SIGNATURE", STROKES)),
                bad(
                        "an id that is dots",
                        400,
                        "bad-request-line",
                        "",
                        () -> doors.evidence(worker, "%2e%2e", hash, "SIGNATURE", STROKES)),
                bad(
                        "an id of version 4",
                        400,
                        "uuid-7",
                        "id",
                        () -> doors.evidence(worker, UUID.randomUUID().toString(), hash, "SIGNATURE", STROKES)),
                bad(
                        "an id in emoji",
                        400,
                        "uuid-7",
                        "id",
                        () -> doors.evidence(worker, "%F0%9F%93%AF", hash, "SIGNATURE", STROKES)),
                bad(
                        "no kind",
                        400,
                        "parameter",
                        "X-Evidence-Kind",
                        () -> doors.evidence(worker, proven, hash, "", STROKES)),
                bad(
                        "a kind nobody knows",
                        400,
                        "evidence-kind",
                        "X-Evidence-Kind",
                        () -> doors.evidence(worker, proven, hash, "VIDEO", STROKES)),
                bad(
                        "a handling nobody has sent",
                        404,
                        "unknown-handling",
                        "id",
                        () -> doors.evidence(worker, unheard, hash, "SIGNATURE", STROKES)),
                bad(
                        "a handling of another office",
                        404,
                        "unknown-handling",
                        "id",
                        () -> doors.evidence(worker, provenElsewhere, hash, "SIGNATURE", STROKES)),
                bad(
                        "evidence nobody has named",
                        422,
                        "evidence-not-named",
                        "sha256",
                        () -> doors.evidence(worker, proven, Doors.sha256(other), "SIGNATURE", other)),
                bad(
                        "a byte more than two megabytes",
                        413,
                        "too-large",
                        "",
                        () -> doors.evidence(worker, proven, Doors.sha256(large), "PHOTO", large)),
                bad(
                        "a form",
                        400,
                        "evidence-hash",
                        "sha256",
                        () -> Http.put(
                                world.at("/api/scan/v1/handlings/" + proven + "/evidence/" + hash),
                                with(worker.token(), "X-Evidence-Kind", "SIGNATURE"),
                                "application/x-www-form-urlencoded",
                                "a=b".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void evidence_of_two_megabytes_is_kept() {
        String handling = proven(worker, pickup(doors.portal("/requests", Doors.wish("19333"))), PHOTO);

        Http.Answer answer = doors.evidence(worker, handling, Doors.sha256(PHOTO), "PHOTO", PHOTO);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    // ---- portals ----------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_a_portal_must_not_ask_for_is_refused_by_the_field(Bad bad) {
        refused(bad);
    }

    static Stream<Bad> what_a_portal_must_not_ask_for_is_refused_by_the_field() {
        String code = "/dossier/codes/0/code";
        String filed = "/dossier/filedOn";
        String name = "/pickup/sender/name";
        String street = "/result/receiver/address/street";
        String commune = "/pickup/sender/address/commune";
        String underWay = underWay();
        return Stream.of(
                ask("a code written backwards", 400, "unprintable", code, w -> code(w, "H50" + RIGHT_TO_LEFT + "1")),
                ask("a code with nothing in it", 400, "dossier-code", code, w -> code(w, "H50" + ZERO_WIDTH + "1")),
                ask("a code in loose accents", 400, "dossier-code", code, w -> code(w, "H50" + DECOMPOSED)),
                ask("a code with an invisible mark", 400, "dossier-code", code, w -> code(w, "H50\ufe0f-1")),
                ask("a code with a Hangul filler", 400, "dossier-code", code, w -> code(w, "H50\u3164-1")),
                ask("a code that nobody has assigned", 400, "dossier-code", code, w -> code(w, "H50\u0378")),
                ask("a code with a hard space around", 400, "dossier-code", code, w -> code(w, NO_BREAK + "H50-1")),
                ask(
                        "the second of two codes",
                        400,
                        "dossier-code",
                        "/dossier/codes/1/code",
                        w -> codes(w).addObject().put("code", "H50" + ZERO_WIDTH)),
                ask(
                        "filed in the year 1",
                        422,
                        "not-allowed",
                        filed,
                        w -> dossier(w).put("filedOn", "0001-01-01")),
                ask(
                        "filed in the year 9999",
                        422,
                        "not-allowed",
                        filed,
                        w -> dossier(w).put("filedOn", "9999-12-31")),
                ask(
                        "filed in the year 10000",
                        400,
                        "schema",
                        filed,
                        w -> dossier(w).put("filedOn", "10000-01-01")),
                ask(
                        "filed on a day that never was",
                        400,
                        "schema",
                        filed,
                        w -> dossier(w).put("filedOn", "2027-02-29")),
                ask("filed at an hour", 400, "schema", filed, w -> dossier(w).put("filedOn", "2026-05-01T00:00:00Z")),
                ask(
                        "an agency nobody knows",
                        422,
                        "not-allowed",
                        "/dossier/agency",
                        w -> dossier(w).put("agency", "000.99.12.H50")),
                ask(
                        "a procedure nobody knows",
                        422,
                        "not-allowed",
                        "/dossier/procedure",
                        w -> dossier(w).put("procedure", "9.999999")),
                ask(
                        "a level above the procedure's",
                        422,
                        "not-allowed",
                        "/dossier/level",
                        w -> dossier(w).put("level", "TOAN_TRINH")),
                ask(
                        "a level that is no number",
                        422,
                        "not-allowed",
                        "/dossier/level",
                        w -> dossier(w).put("level", 4.0)),
                ask(
                        "a fee that was paid",
                        422,
                        "not-allowed",
                        "/pickup/collectFee",
                        w -> pickup(w).put("collectFee", 1_000_000_000)),
                ask("a fee that is not due", 422, "not-allowed", "/result/collectFee", w -> {
                    dossier(w).put("paidOnline", false);
                    result(w).put("collectFee", 24_999);
                }),
                ask("a fee on a day before there was any", 422, "not-allowed", "/result/collectFee", w -> {
                    dossier(w).put("paidOnline", false).put("filedOn", "2020-02-29");
                    result(w).put("collectFee", 25_000);
                }),
                ask(
                        "postage nobody can pay",
                        400,
                        "schema",
                        "/result/postage",
                        w -> result(w).put("postage", 1_000_000_001)),
                ask("a name of hard spaces", 400, "schema", name, w -> sender(w).put("name", NO_BREAK.repeat(3))),
                ask(
                        "a name with nothing in it",
                        400,
                        "schema",
                        name,
                        w -> sender(w).put("name", ZERO_WIDTH)),
                ask("a name of 200 emoji", 400, "schema", name, w -> sender(w).put("name", "📯".repeat(200))),
                ask(
                        "a name with a zero",
                        400,
                        "unprintable",
                        name,
                        w -> sender(w).put("name", Doors.NAME + "\0")),
                ask(
                        "a name written backwards",
                        400,
                        "unprintable",
                        name,
                        w -> sender(w).put("name", RIGHT_TO_LEFT + Doors.NAME)),
                ask(
                        "a street of hard spaces",
                        400,
                        "schema",
                        street,
                        w -> address(w).put("street", NO_BREAK)),
                ask("a paper of emoji", 400, "schema", "/pickup/papers/0/name", w -> paper(w).put("name", "📄")),
                ask(
                        "a telephone in other digits",
                        400,
                        "schema",
                        "/pickup/sender/phone",
                        w -> sender(w).put("phone", "٠٩٠٠٠٠٠٠٠١")),
                ask(
                        "a telephone of zeros",
                        400,
                        "schema",
                        "/pickup/sender/phone",
                        w -> sender(w).put("phone", "00000000")),
                ask(
                        "a telephone with a line break",
                        400,
                        "schema",
                        "/pickup/sender/phone",
                        w -> sender(w).put("phone", Doors.PHONE + "\n")),
                ask(
                        "a commune nobody knows",
                        422,
                        "commune-unknown",
                        commune,
                        w -> ((ObjectNode) sender(w).path("address")).put("commune", "00000")),
                ask(
                        "a commune with a line break",
                        400,
                        "schema",
                        commune,
                        w -> ((ObjectNode) sender(w).path("address")).put("commune", "19333\n")),
                ask(
                        "a copy by post",
                        422,
                        "not-allowed",
                        "/pickup/papers/0/original",
                        w -> paper(w).put("original", false)),
                ask("asked for twice", 409, "leg-exists", "/pickup", w -> code(w, mine)),
                ask("another agency's than before", 409, "dossier-differs", "/dossier/agency", w -> {
                    code(w, mine);
                    dossier(w).put("agency", "000.01.12.H50");
                }),
                ask("another portal's dossier", 409, "dossier-of-another-portal", "/dossier/codes", w -> {
                    code(w, theirs);
                    dossier(w).put("agency", "000.03.12.H50");
                }),
                ask("codes of two dossiers", 409, "codes-of-two-dossiers", "/dossier/codes", w -> {
                    code(w, mine);
                    codes(w).addObject().put("code", theirs);
                }),
                bad(
                        "an address of another portal's dossier",
                        404,
                        "unknown-dossier",
                        "/dossier",
                        () -> doors.portal("/dossiers/address-change", move(theirs, "19249"))),
                bad(
                        "an address of nobody's dossier",
                        404,
                        "unknown-dossier",
                        "/dossier",
                        () -> doors.portal("/dossiers/address-change", move("📯".repeat(100), "19333"))),
                bad(
                        "an address nobody serves",
                        422,
                        "commune-unknown",
                        "/party/address/commune",
                        () -> doors.portal("/dossiers/address-change", move(mine, "99999"))),
                bad(
                        "another portal's dossier taken back",
                        404,
                        "unknown-dossier",
                        "/dossier",
                        () -> doors.portal("/dossiers/cancellation", cancel(theirs))),
                bad(
                        "nobody's dossier taken back",
                        404,
                        "unknown-dossier",
                        "/dossier",
                        () -> doors.portal("/dossiers/cancellation", cancel("'; drop table dossier; --"))),
                bad(
                        "what is under way taken back",
                        409,
                        "under-way",
                        "/leg",
                        () -> doors.portal("/dossiers/cancellation", cancel(underWay))),
                bad(
                        "another portal's fee",
                        404,
                        "unknown-dossier",
                        "/dossier",
                        () -> doors.portal("/dossiers/payment", pay(theirs, 28_000, "GD-1"))),
                bad(
                        "less than nothing paid",
                        400,
                        "schema",
                        "/payment/amount",
                        () -> doors.portal("/dossiers/payment", pay(mine, -1, "GD-1"))),
                bad(
                        "a payment nobody can find again",
                        400,
                        "schema",
                        "/payment/reference",
                        () -> doors.portal("/dossiers/payment", pay(mine, 28_000, "Lê Thị Mẫu"))),
                bad(
                        "another portal's dossier looked at",
                        404,
                        "unknown-dossier",
                        "code",
                        () -> doors.look("/" + theirs)),
                bad(
                        "nobody's dossier looked at",
                        404,
                        "unknown-dossier",
                        "code",
                        () -> doors.look("?code=" + encoded("../📯/%/" + DECOMPOSED.charAt(0)))),
                bad("a code of a zero looked for", 400, "dossier-code", "code", () -> doors.look("?code=%00")),
                bad("half a letter looked for", 400, "bad-request", "", () -> doors.look("?code=%ED%A0%80")));
    }

    private static ObjectNode pay(String dossier, long amount, String reference) {
        ObjectNode paid = Http.JSON.createObjectNode().put("dossier", dossier).put("paid", true);
        paid.putObject("payment").put("amount", amount).put("reference", reference);
        return paid;
    }

    private static Bad ask(String what, int status, String code, String field, Consumer<ObjectNode> wrong) {
        return bad(what, status, code, field, () -> {
            ObjectNode wish = Doors.wish("19333");
            wrong.accept(wish);
            return doors.portal("/requests", wish);
        });
    }

    /** Where portals get their tokens, errors are those of RFC 6749. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type=password&username=x&password=y",
                "grant_type=client_credentials&grant_type=client_credentials",
                "grant_type=%00",
                "grant_type=%ED%A0%80",
                "grant_type=client_credentials&scope=%F0%9F%93%AF",
                "{\"grant_type\":\"client_credentials\"}"
            })
    void no_token_is_given_for_what_is_no_request(String form) {
        Http.Answer answer =
                Http.form(world.at("/oauth2/token"), Http.basic("portal-dvcqg", "sandbox-portal-secret"), form);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.text()).doesNotContain("access_token");
        repeatsNothing(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login?lang=%ED%A0%80", "/?x=%ED%A0%80", "/login?lang=%00", "/nothing?lang=%FF"})
    void a_page_asked_for_in_no_language_is_no_incident(String path) {
        Http.Answer answer = Http.get(world.at(path), Map.of("Accept", "text/html"));

        assertThat(answer.status()).as(answer.text()).isLessThan(500);
        repeatsNothing(answer);
    }

    @Test
    void odd_codes_and_names_that_are_none_of_our_business_are_taken() {
        for (String odd : List.of("H50/📯?#%", "ễ".repeat(100), "<a>&\"'", "null", "👩‍🚒".substring(0, 2) + "-1")) {
            ObjectNode wish = Doors.wish("19333");
            String code = Doors.newCode().substring(8) + odd;
            code = code.substring(0, code.offsetByCodePoints(0, Math.min(100, code.codePointCount(0, code.length()))));
            code(wish, code);
            sender(wish).put("name", "Ơ 📯 " + "ễ".repeat(190));

            assertThat(doors.portal("/requests", wish).status()).as(odd).isEqualTo(202);
            assertThat(doors.look("?code=" + encoded(code))
                            .ok()
                            .at("/dossier/code")
                            .asText())
                    .isEqualTo(code);
            assertThat(doors.agency(
                                    "transferDossier",
                                    Agency.newRequestId(),
                                    "<dossier>" + xml(code) + "</dossier><toAgency>000.01.12.H50</toAgency>")
                            .status())
                    .as(odd)
                    .isEqualTo(200);
        }
    }

    // ---- agencies ---------------------------------------------------------------------------------------------

    /** What an agency says, in XML. */
    record Said(String what, String operation, String content, String code, String field) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_an_agency_must_not_say_is_a_fault_that_names_the_field(Said bad) {
        Map<String, Long> before = doors.rows();

        Http.Answer answer = doors.agency(bad.operation(), Agency.newRequestId(), bad.content());

        clientFault(answer, bad.code(), bad.field());
        assertThat(doors.rows()).isEqualTo(before);
    }

    static Stream<Said> what_an_agency_must_not_say_is_a_fault_that_names_the_field() {
        String own = "<dossier>" + mine + "</dossier>";
        String foreign = "<dossier>" + theirs + "</dossier>";
        String paper = "<paper><name>Giấy</name><original>true</original><count>1</count></paper>";
        return Stream.of(
                receipt("another agency's dossier", foreign, SOON, "unknown-dossier", "dossier"),
                receipt(
                        "nobody's dossier",
                        "<dossier>" + "📯".repeat(50) + "</dossier>",
                        SOON,
                        "unknown-dossier",
                        "dossier"),
                receipt(
                        "a dossier written backwards",
                        "<dossier>" + RIGHT_TO_LEFT + mine + "</dossier>",
                        SOON,
                        "schema",
                        "/confirmReceipt/dossier"),
                receipt(
                        "a dossier of 101 characters",
                        "<dossier>" + "9".repeat(101) + "</dossier>",
                        SOON,
                        "schema",
                        "/confirmReceipt/dossier"),
                receipt("the year 1", own, "0001-01-01", "appointment-past", "appointment"),
                receipt("the year 10000", own, "10000-01-01", "schema", "/confirmReceipt/appointment"),
                receipt("a year before Christ", own, "-0001-01-01", "schema", "/confirmReceipt/appointment"),
                receipt("a day that never was", own, "2027-02-29", "schema", "/confirmReceipt/appointment"),
                receipt("a day nobody lives to see", own, "9999-12-31", "appointment-far", "appointment"),
                receipt(
                        "an item of another dossier",
                        own + "<item>" + theirItem + "</item>",
                        SOON,
                        "unknown-item",
                        "item"),
                receipt(
                        "an item with a wrong check digit",
                        own + "<item>RR123456789VN</item>",
                        SOON,
                        "unknown-item",
                        "item"),
                new Said(
                        "a reason of spaces",
                        "refusePapers",
                        own + "<reason>   </reason><returnPapers>true</returnPapers>",
                        "schema",
                        "/refusePapers/reason"),
                new Said(
                        "a reason of hard spaces",
                        "refusePapers",
                        own + "<reason>" + NO_BREAK + "</reason><returnPapers>true</returnPapers>",
                        "schema",
                        "/refusePapers/reason"),
                new Said(
                        "a reason of 501 characters",
                        "refusePapers",
                        own + "<reason>" + "x".repeat(501) + "</reason><returnPapers>true</returnPapers>",
                        "schema",
                        "/refusePapers/reason"),
                new Said(
                        "a reason written backwards",
                        "refusePapers",
                        own + "<reason>" + RIGHT_TO_LEFT + "x</reason><returnPapers>true</returnPapers>",
                        "schema",
                        "/refusePapers/reason"),
                new Said(
                        "a reason with a character that erases",
                        "refusePapers",
                        own + "<reason>a&#127;&#133;b</reason><returnPapers>true</returnPapers>",
                        "schema",
                        "/refusePapers/reason"),
                new Said(
                        "21 reasons",
                        "refusePapers",
                        own + "<reason>x</reason>".repeat(21) + "<returnPapers>true</returnPapers>",
                        "schema",
                        "/refusePapers/reason[21]"),
                new Said(
                        "a paper of spaces",
                        "askSupplement",
                        own + paper.replace("Giấy", "  ") + "<reason>x</reason><byPost>true</byPost>",
                        "schema",
                        "/askSupplement/paper/name"),
                new Said(
                        "no paper at all of a kind",
                        "askSupplement",
                        own + paper.replace(">1<", ">0<") + "<reason>x</reason><byPost>true</byPost>",
                        "schema",
                        "/askSupplement/paper/count"),
                new Said(
                        "another agency's dossier to supplement",
                        "askSupplement",
                        foreign + paper + "<reason>x</reason><byPost>true</byPost>",
                        "unknown-dossier",
                        "dossier"),
                new Said(
                        "an agency nobody knows",
                        "transferDossier",
                        own + "<toAgency>📯</toAgency>",
                        "unknown-agency",
                        "toAgency"),
                new Said("no agency", "transferDossier", own + "<toAgency/>", "schema", "/transferDossier/toAgency"),
                new Said(
                        "the same agency",
                        "transferDossier",
                        own + "<toAgency>000.00.12.H50</toAgency>",
                        "same-agency",
                        "toAgency"),
                new Said(
                        "a telephone of dots",
                        "dispatchResults",
                        "<result>" + own + receiver(Doors.NAME, "..........", "19333") + "</result>",
                        "schema",
                        "/dispatchResults/result/receiver/phone"),
                new Said(
                        "a telephone of zeros",
                        "dispatchResults",
                        "<result>" + own + receiver(Doors.NAME, "00000000", "19333") + "</result>",
                        "schema",
                        "/dispatchResults/result/receiver/phone"),
                new Said(
                        "a name of spaces",
                        "dispatchResults",
                        "<result>" + own + receiver("  ", Doors.PHONE, "19333") + "</result>",
                        "schema",
                        "/dispatchResults/result/receiver/name"),
                new Said(
                        "a name of 201 emoji",
                        "dispatchResults",
                        "<result>" + own + receiver("📯".repeat(201), Doors.PHONE, "19333") + "</result>",
                        "schema",
                        "/dispatchResults/result/receiver/name"),
                new Said(
                        "a fee nobody can pay",
                        "dispatchResults",
                        "<result>" + own + "<collectFee>1000000001</collectFee></result>",
                        "schema",
                        "/dispatchResults/result/collectFee"),
                new Said(
                        "a fee that fills the memory",
                        "dispatchResults",
                        "<result>" + own + "<collectFee>" + "9".repeat(5000) + "</collectFee></result>",
                        "schema",
                        "/dispatchResults/result/collectFee"),
                new Said(
                        "nothing",
                        "confirmReceipt",
                        "<dossier xsi:nil=\"true\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"/>"
                                + "<appointment>" + SOON + "</appointment>",
                        "schema",
                        "/confirmReceipt/dossier"));
    }

    private static Said receipt(String what, String content, String day, String code, String field) {
        return new Said(what, "confirmReceipt", content + "<appointment>" + day + "</appointment>", code, field);
    }

    private static String receiver(String name, String phone, String commune) {
        return "<receiver><name>" + name + "</name><phone>" + phone + "</phone><commune>" + commune
                + "</commune><street>" + Doors.STREET + "</street></receiver>";
    }

    private static void clientFault(Http.Answer answer, String code, String field) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(500);
        assertThat(answer.text())
                .contains("<faultcode>soap:Client</faultcode>")
                .contains("<code>" + code + "</code>")
                .contains(field.isEmpty() ? "" : "<field>" + field + "</field>");
        repeatsNothing(answer);
    }

    @Test
    void an_envelope_in_XML_1_1_brings_no_character_that_XML_1_0_does_not_know() {
        Map<String, Long> before = doors.rows();
        String said = Agency.request(
                "refusePapers",
                Agency.newRequestId(),
                "<dossier>" + mine + "</dossier><reason>a&#1;b</reason><returnPapers>true</returnPapers>");
        String envelope = Agency.envelope(world.centre().security(java.time.Instant.now(), Agency.nonce()), said);

        Http.Answer answer = world.centre().send("<?xml version=\"1.1\"?>" + envelope);

        clientFault(answer, "not-xml", "");
        assertThat(doors.rows()).isEqualTo(before);
    }

    @Test
    void of_two_operations_in_one_body_neither_is_done() {
        Map<String, Long> before = doors.rows();
        String refusal = "<dossier>" + mine + "</dossier><reason>x</reason><returnPapers>true</returnPapers>";
        String one = Agency.request("refusePapers", Agency.newRequestId(), refusal);
        String other = Agency.request("refusePapers", Agency.newRequestId(), refusal);

        clientFault(world.centre().says(one + other), "one-operation", "Body");
        assertThat(doors.rows()).isEqualTo(before);
    }

    /** The schema allows space, comments and CDATA around a value; it is the value that counts. */
    @Test
    void a_value_is_read_whatever_stands_around_it() {
        String code = fresh();
        String request = Agency.newRequestId();
        String content = "<dossier> " + code.substring(0, 3) + "<!-- here --><![CDATA[" + code.substring(3)
                + "]]>\n</dossier><appointment>\n " + SOON + " </appointment>";
        Http.Answer answer = doors.agency(
                "confirmReceipt", request.substring(0, 5) + "<!-- there -->" + request.substring(5), content);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).contains(">" + request + "<");
        assertThat(doors.look("/" + code).ok().at("/facts/resultDay").asText()).isEqualTo(SOON);

        Http.Answer back = doors.agency(
                "refusePapers",
                Agency.newRequestId(),
                "<dossier>" + code + "</dossier><reason>sai</reason><returnPapers> true </returnPapers>");
        assertThat(back.text()).contains("ORIGINALS_BACK");

        ObjectNode wish = Doors.wish("19333");
        code(wish, code + "&<");
        doors.portal("/requests", wish).ok();
        Http.Answer progress = world.centre()
                .says("<a:getProgress xmlns:a=\"urn:bocau:agency:v1\"><a:dossier>" + xml(code + "&<")
                        + "</a:dossier></a:getProgress>");
        assertThat(progress.text()).contains("sentOn").contains(xml(code + "&<").replace("&#60;", "&lt;"));
    }

    /** A batch of results is answered one by one. */
    record Result(String what, String content, String code, String field) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_bad_result_is_refused_by_its_field_and_opens_nothing(Result bad) {
        Map<String, Long> before = doors.rows();

        Http.Answer answer = doors.agency("dispatchResults", Agency.newRequestId(), bad.content());

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text())
                .contains("REFUSED")
                .contains("<code>" + bad.code() + "</code>")
                .contains("<field>" + bad.field() + "</field>")
                .doesNotContain("DISPATCHED");
        repeatsNothing(answer);
        Map<String, Long> after = doors.rows();
        assertThat(after.remove("message")).isEqualTo(before.remove("message") + 1);
        assertThat(after).isEqualTo(before);
    }

    static Stream<Result> a_bad_result_is_refused_by_its_field_and_opens_nothing() {
        String bare = bare();
        return Stream.of(
                new Result("another agency's dossier", result(theirs, ""), "unknown-dossier", "dossier"),
                new Result("nobody's dossier", result("📯/" + DECOMPOSED, ""), "unknown-dossier", "dossier"),
                new Result("a wrong check digit", result(mine, "<item>RR123456789VN</item>"), "not-allowed", "item"),
                new Result("a country nobody knows", result(mine, "<item>RR123456785ZZ</item>"), "not-allowed", "item"),
                new Result("a label in use", result(mine, "<item>" + theirItem + "</item>"), "not-allowed", "item"),
                new Result(
                        "a fee that was paid",
                        result(mine, "<collectFee>1000000000</collectFee>"),
                        "not-allowed",
                        "collectFee"),
                new Result("no receiver", result(bare, ""), "not-allowed", "receiver"),
                new Result(
                        "a receiver nowhere",
                        result(bare, receiver(Doors.NAME, Doors.PHONE, "00000")),
                        "commune-unknown",
                        "receiver/commune"));
    }

    private static String result(String code, String content) {
        return "<result><dossier>" + code + "</dossier>" + content + "</result>";
    }

    // ---- one-stops --------------------------------------------------------------------------------------------

    /** What a one-stop sends, and the status and field it is told in the words of N-GSP. */
    record Order(String what, int status, String field, Supplier<Http.Answer> call) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_a_one_stop_must_not_order_is_refused_in_the_words_it_knows(Order bad) {
        Map<String, Long> before = doors.rows();

        Http.Answer answer = bad.call().get();

        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
        assertThat(answer.json().path("Status").asInt()).as(answer.text()).isEqualTo(bad.status());
        assertThat(answer.json().path("Message").asText())
                .contains(bad.field())
                .doesNotContain("thành công", "đã tồn tại");
        repeatsNothing(answer);
        assertThat(doors.rows()).isEqualTo(before);
    }

    static Stream<Order> what_a_one_stop_must_not_order_is_refused_in_the_words_it_knows() {
        String taken = Doors.newCode() + "/📯";
        String item = "ITEM-" + System.nanoTime();
        ObjectNode first = Doors.order(taken).put("ItemCode", item);
        assertThat(doors.oneStop("/order/post", first).json().path("Status").asInt())
                .isEqualTo(100);
        return Stream.of(
                        Stream.of(
                                new Order("nothing", 102, "", () -> doors.oneStop("/order/post", "")),
                                new Order("a list", 103, "", () -> doors.oneStop("/order/post", "[]")),
                                new Order(
                                        "Latin 1",
                                        102,
                                        "",
                                        () -> doors.oneStop(
                                                "/order/post", "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1))),
                                new Order(
                                        "a hundred thousand brackets",
                                        102,
                                        "",
                                        () -> doors.oneStop("/order/post", "[".repeat(100_000))),
                                new Order(
                                        "more than we read",
                                        102,
                                        "",
                                        () -> doors.oneStop("/order/post", "\"" + "x".repeat(1_100_000) + "\"")),
                                new Order(
                                        "a number that fills the memory",
                                        102,
                                        "CODAmount",
                                        () -> doors.oneStop(
                                                "/order/post",
                                                Doors.order("X")
                                                        .toString()
                                                        .replace("\"CODAmount\":0.0", "\"CODAmount\":1e99999999"))),
                                order("another's customer code", 104, "CustomerCode", o -> o.put("CustomerCode", "X")),
                                order(
                                        "a number written backwards",
                                        102,
                                        "OrderNumber",
                                        o -> o.put("OrderNumber", "H50" + RIGHT_TO_LEFT)),
                                order(
                                        "a number with nothing in it",
                                        103,
                                        "OrderNumber",
                                        o -> o.put("OrderNumber", "H50" + ZERO_WIDTH + "1")),
                                order(
                                        "a number of 101 characters",
                                        103,
                                        "OrderNumber",
                                        o -> o.put("OrderNumber", "9".repeat(101))),
                                order(
                                        "another agency's dossier",
                                        106,
                                        "OrderNumber",
                                        o -> o.put("OrderNumber", theirs)),
                                order("an item in use", 106, "ItemCode", o -> o.put("ItemCode", item)),
                                order("an item of ours", 106, "ItemCode", o -> o.put("ItemCode", theirItem)),
                                order(
                                        "an item of 501 characters",
                                        103,
                                        "ItemCode",
                                        o -> o.put("ItemCode", "9".repeat(501))),
                                order("a fee below nothing", 103, "CODAmount", o -> o.put("CODAmount", -1)),
                                order("half a đồng", 103, "CODAmount", o -> o.put("CODAmount", 0.5)),
                                order("a fee nobody can pay", 103, "CODAmount", o -> o.put("CODAmount", 1_000_000_001)),
                                order("a fee in words", 103, "CODAmount", o -> o.put("CODAmount", "một nghìn")),
                                order(
                                        "a name of hard spaces",
                                        103,
                                        "ReceiverName",
                                        o -> o.put("ReceiverName", NO_BREAK)),
                                order(
                                        "a name with nothing in it",
                                        103,
                                        "ReceiverName",
                                        o -> o.put("ReceiverName", ZERO_WIDTH)),
                                order(
                                        "a name of 201 emoji",
                                        103,
                                        "ReceiverName",
                                        o -> o.put("ReceiverName", "📯".repeat(201))),
                                order(
                                        "a street of hard spaces",
                                        103,
                                        "ReceiverAddress",
                                        o -> o.put("ReceiverAddress", NO_BREAK)),
                                order(
                                        "a telephone of dots",
                                        103,
                                        "ReceiverTel",
                                        o -> o.put("ReceiverTel", "..........")),
                                order(
                                        "a province nobody serves",
                                        107,
                                        "ReceiverProvince",
                                        o -> o.put("ReceiverProvince", 10).remove("ReceiverDistrict")),
                                order(
                                        "half a province",
                                        107,
                                        "ReceiverProvince",
                                        o -> o.put("ReceiverProvince", 5).remove("ReceiverDistrict")),
                                order(
                                        "a district nobody serves",
                                        107,
                                        "ReceiverDistrict",
                                        o -> o.put("ReceiverDistrict", 9999)),
                                order(
                                        "a direction nobody can tell",
                                        107,
                                        "SenderDesc",
                                        o -> o.put("SenderDesc", "x")
                                                .put("SenderTel", Doors.PHONE)
                                                .put("SenderName", Doors.NAME)),
                                order("a field twice", 103, "ReceiverName", o -> o.put("RECEIVERNAME", "Ai Đó")),
                                new Order("a cancellation of nothing", 105, "OrderNumber", () -> cancelled("H50-NONE")),
                                new Order("another's cancelled", 105, "OrderNumber", () -> cancelled(theirs)),
                                new Order("a cancellation in emoji", 105, "OrderNumber", () -> cancelled("📯/..")),
                                new Order("a cancellation of a zero", 102, "OrderNumber", () -> cancelled("\0")),
                                new Order(
                                        "a cancellation sideways",
                                        103,
                                        "Direction",
                                        () -> doors.oneStop(
                                                "/order/cancel?CustomerCode=QTI-TTHCC&OrderNumber=X&Direction=UP", "")),
                                new Order(
                                        "a cursor that is none",
                                        103,
                                        "lastId",
                                        () -> tracking("lastId=" + "g".repeat(24))),
                                new Order("a cursor in emoji", 103, "lastId", () -> tracking("lastId=%F0%9F%93%AF")),
                                new Order("a page of nothing", 103, "pagesize", () -> tracking("pagesize=0")),
                                new Order(
                                        "a page of everything",
                                        103,
                                        "pagesize",
                                        () -> tracking("pagesize=99999999999")),
                                new Order("an order of a zero", 102, "orderNumber", () -> tracking("orderNumber=%00")),
                                new Order(
                                        "a document for nobody",
                                        103,
                                        "",
                                        () -> doors.oneStop(
                                                "/document",
                                                "{\"CustomerCode\":\"QTI-TTHCC\",\"OrderNumber\":\"X\",\"IsSendDocument\":true}"))),
                        Stream.of(
                                        "OrderNumber",
                                        "SenderName",
                                        "SenderTel",
                                        "SenderAddress",
                                        "SenderDesc",
                                        "Description",
                                        "ReceiverName",
                                        "ReceiverTel",
                                        "ReceiverAddress",
                                        "ReceiverEmail",
                                        "ItemCode",
                                        "FlagConfig")
                                .map(field -> order("a zero in " + field, 102, field, o -> o.put(field, "a\0b"))))
                .flatMap(all -> all);
    }

    private static Order order(String what, int status, String field, Consumer<ObjectNode> wrong) {
        return new Order(what, status, field, () -> {
            ObjectNode order = Doors.order(Doors.newCode());
            wrong.accept(order);
            return doors.oneStop("/order/post", order);
        });
    }

    private static Http.Answer cancelled(String number) {
        return doors.oneStop("/order/cancel?CustomerCode=QTI-TTHCC&OrderNumber=" + encoded(number), "");
    }

    private static Bad crossSite(String what, String header, String from) {
        return bad(
                what,
                403,
                "cross-site",
                "",
                () -> doors.post(
                        "/api/ops/v1/directory/reload",
                        with(
                                with(Http.basic("truc-ca", "truc-ca-sandbox"), "Content-Type", "text/plain"),
                                header,
                                from),
                        new byte[0]));
    }

    private static Http.Answer tracking(String query) {
        return doors.oneStop("/order/tracking?" + query, "");
    }

    /** Each is within its schema, or is read before that is looked at; none may keep a thread busy or break it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource
    @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void long_texts_are_read_at_once(String what, String field, String text) {
        Http.Answer answer =
                doors.oneStop("/order/post", Doors.order(Doors.newCode()).put(field, text));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("Status").asInt()).as(answer.text()).isIn(100, 103);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> long_texts_are_read_at_once() {
        String service = "Tên dịch vụ: Trả hồ sơ tại nhà||";
        return Stream.of(
                arguments("spaces", "SenderDesc", service + "x" + " ".repeat(19_000) + "x"),
                arguments("spaces in a value", "SenderDesc", service + "x:y" + " ".repeat(19_000) + "x"),
                arguments("digits", "SenderDesc", service + "x" + "1".repeat(19_000) + "x"),
                arguments("digits and spaces", "SenderDesc", service + "x" + "1 ".repeat(9_500) + "x"),
                arguments("an identity number without end", "Description", "CMND " + "1".repeat(900_000)),
                arguments("an identity number in groups", "Description", "CMND " + "1 ".repeat(450_000)),
                arguments("names of identity numbers", "Description", "CMND ".repeat(180_000)),
                arguments("bars", "Description", "|".repeat(900_000)),
                arguments("a telephone without end", "ReceiverTel", "(".repeat(900_000)),
                arguments("a number without end", "CODAmount", "0".repeat(900_000)));
    }

    /** As text, with zeros before and after, as some clients write them. */
    @Test
    void numbers_in_any_dress_are_numbers() {
        ObjectNode order = Doors.order(Doors.newCode())
                .put("CODAmount", "000000100.00")
                .put("SenderProvince", "052")
                .put("ReceiverProvince", "52.0")
                .put("ReceiverDistrict", "05210")
                .put("SenderDistrict", 0.0);

        Http.Answer answer = doors.oneStop("/order/post", order);

        assertThat(answer.json().path("Status").asInt()).as(answer.text()).isEqualTo(100);
    }

    // ---- the same key for something else ----------------------------------------------------------------------

    @Test
    void a_key_that_was_used_for_something_else_is_refused_at_every_door() {
        String key = UUID.randomUUID().toString();
        Map<String, String> portal = doors.portal("portal-dvcqg", "sandbox-portal-secret");
        ObjectNode wish = Doors.wish("19333");
        doors.portal(portal, "/requests", key, wish).ok();
        ObjectNode other = wish.deepCopy();
        sender(other).put("name", Doors.NAME + " B");
        refused(bad("other content", 422, "key-reused", "", () -> doors.portal(portal, "/requests", key, other)));
        refused(bad(
                "another act",
                422,
                "key-reused",
                "",
                () -> doors.portal(
                        portal,
                        "/dossiers/cancellation",
                        key,
                        cancel(wish.at("/dossier/codes/0/code").asText()))));

        String request = Agency.newRequestId();
        String code = "<dossier>" + fresh() + "</dossier>";
        assertThat(doors.agency("confirmReceipt", request, code + "<appointment>" + SOON + "</appointment>")
                        .status())
                .isEqualTo(200);
        Map<String, Long> before = doors.rows();
        clientFault(
                doors.agency("transferDossier", request, code + "<toAgency>000.01.12.H50</toAgency>"),
                "key-reused",
                "");
        clientFault(
                doors.agency("confirmReceipt", request, code + "<appointment>" + LATER + "</appointment>"),
                "key-reused",
                "");
        assertThat(doors.rows()).isEqualTo(before);
    }

    // ---- operators --------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_an_operator_must_not_ask_for_is_refused_by_the_field(Bad bad) {
        refused(bad);
    }

    static Stream<Bad> what_an_operator_must_not_ask_for_is_refused_by_the_field() {
        String unknown = "/messages/" + UUID.randomUUID();
        String known = "/messages/"
                + world.db()
                        .sql("select id from message where direction = 'IN' and state = 'RECEIVED' limit 1")
                        .query(UUID.class)
                        .single();
        return Stream.of(
                bad("nobody", 401, "unauthenticated", "", () -> Http.get(world.at("/api/ops/v1/messages"), Map.of())),
                bad(
                        "a name with a zero",
                        401,
                        "unauthenticated",
                        "",
                        () -> Http.get(world.at("/api/ops/v1/messages"), Http.basic("truc\0ca", "x"))),
                bad(
                        "a worker",
                        403,
                        "forbidden",
                        "",
                        () -> Http.get(world.at("/api/ops/v1/messages"), Http.basic("buu-ta", "buu-ta-sandbox"))),
                look("a partner of a zero", "partner", "/messages?partner=%00"),
                look("a subject of a zero", "subject", "/messages?subject=a%00b"),
                look("a direction nobody goes", "direction", "/messages?direction=SIDEWAYS"),
                look("a state nobody is in", "state", "/messages?state=%00"),
                look("a page of nothing", "size", "/messages?size=0"),
                look("a page of everything", "size", "/messages?size=201"),
                look("a page of words", "size", "/messages?size=all"),
                look("a place without end", "before", "/messages?before=99999999999999999999"),
                look("a day before the first", "days", "/ledger?days=0"),
                look("days without end", "days", "/ledger?days=93"),
                look("incidents before the first", "from", "/incidents?from=-1"),
                look("too many incidents at once", "size", "/incidents?size=201"),
                look("unproven of days without end", "days", "/ledger/unproven?days=93"),
                look("too many unproven at once", "size", "/ledger/unproven?size=201"),
                look("an id that is none", "id", "/messages/x"),
                look("an owner of no kind", "ownerKind", "/obligations?ownerKind=NOBODY"),
                look("an owner of a zero", "owner", "/obligations?owner=%00"),
                look("overdue perhaps", "overdue", "/obligations?overdue=perhaps"),
                look("obligations from nowhere", "from", "/obligations?from=-1"),
                bad(
                        "a mend of a zero",
                        400,
                        "mend",
                        "/partner",
                        () -> doors.ops("GET", "/mends/would?partner=%00", "")),
                look("handlings of a zero", "place", "/handlings?place=%00"),
                act(
                        "like some",
                        "parameter",
                        "/alike",
                        "/handlings/" + UUID.randomUUID() + "/leave",
                        "{\"reason\":\"x\",\"alike\":\"no\"}"),
                act(
                        "read again like some",
                        "parameter",
                        "/alike",
                        "/handlings/" + UUID.randomUUID() + "/read",
                        "{\"reason\":\"x\",\"alike\":\"no\"}"),
                look("handlings before time", "before", "/handlings?before=x"),
                look("all handlings", "size", "/handlings?size=201"),
                bad("nobody's message", 404, "unknown-message", "id", () -> doors.ops("GET", unknown, "")),
                bad(
                        "nobody's message again",
                        404,
                        "unknown-message",
                        "id",
                        () -> doors.ops("POST", unknown + "/retry", "{\"reason\":\"x\"}")),
                bad(
                        "what is not parked",
                        409,
                        "not-parked",
                        "",
                        () -> doors.ops("POST", known + "/retry", "{\"reason\":\"x\"}")),
                act("no reason", "reason", "/reason", known + "/discard", ""),
                act("an empty reason", "reason", "/reason", known + "/discard", "{}"),
                act("a reason of spaces", "reason", "/reason", known + "/discard", "{\"reason\":\"  \"}"),
                act("a novel", "reason", "/reason", known + "/discard", "{\"reason\":\"" + "x".repeat(501) + "\"}"),
                act("a reason with a zero", "unprintable", "/reason", known + "/discard", "{\"reason\":\"a\\u0000b\"}"),
                act("half a letter", "unprintable", "/reason", known + "/discard", "{\"reason\":\"\\ud800\"}"),
                act("a list", "reason", "/reason", known + "/discard", "[]"),
                act("a number", "reason", "/reason", known + "/discard", "{\"reason\":7}"),
                act("not JSON", "not-json", "", known + "/discard", "{\"reason\":"),
                act("a reason twice", "not-json", "", known + "/discard", "{\"reason\":\"a\",\"reason\":\"b\"}"),
                act("brackets", "not-json", "", known + "/discard", "[".repeat(100_000)),
                act("a zero for a line", "unprintable", "/reason", "/partners/dvcqg/pause", "{\"reason\":\"\\u0000\"}"),
                bad(
                        "a line nobody has",
                        404,
                        "unknown-partner",
                        "partner",
                        () -> doors.ops("POST", "/partners/%F0%9F%93%AF/pause", "{\"reason\":\"x\"}")),
                crossSite("another site's page", "Sec-Fetch-Site", "cross-site"),
                crossSite("a page of another port", "Sec-Fetch-Site", "same-site"),
                crossSite("an old browser's page of another site", "Origin", "https://example.org"),
                crossSite("a page that hides where it is from", "Origin", "null"),
                bad(
                        "a form",
                        415,
                        "content-type",
                        "",
                        () -> doors.post(
                                "/api/ops/v1" + known + "/discard",
                                with(
                                        Http.basic("truc-ca", "truc-ca-sandbox"),
                                        "Content-Type",
                                        "application/x-www-form-urlencoded"),
                                Doors.bytes("reason=x"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_an_administrator_must_not_do_to_people_is_refused_by_the_field(Bad bad) {
        refused(bad);
    }

    static Stream<Bad> what_an_administrator_must_not_do_to_people_is_refused_by_the_field() {
        String right = "\"name\":\"moi.vao\",\"role\":\"OPERATOR\",\"reason\":\"x\"";
        return Stream.of(
                bad("an operator", 403, "forbidden", "", () -> doors.ops("GET", "/people", "")),
                person("a role nobody has", 400, "parameter", "role", "GET", "?role=KING", ""),
                person("an office of a zero", 400, "parameter", "office", "GET", "?office=%00", ""),
                person("an agency of a zero", 400, "parameter", "agency", "GET", "?agency=a%00", ""),
                person("after a zero", 400, "parameter", "after", "GET", "?after=%00", ""),
                person("everybody", 400, "parameter", "size", "GET", "?size=201", ""),
                person("nobody we know", 404, "unknown-person", "name", "GET", "/%F0%9F%93%AF", ""),
                person("nobody's door", 404, "unknown-person", "name", "POST", "/a%20b/disable", "{\"reason\":\"x\"}"),
                person("no body", 400, "reason", "/reason", "POST", "", ""),
                person("a list", 400, "reason", "/reason", "POST", "", "[]"),
                person("no reason", 400, "reason", "/reason", "POST", "", "{\"name\":\"moi.vao\"}"),
                person("not JSON", 400, "not-json", "", "POST", "", "{" + right),
                person(
                        "a name of a zero",
                        400,
                        "unprintable",
                        "/name",
                        "POST",
                        "",
                        "{\"name\":\"\\u0000\",\"reason\":\"x\"}"),
                person("a name of a number", 400, "field", "/name", "POST", "", "{\"name\":7,\"reason\":\"x\"}"),
                person("a misspelt field", 400, "field", "/pasword", "POST", "", "{" + right + ",\"pasword\":\"x\"}"),
                person(
                        "a hash of one's own",
                        400,
                        "field",
                        "/one~1time",
                        "POST",
                        "",
                        "{" + right + ",\"one/time\":false}"),
                person(
                        "somebody's full name",
                        422,
                        "account",
                        "/name",
                        "POST",
                        "",
                        "{\"name\":\"" + Doors.NAME + "\",\"role\":\"OPERATOR\",\"reason\":\"x\"}"),
                person(
                        "a short password",
                        422,
                        "account",
                        "/password",
                        "POST",
                        "",
                        "{" + right + ",\"password\":\"x\"}"),
                person(
                        "a password bcrypt would cut",
                        422,
                        "account",
                        "/password",
                        "POST",
                        "",
                        "{" + right + ",\"password\":\"" + "ệ".repeat(25) + "\"}"),
                person(
                        "an office of no post",
                        422,
                        "account",
                        "/office",
                        "POST",
                        "",
                        "{" + right + ",\"office\":\"520100\"}"));
    }

    private static Bad person(
            String what, int status, String code, String field, String method, String path, String body) {
        return bad(what, status, code, field, () -> {
            Map<String, String> headers =
                    with(Http.basic("quan-tri", "quan-tri-sandbox"), "Content-Type", "application/json");
            return Http.send(method, world.at("/api/ops/v1/people" + path), headers, body);
        });
    }

    private static Bad look(String what, String field, String path) {
        return bad(what, 400, "parameter", field, () -> doors.ops("GET", path, ""));
    }

    private static Bad act(String what, String code, String field, String path, String body) {
        return bad(what, 400, code, field, () -> doors.ops("POST", path, body));
    }

    // ---- queues -----------------------------------------------------------------------------------------------

    /** A message on a queue has nobody to answer to: it is parked, with what is wrong, and nothing else comes of it. */
    record Queued(String what, String fault, String partner, Object message) {

        Queued(String what, String fault, Object message) {
            this(what, fault, "jms-portal", message);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void what_a_queue_brings_and_cannot_be_done_is_parked_and_leaves_nothing_else(Queued bad) {
        Map<String, Long> before = doors.rows();
        JmsTemplate queue = world.hub().bean(JmsTemplate.class);

        if (bad.message() instanceof MessageCreator creator) {
            queue.send("in." + bad.partner(), creator);
        } else {
            queue.convertAndSend("in." + bad.partner(), bad.message());
        }

        await().atMost(World.SOON).until(() -> doors.rows().get("message") > before.get("message"));
        JsonNode parked = newestOf(bad.partner());
        assertThat(parked.path("state").asText()).isEqualTo("PARKED");
        assertThat(parked.path("fault").asText()).as(parked.toString()).isEqualTo(bad.fault());
        if (bad.fault().equals("queue-message-type")) {
            assertThat(parked.at("/remedy/en").asText()).contains("Tell the partner");
            assertThat(parked.at("/remedy/vi").asText()).contains("Báo đối tác");
        }
        assertThat(parked.toString()).doesNotContain(Doors.NAME, Doors.PHONE, Doors.STREET);
        Map<String, Long> after = doors.rows();
        assertThat(after.remove("message")).isEqualTo(before.remove("message") + 1);
        assertThat(after).isEqualTo(before);
    }

    private static JsonNode newestOf(String partner) {
        return Http.get(
                        world.at("/api/ops/v1/messages?partner=" + partner + "&size=1"),
                        Http.basic("truc-ca", "truc-ca-sandbox"))
                .ok()
                .at("/messages/0");
    }

    /** Its body would end whoever reads it: as a text, it says of itself that it is two billion bytes long. */
    @Test
    void what_is_too_large_for_a_door_or_compressed_is_parked_unread_and_what_comes_after_is_heard() throws Exception {
        var pool = (JmsPoolConnectionFactory) world.hub().bean(ConnectionFactory.class);
        TransportConfiguration[] broker = ((ActiveMQConnectionFactory) pool.getConnectionFactory())
                .getServerLocator()
                .getStaticTransportConfigurations();
        long before = doors.rows().get("message");
        try (var theirs = ActiveMQJMSClient.createConnectionFactoryWithoutHA(JMSFactoryType.CF, broker)) {
            theirs.setCompressLargeMessage(true);
            try (Connection connection = theirs.createConnection();
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
                session.createProducer(session.createQueue("in.jms-portal"))
                        .send(session.createTextMessage(Doors.NAME.repeat(200_000)));
            }
        }
        try (var theirs = ActiveMQJMSClient.createConnectionFactoryWithoutHA(JMSFactoryType.CF, broker);
                Connection connection = theirs.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            ClientSession core = ((ActiveMQSession) session).getCoreSession();
            for (byte type : new byte[] {
                org.apache.activemq.artemis.api.core.Message.TEXT_TYPE,
                org.apache.activemq.artemis.api.core.Message.OBJECT_TYPE
            }) {
                ClientMessage large = core.createMessage(type, true);
                byte[] block = new byte[1 << 20];
                Arrays.fill(block, (byte) 0x7f);
                large.putLongProperty(org.apache.activemq.artemis.api.core.Message.HDR_LARGE_BODY_SIZE, 2_000_000_000);
                large.setBodyInputStream(
                        new SequenceInputStream(Collections.enumeration(Collections.nCopies(30, block).stream()
                                .map(ByteArrayInputStream::new)
                                .toList())));
                try (ClientProducer producer = core.createProducer("in.jms-portal")) {
                    producer.send(large);
                }
            }
            try (ClientProducer producer = core.createProducer("in.jms-portal")) {
                producer.send(core.createMessage((byte) 42, true));
            }
            String letters = Doors.NAME.repeat(80_000);
            MessageProducer producer = session.createProducer(session.createQueue("in.jms-portal"));
            producer.send(session.createTextMessage("{\"key\":\"k-large\",\"body\":\"" + letters + "\"}"));
            BytesMessage bytes = session.createBytesMessage();
            bytes.writeBytes(letters.getBytes(StandardCharsets.UTF_8));
            producer.send(bytes);
            TextMessage marked = session.createTextMessage("{\"key\":\"k-after\",\"kind\":\"none\"}");
            marked.setStringProperty("bocau_unread", "x\0y");
            marked.setIntProperty("_AMQ_LARGE_COMPRESSED", 1);
            marked.setStringProperty("_AMQ_LARGE_SIZE", "x");
            producer.send(marked);
            // Known by the broker alone: said again later, the same words are another message.
            producer.setDisableMessageID(true);
            producer.send(session.createTextMessage("{\"kind\":\"nameless\"}"));
            producer.send(session.createTextMessage("{\"kind\":\"nameless\"}"));
            producer.send(session.createTextMessage("{\"kind\":\"nameless too\"}"));
        }

        await().atMost(World.SOON).until(() -> doors.rows().get("message") == before + 10);
        assertThat(world.db()
                        .sql("select fault || ' ' || substring(reason_en from '[A-Z][a-z]+Message') from message"
                                + " where partner = 'jms-portal' and fault = 'too-large' order by seq")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "too-large TextMessage",
                        "too-large TextMessage",
                        "too-large ObjectMessage",
                        "too-large TextMessage",
                        "too-large BytesMessage");
        assertThat(world.db()
                        .sql(
                                "select max(length(body)) from message where partner = 'jms-portal' and fault = 'too-large'")
                        .query(Integer.class)
                        .single())
                .isLessThan(100);
        assertThat(world.db()
                        .sql(
                                "select cast(body as jsonb) #>> '{}' from message where partner = 'jms-portal' and fault = 'queue-kind'"
                                        + " order by seq desc limit 4")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "{\"kind\":\"nameless too\"}",
                        "{\"kind\":\"nameless\"}",
                        "{\"kind\":\"nameless\"}",
                        "{\"key\":\"k-after\",\"kind\":\"none\"}");
    }

    static Stream<Queued> what_a_queue_brings_and_cannot_be_done_is_parked_and_leaves_nothing_else() {
        ObjectNode wish = Doors.wish("19333");
        ObjectNode zero = wish.deepCopy();
        sender(zero).put("name", Doors.NAME + "\0");
        ObjectNode backwards = wish.deepCopy();
        code(backwards, "H50" + RIGHT_TO_LEFT);
        ObjectNode yearOne = wish.deepCopy();
        dossier(yearOne).put("filedOn", "0001-01-01");
        return Stream.of(
                new Queued("nothing", "not-json", ""),
                new Queued("prose", "not-json", Doors.NAME),
                new Queued("a field twice", "not-json", "{\"key\":\"a\",\"key\":\"b\"}"),
                new Queued("brackets", "not-json", "[".repeat(100_000)),
                new Queued("a map", "queue-message-type", Map.of("name", Doors.NAME)),
                new Queued("an object", "queue-message-type", new ArrayList<>(List.of(Doors.NAME))),
                new Queued("a stream", "queue-message-type", (MessageCreator) session -> {
                    var stream = session.createStreamMessage();
                    stream.writeString(Doors.NAME);
                    return stream;
                }),
                new Queued("no body at all", "queue-message-type", (MessageCreator) Session::createMessage),
                new Queued("bytes that are no text", "not-json", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}),
                new Queued("a kind nobody may send", "queue-kind", "{\"kind\":\"agency.dispatch\",\"body\":{}}"),
                new Queued("a kind that is a route", "queue-kind", "{\"kind\":\"parked.retry\",\"body\":{}}"),
                new Queued("a kind that is none", "queue-kind", "{\"kind\":{},\"body\":{}}"),
                new Queued("nothing to do", "schema", "{\"body\":null}"),
                new Queued("a name with a zero", "unprintable", envelope("k-zero", zero)),
                new Queued("half a letter", "unprintable", "{\"body\":{\"dossier\":\"\\ud800\"}}"),
                new Queued("a number that fills the memory", "unprintable", "{\"body\":{\"a\":1e99999999}}"),
                new Queued("a key with a zero", "unprintable", envelope("k\0", wish)),
                new Queued(
                        "a key of half a letter",
                        "unprintable",
                        envelope("k", wish).replace("\"k\"", "\"k\\ud800\"")),
                new Queued("half a letter as it is", "unprintable", "{\"key\":\"k-half\",\"body\":\"\ud800\"}"),
                new Queued("a code written backwards", "unprintable", envelope("k-backwards", backwards)),
                new Queued("filed in the year 1", "not-allowed", envelope("k-year-1", yearOne)),
                new Queued(
                        "somebody else's dossier",
                        "unknown-dossier",
                        "{\"key\":\"k-theirs\",\"kind\":\"portal.cancel\",\"body\":" + cancel(theirs) + "}"),
                ofAnAgency(
                        "a day that is none", "schema", "receive", "confirmReceipt", "<appointment>mai</appointment>"),
                ofAnAgency(
                        "fewer papers than none, of a name without end",
                        "schema",
                        "supplement",
                        "askSupplement",
                        "<paper><name>" + "x".repeat(3000) + "</name><original>true</original><count>-7</count></paper>"
                                + "<reason>Thiếu</reason><byPost>true</byPost>"),
                ofAnAgency(
                        "another operation than its kind",
                        "schema",
                        "supplement",
                        "confirmReceipt",
                        "<appointment>2026-12-01</appointment>"),
                new Queued("no XML", "not-xml", "jms-agency", "{\"kind\":\"agency.receive\",\"body\":\"a\"}"),
                new Queued(
                        "JSON that no file of its dialect puts into XML",
                        "json-not-read",
                        "jms-agency",
                        "{\"kind\":\"agency.receive\",\"body\":{\"a\":1}}"),
                new Queued(
                        "a document type",
                        "not-xml",
                        "jms-agency",
                        "{\"kind\":\"agency.receive\",\"body\":\"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>\"}"));
    }

    private static Queued ofAnAgency(String what, String fault, String kind, String operation, String content) {
        ObjectNode message = Http.JSON
                .createObjectNode()
                .put("kind", "agency." + kind)
                .put(
                        "body",
                        Agency.request(
                                operation, Agency.newRequestId(), "<dossier>" + theirs + "</dossier>" + content));
        return new Queued(what, fault, "jms-agency", message.toString());
    }

    private static String envelope(String key, ObjectNode body) {
        ObjectNode message = Http.JSON.createObjectNode().put("key", key).put("kind", "portal.request");
        message.set("body", body);
        return message.toString();
    }

    // ---- and in the end ---------------------------------------------------------------------------------------

    @Test
    void no_operator_reads_a_citizens_name_however_odd_the_input() {
        String seen = Stream.of("/messages?size=200", "/partners", "/ledger?days=1")
                .map(path -> doors.ops("GET", path, "").text())
                .reduce("", String::concat);

        assertThat(seen).contains("portal.request").doesNotContain(Doors.NAME, Doors.PHONE, Doors.STREET);
    }

    private static org.junit.jupiter.params.provider.Arguments arguments(Object... all) {
        return org.junit.jupiter.params.provider.Arguments.of(all);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new java.util.HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    /** A dossier of ours that nobody else in this class touches. */
    private static String fresh() {
        ObjectNode wish = Doors.wish("19333");
        doors.portal("/requests", wish).ok();
        return wish.at("/dossier/codes/0/code").asText();
    }

    /** The same without a delivery. */
    private static String bare() {
        ObjectNode wish = Doors.wish("19333");
        wish.remove("result");
        doors.portal("/requests", wish).ok();
        return wish.at("/dossier/codes/0/code").asText();
    }

    /** The same, and its papers are with the post. */
    private static String underWay() {
        ObjectNode wish = Doors.wish("19333");
        wish.remove("result");
        String fetched = pickup(doors.portal("/requests", wish));
        doors.handlings(worker, Doors.batch(worker, Doors.handling("COLLECTED", fetched)))
                .ok();
        return wish.at("/dossier/codes/0/code").asText();
    }

    private static String pickup(Http.Answer answer) {
        return answer.ok().at("/legs/0/item").asText();
    }

    private static String proven(Phone phone, String item, byte[] content) {
        ObjectNode collected = Doors.handling("COLLECTED", item);
        details(collected).putArray("photos").add(Doors.sha256(content));
        JsonNode said =
                doors.handlings(phone, Doors.batch(phone, collected)).ok().at("/handlings/0");
        assertThat(said.path("outcome").asText()).as(said.toString()).isEqualTo("RECORDED");
        return collected.path("id").asText();
    }

    private static ObjectNode move(String code, String commune) {
        ObjectNode move = Http.JSON.createObjectNode().put("dossier", code).put("leg", "RESULT");
        move.set("party", Doors.party(commune));
        return move;
    }

    private static ObjectNode cancel(String code) {
        return Http.JSON.createObjectNode().put("dossier", code).put("leg", "ALL");
    }

    private static ObjectNode dossier(ObjectNode wish) {
        return (ObjectNode) wish.path("dossier");
    }

    private static ArrayNode codes(ObjectNode wish) {
        return (ArrayNode) wish.at("/dossier/codes");
    }

    private static void code(ObjectNode wish, String code) {
        ((ObjectNode) wish.at("/dossier/codes/0")).put("code", code);
    }

    private static ObjectNode pickup(ObjectNode wish) {
        return (ObjectNode) wish.path("pickup");
    }

    private static ObjectNode result(ObjectNode wish) {
        return (ObjectNode) wish.path("result");
    }

    private static ObjectNode sender(ObjectNode wish) {
        return (ObjectNode) wish.at("/pickup/sender");
    }

    private static ObjectNode address(ObjectNode wish) {
        return (ObjectNode) wish.at("/result/receiver/address");
    }

    private static ObjectNode paper(ObjectNode wish) {
        return (ObjectNode) wish.at("/pickup/papers/0");
    }
}
