package vn.bocau.wire.nso;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * Properties {@code bocau.nso.*}.
 *
 * @param url where the directory is; empty: the address in its contract, or the sandbox's while the sandbox is on
 * @param timeout how long is waited for all of its answer
 */
@ConfigurationProperties("bocau.nso")
record NsoSettings(
        @DefaultValue("") String url, @DefaultValue("30s") Duration timeout) {

    NsoSettings {
        Bounds.check("BOCAU_NSO_TIMEOUT", timeout, Duration.ofSeconds(1), Duration.ofMinutes(5));
        if (!url.isEmpty() && !url.matches("https?://[^/\\s]+\\S*")) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_NSO_URL phải bắt đầu bằng http:// hoặc https:// và có tên máy.",
                            "BOCAU_NSO_URL must begin with http:// or https:// and name a host."),
                    new Text("ghi địa chỉ đầy đủ, hoặc bỏ trống.", "give the whole address, or leave it out."));
        }
    }
}
