package vn.bocau.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Outages;

/** Tells failures that pass by themselves from our bugs. */
public final class Outage {

    private Outage() {}

    /** @return why the same thing may work later; empty when it will not */
    public static Optional<Unavailable> in(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof Unavailable known) {
                return Optional.of(known);
            }
            if (Outages.ofTheDatabase(e)) {
                return Optional.of(new Unavailable(
                        "database-away", "cơ sở dữ liệu không trả lời", "the database does not answer", failure));
            }
        }
        return Optional.empty();
    }
}
