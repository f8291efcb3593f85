package vn.bocau.desk;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;

/**
 * Properties {@code bocau.files.*}. Read by the scheduler in {@code routes/18}; a wrong one is refused here.
 *
 * @param look how often it is looked for rows of files that wait to be judged
 */
@ConfigurationProperties("bocau.files")
record FileSettings(Duration look) {

    FileSettings {
        Bounds.check("BOCAU_FILES_LOOK", look, Duration.ofMillis(100), Duration.ofHours(1));
    }
}
