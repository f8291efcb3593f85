package vn.bocau.console;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who has signed in.
 *
 * @param role as in table {@code account}
 * @param office code of the own post office; null when it is nobody of the post
 * @param agency id of the own agency; null when it is nobody of an agency
 */
record Person(
        String name,
        String role,
        @Nullable String office,
        @Nullable String agency) {

    static Person of(Authentication who) {
        return new Person(
                who.getName(),
                right(who, "ROLE_").orElse(""),
                right(who, "OFFICE_").orElse(null),
                right(who, "AGENCY_").orElse(null));
    }

    private static Optional<String> right(Authentication who, String prefix) {
        return who.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(a -> a != null && a.startsWith(prefix))
                .map(a -> String.valueOf(a).substring(prefix.length()))
                .findFirst();
    }
}
