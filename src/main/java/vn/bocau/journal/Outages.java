package vn.bocau.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Tells our own database being away from every other failure. */
public final class Outages {

    private Outages() {}

    /** A commit whose outcome nobody knows is one too: asked again with the same key, it is answered once. */
    public static boolean ofTheDatabase(Throwable failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof CannotCreateTransactionException
                || failure instanceof TransactionSystemException;
    }

    /** Nothing has been asked of it yet: whoever asks now hears the same. */
    public static boolean noConnection(Throwable failure) {
        return failure instanceof CannotCreateTransactionException;
    }

    /** The first of a kind in a chain of causes. */
    static <T extends Throwable> Optional<T> find(Class<T> kind, Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (kind.isInstance(e)) {
                return Optional.of(kind.cast(e));
            }
        }
        return Optional.empty();
    }

    /** The same, of whatever caused it. */
    public static boolean ofTheDatabaseIn(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (ofTheDatabase(e)) {
                return true;
            }
        }
        return false;
    }
}
