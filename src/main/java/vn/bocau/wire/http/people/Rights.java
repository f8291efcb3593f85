package vn.bocau.wire.http.people;

import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** What whoever has signed in may do and where, as this package's description lists it. */
public final class Rights {

    public static final String ROLE = "ROLE_";
    public static final String OFFICE = "OFFICE_";
    public static final String AGENCY = "AGENCY_";

    /** The only right of who signed in with a one-time password: to change it. */
    public static final String PASSWORD_EXPIRED = "PASSWORD_EXPIRED";

    private Rights() {}

    /** Whether the password has to be changed before anything else. */
    public static boolean passwordExpired(Authentication who) {
        return who.getAuthorities().stream().anyMatch(right -> PASSWORD_EXPIRED.equals(right.getAuthority()));
    }

    /** The rest of the first right that begins so. */
    public static Optional<String> of(Authentication who, String prefix) {
        return who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(right -> right != null && right.startsWith(prefix))
                .map(right -> String.valueOf(right).substring(prefix.length()))
                .findFirst();
    }
}
