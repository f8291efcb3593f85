package vn.bocau.console;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.Text;

/**
 * Properties {@code bocau.epcis.*}.
 *
 * @param base how the names begin by which others know our items, offices, agencies and dossiers: EPCIS names things by
 *     URIs, and there is none for a UPU S10 identifier
 */
@ConfigurationProperties("bocau.epcis")
record EpcisSettings(
        @DefaultValue("https://localhost:8443/id") URI base) {

    EpcisSettings {
        if (!base.isAbsolute() || base.getHost() == null || base.getQuery() != null || base.getFragment() != null) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_EPCIS_BASE là “" + base + "”, phải là một URI như https://buucuc.example/id.",
                            "BOCAU_EPCIS_BASE is \"" + base + "\", must be a URI such as https://post.example/id."),
                    new Text(
                            "sửa BOCAU_EPCIS_BASE, hoặc bỏ biến này đi.",
                            "correct BOCAU_EPCIS_BASE, or leave it out."));
        }
    }
}
