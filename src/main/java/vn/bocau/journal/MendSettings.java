package vn.bocau.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.mends.*}. Read by the scheduler in {@code routes/80}; a wrong one is refused here.
 *
 * @param look how often the mends that run take their next step
 */
@ConfigurationProperties("bocau.mends")
record MendSettings(Duration look) {

    MendSettings {
        Bounds.check("BOCAU_MENDS_LOOK", look, Duration.ofMillis(100), Duration.ofHours(1));
    }
}
