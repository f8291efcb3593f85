package vn.bocau.wire;

import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Partner;

/** What we and a partner alone know: properties {@code bocau.secrets.<name>}. Never logged, never in reference data. */
@Component
public class Secrets {

    private final Environment environment;

    Secrets(Environment environment) {
        this.environment = environment;
    }

    /** The secret a partner shares with us; empty when it has none, or nobody has set it. */
    public Optional<String> of(Partner partner) {
        return Optional.ofNullable(partner.secret()).flatMap(this::named);
    }

    /** A secret by its name. */
    public Optional<String> named(String name) {
        return Optional.ofNullable(environment.getProperty("bocau.secrets." + name))
                .filter(secret -> !secret.isBlank());
    }
}
