package vn.bocau.prove;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each partner has to hear of each dossier, in order, and what of each fee: written down when what brings it about was accepted. */
final class Book {

    private final Map<String, Map<String, List<String>>> due = new LinkedHashMap<>();
    private final Map<String, Long> accepted = new HashMap<>();
    private final Fees fees = new Fees();
    private long promises;

    Fees fees() {
        return fees;
    }

    synchronized void promise(String partner, String dossier, String... words) {
        promises += words.length;
        due.computeIfAbsent(partner, p -> new LinkedHashMap<>())
                .computeIfAbsent(dossier, d -> new ArrayList<>())
                .addAll(List.of(words));
    }

    /** Somebody said something under a name of its own, and was answered for good. */
    synchronized void accepted(String partner) {
        accepted.merge(partner, 1L, Long::sum);
    }

    synchronized long acceptedOf(String partner) {
        return accepted.getOrDefault(partner, 0L);
    }

    synchronized Map<String, List<String>> of(String partner) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        due.getOrDefault(partner, Map.of()).forEach((dossier, words) -> copy.put(dossier, List.copyOf(words)));
        return copy;
    }

    synchronized List<String> partners() {
        return List.copyOf(due.keySet());
    }

    synchronized long promises() {
        return promises;
    }
}
