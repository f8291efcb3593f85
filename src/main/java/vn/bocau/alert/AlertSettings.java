package vn.bocau.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.alerts.*}. {@code look} is read by the scheduler in {@code routes/73}; a wrong one is refused here.
 *
 * @param look how often it is looked for what has begun or ended
 * @param after how long a partner has to be away before anybody is woken
 * @param before for how much working time before its deadline what is owed is told of; 0 for not at all
 */
@ConfigurationProperties("bocau.alerts")
record AlertSettings(
        Duration look,
        @DefaultValue("1m") Duration after,
        @DefaultValue("2h") Duration before) {

    AlertSettings {
        Bounds.check("BOCAU_ALERTS_LOOK", look, Duration.ofMillis(100), Duration.ofDays(1));
        Bounds.check("BOCAU_ALERTS_AFTER", after, Duration.ZERO, Duration.ofDays(1));
        Bounds.check("BOCAU_ALERTS_BEFORE", before, Duration.ZERO, Duration.ofDays(1));
    }
}
