package vn.bocau.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RouteRatesTest {

    private final long start = System.nanoTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RouteRates rates = new RouteRates(meters);

    @Test
    void what_ran_in_the_last_minute_is_counted_and_what_ran_before_is_not() {
        runs("relay", "DONE", 6);
        runs("relay", "FAILED", 2);
        assertThat(at(1).perMinute()).as("of the first minute, what there is").isEqualTo(8);
        assertThat(at(1).failed()).isEqualTo(2);
        read(5);
        read(60);
        runs("relay", "DONE", 3);
        read(65);
        assertThat(at(65)).isEqualTo(new RouteRates.Rate(3, 0));
        read(120);
        read(125);
        assertThat(at(125)).as("it stands still").isEqualTo(RouteRates.Rate.NONE);
    }

    @Test
    void a_reading_that_came_late_is_no_higher_rate() {
        read(0);
        runs("relay", "DONE", 30);
        assertThat(at(180).perMinute()).isBetween(9.9, 10.1);
    }

    @Test
    void a_route_that_is_drawn_anew_counts_from_the_beginning() {
        runs("relay", "DONE", 9);
        read(60);
        read(120);
        meters.clear();
        runs("relay", "DONE", 2);
        assertThat(at(121).perMinute()).isBetween(1.9, 2.0);
    }

    private void runs(String route, String outcome, int times) {
        Timer timer = meters.timer("bocau.route.exchanges", "route", route, "outcome", outcome);
        for (int n = 0; n < times; n++) {
            timer.record(Duration.ofMillis(1));
        }
    }

    private void read(int second) {
        rates.read(nanos(second));
    }

    private RouteRates.Rate at(int second) {
        return rates.lastMinute(nanos(second)).getOrDefault("relay", RouteRates.Rate.NONE);
    }

    private long nanos(int second) {
        return start + Duration.ofSeconds(second).toNanos();
    }
}
