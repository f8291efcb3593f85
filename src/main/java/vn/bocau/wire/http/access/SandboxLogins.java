package vn.bocau.wire.http.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import vn.bocau.wire.http.access.Accounts.Account;

/**
 * One login of each role to try things with. They exist in memory, and only while the sandbox is on. The password is the
 * name followed by {@code -sandbox}.
 */
@Component
class SandboxLogins {

    private record Login(
            String role, @Nullable String office, @Nullable String agency) {}

    private static final Map<String, Login> LOGINS = Map.of(
            "buu-ta", new Login("POSTAL_WORKER", "520100", null),
            "buu-ta-le-thuy", new Login("POSTAL_WORKER", "511000", null),
            "to-truong", new Login("POSTAL_SUPERVISOR", "520100", null),
            "can-bo", new Login("AGENCY_CLERK", null, "000.00.12.H50"),
            "truc-ca", new Login("OPERATOR", null, null),
            "quan-tri", new Login("ADMINISTRATOR", null, null));

    private final boolean on;
    private final PasswordEncoder hashes;
    private final Map<String, Account> made = new ConcurrentHashMap<>();

    SandboxLogins(@Value("${bocau.sandbox.enabled:false}") boolean on, PasswordEncoder hashes) {
        this.on = on;
        this.hashes = hashes;
    }

    Optional<Account> named(String name) {
        return on && LOGINS.containsKey(name) ? Optional.of(made.computeIfAbsent(name, this::make)) : Optional.empty();
    }

    private Account make(String name) {
        Login login = LOGINS.getOrDefault(name, new Login("", null, null));
        String hash = hashes.encode(name + "-sandbox");
        return new Account(name, String.valueOf(hash), login.role(), login.office(), login.agency(), true);
    }
}
