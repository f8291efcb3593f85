package vn.bocau.wire.http.people;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * One login of each role to try things with, its operators with every right. They exist in memory, and only while the sandbox is on. The password is the
 * name followed by {@code -sandbox}.
 */
@Component
class SandboxLogins {

    private static final Map<String, Assignment> LOGINS = Map.of(
            "buu-ta", new Assignment("POSTAL_WORKER", "520100", null),
            "buu-ta-le-thuy", new Assignment("POSTAL_WORKER", "511000", null),
            "buu-ta-dakrong", new Assignment("POSTAL_WORKER", "525000", null),
            "to-truong", new Assignment("POSTAL_SUPERVISOR", "520100", null),
            "kiem-soat", new Assignment("POSTAL_SUPERVISOR", "520100", null),
            "can-bo", new Assignment("AGENCY_CLERK", null, "000.00.12.H50"),
            "truc-ca", new Assignment("OPERATOR", null, null),
            "truong-ca", new Assignment("OPERATOR", null, null),
            "bao-ve-du-lieu", new Assignment("DATA_OFFICER", null, null),
            "quan-tri", new Assignment(Administrators.ROLE, null, null));

    /** No account's: what was opened by a sandbox login is never good for an account of that name. */
    private static final long EPOCH = -1;

    private final boolean on;
    private final PasswordEncoder hashes;
    private final Map<String, Login> made = new ConcurrentHashMap<>();

    SandboxLogins(@Value("${bocau.sandbox.enabled:false}") boolean on, PasswordEncoder hashes) {
        this.on = on;
        this.hashes = hashes;
    }

    static boolean isOne(Login login) {
        return login.epoch() == EPOCH;
    }

    Optional<Login> named(String name) {
        return on && LOGINS.containsKey(name) ? Optional.of(made.computeIfAbsent(name, this::make)) : Optional.empty();
    }

    /** Those of this role at this post office; none while the sandbox is off. */
    List<String> names(String role, String office) {
        return LOGINS.entrySet().stream()
                .filter(login -> on && login.getValue().role().equals(role))
                .filter(login -> office.equals(login.getValue().office()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Login make(String name) {
        Assignment to = LOGINS.getOrDefault(name, new Assignment("", null, null));
        String hash = hashes.encode(name + "-sandbox");
        String rights = to.role().equals("OPERATOR") ? Grants.EVERYTHING : null;
        return new Login(name, String.valueOf(hash), to.role(), to.office(), to.agency(), rights, true, false, EPOCH);
    }
}
