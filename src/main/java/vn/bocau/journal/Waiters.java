package vn.bocau.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;

/**
 * Who waits for a lock holds a connection meanwhile. So only a few of this node wait for one thing at once, and the
 * others come again; and nobody waits longer than a connection is waited for. One dossier that is locked for long leaves
 * connections for all the others.
 */
@Component
public class Waiters {

    /** Of the twenty connections there are. */
    private static final int MOST = 8;

    private final JdbcClient db;
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    Waiters(JdbcClient db) {
        this.db = db;
    }

    /**
     * Takes locks, in the transaction that is on.
     *
     * @param things what they are on
     * @throws Unavailable when too many wait for one of them already; PostgreSQL ends a wait of more than four seconds
     */
    public <T> T among(Collection<String> things, Supplier<T> locking) {
        List<String> entered = new ArrayList<>();
        try {
            for (String thing : Set.copyOf(things)) {
                entered.add(thing);
                if (waiting.merge(thing, 1, Integer::sum) > MOST) {
                    throw new Unavailable("quá nhiều yêu cầu cùng chờ một hồ sơ", "too many wait for the same dossier");
                }
            }
            db.sql("set local lock_timeout = '4s'").update();
            T taken = locking.get();
            db.sql("set local lock_timeout = 0").update();
            return taken;
        } finally {
            entered.forEach(thing -> waiting.computeIfPresent(thing, (same, n) -> n == 1 ? null : n - 1));
        }
    }
}
