package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.journal.Hub.keys;
import static vn.bocau.journal.Hub.within;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import vn.bocau.code.DailyHours;
import vn.bocau.code.NotYet;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;

/** The way to a partner, on the real database and the real broker: what is told, in which order, whatever breaks. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LinesTest {

    private static final String PORTAL = "dvcqg";
    private static final String OTHER = "opencps";

    private static Hub hub;

    @BeforeAll
    static void start() {
        hub = new Hub(Map.of("bocau.line.lost", "2s", "bocau.line.claim", "4s", "bocau.line.patience", "5"));
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
    void a_message_is_with_its_partner_well_within_a_second_of_the_commit() {
        hub.tell(PORTAL, "warm", "warm-1");
        hub.awaitState("warm-1", "CONFIRMED");

        List<Long> took = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String key = "quick-" + i;
            hub.tell(PORTAL, "quick", key);
            Instant committed = Instant.now();
            hub.awaitState(key, "CONFIRMED");
            took.add(Duration.between(
                            committed,
                            hub.partners().heard(PORTAL).stream()
                                    .filter(h -> h.key().equals(key))
                                    .findFirst()
                                    .orElseThrow()
                                    .at())
                    .toMillis());
        }
        assertThat(took.stream().sorted().toList().get(10))
                .as("median of %s", took)
                .isLessThan(200);
    }

    @Test
    void one_dossier_s_messages_arrive_in_order_and_once_though_the_partner_often_fails() {
        hub.partners().behave(PORTAL, s -> {
            if (s.attempt() < 4 && ThreadLocalRandom.current().nextInt(8) == 0) {
                throw new Unavailable("partner-error", "not now", "not now");
            }
            return "ok";
        });
        for (int n = 0; n < 10; n++) {
            for (int dossier = 0; dossier < 10; dossier++) {
                hub.tell(PORTAL, "order-" + dossier, "order-" + dossier + "-" + n);
            }
        }
        hub.awaitAllConfirmed(PORTAL);

        for (int dossier = 0; dossier < 10; dossier++) {
            String name = "order-" + dossier + "-";
            assertThat(keys(hub.partners().confirmed(PORTAL)).stream().filter(k -> k.startsWith(name)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10).mapToObj(n -> name + n).toList());
        }
    }

    /** "nobodys-line" belongs to nobody of the directory: what is said of it is what these rows say. */
    @Test
    void what_the_map_says_of_a_line_is_what_its_rows_say() {
        String nobody = "nobodys-line";
        hub.db()
                .sql("insert into line (partner, state) values (?, 'PAUSED')")
                .param(nobody)
                .update();
        for (String key : List.of("map-a", "map-b", "map-c", "map-d", "map-e", "map-f")) {
            hub.tell(nobody, key, key);
        }
        hub.db()
                .sql("update message set state = 'CONFIRMED', closed_at = clock_timestamp(),"
                        + " created_at = clock_timestamp() - case key when 'map-a' then interval '2 seconds' else interval '4 seconds' end"
                        + " where key in ('map-a', 'map-b')")
                .update();
        hub.db()
                .sql("update message set state = 'CONFIRMED', closed_at = clock_timestamp() - interval '3 minutes',"
                        + " created_at = clock_timestamp() - interval '183 seconds' where key = 'map-c'")
                .update();
        hub.db()
                .sql(
                        "update message set state = 'PARKED', fault = 'x', created_at = clock_timestamp() - interval '10 minutes' where key = 'map-d'")
                .update();

        Samples.Sample said = hub.bean(Samples.class).now().stream()
                .filter(sample -> sample.partner().equals(nobody))
                .findFirst()
                .orElseThrow();

        assertThat(said.stretch()).isEqualTo("line.nobodys-line");
        assertThat(said.state()).isEqualTo("PAUSED");
        assertThat(said.runs()).as("nobody speaks to it").isFalse();
        assertThat(said.depth()).as("map-e and map-f").isEqualTo(2);
        assertThat(said.parked()).isEqualTo(1);
        assertThat(said.perMinute()).as("map-a and map-b").isEqualTo(2);
        assertThat(said.oldest()).isBetween(600.0, 660.0);
        assertThat(said.p50()).as("of 2, 3 and 4 seconds").isBetween(3.0, 3.1);
        assertThat(said.p95()).isBetween(3.9, 4.1);
    }

    /** As when our broker or the relay stands still: no line is held then. */
    @Test
    void a_line_that_is_open_on_which_nothing_moves_is_told_and_not_what_waits_behind_a_parked_one() {
        String nobody = "nobodys-still";
        hub.db()
                .sql("insert into line (partner, turned_at) values (?, clock_timestamp() - interval '6 minutes')")
                .param(nobody)
                .update();
        hub.tell(nobody, "still-a", "still-a1", "still-a2");
        assertThat(hub.bean(Records.class).unmoved().keySet()).doesNotContain(nobody);
        acceptedBefore("still-a1", Duration.ofMinutes(11));
        acceptedBefore("still-a2", Duration.ofMinutes(11));
        assertThat(hub.bean(Records.class).unmoved().keySet()).contains(nobody);

        hub.db()
                .sql("update message set state = 'PARKED', fault = 'x' where key = 'still-a1'")
                .update();
        assertThat(hub.bean(Records.class).unmoved().keySet())
                .as("a person has to look")
                .doesNotContain(nobody);
        hub.db()
                .sql("update message set state = 'PENDING', fault = null where key = 'still-a1'")
                .update();
        hub.tell(nobody, "still-r", "still-r");
        hub.db()
                .sql(
                        "update message set state = 'PARKED', fault = 'x', parked_at = clock_timestamp() where key = 'still-r'")
                .update();
        assertThat(hub.bean(Records.class).unmoved().keySet())
                .as("a refusal is an answer")
                .doesNotContain(nobody);
        hub.db()
                .sql("update message set parked_at = clock_timestamp() - interval '6 minutes' where key = 'still-r'")
                .update();
        hub.tell(nobody, "still-b", "still-b");
        hub.db()
                .sql("update message set state = 'CONFIRMED', closed_at = clock_timestamp() where key = 'still-b'")
                .update();
        assertThat(hub.bean(Records.class).unmoved().keySet()).as("it moves").doesNotContain(nobody);
        hub.db()
                .sql("update message set closed_at = clock_timestamp() - interval '6 minutes' where key = 'still-b'")
                .update();
        hub.db()
                .sql("update message set state = 'QUEUED', queued_at = clock_timestamp() where key = 'still-a1'")
                .update();
        assertThat(hub.bean(Records.class).unmoved().keySet())
                .as("nobody takes it")
                .contains(nobody);
        hub.db()
                .sql(
                        "update message set claimed_until = clock_timestamp() + interval '1 minute' where key = 'still-a1'")
                .update();
        assertThat(hub.bean(Records.class).unmoved().keySet())
                .as("it is under way to the partner")
                .doesNotContain(nobody);
        hub.db()
                .sql("update message set claimed_until = null where key = 'still-a1'")
                .update();
        hub.db()
                .sql("update line set turned_at = clock_timestamp() where partner = ?")
                .param(nobody)
                .update();
        assertThat(hub.bean(Records.class).unmoved().keySet()).as("just opened").doesNotContain(nobody);
        hub.db()
                .sql("update message set state = 'DISCARDED' where partner = ?")
                .param(nobody)
                .update();
        hub.db().sql("delete from line where partner = ?").param(nobody).update();
    }

    @Test
    void what_several_ask_at_once_is_claimed_and_confirmed_as_if_each_had_come_alone() {
        String nobody = "nobodys-way";
        hub.db().sql("insert into line (partner) values (?)").param(nobody).update();
        hub.tell(nobody, "together-a", "a1", "a2");
        hub.tell(nobody, "together-b", "b1");
        hub.tell(nobody, "together-c", "c1");
        var tickets = List.of(
                ticket("a1", 1),
                ticket("a2", 1),
                ticket("b1", 1),
                ticket("b1", 1),
                ticket("c1", 5),
                new Ticket(UUID.randomUUID(), 1));

        List<Optional<Sending>> claimed = hub.bean(Claims.class).claimAll(tickets);

        assertThat(claimed)
                .map(sending -> sending.map(Sending::key).orElse("-"))
                .containsExactly("a1", "-", "b1", "-", "-", "-");
        assertThat(stand("a1")).isEqualTo("QUEUED 1 1 1");
        assertThat(stand("a2")).as("waits for a1, its ticket is used up").isEqualTo("PENDING 1 0 0");
        assertThat(stand("b1")).isEqualTo("QUEUED 1 1 1");
        assertThat(stand("c1")).as("no ticket of its release").isEqualTo("PENDING 0 0 0");

        hub.db().sql("update message set state = 'DISCARDED' where key = 'b1'").update();
        Map<UUID, Double> kept = hub.bean(Confirmations.class)
                .keepAll(List.of(
                        new Confirmations.Said(claimed.get(0).orElseThrow(), "yes, a1"),
                        new Confirmations.Said(claimed.get(2).orElseThrow(), "yes, b1")));

        assertThat(kept).containsOnlyKeys(claimed.get(0).orElseThrow().id());
        assertThat(stand("a1")).isEqualTo("CONFIRMED 1 1 1");
        assertThat(stand("b1")).as("a person has decided otherwise").isEqualTo("DISCARDED 1 1 1");
        assertThat(hub.db()
                        .sql("select m.key || ' ' || a.outcome || ' ' || a.detail || ' ' || coalesce(m.answer, '-')"
                                + " from attempt a join message m on m.seq = a.message where m.partner = ? order by 1")
                        .param(nobody)
                        .query(String.class)
                        .list())
                .containsExactly("a1 CONFIRMED yes, a1 yes, a1", "b1 CONFIRMED yes, b1 -");

        hub.db()
                .sql("update line set state = 'HELD' where partner = ?")
                .param(nobody)
                .update();
        assertThat(hub.bean(Claims.class).claimAll(List.of(ticket("a2", 2), ticket("c1", 1))))
                .containsExactly(Optional.empty(), Optional.empty());
        assertThat(stand("a2")).as("its line is held").isEqualTo("PENDING 2 0 0");
        assertThat(stand("c1")).isEqualTo("PENDING 1 0 0");
        hub.db()
                .sql("update message set state = 'DISCARDED' where partner = ?")
                .param(nobody)
                .update();
        hub.db().sql("delete from line where partner = ?").param(nobody).update();
    }

    private static Ticket ticket(String key, int release) {
        return new Ticket(hub.id(key), release);
    }

    /** State, releases, attempts, and how many attempts are written down. */
    private static String stand(String key) {
        return hub.db()
                .sql("select state || ' ' || releases || ' ' || attempts || ' '"
                        + " || (select count(*) from attempt a where a.message = m.seq) from message m where key = ?")
                .param(key)
                .query(String.class)
                .single();
    }

    @Test
    void a_partner_that_is_down_is_held_and_probed_by_one_message_at_a_time_and_nobody_else_notices() {
        var down = new java.util.concurrent.atomic.AtomicBoolean(true);
        hub.partners().behave(PORTAL, s -> {
            if (down.get()) {
                throw new Unavailable("partner-error", "connection refused", "connection refused");
            }
            return "ok";
        });
        for (int dossier = 0; dossier < 40; dossier++) {
            hub.tell(PORTAL, "down-" + dossier, "down-" + dossier);
        }
        within(20).until(() -> hub.lineState(PORTAL).equals("HELD"));
        Instant heldSince = since(PORTAL);
        hub.tell(OTHER, "fine", "fine-1");
        hub.awaitState("fine-1", "CONFIRMED");

        // Each probe is one message, and the outage keeps its beginning.
        within(20).until(() -> failures(PORTAL) >= 3);
        assertThat(hub.db()
                        .sql("select failures - 1 - (select count(*) from attempt a join message m on m.seq = a.message"
                                + " where m.partner = line.partner and a.outcome is not null"
                                // Before the first probe, those end that were on their way when the line was held.
                                + " and a.started_at > line.since + interval '100 milliseconds')"
                                + " from line where partner = ?")
                        .param(PORTAL)
                        .query(Integer.class)
                        .single())
                .as("failures after the first that were no probe's, or probes by several at once")
                .isZero();
        assertThat(since(PORTAL)).isEqualTo(heldSince);
        assertThat(open(PORTAL)).isEqualTo(40);

        down.set(false);
        hub.awaitAllConfirmed(PORTAL);
        within(10).until(() -> hub.lineState(PORTAL).equals("OPEN"));
        assertThat(failures(PORTAL)).isZero();
        assertThat(keys(hub.partners().confirmed(PORTAL))).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void while_probing_one_message_is_on_its_way_and_with_each_confirmation_one_more() {
        var down = new java.util.concurrent.atomic.AtomicBoolean(true);
        var confirmations = new Semaphore(0);
        hub.partners().behave(PORTAL, s -> {
            if (down.getAndSet(false)) {
                throw new Unavailable("partner-error", "one outage", "one outage");
            }
            awaitQuietly(confirmations);
            return "ok";
        });
        hub.tell(PORTAL, "probe-first", "probe-first");
        within(20).until(() -> hub.lineState(PORTAL).equals("HELD"));
        for (int dossier = 0; dossier < 20; dossier++) {
            hub.tell(PORTAL, "probe-" + dossier, "probe-" + dossier);
        }
        for (int ramp = 1; ramp <= 3; ramp++) {
            int most = ramp;
            within(20).until(() -> count("partner = 'dvcqg' and state = 'QUEUED'") == most);
            for (int sweep = 0; sweep < 5; sweep++) {
                hub.bean(Relay.class).sweep();
            }
            assertThat(hub.lineState(PORTAL)).isEqualTo("PROBING");
            assertThat(count("partner = 'dvcqg' and state = 'QUEUED'")).isLessThanOrEqualTo(most);

            confirmations.release();
        }
        confirmations.release(100);
        hub.awaitAllConfirmed(PORTAL);
        assertThat(hub.lineState(PORTAL)).isEqualTo("OPEN");
    }

    @Test
    void a_hold_doubles_with_each_failure_up_to_the_longest_and_is_spread_over_a_fifth() {
        var settings = new LineSettings(
                Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(1), Duration.ofMinutes(1), 10);

        assertThat(IntStream.of(1, 2, 3, 6, 7, 1000)
                        .mapToObj(failures -> settings.hold(failures, 0.5).toSeconds()))
                .containsExactly(1L, 2L, 4L, 32L, 60L, 60L);
        assertThat(settings.hold(1, 0)).isEqualTo(Duration.ofMillis(900));
        assertThat(settings.hold(1, 1)).isEqualTo(Duration.ofMillis(1100));
    }

    @Test
    void one_outage_is_one_hold_however_many_messages_were_on_their_way() throws Exception {
        var together = new java.util.concurrent.CyclicBarrier(4);
        var first = new AtomicInteger();
        hub.partners().behave(PORTAL, s -> {
            if (first.getAndIncrement() < 4) {
                awaitQuietly(together);
                throw new Unavailable("partner-error", "all four at once", "all four at once");
            }
            return "ok";
        });
        String[] dossiers = fourOnDifferentConsumers();
        for (String dossier : dossiers) {
            hub.tell(PORTAL, dossier, dossier);
        }
        within(20)
                .until(() -> count("partner = 'dvcqg' and attempts > 0") >= 4
                        && !hub.lineState(PORTAL).equals("OPEN"));
        assertThat(hub.db()
                        .sql("select count(*) from attempt where outcome = 'UNAVAILABLE'"
                                + " and message in (select seq from message where message_group like 'spread-%')")
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(1);
        assertThat(failures(PORTAL)).isLessThanOrEqualTo(1);
        hub.awaitAllConfirmed(PORTAL);
    }

    @Test
    void what_its_partner_refuses_makes_room_for_the_next_and_no_sweep_is_waited_for() throws Exception {
        hub.partners().behave(PORTAL, s -> {
            throw new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd.");
        });
        RouteController routes = hub.bean(CamelContext.class).getRouteController();
        routes.stopRoute("relay-sweep");
        try {
            for (int n = 0; n < 100; n++) {
                hub.tell(PORTAL, "refused-" + n, "refused-" + n);
            }
            for (int n = 0; n < 100; n++) {
                hub.awaitState("refused-" + n, "PARKED");
            }
        } finally {
            routes.startRoute("relay-sweep");
        }
        hub.db()
                .sql("update message set state = 'DISCARDED' where key like 'refused-%'")
                .update();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void what_nobody_can_make_sense_of_is_parked_and_holds_its_own_dossier_alone(CapturedOutput log) {
        hub.partners().behave(PORTAL, s -> {
            if (s.key().equals("odd-2")) {
                throw new Refused(Refused.Ground.MALFORMED, "odd", "field", "Lạ.", "Odd.");
            }
            return "ok";
        });
        hub.tell(PORTAL, "odd", "odd-1", "odd-2", "odd-3");
        hub.tell(PORTAL, "even", "even-1", "even-2");

        hub.awaitState("odd-2", "PARKED");
        hub.awaitState("even-2", "CONFIRMED");
        hub.awaitState("odd-1", "CONFIRMED");
        assertThat(hub.state("odd-3")).isEqualTo("PENDING");
        assertThat(hub.lineState(PORTAL)).isEqualTo("OPEN");
        Records.Message parked = hub.bean(Records.class).message(hub.id("odd-2"));
        assertThat(parked.fault()).isEqualTo("odd");
        assertThat(parked.reason()).isEqualTo(new Text("field: Lạ.", "field: Odd."));
        within(5).until(() -> log.getAll().contains(parked.id().toString()));
        assertThat(log.getAll().lines().filter(line -> line.contains("parked ")))
                .singleElement()
                .asString()
                .contains(" " + parked.id() + " to " + PORTAL + ": odd. "
                        + parked.remedy().en())
                .doesNotContain("Lạ.");

        hub.partners().behave(PORTAL, s -> "ok");
        hub.bean(Acts.class).retry(new Retry(parked.id(), "truc-ca", "mended"));
        hub.awaitState("odd-3", "CONFIRMED");
        List<Partners.Heard> odd = hub.partners().heard(PORTAL).stream()
                .filter(h -> h.key().startsWith("odd"))
                .toList();
        assertThat(keys(odd)).containsExactly("odd-1", "odd-2", "odd-2", "odd-3");
        assertThat(odd.get(2).sending().id()).isEqualTo(odd.get(1).sending().id());
        assertThat(odd.get(2).sending().attempt()).isEqualTo(2);
    }

    @Test
    void discarding_a_parked_message_lets_the_dossier_go_on() {
        hub.partners().behave(PORTAL, s -> {
            if (s.key().equals("drop-1")) {
                throw new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd.");
            }
            return "ok";
        });
        hub.tell(PORTAL, "drop", "drop-1", "drop-2");
        hub.awaitState("drop-1", "PARKED");

        hub.bean(Acts.class).discard(hub.id("drop-1"), "truc-ca", "the portal has closed it");

        hub.awaitState("drop-2", "CONFIRMED");
        assertThat(hub.state("drop-1")).isEqualTo("DISCARDED");
    }

    @Test
    void a_bug_of_ours_is_parked_as_ours_with_an_incident_s_number() {
        hub.partners().behave(PORTAL, s -> {
            throw new IllegalStateException("Nguyễn Văn A");
        });
        hub.tell(PORTAL, "bug", "bug-1");

        hub.awaitState("bug-1", "PARKED");
        Records.Message parked = hub.bean(Records.class).message(hub.id("bug-1"));
        assertThat(parked.fault()).isEqualTo("ours");
        assertThat(String.valueOf(parked.reason())).contains("incident").doesNotContain("Nguyễn");
        assertThat(hub.bean(Records.class).attempts(parked.seq()))
                .singleElement()
                .satisfies(a -> assertThat(a.outcome()).isEqualTo("OURS"));
        assertThat(hub.lineState(PORTAL)).isEqualTo("OPEN");
    }

    @Test
    void a_message_the_partner_chokes_on_while_answering_others_is_parked_instead_of_holding_them() {
        hub.partners().behave(PORTAL, s -> {
            if (s.key().equals("choke-1")) {
                throw new Unavailable("partner-error", "500", "500");
            }
            return "ok";
        });
        hub.tell(PORTAL, "choke", "choke-1");
        for (int dossier = 0; dossier < 60; dossier++) {
            hub.tell(PORTAL, "breathe-" + dossier, "breathe-" + dossier);
        }

        within(40).until(() -> count("partner = 'dvcqg' and key like 'breathe-%' and state = 'CONFIRMED'") == 60);
        for (int i = 0; i < 100 && !hub.state("choke-1").equals("PARKED"); i++) {
            hub.tell(PORTAL, "later-" + i, "later-" + i);
            hub.awaitState("later-" + i, "CONFIRMED");
        }
        assertThat(hub.state("choke-1")).isEqualTo("PARKED");
        assertThat(hub.bean(Records.class).message(hub.id("choke-1")).fault()).isEqualTo("no-answer");
    }

    @Test
    void a_relay_that_dies_between_broker_and_database_does_not_double() {
        hub.bean(Lines.class).pause(PORTAL, "truc-ca", "for the test");
        hub.tell(PORTAL, "twice", "twice-1");
        hub.tell(PORTAL, "twice-other", "twice-2");
        var ticket = new Tickets.Addressed(new Ticket(hub.id("twice-1"), 1), "twice");
        // The broker had it, the database did not hear of it: the line is paused, so nobody could claim it yet.
        hub.db().sql("update line set state = 'OPEN' where partner = 'dvcqg'").update();
        hub.bean(Tickets.class).lay("portal.dvcqg", List.of(ticket));
        hub.bean(Tickets.class).lay("portal.dvcqg", List.of(ticket));
        hub.bean(Relay.class).release(PORTAL);

        hub.awaitAllConfirmed(PORTAL);
        assertThat(keys(hub.partners().heard(PORTAL))).containsExactlyInAnyOrder("twice-1", "twice-2");
    }

    @Test
    void a_ticket_that_comes_again_or_comes_late_carries_nothing() {
        hub.tell(PORTAL, "stale", "stale-1");
        hub.awaitState("stale-1", "CONFIRMED");
        hub.bean(Tickets.class)
                .lay(
                        "portal.dvcqg",
                        List.of(
                                new Tickets.Addressed(new Ticket(hub.id("stale-1"), 2), "stale"),
                                new Tickets.Addressed(new Ticket(hub.id("stale-1"), 99), "stale")));
        // Of the same group, so behind them on the same consumer.
        hub.tell(PORTAL, "stale", "stale-2");
        hub.awaitState("stale-2", "CONFIRMED");

        assertThat(keys(hub.partners().heard(PORTAL))).containsExactly("stale-1", "stale-2");
    }

    @Test
    void what_the_broker_has_lost_is_released_again() throws Exception {
        hub.bean(Lines.class).pause(PORTAL, "truc-ca", "for the test");
        hub.tell(PORTAL, "lost", "lost-1", "lost-2");
        hub.db()
                .sql(
                        "update message set state = 'QUEUED', queued_at = clock_timestamp(), releases = 1 where key = 'lost-1'")
                .update();
        hub.bean(Lines.class).resume(PORTAL, "truc-ca", "for the test");

        hub.awaitAllConfirmed(PORTAL);
        assertThat(keys(hub.partners().heard(PORTAL))).containsExactly("lost-1", "lost-2");
    }

    @Test
    void a_message_whose_node_died_is_tried_again_under_the_same_id() {
        hub.bean(Lines.class).pause(PORTAL, "truc-ca", "for the test");
        hub.tell(PORTAL, "dead", "dead-1");
        hub.db()
                .sql("update message set state = 'QUEUED', queued_at = clock_timestamp(), releases = 1, attempts = 1,"
                        + " claimed_until = clock_timestamp() + interval '1 second' where key = 'dead-1'")
                .update();
        hub.db()
                .sql("insert into attempt (message, no) select seq, 1 from message where key = 'dead-1'")
                .update();
        hub.bean(Lines.class).resume(PORTAL, "truc-ca", "for the test");

        hub.awaitState("dead-1", "CONFIRMED");
        Partners.Heard heard = hub.partners().heard(PORTAL).get(0);
        assertThat(heard.sending().id()).isEqualTo(hub.id("dead-1"));
        assertThat(heard.sending().attempt()).isEqualTo(2);
    }

    @Test
    void a_paused_line_carries_nothing_until_it_is_resumed() {
        hub.bean(Lines.class).pause(PORTAL, "truc-ca", "maintenance");
        assertThatThrownBy(() -> hub.bean(Lines.class).pause(PORTAL, "truc-ca", "again"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("line-paused"));
        hub.tell(PORTAL, "paused", "paused-1");
        hub.tell(OTHER, "paused", "paused-other");
        hub.awaitState("paused-other", "CONFIRMED");
        hub.bean(Relay.class).sweep();
        assertThat(hub.state("paused-1")).isEqualTo("PENDING");
        assertThat(hub.partners().heard(PORTAL)).isEmpty();

        Instant first = pausedSince();
        assertThatThrownBy(() -> hub.bean(Lines.class).resume(PORTAL, "HELD", null, "to-truong", "I saw it held"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("line-changed"));
        hub.bean(Lines.class).resume(PORTAL, "PAUSED", first, "truc-ca", "well");
        hub.bean(Lines.class).pause(PORTAL, "truc-ca", "not before six");
        assertThatThrownBy(() -> hub.bean(Lines.class).resume(PORTAL, "PAUSED", first, "to-truong", "I saw the first"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("line-changed"));
        assertThat(hub.lineState(PORTAL)).isEqualTo("PAUSED");

        hub.bean(Lines.class).resume(PORTAL, "PAUSED", pausedSince(), "truc-ca", "done");
        hub.awaitState("paused-1", "CONFIRMED");
        assertThatThrownBy(() -> hub.bean(Lines.class).resume(PORTAL, "truc-ca", "again"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("line-open"));
    }

    @Test
    void a_pause_of_a_stretch_that_nobody_saw_is_not_lifted() {
        Stretches stretches = hub.bean(Stretches.class);
        stretches.pause("notices", "truc-ca", "a test");
        Instant first = stretches.paused().get(0).since();
        stretches.resume("notices", first, "truc-ca", "well");
        stretches.pause("notices", "truc-ca", "not before six");

        assertThatThrownBy(() -> stretches.resume("notices", first, "to-truong", "I saw the first"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("stretch-changed"));

        stretches.resume("notices", stretches.paused().get(0).since(), "truc-ca", "done");
        assertThat(stretches.paused()).isEmpty();
    }

    private static Instant pausedSince() {
        return hub.db()
                .sql("select since from line where partner = ?")
                .param(PORTAL)
                .query(Instant.class)
                .single();
    }

    /** Nobody failed: no attempt, no incident, and it goes on by itself where it was. */
    @Test
    void at_an_hour_at_which_a_partner_is_told_nothing_its_line_rests_without_an_outage() {
        hub.bean(Incidents.class).look();
        int before = incidents();
        Semaphore asked = new Semaphore(0);
        hub.partners().behave(PORTAL, sending -> {
            asked.release();
            throw new NotYet("outside-hours", Instant.now().plusSeconds(3600), "ban đêm", "at night");
        });
        hub.tell(PORTAL, "night", "night-1", "night-2");
        awaitQuietly(asked);
        within(20).until(() -> hub.lineState(PORTAL).equals("RESTING"));
        hub.bean(Incidents.class).look();
        hub.bean(Relay.class).sweep();

        assertThat(hub.state("night-1")).isEqualTo("PENDING");
        assertThat(hub.db()
                        .sql(
                                "select attempts + (select count(*) from attempt where message = seq) from message where key = 'night-1'")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(incidents()).isEqualTo(before);
        assertThat(hub.bean(Standing.class).outages())
                .filteredOn(line -> line.partner().equals(PORTAL))
                .extracting(Standing.Outage::seconds)
                .containsOnly(0.0);
        assertThat(hub.db()
                        .sql(
                                "select next_probe_at between clock_timestamp() + interval '9 minutes' and clock_timestamp() + interval"
                                        + " '11 minutes' from line where partner = ?")
                        .param(PORTAL)
                        .query(Boolean.class)
                        .single())
                .as("the hours may be others by then")
                .isTrue();

        // It looks, and they are not; by the node's clock the hours have begun, and by this one's not for a moment yet.
        Instant since = since(PORTAL);
        hub.partners().behave(PORTAL, sending -> {
            asked.release();
            throw new NotYet("outside-hours", Instant.now().minusSeconds(1), "ban đêm", "at night");
        });
        look(PORTAL);
        awaitQuietly(asked);
        within(20).until(() -> hub.lineState(PORTAL).equals("RESTING"));
        assertThat(since(PORTAL)).as("since the evening").isEqualTo(since);
        assertThat(hub.db()
                        .sql("select next_probe_at > turned_at + interval '2 seconds' from line where partner = ?")
                        .param(PORTAL)
                        .query(Boolean.class)
                        .single())
                .as("and not twice a second until then")
                .isTrue();

        hub.partners().behave(PORTAL, sending -> "ok");
        look(PORTAL);
        hub.awaitState("night-2", "CONFIRMED");
        assertThat(hub.lineState(PORTAL)).isEqualTo("OPEN");
        assertThat(hub.partners().confirmed(PORTAL))
                .extracting(Partners.Heard::key)
                .containsExactly("night-1", "night-2");
        assertThat(since(PORTAL)).as("since it is told again").isAfter(since);

        hub.partners().behave(PORTAL, sending -> {
            throw new NotYet("outside-hours", Instant.now().plusSeconds(3600), "ban đêm", "at night");
        });
        hub.tell(PORTAL, "night", "night-3");
        within(20).until(() -> hub.lineState(PORTAL).equals("RESTING"));
        assertThat(since(PORTAL)).as("of another night").isAfter(since);
        hub.bean(Acts.class).discard(hub.id("night-3"), "truc-ca", "a test");
        within(20).until(() -> hub.lineState(PORTAL).equals("OPEN"));
    }

    /** What waited is given up while the hours are over: there is no hour to wait for, and nothing to try its partner with. */
    @Test
    void a_line_that_rests_amid_an_outage_and_has_nothing_to_wait_for_waits_no_longer() {
        hub.partners().behave(PORTAL, s -> {
            throw new Unavailable("partner-error", "không trả lời", "no answer");
        });
        hub.bean(Incidents.class).look();
        hub.tell(PORTAL, "rest", "rest-1");
        within(20).until(() -> hub.lineState(PORTAL).equals("HELD"));
        hub.bean(Incidents.class).look();
        hub.partners().behave(PORTAL, s -> {
            throw new NotYet("outside-hours", Instant.now().plusSeconds(3600), "ban đêm", "at night");
        });
        within(20).until(() -> {
            look(PORTAL);
            return hub.lineState(PORTAL).equals("RESTING");
        });

        hub.bean(Acts.class).discard(hub.id("rest-1"), "truc-ca", "a test");
        within(20).until(() -> hub.lineState(PORTAL).equals("OPEN"));
        hub.bean(Incidents.class).look();
        assertThat(lasting()).isZero();

        away("rest-2");
        assertThat(lasting()).as("it goes on").isEqualTo(1);
        back("rest-2");
    }

    @Test
    void a_partner_that_answers_with_a_refusal_is_there_and_its_outage_is_over() {
        away("refusing");
        hub.partners().behave(PORTAL, s -> {
            throw Refused.answered(
                    Refused.Ground.RULE, "odd", List.of(new Refused.Flaw("", new Text("Lạ.", "Odd."))), null);
        });
        hub.awaitState("refusing", "PARKED");

        assertThat(hub.lineState(PORTAL)).isEqualTo("OPEN");
        assertThat(answers()).isEqualTo(1);
        hub.bean(Incidents.class).look();
        assertThat(lasting()).isZero();
    }

    /** Neither says that the partner is there; but nobody can find that out, and an outage without end is no news. */
    @Test
    void an_outage_is_over_when_nothing_is_left_to_try_the_partner_with() {
        away("ours");
        hub.partners().behave(PORTAL, s -> {
            throw new Refused(Refused.Ground.RULE, "kind-not-spoken", "", "Không nói.", "Not spoken.");
        });
        hub.awaitState("ours", "PARKED");
        within(10).until(() -> hub.lineState(PORTAL).equals("OPEN"));
        assertThat(answers()).as("nobody was asked").isZero();

        hub.tell(PORTAL, "ours", "ours-2");
        away("given-up");
        hub.bean(Acts.class).discard(hub.id("given-up"), "truc-ca", "a test");
        within(10).until(() -> hub.lineState(PORTAL).equals("OPEN"));
        assertThat(hub.state("ours-2"))
                .as("behind what a person has to look at")
                .isEqualTo("PENDING");
        hub.bean(Incidents.class).look();
        assertThat(lasting()).isZero();
    }

    @Test
    void a_line_that_was_paused_amid_its_outage_is_held_for_the_same_cause_when_it_goes_on() {
        Semaphore asked = new Semaphore(0);
        away("amid");
        hub.bean(Lines.class).pause(PORTAL, "truc-ca", "a test");
        hub.partners().behave(PORTAL, s -> {
            awaitQuietly(asked);
            return "ok";
        });

        hub.bean(Lines.class).resume(PORTAL, "truc-ca", "done");

        assertThat(hub.db()
                        .sql("select state <> 'OPEN' and fault = 'partner-error' from line where partner = ?")
                        .param(PORTAL)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        asked.release();
        hub.awaitState("amid", "CONFIRMED");
    }

    private static int answers() {
        return hub.db()
                .sql("select answers from line where partner = ?")
                .param(PORTAL)
                .query(Integer.class)
                .single();
    }

    /** One of two behind one address is dead: every other message finds it. */
    @Test
    void an_outage_that_comes_and_goes_is_one_incident_until_it_is_over_for_ten_minutes() {
        Incidents all = hub.bean(Incidents.class);
        all.look();
        hub.db().sql("delete from incident where partner = ?").param(PORTAL).update();
        for (int n = 0; n < 3; n++) {
            away("flap-" + n);
            assertThat(incidents()).isEqualTo(1);
            assertThat(standing().seconds()).isGreaterThan(0);
            hub.db()
                    .sql("update incident set began_at = began_at - interval '1 minute' where partner = ?")
                    .param(PORTAL)
                    .update();
            back("flap-" + n);
            assertThat(standing().seconds()).isZero();
            assertThat(standing().calming()).as("it came back before").isEqualTo(n > 0);
        }
        Incidents.Incident one = all.all(Set.of(PORTAL), 0, 9).get(0);
        assertThat(one.failures()).isGreaterThanOrEqualTo(3);
        assertThat(Duration.between(one.beganAt(), one.endedAt())).isGreaterThan(Duration.ofMinutes(3));

        hub.db()
                .sql("update incident set ended_at = ended_at - interval '10 minutes' where partner = ?")
                .param(PORTAL)
                .update();
        away("flap-again");
        assertThat(incidents()).as("another one").isEqualTo(2);
        back("flap-again");
        assertThat(standing().calming()).isFalse();
    }

    /** Else the clock of all incidents would fail each second. */
    @Test
    void an_outage_that_lasts_is_the_only_one_also_when_one_that_was_noticed_after_it_is_over() {
        Incidents all = hub.bean(Incidents.class);
        hub.db().sql("delete from incident where partner = ?").param(PORTAL).update();
        away("beside");
        hub.db()
                .sql(
                        "insert into incident (partner, began_at, ended_at) values (?, clock_timestamp(), clock_timestamp())")
                .param(PORTAL)
                .update();
        all.look();
        assertThat(lasting()).isEqualTo(1);
        back("beside");
    }

    /** Outages of the portal that are not over. */
    private static int lasting() {
        return hub.db()
                .sql("select count(*) from incident where partner = ? and ended_at is null")
                .param(PORTAL)
                .query(Integer.class)
                .single();
    }

    private static Standing.Outage standing() {
        return hub.bean(Standing.class).outages().stream()
                .filter(line -> line.partner().equals(PORTAL))
                .findFirst()
                .orElseThrow();
    }

    /** To close a route may take as long as what is on it. */
    @Test
    void an_outage_is_noticed_while_somebody_waits_for_a_stretch_to_close() {
        hub.db().sql("delete from incident").update();
        Object stretches = AopProxyUtils.getSingletonTarget(hub.bean(Stretches.class));
        synchronized (Objects.requireNonNull(stretches)) {
            hub.db()
                    .sql("update line set state = 'HELD', failures = 1, since = clock_timestamp() where partner = ?")
                    .param(PORTAL)
                    .update();
            within(10).until(() -> lasting() == 1);
        }
        hub.db()
                .sql("update line set state = 'OPEN', failures = 0, since = clock_timestamp() where partner = ?")
                .param(PORTAL)
                .update();
        within(10).until(() -> lasting() == 0);
    }

    private static void away(String key) {
        hub.partners().behave(PORTAL, s -> {
            throw new Unavailable("partner-error", "không trả lời", "no answer");
        });
        hub.tell(PORTAL, key, key);
        within(20).until(() -> hub.lineState(PORTAL).equals("HELD"));
        hub.bean(Incidents.class).look();
    }

    private static void back(String key) {
        hub.partners().behave(PORTAL, s -> "ok");
        hub.awaitState(key, "CONFIRMED");
        within(20).until(() -> hub.lineState(PORTAL).equals("OPEN"));
        hub.bean(Incidents.class).look();
    }

    /** What comes in a usual minute goes on coming: only what is faster than that makes what waits less. */
    @Test
    void how_long_what_waits_takes_is_told_by_what_the_line_can_take_less_what_comes() {
        hub.db().sql("delete from sample where stretch = 'line.dvcqg'").update();
        hub.db().sql("""
                insert into sample (at, stretch, partner, per_minute, depth, state)
                select clock_timestamp() - make_interval(mins => n), 'line.dvcqg', 'dvcqg',
                    case when n = 100 then 600 when n = 200 then 360 when n = 250 then 900 else 60 end,
                    case when n in (200, 250) then 1 else 0 end, case when n = 250 then 'PROBING' else 'OPEN' end
                from generate_series(1, 300) n
                """).update();
        hub.partners().behave(PORTAL, s -> {
            throw new Unavailable("partner-error", "không trả lời", "no answer");
        });
        hub.bean(Incidents.class).look();
        for (int n = 0; n < 10; n++) {
            hub.tell(PORTAL, "drain-" + n, "drain-" + n);
        }
        within(20).until(() -> hub.lineState(PORTAL).equals("HELD"));
        hub.bean(Incidents.class).look();

        Incidents.Incident now =
                hub.bean(Incidents.class).all(Set.of(PORTAL), 0, 9).get(0);
        assertThat(now.waiting()).isEqualTo(10);
        assertThat(now.drain())
                .as("the fastest in which something waited, not the busiest")
                .isEqualTo(Duration.ofSeconds(2));
        DailyHours later = Instant.now().atZone(ZoneId.of("Asia/Ho_Chi_Minh")).getHour() < 12
                ? new DailyHours(LocalTime.of(20, 0), LocalTime.of(21, 0))
                : new DailyHours(LocalTime.of(8, 0), LocalTime.of(9, 0));
        Duration told = Duration.between(Instant.now(), later.next(Instant.now()));
        assertThat(new Incidents(hub.db(), hub.bean(Ways.class), List.of(partner -> Optional.of(later)))
                        .all(Set.of(PORTAL), 0, 9)
                        .get(0)
                        .drainSeconds())
                .as("it is told nothing before its hours begin")
                .isBetween(told.toSeconds(), told.toSeconds() + 3);

        hub.db()
                .sql("delete from sample where stretch = 'line.dvcqg' and per_minute = 360")
                .update();
        assertThat(hub.bean(Incidents.class).all(Set.of(PORTAL), 0, 9).get(0).drain())
                .as("never seen while something waited")
                .isNull();
        hub.db().sql("update sample set p50 = 0.5 where stretch = 'line.dvcqg'").update();
        int window = hub.bean(Ways.class).to(PORTAL).orElseThrow().window();
        assertThat(hub.bean(Incidents.class).all(Set.of(PORTAL), 0, 9).get(0).best())
                .as("so many at once, each for half a second")
                .isEqualTo(window * 120.0);
        hub.db().sql("delete from sample where stretch = 'line.dvcqg'").update();
    }

    @Test
    void no_line_is_held_for_longer_than_the_relay_believes() {
        Duration longest = Duration.ofDays(1);
        var settings =
                new LineSettings(Duration.ofMinutes(2), Duration.ofMinutes(2), Duration.ofSeconds(1), longest, 10);

        assertThat(settings.furthestHold()).isEqualTo(settings.hold(100, 1)).isGreaterThan(longest);
    }

    private static void look(String partner) {
        hub.db()
                .sql("update line set next_probe_at = clock_timestamp() where partner = ?")
                .param(partner)
                .update();
    }

    private static int incidents() {
        return hub.db()
                .sql("select count(*) from incident where partner = ?")
                .param(PORTAL)
                .query(Integer.class)
                .single();
    }

    @Test
    void what_is_closed_without_having_asked_the_partner_ends_no_outage() {
        hub.partners().behave(PORTAL, s -> {
            if (s.key().startsWith("no-longer")) {
                return Unasked.NO_LONGER_SO;
            }
            throw new Unavailable("partner-error", "connection refused", "connection refused");
        });
        hub.tell(PORTAL, "not-there", "not-there");
        within(10).until(() -> hub.lineState(PORTAL).equals("HELD"));
        Instant since = since(PORTAL);

        hub.tell(PORTAL, "no-longer", "no-longer");
        hub.awaitState("no-longer", "CONFIRMED");
        within(10).until(() -> failures(PORTAL) > 3);

        assertThat(since(PORTAL)).as("one outage").isEqualTo(since);
        assertThat(hub.db()
                        .sql("select answers = 0 from line where partner = ?")
                        .param(PORTAL)
                        .query(Boolean.class)
                        .single())
                .as("nobody has answered")
                .isTrue();
    }

    @Test
    void a_clock_that_was_put_back_since_keeps_no_line_waiting_for_that_hour_to_come_again() {
        var down = new java.util.concurrent.atomic.AtomicBoolean(true);
        hub.partners().behave(PORTAL, s -> {
            if (down.get()) {
                throw new Unavailable("partner-error", "connection refused", "connection refused");
            }
            return "ok";
        });
        hub.tell(PORTAL, "put-back", "put-back");
        within(10)
                .until(() -> hub.db()
                                .sql("update line set next_probe_at = clock_timestamp() + interval '5 minutes'"
                                        + " where partner = ? and state = 'HELD'")
                                .param(PORTAL)
                                .update()
                        == 1);

        down.set(false);

        hub.awaitState("put-back", "CONFIRMED");
    }

    /** A partner who is down is down, though the database says that it answered, and when, by a clock that was ahead. */
    @Test
    void a_clock_that_was_put_back_since_makes_no_partner_who_is_down_one_that_answers() {
        var down = new java.util.concurrent.atomic.AtomicBoolean(true);
        hub.partners().behave(PORTAL, s -> {
            if (down.get()) {
                throw new Unavailable("partner-error", "connection refused", "connection refused");
            }
            return "ok";
        });
        hub.db()
                .sql("update line set answers = 7, turned_at = clock_timestamp() + interval '1 hour' where partner = ?")
                .param(PORTAL)
                .update();
        hub.tell(PORTAL, "still-down", "still-down");
        within(10).until(() -> hub.lineState(PORTAL).equals("HELD"));
        within(60).until(() -> {
            look(PORTAL);
            return count("key = 'still-down' and attempts > 12") == 1;
        });
        assertThat(count("key = 'still-down' and state <> 'PARKED' and choked = 0"))
                .isEqualTo(1);

        down.set(false);
        hub.awaitState("still-down", "CONFIRMED");
    }

    @Test
    void what_was_taken_by_a_clock_that_was_put_back_since_is_tried_again() {
        hub.bean(Lines.class).pause(PORTAL, "truc-ca", "for the test");
        hub.tell(PORTAL, "ahead", "ahead-1");
        hub.db()
                .sql(
                        "update message set state = 'QUEUED', releases = 1, queued_at = clock_timestamp() + interval '1 hour',"
                                + " claimed_until = clock_timestamp() + interval '62 minutes' where key = 'ahead-1'")
                .update();

        within(10).until(() -> hub.state("ahead-1").equals("PENDING"));

        hub.bean(Lines.class).resume(PORTAL, "truc-ca", "done");
        hub.awaitState("ahead-1", "CONFIRMED");
    }

    @Test
    void a_ticket_received_while_the_line_is_held_costs_no_attempt() {
        hub.db()
                .sql("update line set state = 'HELD', next_probe_at = clock_timestamp() + interval '50 seconds'"
                        + " where partner = 'dvcqg'")
                .update();
        hub.tell(PORTAL, "held", "held-1");
        hub.bean(Tickets.class)
                .lay("portal.dvcqg", List.of(new Tickets.Addressed(new Ticket(hub.id("held-1"), 1), "held")));
        within(10).until(() -> count("key = 'held-1' and releases = 1 and state = 'PENDING'") == 1);
        assertThat(count("key = 'held-1' and attempts = 0")).isEqualTo(1);

        hub.bean(Lines.class).resume(PORTAL, "truc-ca", "try now");
        hub.awaitState("held-1", "CONFIRMED");
    }

    @Test
    void a_confirmed_message_is_told_again_only_on_an_operator_s_word_and_under_the_same_id() {
        hub.tell(PORTAL, "replay", "replay-1");
        hub.awaitState("replay-1", "CONFIRMED");
        assertThatThrownBy(() -> hub.bean(Acts.class).retry(new Retry(hub.id("replay-1"), "truc-ca", "not parked")))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("not-parked"));
        assertThatThrownBy(() -> hub.bean(Acts.class).discard(hub.id("replay-1"), "truc-ca", "not open"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("not-open"));

        hub.bean(Acts.class).replay(hub.id("replay-1"), "truc-ca", "the portal lost its data");

        within(20).until(() -> hub.partners().confirmed(PORTAL).size() == 2);
        assertThat(hub.partners().heard(PORTAL).stream()
                        .map(h -> h.sending().id())
                        .distinct())
                .hasSize(1);
        hub.awaitState("replay-1", "CONFIRMED");
    }

    /** Else the partner is called slow for the weeks since it heard it first; what has waited in the meantime is the older. */
    @Test
    void what_is_told_again_counts_from_when_it_was_told_again_and_hides_nothing_that_has_waited_for_longer() {
        hub.tell(PORTAL, "weeks", "weeks-1");
        hub.awaitState("weeks-1", "CONFIRMED");
        acceptedBefore("weeks-1", Duration.ofDays(21));
        Lines lines = hub.bean(Lines.class);
        lines.pause(PORTAL, "truc-ca", "a test");

        hub.bean(Acts.class).replay(hub.id("weeks-1"), "truc-ca", "the portal lost its data");

        assertThat(oldest()).allSatisfy(age -> assertThat(age).isBetween(0.0, 60.0));
        hub.tell(PORTAL, "minutes", "minutes-1");
        acceptedBefore("minutes-1", Duration.ofMinutes(10));
        assertThat(oldest()).allSatisfy(age -> assertThat(age).isBetween(600.0, 660.0));

        lines.resume(PORTAL, "truc-ca", "a test");
        hub.awaitAllConfirmed(PORTAL);
        assertThat(sample().p95()).isLessThan(3600.0);
        var took = hub.bean(MeterRegistry.class)
                .get("bocau.message.confirmed")
                .tag("partner", PORTAL)
                .timer();
        within(20).until(() -> took.max(TimeUnit.SECONDS) >= 600);
        assertThat(took.max(TimeUnit.SECONDS)).isLessThan(3600.0);
    }

    private static void acceptedBefore(String key, Duration before) {
        hub.db()
                .sql(
                        "update message set created_at = clock_timestamp() - make_interval(secs => :before) where key = :key")
                .param("before", before.toSeconds())
                .param("key", key)
                .update();
    }

    /** Of the way to the portal, as the metrics and as the map say it. */
    private static List<Double> oldest() {
        return Stream.concat(
                        hub.bean(Records.class).depths().stream()
                                .filter(depth -> depth.partner().equals(PORTAL))
                                .map(Records.Depth::oldestSeconds),
                        Stream.of(Objects.requireNonNull(sample().oldest())))
                .toList();
    }

    private static Samples.Sample sample() {
        return hub.bean(Samples.class).now().stream()
                .filter(sample -> sample.partner().equals(PORTAL))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_broker_that_ends_by_itself_is_started_again_and_nothing_is_lost() throws Exception {
        EmbeddedActiveMQ broker = hub.bean(EmbeddedActiveMQ.class);
        hub.tell(PORTAL, "before", "before-1");
        hub.awaitState("before-1", "CONFIRMED");

        broker.getActiveMQServer().stop();
        for (int n = 0; n < 5; n++) {
            hub.tell(PORTAL, "broker", "broker-" + n);
        }

        hub.awaitAllConfirmed(PORTAL);
        assertThat(keys(hub.partners().heard(PORTAL)))
                .containsExactly("before-1", "broker-0", "broker-1", "broker-2", "broker-3", "broker-4");
        assertThat(broker.getActiveMQServer().isStarted()).isTrue();
    }

    private static String[] fourOnDifferentConsumers() {
        return IntStream.range(0, 16).mapToObj(i -> "spread-" + i).toArray(String[]::new);
    }

    private static void awaitQuietly(Semaphore permits) {
        try {
            permits.tryAcquire(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(java.util.concurrent.CyclicBarrier barrier) {
        try {
            barrier.await(2, TimeUnit.SECONDS);
        } catch (Exception notAllCame) {
            // Then fewer fail together.
        }
    }

    private static long count(String where) {
        return hub.db()
                .sql("select count(*) from message where " + where)
                .query(Long.class)
                .single();
    }

    private static long open(String partner) {
        return count("direction = 'OUT' and state in ('PENDING', 'QUEUED') and partner = '" + partner + "'");
    }

    private static int failures(String partner) {
        return hub.db()
                .sql("select failures from line where partner = ?")
                .param(partner)
                .query(Integer.class)
                .single();
    }

    private static Instant since(String partner) {
        return hub.db()
                .sql("select since from line where partner = ?")
                .param(partner)
                .query(Instant.class)
                .single();
    }
}
