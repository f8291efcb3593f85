package vn.bocau.track;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
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

    private final Cache<String, AtomicInteger> wrong;

    /** Of codes that name no dossier, which there are without end: they push no dossier's out of memory. */
    private final Cache<String, AtomicInteger> nowhere;

    @Autowired
    Guesses(Attempts attempts) {
        this(attempts, MOST);
    }

    /** @param most doors, of either kind, at which guesses are remembered */
    Guesses(Attempts attempts, int most) {
        this.codes = attempts.apart(FROM_AN_ADDRESS);
        this.links = attempts.apart(UNBOUNDED);
        this.wrong = counts(most);
        this.nowhere = counts(most);
    }

    /** Written once, with the first guess: the day runs from there and no later guess prolongs it. */
    private static Cache<String, AtomicInteger> counts(int most) {
        return Caffeine.newBuilder().maximumSize(most).expireAfterWrite(DAY).build();
    }

    /**
     * At a dossier by its code.
     *
     * @param door which dossier
     * @param look whether the guess is right: what it opens
     * @throws TooManyAttempts when it is not looked at, or not to be said that it was wrong, or right
     */
    <T> Optional<T> atCode(String door, String address, Supplier<Optional<T>> look) {
        return guess(wrong, codes, "code " + door, address, look);
    }

    /** At a code that names no dossier: whoever guesses is not to know that. Otherwise the same. */
    <T> Optional<T> atNone(String code, String address, Supplier<Optional<T>> look) {
        return guess(nowhere, codes, "code " + code, address, look);
    }

    /** Behind a link that opened; otherwise the same. */
    <T> Optional<T> behindLink(String link, String address, Supplier<Optional<T>> look) {
        return guess(wrong, links, "link " + link, address, look);
    }

    /** Counted before it is looked at, and given back when it was right: of many at once, no more are looked at. */
    private static <T> Optional<T> guess(
            Cache<String, AtomicInteger> counts,
            Attempts attempts,
            String door,
            String address,
            Supplier<Optional<T>> look) {
        AtomicInteger guesses = counts.get(door, first -> new AtomicInteger());
        if (guesses.incrementAndGet() > A_DAY) {
            guesses.decrementAndGet();
            throw new TooManyAttempts(left(counts, door));
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

    private static Duration left(Cache<String, AtomicInteger> counts, String door) {
        return counts.policy()
                .expireAfterWrite()
                .flatMap(day -> day.ageOf(door))
                .map(DAY::minus)
                .orElse(DAY);
    }
}
