package vn.bocau.dossier;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.holds.*}. Read by the scheduler in {@code routes/70}; a wrong one is refused here.
 *
 * @param look how often it is looked for holds that have expired
 */
@ConfigurationProperties("bocau.holds")
record HoldSettings(Duration look) {

    HoldSettings {
        Bounds.check("BOCAU_HOLDS_LOOK", look, Duration.ofMillis(100), Duration.ofDays(1));
    }
}
