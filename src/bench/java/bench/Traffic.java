package bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Scans that come as often as they come, however fast they are answered; and how long until their portal has heard of each. */
final class Traffic {

    private static final int CALLERS = 32;

    /** Other callers than those of a round: a phone counts what it sends. */
    private static final int FIRST_CALLER = 1000;

    /** Items to scan, a block at a time. */
    interface Blocks {

        /** @return empty when there are no more */
        List<String> next() throws Exception;
    }

    private final Subject subject;
    private final double rate;
    private final Blocks blocks;
    private final Map<String, Long> recorded = new ConcurrentHashMap<>();
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    private final AtomicInteger caller = new AtomicInteger(FIRST_CALLER);
    private final ThreadLocal<Integer> own = ThreadLocal.withInitial(caller::getAndIncrement);
    private final Thread pacer = new Thread(this::pace, "traffic");
    private volatile boolean ended;
    private volatile Exception failure;

    /** @param rate scans a second */
    Traffic(Subject subject, double rate, Blocks blocks) {
        this.subject = subject;
        this.rate = rate;
        this.blocks = blocks;
    }

    Traffic begin() throws Exception {
        for (int n = 0; n < CALLERS; n++) {
            subject.signIn(FIRST_CALLER + n);
        }
        pacer.start();
        return this;
    }

    private void pace() {
        try {
            for (List<String> block = blocks.next(); !ended && !block.isEmpty(); block = blocks.next()) {
                pace(block);
            }
        } catch (Exception e) {
            failure = e;
        }
    }

    /** All of it once, then again, then a third time; each only after the one before was answered. */
    private void pace(List<String> block) throws Exception {
        long start = System.nanoTime();
        long n = 0;
        for (int step = 0; step < Subject.STEPS.size(); step++) {
            List<Future<?>> pass = new ArrayList<>();
            for (String item : block) {
                long due = start + (long) (n++ / rate * 1e9);
                while (System.nanoTime() < due && !ended) {
                    Load.pause(1);
                }
                if (ended) {
                    break;
                }
                int now = step;
                pass.add(callers.submit(() -> {
                    subject.scan(own.get(), now, List.of(item));
                    recorded.put(Heard.word(item, Subject.STEPS.get(now)), System.nanoTime());
                    return null;
                }));
            }
            for (Future<?> one : pass) {
                one.get();
            }
        }
    }

    /** Until there are no more blocks. */
    void await() throws Exception {
        pacer.join();
        end();
    }

    /** No more; what is under way is waited for. */
    void end() throws Exception {
        ended = true;
        pacer.join();
        callers.shutdown();
        if (!callers.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("callers do not come to an end");
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** By {@link Heard#word}, when its caller was told that it is recorded. */
    Map<String, Long> recorded() {
        return recorded;
    }

    /** Of those recorded from one moment to another. */
    Map<String, Long> recorded(long from, long until) {
        Map<String, Long> some = new HashMap<>();
        recorded.forEach((word, at) -> {
            if (at >= from && at < until) {
                some.put(word, at);
            }
        });
        return some;
    }

    /** By item, what its portal is to hear. */
    Map<String, List<String>> expected() {
        Map<String, List<String>> all = new HashMap<>();
        for (String word : recorded.keySet()) {
            String item = word.substring(0, word.indexOf(' '));
            all.computeIfAbsent(
                    item,
                    i -> Subject.STEPS.stream()
                            .filter(code -> recorded.containsKey(Heard.word(i, code)))
                            .toList());
        }
        return all;
    }
}
