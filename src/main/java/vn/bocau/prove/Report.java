package vn.bocau.prove;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures, and the verdict they come to. */
record Report(
        PrintStream out,
        Options options,
        Book book,
        Tally tally,
        Comparison comparison,
        Breaking breaking,
        Map<String, Ledger.Line> lines,
        List<String> ledger,
        List<String> feeDifferences,
        Errors errors) {

    private static final int FIRST_ONES = 10;

    /** @return whether all holds, of something */
    boolean print() {
        long faults =
                breaking.recoveries().values().stream().mapToLong(List::size).sum();
        out.printf("%n%-46s %6s %10s %10s%n", "fault", "times", "median", "longest");
        breaking.recoveries().forEach((name, all) -> {
            List<Duration> sorted = all.stream().sorted().toList();
            out.printf(
                    Locale.ROOT,
                    "%-46s %6d %8.1f s %8.1f s%n",
                    name,
                    all.size(),
                    seconds(sorted.get(sorted.size() / 2)),
                    seconds(sorted.get(sorted.size() - 1)));
        });
        breaking.notStruck().forEach(name -> out.println("not struck · chưa phá: " + name));
        out.printf("(from mending it until a dossier filed then is at its portal and its agency)%n%n");
        line("faults", faults);
        line(
                "answered for good",
                tally.answered().values().stream().mapToLong(n -> n).sum());
        out.println("  " + tally.answered());
        line("not heard, and said again", tally.saidAgain());
        line("said twice on purpose", tally.saidTwice());
        if (options.nodes() > 1) {
            line("of these to both nodes", tally.crossed());
        }
        line("of these when others had followed", tally.lates());
        line("batches that lay shuffled", tally.shuffles());
        line("later steps heard of first", tally.laterFirsts());
        line("messages due to partners", book.promises());
        line("received", comparison.received());
        out.println("  " + comparison.byPartner());
        line("told to citizens", comparison.told());
        line("too late to be told to citizens", comparison.toldTooLate());
        line("repeats that a partner knew", comparison.repeats());
        Fees fees = book.fees();
        line("fees compared", fees.compared());
        line("of these taken at a door", fees.collected());
        line("of these paid online", fees.paidOnline());
        line("wrong amounts that were voided", fees.voided());
        line("ended by themselves", breaking.byThemselves().size());
        out.println("refused with a reason " + tally.refusals());
        out.printf("%nledger %27s %9s %9s %6s %6s %9s%n", "", "accepted", "confirmed", "open", "parked", "discarded");
        new TreeMap<>(lines)
                .forEach((name, one) -> out.printf(
                        "  %-32s %9d %9d %6d %6d %9d%n",
                        name, one.accepted(), one.confirmed(), one.open(), one.parked(), one.discarded()));
        told("ERROR in the hubs' logs, by a full disk:", errors.expected());
        told("ERROR in the hubs' logs, by nothing that was struck:", errors.others());
        out.println();
        line("lost", comparison.lost());
        line("doubled", comparison.doubled());
        line("out of order", comparison.outOfOrder());
        line("never promised", comparison.unexpected());
        line("ledger differences", ledger.size());
        line("fee differences", feeDifferences.size());
        line("answered wrongly", tally.wrongs());
        line("ERROR that no fault accounts for", errors.others().size());
        comparison.examples().forEach(one -> out.println("  " + one));
        ledger.forEach(one -> out.println("  " + one));
        feeDifferences.stream().limit(FIRST_ONES).forEach(one -> out.println("  " + one));
        tally.firstWrongs().forEach(one -> out.println("  " + one));
        if (faults == 0
                || comparison.received() == 0
                || tally.refusals().isEmpty()
                || tally.saidTwice() == 0
                || tally.lates() == 0
                || tally.shuffles() == 0
                || tally.laterFirsts() == 0
                || fees.collected() == 0
                || fees.paidOnline() == 0
                || fees.voided() == 0
                || options.nodes() > 1 && tally.crossed() == 0) {
            out.println("NOTHING WAS MEASURED · KHÔNG ĐO ĐƯỢC GÌ");
            return false;
        }
        boolean held = comparison.lost()
                        + comparison.doubled()
                        + comparison.outOfOrder()
                        + comparison.unexpected()
                        + ledger.size()
                        + feeDifferences.size()
                        + tally.wrongs()
                        + errors.others().size()
                        + breaking.byThemselves().size()
                == 0;
        out.printf("%s  (--seed=%d)%n", held ? "HELD · ĐỨNG VỮNG" : "BROKEN · KHÔNG ĐỨNG VỮNG", options.seed());
        return held;
    }

    private void told(String what, Map<String, Long> said) {
        if (!said.isEmpty()) {
            out.println(what);
            said.forEach((line, times) -> out.printf("  %5d %s%n", times, line));
        }
    }

    private void line(String what, long count) {
        out.printf("%-34s %6d%n", what, count);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
