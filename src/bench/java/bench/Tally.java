package bench;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a portal heard, held against what it was to hear: by item and word alone, whatever the sender thinks it sent.
 *
 * @param heard words that it was to hear, and did
 * @param lost words that it was to hear, and did not
 * @param doubled words heard under more than one name, or of things nobody did
 * @param outOfOrder words heard after one that comes later for the same item
 */
record Tally(long heard, long lost, long doubled, long outOfOrder) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0);

    /**
     * @param said by item, the words in the order they came
     * @param expected by item, the words in the order they were to come, each once
     */
    static Tally of(Map<String, List<String>> said, Map<String, List<String>> expected) {
        long heard = 0;
        long doubled = 0;
        long outOfOrder = 0;
        for (Map.Entry<String, List<String>> one : said.entrySet()) {
            List<String> order = expected.getOrDefault(one.getKey(), List.of());
            Map<String, Integer> times = new HashMap<>();
            int furthest = -1;
            for (String word : one.getValue()) {
                int place = order.indexOf(word);
                if (place < 0 || times.merge(word, 1, Integer::sum) > 1) {
                    doubled++;
                    continue;
                }
                heard++;
                if (place < furthest) {
                    outOfOrder++;
                }
                furthest = Math.max(furthest, place);
            }
        }
        long all = expected.values().stream().mapToLong(List::size).sum();
        return new Tally(heard, all - heard, doubled, outOfOrder);
    }

    /** Each of these items, all the way. */
    static Map<String, List<String>> allTheWay(Iterable<String> items) {
        Map<String, List<String>> expected = new HashMap<>();
        items.forEach(item -> expected.put(item, Subject.STEPS));
        return Collections.unmodifiableMap(expected);
    }

    Tally and(Tally other) {
        return new Tally(
                heard + other.heard, lost + other.lost, doubled + other.doubled, outOfOrder + other.outOfOrder);
    }

    boolean clean() {
        return heard > 0 && lost == 0 && doubled == 0 && outOfOrder == 0;
    }

    @Override
    public String toString() {
        return "heard " + heard + ", lost " + lost + ", doubled " + doubled + ", out of order " + outOfOrder;
    }
}
