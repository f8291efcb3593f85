package vn.bocau.journal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * To which partners as much is under way as may be: whoever looks for more to send finds no room, and those who carry have enough on
 * their queue. A look pays again when a quarter of it has ended here. What ends elsewhere, on another node, is found with the next sweep.
 */
final class Windows {

    private static final int QUARTERS = 4;

    /** How many have ended here, ever. */
    private final Map<String, AtomicLong> ended = new ConcurrentHashMap<>();

    /** Of full ones, how many will have ended when a look pays. */
    private final Map<String, Long> fullUntil = new ConcurrentHashMap<>();

    /** To be asked before it is looked how full it is: what ends from then on counts. */
    long ended(String partner) {
        return count(partner).get();
    }

    /**
     * It is full.
     *
     * @param since what had ended before that was looked at
     * @param size of the window
     */
    void full(String partner, long since, int size) {
        fullUntil.put(partner, since + Math.max(1, size / QUARTERS));
    }

    /** There is room, or nobody knows. */
    void open(String partner) {
        fullUntil.remove(partner);
    }

    /** One has ended. */
    void ends(String partner) {
        count(partner).incrementAndGet();
    }

    boolean isFull(String partner) {
        Long until = fullUntil.get(partner);
        return until != null && ended(partner) < until;
    }

    private AtomicLong count(String partner) {
        return ended.computeIfAbsent(partner, p -> new AtomicLong());
    }
}
