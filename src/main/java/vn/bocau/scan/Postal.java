package vn.bocau.scan;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import vn.bocau.code.Refused;

/**
 * Who is signed in.
 *
 * @param role {@code POSTAL_WORKER} or {@code POSTAL_SUPERVISOR}
 * @param office code of the own post office
 */
record Postal(String user, String role, String office) {

    private static final String ROLE = "ROLE_";
    private static final String OFFICE = "OFFICE_";

    /** @throws Refused when somebody else than the post signs in here, or without an office */
    static Postal of(Authentication who) {
        String role = right(who, ROLE + "POSTAL_");
        String office = office(who);
        if (role == null || office == null) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "not-postal",
                    "",
                    "Tài khoản này không phải của bưu tá hay trưởng bưu cục.",
                    "This account is not a postal worker's or supervisor's.");
        }
        return new Postal(who.getName(), "POSTAL_" + role, office);
    }

    /** Whether this phone was reported lost after it signed in. */
    static boolean revoked(Authentication who) {
        return who.getAuthorities().stream().anyMatch(a -> DeviceSessions.REVOKED.equals(a.getAuthority()));
    }

    static @Nullable String office(Authentication who) {
        return right(who, OFFICE);
    }

    /** The phone that signed in. */
    static String device(Authentication who) {
        return who.getPrincipal() instanceof OAuth2AuthenticatedPrincipal phone
                ? String.valueOf(phone.<Object>getAttribute("device"))
                : "";
    }

    private static @Nullable String right(Authentication who, String prefix) {
        return who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(a -> a != null && a.startsWith(prefix))
                .map(a -> String.valueOf(a).substring(prefix.length()))
                .findFirst()
                .orElse(null);
    }
}
