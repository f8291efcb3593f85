package vn.bocau.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;

/**
 * Who waits for a lock holds a connection meanwhile. So only a few of this node wait for one thing at once, and the
 * others come again: one dossier that is locked for long leaves connections for all the others. How long a lock is waited
 * for, the connections say themselves ({@code lock_timeout} in {@code application.yaml}).
 */
@Component
public class Waiters {

    /** Of the twenty connections there are. */
    private static final int MOST = 8;

    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    /**
     * Takes locks.
     *
     * @param things what they are on
     * @throws Unavailable when too many wait for one of them already
     */
    public <T> T among(Collection<String> things, Supplier<T> locking) {
        List<String> entered = new ArrayList<>();
        try {
            for (String thing : Set.copyOf(things)) {
                entered.add(thing);
                if (waiting.merge(thing, 1, Integer::sum) > MOST) {
                    throw new Unavailable("too many wait for the same dossier");
                }
            }
            return locking.get();
        } finally {
            entered.forEach(thing -> waiting.computeIfPresent(thing, (same, n) -> n == 1 ? null : n - 1));
        }
    }
}
