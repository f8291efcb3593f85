package vn.bocau.wire.http.signin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.people.Accounts;

/**
 * Keeps in the record who came in by the page to sign in, and each account that somebody tried in vain at any door for people:
 * once a minute from one network, whose last part is left out. Of a program that signs in with each request, what it asked for
 * is in the record.
 */
@Component
class SignIns {

    private static final String WHAT = "SIGN_IN";

    /** By whom it was, when nobody has come in. */
    private static final String DOOR = "sign-in";

    /** What was typed is no account of ours: it may be a name, a number or a password, and is not kept. */
    private static final String NO_ACCOUNT = "·";

    private static final Duration ONE_TRY = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final AuditTrail trail;
    private final Accounts accounts;
    private final Cache<String, Boolean> lately =
            Caffeine.newBuilder().expireAfterWrite(ONE_TRY).maximumSize(MOST).build();

    SignIns(AuditTrail trail, Accounts accounts) {
        this.trail = trail;
        this.accounts = accounts;
    }

    @EventListener
    void came(InteractiveAuthenticationSuccessEvent event) {
        Authentication who = event.getAuthentication();
        trail.apart(said(who.getName(), Audited.Outcome.DONE, who.getName(), "", network(who)));
    }

    /** The same way of signing in; what is refused is recorded. */
    AuthenticationProvider recorded(AuthenticationProvider provider) {
        return new AuthenticationProvider() {
            @Override
            public @Nullable Authentication authenticate(Authentication claim) {
                try {
                    return provider.authenticate(claim);
                } catch (InternalAuthenticationServiceException unjudged) {
                    throw unjudged;
                } catch (AuthenticationException refused) {
                    refused(claim, refused);
                    throw refused;
                }
            }

            @Override
            public boolean supports(Class<?> kind) {
                return provider.supports(kind);
            }
        };
    }

    private void refused(Authentication claim, AuthenticationException why) {
        String network = network(claim);
        try {
            // Who is not heard is told so at once, whether there is such an account or not; to look it up would take
            // longer for one that there is.
            boolean unheard = why instanceof TooManyAttempts;
            String account = unheard ? NO_ACCOUNT : known(claim.getName());
            String code = unheard ? "too-many" : why instanceof DisabledException ? "disabled" : "wrong";
            if (lately.asMap().putIfAbsent(code + ' ' + account + ' ' + network, true) == null) {
                trail.apart(said(DOOR, Audited.Outcome.REFUSED, account, code, network));
            }
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
            // Nobody has come in, whether it can be written down or not.
        }
    }

    private String known(String claimed) {
        try {
            return accounts.loadUserByUsername(claimed).getUsername();
        } catch (UsernameNotFoundException none) {
            return NO_ACCOUNT;
        }
    }

    private static Audited said(String by, Audited.Outcome outcome, String account, String code, String network) {
        var detail = JsonNodeFactory.instance.objectNode();
        if (!code.isEmpty()) {
            detail.put("code", code);
        }
        detail.put("network", network);
        return new Audited(by, WHAT, outcome, Audited.Kind.ACCOUNT, account, null, null, detail.toString());
    }

    private static String network(Authentication who) {
        return who.getDetails() instanceof WebAuthenticationDetails from ? Network.around(from.getRemoteAddress()) : "";
    }
}
