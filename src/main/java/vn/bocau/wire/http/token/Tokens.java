package vn.bocau.wire.http.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;

/**
 * The tokens partners come with: signed by us, good for one area alone, and not for long. A partner that was taken out
 * of the directory has lost its tokens with it.
 */
@Component
public class Tokens {

    private final RSAKey key;
    private final NimbusJwtEncoder encoder;
    private final Directories directories;

    Tokens(RSAKey key, JWKSource<SecurityContext> keys, Directories directories) {
        this.key = key;
        this.encoder = new NimbusJwtEncoder(keys);
        this.directories = directories;
    }

    /** @param area the audience: what it is good for */
    public String issue(Partner partner, String area, Duration life) {
        Instant now = Instant.now();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .id(UUID.randomUUID().toString())
                .subject(partner.id())
                .audience(List.of(area))
                .issuedAt(now)
                .expiresAt(now.plus(life))
                .build();
        return encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue();
    }

    /** Knows the partners by their tokens for one area. */
    public AuthenticationManager in(String area) {
        JwtDecoder decoder = decoder(area);
        return claim -> {
            try {
                Jwt token = decoder.decode(((BearerTokenAuthenticationToken) claim).getToken());
                return new PartnerAuthentication(directories
                        .current()
                        .partner(String.valueOf(token.getSubject()))
                        .orElseThrow(() -> new InvalidBearerTokenException("no such partner any more")));
            } catch (JwtException e) {
                throw new InvalidBearerTokenException("not a token of ours, or not any more", e);
            }
        };
    }

    private JwtDecoder decoder(String area) {
        var validator = new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(Duration.ofSeconds(5)),
                new JwtClaimValidator<List<String>>("aud", aud -> aud != null && aud.contains(area)));
        try {
            NimbusJwtDecoder decoder =
                    NimbusJwtDecoder.withPublicKey(key.toRSAPublicKey()).build();
            decoder.setJwtValidator(validator);
            return new RememberingDecoder(decoder, validator);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
