package vn.bocau.wire.http.access;

import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** What whoever has signed in may do and where, as this package's description lists it. */
public final class Rights {

    public static final String ROLE = "ROLE_";
    public static final String OFFICE = "OFFICE_";
    public static final String AGENCY = "AGENCY_";

    private Rights() {}

    /** The rest of the first right that begins so. */
    public static Optional<String> of(Authentication who, String prefix) {
        return who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(right -> right != null && right.startsWith(prefix))
                .map(right -> String.valueOf(right).substring(prefix.length()))
                .findFirst();
    }
}
