package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One portal is away, messages for it pile up, and it comes back: how fast it gets them, whether it gets all of them, once and
 * in order, and what the other portals notice of it, who are told all the time.
 */
final class Outage {

    private static final String DATABASE = "outage";

    /** Scans for the other portals, a second. */
    private static final double BESIDE = 40;

    /** A portal that is told fewer a second than that will not be told all while there is something to scan beside. */
    private static final int LEAST_DRAINED = 100;

    /** For how long a block of theirs lasts. */
    private static final int BLOCK_SECONDS = 60;

    /** How long nothing may come before it is taken for over; a line is tried again after a minute at most. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final int SAY_SECONDS = 10;

    private final Machine machine;
    private final Partner partner;
    private final int messages;
    private final boolean doors;
    private final Duration calm;

    /**
     * @param messages how many pile up
     * @param doors through the doors, all of them
     * @param calm for how long the others are looked at before
     */
    Outage(Machine machine, Partner partner, int messages, boolean doors, Duration calm) {
        this.machine = machine;
        this.partner = partner;
        this.messages = messages;
        this.doors = doors;
        this.calm = calm;
    }

    /** Of the others, in milliseconds. */
    record Delays(int count, double p50, double p99) {

        static Delays of(double[] sorted) {
            return new Delays(sorted.length, Stats.percentile(sorted, 0.5), Stats.percentile(sorted, 0.99));
        }
    }

    /**
     * @param messages how many waited
     * @param firstAfter seconds from its coming back to the first
     * @param seconds from the first to the last
     * @param before of the others while nobody was away; {@code waiting} while all waited; {@code meanwhile} until it had all
     * @param tally of the one that was away
     * @param others of the others
     * @param repeats told again under the same name
     */
    record Figures(
            int messages,
            double firstAfter,
            double seconds,
            Delays before,
            Delays waiting,
            Delays meanwhile,
            Tally tally,
            Tally others,
            long repeats) {

        double rate() {
            return messages / seconds;
        }

        double p50Ratio() {
            return meanwhile.p50 / before.p50;
        }

        double p99Ratio() {
            return meanwhile.p99 / before.p99;
        }

        /** As it is told. */
        String text() {
            return String.format(
                    Locale.ROOT,
                    "%nMột cổng ngừng rồi trở lại · a portal was away, and came back%n"
                            + "  waited                              %d messages%n"
                            + "  from its coming back to the first   %.1f s%n"
                            + "  from the first to the last          %.1f s, %.0f a second%n"
                            + "  at that portal                      %s; repeated under the same name %d%n"
                            + "  other portals before, p50 / p99     %.0f / %.0f ms (%d scans)%n"
                            + "  while all waited                    %.0f / %.0f ms (%d)%n"
                            + "  while it was told all of it         %.0f / %.0f ms (%d): %.1f / %.1f times as long%n"
                            + "  at the other portals                %s%n",
                    messages,
                    firstAfter,
                    seconds,
                    rate(),
                    tally,
                    repeats,
                    before.p50,
                    before.p99,
                    before.count,
                    waiting.p50,
                    waiting.p99,
                    waiting.count,
                    meanwhile.p50,
                    meanwhile.p99,
                    meanwhile.count,
                    p50Ratio(),
                    p99Ratio(),
                    others);
        }
    }

    /** Dossiers of the other portals. While they are looked at, none is filed: all that is needed then is there before. */
    static final class Filed implements Traffic.Blocks {

        private final Stock stock;
        private final int size;
        private boolean measured;

        /** @param size of a block */
        Filed(Stock.Filer filer, int size) {
            this.stock = new Stock(filer);
            this.size = size;
        }

        /** From now on nothing is filed, and there is enough for so long. */
        synchronized void measured(Duration time) throws Exception {
            stock.ready(2 * size + (int) (BESIDE * time.toSeconds() / Subject.STEPS.size()));
            measured = true;
        }

        /** From now on is filed what is needed. */
        synchronized void unmeasured() {
            measured = false;
        }

        @Override
        public synchronized List<String> next() throws Exception {
            if (!measured) {
                stock.ready(size);
            }
            return stock.take(size);
        }
    }

    private static List<String> file(Ours hub, int items) throws Exception {
        List<String> all = new ArrayList<>();
        int each = (items + Ours.OTHERS.size() - 1) / Ours.OTHERS.size();
        for (String portal : Ours.OTHERS) {
            all.addAll(hub.prepare(each, portal));
        }
        Collections.shuffle(all);
        return all;
    }

