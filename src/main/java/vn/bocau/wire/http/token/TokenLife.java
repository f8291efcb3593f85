package vn.bocau.wire.http.token;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * How long a partner's access token is good: {@code bocau.token.life}.
 *
 * @param life from its issue; a token cannot be called back
 */
@ConfigurationProperties("bocau.token")
public record TokenLife(@DefaultValue("10m") Duration life) {

    public TokenLife {
        Bounds.check("BOCAU_TOKEN_LIFE", life, Duration.ofSeconds(10), Duration.ofDays(1));
    }
}
