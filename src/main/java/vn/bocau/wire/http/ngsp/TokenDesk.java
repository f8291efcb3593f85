package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.wire.http.token.TokenLife;
import vn.bocau.wire.http.token.Tokens;

/** Gives a one-stop system its token; most ask for a new one before every call. */
@Component
class TokenDesk {

    private final Directories directories;
    private final Tokens tokens;
    private final Duration life;

    TokenDesk(Directories directories, Tokens tokens, TokenLife life) {
        this.directories = directories;
        this.tokens = tokens;
        this.life = life.life();
    }

    byte[] issue(String oneStop) {
        Partner partner = directories.current().partner(oneStop).orElseThrow();
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", tokens.issue(partner, OneStops.AREA, life))
                .put("token_type", "Bearer")
                .put("expires_in", life.toSeconds())
                .put("scope", OneStops.AREA)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
