package vn.bocau.scan;

import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import vn.bocau.code.Refused;
import vn.bocau.wire.http.people.Rights;

/**
 * Who is signed in.
 *
 * @param role {@code POSTAL_WORKER} or {@code POSTAL_SUPERVISOR}
 * @param office code of the own post office
 */
record Postal(String user, String role, String office) {

    private static final String POSTAL = "POSTAL_";

    /** @throws Refused when somebody else than the post signs in here, or without an office */
    static Postal of(Authentication who) {
        Optional<String> role = Rights.of(who, Rights.ROLE + POSTAL);
        Optional<String> office = Rights.of(who, Rights.OFFICE);
        if (role.isEmpty() || office.isEmpty()) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "not-postal",
                    "",
                    "Tài khoản này không phải của bưu tá hay trưởng bưu cục.",
                    "This account is not a postal worker's or supervisor's.");
        }
        return new Postal(who.getName(), POSTAL + role.get(), office.get());
    }

    /** Also of a phone that was reported lost: as whom its holder signed in, where nothing of that may be done any more. */
    static Postal ofPhone(Authentication who) {
        return revoked(who)
                ? new Postal(
                        who.getName(),
                        ofPhone(who, "role"),
                        Rights.of(who, Rights.OFFICE).orElse(""))
                : of(who);
    }

    /** Whether this phone was reported lost after it signed in. */
    static boolean revoked(Authentication who) {
        return who.getAuthorities().stream().anyMatch(a -> DeviceSessions.REVOKED.equals(a.getAuthority()));
    }

    /** The phone that signed in. */
    static String device(Authentication who) {
        return ofPhone(who, "device");
    }

    private static String ofPhone(Authentication who, String name) {
        return who.getPrincipal() instanceof OAuth2AuthenticatedPrincipal phone
                ? String.valueOf(phone.<Object>getAttribute(name))
                : "";
    }
}
