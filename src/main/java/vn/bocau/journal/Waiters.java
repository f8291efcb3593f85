package vn.bocau.journal;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;

/**
 * Who waits for a lock holds a connection meanwhile. So only a few of this node wait at once, whatever for, and the others
 * come again: however many dossiers are locked for long, the rest of the connections is for those that are not. What is
 * free in a moment nobody waits for.
 */
@Component
public class Waiters {

    /** Of the twenty connections there are. */
    private static final int MOST = 8;

    /** PostgreSQL's {@code lock_not_available}, for which Spring has no word. */
    private static final String LOCKED = "55P03";

    private final JdbcClient db;
    private final Semaphore places = new Semaphore(MOST);

    Waiters(JdbcClient db) {
        this.db = db;
    }

    /**
     * Takes one lock, at once where it is free, which costs nothing more; else among those who wait.
     *
     * @param free takes it and says so, or says that somebody has it; does not wait. Where there are several locks, it might
     *     have one of them that somebody else waits for who has another: then {@link #among(Supplier)} alone
     */
    public <T> T atOnce(Supplier<Optional<T>> free, Supplier<T> locking) {
        return free.get().orElseGet(() -> among(locking));
    }

    /**
     * Takes locks, in the transaction that is on.
     *
     * @param locking may run twice; PostgreSQL takes back what the first run did
     * @throws Unavailable when too many wait already, and after four seconds
     */
    public <T> T among(Supplier<T> locking) {
        db.sql("savepoint waiting; set local lock_timeout = '100ms'").update();
        T taken = orElse(locking, locked -> waiting(locking));
        db.sql("release savepoint waiting; set local lock_timeout = 0").update();
        return taken;
    }

    /**
     * Takes a lock that everybody needs, and nobody keeps for long: all wait for it.
     *
     * @throws Unavailable after four seconds
     */
    public <T> T forAMoment(Supplier<T> locking) {
        db.sql("set local lock_timeout = '4s'").update();
        T taken = orElse(locking, locked -> {
            throw new Unavailable(
                    "locked",
                    "mục mà mọi yêu cầu đều cần bị khóa quá lâu",
                    "what every request needs is locked for too long",
                    locked);
        });
        db.sql("set local lock_timeout = 0").update();
        return taken;
    }

    private <T> T waiting(Supplier<T> locking) {
        if (!places.tryAcquire()) {
            throw new Unavailable(
                    "too-many-wait",
                    "quá nhiều yêu cầu đang chờ hồ sơ bị khóa",
                    "too many wait for dossiers that are locked");
        }
        try {
            db.sql("rollback to savepoint waiting; set local lock_timeout = '4s'")
                    .update();
            return orElse(locking, locked -> {
                throw new Unavailable("locked", "hồ sơ bị khóa quá lâu", "a dossier is locked for too long", locked);
            });
        } finally {
            places.release();
        }
    }

    private static <T> T orElse(Supplier<T> locking, Function<UncategorizedSQLException, T> locked) {
        try {
            return locking.get();
        } catch (UncategorizedSQLException e) {
            if (e.getSQLException() == null
                    || !LOCKED.equals(e.getSQLException().getSQLState())) {
                throw e;
            }
            return locked.apply(e);
        }
    }
}
