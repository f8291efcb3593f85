package bench;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** One round with one subject: what it accepts, what goes through, how long that takes, what it costs. */
final class Round {

    private static final int CALLERS = 32;
    private static final int FEW_CALLERS = 4;
    private static final int FIFTY = 50;
    private static final double FIRST_GUESS = 200;
    private static final int MOST_UNDERWAY = 500;
    private static final int LOOK_MILLIS = 20;
    private static final int LONGEST_DELAYS = 20;

    /** How long anything may take to come to rest. */
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
            double loadMegabytes,
            long counted) {}

    /** Of the line alone. */
    record Line(double through, double p50, double p99, long counted) {}

    /** More than will be scanned, so that nobody has to stop for new ones. */
    private static final double ROOM = 1.5;

    private final Machine machine;
    private final Subject subject;
    private final Heard portal;
    private final Sizes sizes;
    private double statements;
    private double busy;
    private long counted;

    /**
     * @param accept for how long is accepted
     * @param through for how long is carried
     */
    record Sizes(Duration accept, Duration through) {}

    Round(Machine machine, Subject subject, Partner partner, Sizes sizes) {
        this.machine = machine;
        this.subject = subject;
        this.portal = partner.heard(Partner.MEASURED);
        this.sizes = sizes;
    }

    Figures run() throws Exception {
        double rest = megabytes();
        double warm = warm();
        double single = accepted(1, sizes.accept(), items(warm, sizes.accept()));
        double load = megabytes();
        double fifty = accepted(50, sizes.accept(), items(4 * single, sizes.accept()));
        double fiveHundred = accepted(500, sizes.accept(), items(fifty, sizes.accept()));
        double through = through(items(single, sizes.through()));
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
                Math.max(load, megabytes()),
                counted);
    }

    /** What goes through, without trying first what can be accepted. */
    Line line() throws Exception {
        double through = through(items(warm(), sizes.through()));
        double[] delays = delays(through / 2);
        return new Line(through, Stats.percentile(delays, 0.5), Stats.percentile(delays, 0.99), counted);
    }

    /** Accepted a second, by so many callers at once: one figure for each. */
    List<Double> byCallers(List<Integer> callers, Duration time) throws Exception {
        List<Double> rates = new ArrayList<>();
        double guess = FIRST_GUESS;
        for (int some : callers) {
            double rate = accepted(1, some, time, items(guess, time));
            rates.add(rate);
            guess = Math.max(guess, 2 * rate);
        }
        return rates;
    }

    /** @return accepted a second, before it is warm */
    double warm() throws Exception {
        now("warms up");
        Duration warming = Duration.ofSeconds(Math.max(5, sizes.accept().toSeconds() / 2));
        return accepted(1, warming, items(FIRST_GUESS, warming));
    }

    /** How many the portal has confirmed in all. */
    long counted() {
        return counted;
    }

    private void now(String what) {
        System.out.println("  " + subject.name() + " " + what);
    }

    /** As many as can be scanned three times each in that time. */
    private static int items(double rate, Duration time) {
        return (int) (ROOM * rate * time.toSeconds() / Subject.STEPS.size());
    }

    private double accepted(int size, Duration time, int items) throws Exception {
        // Of batches of 500, four at once are 2,000 handlings under way.
        return accepted(size, size > FIFTY ? FEW_CALLERS : CALLERS, time, items);
    }

    private double accepted(int size, int callers, Duration time, int items) throws Exception {
        Hands hands = new Hands(Math.max(size * callers, items), callers, size);
        now("accepts, by " + size + ", " + callers + " callers");
        double rate = Load.rate(hands.callers, time, hands::next);
        drained(hands.accepted.get());
        return rate;
    }

    /** Each caller has items of its own, and scans all of them once, then again, then a third time. */
    private final class Hands {
        private final int callers;
        private final int size;
        private final List<List<String>> own = new ArrayList<>();
        private final int[] done;
        private final AtomicLong accepted = new AtomicLong();

        Hands(int items, int callers, int size) throws Exception {
            this.callers = callers;
            this.size = size;
            this.done = new int[callers];
            List<String> all = subject.prepare(items / callers * callers);
            for (int n = 0; n < callers; n++) {
                subject.signIn(n);
                own.add(all.subList(n * (all.size() / callers), (n + 1) * (all.size() / callers)));
            }
        }

        int next(int caller) throws Exception {
            List<String> items = own.get(caller);
            int from = done[caller] % items.size();
            int step = done[caller] / items.size();
            if (step >= Subject.STEPS.size()) {
                own.set(caller, subject.prepare(items.size()));
                done[caller] = 0;
                return 0;
            }
            List<String> batch = items.subList(from, Math.min(items.size(), from + size));
            subject.scan(caller, step, batch);
            done[caller] += batch.size();
            accepted.addAndGet(batch.size());
            return batch.size();
        }
    }

    /** Until the portal has all of it; a subject that does not bring it there has no figures. */
    private void drained(long accepted) throws Exception {
        drained(accepted, carried -> {});
    }

    /** What is to be looked at when all of it is there. */
    private interface Look {
        void at(int carried) throws Exception;
    }

    private void drained(long accepted, Look look) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (portal.count() < accepted) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        subject.name() + " accepted " + accepted + " and brought " + portal.count());
            }
            Load.pause(LOOK_MILLIS);
        }
        look.at(portal.count());
        counted += portal.count();
        portal.forget();
    }

    /** As fast as it goes while no more than so many are under way: what comes in goes out, and nothing grows. */
    private double through(int items) throws Exception {
        Hands hands = new Hands(Math.max(CALLERS, items), CALLERS, 1);
        now("carries through the line");
        machine.countStatements();
        Duration before = machine.busy(subject.process());
        long start = System.nanoTime();
        long until = start + sizes.through().toNanos();
        Load.rate(CALLERS, sizes.through(), caller -> {
            while (hands.accepted.get() - portal.count() > MOST_UNDERWAY && System.nanoTime() < until) {
                Load.pause(2);
            }
            return hands.next(caller);
        });
        double rate = portal.count() / ((System.nanoTime() - start) / 1e9);
        drained(hands.accepted.get(), carried -> {
            statements = counted(carried);
            busy = machine.busy(subject.process()).minus(before).toNanos() / 1e6 / carried;
        });
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
        List<String> items = subject.prepare((int) Math.ceil(rate * seconds / Subject.STEPS.size()));
        portal.forget();
        now("carries half as much");
        var once = new ArrayDeque<>(List.of(items, List.<String>of()));
        var traffic = new Traffic(subject, rate, once::poll).begin();
        traffic.await();
        double[][] result = new double[1][];
        drained(traffic.recorded().size(), carried -> result[0] = portal.delays(traffic.recorded()));
        return result[0];
    }

    /** Resident memory of the subject alone. */
    private double megabytes() {
        return Processes.megabytes(Stream.of(subject.process()));
    }
}
