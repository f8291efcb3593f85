package vn.bocau.wire.http.people;

import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * What is open longer than one request: a browser's session, a phone's token. Each is good while its account is as it
 * was when it signed in; disabled, reset or given another role, it has to sign in again.
 */
@Component
public class OpenSessions {

    private final Accounts accounts;

    OpenSessions(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @return to be kept with what is opened, for {@link #rights} */
    public static long epoch(Authentication who) {
        return who.getPrincipal() instanceof SignedIn person ? person.epoch() : 0;
    }

    /**
     * What the account may do now.
     *
     * @param epoch under which the session was opened
     * @throws SessionEnded when it is good no more
     */
    public List<GrantedAuthority> rights(String account, long epoch) {
        return accounts.named(account)
                .filter(login -> login.enabled() && login.epoch() == epoch)
                .map(Login::rights)
                .orElseThrow(SessionEnded::new);
    }
}
