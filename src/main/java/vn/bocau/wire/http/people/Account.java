package vn.bocau.wire.http.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's account, as administrators see it.
 *
 * @param role one of {@link Assignment#ROLES}
 * @param office code of the own post office; null when it is nobody of the post
 * @param agency id of the own agency; null when it is nobody of an agency
 * @param rights what an operator may do, for which partners, as {@link Grants} writes it; null for what is usual for the role
 * @param oneTime whether its password is good for changing it and nothing more
 */
public record Account(
        String name,
        String role,
        @Nullable String office,
        @Nullable String agency,
        @Nullable String rights,
        boolean enabled,
        boolean oneTime,
        Instant createdAt) {}
