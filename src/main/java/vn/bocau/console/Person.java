package vn.bocau.console;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import vn.bocau.wire.http.people.Rights;

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
                Rights.of(who, Rights.ROLE).orElse(""),
                Rights.of(who, Rights.OFFICE).orElse(null),
                Rights.of(who, Rights.AGENCY).orElse(null));
    }
}
