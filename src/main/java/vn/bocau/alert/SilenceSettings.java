package vn.bocau.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.silence.*}. {@code look} is read by the scheduler in {@code routes/73}; a wrong one is refused here.
 *
 * @param look how often it is counted what came
 * @param least of how much that usually comes anybody is told that it did not
 */
@ConfigurationProperties("bocau.silence")
record SilenceSettings(Duration look, @DefaultValue("10") int least) {

    /** What comes five times or less may stay away by chance. */
    private static final int FEWEST = 5;

    private static final int MOST = 1_000_000;

    SilenceSettings {
        Bounds.check("BOCAU_SILENCE_LOOK", look, Duration.ofMillis(100), Duration.ofDays(1));
        Bounds.check("BOCAU_SILENCE_LEAST", least, FEWEST, MOST);
    }
}
