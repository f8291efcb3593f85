package vn.bocau.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.metrics.*}. Read by the timer of {@link LineMeters}; a wrong one is refused here.
 *
 * @param every how often the lines are counted
 */
@ConfigurationProperties("bocau.metrics")
record MeterSettings(Duration every) {

    MeterSettings {
        Bounds.check("BOCAU_METRICS_EVERY", every, Duration.ofMillis(100), Duration.ofHours(1));
    }
}
