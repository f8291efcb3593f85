package vn.bocau.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.audit.BreakGlass;
import vn.bocau.audit.RecordWatch;
import vn.bocau.code.Text;
import vn.bocau.journal.Feed;
import vn.bocau.journey.Filed;
import vn.bocau.journey.Http;
import vn.bocau.journey.Twin;
import vn.bocau.journey.World;

/** What those see who are not on our pages: Prometheus and Grafana, a collector of traces, and who is called by alerts. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutsideTest {

    private static final Map<String, String> OPERATOR = Http.basic("truc-ca", "truc-ca-sandbox");
    private static final Path RULES = Path.of("docs/operate/alerts.yaml");
    private static final Path DASHBOARD = Path.of("docs/operate/dashboard.json");

    /** What Prometheus itself says of each target. */
    private static final Set<String> ITS_OWN = Set.of("up");

    private static final Set<String> ITS_OWN_LABELS = Set.of("job", "instance");

    @TempDir
    static Path reference;

    private static HttpServer outside;
    private static World world;
    private static Filed dossier;

    /** What the collector was sent, byte for byte. */
    private static final List<String> SPANS = new CopyOnWriteArrayList<>();

    /** Which traces a partner was told of. */
    private static final List<String> TRACES = new CopyOnWriteArrayList<>();

    /** What the other receiver of alerts was told. */
    private static final List<JsonNode> CHAT = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void begin() throws Exception {
        outside = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        outside.createContext("/v1/traces", exchange -> {
            SPANS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            answer(exchange);
        });
        outside.createContext("/hook", exchange -> {
            TRACES.addAll(exchange.getRequestHeaders().getOrDefault("traceparent", List.of("none")));
            answer(exchange);
        });
        outside.createContext("/chat", exchange -> {
            CHAT.add(Http.JSON.readTree(exchange.getRequestBody().readAllBytes()));
            answer(exchange);
        });
        outside.start();
        String here = "http://localhost:" + outside.getAddress().getPort();
        Files.writeString(
                reference.resolve("partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n"
                        + "nghe,PORTAL,Cổng nghe theo,webhook,PUSH," + here + "/hook,,nghe,,2,follows=dvcqg\n"
                        + "chat,ALERTS,Nhóm trực,webhook,PUSH," + here + "/chat,,nghe,,1,\n");
        world = new World(
                Map.of(
                        "bocau.reference", reference,
                        "bocau.secrets.nghe", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
                        "bocau.traces.url", here + "/v1/traces",
                        "management.opentelemetry.tracing.export.schedule-delay", "100ms",
                        "bocau.metrics.every", "200ms",
                        "bocau.alerts.look", "200ms",
                        "bocau.silence.look", "200ms",
                        "bocau.alerts.after", "0s"),
                Map.of());
        dossier = world.files(Filed.both("19333"));
        world.worker("buu-ta").scans("PICKUP_ACCEPTED", dossier.item("PICKUP"));
        dossier.shows("Bưu tá đã xác nhận");
        Http.post(world.at("/api/ops/v1/partners/lgsp/pause"), OPERATOR, Map.of("reason", "a test"))
                .ok();
        file("lgsp");
        parkSomething();
        failADrop();
        Http.post(world.at("/api/portal/v1/requests"), Map.of(), Map.of());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @AfterAll
    static void end() {
        world.close();
        outside.stop(0);
    }

    /** A metric that is gone makes an alert that never comes: nobody would notice. */
    @Test
    void rules_and_dashboard_name_only_what_a_hub_shows() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(RULES.toFile()).at("/groups/0/rules");
        JsonNode dashboard = Http.JSON.readTree(DASHBOARD.toFile());
        List<String> all = Stream.concat(
                        rules.findValuesAsText("expr").stream(),
                        Stream.concat(
                                dashboard.path("panels").findValuesAsText("expr").stream(),
                                Stream.of("max by (partner) (bocau_line_state)")))
                .map(expression -> expression.replace("$partner", ".*"))
                .toList();
        assertThat(rules.findValuesAsText("expr")).hasSizeGreaterThan(12);
        assertThat(all).hasSizeGreaterThan(40);

        await().atMost(World.SOON).untilAsserted(() -> {
            Map<String, Set<String>> shown = shown();
            for (String expression : all) {
                for (PromQl.Named named : new PromQl(expression).named()) {
                    if (!ITS_OWN.contains(named.metric())) {
                        assertThat(shown).as(expression).containsKey(named.metric());
                        assertThat(shown.get(named.metric()))
                                .as(expression)
                                .containsAll(named.labels().stream()
                                        .filter(label -> !ITS_OWN_LABELS.contains(label))
                                        .toList());
                    }
                }
            }
        });
    }

    /** Such a counter is there from the first time on: of five hundred in ten seconds Prometheus sees no growth, but 500. */
    @Test
    void a_rule_of_how_much_came_counts_also_what_a_series_begins_with() throws IOException {
        List<String> counting = new YAMLMapper()
                .readTree(RULES.toFile()).findValuesAsText("expr").stream()
                        .filter(expression -> expression.contains("increase("))
                        .toList();

        assertThat(counting).hasSizeGreaterThanOrEqualTo(2).allSatisfy(expression -> {
            Matcher grown = Pattern.compile("increase\\((.+?)\\[(\\w+)]\\)").matcher(expression);
            assertThat(grown.find()).isTrue();
            String series = grown.group(1);
            assertThat(expression)
                    .contains("((" + series + " unless " + series + " offset " + grown.group(2) + ") or "
                            + grown.group() + ")");
        });
    }

    /** It has no line that could be held, and what waits for it waits in silence. */
    @Test
    void a_rule_tells_of_a_partner_that_has_stopped_fetching() throws IOException {
        world.db()
                .sql("insert into message (id, direction, partner, key, kind, message_group, body, state, created_at)"
                        + " values (gen_random_uuid(), 'OUT', 'qti-tthcc', 'unfetched', 'progress', 'unfetched', '{}', 'PENDING',"
                        + " clock_timestamp() - interval '5 hours')")
                .update();
        JsonNode rules = new YAMLMapper().readTree(RULES.toFile()).at("/groups/0/rules");
        String rule = StreamSupport.stream(rules.spliterator(), false)
                .filter(each -> each.path("alert").asText().equals("BoCauUnfetched"))
                .findFirst()
                .orElseThrow()
                .path("expr")
                .asText();

        assertThat(rule)
                .startsWith(
                        "max by (partner) (bocau_line_oldest_seconds{direction=\"OUT\", state=~\"PENDING|QUEUED\"}) > "
                                + Feed.LONG_UNFETCHED.toSeconds()
                                + " unless on (partner) max by (partner) (bocau_line_state)");
        Pattern old = Pattern.compile(
                "\nbocau_line_oldest_seconds\\{direction=\"OUT\",partner=\"qti-tthcc\",state=\"PENDING\"} (\\S+)");
        await().atMost(World.SOON)
                .untilAsserted(() -> assertThat(scrape()).containsPattern(old).satisfies(all -> {
                    Matcher seconds = old.matcher(all);
                    assertThat(seconds.find()).isTrue();
                    assertThat(Double.parseDouble(seconds.group(1))).isGreaterThan(Feed.LONG_UNFETCHED.toSeconds());
                    assertThat(all).doesNotContainPattern("bocau_line_state\\{[^}]*partner=\"qti-tthcc\"");
                }));
    }

    @Test
    void each_rule_says_in_both_languages_what_is_wrong_and_where_it_is_mended() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(RULES.toFile()).at("/groups/0/rules");
        Set<String> names = new HashSet<>();
        for (JsonNode rule : rules) {
            String name = rule.path("alert").asText();
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(rule.path("for").asText()).as(name).matches("\\d+[mh]");
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
            JsonNode said = rule.path("annotations");
            assertThat(said.path("summary").asText())
                    .as(name)
                    .isNotBlank()
                    .isNotEqualTo(said.path("summary_en").asText());
            assertThat(said.path("summary_en").asText()).as(name).isNotBlank();
            assertThat(said.path("runbook").asText()).as(name).isNotBlank();
            Matcher used = Pattern.compile("\\$labels\\.([a-z_]+)").matcher(said.toString());
            while (used.find()) {
                assertThat(labels(rule.path("expr").asText())).as(name).contains(used.group(1));
            }
        }
    }

    /** What the results of an expression are kept apart by: of a bare metric all its labels. */
    private static Set<String> labels(String expression) {
        Set<String> labels = new HashSet<>(ITS_OWN_LABELS);
        for (PromQl.Named named : new PromQl(expression).named()) {
            labels.addAll(named.labels());
            if (expression.startsWith(named.metric())) {
                labels.addAll(shown().getOrDefault(named.metric(), Set.of()));
            }
        }
        return labels;
    }

    /** Of whatever was counted so far, by every label there is. */
    @Test
    void no_number_is_of_a_dossier_an_item_or_a_person() {
        String all = scrape();

        assertThat(all)
                .contains("http_server_requests_seconds_bucket")
                .doesNotContain(dossier.code(), dossier.item("PICKUP"), "Lê Thị Mẫu", "0900000001", "buu-ta\"");
        assertThat(shown().get("http_server_requests_seconds_count")).contains("uri", "status");
        assertThat(all).contains("uri=\"/api/portal/v1/dossiers/{code}\"");
    }

    @Test
    void a_message_is_one_trace_from_the_door_to_the_partner_and_says_no_name() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        Map<String, String> headers = new HashMap<>(Http.bearer(Http.form(
                        world.at("/oauth2/token"),
                        Http.basic("portal-dvcqg", "sandbox-portal-secret"),
                        "grant_type=client_credentials")
                .ok()
                .path("access_token")
                .asText()));
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        headers.put("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        Http.post(
                        world.at("/api/portal/v1/dossiers/cancellation"),
                        headers,
                        Map.of("dossier", dossier.code(), "leg", "RESULT"))
                .ok();

        await().atMost(World.SOON)
                .untilAsserted(() -> assertThat(TRACES)
                        .anySatisfy(said -> assertThat(said).matches("00-" + trace + "-[0-9a-f]{16}-01")));
        String message = world.db()
                .sql("select id from message where partner = 'nghe' and trace like ? order by seq desc limit 1")
                .param("%" + trace + "%")
                .query(String.class)
                .single();
        String bytes = new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1);
        await().atMost(World.SOON).untilAsserted(() -> {
            assertThat(SPANS).anySatisfy(sent -> assertThat(sent).contains(bytes, "in portal.cancel", dossier.code()));
            assertThat(SPANS).anySatisfy(sent -> assertThat(sent).contains(bytes, "out progress", message));
        });
        assertThat(String.join("", SPANS))
                .contains("http post /api/portal/v1/dossiers/cancellation")
                .doesNotContain("0900000001", latin("Lê Thị Mẫu"), "/track/", "task ");
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** On any number of nodes and however often it is looked: here by eight at a time, and while the receiver is away. */
    @Test
    void an_outage_is_told_once_when_it_begins_and_once_when_it_is_over() {
        Twin receiver = world.twin("bao-dong");
        Alerts alerts = world.hub().bean(Alerts.class);
        receiver.misbehaves("down");
        world.twin("opencps").misbehaves("down");
        file("opencps");
        await().atMost(World.SOON).until(() -> count("PARTNER_OUTAGE", "opencps") == 1);
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(n -> CompletableFuture.runAsync(alerts::look))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertThat(told(receiver, "opencps")).isEmpty();

        receiver.behaves();
        await().atMost(World.SOON).until(() -> told(receiver, "opencps").size() == 1);
        world.twin("opencps").behaves();

        await().atMost(World.SOON).until(() -> told(receiver, "opencps").size() == 2);
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(n -> CompletableFuture.runAsync(alerts::look))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertThat(told(receiver, "opencps"))
                .extracting(alert -> alert.path("type").asText())
                .containsExactly("alert.begun", "alert.over");
        assertThat(told(receiver, "opencps"))
                .extracting(alert -> alert.at("/data/id").asText())
                .allMatch(id -> id.equals(
                        told(receiver, "opencps").get(0).at("/data/id").asText()));
        assertThat(count("PARTNER_OUTAGE", "opencps")).isEqualTo(1);
        assertThat(world.db()
                        .sql("select count(*) from message where partner = 'bao-dong' and body like '%PARTNER_OUTAGE%'"
                                + " and subject = 'opencps'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    /** Else nobody is called by night any more, and nobody knows it. */
    @Test
    void what_is_wrong_with_a_receiver_is_told_by_the_others_and_not_by_itself() {
        String about = "bao-dong OUT test-receiver";
        world.db()
                .sql(
                        "insert into message (id, direction, partner, key, kind, message_group, body, state, fault, reason_vi,"
                                + " reason_en) values (gen_random_uuid(), 'OUT', 'bao-dong', 'test-receiver', 'alert', 'test-receiver',"
                                + " '{}', 'PARKED', 'test-receiver', 'x', 'x')")
                .update();
        await().atMost(World.SOON).until(() -> CHAT.stream().anyMatch(said -> isAbout(said, about)));
        world.db()
                .sql("update message set state = 'DISCARDED' where fault = 'test-receiver'")
                .update();
        await().atMost(World.SOON)
                .until(() -> CHAT.stream().filter(said -> isAbout(said, about)).count() == 2);

        assertThat(CHAT.stream().filter(said -> isAbout(said, about)))
                .extracting(said -> said.path("type").asText())
                .containsExactly("alert.begun", "alert.over");
        assertThat(world.db()
                        .sql("select count(*) from message where partner = 'bao-dong'"
                                + " and (subject = 'bao-dong' or subject like 'bao-dong %')")
                        .query(Long.class)
                        .single())
                .as("of its outages too, of which it has some here")
                .isZero();
    }

    private static boolean isAbout(JsonNode said, String partner) {
        return said.at("/data/about").asText().equals(partner);
    }

    /** What it learns from that is told in SilenceTest; here that the clock of the routes asks for it, day by day. */
    @Test
    void what_came_is_counted_from_the_first_day_of_which_something_is_kept() {
        await().atMost(World.SOON)
                .until(() -> world.db()
                        .sql("select counted > now() - interval '27 days' from heard_until")
                        .query(Boolean.class)
                        .single());
    }

    /** The same outage until the partner has answered: a pause says nothing of that, and a resumption asks it first. */
    @Test
    void an_outage_is_not_over_because_somebody_pauses_the_line() {
        Twin receiver = world.twin("bao-dong");
        Alerts alerts = world.hub().bean(Alerts.class);
        world.twin("webhook-portal").misbehaves("down");
        file("webhook-portal");
        await().atMost(World.SOON).until(() -> told(receiver, "webhook-portal").size() == 1);
        await().atMost(World.SOON).until(() -> incidents("webhook-portal") == 1);

        Http.post(world.at("/api/ops/v1/partners/webhook-portal/pause"), OPERATOR, Map.of("reason", "they mend it"))
                .ok();
        alerts.look();
        alerts.look();
        assertThat(open("PARTNER_OUTAGE", "webhook-portal")).isEqualTo(1);
        Http.post(
                        world.at("/api/ops/v1/partners/webhook-portal/resume"),
                        OPERATOR,
                        Map.of("reason", "they say it runs"))
                .ok();
        alerts.look();
        assertThat(open("PARTNER_OUTAGE", "webhook-portal")).isEqualTo(1);

        world.twin("webhook-portal").behaves();
        await().atMost(World.SOON).until(() -> told(receiver, "webhook-portal").size() == 2);
        assertThat(told(receiver, "webhook-portal"))
                .extracting(alert -> alert.path("type").asText())
                .containsExactly("alert.begun", "alert.over");
        assertThat(count("PARTNER_OUTAGE", "webhook-portal")).isEqualTo(1);
        assertThat(incidents("webhook-portal")).isEqualTo(1);
    }

    @Test
    void a_feed_that_cannot_be_read_is_told_once_when_it_begins_and_once_when_it_is_over() {
        Twin receiver = world.twin("bao-dong");
        // It may not have been there yet when the hub began to read.
        await().atMost(World.SOON)
                .until(() -> world.db()
                        .sql("select not exists (select from feed_outage where partner = 'carrier-x') and not exists ("
                                + "select from incident where partner = 'carrier-x' and ended_at is null)")
                        .query(Boolean.class)
                        .single());
        await().atMost(World.SOON).until(() -> open("FEED_OUTAGE", "carrier-x") == 0);

        world.twin("carrier-x").misbehaves("500");
        String id = begun("FEED_OUTAGE", "carrier-x");
        await().atMost(World.SOON).until(() -> told(receiver, "carrier-x", id).size() == 1);
        world.twin("carrier-x").behaves();
        await().atMost(World.SOON).until(() -> told(receiver, "carrier-x", id).size() == 2);

        assertThat(told(receiver, "carrier-x", id))
                .extracting(alert -> alert.path("type").asText())
                .containsExactly("alert.begun", "alert.over");
        assertThat(told(receiver, "carrier-x", id).get(0).toString())
                .contains("\"FEED_OUTAGE\"", "carrier-x cannot be read");
        assertThat(told(receiver, "carrier-x", id).get(1).toString()).contains("of partner carrier-x are read again");
    }

    private static List<JsonNode> told(Twin receiver, String about, String id) {
        return told(receiver, about).stream()
                .filter(alert -> alert.at("/data/id").asText().equals(id))
                .toList();
    }

    private static long incidents(String partner) {
        return world.db()
                .sql("select count(*) from incident where partner = ?")
                .param(partner)
                .query(Long.class)
                .single();
    }

    private static long open(String kind, String partner) {
        return world.db()
                .sql("select count(*) from alert where kind = ? and about = ? and ended_at is null")
                .param(kind)
                .param(partner)
                .query(Long.class)
                .single();
    }

    @Test
    void what_is_parked_and_what_is_overdue_is_told_until_it_is_not_any_more() {
        Twin receiver = world.twin("bao-dong");
        world.db()
                .sql("update progress set due_at = clock_timestamp() - interval '1 hour' where not closed")
                .update();
        parkSomething();

        await().atMost(World.SOON).untilAsserted(() -> {
            assertThat(told(receiver, "emc IN test-parked")).anySatisfy(alert -> {
                assertThat(alert.at("/data/page").asText()).isEqualTo("/console/failures");
                assertThat(alert.at("/data/text/vi").asText()).contains("emc", "test-parked");
                assertThat(alert.at("/data/details/count").asText()).matches("[12]");
            });
            assertThat(receiver.received().toString()).contains("OVERDUE");
        });
        world.db()
                .sql("update message set state = 'DISCARDED' where fault = 'test-parked'")
                .update();
        await().atMost(World.SOON)
                .untilAsserted(() -> assertThat(told(receiver, "emc IN test-parked"))
                        .anySatisfy(
                                alert -> assertThat(alert.path("type").asText()).isEqualTo("alert.over")));
        assertThat(receiver.received().toString()).doesNotContain("Lê Thị Mẫu", "0900000001");
        parkSomething();
    }

    @Test
    void a_mend_that_stopped_by_itself_is_told_until_somebody_begins_again() {
        Twin receiver = world.twin("bao-dong");
        parkSomething();
        String mend = UUID.randomUUID().toString();
        mend(mend, "STOPPED");

        await().atMost(World.SOON).until(() -> told(receiver, mend).size() == 1);
        JsonNode begun = told(receiver, mend).get(0);
        assertThat(begun.path("type").asText()).isEqualTo("alert.begun");
        assertThat(begun.at("/data/what").asText()).isEqualTo("MEND_STOPPED");
        assertThat(begun.at("/data/page").asText()).isEqualTo("/console/mends/" + mend);
        assertThat(begun.at("/data/text/en").asText()).contains("1/1 failed again", "messages not confirmed by it");

        mend(UUID.randomUUID().toString(), "CANCELLED");
        await().atMost(World.SOON).until(() -> told(receiver, mend).size() == 2);
        assertThat(told(receiver, mend).get(1).path("type").asText()).isEqualTo("alert.over");
    }

    /** Nobody may look at a page until Monday: neither is a line that is held. */
    @Test
    void a_drop_that_cannot_be_taken_and_a_one_stop_that_does_not_fetch_are_told_until_they_do() {
        Twin receiver = world.twin("bao-dong");
        String drop = begun("DROP_OUTAGE", "trung-tam-hcc");
        await().atMost(World.SOON)
                .until(() -> told(receiver, "trung-tam-hcc", drop).size() == 1);
        world.db().sql("delete from drop_outage where look = 'a test'").update();
        await().atMost(World.SOON)
                .until(() -> told(receiver, "trung-tam-hcc", drop).size() == 2);
        assertThat(told(receiver, "trung-tam-hcc", drop))
                .extracting(said ->
                        said.path("type").asText() + " " + said.at("/data/what").asText())
                .containsExactly("alert.begun DROP_OUTAGE", "alert.over DROP_OUTAGE");
        failADrop();

        world.db()
                .sql("insert into message (id, direction, partner, key, kind, message_group, body, state, created_at)"
                        + " values (gen_random_uuid(), 'OUT', 'qti-tthcc', 'long-unfetched', 'progress', 'unfetched', '{}', 'PENDING',"
                        + " clock_timestamp() - interval '5 hours')")
                .update();
        String unfetched = begun("UNFETCHED", "qti-tthcc");
        world.db()
                .sql("update message set state = 'DISCARDED' where message_group = 'unfetched'")
                .update();
        await().atMost(World.SOON)
                .until(() -> told(receiver, "qti-tthcc", unfetched).size() == 2);
        assertThat(told(receiver, "qti-tthcc", unfetched))
                .extracting(said ->
                        said.path("type").asText() + " " + said.at("/data/what").asText())
                .containsExactly("alert.begun UNFETCHED", "alert.over UNFETCHED");
    }

    /** As when our own broker was away: whoever can be told is told once of all lines, and when it is over. */
    @Test
    void lines_that_are_open_and_on_which_nothing_goes_are_told_until_something_does() {
        Twin receiver = world.twin("bao-dong");
        world.db()
                .sql("insert into line (partner, turned_at) values ('opencps', clock_timestamp() - interval '1 hour')"
                        + " on conflict (partner) do update set state = 'OPEN', turned_at = excluded.turned_at")
                .update();
        world.db()
                .sql(
                        "insert into message (id, direction, partner, key, kind, message_group, body, state, created_at, queued_at,"
                                + " claimed_until) values (gen_random_uuid(), 'OUT', 'opencps', 'stands', 'progress', 'stands', '{}', 'QUEUED',"
                                + " clock_timestamp() - interval '20 minutes', clock_timestamp(), null)")
                .update();
        String alert = begun("NOTHING_MOVES", "lines");
        await().atMost(World.SOON).until(() -> told(receiver, "lines", alert).size() == 1);
        JsonNode said = told(receiver, "lines", alert).get(0).path("data");
        assertThat(said.at("/details/partners").asText()).contains("opencps");
        assertThat(said.at("/text/en").asText()).contains("this is ours");
        assertThat(Instant.parse(said.path("since").asText()))
                .isBefore(Instant.now().minus(Duration.ofMinutes(19)));

        world.db()
                .sql("update message set state = 'DISCARDED' where key = 'stands'")
                .update();
        await().atMost(World.SOON).until(() -> told(receiver, "lines", alert).size() == 2);
        assertThat(told(receiver, "lines", alert).get(1).path("type").asText()).isEqualTo("alert.over");
    }

    /** The number of the alert that lasts. */
    private static String begun(String kind, String about) {
        await().atMost(World.SOON).until(() -> open(kind, about) == 1);
        return world.db()
                .sql("select id::text from alert where kind = ? and about = ? and ended_at is null")
                .param(kind)
                .param(about)
                .query(String.class)
                .single();
    }

    /** As a replay of what was accepted three weeks ago, which its partner refuses now. */
    @Test
    void what_is_parked_is_told_since_it_was_and_not_since_it_was_accepted() {
        Twin receiver = world.twin("bao-dong");
        world.db()
                .sql(
                        "insert into message (id, direction, partner, key, kind, body, state, fault, reason_vi, reason_en, created_at,"
                                + " parked_at) values (gen_random_uuid(), 'IN', 'emc', 'parked-again', 'x', '{}', 'PARKED', 'test-again', 'x', 'x',"
                                + " clock_timestamp() - interval '20 days', clock_timestamp())")
                .update();
        await().atMost(World.SOON)
                .until(() -> told(receiver, "emc IN test-again").size() == 1);

        assertThat(Instant.parse(told(receiver, "emc IN test-again")
                        .get(0)
                        .at("/data/since")
                        .asText()))
                .isAfter(Instant.now().minus(Duration.ofDays(1)));
        world.db()
                .sql("update message set state = 'DISCARDED' where key = 'parked-again'")
                .update();
    }

    /** Nothing fails on it, and nobody is silent: it is for people to remember. */
    @Test
    void a_pause_that_nobody_has_ended_for_an_hour_is_told_until_somebody_does() {
        Twin receiver = world.twin("bao-dong");
        world.db()
                .sql("insert into stretch_pause (stretch, by, reason, since) values"
                        + " ('a-stretch', 'truc-ca', 'a test', clock_timestamp() - interval '2 hours'),"
                        + " ('another-stretch', 'truc-ca', 'a test', clock_timestamp() - interval '50 minutes')")
                .update();
        world.db()
                .sql("update line set since = since - interval '2 hours' where partner = 'lgsp' and state = 'PAUSED'")
                .update();

        await().atMost(World.SOON).until(() -> told(receiver, "a-stretch").size() == 1);
        await().atMost(World.SOON).until(() -> told(receiver, "line.lgsp").size() == 1);
        assertThat(told(receiver, "a-stretch").get(0).at("/data/what").asText()).isEqualTo("PAUSED");
        assertThat(told(receiver, "a-stretch").get(0).at("/data/text/en").asText())
                .contains("Stretch a-stretch was paused by truc-ca");
        world.db()
                .sql("delete from stretch_pause where stretch in ('a-stretch', 'another-stretch')")
                .update();
        await().atMost(World.SOON).until(() -> told(receiver, "a-stretch").size() == 2);
        assertThat(told(receiver, "a-stretch").get(1).path("type").asText()).isEqualTo("alert.over");
        assertThat(told(receiver, "another-stretch")).as("not for an hour yet").isEmpty();
    }

    @Test
    void a_rule_tells_of_a_line_that_is_paused() throws IOException {
        assertThat(new YAMLMapper().readTree(RULES.toFile()).findValuesAsText("expr"))
                .contains("max by (partner) (bocau_line_state{state=\"PAUSED\"}) == 1");
        await().atMost(World.SOON)
                .untilAsserted(() ->
                        assertThat(scrape()).contains("\nbocau_line_state{partner=\"lgsp\",state=\"PAUSED\"} 1.0"));
    }

    /** Which has tried what is parked, or has not. */
    private static void mend(String id, String state) {
        world.db()
                .sql(
                        "insert into mend (id, by, reason, per_minute, most_failed, state, ended_at, stopped_vi, stopped_en)"
                                + " select cast(:id as uuid), 'truc-ca', 'a test', 60, 10, :state,"
                                + " clock_timestamp() + interval '1 ms', stopped.*"
                                + " from (values ('1/1 lại hỏng', '1/1 failed again')) stopped")
                .param("id", id)
                .param("state", state)
                .update();
        world.db()
                .sql("insert into mend_item (mend, message, no, state)"
                        + " select cast(:id as uuid), seq, row_number() over (), 'LEFT' from message"
                        + " where fault = 'test-parked' and state = 'PARKED'")
                .param("id", id)
                .update();
    }

    @Test
    void a_broken_glass_is_told_with_what_was_done_or_not_at_all() {
        Twin receiver = world.twin("bao-dong");
        Alerts alerts = world.hub().bean(Alerts.class);
        TransactionTemplate transactions = world.hub().bean(TransactionTemplate.class);
        var text = new Text("truc-ca đã mở dữ liệu cá nhân.", "truc-ca has opened personal data.");

        transactions.executeWithoutResult(t -> {
            alerts.breakGlass("undone", text, Map.of());
            t.setRollbackOnly();
        });
        transactions.executeWithoutResult(t -> alerts.breakGlass("truc-ca", text, Map.of("reason", "HS-1")));

        await().atMost(World.SOON).until(() -> told(receiver, "truc-ca").size() == 1);
        assertThat(told(receiver, "truc-ca").get(0).path("type").asText()).isEqualTo("alert.happened");
        assertThat(told(receiver, "undone")).isEmpty();
    }

    /** Also where nobody receives alerts: the rule is what tells the data officer. */
    @Test
    void a_broken_glass_is_a_number_until_a_data_officer_has_looked_at_it() {
        BreakGlass glass = world.hub().bean(BreakGlass.class);
        await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_break_glass_unseen 0.0\n"));
        glass.open("HS-1", "HS-1", "truc-ca", "hồ sơ khẩn");
        await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_break_glass_unseen 1.0\n"));
        glass.see(glass.all(0, 1).get(0).id(), "bao-ve-du-lieu", "đã xem");
        await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_break_glass_unseen 0.0\n"));
    }

    /** A backup of before it was signed, or its newest rows cut off with the head put back. */
    @Test
    void a_record_that_is_shorter_than_what_was_signed_is_a_number() {
        await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_record_back 0.0\n"));
        world.db()
                .sql("insert into audit_root (day, seq, digest, key, signature)"
                        + " select '2020-01-01', seq + 1000000, digest, 'x', digest from audit_head")
                .update();
        try {
            await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_record_back 1.0\n"));
        } finally {
            world.db().sql("delete from audit_root where day = '2020-01-01'").update();
        }
        await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_record_back 0.0\n"));

        world.db()
                .sql("insert into audit_root (day, seq, digest, key, signature)"
                        + " select '2020-01-01', seq, decode(repeat('11', 32), 'hex'), 'x', digest from audit_head")
                .update();
        try {
            await().atMost(World.SOON)
                    .untilAsserted(() -> assertThat(scrape()).as("another row").contains("\nbocau_record_back 1.0\n"));
        } finally {
            world.db().sql("delete from audit_root where day = '2020-01-01'").update();
        }
    }

    /** It takes no key, and the next that anybody does is written behind the gap. */
    @Test
    void a_record_whose_newest_rows_are_deleted_is_a_number_also_when_it_has_gone_on() {
        noted("before");
        await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_record_back 0.0\n"));
        world.db()
                .sql("create table taken as select * from audit where seq = (select seq from audit_head)")
                .update();
        world.db().sql("delete from audit where seq = (select seq from taken)").update();
        noted("after");
        try {
            await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_record_back 1.0\n"));
            assertThat(world.hub().bean(RecordWatch.class).wentBack()).isTrue();
            assertThat(world.db()
                            .sql("select (select seq from audit_head) > (select seq from taken)")
                            .query(Boolean.class)
                            .single())
                    .as("it has gone on")
                    .isTrue();
        } finally {
            world.db().sql("insert into audit select * from taken").update();
            world.db().sql("drop table taken").update();
        }
        await().atMost(World.SOON).until(() -> scrape().contains("\nbocau_record_back 0.0\n"));
    }

    private static void noted(String what) {
        AuditTrail trail = world.hub().bean(AuditTrail.class);
        world.hub()
                .bean(TransactionTemplate.class)
                .executeWithoutResult(
                        t -> trail.note(Audited.act("truc-ca", "SEEN", Audited.Kind.DOSSIER, what, null, "x")));
    }

    private static void parkSomething() {
        world.db()
                .sql("insert into message (id, direction, partner, key, kind, body, state, fault, reason_vi, reason_en)"
                        + " values (gen_random_uuid(), 'IN', 'emc', 'parked-' || gen_random_uuid(), 'x', '{}', 'PARKED',"
                        + " 'test-parked', 'x', 'x')")
                .update();
    }

    /** Under a name that no look has, for one that works would end it. */
    private static void failADrop() {
        world.db()
                .sql("insert into drop_outage (partner, look, fault, reason_vi, reason_en)"
                        + " values ('trung-tam-hcc', 'a test', 'disk-full', 'x', 'x')")
                .update();
    }

    /** A portal's dossier, of which the portal is told at once that it was filed or cancelled. */
    private static void file(String portal) {
        world.db()
                .sql("insert into message (id, direction, partner, key, kind, message_group, subject, body, state)"
                        + " select gen_random_uuid(), 'OUT', :portal, 'again-' || gen_random_uuid(), kind, message_group, subject,"
                        + " body, 'PENDING' from message where partner = 'dvcqg' and direction = 'OUT' and kind = 'progress'"
                        + " order by seq limit 1")
                .param("portal", portal)
                .update();
    }

    private static long count(String kind, String about) {
        return world.db()
                .sql("select count(*) from alert where kind = :kind and about = :about")
                .param("kind", kind)
                .param("about", about)
                .query(Long.class)
                .single();
    }

    private static List<JsonNode> told(Twin receiver, String about) {
        return receiver.received().stream()
                .filter(entry -> entry.path("fresh").asBoolean())
                .map(entry -> entry.path("content"))
                .filter(said -> said.at("/data/about").asText().equals(about))
                .toList();
    }

    private static String scrape() {
        return Http.get(world.at("/actuator/prometheus"), OPERATOR).text();
    }

    /** The labels of each metric, of all its rows together. */
    private static Map<String, Set<String>> shown() {
        Map<String, Set<String>> shown = new HashMap<>();
        Pattern label = Pattern.compile("([a-zA-Z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");
        scrape().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Set<String> labels = shown.computeIfAbsent(line.replaceAll("[{ ].*", ""), name -> new HashSet<>());
            Matcher each = label.matcher(line);
            while (each.find()) {
                labels.add(each.group(1));
            }
        });
        return shown;
    }
}
