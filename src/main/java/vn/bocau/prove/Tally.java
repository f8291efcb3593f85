package vn.bocau.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was said and answered, counted; and what was not as it should be. */
final class Tally {

    private static final int FIRST_ONES = 20;

    private final Map<String, Long> accepted = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long wrongs;
    private long doubled;
    private long crossed;
    private long late;
    private long shuffled;
    private long laterFirst;
    private long unheard;
    private long turnedAway;

    synchronized void said(String what) {
        accepted.merge(what, 1L, Long::sum);
    }

    /** Refused as it has to be, with this code. */
    synchronized void refused(String code) {
        refused.merge(code, 1L, Long::sum);
    }

    /** @param crossed whether the two were said to two nodes */
    synchronized void doubled(boolean crossed) {
        doubled++;
        this.crossed += crossed ? 1 : 0;
    }

    /** Said again when others had followed it. */
    synchronized void late() {
        late++;
    }

    /** A phone's batch that does not lie as it was done. */
    synchronized void shuffled() {
        shuffled++;
    }

    /** A step that was heard of before the one that went before it, from another phone. */
    synchronized void laterFirst() {
        laterFirst++;
    }

    synchronized void unheard() {
        unheard++;
    }

    /** Answered 503: a hub that cannot keep what it is told. */
    synchronized void turnedAway() {
        turnedAway++;
    }

    synchronized void wrong(String what) {
        wrongs++;
        if (wrong.size() < FIRST_ONES) {
            wrong.add(what);
        }
    }

    synchronized Map<String, Long> answered() {
        return new TreeMap<>(accepted);
    }

    synchronized Map<String, Long> refusals() {
        return new TreeMap<>(refused);
    }

    synchronized List<String> firstWrongs() {
        return List.copyOf(wrong);
    }

    synchronized long wrongs() {
        return wrongs;
    }

    synchronized long saidTwice() {
        return doubled;
    }

    /** Of {@link #saidTwice}, how many met both nodes. */
    synchronized long crossed() {
        return crossed;
    }

    synchronized long turnedAways() {
        return turnedAway;
    }

    synchronized long lates() {
        return late;
    }

    synchronized long shuffles() {
        return shuffled;
    }

    synchronized long laterFirsts() {
        return laterFirst;
    }

    synchronized long saidAgain() {
        return unheard;
    }
}
