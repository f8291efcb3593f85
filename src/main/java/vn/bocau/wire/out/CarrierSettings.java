package vn.bocau.wire.out;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.carriers.*}. Read by the timer in {@code routes/60}; a wrong one is refused here.
 *
 * @param period how often outside carriers are asked for their events
 * @param delay from the start to the first time
 */
@ConfigurationProperties("bocau.carriers")
record CarrierSettings(Duration period, Duration delay) {

    CarrierSettings {
        Bounds.check("BOCAU_CARRIERS_PERIOD", period, Duration.ofMillis(100), Duration.ofDays(1));
        Bounds.check("BOCAU_CARRIERS_DELAY", delay, Duration.ZERO, Duration.ofDays(1));
    }
}
