package vn.bocau.wire.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Slows down who guesses passwords. After a few failures in a row an account is not heard from that address, and after
 * more of them the address not at all, for a minute, even with the right password. Counted on this node and forgotten
 * when nobody tries any more.
 */
@Component
public class Attempts {

    private record Failures(int inARow, Instant last) {}

    private final LoginLimits limits;
    private final Clock clock;
    private final Cache<String, Failures> failures;

    @Autowired
    Attempts(LoginLimits limits) {
        this(limits, Clock.systemUTC());
    }

    Attempts(LoginLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
        this.failures = Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterWrite(limits.memory())
                .build();
    }

    /**
     * @param account as claimed
     * @param address where from
     * @throws TooManyAttempts when it is not to be heard now
     */
    public void admit(String account, String address) {
        pauseOf(both(account, address), limits.perAccount());
        pauseOf("address " + address, limits.perAddress());
    }

    /** The credentials were wrong. */
    public void failed(String account, String address) {
        count(both(account, address));
        count("address " + address);
    }

    /** The credentials were right. The address is not forgiven: one good account must not clear the way for guesses. */
    public void succeeded(String account, String address) {
        failures.invalidate(both(account, address));
    }

    /** Whoever guesses from elsewhere must not be able to lock the owner out. */
    private static String both(String account, String address) {
        return "account " + account + " from " + address;
    }

    /** The same way of signing in, slowed down. */
    public AuthenticationProvider slowing(AuthenticationProvider provider) {
        return new AuthenticationProvider() {
            @Override
            public @Nullable Authentication authenticate(Authentication claim) {
                String address =
                        claim.getDetails() instanceof WebAuthenticationDetails from ? from.getRemoteAddress() : "";
                admit(claim.getName(), address);
                try {
                    @Nullable Authentication signedIn = provider.authenticate(claim);
                    succeeded(claim.getName(), address);
                    return signedIn;
                } catch (InternalAuthenticationServiceException outage) {
                    throw outage;
                } catch (AuthenticationException wrong) {
                    failed(claim.getName(), address);
                    throw wrong;
                }
            }

            @Override
            public boolean supports(Class<?> kind) {
                return provider.supports(kind);
            }
        };
    }

    private void pauseOf(String who, int allowed) {
        Failures so = failures.getIfPresent(who);
        if (so != null && so.inARow() >= allowed) {
            Duration left = Duration.between(clock.instant(), so.last().plus(limits.pause()));
            if (left.compareTo(Duration.ZERO) > 0) {
                throw new TooManyAttempts(left.plusSeconds(1));
            }
        }
    }

    private void count(String who) {
        failures.asMap()
                .merge(
                        who,
                        new Failures(1, clock.instant()),
                        (before, now) -> new Failures(before.inARow() + 1, now.last()));
    }
}
