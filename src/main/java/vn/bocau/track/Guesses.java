package vn.bocau.track;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Sha256;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * Four digits are guessed in ten thousand tries. At one door, a dossier by its codes or one link, no more than a few wrong
 * guesses a day are answered, wherever they come from and whichever node they reach: table {@code track_guess}; and fewer in
 * a row from one address. Each door by itself: whoever only knows a code shuts out nobody who has a link.
 *
 * <p>Thousands of citizens share one address of a mobile network. So at codes, which anybody can make up, an address has
 * many guesses, and behind a link, which nobody can, none counts for the address; and none of this counts for those who
 * sign in. What comes from one address is counted on this node.
 */
@Component
class Guesses {

    private static final int A_DAY = 20;
    private static final int FROM_AN_ADDRESS = 500;
    private static final int UNBOUNDED = 1_000_000;
    private static final Duration DAY = Duration.ofDays(1);

    /** Of codes that name no dossier there are without end: several share a count, and all of them have so many rows. */
    private static final int MADE_UP = 1 << 16;

    private final Attempts codes;
    private final Attempts links;
    private final JdbcClient db;

    Guesses(Attempts attempts, JdbcClient db) {
        this.codes = attempts.apart(FROM_AN_ADDRESS);
        this.links = attempts.apart(UNBOUNDED);
        this.db = db;
    }

    /**
     * At a dossier by its code.
     *
     * @param door which dossier
     * @param look whether the guess is right: what it opens
     * @throws TooManyAttempts when it is not looked at, or not to be said that it was wrong, or right
     */
    <T> Optional<T> atCode(String door, String address, Supplier<Optional<T>> look) {
        return guess(codes, "code " + door, "code " + door, address, look);
    }

    /** At a code that names no dossier: whoever guesses is not to know that. Otherwise the same. */
    <T> Optional<T> atNone(String code, String address, Supplier<Optional<T>> look) {
        return guess(codes, "code " + code, "none " + Math.floorMod(code.hashCode(), MADE_UP), address, look);
    }

    /** Behind a link that opened; otherwise the same. */
    <T> Optional<T> behindLink(String link, String address, Supplier<Optional<T>> look) {
        return guess(links, "link " + link, "link " + link, address, look);
    }

    /**
     * Counted before it is looked at, and given back when it was right: of many at once, no more are looked at.
     *
     * @param counted at which door it counts for the day
     */
    private <T> Optional<T> guess(
            Attempts attempts, String door, String counted, String address, Supplier<Optional<T>> look) {
        // Whoever reads the table is not to have links.
        String hash = Sha256.hex(counted.getBytes(StandardCharsets.UTF_8));
        if (!counts(hash)) {
            throw new TooManyAttempts(left(hash));
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
                giveBack(hash);
            }
        }
    }

    /** The day runs from the first guess, and no later one prolongs it. */
    private boolean counts(String door) {
        db.sql("""
                        delete from track_guess where door in (select door from track_guess
                            where since < clock_timestamp() - interval '1 day' for update skip locked)
                        """).update();
        return db.sql("""
                        insert into track_guess as known (door) values (:door)
                        on conflict (door) do update set wrong = known.wrong + 1 where known.wrong < :most
                        """).param("door", door).param("most", A_DAY).update() == 1;
    }

    private void giveBack(String door) {
        db.sql("update track_guess set wrong = wrong - 1 where door = :door and wrong > 0")
                .param("door", door)
                .update();
    }

    private Duration left(String door) {
        return db.sql("select cast(extract(epoch from clock_timestamp() - since) as bigint) from track_guess"
                        + " where door = :door")
                .param("door", door)
                .query(Long.class)
                .optional()
                .map(age -> DAY.minusSeconds(Math.min(age, DAY.toSeconds() - 1)))
                .orElse(DAY);
    }
}
