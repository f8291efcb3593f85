package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import vn.bocau.console.HalfYear;

/**
 * The same load on a database that holds a half year already, and on an empty one, by turns; and what an operator looks up in
 * it. The half year is filled to one size after the other, and is there the next time when its folder is kept.
 */
final class Stored {

    private static final String FULL = "stored";
    private static final String EMPTY = "empty";

    /** On disk, as measured: what a handling takes with all that belongs to its dossier. */
    private static final long BYTES_OF_A_HANDLING = 2_900;

    private final Machine machine;
    private final Partner partner;
    private final List<Long> sizes;
    private final int rounds;
    private final int lookups;
    private final Round.Sizes times;
    private final long dossiers;

    /**
     * @param sizes handlings, the fewest first
     * @param lookups how often is looked for each kind of thing
     */
    Stored(Machine machine, Partner partner, List<Long> sizes, int rounds, int lookups, Round.Sizes times)
            throws IOException, SQLException {
        this.machine = machine;
        this.partner = partner;
        this.sizes = sizes;
        this.rounds = rounds;
        this.lookups = lookups;
        this.times = times;
        long asked = HalfYear.dossiersOf(sizes.get(sizes.size() - 1));
        long laidOut = machine.has(FULL) ? HalfYear.laidOutFor(this::open) : 0;
        if (laidOut > 0 && laidOut < asked) {
            throw new CannotMeasure("what is kept was laid out for " + laidOut + " dossiers, and " + asked
                    + " are asked for: give another folder, or delete it");
        }
        this.dossiers = Math.max(laidOut, asked);
        assertRoom();
    }

    private Connection open() throws SQLException {
        return machine.connect(FULL);
    }

    private void assertRoom() throws IOException, SQLException {
        long needed = sizes.get(sizes.size() - 1) * BYTES_OF_A_HANDLING - (machine.has(FULL) ? machine.bytes(FULL) : 0);
        long there = Files.getFileStore(machine.folder()).getUsableSpace();
        if (there < needed) {
            throw new CannotMeasure(String.format(
                    Locale.ROOT,
                    "%,d handlings need %,d MB more, and %s has %,d MB: ask for fewer by --stored, or give another"
                            + " folder by --keep",
                    sizes.get(sizes.size() - 1),
                    needed >> 20,
                    machine.folder(),
                    there >> 20));
        }
    }

    /**
     * @param handlings how many there were
     * @param dossiers and of how many dossiers
     * @param bytes on disk, of all of it
     * @param empty through the line with none of it; {@code full} with it; medians
     * @param ratio of the two of one round; the median
     * @param p99 from acceptance to the portal at half of that, ms
     * @param searches how many; {@code searchP50} and the others in milliseconds, first time and again together
     */
    record Figures(
            long handlings,
            long dossiers,
            long bytes,
            double empty,
            double full,
            double ratio,
            double emptyP99,
            double p99,
            int searches,
            double searchP50,
            double searchP95,
            double searchP99,
            Tally tally) {

        double bytesOfADossier() {
            return bytes / (double) dossiers;
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%n%,d handlings of %,d dossiers are there, %,d MB, %.1f KB a dossier%n"
                            + "  through the line, empty / with them   %.0f / %.0f a second: %.2f of empty%n"
                            + "  delay p99 at half of that             %.0f / %.0f ms%n"
                            + "  the console's search                  %d searches, p50 %.0f, p95 %.0f, p99 %.0f ms%n",
                    handlings,
                    dossiers,
                    bytes >> 20,
                    bytesOfADossier() / 1024,
                    empty,
                    full,
                    ratio,
                    emptyP99,
                    p99,
                    searches,
                    searchP50,
                    searchP95,
                    searchP99);
        }
    }

    List<Figures> run() throws Exception {
        if (!machine.has(FULL)) {
            machine.database(FULL);
        }
        List<Figures> all = new ArrayList<>();
        // Its tables are the hub's to make; what is kept may be of an earlier one.
        new Ours(machine, partner, FULL).close();
        for (long size : sizes) {
            say(String.format(Locale.ROOT, "fills up to %,d handlings", size));
            var halfYear = new HalfYear(this::open, dossiers);
            halfYear.fill(Math.min(dossiers, HalfYear.dossiersOf(size)), this::say);
            Figures figures = at(halfYear);
            all.add(figures);
            System.out.println(figures.text());
        }
        return all;
    }

    private void say(String what) {
        System.out.println("  " + what);
    }

    private Figures at(HalfYear halfYear) throws Exception {
        long handlings = count("handling");
        long there = count("dossier");
        long bytes = machine.bytes(FULL);
        List<Double> empty = new ArrayList<>();
        List<Double> full = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> emptyP99 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> searches = new ArrayList<>();
        Tally tally = Tally.NOTHING;
        for (int n = 1; n <= rounds; n++) {
            machine.database(EMPTY);
            Round.Line without;
            try (Ours hub = new Ours(machine, partner, EMPTY)) {
                var round = new Round(machine, hub, partner, times);
                without = round.line();
                tally = tally.and(round.tally());
            }
            machine.drop(EMPTY);
            Round.Line with;
            try (Ours hub = new Ours(machine, partner, FULL)) {
                var round = new Round(machine, hub, partner, times);
                with = round.line();
                tally = tally.and(round.tally());
                searches.addAll(searched(halfYear, hub, n));
            }
            empty.add(without.through());
            full.add(with.through());
            ratios.add(with.through() / without.through());
            emptyP99.add(without.p99());
            p99.add(with.p99());
            say("empty " + without + ", full " + with);
        }
        double[] took = Stats.sorted(searches);
        return new Figures(
                handlings,
                there,
                bytes,
                Stats.median(empty),
                Stats.median(full),
                Stats.median(ratios),
                Stats.median(emptyP99),
                Stats.median(p99),
                took.length,
                Stats.percentile(took, 0.5),
                Stats.percentile(took, 0.95),
                Stats.percentile(took, 0.99),
                tally);
    }

    /** Each twice: PostgreSQL has to fetch it from disk at first. */
    private List<Double> searched(HalfYear halfYear, Ours hub, int round) throws Exception {
        say("looks up " + lookups + " of each kind, twice");
        var console = new Console(hub.url());
        List<Long> some = halfYear.some(lookups, new Random(round));
        List<Double> took = new ArrayList<>();
        for (String what : HalfYear.FINDS.keySet().stream().sorted().toList()) {
            List<String> texts = halfYear.texts(HalfYear.FINDS.get(what), some);
            took.addAll(console.find(texts));
            took.addAll(console.find(texts));
        }
        List<String> codes = halfYear.texts(HalfYear.FINDS.get("dossier code"), some);
        long found = console.found(codes);
        if (found < codes.size() || codes.isEmpty()) {
            throw new IllegalStateException("of " + codes.size() + " dossiers that are there it finds " + found);
        }
        return took;
    }

    private long count(String table) throws SQLException {
        try (Connection db = open();
                ResultSet row = db.createStatement().executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** For how long it takes to warm up, and is measured. */
    static Round.Sizes times(boolean quick) {
        return quick
                ? new Round.Sizes(Duration.ofSeconds(4), Duration.ofSeconds(5))
                : new Round.Sizes(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }
}
