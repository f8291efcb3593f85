package vn.bocau.wire.http.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Verifies a signature once: a partner shows the same token with each request, and our key does not change while we run.
 * What changes is looked at each time: whether it is still good.
 */
final class RememberingDecoder implements JwtDecoder {

    private static final long MOST = 1000;

    private final JwtDecoder verifying;
    private final OAuth2TokenValidator<Jwt> validator;
    private final Cache<String, Jwt> verified =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** @param validator what {@code verifying} holds a token to beside its signature */
    RememberingDecoder(JwtDecoder verifying, OAuth2TokenValidator<Jwt> validator) {
        this.verifying = verifying;
        this.validator = validator;
    }

    @Override
    public Jwt decode(String token) {
        Jwt known = verified.getIfPresent(token);
        if (known != null && !validator.validate(known).hasErrors()) {
            return known;
        }
        // Also what is good no longer: why, says who has always said it.
        verified.invalidate(token);
        Jwt now = verifying.decode(token);
        verified.put(token, now);
        return now;
    }
}
