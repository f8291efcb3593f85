package vn.bocau.wire.http.people;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** The people who may sign in: table {@code account}, and with the sandbox its logins of names that nobody has there. */
@Component
public class Accounts implements UserDetailsService {

    private final JdbcClient db;
    private final SandboxLogins sandbox;

    Accounts(JdbcClient db, SandboxLogins sandbox) {
        this.db = db;
        this.sandbox = sandbox;
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return named(name)
                .map(Login::user)
                // Without the name: it may be a password typed into the wrong field.
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    Optional<Login> named(String name) {
        return kept(name).or(() -> sandbox.named(name));
    }

    private Optional<Login> kept(String name) {
        // PostgreSQL knows no text with a zero in it.
        if (name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return db.sql(
                        "select name, password, role, office, agency, rights as grants, enabled, one_time, epoch from account"
                                + " where name = :name")
                .param("name", name)
                .query(Login.class)
                .optional();
    }
}
