package vn.bocau.dossier;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Outages;

/** What the clock does with many dossiers: one that cannot be moved holds up no other, and is thrown after all of them. */
final class EachAlone {

    private EachAlone() {}

    /**
     * @param doing with one dossier, in a transaction of its own
     * @param failed so that it comes after all others the next time
     * @return the sum of what was done
     */
    static int of(List<UUID> dossiers, ToIntFunction<UUID> doing, Consumer<UUID> failed) {
        int done = 0;
        RuntimeException undone = null;
        for (UUID dossier : dossiers) {
            try {
                done += doing.applyAsInt(dossier);
            } catch (RuntimeException one) {
                if (Outages.ofTheDatabase(one)) {
                    throw one;
                }
                undone = with(undone, one);
                failed.accept(dossier);
            }
        }
        if (undone != null) {
            throw undone;
        }
        return done;
    }

    /** A lock goes away by itself; what does not is what somebody has to hear of. */
    private static RuntimeException with(@Nullable RuntimeException before, RuntimeException one) {
        if (before == null) {
            return one;
        }
        RuntimeException first = one instanceof Unavailable ? before : one;
        first.addSuppressed(first == one ? before : one);
        return first;
    }
}
