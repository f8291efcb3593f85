package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.journal.Hub.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Unavailable;

/**
 * A partner is away for two hours. The hours are simulated: what was said to it in each of their seconds is in the journal
 * with that second's time, and its line has been held since their beginning.
 *
 * <p>{@code -Drate=50} messages a second is the long run: {@code ./verify --long}. It prints how the other partners fared
 * meanwhile, held against before and after: how far these two are apart is what the machine alone makes of it. A tenth more
 * at most is what the long run allows; the short one has too few for that. What neither allows is that others wait for the partner
 * that is away, which takes what it is told and says nothing: on each of its connections at first, and at every other probe.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LongOutageTest {

    private static final int SECONDS = 2 * 60 * 60;
    private static final int RATE = Integer.getInteger("rate", 1);
    private static final int MESSAGES = SECONDS * RATE;
    private static final int OF_A_DOSSIER = 8;
    private static final boolean LONG = RATE > 1;
    private static final int ASKED = LONG ? 400 : 80;
    private static final double DISTURBED = 1.1;

    /** Others' p95 in milliseconds, however busy the machine: who waits for the partner that is away waits for longer. */
    private static final double KEPT_WAITING = 1000;

    private static final Duration TIME_OUT = Duration.ofSeconds(1);

    /** So many are on their way to it at once, by its row. */
    private static final int CONNECTIONS = 4;

    private static final String TOGETHER = "together";
    private static final String AWAY = "opencps";
    private static final List<String> OTHERS =
            List.of("dvcqg", "lgsp", "trung-tam-hcc", "ubnd-dong-ha", "webhook-portal");

    /** What is told before may be so much too little or too much. */
    private static final int FORESEEN = 10;

    private static Hub hub;

    private final AtomicInteger flow = new AtomicInteger();

    @BeforeAll
    static void start() {
        hub = new Hub(Map.of());
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void an_outage_of_hours_is_one_incident_and_loses_doubles_parks_and_disturbs_nothing() throws Exception {
        if (LONG) {
            whileItFlows("warming up");
        }
        Map<String, Double> before = whileItFlows("before");
        sample();

        var tries = new AtomicInteger();
        var waiting = new CountDownLatch(CONNECTIONS);
        var timeOut = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        hub.partners().behave(AWAY, s -> {
            int no = tries.getAndIncrement();
            if (no < CONNECTIONS) {
                waiting.countDown();
                await(timeOut, Duration.ofMinutes(1));
            } else if (no % 2 == 0) {
                await(over, TIME_OUT);
            }
            throw new Unavailable("partner-silent", "không trả lời", "no answer");
        });
        for (int n = 0; n < CONNECTIONS; n++) {
            hub.tell(AWAY, "first" + n, "first" + n + "-0");
        }
        within(20).until(() -> waiting.getCount() == 0);
        Map<String, Double> silent = whileItFlows("silent");
        assertThat(hub.lineState(AWAY)).as("nobody knows yet").isEqualTo("OPEN");
        timeOut.countDown();
        within(20).until(() -> !hub.lineState(AWAY).equals("OPEN"));
        within(20).until(() -> incidents().size() == 1);
        hub.db()
                .sql("update line set since = since - interval '2 hours' where partner = ?")
                .param(AWAY)
                .update();
        hub.db()
                .sql(
                        "update incident set began_at = began_at - interval '2 hours' where ended_at is null and partner = ?")
                .param(AWAY)
                .update();
        sayWhatTwoHoursSay();
        // The first probe waits too.
        within(20).until(() -> tries.get() > CONNECTIONS);
        Map<String, Double> during = whileItFlows("during");

        assertThat(OTHERS).allSatisfy(other -> assertThat(hub.lineState(other)).isEqualTo("OPEN"));
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.endedAt()).isNull();
            assertThat(incident.waiting()).isGreaterThanOrEqualTo(MESSAGES);
            assertThat(incident.failures()).isLessThan(1000);
        });
        Duration foreseen = incidents().get(0).drain();
        assertThat(foreseen).as("it is known how long it takes").isNotNull();

        Map<String, AtomicLong> heard = new java.util.concurrent.ConcurrentHashMap<>();
        Map<String, List<Integer>> order = new java.util.concurrent.ConcurrentHashMap<>();
        hub.partners().behave(AWAY, s -> {
            heard.computeIfAbsent(s.key(), k -> new AtomicLong()).incrementAndGet();
            String[] name = s.key().split("-");
            order.computeIfAbsent(name[0], k -> java.util.Collections.synchronizedList(new ArrayList<>()))
                    .add(Integer.parseInt(name[1]));
            return "ok";
        });
        over.countDown();
        long back = System.nanoTime();
        within(20).until(() -> hub.lineState(AWAY).equals("OPEN"));
        Map<String, Double> draining = p95OfTheOthers("draining");
        within(3600).pollInterval(Duration.ofSeconds(1)).until(() -> open() == 0);
        long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - back);

        if (LONG) {
            whileItFlows("after");
        }
        Map<String, Double> usual = p95("before", "after");

        System.out.printf(
                "LongOutageTest: %d messages waited, drained in %d s (%d/s), %d s were foreseen%n",
                MESSAGES, took, MESSAGES / Math.max(1, took), foreseen.toSeconds());
        assertThat(foreseen.toSeconds())
                .as("how long it was said to take, which was " + took + " s")
                .isBetween(took / FORESEEN, (took + 1) * FORESEEN);
        System.out.printf(
                "LongOutageTest: p95 in ms of %s; times of %s%n%s%s%s%s%s",
                String.join(" ", usual.keySet()),
                LONG ? "before and after together" : "before",
                compared("before", before, usual),
                compared("while it said nothing", silent, usual),
                compared("while it was away", during, usual),
                compared("while it drained", draining, usual),
                LONG ? compared("after", p95("after"), usual) : "");
        assertThat(Stream.of(silent, during, draining).map(p95 -> p95.get(TOGETHER)))
                .as("others' p95 while it said nothing, was away, drained")
                .allMatch(p95 -> p95 < KEPT_WAITING);
        if (LONG) {
            double most = DISTURBED * usual.getOrDefault(TOGETHER, 0.0);
            assertThat(during.get(TOGETHER)).as("others' p95 while it was away").isLessThanOrEqualTo(most);
            assertThat(draining.get(TOGETHER))
                    .as("others' p95 while it drained")
                    .isLessThanOrEqualTo(most);
        }
        within(20).until(() -> incidents().get(0).endedAt() != null);
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.mostWaited()).isGreaterThanOrEqualTo(MESSAGES);
            assertThat(Duration.between(incident.beganAt(), incident.endedAt())).isGreaterThan(Duration.ofHours(2));
        });
        within(60).until(() -> open() == 0);
        assertThat(heard.keySet()).as("nothing lost, nothing else").isEqualTo(toldSinceItWasAway());
        assertThat(heard.values()).as("nothing doubled").allMatch(count -> count.get() == 1);
        assertThat(order.values())
                .as("in their order")
                .allSatisfy(all -> assertThat(all).isSorted());
        assertThat(hub.db()
                        .sql("select count(*) from message where state = 'PARKED'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static void await(CountDownLatch end, Duration atMost) {
        try {
            end.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By their keys: what the two hours say, what flowed since, and the first, each of which was told to it. */
    private static Set<String> toldSinceItWasAway() {
        Set<String> keys = new TreeSet<>();
        IntStream.range(0, CONNECTIONS).mapToObj(n -> "first" + n + "-0").forEach(keys::add);
        IntStream.range(0, MESSAGES)
                .mapToObj(n -> "d" + n / OF_A_DOSSIER + "-" + n % OF_A_DOSSIER)
                .forEach(keys::add);
        keys.addAll(hub.db()
                .sql("select key from message where direction = 'OUT' and partner = :partner and key like 'flow%'"
                        + " and seq > (select seq from message where key = 'first0-0')")
                .param("partner", AWAY)
                .query(String.class)
                .list());
        return keys;
    }

    /** As once a minute, while nothing waits. */
    private static void sample() {
        within(20).until(() -> open() == 0);
        hub.db().sql("delete from sample").update();
        hub.bean(Samples.class).keep();
        // The hours that are simulated come after it.
        hub.db().sql("update sample set at = at - interval '130 minutes'").update();
    }

    private List<Incidents.Incident> incidents() {
        return hub.bean(Incidents.class).all(Set.of(AWAY), 0, 10);
    }

    private static long open() {
        return hub.db()
                .sql(
                        "select count(*) from message where direction = 'OUT' and state in ('PENDING', 'QUEUED', 'PARKED')")
                .query(Long.class)
                .single();
    }

    private static void sayWhatTwoHoursSay() {
        hub.db()
                .sql("""
                        insert into message (id, direction, partner, key, kind, message_group, subject, body, state, created_at)
                        select gen_random_uuid(), 'OUT', :partner, 'd' || n / :each || '-' || n % :each, 'progress',
                            'd' || n / :each, 'HS-' || n / :each, '{}', 'PENDING',
                            clock_timestamp() - interval '2 hours' + make_interval(secs => n / :rate)
                        from generate_series(0, :count - 1) n order by n
                        """)
                .param("partner", AWAY)
                .param("each", OF_A_DOSSIER)
                .param("rate", (double) RATE)
                .param("count", MESSAGES)
                .update();
    }

    private static String compared(String when, Map<String, Double> now, Map<String, Double> usual) {
        return "  %s: %s; %s times%n"
                .formatted(
                        when,
                        shown(now.values().stream()),
                        shown(now.keySet().stream()
                                .map(who -> now.getOrDefault(who, 0.0) / usual.getOrDefault(who, 1.0))));
    }

    private static String shown(Stream<Double> numbers) {
        return numbers.map("%.2f"::formatted).collect(Collectors.joining(" "));
    }

    /** While as much is said to the partner that is away as in the two hours. */
    private Map<String, Double> whileItFlows(String name) throws Exception {
        var clock = Executors.newSingleThreadScheduledExecutor();
        try {
            var saying = clock.scheduleAtFixedRate(
                    () -> sayOneMore(flow.getAndIncrement()), 0, 1_000_000 / RATE, TimeUnit.MICROSECONDS);
            Map<String, Double> p95 = p95OfTheOthers(name);
            assertThat(saying.isDone()).as("what is said failed").isFalse();
            return p95;
        } finally {
            clock.shutdown();
            clock.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static void sayOneMore(int n) {
        String dossier = "flow" + n / OF_A_DOSSIER;
        hub.tell(AWAY, dossier, dossier + "-" + n);
    }

    /** From commit to confirmation, as the journal has it, one after the other of each: in milliseconds. */
    private static Map<String, Double> p95OfTheOthers(String name) {
        for (int n = 0; n < ASKED; n++) {
            String key = name + "-" + n;
            OTHERS.forEach(other -> hub.tell(other, name, key));
            within(20).until(() -> confirmed(key) == OTHERS.size());
        }
        return p95(name);
    }

    /** Of each, and of all of them together. */
    private static Map<String, Double> p95(String... names) {
        Map<String, Double> all = new TreeMap<>();
        hub.db()
                .sql("select coalesce(partner, :together) as who, percentile_cont(0.95) within group"
                        + " (order by extract(epoch from closed_at - created_at) * 1000) as p95 from message"
                        + " where partner in (:others) and direction = 'OUT' and split_part(key, '-', 1) in (:names)"
                        + " group by grouping sets ((partner), ())")
                .param("together", TOGETHER)
                .param("others", OTHERS)
                .param("names", List.of(names))
                .query(row -> {
                    all.put(row.getString("who"), row.getDouble("p95"));
                });
        return all;
    }

    private static int confirmed(String key) {
        return hub.db()
                .sql("select count(*) from message where partner in (:others) and direction = 'OUT' and key = :key"
                        + " and state = 'CONFIRMED'")
                .param("others", OTHERS)
                .param("key", key)
                .query(Integer.class)
                .single();
    }
}