    Figures run() throws Exception {
        machine.database(DATABASE);
        partner.heard(Partner.MEASURED).forgetAll();
        Ours.OTHERS.forEach(other -> partner.heard(other).forgetAll());
        try (Ours hub = new Ours(machine, partner, DATABASE)) {
            return run(hub);
        }
    }

    private Figures run(Ours hub) throws Exception {
        Heard away = partner.heard(Partner.MEASURED);
        var warming = new Round(machine, hub, partner, new Round.Sizes(Duration.ofSeconds(10), Duration.ofSeconds(10)));
        warming.warm();
        int block = (int) (BESIDE * BLOCK_SECONDS / Subject.STEPS.size());
        Filed filed = new Filed(items -> file(hub, items), block);
        filed.measured(calm.multipliedBy(2));
        Traffic beside = new Traffic(hub, BESIDE, filed).begin();
        try {
            say("the other portals alone");
            while (beside.recorded().isEmpty()) {
                Load.pause(100);
            }
            // The lines of the others are as cold as they were.
            Load.pause(calm.toMillis() / 2);
            long before = System.nanoTime();
            Load.pause(calm.toMillis());
            away.down(true);
            long down = System.nanoTime();
            say("a portal is away");
            filed.unmeasured();
            var backlog = new Backlog(machine, DATABASE, hub);
            List<String> items = doors ? backlog.throughTheDoors(messages) : backlog.copied(messages);
            say(items.size() * Subject.STEPS.size() + " messages wait, " + away.turnedAway() + " times it was tried");
            filed.measured(calm.multipliedBy(2).plus(PATIENCE).plusSeconds(messages / LEAST_DRAINED));
            Load.pause(calm.toMillis() / 2);
            long piled = System.nanoTime();
            Load.pause(calm.toMillis());
            if (away.count() > 0) {
                throw new IllegalStateException("a portal that is away was told " + away.count());
            }
            long up = System.nanoTime();
            away.down(false);
            say("it is back");
            drained(away, items.size() * Subject.STEPS.size());
            long[] told =
                    away.at().values().stream().mapToLong(at -> at).sorted().toArray();
            beside.end();
            Map<String, List<String>> expected = beside.expected();
            othersHear(expected);
            machine.assertDurable(DATABASE);
            long first = told.length == 0 ? up : told[0];
            long last = told.length == 0 ? up : told[told.length - 1];
            return new Figures(
                    items.size() * Subject.STEPS.size(),
                    (first - up) / 1e9,
                    (last - first) / 1e9,
                    delays(beside, before, down),
                    delays(beside, piled, up),
                    delays(beside, first, last),
                    Tally.of(away.said(), Tally.allTheWay(items)),
                    Tally.of(othersSaid(), expected),
                    away.repeats()
                            + Ours.OTHERS.stream()
                                    .mapToLong(other -> partner.heard(other).repeats())
                                    .sum());
        } finally {
            away.down(false);
            beside.end();
        }
    }

    private static void say(String what) {
        System.out.println("  " + what);
    }

    private static void drained(Heard away, int expected) {
        long moved = System.nanoTime();
        long said = moved;
        for (int count = away.count(), was = count; count < expected; was = count, count = away.count()) {
            long now = System.nanoTime();
            if (count > was) {
                moved = now;
            }
            if (now - moved > PATIENCE.toNanos()) {
                return;
            }
            if (now - said > Duration.ofSeconds(SAY_SECONDS).toNanos()) {
                say("told " + count + " of " + expected);
                said = now;
            }
            Load.pause(20);
        }
    }

    /** What was scanned last is still under way. */
    private void othersHear(Map<String, List<String>> expected) {
        long all = expected.values().stream().mapToLong(List::size).sum();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (Ours.OTHERS.stream()
                                .mapToLong(other -> partner.heard(other).count())
                                .sum()
                        < all
                && System.nanoTime() < until) {
            Load.pause(20);
        }
    }

    private Map<String, List<String>> othersSaid() {
        Map<String, List<String>> said = new HashMap<>();
        Ours.OTHERS.forEach(other -> said.putAll(partner.heard(other).said()));
        return said;
    }

    private Delays delays(Traffic beside, long from, long until) {
        Map<String, Long> recorded = beside.recorded(from, until);
        return Delays.of(Ours.OTHERS.stream()
                .flatMapToDouble(other -> Arrays.stream(partner.heard(other).delays(recorded)))
                .sorted()
                .toArray());
    }
}
