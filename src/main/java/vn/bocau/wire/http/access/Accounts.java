package vn.bocau.wire.http.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** The people who may sign in: table {@code account}, and with the sandbox its own logins. */
@Component
class Accounts implements UserDetailsService {

    /** @param password hash, with its algorithm in braces before it */
    record Account(
            String name,
            String password,
            String role,
            @Nullable String office,
            @Nullable String agency,
            boolean enabled) {

        UserDetails user() {
            List<GrantedAuthority> rights = new ArrayList<>();
            rights.add(new SimpleGrantedAuthority(Rights.ROLE + role));
            if (office != null) {
                rights.add(new SimpleGrantedAuthority(Rights.OFFICE + office));
            }
            if (agency != null) {
                rights.add(new SimpleGrantedAuthority(Rights.AGENCY + agency));
            }
            return User.withUsername(name)
                    .password(password)
                    .authorities(rights)
                    .disabled(!enabled)
                    .build();
        }
    }

    private final JdbcClient db;
    private final SandboxLogins sandbox;

    Accounts(JdbcClient db, SandboxLogins sandbox) {
        this.db = db;
        this.sandbox = sandbox;
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return sandbox.named(name)
                .or(() -> kept(name))
                .map(Account::user)
                // Without the name: it may be a password typed into the wrong field.
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    private Optional<Account> kept(String name) {
        // PostgreSQL knows no text with a zero in it.
        if (name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return db.sql("select name, password, role, office, agency, enabled from account where name = :name")
                .param("name", name)
                .query(Account.class)
                .optional();
    }
}
