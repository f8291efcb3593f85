package vn.bocau.wire.http.people;

import org.springframework.security.core.AuthenticationException;

/** The account has changed since this session or token was opened: who comes with it has to sign in again. */
public final class SessionEnded extends AuthenticationException {

    public SessionEnded() {
        super("the account has changed since it signed in");
    }
}
