package vn.bocau.wire.http.people;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * An account as it signs in.
 *
 * @param password hash, with its algorithm in braces before it
 * @param grants as {@link Grants} writes them; null for what is usual for the role
 * @param oneTime whether the password is good for changing it and nothing more
 * @param epoch as in table {@code account}
 */
record Login(
        String name,
        String password,
        String role,
        @Nullable String office,
        @Nullable String agency,
        @Nullable String grants,
        boolean enabled,
        boolean oneTime,
        long epoch) {

    List<GrantedAuthority> rights() {
        List<GrantedAuthority> rights = new ArrayList<>();
        if (oneTime) {
            rights.add(new SimpleGrantedAuthority(Rights.PASSWORD_EXPIRED));
            return rights;
        }
        rights.add(new SimpleGrantedAuthority(Rights.ROLE + role));
        Grants.words(grants, role).forEach(word -> rights.add(new SimpleGrantedAuthority(Grants.AUTHORITY + word)));
        if (office != null) {
            rights.add(new SimpleGrantedAuthority(Rights.OFFICE + office));
        }
        if (agency != null) {
            rights.add(new SimpleGrantedAuthority(Rights.AGENCY + agency));
        }
        return rights;
    }

    /** Whatever has to be done before signing in, such as choosing another password. */
    Grants granted() {
        return Grants.of(Grants.words(grants, role));
    }

    SignedIn user() {
        return new SignedIn(name, password, enabled, rights(), epoch);
    }

    @Override
    public String toString() {
        return "Login[" + role + "]";
    }
}
