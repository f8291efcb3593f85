package vn.bocau.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * The relay's pace: properties {@code bocau.relay.*}. Read by the scheduler in {@code routes/40}; a wrong one is refused here.
 *
 * @param sweep how often it looks for what nothing has woken
 */
@ConfigurationProperties("bocau.relay")
record RelaySettings(Duration sweep) {

    RelaySettings {
        Bounds.check("BOCAU_RELAY_SWEEP", sweep, Duration.ofMillis(10), Duration.ofHours(1));
    }
}
