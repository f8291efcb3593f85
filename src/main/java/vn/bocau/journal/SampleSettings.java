package vn.bocau.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.map.*}. Read by the scheduler in {@code routes/74}; a wrong one is refused here.
 *
 * @param look how often the stretches are counted for the map and its history
 */
@ConfigurationProperties("bocau.map")
record SampleSettings(Duration look) {

    SampleSettings {
        Bounds.check("BOCAU_MAP_LOOK", look, Duration.ofMillis(100), Duration.ofDays(1));
    }
}
