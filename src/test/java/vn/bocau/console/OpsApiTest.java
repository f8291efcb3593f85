package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.jms.core.JmsTemplate;
import vn.bocau.audit.BreakGlass;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Outbound;
import vn.bocau.journal.Partners;
import vn.bocau.journal.Receipt;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.Documented;
import vn.bocau.wire.http.OwnHub;

/** What an operator sees and can do, by the interface alone; and the door behind the queues, where parked messages come from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpsApiTest {

    private static final Map<String, String> OPERATOR = Http.basic("truc-ca", "truc-ca-sandbox");
    private static final Map<String, String> ADMINISTRATOR = Http.basic("quan-tri", "quan-tri-sandbox");
    private static final Map<String, String> WHY = Map.of("reason", "a test");

    @TempDir
    static Path reference;

    private static OwnHub hub;
    private static volatile boolean choosy;

    /** The domain, where only the way to it is looked at. */
    public static class Acceptance {

        private final Journal journal;

        Acceptance(Journal journal) {
            this.journal = journal;
        }

        public Receipt accept(Inbound in) {
            return cancel(in);
        }

        public Receipt changeAddress(Inbound in) {
            return cancel(in);
        }

        public Receipt pay(Inbound in) {
            return cancel(in);
        }

        public Receipt cancel(Inbound in) {
            if (choosy) {
                throw new Refused(Refused.Ground.RULE, "not-now", "", "Chưa được.", "Not yet.");
            }
            return journal.once(in, () -> JsonNodeFactory.instance.objectNode().put("done", true));
        }
    }

    static class Domain {

        @Bean("requests")
        Acceptance requests(Journal journal) {
            return new Acceptance(journal);
        }
    }

    @BeforeAll
    static void start() throws Exception {
        partners("jms-portal,PORTAL,Cổng nói JMS,,NONE,,,,,1,queue-kinds=portal.cancel");
        hub = new OwnHub(
                Map.of("bocau.reference", reference, "bocau.metrics.every", "200ms", "bocau.relay.sweep", "100"),
                Partners.class,
                Domain.class);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    private static void partners(String... rows) throws Exception {
        Files.writeString(
                reference.resolve("partners.csv"),
                "id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings\n"
                        + String.join("\n", rows) + "\n");
    }

    @Test
    void operators_and_administrators_only() {
        assertThat(Http.get(hub.at("/api/ops/v1/partners"), Map.of()).status()).isEqualTo(401);
        assertThat(Http.get(hub.at("/api/ops/v1/partners"), Http.basic("buu-ta", "buu-ta-sandbox"))
                        .status())
                .isEqualTo(403);
        assertThat(Http.get(hub.at("/api/ops/v1/partners"), Http.basic("quan-tri", "quan-tri-sandbox"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_line_is_paused_and_resumed_with_a_reason() {
        assertThat(partner("webhook-portal").at("/line/state").asText()).isEqualTo("OPEN");

        Http.Answer without = Http.post(at("/partners/webhook-portal/pause"), OPERATOR, Map.of());
        assertThat(without.status()).isEqualTo(400);
        assertThat(without.json().path("code").asText()).isEqualTo("reason");

        Http.post(at("/partners/webhook-portal/pause"), OPERATOR, WHY).ok();
        JsonNode line = partner("webhook-portal").path("line");
        assertThat(line.path("state").asText()).isEqualTo("PAUSED");
        assertThat(line.at("/reason/vi").asText()).isEqualTo("a test");
        assertThat(line.path("pausedBy").asText()).isEqualTo("truc-ca");
        JsonNode map = Http.get(at("/map"), OPERATOR).ok();
        assertThat(map.path("lines"))
                .filteredOn(drawn -> drawn.path("partner").asText().equals("webhook-portal"))
                .singleElement()
                .satisfies(drawn -> {
                    assertThat(drawn.at("/pause/by").asText()).isEqualTo("truc-ca");
                    assertThat(drawn.at("/pause/reason").asText()).isEqualTo("a test");
                    assertThat(drawn.at("/pause/since").asText())
                            .isEqualTo(line.path("since").asText());
                });
        assertThat(map.path("gone")).as("stretches alone").isEmpty();
        assertThat(Http.post(at("/partners/webhook-portal/pause"), OPERATOR, WHY)
                        .status())
                .isEqualTo(409);
        Http.post(at("/partners/webhook-portal/resume"), OPERATOR, WHY).ok();
        assertThat(partner("webhook-portal").at("/line/state").asText()).isEqualTo("OPEN");
        assertThat(partner("webhook-portal").at("/line/pausedBy").isNull()).isTrue();
        assertThat(Http.post(at("/partners/nobody/pause"), OPERATOR, WHY).status())
                .isEqualTo(404);
        assertThat(partner("qti-tthcc").path("line").isNull()).isTrue();
    }

    @Test
    void a_parked_message_is_found_looked_at_retried_and_its_story_kept() {
        Partners.Ears partners = hub.bean("dialects", Partners.Ears.class);
        partners.behave("dvcqg", s -> {
            throw new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd.");
        });
        tell("dvcqg", "HS-PARKED", "parked-out");
        JsonNode found = awaitMessage("?partner=dvcqg&state=PARKED&subject=HS-PARKED");
        assertThat(found.path("fault").asText()).isEqualTo("odd");
        assertThat(found.toString()).doesNotContain("Nguyễn Văn A");

        partners.behave("dvcqg", s -> "ok");
        Http.post(at("/messages/" + found.path("id").asText() + "/retry"), OPERATOR, WHY)
                .ok();

        awaitMessage("?partner=dvcqg&state=CONFIRMED&subject=HS-PARKED");
        JsonNode story =
                Http.get(at("/messages/" + found.path("id").asText()), OPERATOR).ok();
        assertThat(story.path("attempts")).hasSize(2);
        assertThat(story.at("/acts/0/by").asText()).isEqualTo("truc-ca");
        assertThat(story.at("/message/cause").asText()).isNotBlank();
        assertThat(Http.post(at("/messages/" + found.path("id").asText() + "/retry"), OPERATOR, WHY)
                        .status())
                .isEqualTo(409);
        assertThat(Http.post(at("/messages/" + UUID.randomUUID() + "/retry"), OPERATOR, WHY)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void pages_go_back_in_time_without_a_gap() {
        for (int i = 0; i < 5; i++) {
            tell("opencps", "HS-PAGES", "page-" + i);
        }
        JsonNode first = Http.get(at("/messages?subject=HS-PAGES&direction=OUT&size=3"), OPERATOR)
                .ok();
        JsonNode second = Http.get(
                        at("/messages?subject=HS-PAGES&direction=OUT&size=3&before="
                                + first.path("next").asLong()),
                        OPERATOR)
                .ok();
        assertThat(first.path("messages").findValuesAsText("key")).containsExactly("page-4", "page-3", "page-2");
        assertThat(second.path("messages").findValuesAsText("key")).containsExactly("page-1", "page-0");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(Http.get(at("/messages?size=0"), OPERATOR).status()).isEqualTo(400);
    }

    @Test
    void the_ledger_adds_up_for_every_partner_and_day() {
        tell("opencps", "HS-LEDGER", "ledger-1");
        Http.post(at("/partners/trung-tam-hcc/pause"), OPERATOR, WHY).ok();
        tell("trung-tam-hcc", "HS-LEDGER", "ledger-2");
        tell("trung-tam-hcc", "HS-LEDGER-2", "ledger-3");
        String given = awaitMessage("?partner=trung-tam-hcc&subject=HS-LEDGER-2&direction=OUT")
                .path("id")
                .asText();
        Http.post(at("/messages/" + given + "/discard"), OPERATOR, WHY).ok();

        JsonNode days = Http.get(at("/ledger?days=1"), OPERATOR).ok();
        assertThat(days)
                .isNotEmpty()
                .allSatisfy(day -> assertThat(day.path("accepted").asLong())
                        .isEqualTo(day.path("confirmed").asLong()
                                + day.path("open").asLong()
                                + day.path("discarded").asLong()));
        assertThat(days).anySatisfy(day -> {
            assertThat(day.path("partner").asText()).isEqualTo("trung-tam-hcc");
            assertThat(day.path("open").asLong()).isEqualTo(1);
            assertThat(day.path("discarded").asLong()).isEqualTo(1);
        });
        long rows =
                hub.db().sql("select count(*) from message").query(Long.class).single();
        long accepted = 0;
        for (JsonNode day : Http.get(at("/ledger?days=1"), OPERATOR).ok()) {
            accepted += day.path("accepted").asLong();
        }
        assertThat(accepted).isGreaterThanOrEqualTo(rows);
    }

    @Test
    void what_somebody_looks_for_often_is_theirs_alone_and_saved_by_the_interface_too() {
        assertThat(Http.get(at("/failures/filters"), OPERATOR).ok()).isEmpty();
        assertThat(Http.post(at("/failures/filters?name=Dvcqg&partner=dvcqg"), OPERATOR, Map.of())
                        .ok()
                        .at("/0/query")
                        .asText())
                .isEqualTo("?partner=dvcqg");
        assertThat(Http.get(at("/failures/filters"), Http.basic("quan-tri", "quan-tri-sandbox"))
                        .ok())
                .isEmpty();
        Http.Answer nothing = Http.post(at("/failures/filters?name=Dvcqg"), OPERATOR, Map.of());
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.json().path("code").asText()).isEqualTo("nothing-to-save");
        Http.Answer nameless = Http.post(at("/failures/filters?partner=dvcqg"), OPERATOR, Map.of());
        assertThat(nameless.status()).isEqualTo(400);
        assertThat(nameless.text()).contains("\"field\":\"name\"");
        assertThat(Http.post(at("/failures/filters/delete?name=Dvcqg"), OPERATOR, Map.of())
                        .ok())
                .isEmpty();
    }

    @Test
    void a_partners_outage_is_told_from_its_beginning_to_its_end() {
        hub.db()
                .sql(
                        "insert into incident (partner, began_at, ended_at, reason_vi, reason_en, failures, most_waited)"
                                + " values ('ems', now() - interval '3 hours', now() - interval '1 hour', 'Không trả lời', 'No answer', 7, 12),"
                                + " ('lgsp', now() - interval '2 hours', now() - interval '1 hour', 'Không trả lời', 'No answer', 3, 4)")
                .update();
        assertThat(Http.get(at("/incidents?partner=ems"), OPERATOR).ok())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.path("partner").asText() + " "
                                    + one.at("/reason/en").asText() + " "
                                    + one.path("mostWaited").asInt())
                            .isEqualTo("ems No answer 12");
                    assertThat(one.has("drainSeconds")).isTrue();
                });
        assertThat(Http.get(at("/incidents"), OPERATOR).ok().findValuesAsText("partner"))
                .contains("lgsp", "ems");
        assertThat(Http.get(at("/incidents?partner=nobody"), OPERATOR).ok()).isEmpty();
    }

    @Test
    void the_ledger_does_not_take_a_messages_word_for_it_and_says_which() {
        Http.post(at("/partners/dvcqg/pause"), OPERATOR, WHY).ok();
        List<String> byHand = new ArrayList<>();
        for (String state : List.of("CONFIRMED", "DISCARDED")) {
            tell("dvcqg", "HS-UNPROVEN-" + state, "unproven-" + state);
            byHand.add(awaitMessage("?partner=dvcqg&direction=OUT&subject=HS-UNPROVEN-" + state)
                    .path("id")
                    .asText());
        }
        assertThat(unproven()).isEmpty();
        long confirmed = ofToday("dvcqg", "confirmed");

        hub.db()
                .sql(
                        "update message set state = replace(subject, 'HS-UNPROVEN-', ''), closed_at = now(), answer = '200'"
                                + " where subject like 'HS-UNPROVEN-%' and direction = 'OUT'")
                .update();

        assertThat(unproven()).containsExactlyElementsOf(byHand);
        assertThat(ofToday("dvcqg", "unproven")).isEqualTo(2);
        assertThat(ofToday("dvcqg", "confirmed")).isEqualTo(confirmed);
        assertThat(ofToday("dvcqg", "accepted"))
                .isEqualTo(
                        2 + ofToday("dvcqg", "confirmed") + ofToday("dvcqg", "open") + ofToday("dvcqg", "discarded"));
        // What an answer and the record bear out is proven again.
        hub.db()
                .sql(
                        "insert into attempt (message, no, ended_at, outcome) select seq, 1, now(), 'CONFIRMED' from message"
                                + " where subject = 'HS-UNPROVEN-CONFIRMED' and direction = 'OUT'")
                .update();
        assertThat(unproven()).containsExactly(byHand.get(1));
        hub.db()
                .sql("update message set state = 'PENDING', closed_at = null, answer = null"
                        + " where subject = 'HS-UNPROVEN-DISCARDED' and direction = 'OUT'")
                .update();
        Http.post(at("/messages/" + byHand.get(1) + "/discard"), OPERATOR, WHY).ok();
        assertThat(unproven()).isEmpty();
        Http.post(at("/partners/dvcqg/resume"), OPERATOR, WHY).ok();
    }

    private static List<String> unproven() {
        return Http.get(at("/ledger/unproven?days=1"), OPERATOR).ok().findValuesAsText("id");
    }

    /** Told to a partner today. */
    private static long ofToday(String partner, String field) {
        for (JsonNode day : Http.get(at("/ledger?days=1"), OPERATOR).ok()) {
            if (day.path("partner").asText().equals(partner)
                    && day.path("direction").asText().equals("OUT")) {
                return day.path(field).asLong();
            }
        }
        return 0;
    }

    @Test
    void the_lines_are_in_the_metrics_by_partner() {
        tell("opencps", "HS-METRICS", "metrics-1");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Http.get(hub.at("/actuator/prometheus"), OPERATOR)
                                .text())
                        .contains("bocau_line_attempts_total{outcome=\"CONFIRMED\",partner=\"opencps\"}")
                        .contains("bocau_message_confirmed_seconds_bucket{partner=\"opencps\",le=\"1.0\"}")
                        .contains("bocau_message_accepted_total{partner=\"test\"}")
                        .contains("bocau_line_state{partner=\"opencps\",state=\"OPEN\"} 1"));
    }

    @Test
    void the_age_of_the_oldest_is_that_of_the_one_that_waits_longest_each_way() {
        Http.post(at("/partners/ubnd-dong-ha/pause"), OPERATOR, WHY).ok();
        tell("ubnd-dong-ha", "HS-OLD", "old-1");
        tell("ubnd-dong-ha", "HS-NEWER", "old-2");
        hub.bean(JmsTemplate.class).convertAndSend("in.jms-portal", "{\"key\": \"old-3\", \"body\": {}}");
        awaitMessage("?partner=jms-portal&state=PARKED", "old-3");
        hub.db()
                .sql("update message set created_at = clock_timestamp() - case key when 'old-1' then interval '1 hour'"
                        + " when 'old-2' then interval '1 minute' else interval '2 hours' end where key like 'old-_'")
                .update();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(Http.get(hub.at("/actuator/prometheus"), OPERATOR)
                                        .text())
                                .containsPattern(
                                        "bocau_line_oldest_seconds\\{direction=\"OUT\",partner=\"ubnd-dong-ha\",state=\"PENDING\"} 36\\d\\d\\.")
                                .containsPattern(
                                        "bocau_line_oldest_seconds\\{direction=\"IN\",partner=\"jms-portal\",state=\"PARKED\"} 72\\d\\d\\."));
    }

    @Test
    void what_a_queue_brings_is_accepted_once_and_parked_when_nobody_can_read_it() {
        var queue = hub.bean(JmsTemplate.class);
        String good =
                "{\"key\": \"q-1\", \"kind\": \"portal.cancel\", \"body\": {\"dossier\": \"HS-Q\", \"leg\": \"ALL\"}}";
        queue.convertAndSend("in.jms-portal", good);
        queue.convertAndSend("in.jms-portal", good);
        queue.convertAndSend("in.jms-portal", "Nguyễn Văn B");
        queue.convertAndSend("in.jms-portal", "{\"key\": \"q-2\", \"kind\": \"parked.retry\", \"body\": {}}");
        queue.convertAndSend("in.jms-portal", "{\"key\": \"q-3\", \"body\": {\"nonsense\": 1}}");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Http.get(at("/messages?partner=jms-portal"), OPERATOR)
                                .ok()
                                .path("messages")
                                .findValuesAsText("fault"))
                        .contains("not-json", "queue-kind", "schema"));
        JsonNode messages =
                Http.get(at("/messages?partner=jms-portal"), OPERATOR).ok().path("messages");
        assertThat(messages.findValuesAsText("key")).containsOnlyOnce("q-1", "q-2", "q-3");
        assertThat(messages).anySatisfy(m -> {
            assertThat(m.path("key").asText()).isEqualTo("q-1");
            assertThat(m.path("state").asText()).isEqualTo("RECEIVED");
        });
        assertThat(messages.toString()).doesNotContain("Nguyễn Văn B");
    }

    @Test
    void a_parked_message_that_came_in_is_retried_through_its_own_door() {
        choosy = true;
        hub.bean(JmsTemplate.class)
                .convertAndSend(
                        "in.jms-portal",
                        "{\"key\": \"again-1\", \"kind\": \"portal.cancel\", \"body\": {\"dossier\": \"HS-A\", \"leg\": \"ALL\"}}");
        String id = awaitMessage("?partner=jms-portal&state=PARKED", "again-1")
                .path("id")
                .asText();
        Http.Answer still = Http.post(at("/messages/" + id + "/retry"), OPERATOR, WHY);
        assertThat(still.status()).isEqualTo(422);
        assertThat(still.json().path("code").asText()).isEqualTo("not-now");

        choosy = false;
        JsonNode story =
                Http.post(at("/messages/" + id + "/retry"), OPERATOR, WHY).ok();
        assertThat(story.at("/message/state").asText()).isEqualTo("RECEIVED");
        assertThat(story.path("acts").findValuesAsText("what")).containsExactly("RETRY");
        assertThat(hub.db()
                        .sql(
                                "select outcome from audit where kind = 'MESSAGE' and what = 'RETRY' and target = ? order by seq")
                        .param(id)
                        .query(String.class)
                        .list())
                .as("what was tried in vain is in the record alone")
                .containsExactly("REFUSED", "DONE");
    }

    @Test
    void reference_data_are_reloaded_and_a_new_partner_gets_its_line() throws Exception {
        partners(
                "jms-portal,PORTAL,Cổng nói JMS,,NONE,,,,,1,queue-kinds=portal.cancel",
                "new-portal,PORTAL,Cổng mới,webhook,PUSH,http://localhost:9,,webhook-portal,,2,");
        JsonNode report = Http.post(at("/directory/reload"), OPERATOR, WHY).ok();
        assertThat(report.path("inForce").asBoolean()).isTrue();
        assertThat(Http.get(at("/directory"), OPERATOR).ok()).isEqualTo(report);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> partner("new-portal").at("/line/state").asText().equals("OPEN"));
        tell("new-portal", "HS-NEW", "new-1");
        awaitMessage("?partner=new-portal&state=CONFIRMED");

        partners("jms-portal,PORTAL,Cổng nói JMS,,NONE,,,,,1,queue-kinds=portal.cancel");
        Http.post(at("/directory/reload"), OPERATOR, WHY).ok();
        var camel = hub.bean(org.apache.camel.CamelContext.class);
        await().atMost(Duration.ofSeconds(20)).until(() -> camel.getRoute("line.new-portal") == null);
        assertThat(camel.getRoute("line.opencps")).isNotNull();
    }

    /** Nothing of it is parked, answered or lost: whoever has to wait here is the queue. */
    @Test
    void what_a_queue_brings_for_a_stretch_that_is_paused_waits_on_the_queue() {
        var camel = hub.bean(org.apache.camel.CamelContext.class);
        Http.post(at("/stretches/portal-cancel/pause"), OPERATOR, WHY).ok();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> camel.getRouteController()
                        .getRouteStatus("portal-cancel")
                        .isSuspended());
        var queue = hub.bean(JmsTemplate.class);
        queue.convertAndSend(
                "in.jms-portal",
                "{\"key\": \"paused-1\", \"kind\": \"portal.cancel\", \"body\": {\"dossier\": \"HS-P\", \"leg\": \"ALL\"}}");
        // Tried once, and put back for later.
        var broker = hub.bean(org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ.class)
                .getActiveMQServer();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> broker.locateQueue("in.jms-portal").getScheduledCount() == 1);

        Http.post(at("/stretches/portal-cancel/resume"), OPERATOR, WHY).ok();

        assertThat(awaitMessage("?partner=jms-portal&state=RECEIVED", "paused-1")
                        .path("fault")
                        .isNull())
                .isTrue();
        assertThat(Http.post(at("/stretches/portal-cancel/resume"), OPERATOR, WHY)
                        .status())
                .isEqualTo(409);
    }

    /** Else nobody would know, at the change of shifts, why a partner's queue is not read. */
    @Test
    void the_map_shows_the_way_in_that_is_one_partner_s_alone_and_every_pause() {
        Http.post(at("/stretches/queue-in.jms-portal/pause"), OPERATOR, WHY).ok();
        for (String stretch : List.of("drop-in.left-long-ago", "no-such-route")) {
            hub.db()
                    .sql("insert into stretch_pause (stretch, by, reason) values (?, 'truong-ca', 'bảo trì')")
                    .param(stretch)
                    .update();
        }
        try {
            JsonNode map = Http.get(at("/map"), OPERATOR).ok();
            JsonNode queues = file(map, "queue-in");
            assertThat(queues.path("stretches").findValuesAsText("id")).contains("queue-in.jms-portal");
            assertThat(queues.path("pauses").findValuesAsText("stretch")).containsExactly("queue-in.jms-portal");
            assertThat(file(map, "file-in").path("pauses").findValuesAsText("stretch"))
                    .containsExactly("drop-in.left-long-ago");
            assertThat(map.path("gone").findValuesAsText("stretch")).containsExactly("no-such-route");
        } finally {
            Http.post(at("/stretches/queue-in.jms-portal/resume"), OPERATOR, WHY)
                    .ok();
            hub.db().sql("delete from stretch_pause").update();
        }
    }

    @Test
    void a_message_that_is_parked_is_counted_in_one_row_of_the_map() {
        Map<String, Long> before = parked();
        var said = new Text("Không nhận.", "Not taken.");
        for (String kind : List.of("desk.settle", "carrier.told", "carrier.event", "scan.unknown")) {
            hub.bean(Journal.class)
                    .park(
                            new Inbound("on-the-map", kind, kind, JsonNodeFactory.instance.objectNode()),
                            new Fault("schema", said, said));
        }
        Map<String, Long> after = parked();
        after.replaceAll((file, count) -> count - before.getOrDefault(file, 0L));
        after.values().removeIf(count -> count == 0);
        assertThat(after).isEqualTo(Map.of("desk-returns-in", 1L, "carrier-in", 1L, "carrier-feed", 1L, "scan-in", 1L));
    }

    /** Else one that stands still looks like one that runs. */
    @Test
    void of_a_stretch_by_which_nothing_comes_in_it_is_told_how_often_it_ran_and_failed() {
        for (String stretch : List.of("relay", "samples", "alerts")) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(
                                    file(Http.get(at("/map"), OPERATOR).ok(), stretch)
                                            .path("perMinute")
                                            .asDouble())
                            .as(stretch)
                            .isPositive());
        }
        JsonNode mend = file(Http.get(at("/map"), OPERATOR).ok(), "parked").path("stretches");
        double before = mend.path(0).path("failed").asDouble();
        tell("opencps", "HS-RATE", "rate-1");
        UUID notParked = hub.db()
                .sql("select id from message where key = 'rate-1'")
                .query(UUID.class)
                .single();
        assertThat(Http.post(at("/messages/" + notParked + "/retry"), OPERATOR, WHY)
                        .status())
                .isEqualTo(409);
        JsonNode after = file(Http.get(at("/map"), OPERATOR).ok(), "parked");
        assertThat(after.path("stretches").path(0).path("id").asText()).isEqualTo("parked-retry");
        assertThat(after.path("stretches").path(0).path("failed").asDouble()).isGreaterThan(before);
        assertThat(after.path("perMinute").asDouble()).isPositive();
        assertThat(after.path("parked").isNull()).isTrue();
    }

    private static Map<String, Long> parked() {
        Map<String, Long> parked = new TreeMap<>();
        Http.get(at("/map"), OPERATOR)
                .ok()
                .path("files")
                .forEach(file -> parked.put(
                        file.path("name").asText(), file.path("parked").asLong()));
        return parked;
    }

    private static JsonNode file(JsonNode map, String name) {
        for (JsonNode file : map.path("files")) {
            if (file.path("name").asText().equals(name)) {
                return file;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    @Test
    void each_act_view_and_refusal_is_in_a_record_that_verifies_off_line() throws Exception {
        Http.post(at("/partners/webhook-portal/pause"), OPERATOR, WHY).ok();
        Http.post(at("/partners/webhook-portal/pause"), OPERATOR, WHY);
        Http.get(at("/messages?partner=dvcqg&subject=0912345678"), OPERATOR).ok();
        Http.get(at("/messages?partner=dvcqg-dossier&subject=NguyenVanAn"), OPERATOR);
        Http.get(at("/messages?partner=dvcqg&state=PARKED"), OPERATOR).ok();
        Http.post(at("/partners/webhook-portal/resume"), OPERATOR, WHY).ok();
        Http.get(at("/people"), OPERATOR);

        JsonNode mine =
                Http.get(at("/audit?by=truc-ca&size=200"), ADMINISTRATOR).ok().path("entries");
        assertThat(mine)
                .anySatisfy(e -> assertThat(said(e)).isEqualTo("PAUSE DONE PARTNER webhook-portal a test null"))
                .anySatisfy(
                        e -> assertThat(said(e))
                                .isEqualTo(
                                        "PAUSE REFUSED PAGE /api/ops/v1/partners/webhook-portal/pause null {\"status\":409,\"code\":\"line-paused\"}"))
                .anySatisfy(e -> assertThat(said(e))
                        .isEqualTo(
                                "VIEW DONE PAGE /api/ops/v1/messages null {\"partner\":\"dvcqg\",\"subject\":\"·\"}"))
                .anySatisfy(
                        e -> assertThat(said(e))
                                .isEqualTo(
                                        "VIEW DONE PAGE /api/ops/v1/messages null {\"partner\":\"dvcqg\",\"state\":\"PARKED\"}"))
                .noneSatisfy(e -> assertThat(said(e)).contains("NguyenVanAn"))
                .anySatisfy(e -> assertThat(said(e))
                        .isEqualTo(
                                "VIEW REFUSED PAGE /api/ops/v1/people null {\"status\":403,\"code\":\"forbidden\"}"));
        assertThat(Http.get(at("/audit"), OPERATOR).status()).isEqualTo(403);

        String record = Http.get(at("/audit/export"), ADMINISTRATOR).text();
        assertThat(verified(record)).startsWith("0 ");
        Http.post(at("/partners/webhook-portal/pause"), OPERATOR, WHY).ok();
        Http.post(at("/partners/webhook-portal/resume"), OPERATOR, WHY).ok();
        assertThat(verified(record)).startsWith("0 ").contains("recorded after this export");
        assertThat(verified(record.replace("\"reason\":\"a test\"", "\"reason\":\"another\"")))
                .startsWith("1 CHANGED");
    }

    @Test
    void what_changes_all_dossiers_or_all_partners_asks_why_and_is_recorded_with_it() {
        for (String act : List.of("/projections/rebuild", "/directory/reload")) {
            Http.Answer without = Http.post(at(act), OPERATOR, Map.of());
            assertThat(without.status()).as(act).isEqualTo(400);
            assertThat(without.json().path("code").asText()).isEqualTo("reason");
            Http.post(at(act), OPERATOR, Map.of("reason", "asked for by name")).ok();
        }
        assertThat(hub.db()
                        .sql(
                                "select what || ' ' || target from audit where reason = 'asked for by name' and outcome = 'DONE'"
                                        + " order by seq")
                        .query(String.class)
                        .list())
                .containsExactly("REBUILD projections", "RELOAD directory");
    }

    @Test
    void a_filter_that_is_kept_or_taken_away_is_recorded_without_its_name() {
        Http.post(at("/failures/filters?name=cong-quoc-gia&partner=dvcqg"), OPERATOR, Map.of())
                .ok();
        Http.post(at("/failures/filters/delete?name=cong-quoc-gia"), OPERATOR, Map.of())
                .ok();
        Http.post(at("/failures/filters/delete?name=cong-quoc-gia"), OPERATOR, Map.of())
                .ok();

        assertThat(hub.db()
                        .sql(
                                "select what || ' ' || by || ' ' || target from audit where what like '%_FILTER' order by seq")
                        .query(String.class)
                        .list())
                .containsExactly("SAVE_FILTER truc-ca /console/failures", "DELETE_FILTER truc-ca /console/failures");
    }

    /** In a copy: the record itself stays as it was written. */
    @Test
    void what_is_tampered_with_in_the_database_is_found_there() {
        Http.post(at("/partners/webhook-portal/pause"), OPERATOR, WHY).ok();
        Http.post(at("/partners/webhook-portal/resume"), OPERATOR, WHY).ok();
        Http.post(at("/partners/webhook-portal/pause"), OPERATOR, WHY).ok();
        Http.post(at("/partners/webhook-portal/resume"), OPERATOR, WHY).ok();
        long last = hub.db()
                .sql("select max(seq) from audit where what = 'RESUME' and outcome = 'DONE'")
                .query(Long.class)
                .single();
        String tamper = "update copied.audit set %s where seq = " + last;
        String forged = "insert into copied.audit (seq, at, by, what, outcome, kind, target, previous, digest)"
                + " select %s, at, by, what, outcome, kind, target, previous, digest from copied.audit where seq = "
                + last;

        assertThat(verifiedAfter("select 1")).startsWith("0 ");
        assertThat(verifiedAfter(tamper.formatted("by = 'nobody'"))).startsWith("1 CHANGED " + last + ":");
        assertThat(verifiedAfter(tamper.formatted("by = null, at = null, digest = null, previous = null")))
                .startsWith("1 ")
                .contains("CHANGED " + last);
        assertThat(verifiedAfter("delete from copied.audit where seq = " + last))
                .startsWith("1 ")
                .contains(" " + last);
        assertThat(verifiedAfter(forged.formatted("-7"))).startsWith("1 UNSIGNED -7:");
        assertThat(verifiedAfter(forged.formatted("9000000000000")))
                .startsWith("1 ")
                .contains("UNSIGNED");
        assertThat(verifiedAfter("delete from copied.audit where seq >= " + last
                        + "; update copied.audit_head set (seq, digest) = (select seq, digest from copied.audit"
                        + " order by seq desc limit 1)"))
                .startsWith("1 ")
                .contains("TRUNCATED " + last);
        assertThat(hub.db()
                        .sql("select count(*) from pg_constraint where conrelid = 'audit'::regclass"
                                + " and pg_get_constraintdef(oid) = 'CHECK ((seq > 0))'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    private static Map<String, String> copied() {
        try (var connection = hub.bean(javax.sql.DataSource.class).getConnection()) {
            String url = connection.getMetaData().getURL();
            return Map.of(
                    "BOCAU_DATA",
                    hub.data().toString(),
                    "BOCAU_DB_URL",
                    url + (url.contains("?") ? "&" : "?") + "currentSchema=copied",
                    "BOCAU_DB_USER",
                    "postgres",
                    "BOCAU_DB_PASSWORD",
                    Files.readString(hub.data().resolve("postgresql.password")).strip());
        } catch (java.sql.SQLException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String verifiedAfter(String tampering) {
        hub.db().sql("create schema copied").update();
        try {
            for (String table : List.of("audit", "audit_root", "audit_head")) {
                hub.db()
                        .sql("create table copied." + table + " as table public." + table)
                        .update();
            }
            for (String each : tampering.split("; ")) {
                hub.db()
                        .sql(each.startsWith("select") ? "analyze copied.audit" : each)
                        .update();
            }
            var out = new java.io.ByteArrayOutputStream();
            int code = new vn.bocau.audit.AuditCommand(copied(), new java.io.PrintStream(out, true)).verify(List.of());
            return code + " " + out.toString(StandardCharsets.UTF_8);
        } finally {
            hub.db().sql("drop schema copied cascade").update();
        }
    }

    @Test
    void how_many_a_mend_would_take_and_how_much_is_owed_is_asked_for_without_a_page() {
        var said = new Text("Không nhận.", "Not taken.");
        for (String key : List.of("would-1", "would-2")) {
            hub.bean(Journal.class)
                    .park(
                            new Inbound("would-be", key, "desk.settle", JsonNodeFactory.instance.objectNode()),
                            new Fault("schema", said, said));
        }
        JsonNode would = Http.get(at("/mends/would?partner=would-be"), OPERATOR).ok();
        assertThat(would.path("count").asInt()).isEqualTo(2);
        assertThat(would.at("/partners/0/partner").asText()).isEqualTo("would-be");
        assertThat(would.path("busy")).isEmpty();
        assertThat(Http.get(at("/mends/would?partner=%00"), OPERATOR).status()).isEqualTo(400);
        assertThat(Http.get(at("/obligations/load"), OPERATOR).ok().isArray()).isTrue();
    }

    /** What is on the left a person does on a page, what is on the right a program does. */
    private static final Map<String, List<String>> TWINS = Map.ofEntries(
            Map.entry("GET /console", List.of("GET /map")),
            Map.entry(
                    "GET /console/failures",
                    List.of("GET /failures", "GET /failures/messages", "GET /failures/filters")),
            Map.entry("GET /console/failures/table.csv", List.of("GET /failures/messages.csv")),
            Map.entry("GET /console/failures/refused.csv", List.of("GET /failures/refused.csv")),
            Map.entry("POST /console/failures/filters", List.of("POST /failures/filters")),
            Map.entry("POST /console/failures/filters/delete", List.of("POST /failures/filters/delete")),
            Map.entry("GET /console/mends", List.of("GET /mends")),
            Map.entry("GET /console/mends/new", List.of("GET /mends/would")),
            Map.entry("POST /console/mends/new", List.of("POST /mends")),
            Map.entry("GET /console/mends/{id}", List.of("GET /mends/{id}", "GET /mends/{id}/items")),
            Map.entry("POST /console/mends/{id}/cancel", List.of("POST /mends/{id}/cancel")),
            Map.entry("GET /console/replays", List.of("GET /replays")),
            Map.entry("POST /console/replays", List.of("POST /replays")),
            Map.entry("GET /console/replays/{id}", List.of("GET /replays/{id}", "GET /replays/{id}/items")),
            Map.entry("POST /console/replays/{id}/start", List.of("POST /replays/{id}/start")),
            Map.entry("GET /console/edits", List.of("GET /edits")),
            Map.entry("GET /console/messages/{id}/edit", List.of("GET /messages/{id}/fields", "GET /edits/{id}")),
            Map.entry("POST /console/messages/{id}/edit", List.of("POST /messages/{id}/edits")),
            Map.entry("POST /console/edits/{id}/approve", List.of("POST /edits/{id}/approve")),
            Map.entry("POST /console/edits/{id}/reject", List.of("POST /edits/{id}/reject")),
            Map.entry("POST /console/edits/{id}/withdraw", List.of("POST /edits/{id}/withdraw")),
            Map.entry("GET /console/lens", List.of()),
            Map.entry("POST /console/lens", List.of("POST /dossiers/find", "POST /messages/find")),
            Map.entry("GET /console/dossiers/{id}", List.of("GET /dossiers/{id}")),
            Map.entry("GET /console/messages/{id}", List.of("GET /messages/{id}", "GET /messages/{id}/content")),
            Map.entry("POST /console/messages/{id}/reveal", List.of("POST /messages/{id}/reveal")),
            Map.entry("POST /console/messages/{id}/discard", List.of("POST /messages/{id}/discard")),
            Map.entry(
                    "POST /console/partners/{id}/{act:pause|resume}",
                    List.of("POST /partners/{id}/pause", "POST /partners/{id}/resume")),
            Map.entry("POST /console/partners/{id}/rewind", List.of("POST /partners/{id}/feed/rewind")),
            Map.entry("POST /console/stretches", List.of("POST /stretches/{id}/pause", "POST /stretches/{id}/resume")),
            Map.entry("GET /console/incidents", List.of("GET /incidents")),
            Map.entry("GET /console/ledger", List.of("GET /ledger", "GET /ledger/unproven")),
            Map.entry(
                    "GET /console/obligations", List.of("GET /obligations", "GET /obligations/load", "GET /silences")),
            Map.entry("GET /console/handlings", List.of("GET /handlings")),
            Map.entry("POST /console/handlings/{id}/leave", List.of("POST /handlings/{id}/leave")),
            Map.entry("POST /console/handlings/{id}/read", List.of("POST /handlings/{id}/read")),
            Map.entry("POST /console/obligations/{leg}/settle", List.of("POST /obligations/{id}/settle")),
            Map.entry("GET /console/record", List.of("GET /audit", "GET /audit/break-glass")),
            Map.entry("GET /console/record/export", List.of("GET /audit/export")),
            Map.entry("POST /console/record/break-glass/{id}/seen", List.of("POST /audit/break-glass/{id}/seen")),
            // That something has changed: a program asks.
            Map.entry("GET /console/events", List.of()));

    @Test
    void everything_the_console_does_a_program_can_do() {
        Set<String> pages = new TreeSet<>();
        Documented.served(hub, "").stream()
                .filter(page -> page.endsWith(" /console") || page.contains(" /console/"))
                .forEach(pages::add);
        assertThat(TWINS.keySet()).isEqualTo(pages);
        assertThat(Documented.served(hub, "/api/ops/v1"))
                .containsAll(TWINS.values().stream().flatMap(List::stream).toList());
    }

    @Test
    void a_look_at_personal_data_is_reviewed_once_and_by_another() {
        Map<String, String> officer = Http.basic("bao-ve-du-lieu", "bao-ve-du-lieu-sandbox");
        BreakGlass glass = hub.bean(BreakGlass.class);
        glass.open("scope", "of-another", "truong-ca", "a test");
        glass.open("scope", "own", "bao-ve-du-lieu", "a test");

        assertThat(seen(officer, UUID.randomUUID().toString())).isEqualTo("404 unknown-opening id");
        assertThat(seen(officer, opened("own"))).isEqualTo("403 one-person-alone id");
        assertThat(seen(officer, opened("of-another"))).startsWith("200");
        assertThat(seen(officer, opened("of-another"))).isEqualTo("409 seen-already id");
    }

    private static String opened(String label) {
        return hub.db()
                .sql("select id::text from break_glass where label = ?")
                .param(label)
                .query(String.class)
                .single();
    }

    private static String seen(Map<String, String> who, String id) {
        Http.Answer answer = Http.post(at("/audit/break-glass/" + id + "/seen"), who, Map.of("reason", "a test"));
        return answer.status() + " " + answer.json().path("code").asText() + " "
                + answer.json().at("/flaws/0/field").asText();
    }

    @Test
    void a_mend_of_nothing_in_particular_is_no_mend_of_all() {
        Http.Answer refused = Http.post(at("/mends"), OPERATOR, Map.of("messages", " ", "reason", "a test"));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/flaws/0/field").asText()).isEqualTo("/messages");
        assertThat(Http.post(at("/mends"), OPERATOR, Map.of("messages", "", "code", "schema", "reason", "a test"))
                        .status())
                .as("none chosen is not all that the others say")
                .isEqualTo(400);
        assertThat(Http.post(at("/mends"), OPERATOR, WHY)
                        .json()
                        .at("/flaws/0/field")
                        .asText())
                .isEqualTo("/partner");
    }

    @Test
    void what_an_operator_may_do_is_granted_by_right_and_partner() throws Exception {
        String password = "bốn từ không liên quan";
        Http.post(at("/people"), ADMINISTRATOR, Map.of("name", "truc-mot-cong", "role", "OPERATOR", "reason", "a test"))
                .ok();
        JsonNode granted = Http.post(
                        at("/people/truc-mot-cong/rights"),
                        ADMINISTRATOR,
                        Map.of("rights", "SEE@opencps SEE@dvcqg PAUSE@opencps", "reason", "a test"))
                .ok();
        assertThat(granted.path("rights").asText()).isEqualTo("SEE@opencps SEE@dvcqg PAUSE@opencps");
        assertThat(Http.post(
                                at("/people/truc-mot-cong/rights"),
                                ADMINISTRATOR,
                                Map.of("rights", "SEE@opencps FLY@*", "reason", "a test"))
                        .json()
                        .at("/flaws/0/field")
                        .asText())
                .isEqualTo("/rights");
        hub.db()
                .sql("update account set one_time = false, password = :password where name = 'truc-mot-cong'")
                .param(
                        "password",
                        hub.bean(org.springframework.security.crypto.password.PasswordEncoder.class)
                                .encode(password))
                .update();
        Map<String, String> one = Http.basic("truc-mot-cong", password);
        tell("opencps", "HS-MINE", "rights-1");
        tell("webhook-portal", "HS-OTHERS", "rights-2");

        assertThat(Http.get(at("/partners"), one).ok().findValuesAsText("id")).containsExactly("dvcqg", "opencps");
        assertThat(Http.get(hub.at("/actuator/prometheus"), one).status())
                .as("its numbers are of every partner")
                .isEqualTo(403);
        assertThat(Http.get(hub.at("/actuator/prometheus"), OPERATOR).status()).isEqualTo(200);
        assertThat(Http.get(at("/map"), one).ok().path("files"))
                .isNotEmpty()
                .allMatch(file -> file.path("perMinute").isNull()
                        && file.path("parked").isNull()
                        && file.path("oldest").isNull());
        assertThat(file(Http.get(at("/map"), OPERATOR).ok(), "portal-in")
                        .path("parked")
                        .isNumber())
                .isTrue();
        assertThat(Http.get(at("/messages"), one).ok().path("messages").findValuesAsText("partner"))
                .contains("opencps")
                .doesNotContain("webhook-portal", "test");
        assertThat(Http.get(at("/ledger"), one).ok().findValuesAsText("partner"))
                .contains("opencps")
                .doesNotContain("webhook-portal", "test");
        Http.post(at("/partners/opencps/pause"), one, WHY).ok();
        Http.post(at("/partners/opencps/resume"), one, WHY).ok();
        Http.Answer refused = Http.post(at("/partners/dvcqg/pause"), one, WHY);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("code").asText()).isEqualTo("no-right");
        assertThat(refused.json().path("detail").asText()).contains("PAUSE", "tạm dừng");
        String others = awaitMessage("?partner=webhook-portal&subject=HS-OTHERS")
                .path("id")
                .asText();
        assertThat(Http.get(at("/messages/" + others), one).status()).isEqualTo(403);
        // The answer comes first.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !looks("truc-mot-cong", "/api/ops/v1/messages/" + others)
                        .isEmpty());
        assertThat(looks("truc-mot-cong", "/api/ops/v1/messages/" + others))
                .as("what was not shown was not seen")
                .containsExactly("REFUSED");
        for (String act : List.of("retry", "discard", "replay")) {
            assertThat(Http.post(at("/messages/" + others + "/" + act), one, WHY)
                            .status())
                    .as(act)
                    .isEqualTo(403);
        }
    }

    /** What it tells a partner again is not for everybody to begin, nor to end. */
    @Test
    void a_replay_is_ended_by_who_may_begin_one() throws Exception {
        tell("opencps", "HS-REPLAY", "replay-1");
        awaitMessage("?partner=opencps&state=CONFIRMED", "replay-1");
        hub.db()
                .sql("insert into mend (id, sort, until, by, reason, not_before, per_minute, most_failed)"
                        + " values (?, 'REPLAY', now(), 'truc-ca', 'a test', now() + interval '1 day', 1, 10)")
                .param(REPLAY)
                .update();
        hub.db()
                .sql("insert into mend_item (mend, message, no) select ?, seq, 1 from message where key = 'replay-1'")
                .param(REPLAY)
                .update();
        Map<String, String> retries = mayOnly("chi-gui-lai", "SEE@* RETRY@*");

        Http.Answer refused = Http.post(at("/mends/" + REPLAY + "/cancel"), retries, WHY);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("detail").asText()).contains("ADMINISTER");
        assertThat(Http.post(at("/mends/" + REPLAY + "/cancel"), OPERATOR, WHY)
                        .ok()
                        .path("sort")
                        .asText())
                .isEqualTo("REPLAY");
    }

    @Test
    void who_may_not_see_a_partner_does_not_learn_from_a_refusal_that_it_is_in_a_mend() {
        var said = new Text("Không nhận.", "Not taken.");
        for (String partner : List.of("unseen-partner", "opencps")) {
            hub.bean(Journal.class)
                    .park(
                            new Inbound(partner, "unseen-1", "desk.settle", JsonNodeFactory.instance.objectNode()),
                            new Fault("unseen", said, said));
        }
        Map<String, String> narrow = mayOnly("chi-opencps", "SEE@opencps RETRY@opencps");
        Map<String, String> wanted = Map.of("code", "unseen", "reason", "a test", "notBefore", "2099-01-01T00:00");
        Http.Answer refused = Http.post(at("/mends"), narrow, wanted);
        String mend = Http.post(at("/mends"), OPERATOR, wanted).ok().path("id").asText();
        for (Http.Answer answer : List.of(
                refused,
                Http.get(at("/mends/" + mend), narrow),
                Http.get(at("/mends/" + mend + "/items"), narrow),
                Http.post(at("/mends/" + mend + "/cancel"), narrow, WHY))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("no-right").doesNotContain("unseen-partner");
        }
        Http.post(at("/mends/" + mend + "/cancel"), OPERATOR, WHY).ok();
    }

    @Test
    void a_group_is_given_up_by_who_may_discard_it() {
        var said = new Text("Không nhận.", "Not taken.");
        for (String key : List.of("burn-1", "burn-2")) {
            hub.bean(Journal.class)
                    .park(
                            new Inbound("opencps", key, "desk.settle", JsonNodeFactory.instance.objectNode()),
                            new Fault("burn", said, said));
        }
        Map<String, String> retries = mayOnly("chi-khong-bo", "SEE@* RETRY@*");
        Map<String, String> burn = Map.of("sort", "DISCARD", "code", "burn", "reason", "a test");
        JsonNode would =
                Http.get(at("/mends/would?code=burn&sort=DISCARD"), retries).ok();
        assertThat(would.path("count").asInt()).isEqualTo(2);
        assertThat(would.at("/mayNot/0").asText()).isEqualTo("opencps");
        assertThat(Http.get(at("/mends/would?code=burn"), retries).ok().path("mayNot"))
                .isEmpty();
        Http.Answer refused = Http.post(at("/mends"), retries, burn);
        assertThat(refused.status() + " " + refused.json().path("detail").asText())
                .startsWith("403")
                .contains("DISCARD");
        assertThat(Http.post(at("/mends"), OPERATOR, Map.of("sort", "BURN", "code", "burn", "reason", "a test"))
                        .json()
                        .at("/flaws/0/field")
                        .asText())
                .isEqualTo("/sort");

        JsonNode mend = Http.post(at("/mends"), OPERATOR, burn).ok();
        assertThat(mend.path("sort").asText()).isEqualTo("DISCARD");
        assertThat(Http.post(at("/mends/" + mend.path("id").asText() + "/cancel"), retries, WHY)
                        .status())
                .isIn(403, 409);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                                .sql("select count(*) from message where key like 'burn-%' and state = 'DISCARDED'")
                                .query(Integer.class)
                                .single()
                        == 2);
    }

    private static final java.util.UUID REPLAY = java.util.UUID.randomUUID();

    private static Map<String, String> mayOnly(String name, String rights) {
        hub.db()
                .sql("insert into account (name, password, role, enabled, rights)"
                        + " values (:name, :password, 'OPERATOR', true, :rights)")
                .param("name", name)
                .param(
                        "password",
                        hub.bean(org.springframework.security.crypto.password.PasswordEncoder.class)
                                .encode("bốn từ không liên quan"))
                .param("rights", rights)
                .update();
        return Http.basic(name, "bốn từ không liên quan");
    }

    private static List<String> looks(String by, String target) {
        return hub.db()
                .sql("select outcome from audit where by = :by and what = 'VIEW' and target = :target")
                .param("by", by)
                .param("target", target)
                .query(String.class)
                .list();
    }

    private static String said(JsonNode entry) {
        return java.util.stream.Stream.of("what", "outcome", "kind", "target", "reason", "detail")
                .map(field -> entry.path(field).asText())
                .collect(java.util.stream.Collectors.joining(" "));
    }

    private static String verified(String record) throws Exception {
        Path file = Files.writeString(reference.resolve("record.jsonl"), record);
        var out = new java.io.ByteArrayOutputStream();
        int code = new vn.bocau.audit.AuditCommand(
                        Map.of("BOCAU_DATA", hub.data().toString()), new java.io.PrintStream(out, true))
                .verify(List.of(file.toString()));
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void the_document_names_every_address() throws Exception {
        Http.Answer document = Http.get(at("/openapi.yaml"), OPERATOR);
        assertThat(document.status()).isEqualTo(200);
        assertThat(Documented.said(new YAMLMapper().readTree(document.text().getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(Documented.served(hub, "/api/ops/v1"));
    }

    private static java.net.URI at(String path) {
        return hub.at("/api/ops/v1" + path);
    }

    private static JsonNode partner(String id) {
        for (JsonNode each : Http.get(at("/partners"), OPERATOR).ok()) {
            if (each.path("id").asText().equals(id)) {
                return each;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private static void tell(String partner, String subject, String key) {
        Journal journal = hub.bean(Journal.class);
        JsonNode body = JsonNodeFactory.instance.objectNode().put("name", "Nguyễn Văn A");
        journal.once(new Inbound("test", UUID.randomUUID().toString(), "test.kind", body), () -> {
            journal.tell(new Outbound(partner, "line-" + subject, "progress", key, subject, body));
            return JsonNodeFactory.instance.objectNode();
        });
    }

    private static JsonNode awaitMessage(String query) {
        return awaitMessage(query, "");
    }

    private static JsonNode awaitMessage(String query, String key) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            for (JsonNode m : Http.get(at("/messages" + query), OPERATOR)
                                    .ok()
                                    .path("messages")) {
                                if (key.isEmpty() || m.path("key").asText().equals(key)) {
                                    return m;
                                }
                            }
                            return JsonNodeFactory.instance.missingNode();
                        },
                        found -> !found.isMissingNode());
    }
}
