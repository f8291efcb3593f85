package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static vn.bocau.journal.Hub.body;
import static vn.bocau.journal.Hub.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;

/** Once in, with its effect, its answer and what it causes: one transaction. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ExtendWith(OutputCaptureExtension.class)
class JournalTest {

    private static Hub hub;

    @BeforeAll
    static void start() {
        hub = new Hub(Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void tidy() {
        hub.tidy();
    }

    @Test
    void what_a_partner_says_is_counted_once_when_it_is_accepted_and_not_when_it_is_refused() {
        double before = accepted();
        Inbound in = inbound(UUID.randomUUID().toString());
        hub.journal().once(in, Hub::body);
        hub.journal().once(in, Hub::body);
        assertThatThrownBy(() -> hub.journal().once(inbound(UUID.randomUUID().toString()), () -> {
                    throw new Refused(Refused.Ground.RULE, "not-now", "", "Chưa được.", "Not yet.");
                }))
                .isInstanceOf(Refused.class);

        assertThat(accepted() - before).isEqualTo(1);
    }

    private static double accepted() {
        Counter counter = hub.bean(MeterRegistry.class)
                .find("bocau.message.accepted")
                .tag("partner", "test")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void two_at_the_same_time_with_one_key_have_one_effect_and_get_the_same_answer() throws Exception {
        var effects = new AtomicInteger();
        for (int round = 0; round < 20; round++) {
            effects.set(0);
            Inbound in = inbound(UUID.randomUUID().toString());
            var together = new CyclicBarrier(2);
            ExecutorService two = Executors.newFixedThreadPool(2);
            CompletableFuture<Receipt> first =
                    CompletableFuture.supplyAsync(() -> together(together, in, effects), two);
            CompletableFuture<Receipt> second =
                    CompletableFuture.supplyAsync(() -> together(together, in, effects), two);

            assertThat(first.get().answer()).isEqualTo(second.get().answer());
            assertThat(first.get().repeat()).isNotEqualTo(second.get().repeat());
            assertThat(effects).hasValue(1);
            two.shutdown();
        }
    }

    private static Receipt together(CyclicBarrier barrier, Inbound in, AtomicInteger effects) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return hub.journal()
                .once(
                        in,
                        () -> JsonNodeFactory.instance
                                .objectNode()
                                .put("effect", effects.incrementAndGet())
                                .put("by", Thread.currentThread().getName()));
    }

    /** A door, our own record and a retry read the same number. */
    @ParameterizedTest
    @ValueSource(
            strings = {"100.0", "250000.0", "12345678.9", "0.0001", "16.75", "1.50", "100", "12345678901234567890.123"})
    void a_number_is_kept_as_it_was_written_and_known_again_however_it_is_read(String number) {
        JsonNode said = Json.parse("{\"b\": [" + number + "], \"a\": null}");
        String key = UUID.randomUUID().toString();
        hub.journal().once(new Inbound("test", key, "test.kind", said), Hub::body);

        String kept = hub.db()
                .sql("select body from message where key = ?")
                .param(key)
                .query(String.class)
                .single();
        assertThat(kept).contains("[" + number + "]");
        JsonNode anew = Journal.parse(kept);
        assertThat(anew.toString()).isEqualTo(kept);
        JsonNode otherwise = Json.parse("{\"a\": null, \"b\": [" + new BigDecimal(number).stripTrailingZeros() + "]}");
        JsonNode translated = Json.MAPPER.createObjectNode().putNull("a");
        ((ObjectNode) translated).putArray("b").add(new BigDecimal(number).doubleValue());
        for (JsonNode repeat :
                number.length() > 15 ? List.of(said, anew, otherwise) : List.of(said, anew, otherwise, translated)) {
            assertThat(hub.journal()
                            .once(new Inbound("test", key, "test.kind", repeat), Hub::body)
                            .repeat())
                    .isTrue();
        }
        assertThatThrownBy(() -> hub.journal()
                        .once(
                                new Inbound("test", key, "test.kind", Json.parse("{\"b\": [7.5], \"a\": null}")),
                                Hub::body))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("key-reused"));
    }

    @Test
    void a_key_used_again_for_something_else_is_refused() {
        Inbound in = inbound("reused");
        hub.journal().once(in, Hub::body);

        ObjectNode other = body().put("said", "else");
        for (Inbound reused : List.of(
                new Inbound(in.partner(), in.key(), in.kind(), other),
                new Inbound(in.partner(), in.key(), "test.other", in.received(), other))) {
            assertThatThrownBy(() -> hub.journal().once(reused, Hub::body))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.code()).isEqualTo("key-reused"));
        }
    }

    @Test
    void the_same_words_are_a_repeat_also_when_they_are_translated_otherwise_by_now() {
        Inbound in = inbound("translated");
        hub.journal().once(in, Hub::body);

        assertThat(hub.journal()
                        .once(in.with(body().put("said", "otherwise")), Hub::body)
                        .repeat())
                .isTrue();
    }

    @Test
    void an_effect_that_fails_leaves_nothing_behind() {
        assertThatThrownBy(() -> hub.journal().once(inbound("broken"), () -> {
                    hub.journal().tell(new Outbound("dvcqg", "d-broken", "progress", "broken-out", "HS", body()));
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(count("key in ('broken', 'broken-out')")).isZero();
    }

    @Test
    void what_is_told_names_its_cause_and_the_cause_names_the_dossier_it_was_about() {
        hub.journal().once(inbound("cause"), () -> {
            hub.journal().tell(new Outbound("dvcqg", "d-1", "progress", "effect-1", "HS-1", body()));
            hub.journal().tell(new Outbound("opencps", "d-1", "progress", "effect-2", "HS-1", body()));
            return body();
        });
        hub.journal().once(inbound("many"), () -> {
            hub.journal().tell(new Outbound("dvcqg", "d-2", "progress", "effect-3", "HS-2", body()));
            hub.journal().tell(new Outbound("dvcqg", "d-3", "progress", "effect-4", "HS-3", body()));
            return body();
        });
        hub.journal().once(inbound("silent"), () -> {
            hub.journal().about("d-4", "HS-4");
            return body();
        });

        assertThat(count("cause = (select seq from message where key = 'cause')"))
                .isEqualTo(2);
        assertThat(subject("cause")).isEqualTo("HS-1");
        assertThat(subject("many")).isNull();
        assertThat(subject("silent")).isEqualTo("HS-4");
    }

    @Test
    void a_parked_message_is_parked_once_and_accepted_when_it_can_be_read_at_last() {
        Inbound in = inbound("parked");
        hub.journal().park(in, fault("not-json"));
        hub.journal().park(in, fault("other"));

        assertThat(count("key = 'parked'")).isEqualTo(1);
        assertThat(hub.state("parked")).isEqualTo("PARKED");

        Receipt receipt = hub.journal().once(in, Hub::body);

        assertThat(receipt.repeat()).isFalse();
        assertThat(hub.state("parked")).isEqualTo("RECEIVED");
        assertThat(hub.journal().once(in, Hub::body).repeat()).isTrue();
        hub.journal().park(in, fault("late"));
        assertThat(hub.state("parked")).isEqualTo("RECEIVED");
    }

    @Test
    void what_a_queue_brings_under_a_key_that_stands_for_something_else_is_not_lost() throws Throwable {
        Inbound first = inbound("taken");
        hub.journal().once(first, Hub::body);
        JsonNode other = JsonNodeFactory.instance.objectNode().put("other", true);
        Inbound second = new Inbound(first.partner(), "taken", first.kind(), other);
        Refused reused = catchThrowableOfType(Refused.class, () -> hub.journal().once(second, Hub::body));

        for (int times = 0; times < 2; times++) {
            hub.bean(Parking.class).park(second, reused, new DefaultExchange(hub.bean(CamelContext.class)));
        }

        assertThat(hub.state("taken")).isEqualTo("RECEIVED");
        assertThat(count("key like 'taken~%' and state = 'PARKED' and body::jsonb ->> 'other' = 'true'"))
                .isEqualTo(1);
    }

    @Test
    void what_a_queue_brings_twice_under_one_key_and_nobody_can_read_is_kept_twice_and_the_same_once()
            throws Throwable {
        JsonNode other = JsonNodeFactory.instance.objectNode().put("other", true);
        Inbound first = inbound("unread");
        Inbound second = new Inbound(first.partner(), "unread", first.kind(), other);
        Inbound done = inbound("done");
        hub.journal().once(done, Hub::body);
        Inbound doneOtherwise = new Inbound(done.partner(), "done", done.kind(), other);

        for (Inbound brought : List.of(first, second, first, second, done, doneOtherwise)) {
            hub.bean(Parking.class)
                    .park(
                            brought,
                            new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd."),
                            new DefaultExchange(hub.bean(CamelContext.class)));
        }

        assertThat(hub.db()
                        .sql(
                                "select split_part(key, '~', 1) || sign(strpos(key, '~')) || ' ' || (body::jsonb ->> 'other' is not null) from message"
                                        + " where state = 'PARKED' and (key like 'unread%' or key like 'done%') order by seq")
                        .query(String.class)
                        .list())
                .containsExactly("unread0 false", "unread1 true", "done1 true");
        assertThat(hub.state("done")).isEqualTo("RECEIVED");
    }

    @Test
    void a_parked_message_that_comes_again_otherwise_is_kept_as_it_was_accepted() {
        hub.journal().park(inbound("mended"), fault("not-json"));
        JsonNode mended = JsonNodeFactory.instance.objectNode().put("mended", true);

        hub.journal().once(new Inbound(inbound("mended").partner(), "mended", "portal.request", mended), Hub::body);

        assertThat(hub.bean(Records.class).message(hub.id("mended")).state()).isEqualTo("RECEIVED");
        assertThat(count("key = 'mended' and body::jsonb ->> 'mended' = 'true'"))
                .isEqualTo(1);
    }

    @Test
    void of_a_dossier_with_more_messages_than_are_asked_for_the_newest_are_shown_in_their_order() {
        String dossier = UUID.randomUUID().toString();
        hub.tell("opencps", dossier, "of-many-1", "of-many-2", "of-many-3");

        assertThat(hub.bean(Records.class).ofGroup(dossier, 2))
                .extracting(Records.Message::id)
                .containsExactly(hub.id("of-many-2"), hub.id("of-many-3"));
    }

    @Test
    void a_discarded_message_is_not_carried_out_when_it_comes_again() {
        Inbound in = inbound("given-up");
        hub.journal().park(in, fault("not-json"));
        hub.bean(Acts.class).discard(hub.id("given-up"), "truc-ca", "a test");

        assertThatThrownBy(() -> hub.journal().once(in, Hub::body))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("discarded"));
        assertThat(hub.bean(Records.class).acts(hub.id("given-up")))
                .singleElement()
                .satisfies(a -> assertThat(a.by() + a.what() + a.reason()).isEqualTo("truc-caDISCARDa test"));
    }

    @Test
    void what_was_done_to_a_message_is_its_newest_acts_and_not_who_looked_it_up() {
        hub.journal().park(inbound("looked-up"), fault("not-json"));
        UUID message = hub.id("looked-up");
        AuditTrail trail = hub.bean(AuditTrail.class);
        for (int i = 0; i <= 50; i++) {
            trail.apart(done("RETRY", message, "try " + i));
        }
        List.of("FIND", "FIND", "VIEW_CLEAR", "VIEW").forEach(looked -> trail.apart(done(looked, message, null)));
        Records records = hub.bean(Records.class);

        assertThat(records.acts(message))
                .hasSize(50)
                .allMatch(act -> act.what().equals("RETRY"))
                .extracting(Records.Act::reason)
                .startsWith("try 1", "try 2")
                .endsWith("try 50");
        assertThat(records.actsOf(List.of(records.message(message)))).isEqualTo(Map.of(message, records.acts(message)));
    }

    private static Audited done(String what, UUID message, @Nullable String reason) {
        return new Audited(
                "truc-ca", what, Audited.Outcome.DONE, Audited.Kind.MESSAGE, message.toString(), "dvcqg", reason, null);
    }

    @Test
    void an_outage_found_by_a_clock_is_the_relays_to_tell_and_a_bug_is_an_incident_without_what_it_quotes(
            CapturedOutput log) {
        var ticks = new AtomicInteger();
        TaskScheduler clock = hub.bean(TaskScheduler.class);
        for (RuntimeException failure :
                List.of(new CannotCreateTransactionException("away"), new IllegalStateException("Nguyễn Văn A"))) {
            int before = ticks.get();
            var turns = clock.scheduleWithFixedDelay(
                    () -> {
                        ticks.incrementAndGet();
                        throw failure;
                    },
                    Duration.ofMillis(10));
            Hub.within(10).until(() -> ticks.get() > before + 2);
            turns.cancel(false);
        }

        assertThat(log.getAll()).contains("incident").doesNotContain("CannotCreateTransaction", "Nguyễn Văn A");
    }

    @Test
    void telling_the_same_key_twice_tells_once() {
        hub.tell("dvcqg", "d-5", "same");
        hub.tell("dvcqg", "d-5", "same");

        hub.awaitAllConfirmed("dvcqg");
        assertThat(Hub.keys(hub.partners().heard("dvcqg"))).containsOnlyOnce("same");
    }

    private static Fault fault(String code) {
        return new Fault(code, new Text("vì vậy", "because"), new Text("hãy xem", "look"));
    }

    private static long count(String where) {
        return hub.db()
                .sql("select count(*) from message where " + where)
                .query(Long.class)
                .single();
    }

    private static String subject(String key) {
        return hub.db()
                .sql("select subject from message where key = ?")
                .param(key)
                .query((row, n) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    @Test
    void what_is_planned_once_is_so_in_its_own_transaction_alone() {
        assertThat(hub.bean(TransactionTemplate.class).<List<String>>execute(t -> {
                    hub.bean(SteadyPlans.class).begin();
                    return planning();
                }))
                .containsExactly("force_generic_plan", "off");
        assertThat(planning()).containsExactly("auto", "on");
    }

    private static List<String> planning() {
        return List.of("plan_cache_mode", "enable_seqscan").stream()
                .map(setting ->
                        hub.db().sql("show " + setting).query(String.class).single())
                .toList();
    }
}
