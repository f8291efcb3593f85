package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.Refused;
import vn.bocau.wire.http.OwnHub;

/** The feed on real PostgreSQL: a cursor neither skips nor repeats, whoever else writes at the time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedTest {

    private static final int WRITERS = 8;
    private static final int TRANSACTIONS = 60;
    private static final int LINES = 10;

    private static OwnHub hub;
    private static JdbcClient db;
    private static Feed feed;
    private static Journal journal;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        hub = new OwnHub(Map.of());
        db = hub.db();
        feed = hub.bean(Feed.class);
        journal = hub.bean(Journal.class);
        transaction = new TransactionTemplate(hub.bean(PlatformTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void every_event_is_read_once_and_in_order_while_eight_write_and_commit_slowly() throws Exception {
        String partner = partner();
        Set<String> committed = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
        try {
            List<Future<Void>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(w -> threads.submit((Callable<Void>) () -> write(partner, w, committed)))
                    .toList();
            List<Future<List<Feed.Entry>>> readers = IntStream.range(0, 2)
                    .mapToObj(r -> threads.submit(() -> readAll(partner, r, writers)))
                    .toList();

            for (Future<List<Feed.Entry>> reader : readers) {
                List<Feed.Entry> read = reader.get();
                assertThat(read).extracting(Feed.Entry::subject).doesNotHaveDuplicates();
                assertThat(read)
                        .extracting(e -> String.valueOf(e.subject()))
                        .containsExactlyInAnyOrderElementsOf(committed);
                assertThat(read).extracting(Feed.Entry::position).isSorted();
                assertThat(eachLine(read))
                        .allSatisfy((line, numbers) ->
                                assertThat(numbers).as("line " + line).isSorted());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(committed).hasSizeGreaterThan(WRITERS * TRANSACTIONS / 2);
        assertThat(states(partner)).containsOnlyKeys("CONFIRMED");
    }

    @Test
    void what_is_read_is_confirmed_by_asking_for_what_comes_after_it() {
        String partner = partner();
        tell(partner, "a-1", "a-2", "a-3");

        List<Feed.Entry> first = feed.page(partner, 0, 2).entries();
        assertThat(first).extracting(Feed.Entry::subject).containsExactly("a-1", "a-2");
        assertThat(states(partner)).isEqualTo(Map.of("QUEUED", 3L));

        Feed.Page second = feed.page(partner, first.get(1).position(), 2);

        assertThat(second.entries()).extracting(Feed.Entry::subject).containsExactly("a-3");
        assertThat(second.left()).isEqualTo(1);
        feed.page(partner, first.get(1).position(), 2);
        assertThat(hub.bean(MeterRegistry.class)
                        .get("bocau.message.confirmed")
                        .tag("partner", partner)
                        .timer()
                        .count())
                .as("each is counted once, however often the page is asked for")
                .isEqualTo(2);
        assertThat(states(partner)).isEqualTo(Map.of("CONFIRMED", 2L, "QUEUED", 1L));
        assertThat(db.sql("select count(*) from message where partner = :p and state = 'CONFIRMED'"
                                + " and closed_at is not null and answer is not null")
                        .param("p", partner)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void who_goes_back_reads_the_same_again() {
        String partner = partner();
        tell(partner, "a-1", "a-2");
        List<Feed.Entry> all = feed.page(partner, 0, 10).entries();
        feed.page(partner, all.get(1).position(), 10);

        assertThat(feed.page(partner, 0, 10).entries()).isEqualTo(all);
        assertThat(feed.page(partner, all.get(0).position(), 10).entries()).isEqualTo(all.subList(1, 2));
    }

    @Test
    void a_cursor_ahead_of_everything_is_refused_and_confirms_nothing() {
        String partner = partner();
        tell(partner, "a-1");
        long last = feed.page(partner, 0, 1).entries().get(0).position();

        assertThatThrownBy(() -> feed.page(partner, last + 1, 1))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("cursor-ahead"));

        assertThat(states(partner)).isEqualTo(Map.of("QUEUED", 1L));
        assertThat(feed.page(partner, last, 1).entries()).isEmpty();
    }

    /** A partner that fetches may never come again. */
    @Test
    void what_is_given_up_is_read_no_more_and_every_cursor_stays_good() {
        String partner = partner();
        tell(partner, "a-1", "a-2", "a-3");
        List<Feed.Entry> all = feed.page(partner, 0, 10).entries();
        hub.bean(Acts.class).discard(all.get(0).id(), "truc-ca", "a test");
        hub.bean(Acts.class).discard(all.get(2).id(), "truc-ca", "a test");

        Feed.Page page = feed.page(partner, 0, 10);
        assertThat(page.entries()).isEqualTo(all.subList(1, 2));
        assertThat(page.left()).isEqualTo(1);
        assertThat(feed.about(partner, "a-1", Set.of())).isEmpty();
        assertThat(feed.page(partner, all.get(2).position(), 10).entries()).isEmpty();
        assertThat(states(partner)).isEqualTo(Map.of("CONFIRMED", 1L, "DISCARDED", 2L));
        assertThatThrownBy(() -> hub.bean(Acts.class).discard(all.get(1).id(), "truc-ca", "a test"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("not-open"));
    }

    @Test
    void who_confirms_what_is_being_given_up_waits_and_confirms_it_no_more() throws Exception {
        String partner = partner();
        tell(partner, "a-1");
        Feed.Entry one = feed.page(partner, 0, 10).entries().get(0);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Feed.Page> asks = transaction.execute(tx -> {
                hub.bean(Acts.class).discard(one.id(), "truc-ca", "a test");
                Future<Feed.Page> confirms = reader.submit(() -> feed.page(partner, one.position(), 10));
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> db.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                                + " and query like 'update message set state = ''CONFIRMED''%'")
                                        .query(Long.class)
                                        .single()
                                > 0);
                return confirms;
            });
            assertThat(asks.get().entries()).isEmpty();
        } finally {
            reader.shutdownNow();
        }
        assertThat(states(partner)).isEqualTo(Map.of("DISCARDED", 1L));
    }

    @Test
    void partners_read_their_own_alone() {
        String one = partner();
        String other = partner();
        tell(one, "a-1");
        tell(other, "b-1");

        assertThat(feed.page(one, 0, 10).entries())
                .extracting(Feed.Entry::subject)
                .containsExactly("a-1");
        assertThat(feed.about(other, "a-1", Set.of())).isEmpty();
        assertThat(states(other)).isEqualTo(Map.of("QUEUED", 1L));
    }

    @Test
    void what_is_about_one_thing_is_found_by_its_subject_or_its_group_and_confirms_nothing() {
        String partner = partner();
        tell(partner, "a-1", "b-1");

        assertThat(feed.about(partner, "a-1", Set.of()))
                .extracting(Feed.Entry::subject)
                .containsExactly("a-1");
        assertThat(feed.about(partner, "none", Set.of("b-1")))
                .extracting(Feed.Entry::subject)
                .containsExactly("b-1");
        assertThat(states(partner)).isEqualTo(Map.of("QUEUED", 2L));
    }

    /** As one that asks how each order of its own stands, and never for a page: what waits for it waits for ever. */
    @Test
    void who_asks_for_single_things_alone_has_not_stopped_fetching_and_who_fetched_before_has() {
        String partner = partner();
        Records records = hub.bean(Records.class);
        Standing standing = hub.bean(Standing.class);
        tell(partner, "a-1");
        db.sql("update message set created_at = created_at - interval '5 hours' where partner = ?")
                .param(partner)
                .update();
        assertThat(records.singly()).doesNotContain(partner);
        assertThat(standing.unfetched(Set.of(partner))).hasSize(1);

        feed.about(partner, "a-1", Set.of());
        assertThat(records.singly()).contains(partner);
        assertThat(standing.unfetched(Set.of(partner))).isEmpty();

        feed.page(partner, 0, 10);
        assertThat(records.singly()).doesNotContain(partner);
        assertThat(standing.unfetched(Set.of(partner))).hasSize(1);
        db.sql(
                        "update feed_asked set page_at = page_at - interval '31 days', singly_at = singly_at - interval '15 hours'"
                                + " where partner = ?")
                .param(partner)
                .update();
        assertThat(records.singly()).as("its people rest").contains(partner);
        assertThat(standing.unfetched(Set.of(partner))).isEmpty();
        db.sql("update feed_asked set singly_at = singly_at - interval '15 days' where partner = ?")
                .param(partner)
                .update();
        assertThat(records.singly()).as("it asks for nothing any more").doesNotContain(partner);
    }

    /** Its whole history may be millions, and there are twenty connections for all. */
    @Test
    void who_asks_about_one_thing_has_not_all_read_that_it_was_ever_told() {
        String partner = partner();
        db.sql(
                        "insert into message (id, direction, partner, key, kind, message_group, subject, body, state, feed_position)"
                                + " select gen_random_uuid(), 'OUT', :p, n::text, 'progress', n::text, n::text, '{}', 'CONFIRMED',"
                                + " nextval('feed_position') from generate_series(1, 5000) n")
                .param("p", partner)
                .update();
        db.sql("analyze message").update();

        assertThat(db.sql("explain " + Feed.ABOUT)
                        .param("partner", partner)
                        .param("subject", "none")
                        .param("groups", new String[] {"7"})
                        .query(String.class)
                        .list()
                        .toString())
                .contains("message_subject", "message_group_seq")
                .doesNotContain("Seq Scan", "message_feed");
    }

    /** A mend tells several at once: between a row and its commit the partner asks. */
    @Test
    void what_is_told_again_while_the_partner_fetches_comes_before_what_was_told_after_it() throws Exception {
        String partner = partner();
        UUID first = heard(partner, "d-1");
        long last = feed.page(partner, 0, 10).entries().get(0).position();
        transaction.executeWithoutResult(tx -> journal.tell(message(partner, "d", "d-2")));
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Feed.Page> fetching = transaction.execute(tx -> {
                hub.bean(Acts.class).replay(first, "truc-ca", "a test");
                Future<Feed.Page> asks = reader.submit(() -> feed.page(partner, last, 10));
                await().atMost(Duration.ofSeconds(20)).until(() -> asks.isDone() || waits());
                return asks;
            });
            List<Feed.Entry> read = new ArrayList<>(fetching.get().entries());
            long cursor = read.get(read.size() - 1).position();
            read.addAll(feed.page(partner, cursor, 10).entries());
            assertThat(read).extracting(Feed.Entry::subject).containsExactly("d-1", "d-2");
        } finally {
            reader.shutdownNow();
        }
    }

    /** As the relay does, which has the turn when it takes rows: the other way round, each would wait for the other. */
    @Test
    void who_tells_again_waits_for_the_turn_before_the_row() throws Exception {
        String partner = partner();
        UUID first = heard(partner, "d-1");
        ExecutorService person = Executors.newSingleThreadExecutor();
        try {
            Future<?> replay = transaction.execute(tx -> {
                hub.bean(Relay.class).turnOf(partner);
                Future<?> acts = person.submit(() -> hub.bean(Acts.class).replay(first, "truc-ca", "a test"));
                await().atMost(Duration.ofSeconds(20)).until(FeedTest::waits);
                assertThat(db.sql("select seq from message where id = :id for update nowait")
                                .param("id", first)
                                .query(Long.class)
                                .list())
                        .hasSize(1);
                return acts;
            });
            replay.get();
        } finally {
            person.shutdownNow();
        }
        assertThat(states(partner)).isEqualTo(Map.of("PENDING", 1L));
    }

    private static UUID heard(String partner, String key) {
        transaction.executeWithoutResult(tx -> journal.tell(message(partner, "d", key)));
        feed.page(partner, feed.page(partner, 0, 1).entries().get(0).position(), 1);
        return db.sql("select id from message where partner = :p and key = :key")
                .param("p", partner)
                .param("key", key)
                .query(UUID.class)
                .single();
    }

    private static boolean waits() {
        return db.sql("select count(*) from pg_stat_activity"
                                + " where wait_event_type = 'Lock' and query like '%pg_advisory_xact_lock%'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** One transaction after the other: the line's lock, a few messages, some time, and mostly a commit. */
    private static Void write(String partner, int writer, Set<String> committed) {
        var random = new Random(writer);
        for (int i = 0; i < TRANSACTIONS; i++) {
            int line = random.nextInt(LINES);
            boolean fails = random.nextInt(10) == 0;
            int many = 1 + random.nextInt(3);
            double slow = random.nextInt(4) == 0 ? 0.03 : 0.002;
            transaction.executeWithoutResult(tx -> {
                db.sql("select pg_advisory_xact_lock(hashtext(:line))")
                        .param("line", partner + line)
                        .query((row, n) -> n)
                        .single();
                List<String> told = new ArrayList<>();
                for (int n = 0; n < many; n++) {
                    String key = line + "-" + System.nanoTime();
                    journal.tell(message(partner, String.valueOf(line), key));
                    told.add(key);
                }
                db.sql("select pg_sleep(:slow)")
                        .param("slow", slow)
                        .query((row, n) -> n)
                        .single();
                if (fails) {
                    tx.setRollbackOnly();
                } else {
                    committed.addAll(told);
                }
            });
        }
        return null;
    }

    /** Pages all the time, in pages of any size, until nobody writes any more and the feed is at its end. */
    private static List<Feed.Entry> readAll(String partner, int seed, List<Future<Void>> writers) {
        var random = new Random(seed);
        List<Feed.Entry> read = new ArrayList<>();
        long cursor = 0;
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        while (Instant.now().isBefore(end)) {
            boolean quiet = writers.stream().allMatch(Future::isDone);
            List<Feed.Entry> page =
                    feed.page(partner, cursor, 1 + random.nextInt(9)).entries();
            read.addAll(page);
            cursor = page.isEmpty() ? cursor : page.get(page.size() - 1).position();
            if (quiet && page.isEmpty()) {
                return read;
            }
        }
        throw new AssertionError("the feed has no end");
    }

    private static Map<String, List<Long>> eachLine(List<Feed.Entry> read) {
        Map<String, List<Long>> lines = new HashMap<>();
        read.forEach(e -> {
            String[] key = String.valueOf(e.subject()).split("-");
            lines.computeIfAbsent(key[0], l -> new ArrayList<>()).add(Long.valueOf(key[1]));
        });
        return lines;
    }

    private static void tell(String partner, String... subjects) {
        transaction.executeWithoutResult(tx -> {
            for (String subject : subjects) {
                journal.tell(message(partner, subject, subject));
            }
        });
    }

    private static Outbound message(String partner, String line, String key) {
        return new Outbound(
                partner,
                line,
                "progress",
                key,
                key,
                JsonNodeFactory.instance.objectNode().put("says", key));
    }

    private static Map<String, Long> states(String partner) {
        Map<String, Long> states = new HashMap<>();
        db.sql("select state, count(*) as n from message where partner = :p group by state")
                .param("p", partner)
                .query(row -> {
                    states.put(row.getString("state"), row.getLong("n"));
                });
        return states;
    }

    private static String partner() {
        return "fetching-" + UUID.randomUUID();
    }
}
