package bench;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One round with one subject: what it accepts, what goes through, how long that takes, what it costs. */
final class Round {

    private static final int CALLERS = 32;
    private static final int FEW_CALLERS = 4;
    private static final int FIFTY = 50;

    /** Of single scans, what a caller has at hand: between two scans of an item he scans so many others. */
    private static final int BLOCK = 20;

    /** It is warm when it was not faster by so much, twice. */
    private static final double FASTER = 1.05;

    private static final int MOST_WARMINGS = 12;
    private static final int MOST_UNDERWAY = 500;
    private static final int LOOK_MILLIS = 20;
    private static final int LONGEST_DELAYS = 20;

    /** How long nothing may come before what is missing is taken for lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What a round gives; NaN for what was not measured. */
    record Figures(
            double single,
            double batchesOf50,
            double batchesOf500,
            double through,
            double p50,
            double p99,
            double statements,
            double busy,
            double ready,
            double restMegabytes,
            double loadMegabytes) {}

    /** Of the line alone. */
    record Line(double through, double p50, double p99) {}

    private final Machine machine;
    private final Subject subject;
    private final Heard portal;
    private final Sizes sizes;
    private final Duration patience;
    private final Stock stock;

    /** By size of batch, the fastest it was seen to accept. */
    private final Map<Integer, Double> best = new HashMap<>();

    private double statements;
    private double busy;
    private Tally tally = Tally.NOTHING;

    /**
     * @param accept for how long is accepted
     * @param through for how long is carried
     */
    record Sizes(Duration accept, Duration through) {}

    Round(Machine machine, Subject subject, Partner partner, Sizes sizes) {
        this(machine, subject, partner.heard(Partner.MEASURED), sizes, PATIENCE);
    }

    Round(Machine machine, Subject subject, Heard portal, Sizes sizes, Duration patience) {
        this.patience = patience;
        this.machine = machine;
        this.subject = subject;
        this.portal = portal;
        portal.forgetAll();
        this.sizes = sizes;
        this.stock = new Stock(subject::prepare);
    }

    Figures run() throws Exception {
        double rest = megabytes();
        warm();
        double single = accepted(1, sizes.accept());
        double load = megabytes();
        double fifty = accepted(50, sizes.accept());
        double fiveHundred = accepted(500, sizes.accept());
        double through = through();
        double[] delays = delays(through / 2);
        return new Figures(
                single,
                fifty,
                fiveHundred,
                through,
                Stats.percentile(delays, 0.5),
                Stats.percentile(delays, 0.99),
                statements,
                busy,
                subject.startSeconds(),
                rest,
                Math.max(load, megabytes()));
    }

    /** What goes through, without trying first what can be accepted. */
    Line line() throws Exception {
        warm();
        double through = through();
        double[] delays = delays(through / 2);
        return new Line(through, Stats.percentile(delays, 0.5), Stats.percentile(delays, 0.99));
    }

