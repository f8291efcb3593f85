package bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Of each who was measured, what its portal heard of all that was scanned. */
final class Tallies {

    private final Set<String> promising;
    private final Map<String, Tally> all = new LinkedHashMap<>();

    /** @param promising who promise each word once and in order; the others are only told of */
    Tallies(Set<String> promising) {
        this.promising = promising;
    }

    void add(String name, Tally tally) {
        all.merge(name, tally, Tally::and);
    }

    long heard() {
        return all.values().stream().mapToLong(Tally::heard).sum();
    }

    /** Who promised, and lost, doubled or put out of order. */
    List<String> broken() {
        return all.entrySet().stream()
                .filter(one ->
                        promising.contains(one.getKey()) && !one.getValue().clean())
                .map(Map.Entry::getKey)
                .toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        all.forEach((name, tally) -> text.append(String.format(
                Locale.ROOT,
                "  %-20s %s%s%n",
                name,
                tally,
                promising.contains(name) ? "" : " (hứa ít hơn · promises less)")));
        return text.toString();
    }
}
