package vn.bocau.track;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * Four digits are guessed in ten thousand tries. At one door, a dossier by its codes or one link, no more than a few wrong
 * guesses a day are answered, wherever they come from; and fewer in a row from one address. Each door by itself: whoever
 * only knows a code shuts out nobody who has a link.
 *
 * <p>Thousands of citizens share one address of a mobile network. So at codes, which anybody can make up, an address has
 * many guesses, and behind a link, which nobody can, none counts for the address; and none of this counts for those who
 * sign in. Counted on this node.
 */
@Component
class Guesses {

    private static final int A_DAY = 20;
    private static final int FROM_AN_ADDRESS = 500;
    private static final int UNBOUNDED = 1_000_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST = 100_000;

    private final Attempts codes;
    private final Attempts links;

    /** Written once, with the first guess: the day runs from there and no later guess prolongs it. */
    private final Cache<String, AtomicInteger> wrong =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(DAY).build();

    Guesses(Attempts attempts) {
        this.codes = attempts.apart(FROM_AN_ADDRESS);
        this.links = attempts.apart(UNBOUNDED);
    }

    /**
     * At a dossier by its code.
     *
     * @param door which dossier, or what was taken for one
     * @param look whether the guess is right: what it opens
     * @throws TooManyAttempts when it is not looked at, or not to be said that it was wrong, or right
     */
    <T> Optional<T> atCode(String door, String address, Supplier<Optional<T>> look) {
        return guess(codes, "code " + door, address, look);
    }

    /** Behind a link that opened; otherwise the same. */
    <T> Optional<T> behindLink(String link, String address, Supplier<Optional<T>> look) {
        return guess(links, "link " + link, address, look);
    }

    /** Counted before it is looked at, and given back when it was right: of many at once, no more are looked at. */
    private <T> Optional<T> guess(Attempts attempts, String door, String address, Supplier<Optional<T>> look) {
        AtomicInteger guesses = wrong.get(door, first -> new AtomicInteger());
        if (guesses.incrementAndGet() > A_DAY) {
            guesses.decrementAndGet();
            throw new TooManyAttempts(left(door));
        }
        boolean judgedWrong = false;
        try {
            attempts.admit(door, address);
            Optional<T> opened = look.get();
            judgedWrong = opened.isEmpty();
            if (judgedWrong) {
                attempts.failed(door, address);
            } else {
                attempts.succeeded(door, address);
            }
            return opened;
        } finally {
            if (!judgedWrong) {
                guesses.decrementAndGet();
            }
        }
    }

    private Duration left(String door) {
        return wrong.policy()
                .expireAfterWrite()
                .flatMap(day -> day.ageOf(door))
                .map(DAY::minus)
                .orElse(DAY);
    }
}
