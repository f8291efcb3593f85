package vn.bocau.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import vn.bocau.code.Unavailable;

/** Tells failures that pass by themselves from our bugs. */
public final class Outage {

    private Outage() {}

    /** @return why the same thing may work later; empty when it will not */
    public static Optional<Unavailable> in(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof Unavailable known) {
                return Optional.of(known);
            }
            if (ofTheDatabase(e)) {
                return Optional.of(new Unavailable("the database does not answer", failure));
            }
        }
        return Optional.empty();
    }

    /** A commit whose outcome nobody knows is one too: asked again with the same key, it is answered once. */
    private static boolean ofTheDatabase(Throwable e) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException
                || e instanceof RecoverableDataAccessException
                || e instanceof CannotCreateTransactionException
                || e instanceof TransactionSystemException;
    }
}
