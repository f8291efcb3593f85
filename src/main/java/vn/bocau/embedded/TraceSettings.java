package vn.bocau.embedded;

import org.springframework.boot.context.properties.ConfigurationProperties;
import vn.bocau.code.Bounds;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * Properties {@code bocau.traces.*}; what is said with them to Spring Boot stands in {@code application.yaml}.
 *
 * @param url where spans are sent, by OTLP over HTTP, such as {@code http://localhost:4318/v1/traces}; empty for no traces
 * @param share of the traces that begin here, from 0 to 1
 */
@ConfigurationProperties("bocau.traces")
record TraceSettings(String url, double share) {

    TraceSettings {
        if (!url.isEmpty() && !url.matches("https?://[^/\\s]+/\\S*")) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_TRACES_URL là “" + url + "”, không phải địa chỉ http:// hoặc https:// có đường dẫn.",
                            "BOCAU_TRACES_URL is \"" + url
                                    + "\", which is no http:// or https:// address with a path."),
                    new Text(
                            "viết như http://localhost:4318/v1/traces; hoặc bỏ biến này đi.",
                            "write it as http://localhost:4318/v1/traces; or leave it out."));
        }
        Bounds.check("BOCAU_TRACES_SHARE", share, 0.0, 1.0);
    }
}
