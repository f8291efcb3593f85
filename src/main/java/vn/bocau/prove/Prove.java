package vn.bocau.prove;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    private static final Duration DRAIN = Duration.ofMinutes(8);
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final double MINUTE_MILLIS = 60_000;
    private static final String ONE_STOP = "qti-tthcc";
    private static final String NOTIFIER = "tin-nhan";

    /** Is told of troubles, and no word of a dossier. */
    private static final String ALERTS = "bao-dong";

    private static final Set<String> NOT_OF_DOSSIERS = Set.of(Comparison.PARKED, NOTIFIER, ALERTS);

    private final Options options;
    private final PrintStream out;
    private final Book book = new Book();
    private final Tally tally = new Tally();
    private Comparison comparison = new Comparison();
    private Map<String, Ledger.Line> lines = Map.of();
    private List<String> fees = List.of();

    private Prove(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs it and prints what it comes to.
     *
     * @return 0 when everything accepted was carried out once and in order, and something broke; 1 otherwise; 2 for what is not
     *     understood
     */
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
        // What was killed cannot be stopped: that is no news.
        if (LoggerFactory.getLogger("io.zonky.test.db.postgres.embedded")
                instanceof ch.qos.logback.classic.Logger one) {
            one.setLevel(Level.OFF);
        }
    }

    private int prove() throws IOException {
        Path folder = Files.createTempDirectory("bocau-prove-");
        out.printf(
                Locale.ROOT,
                "./bocau prove --minutes=%s --seed=%d --nodes=%d --rate=%s%nfolder %s%n",
                number(options.minutes()),
                options.seed(),
                options.nodes(),
                number(options.rate()),
                folder);
        Instant start = Instant.now();
        boolean held;
        try (var closing = new Closing()) {
            // Ctrl-C: nothing is left running, mounted or laid.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(closing)));
            Site site = options.nodes() == 1
                    ? new OneNode(folder, options, tally, closing)
                    : new TwoNodes(folder, options, tally, closing);
            site.start();
            out.println("up after " + Duration.between(start, Instant.now()).toSeconds() + " s");
            site.cannot().forEach(why -> out.println("not here · không làm được ở đây: " + why));
            var speaking = new Speaking(site, options, book, tally);
            var breaking = new Breaking(site, speaking.journeys(), tally, out);
            speaking.begin();
            try {
                breaking.run(options.seed(), Duration.ofMillis((long) (options.minutes() * MINUTE_MILLIS)));
            } catch (IOException | RuntimeException e) {
                // What was lost until then is worth knowing.
                tally.wrong("it does not come back: " + e);
            }
            out.println("nothing breaks any more; the rest is said · không phá nữa, nói nốt phần còn lại");
            speaking.end();
            held = judge(site, speaking, breaking);
        }
        if (held) {
            delete(folder);
        } else {
            out.println("kept for a look · giữ lại để xem: " + folder);
        }
        return held ? 0 : 1;
    }

    private static void close(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean judge(Site site, Speaking speaking, Breaking breaking) throws IOException {
        List<String> ledger = List.of();
        try {
            ledger = compareAtRest(site, speaking);
        } catch (IOException | RuntimeException e) {
            // After so long a run the rest is worth knowing.
            tally.wrong("not compared to the end: " + e);
        }
        Errors errors = errors(site, breaking);
        return new Report(out, options, book, tally, comparison, breaking, lines, ledger, fees, errors).print();
    }

    /** @return what is different in the hub's books */
    private List<String> compareAtRest(Site site, Speaking speaking) throws IOException {
        var books = new Books(new Ledger(speaking.talk()), book, tally);
        Duration still = options.saidAgainAfter().plus(MARGIN);
        out.printf(
                "once all is there, what comes in %d s more counts too · đủ rồi vẫn đợi thêm %1$d giây%n",
                still.toSeconds());
        Rest.await(
                () -> {
                    comparison = compare(site, speaking.feed());
                    boolean atRest = comparison.lost() == 0 && books.isAtRest();
                    if (!atRest) {
                        out.printf("  %d still to come · còn phải đến%n", comparison.lost());
                    }
                    return atRest;
                },
                Instant.now().plus(DRAIN),
                still,
                Talk::pause);
        // Rest is asked of the ledger after the comparison: what came in between counts too.
        comparison = compare(site, speaking.feed());
        lines = new Ledger(speaking.talk()).lines();
        fees = book.fees().differences(new Cashier(site.doors().get(0)).ledger());
        return books.differences(site.partners(), speaking.feed());
    }

    private Comparison compare(Site site, Feed feed) throws IOException {
        feed.read();
        var comparison = new Comparison();
        Set<String> all = new TreeSet<>(book.partners());
        all.addAll(site.partners().heard());
        for (String partner : all) {
            if (!NOT_OF_DOSSIERS.contains(partner)) {
                comparison.hold(
                        partner,
                        book.of(partner),
                        partner.equals(ONE_STOP)
                                ? feed.taken()
                                : site.partners().of(partner));
            }
        }
        comparison.citizens(NOTIFIER, site.partners().of(NOTIFIER));
        return comparison;
    }

    private static Errors errors(Site site, Breaking breaking) throws IOException {
        return Errors.in(site.children().stream().map(Child::log).toList(), breaking.hasStruck(Fault.Kind.DISK));
    }

    private static String number(double minutes) {
        return minutes == Math.rint(minutes) ? Long.toString((long) minutes) : Double.toString(minutes);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
