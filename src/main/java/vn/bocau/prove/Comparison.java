package vn.bocau.prove;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What partners really received, held against what was really accepted, dossier by dossier. */
final class Comparison {

    /** Not a partner: messages that stay with us with a reason. */
    static final String PARKED = "parked";

    private static final Set<String> BEFORE_US = Set.of("filed", "by-one-stop");
    private static final String TOO_LATE = "expired";
    private static final int FIRST_ONES = 10;

    private final Map<String, long[]> counts = new LinkedHashMap<>();
    private final List<String> examples = new ArrayList<>();
    private long lost;
    private long doubled;
    private long unexpected;
    private long outOfOrder;
    private long repeats;
    private long told;
    private long tooLate;

    /** @param received in the order of arrival */
    void hold(String partner, Map<String, List<String>> due, List<Partners.Taken> received) {
        Map<String, List<String>> got = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Map<String, String> last = new HashMap<>();
        long here = 0;
        for (Partners.Taken one : received) {
            if (BEFORE_US.contains(one.what())) {
                continue;
            }
            String words = words(partner, one);
            if (!one.fresh()) {
                repeats++;
                // Who knows it again has to know it by the name it had.
                if (!one.messageId().equals(names.get(one.dossier() + " " + words))) {
                    doubled++;
                    example("doubled under another name", partner, one.dossier(), words);
                } else if (!words.equals(last.get(one.dossier()))) {
                    // What stands there is what was said last, also by a repeat.
                    outOfOrder++;
                    example("repeated after what followed", partner, one.dossier(), words);
                }
                continue;
            }
            here++;
            names.put(one.dossier() + " " + words, one.messageId());
            last.put(one.dossier(), words);
            got.computeIfAbsent(one.dossier(), d -> new ArrayList<>()).add(words);
        }
        due.forEach((dossier, words) -> compare(partner, dossier, words, got.getOrDefault(dossier, List.of())));
        got.keySet().removeAll(due.keySet());
        got.forEach((dossier, words) -> {
            unexpected += words.size();
            example("nobody was promised", partner, dossier, words.toString());
        });
        counts.put(
                partner, new long[] {due.values().stream().mapToLong(List::size).sum(), here});
    }

    /** What a partner's message says, as {@link Journeys} promises it. */
    private static String words(String partner, Partners.Taken one) {
        return switch (partner) {
            case "dvcqg" ->
                one.what().equals("CapNhatTienDoHoSoMC")
                        ? one.content().path("TrangThai").asText() + " "
                                + one.content().path("NoiDungXuLy").asText()
                        : one.content().path("TrangThaiHoSo").asText();
            case "trung-tam-hcc" ->
                one.what() + " " + one.content().at("/event/code").asText();
            default -> one.what();
        };
    }

    /**
     * No citizen is sent the same words twice: each holds the link of its dossier. How many are due depends on the hour, since nobody
     * is told at night.
     */
    void citizens(String partner, List<Partners.Taken> received) {
        Set<String> sent = new HashSet<>();
        for (Partners.Taken one : received) {
            if (!one.fresh()) {
                repeats++;
            } else if (one.what().equals(TOO_LATE)) {
                tooLate++;
            } else if (!sent.add(one.content().path("text").asText())) {
                doubled++;
                example(
                        "doubled",
                        partner,
                        one.messageId(),
                        one.content().path("text").asText());
            }
        }
        told = sent.size();
    }

    /** What would have come to citizens after its time, and was sent to nobody. */
    long toldTooLate() {
        return tooLate;
    }

    /** What citizens were told. */
    long told() {
        return told;
    }

    private void compare(String partner, String dossier, List<String> due, List<String> got) {
        if (due.equals(got)) {
            return;
        }
        List<String> missing = without(due, got);
        List<String> more = without(got, due);
        lost += missing.size();
        missing.forEach(words -> example("lost", partner, dossier, words));
        for (String words : more) {
            if (due.contains(words)) {
                doubled++;
                example("doubled", partner, dossier, words);
            } else {
                unexpected++;
                example("nobody was promised", partner, dossier, words);
            }
        }
        if (!without(due, missing).equals(without(got, more))) {
            outOfOrder++;
            example("out of order", partner, dossier, got.toString());
        }
    }

    private static List<String> without(List<String> all, List<String> some) {
        List<String> rest = new ArrayList<>(all);
        some.forEach(rest::remove);
        return rest;
    }

    private void example(String what, String partner, String dossier, String words) {
        if (examples.size() < FIRST_ONES) {
            examples.add(what + ": " + partner + " " + dossier + " " + words);
        }
    }

    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    long unexpected() {
        return unexpected;
    }

    long outOfOrder() {
        return outOfOrder;
    }

    /** How often a partner was told what it had, and knew it. */
    long repeats() {
        return repeats;
    }

    long received() {
        return counts.values().stream().mapToLong(count -> count[1]).sum();
    }

    List<String> examples() {
        return examples;
    }

    String byPartner() {
        return counts.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue()[1] + " of " + one.getValue()[0])
                .collect(Collectors.joining(", "));
    }
}
