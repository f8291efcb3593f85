package vn.bocau.prove;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the hub's ledger says what was counted outside it. */
final class Books {

    private static final Set<String> WAIT_FOR_OTHERS = Set.of("qti-tthcc OUT");
    private static final String PHONES = "scan";
    private static final String ONE_STOP = "qti-tthcc";
    private static final String NOTIFIER = "tin-nhan";

    private final Ledger ledger;
    private final Book book;
    private final Tally tally;

    Books(Ledger ledger, Book book, Tally tally) {
        this.ledger = ledger;
        this.book = book;
        this.tally = tally;
    }

    /** Each in a line; empty when there is none. */
    List<String> differences(Partners partners, Feed feed) throws IOException {
        List<String> differences = new ArrayList<>();
        Map<String, Ledger.Line> lines = ledger.lines();
        lines.forEach((name, line) -> {
            if (!line.adds()) {
                differences.add(name + ": " + line + " does not add up");
            }
            expect(differences, name + " discarded", 0, line.discarded());
        });
        for (String partner : List.of("dvcqg", "trung-tam-hcc")) {
            long told = partners.of(partner).stream()
                    .filter(one -> one.fresh() && !one.messageId().isEmpty())
                    .count();
            expect(
                    differences,
                    partner + " OUT confirmed",
                    told,
                    of(lines, partner + " OUT").confirmed());
            expect(
                    differences,
                    partner + " IN accepted",
                    book.acceptedOf(partner),
                    of(lines, partner + " IN").accepted());
        }
        // Told too late, a message is sent to nobody, and answered for good all the same; so it is when it is no longer
        // so.
        long heard =
                partners.of(NOTIFIER).stream().filter(Partners.Taken::fresh).count();
        long confirmed = of(lines, "tin-nhan OUT").confirmed();
        expect(differences, "tin-nhan OUT confirmed", heard + ledger.unsaid(NOTIFIER, confirmed - heard), confirmed);
        expect(
                differences,
                "scan IN accepted",
                book.acceptedOf(PHONES),
                of(lines, "scan IN").accepted());
        // Each time an order is said it is a message of its own: there is no name to know it by but the order's.
        long orders = of(lines, "qti-tthcc IN").accepted();
        if (orders < book.acceptedOf(ONE_STOP)) {
            expect(differences, "qti-tthcc IN accepted, at least", book.acceptedOf(ONE_STOP), orders);
        }
        expect(
                differences,
                "qti-tthcc OUT accepted",
                feed.taken().size(),
                of(lines, "qti-tthcc OUT").accepted());
        Map<String, List<String>> parked = new HashMap<>(book.of(Comparison.PARKED));
        for (String[] one : ledger.parked()) {
            List<String> due = parked.remove(one[0]);
            if (due == null || !due.equals(List.of(one[1]))) {
                differences.add("parked without need: " + one[0] + " " + one[1]);
            } else {
                tally.refused("parked: " + one[1]);
            }
        }
        parked.keySet().forEach(dossier -> differences.add("not parked: " + dossier));
        expect(differences, "under way at the end", 0, underway(lines));
        return differences;
    }

    /** What is still to be told. A feed is read when somebody reads it. */
    boolean isAtRest() {
        return underway(ledger.lines()) == 0;
    }

    private static long underway(Map<String, Ledger.Line> lines) {
        return lines.entrySet().stream()
                .filter(line -> !WAIT_FOR_OTHERS.contains(line.getKey()))
                .mapToLong(line -> line.getValue().underway())
                .sum();
    }

    private static Ledger.Line of(Map<String, Ledger.Line> lines, String name) {
        return lines.getOrDefault(name, Ledger.Line.NONE);
    }

    private static void expect(List<String> differences, String what, long counted, long said) {
        if (counted != said) {
            differences.add(what + ": counted outside " + counted + ", the ledger says " + said);
        }
    }
}
