package vn.bocau.wire;

import java.util.Map;
import org.springframework.mock.env.MockEnvironment;

/** Secrets a test makes up. */
public final class KnownSecrets {

    private KnownSecrets() {}

    /** @param secrets by their names */
    public static Secrets of(Map<String, String> secrets) {
        var environment = new MockEnvironment();
        secrets.forEach((name, secret) -> environment.setProperty("bocau.secrets." + name, secret));
        return new Secrets(environment);
    }
}
