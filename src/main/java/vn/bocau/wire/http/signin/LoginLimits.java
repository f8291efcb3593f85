package vn.bocau.wire.http.signin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * How many failed sign-ins are borne: {@code bocau.login.*}.
 *
 * @param perAccount in a row, for one account
 * @param perAddress of accounts that have never signed in from there, from one address; an office is often one address
 * @param pause how long nobody is heard then, from the last failure
 * @param memory in how long as many failures are forgiven as are borne
 */
@ConfigurationProperties("bocau.login")
record LoginLimits(
        @DefaultValue("5") int perAccount,
        @DefaultValue("50") int perAddress,
        @DefaultValue("1m") Duration pause,
        @DefaultValue("15m") Duration memory) {

    private static final int MOST = 1_000_000;

    LoginLimits {
        Bounds.check("BOCAU_LOGIN_PERACCOUNT", perAccount, 1, MOST);
        Bounds.check("BOCAU_LOGIN_PERADDRESS", perAddress, 1, MOST);
        Bounds.check("BOCAU_LOGIN_PAUSE", pause, Duration.ofSeconds(1), Duration.ofDays(1));
        Bounds.check("BOCAU_LOGIN_MEMORY", memory, Duration.ofSeconds(1), Duration.ofDays(1));
    }
}
