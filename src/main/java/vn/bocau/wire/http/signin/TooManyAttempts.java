package vn.bocau.wire.http.signin;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Somebody failed to sign in too often, and is not heard for a while, even with the right password. */
public final class TooManyAttempts extends AuthenticationException {

    private final Duration pause;

    public TooManyAttempts(Duration pause) {
        super("too many failed sign-ins");
        this.pause = pause;
    }

    public Duration pause() {
        return pause;
    }
}
