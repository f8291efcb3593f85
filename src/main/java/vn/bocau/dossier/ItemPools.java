package vn.bocau.dossier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.ItemId;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.ItemPool;
import vn.bocau.journal.Waiters;

/**
 * Item identifiers from the ranges the carriers gave us. A range is drawn from under its row lock, so a number is never
 * given twice; whoever draws does it last in a transaction, because everybody else waits for it.
 */
@Component
public class ItemPools {

    private static final Logger LOG = LoggerFactory.getLogger(ItemPools.class);

    private static final String COUNTRY = "VN";

    private final JdbcClient db;
    private final Directories directories;
    private final Waiters waiters;

    ItemPools(JdbcClient db, Directories directories, Waiters waiters) {
        this.db = db;
        this.directories = directories;
        this.waiters = waiters;
    }

    /**
     * Draws identifiers, from one range after the other.
     *
     * @return as many as asked for; fewer when the carrier's ranges have run out
     * @throws vn.bocau.code.Unavailable when somebody else holds a range for too long
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<ItemId> draw(String carrier, int count) {
        List<ItemId> drawn = new ArrayList<>();
        for (ItemPool pool : directories.current().pools()) {
            if (pool.carrier().equals(carrier) && drawn.size() < count) {
                drawFrom(pool, count, drawn);
            }
        }
        if (drawn.size() < count) {
            LOG.error("The item numbers of carrier {} have run out; it has to give us another range", carrier);
        }
        return drawn;
    }

    /** Whether a number was given by us; what was printed on a label ahead of that was brought. */
    boolean drew(String item) {
        if (!item.matches("[A-Z]{2}[0-9]{9}" + COUNTRY)) {
            return false;
        }
        return db.sql("select exists (select from item_pool where service = :service and :serial >= first"
                        + " and :serial < next)")
                .param("service", item.substring(0, 2))
                .param("serial", Integer.parseInt(item.substring(2, 10)))
                .query(Boolean.class)
                .single();
    }

    /** Somebody may have brought a label of ours with an envelope: that number is passed over. */
    private void drawFrom(ItemPool pool, int count, List<ItemId> drawn) {
        while (drawn.size() < count) {
            List<ItemId> next = take(pool, count - drawn.size());
            if (next.isEmpty()) {
                return;
            }
            Set<String> used = db.sql("select item from leg where item = any(:items)"
                            + " union select item from former_item where item = any(:items)")
                    .param("items", next.stream().map(ItemId::toString).toArray(String[]::new))
                    .query(String.class)
                    .set();
            next.stream().filter(item -> !used.contains(item.toString())).forEach(drawn::add);
        }
    }

    private List<ItemId> take(ItemPool pool, int count) {
        int next = next(pool).orElseGet(() -> {
            begin(pool);
            return next(pool).orElseThrow();
        });
        int after = Math.min(next + count, pool.last() + 1);
        if (after <= next) {
            return List.of();
        }
        db.sql("update item_pool set next = :after, last = :last where carrier = :carrier and service = :service"
                        + " and first = :first")
                .param("after", after)
                .param("last", pool.last())
                .param("carrier", pool.carrier())
                .param("service", pool.service())
                .param("first", pool.first())
                .update();
        warn(pool, pool.last() + 1 - next, pool.last() + 1 - after);
        return IntStream.range(next, after)
                .mapToObj(serial -> ItemId.of(pool.service(), serial, COUNTRY))
                .toList();
    }

    private Optional<Integer> next(ItemPool pool) {
        return waiters.forAMoment(() -> db.sql(
                        "select next from item_pool where carrier = :carrier and service = :service and first = :first"
                                + " for update")
                .param("carrier", pool.carrier())
                .param("service", pool.service())
                .param("first", pool.first())
                .query(Integer.class)
                .optional());
    }

    /** A range nobody has drawn from yet. */
    private void begin(ItemPool pool) {
        db.sql("insert into item_pool (carrier, service, first, last, next, warn_below)"
                        + " values (:carrier, :service, :first, :last, :first, :warn) on conflict do nothing")
                .param("carrier", pool.carrier())
                .param("service", pool.service())
                .param("first", pool.first())
                .param("last", pool.last())
                .param("warn", pool.warnBelow())
                .update();
    }

    /** Once, when the number is passed, or with the first of a range that is smaller: not with every item after it. */
    private static void warn(ItemPool pool, int before, int left) {
        boolean whole = before == pool.last() + 1 - pool.first();
        if ((before >= pool.warnBelow() || whole) && left < pool.warnBelow()) {
            LOG.warn(
                    "Only {} item numbers {} of carrier {} are left (warning below {}); ask it for another range",
                    left,
                    pool.service(),
                    pool.carrier(),
                    pool.warnBelow());
        }
    }

    /**
     * How many numbers a carrier's ranges still hold.
     *
     * @param warnBelow an operator is warned when fewer are left
     */
    public record Left(String carrier, int left, int warnBelow) {

        /** It has to give us another range. */
        public boolean low() {
            return left == 0 || left < warnBelow;
        }
    }

    /** By carrier, over all its ranges in force; of every carrier a post office names, also of one that gave us none. */
    @Transactional(readOnly = true)
    public List<Left> left() {
        Directory directory = directories.current();
        Map<String, Integer> next = new HashMap<>();
        db.sql("select carrier, service, first, next from item_pool").query(row -> {
            next.put(key(row.getString(1), row.getString(2), row.getInt(3)), row.getInt(4));
        });
        Map<String, Left> left = new TreeMap<>();
        directory.offices().forEach(office -> left.put(office.carrier(), new Left(office.carrier(), 0, 0)));
        for (ItemPool pool : directory.pools()) {
            int begun = next.getOrDefault(key(pool.carrier(), pool.service(), pool.first()), pool.first());
            // Less than none, when the range was made shorter than what was given of it already.
            int here = Math.max(0, pool.last() + 1 - begun);
            left.merge(
                    pool.carrier(),
                    new Left(pool.carrier(), here, pool.warnBelow()),
                    (a, b) -> new Left(a.carrier(), a.left() + b.left(), Math.max(a.warnBelow(), b.warnBelow())));
        }
        return List.copyOf(left.values());
    }

    private static String key(String carrier, String service, int first) {
        return carrier + " " + service + " " + first;
    }
}
