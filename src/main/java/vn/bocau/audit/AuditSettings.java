package vn.bocau.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.audit.*}. Read by the scheduler in {@code routes/72}; a wrong one is refused here. The key is {@link AuditKey}'s.
 *
 * @param look how often it is looked for days of the record that are over and not signed
 */
@ConfigurationProperties("bocau.audit")
record AuditSettings(Duration look) {

    AuditSettings {
        Bounds.check("BOCAU_AUDIT_LOOK", look, Duration.ofMillis(100), Duration.ofDays(1));
    }
}
