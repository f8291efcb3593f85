package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;
import vn.bocau.alert.Silences;
import vn.bocau.dossier.Oversight;
import vn.bocau.journal.Incidents;
import vn.bocau.journal.Partners;
import vn.bocau.journal.Records;
import vn.bocau.journal.Samples;
import vn.bocau.journal.Standing;
import vn.bocau.journey.Http;
import vn.bocau.wire.http.OwnHub;
import vn.bocau.wire.http.Visitor;

/**
 * How fast the console answers with a half year's events in the database, over HTTP and from the hub's own PostgreSQL. Not one
 * of the tests: {@code ./verify -Dtest=ConsoleBench}; docs/performance.md tells how, and what came out.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsoleBench {

    /** Messages, attempts, handlings and words of one dossier, on the average. */
    private static final double EVENTS_OF_A_DOSSIER = 35.6;

    private static final long EVENTS = Long.getLong("bench.events", 10_000_000);
    private static final long DOSSIERS = Math.round(EVENTS / EVENTS_OF_A_DOSSIER);
    private static final int WAITING = Integer.getInteger("bench.waiting", 360_000);
    private static final int LOOKUPS = Integer.getInteger("bench.lookups", 300);
    private static final int TIMES = 20;

    /** What the lens promises. */
    private static final Duration LENS = Duration.ofMillis(500);

    private static final Map<String, String> OPERATOR = Http.basic("truc-ca", "truc-ca-sandbox");
    private static final Path FIGURES = Path.of("target/figures/console.txt");

    private final List<String> table = new ArrayList<>();

    @Test
    void the_console_is_quick_with_a_half_years_events() throws Exception {
        Path data =
                Path.of(System.getProperty("bench.data", "target/bench-data")).toAbsolutePath();
        Map<String, Object> settings = Map.of("bocau.data", data, "bocau.map.look", "1d", "bocau.silence.look", "1d");
        try (OwnHub hub = new OwnHub(settings, Partners.class)) {
            if (count(hub, "select count(*) from dossier") < DOSSIERS) {
                halfYear(hub).fill(DOSSIERS, System.out::println);
            }
        }
        Map<String, Double> lens = new TreeMap<>();
        // Begun anew: nothing is in PostgreSQL's own memory yet.
        try (OwnHub hub = new OwnHub(settings, Partners.class)) {
            say("%,d messages, %,d attempts, %,d handlings, %,d words of %,d dossiers; %s on disk%n"
                    .formatted(
                            count(hub, "select count(*) from message"),
                            count(hub, "select count(*) from attempt"),
                            count(hub, "select count(*) from handling"),
                            count(hub, "select count(*) from dossier_event"),
                            count(hub, "select count(*) from dossier"),
                            hub.db()
                                    .sql("select pg_size_pretty(pg_database_size(current_database()))")
                                    .query(String.class)
                                    .single()));
            say("%-58s %6s %9s %9s %9s".formatted("", "n", "p50 ms", "p95 ms", "p99 ms"));
            lookups(hub, lens);
            pages(hub);
            clocks(hub, "");
            halfYear(hub).outage(WAITING);
            clocks(hub, ", %,d waiting".formatted(WAITING));
            pages(hub);
        }
        Files.createDirectories(FIGURES.getParent());
        Files.write(FIGURES, table);
        assertThat(lens).as("kinds of look-up").hasSizeGreaterThan(2 * HalfYear.FINDS.size());
        assertThat(lens)
                .allSatisfy((what, p95) -> assertThat(p95).as("p95 of " + what).isLessThan(LENS.toMillis()));
    }

    /** Each kind by itself: the quick ones, of which there are many, hide no slow one. */
    private void lookups(OwnHub hub, Map<String, Double> lens) throws Exception {
        List<Long> some = new Random(7).longs(LOOKUPS, 1, DOSSIERS).boxed().toList();
        List<Long> heavy = new Random(8)
                .longs(LOOKUPS / 10, 1, Math.max(2, DOSSIERS / 1000))
                .mapToObj(n -> n * 1000)
                .filter(n -> n < DOSSIERS)
                .toList();
        var visitor = new Visitor(hub);
        visitor.signIn("truc-ca", "truc-ca-sandbox");
        String form = "_csrf=" + token(visitor.get("/console/lens").body()) + "&find=";
        for (String what : HalfYear.FINDS.keySet().stream().sorted().toList()) {
            List<String> texts = halfYear(hub).texts(HalfYear.FINDS.get(what), some);
            for (String warmth : List.of(", cold", ", warm")) {
                p95(
                        lens,
                        "lens by " + what + warmth,
                        texts,
                        text -> found(visitor, visitor.post("/console/lens", form + text)));
            }
        }
        List<Long> others = new Random(9).longs(LOOKUPS, 1, DOSSIERS).boxed().toList();
        for (String warmth : List.of(", cold", ", warm")) {
            p95(lens, "page of a dossier" + warmth, others, i -> visitor.get("/console/dossiers/" + id(hub, i)));
        }
        for (String warmth : List.of(", cold", ", warm")) {
            p95(
                    lens,
                    "the same with 200 messages more" + warmth,
                    heavy,
                    i -> visitor.get("/console/dossiers/" + id(hub, i)));
        }
        p95(lens, "API of a dossier, with its password", others, i -> dossier(hub, i));
    }

    private <T> void p95(Map<String, Double> lens, String what, List<T> all, Act<T> act) throws Exception {
        lens.put(what, at(timed(what, all, act), 0.95));
    }

    /** With the page that the find leads to: before, nobody has seen anything. */
    private static HttpResponse<String> found(Visitor visitor, HttpResponse<String> answer) throws Exception {
        Optional<String> next = answer.headers().firstValue("Location");
        return next.isEmpty() ? answer : visitor.get(next.get().replaceFirst("^https?://[^/]+", ""));
    }

    private void pages(OwnHub hub) throws Exception {
        var visitor = new Visitor(hub);
        visitor.signIn("truc-ca", "truc-ca-sandbox");
        for (String path :
                List.of("/", "/console", "/console/failures", "/console/incidents", "/console/obligations")) {
            timed("page " + path, times(), n -> visitor.get(path));
        }
        timed("/api/ops/v1/map", times(), n -> get(hub, "/api/ops/v1/map"));
        String then = "/api/ops/v1/map?at="
                + java.time.Instant.now().minus(Duration.ofDays(20)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        timed("/api/ops/v1/map of 20 days ago", times(), n -> get(hub, then));
        timed("/api/ops/v1/partners", times(), n -> get(hub, "/api/ops/v1/partners"));
        timed("/api/ops/v1/failures", times(), n -> get(hub, "/api/ops/v1/failures"));
        timed("/api/ops/v1/ledger of one day", times(), n -> get(hub, "/api/ops/v1/ledger?days=1"));
        timed("/api/ops/v1/ledger of 31 days", List.of(1, 2, 3), n -> get(hub, "/api/ops/v1/ledger?days=31"));
    }

    private void clocks(OwnHub hub, String when) throws Exception {
        hub.bean(LiveEvents.class).events();
        timed(
                "each second: incidents" + when,
                times(),
                n -> did(() -> hub.bean(Incidents.class).look()));
        timed(
                "each 2 s: live events" + when,
                times(),
                n -> did(() -> hub.bean(LiveEvents.class).look()));
        timed("each 5 s: depths" + when, times(), n -> hub.bean(Records.class).depths());
        timed("each 5 s: parked" + when, times(), n -> hub.bean(Standing.class).parked());
        timed(
                "each 5 s: dossiers" + when,
                times(),
                n -> ReflectionTestUtils.invokeMethod(hub.bean("dossierMeters", Object.class), "read"));
        timed(
                "each 10 s: obligations" + when,
                times(),
                n -> hub.bean(Oversight.class)
                        .load(java.util.EnumSet.allOf(vn.bocau.dossier.rules.OwnerKind.class), null, null));
        timed(
                "each minute: sample" + when,
                times(),
                n -> hub.bean(Samples.class).now());
        timed(
                "each minute: who is silent" + when,
                times(),
                n -> did(() -> hub.bean(Silences.class).look()));
    }

    private static Object did(Runnable act) {
        act.run();
        return act;
    }

    private static List<Integer> times() {
        return Stream.iterate(1, n -> n + 1).limit(TIMES).toList();
    }

    private static String token(String page) {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
        assertThat(token.find()).isTrue();
        return URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    }

    private static Http.Answer dossier(OwnHub hub, long i) {
        return get(hub, "/api/ops/v1/dossiers/" + id(hub, i));
    }

    private static String id(OwnHub hub, long i) {
        return hub.db()
                .sql("select bench_id(:i, :n, 0)::text")
                .param("i", i)
                .param("n", DOSSIERS)
                .query(String.class)
                .single();
    }

    private static Http.Answer get(OwnHub hub, String path) {
        URI uri = hub.at(path);
        Http.Answer answer = Http.get(uri, OPERATOR);
        answer.ok();
        return answer;
    }

    /** A function that may throw what it likes. */
    private interface Act<T> {
        Object on(T each) throws Exception;
    }

    private <T> List<Double> timed(String what, List<T> all, Act<T> act) throws Exception {
        List<Double> took = new ArrayList<>();
        for (T each : all) {
            long begun = System.nanoTime();
            Object answer = act.on(each);
            took.add((System.nanoTime() - begun) / 1e6);
            if (answer instanceof HttpResponse<?> response) {
                assertThat(response.statusCode()).as(what).isIn(200, 302, 303);
            }
        }
        say(String.format(
                Locale.ROOT,
                "%-58s %6d %9.1f %9.1f %9.1f",
                what,
                took.size(),
                at(took, 0.5),
                at(took, 0.95),
                at(took, 0.99)));
        return took;
    }

    private static double at(List<Double> took, double share) {
        List<Double> sorted = took.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(sorted.size() * share) - 1));
    }

    @SuppressWarnings("SystemOut")
    private void say(String line) {
        System.out.println(line);
        table.add(line);
    }

    private static long count(OwnHub hub, String sql) {
        return hub.db().sql(sql).query(Long.class).single();
    }

    private static HalfYear halfYear(OwnHub hub) {
        return new HalfYear(() -> hub.bean(DataSource.class).getConnection(), DOSSIERS);
    }
}
