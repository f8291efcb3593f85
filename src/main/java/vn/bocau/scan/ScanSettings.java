package vn.bocau.scan;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.scan.*}.
 *
 * @param session how long a phone stays signed in: a working day and the next morning, because a phone in the mountains
 *     cannot sign in again
 */
@ConfigurationProperties("bocau.scan")
record ScanSettings(@DefaultValue("36h") Duration session) {

    ScanSettings {
        Bounds.check("BOCAU_SCAN_SESSION", session, Duration.ofMinutes(1), Duration.ofDays(30));
    }
}
