package bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** One of many things, done by one caller. */
    interface Task<T> {
        void by(int caller, T each) throws Exception;
    }

    /** All of them, by so many callers at once, as fast as it goes. */
    static <T> void each(int callers, List<T> all, Task<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> ends = new ArrayList<>();
        for (int n = 0; n < callers; n++) {
            int caller = n;
            ends.add(threads.submit(() -> {
                for (int at = next.getAndIncrement(); at < all.size(); at = next.getAndIncrement()) {
                    task.by(caller, all.get(at));
                }
                return null;
            }));
        }
        threads.shutdown();
        for (Future<?> end : ends) {
            end.get();
        }
    }

    static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
