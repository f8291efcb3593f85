package vn.bocau.track;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * Four digits are guessed in ten thousand tries. Whoever tries is slowed down by address, as at sign-in; and at one door, a
 * dossier by its codes or one link, no more than a few wrong guesses a day are answered, wherever they come from. Each door
 * by itself: whoever only knows a code shuts out nobody who has a link. Counted on this node.
 */
@Component
class Guesses {

    private static final int A_DAY = 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST = 100_000;

    private final Attempts attempts;

    /** Written once, with the first wrong guess: the day runs from there and no later guess prolongs it. */
    private final Cache<String, AtomicInteger> wrong =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(DAY).build();

    Guesses(Attempts attempts) {
        this.attempts = attempts;
    }

    /**
     * @param door where it is tried
     * @throws TooManyAttempts when no guess is answered now
     */
    void admit(String door, String address) {
        AtomicInteger before = wrong.getIfPresent(door);
        if (before != null && before.get() >= A_DAY) {
            throw new TooManyAttempts(left(door));
        }
        attempts.admit(account(door), address);
    }

    /** @throws TooManyAttempts when that it was wrong is not to be said any more */
    void failed(String door, String address) {
        wrong.get(door, first -> new AtomicInteger()).incrementAndGet();
        attempts.failed(account(door), address);
    }

    private Duration left(String door) {
        return wrong.policy()
                .expireAfterWrite()
                .flatMap(day -> day.ageOf(door))
                .map(DAY::minus)
                .orElse(DAY);
    }

    private static String account(String door) {
        return "track " + door;
    }
}
