package bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What one portal was told, in which order for each item, and when. */
final class Heard {

    /** All names under which it was ever told anything: also what is said again when the next is measured is a repeat. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private final Map<String, Long> at = new ConcurrentHashMap<>();
    private final Map<String, List<String>> said = new ConcurrentHashMap<>();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private volatile boolean down;

    /** Of one thing that was done to one item. */
    static String word(String item, String code) {
        return item + " " + code;
    }

    /**
     * @param id under which it is told, also when it is told again
     * @return false when nobody is there to hear it
     */
    boolean hear(String id, String item, String code) {
        if (down) {
            turnedAway.incrementAndGet();
            return false;
        }
        long now = System.nanoTime();
        List<String> words = said.computeIfAbsent(item, i -> new ArrayList<>(Subject.STEPS.size()));
        synchronized (words) {
            if (told.add(id)) {
                words.add(code);
                at.putIfAbsent(word(item, code), now);
            } else {
                repeats.incrementAndGet();
            }
        }
        return true;
    }

    void down(boolean isDown) {
        down = isDown;
    }

    /** How many different words it was told: one that comes under two names does not stand for one that is missing. */
    int count() {
        return at.size();
    }

    /** How often it was told again under the same name, as whoever does not know whether it arrived has to. */
    long repeats() {
        return repeats.get();
    }

    long turnedAway() {
        return turnedAway.get();
    }

    /** By {@link #word}, when it was heard first, by this process' clock. */
    Map<String, Long> at() {
        return at;
    }

    Map<String, List<String>> said() {
        Map<String, List<String>> copy = new HashMap<>();
        said.forEach((item, words) -> {
            synchronized (words) {
                if (!words.isEmpty()) {
                    copy.put(item, List.copyOf(words));
                }
            }
        });
        return copy;
    }

    /**
     * How long after each was recorded it was heard here.
     *
     * @param recorded by {@link #word}, when its caller was told
     * @return milliseconds, sorted; of what was heard before its caller was, 0
     */
    double[] delays(Map<String, Long> recorded) {
        return recorded.entrySet().stream()
                .filter(one -> at.containsKey(one.getKey()))
                .mapToDouble(one -> Math.max(0, at.get(one.getKey()) - one.getValue()) / 1e6)
                .sorted()
                .toArray();
    }

    /** Whoever is measured next begins with nothing. */
    void forgetAll() {
        forget();
        told.clear();
    }

    /** What it was told, but not the names under which it was. */
    void forget() {
        at.clear();
        said.clear();
        repeats.set(0);
        turnedAway.set(0);
    }
}
