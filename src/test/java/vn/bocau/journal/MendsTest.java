package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceUtils;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/** A whole group of parked messages is tried again: ramped, limited, stopped, and never twice. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MendsTest {

    private static final String PARTNER = "opencps";

    private static Hub hub;

    @BeforeAll
    static void start() {
        hub = new Hub(Map.of("bocau.mends.look", "100"));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @AfterEach
    void tidy() {
        hub.db()
                .sql("update mend_item set state = 'LEFT' where state in ('WAITING', 'SENT')")
                .update();
        hub.db()
                .sql("update mend set state = 'CANCELLED', ended_at = clock_timestamp() where ended_at is null")
                .update();
        hub.tidy();
    }

    @Test
    void a_ramp_is_at_least_one_then_five_then_twenty_percent_then_all() {
        assertThat(List.of(Mend.upTo(0, 1000), Mend.upTo(1, 1000), Mend.upTo(2, 1000), Mend.upTo(3, 1000)))
                .containsExactly(10L, 50L, 200L, 1000L);
        assertThat(List.of(Mend.upTo(0, 3), Mend.upTo(1, 3), Mend.upTo(2, 3), Mend.upTo(3, 3)))
                .containsExactly(1L, 2L, 3L, 3L);
    }

    @Test
    void what_was_parked_at_another_time_or_went_another_way_is_none_of_the_group() {
        park(3, "when");
        hub.db()
                .sql("update message set parked_at = parked_at - interval '2 hours' where id = :id")
                .param("id", hub.id("when-1"))
                .update();
        Instant anHourAgo = Instant.now().minusSeconds(3600);

        assertThat(would(null, null, null)).isEqualTo(3);
        assertThat(would(null, anHourAgo, null)).isEqualTo(2);
        assertThat(would(null, null, anHourAgo)).isEqualTo(1);
        assertThat(would(new Mends.Way("OUT", PARTNER, null), null, null)).isEqualTo(3);
        assertThat(would(new Mends.Way("OUT", "dvcqg", null), null, null)).isZero();
        assertThat(would(new Mends.Way("IN", null, null), null, null)).isZero();
    }

    private static long would(Mends.@Nullable Way way, @Nullable Instant from, @Nullable Instant until) {
        return mends().wouldMend(new Mends.Wanted(null, "odd", null, null, way, from, until)).stream()
                .mapToLong(Records.Depth::count)
                .sum();
    }

    @Test
    void a_group_goes_out_ramped_and_is_done_when_the_partner_has_confirmed_each() {
        List<String> keys = park(60, "ramp");
        List<Long> open = Collections.synchronizedList(new ArrayList<>());
        hub.partners().behave(PARTNER, s -> {
            open.add(sent());
            return "ok";
        });

        UUID mend = begin("odd", 60_000, 10);

        awaitState(mend, "DONE");
        Mend seen = mends().one(mend);
        assertThat(List.of(seen.total(), seen.confirmed(), seen.failed(), seen.left()))
                .containsExactly(60L, 60L, 0L, 0L);
        assertThat(open.get(0)).as("the first goes alone").isEqualTo(1);
        assertThat(open.subList(1, 3)).allMatch(n -> n <= 3);
        assertThat(open.subList(3, 12)).allMatch(n -> n <= 12);
        assertThat(heard("ramp")).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(hub.bean(Records.class).acts(hub.id("ramp-59")))
                .singleElement()
                .satisfies(act -> assertThat(act.by() + " " + act.what() + " " + act.reason())
                        .isEqualTo("truc-ca RETRY mended"));
        assertThat(hub.db()
                        .sql("select string_agg(what, ' ' order by seq) from audit where kind = 'MEND' and target = ?")
                        .param(mend.toString())
                        .query(String.class)
                        .single())
                .isEqualTo("MEND DONE");
    }

    /** Scheduled for the night; in the evening others retried, or discarded, half of it. */
    @Test
    void what_others_have_dealt_with_makes_no_stage_of_the_ramp() {
        park(60, "ramped");
        List<Long> open = Collections.synchronizedList(new ArrayList<>());
        UUID mend = mends().begin(
                        wanted("odd"), new Mends.How(Instant.now().plusSeconds(3600), 60_000, 10), "truc-ca", "mended");
        for (int i = 0; i < 30; i++) {
            hub.bean(Acts.class).discard(hub.id("ramped-" + i), "truc-ca", "a test");
        }
        Hub.within(20).until(() -> mends().one(mend).left() == 30);
        hub.partners().behave(PARTNER, s -> {
            open.add(sent());
            return "ok";
        });

        hub.db().sql("update mend set not_before = clock_timestamp()").update();

        awaitState(mend, "DONE");
        assertThat(mends().one(mend).confirmed()).isEqualTo(30);
        assertThat(open.get(0)).as("the first goes alone").isEqualTo(1);
        assertThat(open.get(1)).isLessThanOrEqualTo(2);
        assertThat(open.subList(2, 6)).allMatch(n -> n <= 6);
    }

    @Test
    void what_is_more_than_a_mend_takes_is_said_to_be_left_and_the_mend_is_not_all_green() {
        park(5, "beyond");
        hub.partners().behave(PARTNER, s -> "ok");

        UUID mend = mends().begin(wanted("odd"), new Mends.How(Instant.now(), 60_000, 10), "truc-ca", "mended", 3);

        awaitState(mend, "DONE");
        Mend seen = mends().one(mend);
        assertThat(List.of(seen.total(), seen.confirmed(), seen.beyond())).containsExactly(3L, 3L, 2L);
        assertThat(seen.good()).isFalse();
        assertThat(count("state = 'PARKED' and key like 'beyond-%'")).isEqualTo(2);

        assertThatThrownBy(() -> begin("nobody-has-it", 60_000, 10))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.flaws().get(0).wrong().en())
                                .isEqualTo("No such message waits for a person."));
        UUID rest = begin("odd", 60_000, 10);
        awaitState(rest, "DONE");
        assertThat(mends().one(rest).beyond()).isZero();
        assertThat(mends().one(rest).good()).isTrue();
    }

    @Test
    void it_stops_by_itself_when_what_it_tries_fails_again() {
        park(50, "bad");
        AtomicInteger tried = new AtomicInteger();
        hub.partners().behave(PARTNER, s -> {
            tried.incrementAndGet();
            throw odd();
        });

        UUID mend = begin("odd", 60_000, 10);

        awaitState(mend, "STOPPED");
        Mend seen = mends().one(mend);
        assertThat(tried.get()).as("one was enough to know").isEqualTo(1);
        assertThat(List.of(seen.failed(), seen.left())).containsExactly(1L, 49L);
        assertThat(seen.stopped()).isEqualTo(new Text("1/1 lại hỏng, quá 10 %", "1/1 failed again, over 10 %"));
        assertThat(mends().items(mend, "FAILED", 0, 10).get(0).fault()).isEqualTo("odd");
        assertThat(count("state = 'PARKED' and key like 'bad-%'")).isEqualTo(50);
    }

    /** Nobody looks at two in the morning. */
    @Test
    void one_that_stopped_is_told_of_until_somebody_begins_again_or_nothing_is_left_or_a_day_has_passed() {
        park(3, "told");
        hub.partners().behave(PARTNER, s -> {
            throw odd();
        });
        UUID first = begin("odd", 60_000, 10);
        awaitState(first, "STOPPED");
        assertThat(stopped(null)).contains(first);
        assertThat(stopped(Set.of(PARTNER))).contains(first);
        assertThat(stopped(Set.of("dvcqg"))).doesNotContain(first);

        UUID again = begin("odd", 60_000, 10);
        assertThat(stopped(null)).doesNotContain(first);
        awaitState(again, "STOPPED");
        assertThat(stopped(null)).as("once").contains(again).doesNotContain(first);

        hub.db()
                .sql("update mend set ended_at = ended_at - interval '25 hours' where id = ?")
                .param(again)
                .update();
        assertThat(stopped(null)).doesNotContain(again);
        hub.db()
                .sql("update mend set ended_at = clock_timestamp() where id = ?")
                .param(again)
                .update();
        assertThat(stopped(null)).contains(again);
        for (int i = 0; i < 2; i++) {
            hub.bean(Acts.class).discard(hub.id("told-" + i), "truc-ca", "singly");
        }
        hub.bean(Lines.class).pause(PARTNER, "truc-ca", "a test");
        hub.bean(Acts.class).retry(new Retry(hub.id("told-2"), "truc-ca", "singly"));
        assertThat(stopped(null)).as("it is under way, and may come back").contains(again);
        hub.partners().behave(PARTNER, s -> "ok");
        hub.bean(Lines.class).resume(PARTNER, "truc-ca", "a test");
        hub.awaitState("told-2", "CONFIRMED");
        assertThat(stopped(null)).doesNotContain(again);
    }

    @Test
    void a_replay_that_stopped_is_told_of_though_nothing_of_it_is_parked() {
        hub.partners().behave(PARTNER, s -> "ok");
        Instant since = hub.now();
        confirmed("lost", "lost-1");
        UUID look = replays().look(PARTNER, since, hub.now(), "truc-ca", null);
        UUID mend = replays().start(look, new Mends.How(Instant.now(), 60_000, 10), "was-never-there", "over night");
        awaitState(mend, "STOPPED");
        assertThat(stopped(null)).contains(mend);

        hub.bean(Acts.class).replay(hub.id("lost-1"), "truc-ca", "singly");
        hub.awaitAllConfirmed(PARTNER);
        assertThat(stopped(null)).doesNotContain(mend);
    }

    private static List<UUID> stopped(@Nullable Set<String> partners) {
        return mends().stopped(partners).stream().map(Mend::id).toList();
    }

    @Test
    void what_is_only_waiting_for_a_partner_that_is_down_is_neither_green_nor_failed() {
        park(10, "down");
        hub.partners().behave(PARTNER, s -> {
            throw new vn.bocau.code.Unavailable("partner-silent", "không trả lời", "no answer");
        });

        UUID mend = begin("odd", 60_000, 10);

        Hub.within(20).until(() -> hub.lineState(PARTNER).equals("HELD"));
        Hub.within(20).until(() -> mends().one(mend).sent() == 1);
        assertThat(mends().one(mend).confirmed()).isZero();
        assertThat(mends().one(mend).state()).isEqualTo("RUNNING");

        hub.partners().behave(PARTNER, s -> "ok");
        awaitState(mend, "DONE");
        assertThat(mends().one(mend).confirmed()).isEqualTo(10);
    }

    /** Whoever is away, in whatever part of the ramp, holds up its own messages alone. */
    @Test
    void a_partner_that_is_away_holds_up_nobody_else_and_the_mend_says_for_whom_it_waits() {
        String other = "dvcqg";
        String paused = "webhook-portal";
        park(other, 1, "lost-first");
        List<String> keys = park(30, "there");
        park(other, 20, "lost-last");
        park(paused, 5, "stopped");
        hub.bean(Lines.class).pause(paused, "truc-ca", "a test");
        hub.partners().behave(other, s -> {
            throw new vn.bocau.code.Unavailable("partner-silent", "không trả lời", "no answer");
        });

        UUID mend = begin("odd", 60_000, 10);

        Hub.within(30).until(() -> mends().one(mend).confirmed() == 30);
        assertThat(heard("there")).containsExactlyInAnyOrderElementsOf(keys);
        Mend seen = mends().one(mend);
        assertThat(seen.state()).isEqualTo("RUNNING");
        assertThat(seen.failed()).isZero();
        assertThat(count("state = 'PARKED' and key like 'stopped-%'")).isEqualTo(5);
        assertThat(mends().held(mend))
                .extracting(held -> held.partner() + " " + held.count())
                .containsExactly("dvcqg 21", "webhook-portal 5");
        assertThat(mends().held(mend).get(1).line()).isEqualTo("PAUSED");
        assertThat(mends().busy(wanted("odd"))).containsExactly(mend);
        assertThatThrownBy(() -> begin("odd", 60_000, 10)).hasMessageContaining("/console/mends/" + mend);

        hub.partners().behave(other, s -> "ok");
        hub.bean(Lines.class).resume(paused, "truc-ca", "a test");
        awaitState(mend, "DONE");
        assertThat(mends().one(mend).confirmed()).isEqualTo(56);
        assertThat(mends().held(mend)).isEmpty();
        assertThat(mends().busy(wanted("odd"))).isEmpty();
    }

    /** A look gives up to hundreds to enter, one after the other: a person may end the mend amid them. */
    @Test
    void what_came_in_is_not_entered_any_more_once_its_mend_was_ended_and_is_done_when_it_just_was() {
        for (String key : List.of("over-1", "over-2")) {
            hub.journal()
                    .park(
                            new Inbound("dvcqg", key, "portal.cancel", Hub.body()),
                            Fault.refused(new Refused(Refused.Ground.RULE, "not-yet", "", "Chưa.", "Not yet.")));
        }
        UUID mend = mends().begin(
                        wanted("not-yet"),
                        new Mends.How(Instant.now().plusSeconds(3600), 60_000, 10),
                        "truc-ca",
                        "mended");
        var first = new Retry(hub.id("over-1"), "truc-ca", "mended", mend);
        var second = new Retry(hub.id("over-2"), "truc-ca", "mended", mend);
        Acts acts = hub.bean(Acts.class);
        var in = (Inbound) acts.retry(first);
        mends().cancel(mend, "truc-ca", "enough");
        hub.journal().once(in, Hub::body);
        mends().entered(first, null);

        assertThatThrownBy(() -> acts.retry(second)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo("mend-over");
            mends().entered(second, r);
        });
        assertThat(hub.state("over-2")).isEqualTo("PARKED");
        assertThat(count("fault = 'not-yet' and key = 'over-2'")).isEqualTo(1);
        assertThat(hub.bean(Records.class).acts(hub.id("over-2"))).isEmpty();
        assertThat(mends().items(mend, null, 0, 10))
                .extracting(Mends.Item::state)
                .containsExactly("CONFIRMED", "LEFT");
    }

    @Test
    void it_goes_no_faster_than_its_rate_not_before_its_time_and_not_after_it_was_cancelled() {
        park(30, "slow");
        hub.partners().behave(PARTNER, s -> "ok");
        UUID later = mends().begin(
                        wanted("odd"), new Mends.How(Instant.now().plusSeconds(3600), 60_000, 10), "truc-ca", "later");
        assertThatThrownBy(() -> begin("odd", 60_000, 10))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("nothing-to-mend"));
        mends().next();
        assertThat(mends().one(later).state()).isEqualTo("WAITING");
        mends().cancel(later, "truc-ca", "not at night");
        assertThatThrownBy(() -> mends().cancel(later, "truc-ca", "again"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("mend-over"));

        UUID slow = begin("odd", 1, 10);
        Hub.within(20).until(() -> mends().one(slow).confirmed() == 1);
        mends().next();
        mends().next();
        assertThat(mends().one(slow).waiting()).isEqualTo(29);
        assertThat(count("state = 'PARKED' and key like 'slow-%'")).isEqualTo(29);
        mends().cancel(slow, "truc-ca", "enough");
        assertThat(mends().one(slow).left()).isEqualTo(29);
    }

    @Test
    void what_a_mend_had_sent_when_it_was_ended_is_counted_when_the_partner_confirms_it() {
        park(10, "ended");
        hub.partners().behave(PARTNER, s -> {
            throw new vn.bocau.code.Unavailable("partner-silent", "không trả lời", "no answer");
        });
        UUID mend = begin("odd", 60_000, 10);
        Hub.within(20).until(() -> mends().one(mend).sent() == 1);
        mends().cancel(mend, "truc-ca", "tomorrow");
        assertThat(mends().one(mend).left()).isEqualTo(9);

        hub.partners().behave(PARTNER, s -> "ok");

        Hub.within(20).until(() -> mends().one(mend).confirmed() == 1);
        assertThat(mends().one(mend).sent()).isZero();
        assertThat(mends().one(mend).state()).isEqualTo("CANCELLED");
    }

    /** The same messages singly, in a group and by the interface at once: each reaches the partner once. */
    @Test
    void single_and_group_retries_of_the_same_messages_reach_the_partner_once() throws Exception {
        List<String> keys = park(120, "both");
        hub.partners().behave(PARTNER, s -> "ok");
        Acts acts = hub.bean(Acts.class);
        List<UUID> ids = keys.stream().map(hub::id).toList();
        var people = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int person = 0; person < 3; person++) {
                all.add(() -> {
                    for (UUID id : ids) {
                        try {
                            acts.retry(new Retry(id, "truc-ca", "singly"));
                        } catch (Refused somebodyElseDid) {
                            assertThat(somebodyElseDid.code()).isEqualTo("not-parked");
                        }
                    }
                    return null;
                });
            }
            UUID mend = begin("odd", 60_000, 10);
            for (var done : people.invokeAll(all)) {
                done.get();
            }
            awaitState(mend, "DONE");
        } finally {
            people.shutdownNow();
        }
        hub.awaitAllConfirmed(PARTNER);

        assertThat(heard("both")).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void what_came_in_enters_once_more_where_it_first_did() {
        for (int i = 0; i < 5; i++) {
            hub.journal()
                    .park(
                            new Inbound("dvcqg", "in-" + i, "portal.cancel", Hub.body()),
                            Fault.refused(new Refused(Refused.Ground.RULE, "not-now", "", "Chưa.", "Not yet.")));
        }

        UUID mend = begin("not-now", 60_000, 100);

        awaitState(mend, "DONE");
        // Nothing was mended: it is refused for what it says, by the real route.
        assertThat(mends().one(mend).failed()).isEqualTo(5);
        assertThat(Set.copyOf(mends().items(mend, null, 0, 10).stream()
                        .map(i -> String.valueOf(i.fault()))
                        .toList()))
                .containsExactly("schema");
        assertThat(count("fault = 'schema' and key like 'in-%' and remedy_vi is not null"))
                .isEqualTo(5);
        var asked =
                new Failures.Wanted(null, "dvcqg", null, null, "portal.cancel", null, "schema", "PARKED", null, null);
        Failures failures = hub.bean(Failures.class);
        assertThat(failures.groups(asked))
                .singleElement()
                .satisfies(group -> assertThat(group.count()).isEqualTo(5));
        assertThat(failures.messages(asked, null, 10))
                .as("found, and explained, by the same code as their group")
                .hasSize(5)
                .allSatisfy(failed -> assertThat(failed.code()).isEqualTo("schema"));
    }

    /** Else the record says each second that something was done, of what nobody has done. */
    @Test
    void what_cannot_enter_now_is_kept_as_no_retry_and_holds_up_nobody_else() {
        Stretches stretches = hub.bean(Stretches.class);
        var camel = hub.bean(org.apache.camel.CamelContext.class).getRouteController();
        stretches.pause("portal-cancel", "truc-ca", "a test");
        Hub.within(20).until(() -> camel.getRouteStatus("portal-cancel").isSuspended());
        for (String key : List.of("shut-0", "shut-1")) {
            hub.journal()
                    .park(
                            new Inbound("dvcqg", key, "portal.cancel", Hub.body()),
                            Fault.refused(new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd.")));
        }
        hub.bean(Edits.class)
                .propose(hub.id("shut-0"), Hub.body(), Hub.body().put("said", "else"), List.of(), "other", "a test");
        park(10, "beside");
        hub.partners().behave(PARTNER, s -> "ok");
        assertThatThrownBy(() -> hub.bean(vn.bocau.wire.Entrance.class)
                        .ask("parked.retry", new Retry(hub.id("shut-0"), "truc-ca", "singly"), Object.class))
                .isInstanceOf(vn.bocau.code.Unavailable.class);

        UUID mend = begin("odd", 60_000, 100);

        Hub.within(30).until(() -> mends().one(mend).confirmed() == 10);
        assertThat(mends().one(mend).waiting()).isEqualTo(2);
        assertThat(mends().held(mend)).containsExactly(new Mends.Held(null, "portal-cancel", "PAUSED", 2, null));
        assertThat(retries("shut-0")).isEmpty();
        assertThat(hub.db()
                        .sql("select state from edit where by = 'other'")
                        .query(String.class)
                        .single())
                .isEqualTo("PROPOSED");

        stretches.resume("portal-cancel", "truc-ca", "a test");
        awaitState(mend, "DONE");
        assertThat(mends().held(mend)).isEmpty();
        assertThat(retries("shut-0")).as("its schema refuses it").containsExactly("REFUSED");
        assertThat(retries("shut-1")).containsExactly("REFUSED");
        assertThat(retries("beside-0")).containsExactly("DONE");
    }

    @Test
    void what_waits_for_the_stretch_of_all_retries_or_of_all_mends_is_told_so_and_holds_up_nobody_else() {
        Stretches stretches = hub.bean(Stretches.class);
        stretches.pause("parked-retry", "truc-ca", "a test");
        hub.journal()
                .park(
                        new Inbound("dvcqg", "door-0", "portal.cancel", Hub.body()),
                        Fault.refused(new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd.")));
        park(3, "free");
        hub.partners().behave(PARTNER, s -> "ok");

        UUID mend = begin("odd", 60_000, 100);

        Hub.within(30).until(() -> mends().one(mend).confirmed() == 3);
        var door = new Mends.Held(null, "parked-retry", "PAUSED", 1, null);
        assertThat(mends().held(mend)).containsExactly(door);
        stretches.pause("mends", "truc-ca", "a test");
        assertThat(mends().held(mend)).containsExactly(new Mends.Held(null, "mends", "PAUSED", 1, null), door);

        stretches.resume("mends", "truc-ca", "a test");
        stretches.resume("parked-retry", "truc-ca", "a test");
        awaitState(mend, "DONE");
        assertThat(mends().held(mend)).isEmpty();
    }

    private static List<String> retries(String key) {
        return hub.db()
                .sql("select outcome from audit where what = 'RETRY' and kind = 'MESSAGE' and target = ?")
                .param(hub.id(key).toString())
                .query(String.class)
                .list();
    }

    /** Its partner has ended: nobody opens thousands of pages. */
    @Test
    void what_waits_for_a_partner_or_is_parked_is_given_up_together_also_while_its_line_stands() {
        park(2, "given-up-parked");
        Lines lines = hub.bean(Lines.class);
        lines.pause(PARTNER, "truc-ca", "a test");
        List<String> keys = new ArrayList<>(List.of("given-up-parked-0", "given-up-parked-1"));
        for (int i = 0; i < 3; i++) {
            hub.tell(PARTNER, UUID.randomUUID().toString(), "given-up-waits-" + i);
            keys.add("given-up-waits-" + i);
        }
        Instant counted = hub.now();
        hub.tell(PARTNER, UUID.randomUUID().toString(), "given-up-later");
        var wanted = new Mends.Wanted(Mend.Sort.DISCARD, null, null, PARTNER, null, null, null, null, counted);
        assertThat(mends().wouldMend(wanted).stream()
                        .mapToLong(Records.Depth::count)
                        .sum())
                .isEqualTo(5);
        var how = new Mends.How(Instant.now(), 60_000, 0);

        UUID nobodys = mends().begin(wanted, how, "was-never-there", "over night");
        awaitState(nobodys, "STOPPED");
        assertThat(count("state = 'DISCARDED' and key like 'given-up-%'")).isZero();
        UUID mend = mends().begin(wanted, how, "truc-ca", "its partner has ended");

        awaitState(mend, "DONE");
        assertThat(mends().one(mend).good()).isTrue();
        assertThat(mends().one(mend).sort()).isEqualTo(Mend.Sort.DISCARD);
        for (String key : keys) {
            assertThat(hub.state(key)).isEqualTo("DISCARDED");
            assertThat(hub.bean(Records.class).acts(hub.id(key)))
                    .filteredOn(act -> act.what().equals("DISCARD"))
                    .singleElement()
                    .satisfies(act ->
                            assertThat(act.by() + " " + act.reason()).isEqualTo("truc-ca its partner has ended"));
        }
        assertThat(hub.state("given-up-later")).as("nobody counted it").isIn("PENDING", "QUEUED");
        lines.resume(PARTNER, "truc-ca", "a test");
        hub.awaitState("given-up-later", "CONFIRMED");
        assertThat(heard("given-up")).containsExactly("given-up-later");
        assertThatThrownBy(() -> mends().begin(wanted, how, "truc-ca", "again"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("nothing-to-mend"));
    }

    /** It went back to a backup: what it heard in between is told again, once, in order, and nothing earlier than it knows. */
    @Test
    void what_a_partner_has_confirmed_and_lost_is_told_again_once_and_in_order() {
        hub.partners().behave(PARTNER, s -> "ok");
        confirmed("kept", "r-kept-1");
        Instant since = hub.now();
        confirmed("b", "r-b-1", "r-b-2");
        confirmed("c", "r-c-1");
        confirmed("d", "r-d-1");
        Instant until = hub.now();
        confirmed("c", "r-c-2");
        hub.partners().behave(PARTNER, s -> {
            throw odd();
        });
        hub.tell(PARTNER, "b", "r-b-3");
        hub.awaitState("r-b-3", "PARKED");
        List<UUID> ids = List.of(hub.id("r-b-1"), hub.id("r-b-2"), hub.id("r-d-1"));
        hub.partners().forget();

        UUID look = replays().look(PARTNER, since, until, "truc-ca", "a test");
        assertThat(found(look)).isEqualTo("3 to apply, 1 already, 0 open, 2 in conflict");
        assertThat(replays().items(look, "APPLY", 0, 10))
                .extracting(Replays.Item::key)
                .containsExactly("r-b-1", "r-b-2", "r-d-1");
        assertThat(replays().items(look, "CONFLICT", 0, 10))
                .extracting(item -> item.key() + " " + item.cause())
                .as("what is parked goes by nobody but a person")
                .containsExactly("r-c-1 heard-later", "r-b-3 parked");
        assertThat(hub.partners().heard(PARTNER)).as("a dry run").isEmpty();

        UUID mend = replays().start(look, new Mends.How(Instant.now(), 60_000, 10), "truc-ca", "a test");
        awaitState(mend, "DONE");
        assertThat(mends().one(mend).confirmed()).isEqualTo(3);
        var heard = hub.partners().heard(PARTNER);
        assertThat(heard).extracting(h -> h.sending().id()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(Hub.keys(heard)).containsSubsequence("r-b-1", "r-b-2");

        assertThat(found(replays().look(PARTNER, since, until, "truc-ca", null)))
                .isEqualTo("0 to apply, 4 already, 0 open, 2 in conflict");
        assertThatThrownBy(() -> replays().start(look, new Mends.How(Instant.now(), 1, 10), "truc-ca", "again"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("replay-started"));
        assertThatThrownBy(() -> replays()
                        .look(PARTNER, Instant.now().minus(java.time.Duration.ofDays(31)), until, "truc-ca", null))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("replay-time"));
    }

    /** A province's portal that has lost a week: a hundred thousand at a time, and the rest is there to be found. */
    @Test
    void what_is_more_than_a_replay_takes_is_said_and_another_dry_run_finds_it() {
        hub.partners().behave(PARTNER, s -> "ok");
        Instant since = hub.now();
        confirmed("many", "many-1", "many-2", "many-3");
        confirmed("more", "more-1", "more-2");
        Instant until = hub.now();
        UUID look = replays().look(PARTNER, since, until, "truc-ca", null);
        var how = new Mends.How(Instant.now(), 60_000, 10);

        UUID mend = mends().beginReplay(look, PARTNER, until, how, "truc-ca", "a test", 3);

        assertThat(mends().one(mend).beyond()).isEqualTo(2);
        awaitState(mend, "DONE");
        Mend seen = mends().one(mend);
        assertThat(List.of(seen.total(), seen.confirmed())).containsExactly(3L, 3L);
        assertThat(seen.good()).isFalse();
        UUID rest = replays().look(PARTNER, since, until, "truc-ca", null);
        assertThat(found(rest)).isEqualTo("2 to apply, 3 already, 0 open, 0 in conflict");
        UUID last = replays().start(rest, how, "truc-ca", "the rest");
        awaitState(last, "DONE");
        assertThat(mends().one(last).beyond()).isZero();
        assertThat(mends().one(last).good()).isTrue();
        assertThat(heard("many")).containsExactly("many-1", "many-2", "many-3", "many-1", "many-2", "many-3");
        assertThat(heard("more")).containsExactly("more-1", "more-2", "more-1", "more-2");
    }

    /** A mend comes to what lies far behind in it hours later, or is of tomorrow: until then it has nothing that a person has dealt with. */
    @Test
    void what_a_person_has_dealt_with_is_taken_by_no_mend_that_has_not_come_to_it_yet() {
        List<String> keys = new ArrayList<>(park(2, "dealt"));
        hub.partners().behave(PARTNER, s -> "ok");
        Stretches stretches = hub.bean(Stretches.class);
        Acts acts = hub.bean(Acts.class);
        var how = new Mends.How(Instant.now(), 60_000, 10);
        UUID retries = begin("odd", 1, 10);
        Hub.within(20).until(() -> mends().one(retries).confirmed() == 1);
        // Nobody looks from here on, as nobody looks yet at what has a place after the next hundreds.
        stretches.pause("mends", "truc-ca", "a test");
        Hub.within(20).until(() -> !looksAtMends());
        try {
            UUID last = hub.id(keys.get(1));
            Instant since = hub.now();
            acts.retry(new Retry(last, "truc-ca", "singly"));
            hub.awaitState(keys.get(1), "CONFIRMED");
            Mend seen = mends().one(retries);
            assertThat(List.of(seen.waiting(), seen.left(), seen.confirmed()))
                    .as("nobody has looked, and it is shown as it is")
                    .containsExactly(0L, 1L, 1L);
            assertThat(mends().all(null, 0, 1)).containsExactly(seen);
            assertThat(mends().items(retries, "WAITING", 0, 10)).isEmpty();
            assertThat(mends().items(retries, "LEFT", 0, 10))
                    .extracting(Mends.Item::message)
                    .containsExactly(last);
            assertThat(mends().held(retries)).as("nothing waits any more").isEmpty();
            Instant until = hub.now();

            UUID replay =
                    replays().start(replays().look(PARTNER, since, until, "truc-ca", null), how, "truc-ca", "lost");

            assertThat(mends().one(replay).waiting()).isEqualTo(1);
            assertThat(mends().items(retries, null, 0, 10))
                    .extracting(Mends.Item::state)
                    .containsExactly("CONFIRMED", "LEFT");

            acts.replay(last, "truc-ca", "singly");
            hub.awaitState(keys.get(1), "CONFIRMED");
            assertThat(mends().items(replay, null, 0, 10))
                    .as("a person has told it")
                    .extracting(Mends.Item::state)
                    .containsExactly("LEFT");

            Instant again = hub.now();
            UUID lost =
                    replays().start(replays().look(PARTNER, since, again, "truc-ca", null), how, "truc-ca", "again");
            hub.db()
                    .sql(
                            "update message set state = 'PARKED', fault = 'odd', last_fault = 'odd', parked_at = clock_timestamp()"
                                    + " where id = ?")
                    .param(last)
                    .update();
            assertThat(mends().busy(wanted("odd"))).isEmpty();
            assertThat(would(null, null, null)).isEqualTo(1);
            assertThat(mends().one(begin("odd", 60_000, 10)).waiting()).isEqualTo(1);
            assertThat(mends().one(lost).left()).isEqualTo(1);
        } finally {
            stretches.resume("mends", "truc-ca", "a test");
        }
    }

    private static boolean looksAtMends() {
        return hub.bean(CamelContext.class)
                .getRouteController()
                .getRouteStatus("mends")
                .isStarted();
    }

    /** Its dialect says no such things, or they held no more: what it was not told it has not heard, and has not lost. */
    @Test
    void what_a_partner_was_not_told_stands_in_no_replay_s_way_and_is_no_part_of_one() {
        hub.partners().behave(PARTNER, s -> s.key().startsWith("said-") ? "ok" : Unasked.NOT_TOLD);
        Instant since = hub.now();
        confirmed("u", "said-1", "unsaid-1");
        confirmed("v", "said-2");
        Instant until = hub.now();
        confirmed("u", "unsaid-2");
        confirmed("v", "said-3");
        Acts acts = hub.bean(Acts.class);

        UUID look = replays().look(PARTNER, since, until, "truc-ca", null);
        assertThat(replays().items(look, null, 0, 10))
                .extracting(item -> item.key() + " " + item.outcome())
                .containsExactly("said-1 APPLY", "said-2 CONFLICT", "said-3 ALREADY");
        UUID mend = replays().start(look, new Mends.How(Instant.now(), 60_000, 10), "truc-ca", "a test");
        awaitState(mend, "DONE");
        assertThat(mends().one(mend).confirmed()).isEqualTo(1);
        assertThat(mends().one(mend).good()).isTrue();
        acts.replay(hub.id("said-1"), "truc-ca", "singly");
        hub.awaitAllConfirmed(PARTNER);
        assertThat(heard("said")).containsExactly("said-1", "said-2", "said-3", "said-1", "said-1");

        hub.partners().behave(PARTNER, s -> Unasked.NO_LONGER_SO);
        acts.replay(hub.id("said-3"), "truc-ca", "singly");
        hub.awaitAllConfirmed(PARTNER);
        assertThatThrownBy(() -> acts.replay(hub.id("said-2"), "truc-ca", "singly"))
                .as("it was told before, and holds no more")
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("heard-later"));
    }

    @Test
    void what_is_closed_without_a_word_to_the_partner_is_counted_apart_and_makes_nothing_green() {
        park(2, "silent");
        long before = untold();
        hub.partners().behave(PARTNER, s -> s.key().equals("silent-1") ? "ok" : Unasked.NOT_TOLD);

        UUID mend = begin("odd", 60_000, 10);

        awaitState(mend, "DONE");
        Mend seen = mends().one(mend);
        assertThat(List.of(seen.total(), seen.confirmed(), seen.untold())).containsExactly(2L, 2L, 1L);
        assertThat(seen.good()).isFalse();
        assertThat(mends().items(mend, null, 0, 10))
                .extracting(item -> item.state() + " " + item.fault())
                .containsExactlyInAnyOrder("CONFIRMED not-told", "CONFIRMED null");
        assertThat(untold() - before).isEqualTo(1);
    }

    private static long untold() {
        return hub.bean(MessageLedger.class).days(0).stream()
                .filter(day -> day.partner().equals(PARTNER))
                .mapToLong(MessageLedger.Day::untold)
                .sum();
    }

    /** Only a person ends that: nothing else waits for it, and the page leads to it. */
    @Test
    void what_comes_after_one_that_is_parked_again_holds_up_nobody_else_and_goes_when_that_has_been_dealt_with() {
        hub.partners().behave(PARTNER, s -> "ok");
        Instant since = hub.now();
        confirmed("after", "after-1", "after-2");
        for (int i = 0; i < 10; i++) {
            confirmed("beside-" + i, "goes-" + i);
        }
        Instant until = hub.now();
        hub.partners().behave(PARTNER, s -> {
            if (s.key().equals("after-1")) {
                throw odd();
            }
            return "ok";
        });
        UUID look = replays().look(PARTNER, since, until, "truc-ca", null);

        UUID mend = replays().start(look, new Mends.How(Instant.now(), 60_000, 100), "truc-ca", "a test");

        Hub.within(30).until(() -> mends().one(mend).confirmed() == 10);
        assertThat(hub.state("after-1") + " " + hub.state("after-2")).isEqualTo("PARKED PENDING");
        assertThat(mends().one(mend).state()).isEqualTo("RUNNING");
        var behind = new Mends.Held(PARTNER, null, "BEHIND_PARKED", 1, hub.id("after-1"));
        assertThat(mends().held(mend)).containsExactly(behind);
        assertThat(mends().items(mend, "SENT", 0, 10))
                .singleElement()
                .satisfies(item -> assertThat(item.behind()).isEqualTo(hub.id("after-1")));
        hub.bean(Lines.class).pause(PARTNER, "truc-ca", "a test");
        assertThat(mends().held(mend)).as("each waits for one thing").containsExactly(behind);
        hub.bean(Lines.class).resume(PARTNER, "truc-ca", "a test");

        hub.partners().behave(PARTNER, s -> "ok");
        hub.bean(Acts.class).retry(new Retry(hub.id("after-1"), "truc-ca", "mended"));
        awaitState(mend, "DONE");
        assertThat(mends().one(mend).confirmed()).isEqualTo(11);
        assertThat(mends().held(mend)).isEmpty();
        assertThat(mends().items(mend, null, 0, 20))
                .extracting(Mends.Item::behind)
                .containsOnlyNulls();
        assertThat(heard("after")).endsWith("after-1", "after-2");
    }

    @Test
    void what_the_partner_hears_of_a_dossier_while_a_replay_waits_makes_the_earlier_a_conflict_and_stops_nothing() {
        hub.partners().behave(PARTNER, s -> "ok");
        Instant since = hub.now();
        confirmed("late", "r-late-1");
        confirmed("later", "r-later-1");
        confirmed("other", "r-other-1");
        Instant until = hub.now();
        UUID look = replays().look(PARTNER, since, until, "truc-ca", null);
        UUID mend =
                replays().start(look, new Mends.How(Instant.now().plusSeconds(3600), 60_000, 10), "truc-ca", "a test");
        confirmed("late", "r-late-2");
        confirmed("later", "r-later-2");
        hub.partners().forget();

        hub.db().sql("update mend set not_before = clock_timestamp()").update();

        awaitState(mend, "DONE");
        assertThat(Hub.keys(hub.partners().heard(PARTNER))).containsExactly("r-other-1");
        Mend seen = mends().one(mend);
        assertThat(List.of(seen.total(), seen.confirmed(), seen.failed(), seen.left(), seen.conflict()))
                .containsExactly(3L, 1L, 0L, 0L, 2L);
        assertThat(seen.good()).isFalse();
        assertThat(seen.percent()).isEqualTo(100);
        assertThat(mends().items(mend, "CONFLICT", 0, 10))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.fault()).isEqualTo("heard-later"))
                .extracting(Mends.Item::sentAt)
                .containsOnlyNulls();
    }

    /** One alone goes by the same rule, and whoever holds the row of an earlier one makes nobody overtake it. */
    @Test
    void a_dry_run_and_a_held_row_let_nothing_be_told_out_of_order() throws Exception {
        hub.partners().behave(PARTNER, s -> "ok");
        Instant since = hub.now();
        confirmed("held", "r-held-1", "r-held-2");
        Instant until = hub.now();
        Acts acts = hub.bean(Acts.class);
        assertThatThrownBy(() -> acts.replay(hub.id("r-held-1"), "truc-ca", "singly"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("heard-later"));
        assertThat(hub.state("r-held-1")).isEqualTo("CONFIRMED");
        var transactions = hub.bean(org.springframework.transaction.support.TransactionTemplate.class);
        UUID look = transactions.execute(t -> {
            UUID id = replays().look(PARTNER, since, until, "truc-ca", null);
            assertThat(inAnother(() -> hub.db()
                            .sql("select seq from message where key = 'r-held-1' for update nowait")
                            .query(Long.class)
                            .single()))
                    .as("nobody waits for a dry run")
                    .isPositive();
            return id;
        });
        UUID mend =
                replays().start(look, new Mends.How(Instant.now().plusSeconds(3600), 60_000, 10), "truc-ca", "a test");
        hub.db().sql("update mend set stage = 3 where id = ?").param(mend).update();
        hub.partners().forget();
        transactions.executeWithoutResult(t -> {
            hub.db()
                    .sql("select seq from message where key = 'r-held-1' for update")
                    .query(Long.class)
                    .single();
            hub.db().sql("select 1").query(Integer.class).single();
            inAnother(() -> {
                hub.db()
                        .sql("update mend set not_before = clock_timestamp(), budget = 100 where id = ?")
                        .param(mend)
                        .update();
                mends().next();
                mends().next();
                return 1L;
            });
            assertThat(inAnother(() -> mends().one(mend).waiting())).isEqualTo(2);
        });
        awaitState(mend, "DONE");
        assertThat(Hub.keys(hub.partners().heard(PARTNER))).containsExactly("r-held-1", "r-held-2");
        acts.replay(hub.id("r-held-2"), "truc-ca", "singly");
        hub.awaitAllConfirmed(PARTNER);
        assertThat(Hub.keys(hub.partners().heard(PARTNER))).containsExactly("r-held-1", "r-held-2", "r-held-2");
    }

    private static long inAnother(Callable<Long> look) {
        var person = Executors.newSingleThreadExecutor();
        try {
            return person.submit(look).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            person.shutdownNow();
        }
    }

    /** The process died, or another node looked, between the commit of what was entered and the note of it. */
    @Test
    void what_a_mend_s_own_retry_has_carried_out_is_confirmed_and_what_others_have_done_is_left() {
        for (String key : List.of("own-1", "own-2")) {
            hub.journal()
                    .park(
                            new Inbound("dvcqg", key, "portal.cancel", Hub.body()),
                            Fault.refused(new Refused(Refused.Ground.RULE, "not-yet", "", "Chưa.", "Not yet.")));
        }
        UUID mend = mends().begin(
                        wanted("not-yet"),
                        new Mends.How(Instant.now().plusSeconds(3600), 60_000, 10),
                        "truc-ca",
                        "mended");
        enter("own-1", "mended");
        enter("own-2", "by myself");

        mends().next();

        assertThat(mends().items(mend, null, 0, 10))
                .extracting(item -> item.state() + " " + (item.sentAt() != null))
                .containsExactly("CONFIRMED true", "LEFT false");
        mends().cancel(mend, "truc-ca", "a test");
    }

    /** Scheduled for the night, and the account was closed, or its right taken away, in the evening. */
    @Test
    void a_mend_whose_maker_may_not_retry_any_more_stops_before_it_tells_anybody() {
        String[] accounts = {"closed", "false", "RETRY@*", "narrowed", "true", "SEE@* RETRY@another"};
        for (int n = 0; n < accounts.length; n += 3) {
            hub.db()
                    .sql("insert into account (name, password, role, enabled, rights)"
                            + " values (:name, '{noop}-', 'OPERATOR', cast(:enabled as boolean), :rights)")
                    .param("name", accounts[n])
                    .param("enabled", accounts[n + 1])
                    .param("rights", accounts[n + 2])
                    .update();
        }
        for (String maker : List.of("closed", "narrowed", "was-never-there")) {
            String key = "mandate-" + maker;
            hub.journal()
                    .park(
                            new Inbound("dvcqg", key, "portal.cancel", Hub.body()),
                            Fault.refused(new Refused(Refused.Ground.RULE, "not-yet", "", "Chưa.", "Not yet.")));
            UUID mend = mends().begin(wanted("not-yet"), new Mends.How(Instant.now(), 60_000, 10), maker, "over night");
            awaitState(mend, "STOPPED");
            assertThat(mends().one(mend).stopped())
                    .extracting(Text::vi)
                    .asString()
                    .contains("không còn quyền");
            assertThat(mends().items(mend, null, 0, 10))
                    .extracting(Mends.Item::state)
                    .doesNotContain("SENT", "CONFIRMED", "FAILED");
            hub.bean(Acts.class).discard(hub.id(key), "truc-ca", "a test");
        }
        hub.db().sql("delete from account where name in ('closed', 'narrowed')").update();
    }

    @Test
    void who_reads_weeks_may_take_minutes_and_the_connection_goes_back_as_it_was() throws SQLException {
        DataSource database = hub.bean(DataSource.class);
        hub.bean(org.springframework.transaction.support.TransactionTemplate.class)
                .executeWithoutResult(t -> {
                    hub.bean(LongReads.class).begin();
                    assertThat(hub.db()
                                    .sql("show statement_timeout")
                                    .query(String.class)
                                    .single())
                            .isEqualTo("5min");
                    try {
                        assertThat(DataSourceUtils.getConnection(database).getNetworkTimeout())
                                .isGreaterThan(300_000);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
        for (int n = 0; n < 20; n++) {
            try (Connection connection = database.getConnection()) {
                assertThat(connection.getNetworkTimeout()).isEqualTo(40_000);
            }
        }
        assertThat(hub.db().sql("show statement_timeout").query(String.class).single())
                .isEqualTo("30s");
    }

    private static void enter(String key, String reason) {
        hub.bean(org.springframework.transaction.support.TransactionTemplate.class)
                .executeWithoutResult(t -> {
                    var in = (Inbound) hub.bean(Acts.class).retry(new Retry(hub.id(key), "truc-ca", reason));
                    hub.journal().once(in, Hub::body);
                });
    }

    private static Replays replays() {
        return hub.bean(Replays.class);
    }

    private static String found(UUID look) {
        Replay seen = replays().one(look);
        return seen.apply() + " to apply, " + seen.already() + " already, " + seen.open() + " open, " + seen.conflict()
                + " in conflict";
    }

    private static void confirmed(String dossier, String... keys) {
        hub.tell(PARTNER, dossier, keys);
        for (String key : keys) {
            hub.awaitState(key, "CONFIRMED");
        }
    }

    private static Mends mends() {
        return hub.bean(Mends.class);
    }

    private static Mends.Wanted wanted(String code) {
        return new Mends.Wanted(null, code, null, null, null, null, null);
    }

    private static UUID begin(String code, int perMinute, int mostFailed) {
        return mends().begin(wanted(code), new Mends.How(Instant.now(), perMinute, mostFailed), "truc-ca", "mended");
    }

    private static void awaitState(UUID mend, String state) {
        Hub.within(30)
                .untilAsserted(() -> assertThat(mends().one(mend).state())
                        .as(() -> mends().one(mend).toString())
                        .isEqualTo(state));
    }

    private static Refused odd() {
        return new Refused(Refused.Ground.MALFORMED, "odd", "", "Lạ.", "Odd.");
    }

    /** Each of another dossier, so that none waits for another. */
    private static List<String> park(int count, String name) {
        return park(PARTNER, count, name);
    }

    private static List<String> park(String partner, int count, String name) {
        hub.partners().behave(partner, s -> {
            throw odd();
        });
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(name + "-" + i);
            hub.tell(partner, UUID.randomUUID().toString(), name + "-" + i);
        }
        Hub.within(60).until(() -> count("state = 'PARKED' and key like '" + name + "-%'") == count);
        hub.partners().forget();
        return keys;
    }

    private static List<String> heard(String name) {
        return Hub.keys(hub.partners().heard(PARTNER)).stream()
                .filter(key -> key.startsWith(name + "-"))
                .toList();
    }

    private static long sent() {
        return hub.db()
                .sql("select count(*) from mend_item where sent_at is not null and mend ="
                        + " (select id from mend where ended_at is null order by made_at desc limit 1)")
                .query(Long.class)
                .single();
    }

    private static long count(String where) {
        return hub.db()
                .sql("select count(*) from message where " + where)
                .query(Long.class)
                .single();
    }
}
