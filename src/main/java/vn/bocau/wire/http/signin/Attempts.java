package vn.bocau.wire.http.signin;

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
 * Slows down who guesses passwords. After a few failures in a row an account is not heard from that address for a
 * moment, even with the right password, and neither, after more of them, is any account from that address that has
 * never signed in there. Whoever has is known there: an office is one address, and a stranger in it must not be able to
 * shut the others out. Failures are counted on this node and forgiven one by one as time goes by; who is known is kept
 * ({@link KnownPlaces}).
 */
@Component
public class Attempts {

    /** @param level of failures not yet forgiven, when the last one came */
    private record Failures(double level, Instant last) {}

    private static final int MOST = 100_000;
    private static final Duration NONE = Duration.ofSeconds(-1);

    private final LoginLimits limits;
    private final Clock clock;
    private final Cache<String, Failures> failures;
    private final Places known;

    /** Where who has signed in. */
    interface Places {

        boolean know(String account, String address);

        void add(String account, String address);
    }

    private static final Places NOBODY = new Places() {
        @Override
        public boolean know(String account, String address) {
            return false;
        }

        @Override
        public void add(String account, String address) {
            // Whoever has no account is not remembered.
        }
    };

    @Autowired
    Attempts(LoginLimits limits, KnownPlaces known) {
        this(limits, known, Clock.systemUTC());
    }

    Attempts(LoginLimits limits, Places known, Clock clock) {
        this.limits = limits;
        this.known = known;
        this.clock = clock;
        this.failures = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(limits.memory())
                .build();
    }

    /**
     * For who has no account and so is known nowhere: counted by itself, that neither side shuts the other out.
     *
     * @param perAddress as many failures from one address are borne, whatever was tried
     */
    public Attempts apart(int perAddress) {
        return new Attempts(
                new LoginLimits(limits.perAccount(), perAddress, limits.pause(), limits.memory()), NOBODY, clock);
    }

    /**
     * @param account as claimed
     * @param address where from
     * @throws TooManyAttempts when it is not to be heard now
     */
    public void admit(String account, String address) {
        pauseOf(both(account, address), limits.perAccount());
        Duration left = left(all(address), limits.perAddress());
        if (!left.isNegative() && !known.know(account, address)) {
            throw new TooManyAttempts(left);
        }
    }

    /**
     * The credentials were wrong.
     *
     * @throws TooManyAttempts when that is not to be said any more: of many guesses at once, the one that is right must
     *     not be told from the others
     */
    public void failed(String account, String address) {
        boolean tooMany = count(both(account, address), limits.perAccount())
                || (!known.know(account, address) && count(all(address), limits.perAddress()));
        if (tooMany) {
            throw new TooManyAttempts(limits.pause());
        }
    }

    /**
     * The credentials were right.
     *
     * @throws TooManyAttempts when too many were wrong while these were looked at
     */
    public void succeeded(String account, String address) {
        admit(account, address);
        failures.invalidate(both(account, address));
        known.add(account, address);
    }

    /** Whoever guesses from elsewhere must not be able to lock the owner out. */
    private static String both(String account, String address) {
        return "account " + account + " from " + Network.of(address);
    }

    private static String all(String address) {
        return "address " + Network.of(address);
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
                } catch (InternalAuthenticationServiceException | TooManyAttempts unjudged) {
                    throw unjudged;
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
        Duration left = left(who, allowed);
        if (!left.isNegative()) {
            throw new TooManyAttempts(left);
        }
    }

    /** @return how long nobody is heard yet; negative when one is */
    private Duration left(String who, int allowed) {
        Failures so = failures.getIfPresent(who);
        // Of the last failure nothing is forgiven while it is new.
        if (so != null && so.level() > allowed - 1) {
            Duration left = Duration.between(clock.instant(), so.last().plus(limits.pause()));
            if (left.compareTo(Duration.ZERO) > 0) {
                return left.plusSeconds(1);
            }
        }
        return NONE;
    }

    /** @return whether more failed than are allowed */
    private boolean count(String who, int allowed) {
        Instant now = clock.instant();
        Failures so = failures.asMap().compute(who, (key, before) -> new Failures(1 + left(before, now, allowed), now));
        return so.level() > allowed;
    }

    /** In the time that failures are remembered, as many are forgiven as are allowed; after each pause, one is free. */
    private double left(@Nullable Failures before, Instant now, int allowed) {
        if (before == null) {
            return 0;
        }
        Duration since = Duration.between(before.last(), now);
        double forgiven = allowed * (double) since.toMillis() / limits.memory().toMillis();
        double most = since.compareTo(limits.pause()) < 0 ? allowed : allowed - 1.0;
        return Math.min(most, Math.max(0, before.level() - forgiven));
    }
}
