package vn.bocau.wire.http.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;

/** A signature is verified once, and what may change each time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RememberingDecoderTest {

    private static final Instant ISSUED = Instant.parse("2026-11-29T00:00:00Z");

    private final JwtTimestampValidator validator = new JwtTimestampValidator(Duration.ZERO);
    private final List<String> verified = new ArrayList<>();
    private final RememberingDecoder decoder = new RememberingDecoder(this::verify, validator);
    private Instant now = ISSUED;

    /** Knows "good", until an hour after it was issued. */
    private Jwt verify(String token) {
        verified.add(token);
        if (!token.equals("good") || now.isAfter(ISSUED.plusSeconds(3600))) {
            throw new BadJwtException("no");
        }
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .subject("dvcqg")
                .issuedAt(ISSUED)
                .expiresAt(ISSUED.plusSeconds(3600))
                .build();
    }

    private void at(Instant time) {
        now = time;
        validator.setClock(Clock.fixed(time, ZoneOffset.UTC));
    }

    @Test
    void what_was_verified_is_not_verified_again() {
        at(ISSUED.plusSeconds(10));
        assertThat(decoder.decode("good").getSubject()).isEqualTo("dvcqg");
        assertThat(decoder.decode("good").getSubject()).isEqualTo("dvcqg");
        assertThat(verified).containsExactly("good");
    }

    @Test
    void what_has_ended_is_refused_though_it_is_known() {
        at(ISSUED.plusSeconds(10));
        decoder.decode("good");

        at(ISSUED.plusSeconds(3601));
        assertThatThrownBy(() -> decoder.decode("good")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode("good")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void what_was_refused_is_never_remembered() {
        at(ISSUED.plusSeconds(10));
        assertThatThrownBy(() -> decoder.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode("forged")).isInstanceOf(BadJwtException.class);
        assertThat(verified).containsExactly("forged", "forged");
    }
}
