package vn.bocau.embedded;

import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether HTTPS could show the certificate that was brought. */
@Order(StartCheck.FILES)
class CertificateCheck implements StartCheck {

    private final Environment environment;

    CertificateCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        String keystore = environment.getProperty("bocau.tls.keystore", "");
        String password = environment.getProperty("bocau.tls.password", "");
        if (!keystore.isEmpty()) {
            Https.named(keystore, password);
        } else if (!password.isEmpty()) {
            throw new Misconfigured(
                    new Text(
                            "Có BOCAU_TLS_PASSWORD mà không có BOCAU_TLS_KEYSTORE.",
                            "BOCAU_TLS_PASSWORD is set without BOCAU_TLS_KEYSTORE."),
                    new Text(
                            "đặt BOCAU_TLS_KEYSTORE, hoặc bỏ BOCAU_TLS_PASSWORD đi.",
                            "set BOCAU_TLS_KEYSTORE, or leave BOCAU_TLS_PASSWORD out."));
        }
    }
}
