package vn.bocau.journal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * From which number on the relay has to look for what may go next to a partner. What went its way leaves dead entries in the
 * index until a vacuum has been there, and a look that begins before them walks past each of them each time.
 *
 * <p>What may go since the last look has been reported with its number, by whoever committed it: also one that had got its
 * number before the look and was committed after it. What nobody here reports, another node's, is found when all is forgotten,
 * with each sweep.
 */
final class Fronts {

    /** Where nobody knows which: the front is found anew. */
    static final long ANYWHERE = 0;

    /** Before it nothing could go when it was last looked. */
    private final Map<String, Long> fronts = new ConcurrentHashMap<>();

    /** The least number reported since the last look began. */
    private final Map<String, Long> reported = new ConcurrentHashMap<>();

    /** What has this number or a later one may go now. */
    void report(String partner, long seq) {
        if (seq == ANYWHERE) {
            reported.remove(partner);
            fronts.remove(partner);
        } else {
            reported.merge(partner, seq, Math::min);
        }
    }

    void forget(String partner) {
        report(partner, ANYWHERE);
    }

    void forgetAll() {
        fronts.clear();
    }

    /**
     * A look begins; one at a time for each partner.
     *
     * @param find finds the front where it is not known
     */
    long look(String partner, LongSupplier find) {
        // Taken before anything is looked for: what is reported from now on is for the next look.
        Long since = reported.remove(partner);
        Long known = fronts.get(partner);
        long front = known == null ? find.getAsLong() : known;
        fronts.put(partner, front);
        return since == null ? front : Math.min(front, since);
    }

    /**
     * The look has ended.
     *
     * @param taken the numbers of what it takes along, in their order
     * @param all whether there was nothing else that could go
     */
    void looked(String partner, List<Long> taken, boolean all) {
        if (!taken.isEmpty()) {
            long next = taken.get(taken.size() - 1) + 1;
            fronts.computeIfPresent(partner, (p, front) -> all ? Math.max(front, next) : next);
        }
    }
}
