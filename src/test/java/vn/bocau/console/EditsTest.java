package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.ExtendedModelMap;
import vn.bocau.Browser;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Acts;
import vn.bocau.journal.Edits;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Lines;
import vn.bocau.journal.Outbound;
import vn.bocau.journal.Partners;
import vn.bocau.journal.Receipt;
import vn.bocau.journal.Sending;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;

/** One person proposes other words for a parked message, another approves, and they go in its place: once, in order, masked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EditsTest {

    private static final Map<String, String> ONE = Http.basic("truc-ca", "truc-ca-sandbox");
    private static final Map<String, String> OTHER = Http.basic("truong-ca", "truong-ca-sandbox");
    private static final Map<String, String> WHY = Map.of("reason", "a test");
    private static final String NAME = "Lê Thị Mẫu";
    private static final String PARTNER = "opencps";

    @TempDir
    static Path reference;

    private static OwnHub hub;
    private static volatile boolean choosy;
    private static final List<String> DONE = new CopyOnWriteArrayList<>();

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
            return journal.once(in, () -> {
                if (choosy) {
                    throw new Refused(Refused.Ground.RULE, "not-now", "", "Chưa được.", "Not yet.");
                }
                DONE.add(in.key() + " " + in.received().path("dossier").asText());
                return JsonNodeFactory.instance.objectNode().put("done", true);
            });
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
        Files.writeString(reference.resolve("partners.csv"), """
                        id,kind,name,dialect,delivery,base_url,client_id,secret,agency,concurrency,settings
                        jms-portal,PORTAL,Cổng nói JMS,,NONE,,,,,1,queue-kinds=portal.cancel agency.receive
                        jms-lost,PORTAL,Cổng nói JMS khác,,NONE,,,,,1,queue-kinds=portal.cancel
                        jms-large,PORTAL,Cổng nói JMS dài,,NONE,,,,,1,queue-kinds=portal.cancel
                        """);
        hub = new OwnHub(
                Map.of(
                        "bocau.reference", reference,
                        "bocau.relay.sweep", "100",
                        "bocau.mends.look", "100",
                        "bocau.replay.retention", "7d"),
                Partners.class,
                Domain.class);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @BeforeEach
    void tidy() {
        choosy = false;
        DONE.clear();
        ears().forget();
    }

    @Test
    void what_goes_out_is_edited_in_its_place_and_the_old_words_are_never_sent() throws Exception {
        parkOut("out", "HS-OUT");
        tell("HS-OUT", "out-later");
        String id = id("out");

        JsonNode fields = Http.get(at("/messages/" + id + "/fields"), ONE).ok();
        assertThat(fields.toString()).contains("/dossier/status", "•••").doesNotContain(NAME);
        JsonNode proposed = propose(
                        id,
                        change("/dossier/status", 2),
                        change("/dossier/agency/name", "Cơ quan Mẫu"),
                        Map.of("path", "/dossier/procedure/field", "remove", true))
                .ok();
        assertThat(differences(proposed))
                .containsExactly(
                        "/dossier/procedure/field: ••• -> null",
                        "/dossier/agency/name: ••• -> •••",
                        "/dossier/status: 1 -> 2");
        assertThat(propose(id, change("/dossier/status", 3)).json().path("code").asText())
                .isEqualTo("edit-open");
        String edit = proposed.path("id").asText();
        String ledger = ledger();
        Http.Answer alone = act(edit, "approve", ONE);
        assertThat(alone.status() + " " + alone.json().path("code").asText()).isEqualTo("403 edit-own");
        assertThat(ears().heard(PARTNER)).hasSize(1);

        ears().behave(PARTNER, s -> "ok");
        JsonNode approved = act(edit, "approve", OTHER).ok();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> ears().confirmed(PARTNER).size() == 2);
        var heard = ears().confirmed(PARTNER);
        assertThat(heard).extracting(Partners.Heard::key).containsExactly("out", "out-later");
        JsonNode said = heard.get(0).sending().body();
        assertThat(said.at("/dossier/status").asInt()).isEqualTo(2);
        assertThat(said.at("/dossier/agency/name").asText()).isEqualTo("Cơ quan Mẫu");
        assertThat(said.at("/dossier/procedure/field").isMissingNode()).isTrue();
        assertThat(said.at("/dossier/procedure/name").asText())
                .as("nobody saw it")
                .isEqualTo(NAME);
        assertThat(heard.get(0).sending().attempt()).isEqualTo(1);
        String now = approved.path("message").asText();
        assertThat(now).isNotEqualTo(id).isEqualTo(heard.get(0).sending().id().toString());

        JsonNode old = Http.get(at("/messages/" + id), ONE).ok();
        assertThat(old.at("/message/state").asText()).isEqualTo("DISCARDED");
        assertThat(old.path("attempts")).hasSize(1);
        assertThat(old.path("acts").findValuesAsText("what")).containsExactly("PROPOSE_EDIT", "EDITED");
        JsonNode story = Http.get(at("/messages/" + now), ONE).ok();
        assertThat(story.path("acts").findValuesAsText("what")).containsExactly("EDIT", "RETRY");
        assertThat(story.at("/edits/0/original").asText()).isEqualTo(id);
        assertThat(Http.post(at("/messages/" + id + "/retry"), ONE, WHY).status())
                .isEqualTo(409);
        assertThat(hub.db()
                        .sql("select count(*) from audit where concat(detail, reason) like '%Mẫu%'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(hub.db()
                        .sql("select detail from audit where what = 'EDIT' and target = ?")
                        .param(now)
                        .query(String.class)
                        .single())
                .contains(
                        "\"proposedBy\":\"truc-ca\"",
                        "\"fields\":[\"/dossier/procedure/field\",\"/dossier/agency/name\",\"/dossier/status\"]")
                .as("no value")
                .doesNotContain("•••", "\"old\"");
        assertThat(ledger()).as("one message, whichever words it has").isEqualTo(ledger);
        parkOut("out-again", "HS-OUT-2");
        assertThat(Http.get(at("/failures?partner=opencps&code=odd"), ONE)
                        .ok()
                        .findPath("mended")
                        .path("what")
                        .asText())
                .isEqualTo("EDIT");
        assertThat(Http.get(at("/ledger"), ONE).ok())
                .allSatisfy(day -> assertThat(day.path("accepted").asLong())
                        .isEqualTo(day.path("confirmed").asLong()
                                + day.path("open").asLong()
                                + day.path("discarded").asLong()));
    }

    @Test
    void words_that_would_be_refused_are_not_proposed_and_it_is_said_which() {
        parkOut("wrong", "HS-WRONG");
        String id = id("wrong");

        Http.Answer wrong = propose(id, change("/dossier/status", 77), change("/dossier/channel", "PIGEON"));
        assertThat(wrong.json().path("code").asText()).isEqualTo("schema");
        assertThat(wrong.json().path("flaws").findValuesAsText("field"))
                .containsExactlyInAnyOrder("/dossier/status", "/dossier/channel");
        Http.Answer nowhere = propose(id, change("/dossier/nothing/there", 1));
        assertThat(nowhere.status()).isEqualTo(400);
        assertThat(nowhere.json().at("/flaws/0/field").asText()).isEqualTo("/changes/0");
        assertThat(propose(id, change("/dossier/status", 1))
                        .json()
                        .at("/flaws/0/detail")
                        .isMissingNode())
                .isTrue();
        assertThat(propose(id, change("/dossier/status", 1)).status()).isEqualTo(400);
        assertThat(propose(id).status()).isEqualTo(400);
        assertThat(Http.get(at("/messages/" + id), ONE).ok().path("edits")).isEmpty();
        hub.bean(vn.bocau.journal.Acts.class).discard(UUID.fromString(id), "truc-ca", "a test");
        assertThat(propose(id, change("/dossier/status", 2)).json().path("code").asText())
                .isEqualTo("not-editable");
    }

    @Test
    void what_came_in_is_done_as_corrected_and_its_sender_s_late_repeat_of_the_old_is_known() {
        String wrong = "{\"key\": \"in-1\", \"body\": {\"dossier\": \"HS-X\", \"leg\": \"EVERYTHING\"}}";
        bring(wrong);
        String id = awaitParked("in-1");
        assertThat(propose(id, change("/leg", "NONE"))
                        .json()
                        .at("/flaws/0/field")
                        .asText())
                .isEqualTo("/leg");
        assertThat(DONE).isEmpty();

        String edit = propose(id, change("/leg", "ALL"), change("/dossier", "HS-Y"))
                .ok()
                .path("id")
                .asText();
        assertThat(DONE).as("tried, and undone").containsExactly("in-1 HS-Y");
        assertThat(state("in-1")).isEqualTo("PARKED");

        // A rule may say no by then: nothing has changed, and the proposal is still there.
        choosy = true;
        Http.Answer no = act(edit, "approve", OTHER);
        assertThat(no.status() + " " + no.json().path("code").asText()).isEqualTo("422 not-now");
        assertThat(id("in-1")).isEqualTo(id);
        assertThat(hub.db()
                        .sql("select count(*) from message where key like 'in-1%'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(Http.get(at("/edits/" + edit), ONE).ok().path("state").asText())
                .isEqualTo("PROPOSED");

        // Heard again meanwhile it is still that message, parked.
        choosy = false;
        DONE.clear();
        act(edit, "approve", OTHER).ok();
        assertThat(DONE).containsExactly("in-1 HS-Y");
        assertThat(state("in-1")).isEqualTo("RECEIVED");

        bring(wrong);
        bring("{\"key\": \"in-1-after\", \"body\": {\"dossier\": \"HS-Z\", \"leg\": \"ALL\"}}");
        await().atMost(Duration.ofSeconds(20)).until(() -> DONE.contains("in-1-after HS-Z"));
        assertThat(DONE).containsExactly("in-1 HS-Y", "in-1-after HS-Z");
        assertThat(hub.db()
                        .sql("select count(*) from message where key like 'in-1%' and state = 'PARKED'")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(state("in-1")).isEqualTo("RECEIVED");
    }

    /** Its words could be read: it was a rule that refused them. */
    @Test
    void a_repeat_of_replaced_words_is_known_whether_the_corrected_ones_are_done_or_wait_again() {
        String old = "{\"key\": \"in-2\", \"body\": {\"dossier\": \"HS-A\", \"leg\": \"ALL\"}}";
        choosy = true;
        bring(old);
        String id = awaitParked("in-2");
        choosy = false;
        String edit = propose(id, change("/dossier", "HS-B")).ok().path("id").asText();
        act(edit, "approve", OTHER).ok();
        DONE.clear();

        var journal = hub.bean(Journal.class);
        JsonNode body = JsonNodeFactory.instance.objectNode().put("leg", "ALL").put("dossier", "HS-A");
        Receipt again = journal.once(new Inbound("jms-portal", "in-2", "portal.cancel", body), () -> {
            throw new AssertionError("done already, in other words");
        });
        assertThat(again.repeat()).isTrue();
        assertThat(again.answer().path("done").asBoolean()).isTrue();

        hub.db()
                .sql("update message set state = 'PARKED', fault = 'x' where key = 'in-2'")
                .update();
        assertThatThrownBy(() -> journal.once(new Inbound("jms-portal", "in-2", "portal.cancel", body), () -> body))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("replaced"));
        bring(old);
        bring("{\"key\": \"in-2-after\", \"body\": {\"dossier\": \"HS-Z\", \"leg\": \"ALL\"}}");
        await().atMost(Duration.ofSeconds(20)).until(() -> DONE.contains("in-2-after HS-Z"));
        assertThat(DONE).containsExactly("in-2-after HS-Z");
        // Done within its transaction, which commits after that.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                        .sql("select string_agg(state, ' ' order by seq) from message where key like 'in-2%'")
                        .query(String.class)
                        .single()
                        .equals("PARKED DISCARDED RECEIVED"));
    }

    @Test
    void a_proposal_lapses_when_the_message_is_dealt_with_otherwise_and_can_be_rejected_or_withdrawn() {
        for (String way : List.of("retry", "discard")) {
            parkOut("lapse-" + way, "HS-LAPSE-" + way);
            String id = id("lapse-" + way);
            String edit =
                    propose(id, change("/dossier/status", 2)).ok().path("id").asText();
            ears().behave(PARTNER, s -> "ok");
            Http.post(at("/messages/" + id + "/" + way), OTHER, WHY).ok();

            assertThat(Http.get(at("/edits/" + edit), ONE).ok().path("state").asText())
                    .isEqualTo("LAPSED");
            Http.Answer late = act(edit, "approve", OTHER);
            assertThat(late.status()).as(late.text()).isEqualTo(409);
            assertThat(id("lapse-" + way)).isEqualTo(id);
        }
        parkOut("closed", "HS-CLOSED");
        String id = id("closed");
        String first = propose(id, change("/dossier/status", 2)).ok().path("id").asText();
        assertThat(act(first, "withdraw", OTHER).json().path("code").asText()).isEqualTo("edit-not-own");
        assertThat(act(first, "withdraw", ONE).ok().path("state").asText()).isEqualTo("WITHDRAWN");
        String second =
                propose(id, change("/dossier/status", 2)).ok().path("id").asText();
        assertThat(act(second, "reject", OTHER).ok().path("state").asText()).isEqualTo("REJECTED");
        assertThat(act(second, "approve", OTHER).json().path("code").asText()).isEqualTo("edit-over");
        assertThat(hub.db()
                        .sql(
                                "select string_agg(what, ' ' order by seq) from audit where outcome = 'DONE' and target = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("PROPOSE_EDIT WITHDRAW_EDIT PROPOSE_EDIT REJECT_EDIT");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(hub.db()
                                .sql("select detail from audit where outcome = 'REFUSED' and what = 'APPROVE'"
                                        + " and target like ?")
                                .param("%" + second + "%")
                                .query(String.class)
                                .list())
                        .singleElement()
                        .asString()
                        .contains("edit-over"));
    }

    /** Nobody sees half of it, whenever the process dies. */
    @Test
    void what_dies_before_its_end_has_changed_nothing() {
        parkOut("dies", "HS-DIES");
        String id = id("dies");
        UUID edit = UUID.fromString(
                propose(id, change("/dossier/status", 2)).ok().path("id").asText());

        hub.bean(TransactionTemplate.class).executeWithoutResult(undone -> {
            hub.bean(Edits.class).approve(edit, false, "truong-ca", "a test");
            undone.setRollbackOnly();
        });

        assertThat(id("dies")).isEqualTo(id);
        assertThat(state("dies")).isEqualTo("PARKED");
        assertThat(Http.get(at("/messages/" + id), ONE).ok().path("attempts")).hasSize(1);
        assertThat(hub.bean(Edits.class).one(edit).open()).isTrue();
    }

    /** Its carrier stood still for so long that it was carried by another, refused, corrected by two persons: then it goes on. */
    @Test
    void a_late_answer_to_the_old_words_says_nothing_about_the_new() throws Exception {
        parkOut("late", "HS-LATE");
        Sending old = ears().heard(PARTNER).stream()
                .filter(heard -> heard.key().equals("late"))
                .findFirst()
                .orElseThrow()
                .sending();
        String edit = propose(id("late"), change("/dossier/status", 2))
                .ok()
                .path("id")
                .asText();
        Semaphore answers = new Semaphore(0);
        ears().behave(PARTNER, s -> {
            answers.acquireUninterruptibly();
            return "ok";
        });
        act(edit, "approve", OTHER).ok();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ears().heard(PARTNER).stream()
                        .anyMatch(heard -> !heard.sending().id().equals(old.id())));
        Lines lines = hub.bean(Lines.class);

        lines.confirm(old, "late");
        assertThat(state("late")).isEqualTo("QUEUED");
        var exchange = new DefaultExchange(hub.bean(CamelContext.class));
        try {
            lines.failed(old, new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd."), exchange);
            lines.failed(old, new Unavailable("partner-silent", "không trả lời", "no answer"), exchange);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        assertThat(state("late")).isEqualTo("QUEUED");
        assertThat(hub.db()
                        .sql("select a.outcome from attempt a join message m on m.seq = a.message where m.id = ?")
                        .param(old.id())
                        .query(String.class)
                        .single())
                .as("the attempt it was")
                .isEqualTo("UNAVAILABLE");

        answers.release(100);
        await().atMost(Duration.ofSeconds(20)).until(() -> state("late").equals("CONFIRMED"));
        assertThat(ears().confirmed(PARTNER)).hasSize(1);
        hub.db().sql("update line set state = 'OPEN', failures = 0").update();
    }

    @Test
    void who_waits_for_a_row_that_an_edit_renames_is_told_what_became_of_it() throws Exception {
        parkOut("renamed", "HS-RENAMED");
        UUID id = UUID.fromString(id("renamed"));
        UUID edit = UUID.fromString(propose(id.toString(), change("/dossier/status", 2))
                .ok()
                .path("id")
                .asText());
        var person = Executors.newSingleThreadExecutor();
        try {
            Future<Refused> waiting = hub.bean(TransactionTemplate.class).execute(t -> {
                hub.bean(Edits.class).approve(edit, false, "truong-ca", "a test");
                Future<Refused> retried = person.submit(() -> {
                    try {
                        hub.bean(Acts.class).discard(id, "truc-ca", "a test");
                        throw new AssertionError("it is given up already");
                    } catch (Refused refused) {
                        return refused;
                    }
                });
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> hub.db()
                                        .sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                                + " and query like '%from message where id = %for update'")
                                        .query(Long.class)
                                        .single()
                                > 0);
                return retried;
            });
            assertThat(waiting.get().code()).isEqualTo("not-open");
        } finally {
            person.shutdownNow();
        }
    }

    @Test
    void where_the_partner_may_have_the_old_words_who_approves_says_that_he_knows() {
        parkOut("maybe", "HS-MAYBE");
        String id = id("maybe");
        String edit = propose(id, change("/dossier/status", 2)).ok().path("id").asText();
        assertThat(Http.get(at("/edits/" + edit), ONE).ok().path("maybeHeard").asBoolean())
                .isFalse();
        hub.db()
                .sql("update attempt set outcome = null where message = (select seq from message where key = 'maybe')")
                .update();

        assertThat(Http.get(at("/edits/" + edit), ONE).ok().path("maybeHeard").asBoolean())
                .isTrue();
        Http.Answer blind = act(edit, "approve", OTHER);
        assertThat(blind.status() + " " + blind.json().path("code").asText()).isEqualTo("409 edit-maybe-heard");
        assertThat(id("maybe")).isEqualTo(id);
        try (var browser = new Browser()) {
            Page page = signedIn(browser, "truong-ca", Browser.PHONE);
            page.navigate(hub.at("/console/messages/" + id).toString());
            looked(page, "edit-maybe-heard-" + Browser.PHONE);
            page.fill("#approve-reason", "đúng");
            page.click("button:has-text('Duyệt')");
            assertThat(page.locator("[role=alert]").textContent()).contains("hãy hỏi đối tác");
            page.check("input[name=maybeHeard]");
            page.fill("#approve-reason", "đã hỏi");
            page.click("button:has-text('Duyệt')");
            assertThat(page.locator("main").textContent()).contains("Đã duyệt và gửi lại");
        }
        assertThat(id("maybe")).isNotEqualTo(id);

        // It refuses the new words: the first it may have still.
        awaitParked("maybe");
        String again = propose(id("maybe"), change("/dossier/status", 3))
                .ok()
                .path("id")
                .asText();
        assertThat(act(again, "approve", OTHER).json().path("code").asText()).isEqualTo("edit-maybe-heard");
        var form = new ExtendedModelMap();
        hub.bean(EditsPage.class).form(form, UUID.fromString(id("maybe")), may("truc-ca", "EDIT@* READ@*"));
        assertThat(form.get("maybeHeard")).isEqualTo(true);
        Http.Answer odd = Http.post(
                at("/edits/" + again + "/approve"), OTHER, Map.of("reason", "a test", "maybeHeard", "perhaps"));
        assertThat(odd.status() + odd.json().at("/flaws/0/field").asText()).isEqualTo("400/maybeHeard");
    }

    /** At a keyboard, Enter presses the first button of a form: of each there is one. */
    @Test
    void whoever_writes_why_it_is_rejected_and_presses_enter_rejects_it() {
        parkOut("entered", "HS-ENTERED");
        String id = id("entered");
        propose(id, change("/dossier/status", 2)).ok();
        try (var browser = new Browser()) {
            Page page = signedIn(browser, "truong-ca", Browser.DESKTOP);
            page.navigate(hub.at("/console/messages/" + id).toString());
            page.click("summary:has-text('Từ chối')");
            page.fill("#reject-reason", "sai số tiền");
            looked(page, "edit-to-reject-" + Browser.DESKTOP);
            page.press("#reject-reason", "Enter");
            page.waitForSelector(".tag:has-text('Bị từ chối')");
            assertThat(page.locator("main").textContent()).contains("sai số tiền");
        }
        assertThat(Http.get(at("/messages/" + id), ONE)
                        .ok()
                        .at("/edits/0/state")
                        .asText())
                .isEqualTo("REJECTED");
        assertThat(id("entered")).isEqualTo(id);
    }

    @Test
    void a_change_to_other_words_than_were_looked_at_is_stale() {
        parkOut("stale", "HS-STALE");
        String id = id("stale");
        String seen = version(id);
        hub.db()
                .sql("update message set body = replace(body, 'Mẫu', 'Khác') where key = 'stale'")
                .update();

        Http.Answer stale = propose(id, seen, change("/dossier/status", 2));

        assertThat(stale.status() + " " + stale.json().path("code").asText()).isEqualTo("409 edit-stale");
        assertThat(propose(id, version(id), change("/dossier/code", "HS-ELSE"))
                        .json()
                        .at("/flaws/0/field")
                        .asText())
                .as("it waits in the line of this dossier")
                .isEqualTo("/dossier/code");
        assertThat(propose(
                                id,
                                change("/dossier/id", UUID.randomUUID().toString()),
                                change("/dossier/portalRef", "P-ELSE-1"))
                        .json()
                        .at("/flaws/0/field")
                        .asText())
                .as("by that some partners know the dossier")
                .isEqualTo("/dossier/id");
        assertThat(propose(id, change("/dossier/portalRef", "P-ELSE-1"))
                        .json()
                        .at("/flaws/0/field")
                        .asText())
                .isEqualTo("/dossier/portalRef");
        propose(id, change("/dossier/status", 2)).ok();
    }

    @Test
    void the_second_person_can_look_at_all_that_is_proposed_in_clear_with_a_reason_and_recorded() {
        parkOut("looked", "HS-LOOKED");
        String id = id("looked");
        String edit = propose(id, change("/dossier/procedure/name", "Nguyễn Văn Ẩn"), change("/dossier/status", 2))
                .ok()
                .path("id")
                .asText();

        assertThat(Http.get(at("/edits/" + edit + "/content"), OTHER).ok().toString())
                .contains("\"status\":2")
                .doesNotContain("Nguyễn Văn Ẩn");
        try (var browser = new Browser()) {
            Page before = signedIn(browser, "truc-ca", Browser.DESKTOP);
            before.navigate(hub.at("/console/messages/" + id).toString());
            Page page = signedIn(browser, "truong-ca", Browser.DESKTOP);
            page.navigate(hub.at("/console/messages/" + id).toString());
            assertThat(page.locator("[data-live]").count())
                    .as("nothing is exchanged under the eyes of who decides")
                    .isZero();
            assertThat(page.locator("main").textContent()).contains("của ai").doesNotContain("Nguyễn Văn Ẩn");
            page.fill("#glass-reason", "duyệt bản sửa");
            page.click("button:has-text('Mở nguyên văn')");
            page.click("details summary:has-text('Toàn bộ')");
            assertThat(page.locator("details pre").textContent()).contains("Nguyễn Văn Ẩn");
            assertThat(page.request()
                            .get(page.url(), RequestOptions.create().setHeader("HX-Request", "true"))
                            .text())
                    .as("what a page that was opened before is renewed by")
                    .contains("Toàn bộ")
                    .doesNotContain("Nguyễn Văn Ẩn", NAME);
            assertThat(Http.get(at("/edits/" + edit + "/content"), ONE).ok().toString())
                    .as("who has not broken it")
                    .doesNotContain("Nguyễn Văn Ẩn");
            Http.post(at("/messages/" + id + "/reveal"), ONE, WHY).ok();
            String then = before.locator("#live .stale").textContent();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(before.locator("#live .stale").textContent())
                                    .isNotEqualTo(then));
            assertThat(before.content())
                    .as("renewed since the glass was broken elsewhere")
                    .contains("Toàn bộ")
                    .doesNotContain("Nguyễn Văn Ẩn", NAME);
            before.reload();
            assertThat(before.locator("details pre").textContent()).contains("Nguyễn Văn Ẩn");
            assertThat(before.locator("[data-live]").count())
                    .as("what shows something in clear does not renew itself")
                    .isZero();
            looked(page, "edit-in-clear-" + Browser.DESKTOP);
            page.setViewportSize(Browser.PHONE, 640);
            looked(page, "edit-in-clear-" + Browser.PHONE);
        }
        assertThat(Http.get(at("/edits/" + edit + "/content"), OTHER).ok().toString())
                .contains("Nguyễn Văn Ẩn");
        assertThat(hub.db()
                        .sql("select count(*) from audit where what = 'VIEW_CLEAR' and by = 'truong-ca' and target = ?"
                                + " and detail like ?")
                        .param(id)
                        .param("%" + edit + "%")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
        assertThatThrownBy(() -> hub.bean(EditDesk.class)
                        .approve(UUID.fromString(edit), false, may("truong-ca", "EDIT@*"), "a test"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("no-right"));
        assertThat(hub.bean(EditDesk.class)
                        .approve(UUID.fromString(edit), false, may("truong-ca", "EDIT@* READ@*"), "a test")
                        .state())
                .isEqualTo("APPROVED");
    }

    private static Authentication may(String name, String rights) {
        return new TestingAuthenticationToken(
                name,
                "",
                Stream.of(rights.split(" ")).map(right -> "RIGHT_" + right).toArray(String[]::new));
    }

    @Test
    void one_message_alone_is_told_once_more_by_who_may_administer() {
        tell("HS-ALONE", "alone-1");
        await().atMost(Duration.ofSeconds(20)).until(() -> state("alone-1").equals("CONFIRMED"));
        var api = hub.bean(MessagesApi.class);
        byte[] why = "{\"reason\": \"a test\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        UUID id = UUID.fromString(id("alone-1"));

        assertThatThrownBy(() -> api.replay(id, why, may("truong-ca", "SEE@* RETRY@*")))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("no-right"));
        api.replay(id, why, may("truong-ca", "SEE@* ADMINISTER@*"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ears().confirmed(PARTNER).size() == 2);
    }

    @Test
    void of_several_who_approve_at_once_one_does_and_the_partner_hears_it_once() throws Exception {
        parkOut("race", "HS-RACE");
        String edit = propose(id("race"), change("/dossier/status", 2))
                .ok()
                .path("id")
                .asText();
        String id = id("race");
        ears().forget();
        var people = Executors.newFixedThreadPool(4);
        List<Integer> answers = new CopyOnWriteArrayList<>();
        try {
            Callable<Boolean> approve =
                    () -> answers.add(act(edit, "approve", OTHER).status());
            Callable<Boolean> retry = () -> answers.add(
                    Http.post(at("/messages/" + id + "/retry"), ONE, WHY).status());
            for (var done : people.invokeAll(List.of(approve, approve, approve, retry))) {
                done.get();
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(answers).containsOnlyOnce(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> state("race").equals("CONFIRMED"));
        assertThat(ears().heard(PARTNER)).hasSize(1);
    }

    @Test
    void only_who_may_edit_and_read_proposes_and_only_who_may_edit_approves() {
        parkOut("rights", "HS-RIGHTS");
        String id = id("rights");
        String edit = propose(id, change("/dossier/status", 2)).ok().path("id").asText();
        Map<String, String> administrator = Http.basic("quan-tri", "quan-tri-sandbox");

        for (Http.Answer no : List.of(
                act(edit, "approve", administrator),
                act(edit, "reject", administrator),
                Http.get(at("/messages/" + id + "/fields"), administrator),
                Http.post(
                        at("/messages/" + id + "/edits"),
                        administrator,
                        Map.of(
                                "version",
                                version(id),
                                "changes",
                                List.of(change("/dossier/status", 2)),
                                "reason",
                                "a test")))) {
            assertThat(no.status() + " " + no.json().path("code").asText()).isEqualTo("403 no-right");
        }
        assertThatThrownBy(() -> hub.bean(EditDesk.class)
                        .reject(UUID.fromString(edit), may("truong-ca", "SEE@* EDIT@*"), "a test"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("no-right"));
        assertThat(Http.get(at("/edits?state=PROPOSED"), administrator).ok().findValuesAsText("id"))
                .contains(edit);
        assertThat(differences(Http.get(at("/edits/" + edit), ONE).ok())).containsExactly("/dossier/status: 1 -> 2");
        for (JsonNode seen : List.of(
                Http.get(at("/edits/" + edit), administrator).ok(),
                of(edit, Http.get(at("/edits?state=PROPOSED"), administrator).ok()),
                of(edit, Http.get(at("/messages/" + id), administrator).ok().path("edits")))) {
            assertThat(differences(seen)).as("who may not read it").containsExactly("/dossier/status: ••• -> •••");
        }
        var page = new ExtendedModelMap();
        hub.bean(LensPage.class).message(page, UUID.fromString(id), null, may("someone", "SEE@*"));
        assertThat(String.valueOf(page.get("edits")))
                .contains("/dossier/status", "old=•••, now=•••")
                .doesNotContain("old=1");
    }

    private static JsonNode of(String edit, JsonNode edits) {
        for (JsonNode each : edits) {
            if (each.path("id").asText().equals(edit)) {
                return each;
            }
        }
        throw new AssertionError("no such edit in it");
    }

    /** Our database went back to a backup: some of what the queue had brought is not there any more, or otherwise. */
    @Test
    void what_the_broker_has_kept_and_the_journal_lost_is_taken_again_once() throws Exception {
        for (int n = 1; n <= 8; n++) {
            hub.bean(JmsTemplate.class).convertAndSend("in.jms-lost", lost(n));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> DONE.size() == 8);
        hub.bean(JmsTemplate.class)
                .convertAndSend("in.jms-lost", "{\"body\": {\"dossier\": \"HS-ID\", \"leg\": \"ALL\"}}");
        await().atMost(Duration.ofSeconds(20)).until(() -> DONE.size() == 9);
        hub.db()
                .sql("delete from message where partner = 'jms-lost' and key in ('l-2', 'l-5', 'l-7')")
                .update();
        hub.db()
                .sql("update message set body = '{\"dossier\":\"HS-OTHER\",\"leg\":\"ALL\"}' where key = 'l-3'")
                .update();
        DONE.clear();

        // Whoever gives its messages no id is asked; what another replay has left parked is not of this one.
        var pool = (JmsPoolConnectionFactory) hub.bean(ConnectionFactory.class);
        try (Connection connection = ((ConnectionFactory) pool.getConnectionFactory()).createConnection();
                Session session = connection.createSession();
                var producer = session.createProducer(session.createQueue("in.jms-lost"))) {
            producer.setDisableMessageID(true);
            producer.send(session.createTextMessage("{\"body\": {\"dossier\": \"HS-NONE\", \"leg\": \"ALL\"}}"));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> DONE.size() == 1);
        String nameless = DONE.get(0).split(" ")[0];
        assertThat(nameless).startsWith("broker-");
        hub.db().sql("delete from message where key = ?").param(nameless).update();
        hub.bean(JmsTemplate.class).convertAndSend("in.jms-lost", "{\"key\": \"l-left\", \"body\": {}}");
        awaitParked("l-left");
        hub.db()
                .sql("update message set fault = 'taken-again' where key = 'l-left'")
                .update();
        DONE.clear();

        Set<SimpleString> addresses = Set.copyOf(addresses());
        JsonNode look = look();
        assertThat(look.path("apply").asInt() + " " + look.path("already").asInt() + " "
                        + look.path("conflict").asInt())
                .isEqualTo("3 6 2");
        assertThat(Http.get(at("/replays/" + look.path("id").asText() + "/items?outcome=CONFLICT"), ONE)
                        .ok()
                        .path("items")
                        .findValuesAsText("cause"))
                .containsExactly("key-reused", "no-own-id");
        JsonNode items = Http.get(at("/replays/" + look.path("id").asText() + "/items?outcome=APPLY"), ONE)
                .ok()
                .path("items");
        assertThat(items.findValuesAsText("key")).containsExactly("l-2", "l-5", "l-7");
        assertThat(DONE).as("a dry run").isEmpty();

        String mend = Http.post(
                        at("/replays/" + look.path("id").asText() + "/start"),
                        ONE,
                        Map.of("reason", "a test", "perMinute", "60000"))
                .ok()
                .path("mend")
                .asText();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Http.get(at("/mends/" + mend), ONE)
                        .ok()
                        .path("state")
                        .asText()
                        .equals("DONE"));
        assertThat(DONE).containsExactly("l-2 HS-2", "l-5 HS-5", "l-7 HS-7");
        assertThat(look().path("apply").asInt()).isZero();
        assertThat(state("l-left")).isEqualTo("PARKED");
        java.time.Instant later = java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        hub.bean(JmsTemplate.class).convertAndSend("in.jms-lost", lost(912_345_678));
        await().atMost(Duration.ofSeconds(20)).until(() -> DONE.contains("l-912345678 HS-912345678"));
        JsonNode since = look(later.toString());
        assertThat(Http.get(at("/replays/" + since.path("id").asText() + "/items"), ONE)
                        .ok()
                        .path("items")
                        .findValuesAsText("key"))
                .as("of the time asked for, and nothing in a key that may be a person's number")
                .containsExactly("l-•••");
        assertThat(addresses()).as("nothing of it stays at the broker").isSubsetOf(addresses);
        assertThat(Http.post(
                                at("/replays"),
                                Http.basic("quan-tri", "quan-tri-sandbox"),
                                Map.of("sort", "QUEUE", "partner", "opencps", "since", since(), "reason", "a test"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("queue-not-kept");
    }

    /** All of a replay is in memory at once, of the one process that everybody is served by. */
    @Test
    void few_that_are_large_are_too_much_to_replay_as_well() {
        String large = "x".repeat(1_000_000);
        for (int n = 1; n <= 34; n++) {
            hub.bean(JmsTemplate.class)
                    .convertAndSend("in.jms-large", "{\"key\": \"large-" + n + "\", \"body\": \"" + large + "\"}");
        }

        assertThat(Http.post(
                                at("/replays"),
                                ONE,
                                Map.of("sort", "QUEUE", "partner", "jms-large", "since", since(), "reason", "a test"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("replay-too-much");
    }

    private static JsonNode look() {
        return look(since());
    }

    private static JsonNode look(String since) {
        return Http.post(
                        at("/replays"),
                        ONE,
                        Map.of("sort", "QUEUE ", "partner", "jms-lost", "since", since, "reason", "a test"))
                .ok();
    }

    private static Set<SimpleString> addresses() {
        return hub.bean(EmbeddedActiveMQ.class)
                .getActiveMQServer()
                .getPostOffice()
                .getAddresses();
    }

    private static String since() {
        return java.time.Instant.now().minusSeconds(600).toString();
    }

    private static String lost(int n) {
        return "{\"key\": \"l-" + n + "\", \"body\": {\"dossier\": \"HS-" + n + "\", \"leg\": \"ALL\"}}";
    }

    @Test
    void xml_is_edited_by_its_elements_unseen() {
        bring(
                "{\"key\": \"xml-1\", \"kind\": \"agency.receive\", \"body\": \"<confirmReceipt xmlns='urn:bocau:agency:v1'><dossier>"
                        + NAME + "</dossier></confirmReceipt>\"}");
        String id = awaitParked("xml-1");

        JsonNode fields = Http.get(at("/messages/" + id + "/fields"), ONE).ok();
        assertThat(fields.findValuesAsText("path")).containsExactly("/confirmReceipt/dossier[1]");
        assertThat(fields.findValuesAsText("shown")).containsExactly("•••");
        Http.Answer refused = propose(id, change("/confirmReceipt/dossier[1]", "HS-X"));
        assertThat(refused.json().path("code").asText())
                .as("by the contract of agencies")
                .isEqualTo("schema");
        assertThat(refused.text()).doesNotContain(NAME);
        var nothing = new java.util.HashMap<String, Object>();
        nothing.put("path", "/confirmReceipt/dossier[1]");
        nothing.put("value", null);
        for (Map<String, Object> none : List.of(
                change("/confirmReceipt/dossier[1]", Map.of("a", 1)),
                change("/confirmReceipt/dossier[1]", List.of("a")),
                nothing)) {
            Http.Answer no = propose(id, none);
            assertThat(no.status() + no.json().at("/flaws/0/field").asText()).isEqualTo("400/changes/0");
            assertThat(no.json().at("/flaws/0/en").asText() + no.text()).contains("null");
        }
    }

    @Test
    void the_pages_show_the_difference_and_say_why_an_act_is_not_possible() {
        parkOut("page", "HS-PAGE");
        tell("HS-PAGE", "page-later");
        String id = id("page");
        try (var browser = new Browser()) {
            Page page = signedIn(browser, "truc-ca", Browser.DESKTOP);
            page.navigate(hub.at("/console/messages/" + id).toString());
            page.click("text=Sửa nội dung");
            looked(page, "edit-" + Browser.DESKTOP);
            assertThat(page.locator("main").textContent())
                    .contains("/dossier/status", "•••")
                    .doesNotContain(NAME);
            int row = (int) page.evaluate(
                    "[...document.querySelectorAll('code.path')].findIndex(c => c.textContent == '/dossier/status')");
            page.fill("#value-" + row, "3");
            page.check("input[name=remove-" + (row + 1) + "]");
            page.fill("#reason", "sai trạng thái");
            hub.db()
                    .sql("update message set body = replace(body, 'Mẫu', 'Khác') where key = 'page'")
                    .update();
            page.click("form[method=post] button[type=submit]");
            assertThat(page.locator("[role=alert]").textContent()).contains("đã khác lúc bạn xem");
            assertThat(page.inputValue("#value-" + row))
                    .as("another field may stand there now")
                    .isEmpty();
            assertThat(page.locator("input[type=checkbox]:checked").count()).isZero();
            page.fill("#value-0", "HS-PAGE");
            page.fill("#value-" + row, "a\u0007");
            page.fill("#new-path", "/nowhere/at/all");
            page.fill("#new-value", "x");
            page.fill("#reason", "sai trạng thái");
            page.click("form[method=post] button[type=submit]");
            assertThat(page.locator("[role=alert]").textContent())
                    .contains("dossier/status: Có ký tự điều khiển")
                    .doesNotContain("changes/");
            looked(page, "edit-row-" + Browser.DESKTOP);
            page.fill("#value-0", "");
            page.fill("#value-" + row, "2");
            page.fill("#reason", "sai trạng thái");
            page.click("form[method=post] button[type=submit]");
            assertThat(page.locator("[role=alert]").textContent()).contains("Trường thêm mới: Không có trường nào");
            page.fill("#new-path", "");
            page.fill("#new-value", "");
            page.fill("#value-" + row, "77");
            page.fill("#reason", "sai trạng thái");
            page.click("form[method=post] button[type=submit]");
            assertThat(page.locator("[role=alert]").textContent()).contains("dossier/status");
            looked(page, "edit-wrong-" + Browser.DESKTOP);
            assertThat(page.inputValue("#value-" + row)).isEqualTo("77");
            page.setViewportSize(Browser.PHONE, 640);
            looked(page, "edit-wrong-" + Browser.PHONE);
            page.fill("#value-" + row, "2");
            page.fill("#reason", "sai trạng thái");
            page.click("form[method=post] button[type=submit]");
            assertThat(page.url()).endsWith("/console/messages/" + id);
            assertThat(page.locator("main").textContent())
                    .contains("Chờ người thứ hai", "phải một người khác", "một đề nghị đang chờ");
            assertThat(page.locator("button:has-text('Duyệt')").count()).isZero();
            looked(page, "edit-proposed-" + Browser.PHONE);

            ears().behave(PARTNER, s -> "ok");
            Page second = signedIn(browser, "truong-ca", Browser.DESKTOP);
            second.navigate(hub.at("/console/edits").toString());
            looked(second, "edits-" + Browser.DESKTOP);
            assertThat(second.locator("main").textContent()).contains("bạn có thể duyệt");
            second.setViewportSize(Browser.PHONE, 640);
            looked(second, "edits-" + Browser.PHONE);
            second.setViewportSize(Browser.DESKTOP, 800);
            second.click("tr:has-text('HS-PAGE') a");
            second.fill("#approve-reason", "đúng");
            looked(second, "edit-to-approve-" + Browser.DESKTOP);
            second.click("button:has-text('Duyệt')");
            assertThat(second.url()).contains("/console/messages/").doesNotContain(id);
            assertThat(second.locator("main").textContent())
                    .contains("Đã duyệt và gửi lại", "Bản trước khi sửa", "truong-ca")
                    .doesNotContain(NAME);
            second.click("text=Bản trước khi sửa");
            assertThat(second.locator("main").textContent()).contains("đã bỏ", "xem bản đã sửa");
            looked(second, "edit-original-" + Browser.DESKTOP);
        }
    }

    private static void looked(Page page, String name) {
        Browser.isAccessible(page);
        Browser.picture(page, "console-" + name);
        assertThat(page.content()).doesNotContain("??");
    }

    private static Page signedIn(Browser browser, String name, int width) {
        Page page = browser.page(width);
        page.navigate(hub.at("/login").toString());
        page.getByLabel("Tên đăng nhập").fill(name);
        page.getByLabel("Mật khẩu").fill(name + "-sandbox");
        page.locator("main button").click();
        return page;
    }

    /** Told, and given up, of today. */
    private static String ledger() {
        long accepted = 0;
        long discarded = 0;
        for (JsonNode day : Http.get(at("/ledger?days=1"), ONE).ok()) {
            if (day.path("partner").asText().equals(PARTNER)
                    && day.path("direction").asText().equals("OUT")) {
                accepted += day.path("accepted").asLong();
                discarded += day.path("discarded").asLong();
            }
        }
        return accepted + " " + discarded;
    }

    private static Map<String, Object> change(String path, Object value) {
        return Map.of("path", path, "value", value);
    }

    @SafeVarargs
    private static Http.Answer propose(String id, Map<String, Object>... changes) {
        return propose(id, version(id), changes);
    }

    @SafeVarargs
    private static Http.Answer propose(String id, String version, Map<String, Object>... changes) {
        return Http.post(
                at("/messages/" + id + "/edits"),
                ONE,
                Map.of("version", version, "changes", List.of(changes), "reason", "a test"));
    }

    private static String version(String id) {
        return Http.get(at("/messages/" + id + "/fields"), ONE)
                .ok()
                .path("version")
                .asText();
    }

    private static Http.Answer act(String edit, String act, Map<String, String> who) {
        return Http.post(at("/edits/" + edit + "/" + act), who, WHY);
    }

    private static List<String> differences(JsonNode edit) {
        List<String> all = new java.util.ArrayList<>();
        edit.path("difference")
                .forEach(d -> all.add(d.path("path").asText() + ": "
                        + d.path("old").asText() + " -> " + d.path("now").asText()));
        return all;
    }

    private static void bring(String message) {
        hub.bean(JmsTemplate.class).convertAndSend("in.jms-portal", message);
    }

    private static String awaitParked(String key) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> hub.db()
                                .sql("select count(*) from message where key = ? and state = 'PARKED'")
                                .param(key)
                                .query(Long.class)
                                .single()
                        == 1);
        return id(key);
    }

    private static void parkOut(String key, String dossier) {
        ears().behave(PARTNER, s -> {
            throw new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd.");
        });
        tell(dossier, key);
        awaitParked(key);
    }

    private static void tell(String dossier, String key) {
        var journal = hub.bean(Journal.class);
        ObjectNode body = event();
        journal.once(new Inbound("test", UUID.randomUUID().toString(), "test.kind", body), () -> {
            journal.tell(new Outbound(PARTNER, dossier, "progress", key, dossier, body));
            return body;
        });
    }

    private static ObjectNode event() {
        try {
            ObjectNode event =
                    (ObjectNode) Http.JSON.readTree(Path.of("mappings/opencps/examples/progress.out/collected.in.json")
                            .toFile());
            ((ObjectNode) event.at("/dossier/procedure")).put("name", NAME);
            return event;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String id(String key) {
        return hub.db()
                .sql("select id from message where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    private static String state(String key) {
        return hub.db()
                .sql("select state from message where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    private static Partners.Ears ears() {
        return hub.bean("dialects", Partners.Ears.class);
    }

    private static java.net.URI at(String path) {
        return hub.at("/api/ops/v1" + path);
    }
}
