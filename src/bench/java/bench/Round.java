package bench;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One round with one subject: what it accepts, what goes through, how long that takes, what it costs. */
final class Round {

    private static final int CALLERS = 32;
    private static final int FEW_CALLERS = 4;
    private static final int FIFTY = 50;
    private static final int STEPS = 3;
    private static final double FIRST_GUESS = 200;
    private static final int MOST_UNDERWAY = 500;
    private static final int LOOK_MILLIS = 20;

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
            long restMegabytes,
            long loadMegabytes) {}

    /** More than will be scanned, so that nobody has to stop for new ones. */
    private static final double ROOM = 1.5;

    private final Machine machine;
    private final Subject subject;
    private final Partner partner;
    private final Sizes sizes;
    private double statements;
    private double busy;

    /**
     * @param accept for how long is accepted
     * @param through for how long is carried
     */
    record Sizes(Duration accept, Duration through) {}

    Round(Machine machine, Subject subject, Partner partner, Sizes sizes) {
        this.machine = machine;
        this.subject = subject;
        this.partner = partner;
        this.sizes = sizes;
    }

    Figures run() throws Exception {
        long rest = megabytes();
        now("warms up");
        Duration warming = Duration.ofSeconds(Math.max(5, sizes.accept().toSeconds() / 2));
        double warm = accepted(1, warming, items(FIRST_GUESS, warming));
        double single = accepted(1, sizes.accept(), items(warm, sizes.accept()));
        long load = megabytes();
        double fifty = accepted(50, sizes.accept(), items(4 * single, sizes.accept()));
        double fiveHundred = accepted(500, sizes.accept(), items(fifty, sizes.accept()));
        double through = through(items(single, sizes.through()));
        double[] delays = delays(through / 2);
        return new Figures(
                single,
                fifty,
                fiveHundred,
                through,
                at(delays, 0.5),
                at(delays, 0.99),
                statements,
                busy,
                subject.startSeconds(),
                rest,
                Math.max(load, megabytes()));
    }

    private void now(String what) {
        System.out.println("  " + subject.name() + " " + what);
    }

    /** As many as can be scanned three times each in that time. */
    private static int items(double rate, Duration time) {
        return (int) (ROOM * rate * time.toSeconds() / STEPS);
    }

    private double accepted(int size, Duration time, int items) throws Exception {
        // Of batches of 500, four at once are 2,000 handlings under way.
        int callers = size > FIFTY ? FEW_CALLERS : CALLERS;
        Hands hands = new Hands(Math.max(size * callers, items), callers, size);
        now("accepts, by " + size);
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
                own.add(all.subList(n * (all.size() / callers), (n + 1) * (all.size() / callers)));
            }
        }

        int next(int caller) throws Exception {
            List<String> items = own.get(caller);
            int from = done[caller] % items.size();
            int step = done[caller] / items.size();
            if (step >= STEPS) {
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
        while (partner.count() < accepted) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        subject.name() + " accepted " + accepted + " and brought " + partner.count());
            }
            Load.pause(LOOK_MILLIS);
        }
        look.at(partner.count());
        partner.forget();
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
            while (hands.accepted.get() - partner.count() > MOST_UNDERWAY && System.nanoTime() < until) {
                Load.pause(2);
            }
            return hands.next(caller);
        });
        double rate = partner.count() / ((System.nanoTime() - start) / 1e9);
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
        int count = (int) (rate * Math.min(20, sizes.through().toSeconds()));
        List<String> items = subject.prepare(count);
        partner.forget();
        now("carries half as much");
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        Map<String, Long> recorded = new ConcurrentHashMap<>();
        long start = System.nanoTime();
        AtomicInteger caller = new AtomicInteger();
        ThreadLocal<Integer> own = ThreadLocal.withInitial(caller::getAndIncrement);
        for (int n = 0; n < count; n++) {
            String item = items.get(n);
            long due = start + (long) (n / rate * 1e9);
            while (System.nanoTime() < due) {
                Load.pause(1);
            }
            callers.submit(() -> {
                subject.scan(own.get(), 0, List.of(item));
                recorded.put(item, System.nanoTime());
                return null;
            });
        }
        callers.shutdown();
        callers.awaitTermination(2, TimeUnit.MINUTES);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (partner.count() < count && System.nanoTime() < until) {
            Load.pause(20);
        }
        double[] result = partner.delays(recorded);
        partner.forget();
        return result;
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    /** Resident memory of the subject alone. */
    private long megabytes() {
        try {
            for (String line : java.nio.file.Files.readAllLines(
                    java.nio.file.Path.of("/proc/" + subject.process().pid() + "/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (java.io.IOException noLinux) {
            return -1;
        }
        return -1;
    }
}
