package vn.bocau.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** How often each route ran at this node in the last minute, from what {@code bocau.route.exchanges} has counted. */
@Component
class RouteRates {

    /** By how much a minute may be longer than one. */
    private static final int EVERY_SECONDS = 5;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /**
     * @param perMinute how often it ran, well or not
     * @param failed how often not well
     */
    record Rate(double perMinute, double failed) {

        static final Rate NONE = new Rate(0, 0);
    }

    private record Count(long all, long failed) {

        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(all + other.all, failed + other.failed);
        }

        /** A route that was drawn anew counts from the beginning. */
        Rate since(Count then, double minutes) {
            Count from = all < then.all || failed < then.failed ? NONE : then;
            return new Rate((all - from.all) / minutes, (failed - from.failed) / minutes);
        }
    }

    private record Reading(long nanos, Map<String, Count> counts) {}

    private final MeterRegistry meters;

    /** The first is what the last minute is counted from. */
    private final Deque<Reading> readings = new ArrayDeque<>();

    RouteRates(MeterRegistry meters) {
        this.meters = meters;
        readings.add(new Reading(System.nanoTime(), Map.of()));
    }

    @Scheduled(fixedRate = EVERY_SECONDS, timeUnit = TimeUnit.SECONDS)
    void read() {
        read(System.nanoTime());
    }

    synchronized void read(long nanos) {
        readings.add(new Reading(nanos, counts()));
        while (readings.stream().skip(1).findFirst().orElseThrow().nanos <= nanos - MINUTE) {
            readings.remove();
        }
    }

    /** By the routes' ids; of one that has not run yet there is none. */
    Map<String, Rate> lastMinute() {
        return lastMinute(System.nanoTime());
    }

    synchronized Map<String, Rate> lastMinute(long nanos) {
        Reading first = readings.getFirst();
        double minutes = Math.max(1, (double) (nanos - first.nanos) / MINUTE);
        Map<String, Rate> rates = new HashMap<>();
        counts().forEach((route, count) ->
                rates.put(route, count.since(first.counts.getOrDefault(route, Count.NONE), minutes)));
        return rates;
    }

    private Map<String, Count> counts() {
        Map<String, Count> counts = new HashMap<>();
        for (Timer timer : meters.find("bocau.route.exchanges").timers()) {
            boolean failed = "FAILED".equals(timer.getId().getTag("outcome"));
            counts.merge(
                    String.valueOf(timer.getId().getTag("route")),
                    new Count(timer.count(), failed ? timer.count() : 0),
                    Count::plus);
        }
        return counts;
    }
}
