package bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Callers that go on as fast as they are answered. */
final class Load {

    /** One thing done; how many it counts for. */
    interface Act {
        int once(int caller) throws Exception;
    }

    private Load() {}

    /** @return how many a second, over the time it took */
    static double rate(int callers, Duration time, Act act) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        AtomicLong done = new AtomicLong();
        AtomicReference<Exception> failure = new AtomicReference<>();
        long start = System.nanoTime();
        long until = start + time.toNanos();
        for (int n = 0; n < callers; n++) {
            int caller = n;
            threads.submit(() -> {
                try {
                    while (System.nanoTime() < until) {
                        done.addAndGet(act.once(caller));
                    }
                } catch (Exception e) {
                    failure.compareAndSet(null, e);
                }
            });
        }
        threads.shutdown();
        if (!threads.awaitTermination(time.toSeconds() + 120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("callers do not come to an end");
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return done.get() / ((System.nanoTime() - start) / 1e9);
    }

    static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