    /** Accepted a second, by so many callers at once: one figure for each. */
    List<Double> byCallers(List<Integer> callers, Duration time) throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int some : callers) {
            rates.add(accepted(1, some, time));
        }
        return rates;
    }

    /** Scans, a stretch after the other, until that gets no faster. */
    void warm() throws Exception {
        Duration stretch = sizes.accept().dividedBy(2);
        int items = CALLERS * BLOCK;
        int faster = 2;
        for (int n = 0; n < MOST_WARMINGS && faster > 0; n++) {
            double was = best(1);
            double rate = warmed(1, CALLERS, (items + CALLERS - 1) / CALLERS);
            faster = rate > FASTER * was ? 2 : faster - 1;
            items = Math.max(items, items(rate, stretch));
        }
        if (faster > 0) {
            now("still gets faster");
        }
    }

    /** So many items of each caller three times; how long it takes is no figure, and says how many will be needed when it is. */
    private double warmed(int size, int callers, int each) throws Exception {
        stock.ready(each * callers);
        Hands hands = new Hands(callers, size, each);
        now("warms up");
        long start = System.nanoTime();
        Load.each(callers, IntStream.range(0, callers).boxed().toList(), (thread, caller) -> {
            for (int done = 0; done < each * Subject.STEPS.size(); ) {
                done += hands.next(caller);
            }
        });
        double rate = hands.accepted.get() / ((System.nanoTime() - start) / 1e9);
        best.merge(size, rate, Math::max);
        drained(hands.expected());
        return rate;
    }

    private double best(int size) {
        return best.getOrDefault(size, 0.0);
    }

    private static int block(int size) {
        return Math.max(BLOCK, 2 * size);
    }

    /** What the portal heard of all that was scanned so far, whatever for. */
    Tally tally() {
        return tally;
    }

    private void now(String what) {
        System.out.println("  " + subject.name() + " " + what);
    }

    /** Accepted a second in batches of that size, of which one stretch is scanned before. */
    double accepted(int size, Duration time) throws Exception {
        // Of batches of 500, four at once are 2,000 handlings under way.
        int callers = size > FIFTY ? FEW_CALLERS : CALLERS;
        if (best(size) == 0) {
            warmed(size, callers, block(size));
        }
        return accepted(size, callers, time);
    }

    private double accepted(int size, int callers, Duration time) throws Exception {
        Hands hands = hands(callers, size, time);
        now("accepts, by " + size + ", " + callers + " callers");
        double rate = Load.rate(callers, time, hands::next);
        best.merge(size, rate, Math::max);
        drained(hands.expected());
        return rate;
    }

    /** How many can be scanned three times each. */
    private static int items(double rate, Duration time) {
        return (int) (rate * time.toMillis() / 1000 / Subject.STEPS.size());
    }

    /** With more at hand than can be scanned in that time. */
    private Hands hands(int callers, int size, Duration time) throws Exception {
        int block = block(size);
        stock.ready(callers * block + items(subject.room() * best(size), time));
        return new Hands(callers, size, block);
    }

    /** Each caller takes a block of items, scans all of them once, then again, then a third time, and takes the next. */
    private final class Hands {
        private final int size;
        private final int block;
        private final List<List<String>> own = new ArrayList<>();
        private final int[] done;
        private final AtomicLong accepted = new AtomicLong();

        /** By item, how many of its steps were scanned. */
        private final Map<String, Integer> reached = new ConcurrentHashMap<>();

        Hands(int callers, int size, int block) throws Exception {
            this.size = size;
            this.block = block;
            this.done = new int[callers];
            for (int n = 0; n < callers; n++) {
                subject.signIn(n);
                own.add(stock.take(block));
            }
        }

        int next(int caller) throws Exception {
            if (done[caller] == block * Subject.STEPS.size()) {
                own.set(caller, stock.take(block));
                done[caller] = 0;
            }
            int from = done[caller] % block;
            int step = done[caller] / block;
            List<String> batch = own.get(caller).subList(from, Math.min(block, from + size));
            subject.scan(caller, step, batch);
            batch.forEach(item -> reached.put(item, step + 1));
            done[caller] += batch.size();
            accepted.addAndGet(batch.size());
            return batch.size();
        }

        /** By item, what the portal is to hear. */
        Map<String, List<String>> expected() {
            Map<String, List<String>> expected = new HashMap<>();
            reached.forEach((item, steps) -> expected.put(item, Subject.STEPS.subList(0, steps)));
            return expected;
        }
    }

    /** Until the portal has all of it, or nothing has come for long: what is missing then is lost. */
    private void drained(Map<String, List<String>> expected) throws Exception {
        drained(expected, carried -> {});
    }

    /** What is to be looked at when all of it is there. */
    private interface Look {
        void at(int carried) throws Exception;
    }

    private void drained(Map<String, List<String>> expected, Look look) throws Exception {
        long all = expected.values().stream().mapToLong(List::size).sum();
        long moved = System.nanoTime();
        for (int was = portal.count(); portal.count() < all; was = Math.max(was, portal.count())) {
            if (portal.count() > was) {
                moved = System.nanoTime();
            }
            if (System.nanoTime() - moved > patience.toNanos()) {
                break;
            }
            Load.pause(LOOK_MILLIS);
        }
        look.at(portal.count());
        Tally now = Tally.of(portal.said(), expected);
        if (!now.clean()) {
            now(now.toString());
        }
        tally = tally.and(now);
        portal.forget();
    }

    /** As it is carried for so long, after the warming: for whoever looks at something else meanwhile. */
    void carry() throws Exception {
        carried(hands(CALLERS, 1, sizes.through()), carried -> {});
    }

    private double through() throws Exception {
        Hands hands = hands(CALLERS, 1, sizes.through());
        machine.countStatements();
        long synced = machine.synced();
        Duration before = machine.busy(subject.process());
        double rate = carried(hands, carried -> {
            statements = counted(carried);
            busy = machine.busy(subject.process()).minus(before).toNanos() / 1e6 / carried;
        });
        machine.assertDurable(subject.database());
        if (subject.commits() && machine.synced() == synced) {
            throw new IllegalStateException(subject.name() + " has not waited for the disk once");
        }
        return rate;
    }

    /** As fast as it goes while no more than so many are under way: what comes in goes out, and nothing grows. */
    private double carried(Hands hands, Look look) throws Exception {
        now("carries through the line");
        long start = System.nanoTime();
        long until = start + sizes.through().toNanos();
        Load.rate(CALLERS, sizes.through(), caller -> {
            while (hands.accepted.get() - portal.count() > MOST_UNDERWAY && System.nanoTime() < until) {
                Load.pause(2);
            }
            return hands.next(caller);
        });
        double rate = portal.count() / ((System.nanoTime() - start) / 1e9);
        drained(hands.expected(), look);
        return rate;
    }

    /** How many statements each message took; which, is written beside the logs. */
    private double counted(int messages) throws Exception {
        List<Machine.Statement> all = machine.statements();
        Files.write(
                machine.folder().resolve(subject.name().replace(' ', '-') + ".statements.txt"),
                all.stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "%7.3f a message, %8.4f ms: %s",
                                one.times() / (double) messages,
                                one.millis() / one.times(),
                                one.text()))
                        .toList());
        return all.stream().mapToLong(Machine.Statement::times).sum() / (double) messages;
    }

    /** @return milliseconds from the answer that it is recorded to the portal's having it, sorted */
    private double[] delays(double rate) throws Exception {
        double seconds = Math.min(LONGEST_DELAYS, sizes.through().toSeconds());
        int count = (int) Math.ceil(rate * seconds / Subject.STEPS.size());
        stock.ready(count);
        List<String> items = stock.take(count);
        now("carries half as much");
        var once = new ArrayDeque<>(List.of(items, List.<String>of()));
        var traffic = new Traffic(subject, rate, once::poll).begin();
        traffic.await();
        double[][] result = new double[1][];
        drained(traffic.expected(), carried -> result[0] = portal.delays(traffic.recorded()));
        return result[0];
    }

    /** Resident memory of the subject alone. */
    private double megabytes() {
        return Processes.megabytes(Stream.of(subject.process()));
    }
}
