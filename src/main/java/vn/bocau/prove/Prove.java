package vn.bocau.prove;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults: the system as a user starts it, load at its public doors, things that break at random from a seed, and at the end
 * what partners really received held against what was really accepted. Its verdict is the exit code.
 */
public final class Prove {

    /** The command by which this jar is one of the brokers of a proof. */
    public static final String BROKER = "prove-broker";

    private static final int CALLERS = 4;
    private static final int LOOK_MILLIS = 5000;
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final Duration DRAIN = Duration.ofMinutes(6);

    private final Options options;
    private final PrintStream out;
    private final Book book = new Book();
    private final Tally tally = new Tally();
    private final Map<String, List<Duration>> recoveries = new LinkedHashMap<>();
    private final List<String> byThemselves = new ArrayList<>();
    private volatile boolean over;

    private Prove(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** @return 0 when everything accepted was carried out once and in order, and something broke; 1 otherwise; 2 for what is not understood */
    public static int run(List<String> typed, PrintStream out) {
        quiet();
        if (typed.contains("--help")) {
            out.print(Options.HELP);
            return 0;
        }
        try {
            return new Prove(Options.of(typed), out).prove();
        } catch (Options.Wrong wrong) {
            out.println(wrong.getMessage());
            out.print(Options.HELP);
            return 2;
        } catch (IOException e) {
            out.println("Không chạy được · it could not run: " + e.getMessage());
            return 1;
        }
    }

    /** One of the brokers: what {@link #BROKER} is started with. */
    public static void broker(List<String> said) throws Exception {
        quiet();
        Broker.run(said);
    }

    /** What PostgreSQL says while it starts is no figure, and a broker that tells of each message is slow. */
    private static void quiet() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger all) {
            all.setLevel(Level.WARN);
        }
    }

    private int prove() throws IOException {
        Path folder = Files.createTempDirectory("bocau-prove-");
        out.printf(
                Locale.ROOT,
                "./bocau prove --minutes=%s --seed=%d --nodes=%d%nfolder %s%n",
                number(options.minutes()),
                options.seed(),
                options.nodes(),
                folder);
        Instant start = Instant.now();
        boolean held;
        try (Site site = options.nodes() == 1 ? new OneNode(folder) : new TwoNodes(folder)) {
            // Ctrl-C: nothing is left running, mounted or laid.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closed(site)));
            out.printf(Locale.ROOT, "up after %.0f s%n", seconds(start));
            site.cannot().forEach(why -> out.println("not here · không làm được ở đây: " + why));
            held = judge(site, breakAndSpeak(site));
        }
        if (held) {
            delete(folder);
        } else {
            out.println("kept for a look · giữ lại để xem: " + folder);
        }
        return held ? 0 : 1;
    }

    private static void closed(Site site) {
        try {
            site.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** @return what the one-stop has read */
    private Feed breakAndSpeak(Site site) throws IOException {
        String run = Long.toString(System.currentTimeMillis() % 100_000_000L, Character.MAX_RADIX)
                .toUpperCase(Locale.ROOT);
        List<Future<?>> busy = new ArrayList<>();
        ExecutorService callers = Executors.newCachedThreadPool();
        var feed = new Feed(new Doors(talk(site, CALLERS)));
        for (int caller = 0; caller < CALLERS; caller++) {
            Journeys journeys = journeys(site, caller, run);
            var chance = new Random(options.seed() + caller);
            busy.add(callers.submit(() -> speak(journeys, chance)));
        }
        busy.add(callers.submit(() -> {
            while (!over) {
                feed.read();
                Talk.pause(1000);
            }
        }));
        Journeys probe = journeys(site, CALLERS + 1, run);
        breakThings(site, probe);
        over = true;
        out.println("nothing breaks any more; the rest is said · không phá nữa, nói nốt phần còn lại");
        callers.shutdown();
        for (Future<?> each : busy) {
            try {
                each.get(DRAIN.toSeconds(), TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException e) {
                tally.wrong("a caller ended: " + e.getCause());
            } catch (java.util.concurrent.TimeoutException e) {
                tally.wrong("a caller does not come to an end");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        callers.shutdownNow();
        return feed;
    }

    private Talk talk(Site site, int caller) {
        return new Talk(site.doors(), new Random(options.seed() * 31 + caller), tally);
    }

    private Journeys journeys(Site site, int caller, String run) {
        Talk talk = talk(site, caller);
        var chance = new Random(options.seed() * 17 + caller);
        return new Journeys(
                book, tally, new Doors(talk), new Phone(talk, "prove-" + run + "-" + caller, chance), chance, run);
    }

    private void speak(Journeys journeys, Random chance) {
        while (!over) {
            int what = chance.nextInt(100);
            if (what < 62) {
                journeys.home();
            } else if (what < 90) {
                journeys.ordered();
            } else if (what < 96) {
                journeys.refused();
            } else {
                journeys.unknownToThePortal();
            }
        }
    }

    /** Every kind once before any comes twice, in an order that the seed decides. */
    private void breakThings(Site site, Journeys probe) throws IOException {
        var chance = new Random(options.seed());
        Instant until = Instant.now().plusMillis((long) (options.minutes() * 60_000));
        List<Fault> drawn = new ArrayList<>();
        recovered(site, probe);
        while (Instant.now().isBefore(until)) {
            if (drawn.isEmpty()) {
                drawn.addAll(site.faults());
                Collections.shuffle(drawn, chance);
            }
            Fault fault = drawn.remove(0);
            Duration lasts = fault.lasts(chance);
            out.printf(Locale.ROOT, "%s  %-32s", clock(), fault.name());
            fault.strike().now(chance);
            Talk.pause(lasts.toMillis());
            Instant mended = Instant.now();
            fault.mend().now(chance);
            raise(site);
            boolean well = recovered(site, probe);
            Duration took = Duration.between(mended, Instant.now());
            recoveries.computeIfAbsent(fault.name(), f -> new ArrayList<>()).add(took);
            out.printf(
                    Locale.ROOT,
                    "lasted %4.1f s, whole again after %5.1f s%s%n",
                    lasts.toMillis() / 1000.0,
                    took.toMillis() / 1000.0,
                    well ? "" : "  NOT WHOLE AGAIN");
            if (!well) {
                tally.wrong("not whole again after " + fault.name());
            }
            Talk.pause(BETWEEN.toMillis());
        }
    }

    private void raise(Site site) throws IOException {
        List<String> raised = site.raise();
        if (!raised.isEmpty()) {
            byThemselves.addAll(raised);
            out.printf("(%s ended by itself) ", raised);
        }
    }

    /** Whether what is said from now on reaches a portal and an agency, and how long that takes. */
    private boolean recovered(Site site, Journeys probe) throws IOException {
        Instant until = Instant.now().plus(RECOVERY);
        String dossier = probe.probe();
        while (Instant.now().isBefore(until)) {
            raise(site);
            if (has(site, "dvcqg", dossier, 3) && has(site, "trung-tam-hcc", dossier, 1)) {
                return true;
            }
            Talk.pause(100);
        }
        return false;
    }

    private static boolean has(Site site, String partner, String dossier, int steps) throws IOException {
        return site.partners().of(partner).stream()
                        .filter(one -> one.fresh()
                                && one.dossier().equals(dossier)
                                && !one.what().equals("by-one-stop"))
                        .count()
                >= steps;
    }

    private boolean judge(Site site, Feed feed) throws IOException {
        Instant until = Instant.now().plus(DRAIN);
        Talk talk = talk(site, CALLERS + 2);
        Comparison comparison = compare(site, feed);
        while (comparison.lost() > 0 && Instant.now().isBefore(until)) {
            out.printf("  %d still to come · còn phải đến%n", comparison.lost());
            Talk.pause(LOOK_MILLIS);
            comparison = compare(site, feed);
        }
        List<String> ledger = new Books(new Ledger(talk), book, tally).differences(site.partners(), feed);
        return new Report(out, options, book, tally, comparison, recoveries, byThemselves, ledger, errors(site))
                .print();
    }

    private Comparison compare(Site site, Feed feed) throws IOException {
        feed.read();
        var comparison = new Comparison();
        for (String partner : book.partners()) {
            if (!partner.equals(Comparison.PARKED)) {
                comparison.hold(
                        partner,
                        book.of(partner),
                        partner.equals("qti-tthcc")
                                ? feed.taken()
                                : site.partners().of(partner));
            }
        }
        return comparison;
    }

    /** Lines of the hubs' logs that say ERROR, by what they say. */
    private static Map<String, Long> errors(Site site) throws IOException {
        Map<String, Long> errors = new HashMap<>();
        for (Child child : site.children()) {
            try (Stream<String> lines = Files.lines(child.log())) {
                lines.filter(line -> line.contains(" ERROR "))
                        .forEach(line -> errors.merge(
                                line.substring(line.indexOf(" ERROR "))
                                        .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+", "…"),
                                1L,
                                Long::sum));
            }
        }
        return errors;
    }

    private String clock() {
        return java.time.LocalTime.now()
                .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                .toString();
    }

    private static String number(double minutes) {
        return minutes == Math.rint(minutes) ? Long.toString((long) minutes) : Double.toString(minutes);
    }

    private static double seconds(Instant from) {
        return Duration.between(from, Instant.now()).toMillis() / 1000.0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
