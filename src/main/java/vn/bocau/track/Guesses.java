package vn.bocau.track;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.stereotype.Component;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * Four digits are guessed in ten thousand tries. Whoever tries is slowed down by address, as at sign-in; and of one code
 * no more than a few wrong guesses a day are answered, wherever they come from. Counted on this node.
 */
@Component
class Guesses {

    private static final int A_DAY = 20;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST = 100_000;

    private final Attempts attempts;
    private final Cache<String, Integer> wrong =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(DAY).build();

    Guesses(Attempts attempts) {
        this.attempts = attempts;
    }

    /** @throws TooManyAttempts when no guess is answered now */
    void admit(String code, String address) {
        Integer before = wrong.getIfPresent(code);
        if (before != null && before >= A_DAY) {
            throw new TooManyAttempts(DAY);
        }
        attempts.admit(account(code), address);
    }

    /** @throws TooManyAttempts when that it was wrong is not to be said any more */
    void failed(String code, String address) {
        wrong.asMap().merge(code, 1, Integer::sum);
        attempts.failed(account(code), address);
    }

    private static String account(String code) {
        return "track " + code;
    }
}
