package vn.bocau.embedded;

import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * Properties {@code bocau.log.*}.
 *
 * @param format {@code ecs} for one JSON object a line (Elastic Common Schema), with the ids of message, partner and
 *     dossier in {@code bocau.*}; empty for lines that people read
 */
@ConfigurationProperties("bocau.log")
record LogSettings(String format) {

    LogSettings {
        if (!format.isEmpty() && !format.equals("ecs")) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_LOG_FORMAT là “" + format + "”, phải là ecs hoặc để trống.",
                            "BOCAU_LOG_FORMAT is \"" + format + "\", must be ecs or empty."),
                    new Text("đặt lại, hoặc bỏ biến này đi.", "set it so, or leave the variable out."));
        }
    }
}
