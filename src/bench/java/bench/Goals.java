package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was set as a goal, and whether it is met. */
final class Goals {

    enum Verdict {
        MET("ĐẠT · MET"),
        MISSED("CHƯA ĐẠT · MISSED"),
        NOT_MEASURED("KHÔNG ĐO · NOT MEASURED");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    /** @param figure NaN when it was not measured */
    record Goal(String what, double figure, Verdict verdict) {

        static Goal atLeast(String what, double goal, double figure) {
            return new Goal(what + " ≥ " + text(goal), figure, verdict(figure, figure >= goal));
        }

        static Goal atMost(String what, double goal, double figure) {
            return new Goal(what + " ≤ " + text(goal), figure, verdict(figure, figure <= goal));
        }

        private static Verdict verdict(double figure, boolean met) {
            if (Double.isNaN(figure)) {
                return Verdict.NOT_MEASURED;
            }
            return met ? Verdict.MET : Verdict.MISSED;
        }

        @Override
        public String toString() {
            return String.format(
                    "  %-26s %10s   %s", verdict.text, verdict == Verdict.NOT_MEASURED ? "" : text(figure), what);
        }
    }

    /** Medians; NaN for what was not measured. */
    record Measured(
            double harmonic,
            double ours,
            double plain,
            double modulith,
            double p99,
            double faults,
            long stored,
            double storedRatio,
            double searchP95,
            double ready,
            double megabytes) {}

    private Goals() {}

    static List<Goal> of(Measured m) {
        String there = m.stored > 0 ? String.format(Locale.ROOT, ", with %,d handlings stored", m.stored) : "";
        List<Goal> all = new ArrayList<>();
        all.add(Goal.atLeast("2: through the line, of the harmonic ceiling", 0.6, m.ours / m.harmonic));
        all.add(Goal.atLeast("2: through the line, times the plain Spring Boot application", 2, m.ours / m.plain));
        all.add(Goal.atLeast("2: through the line, times Spring Modulith", 3, m.ours / m.modulith));
        all.add(Goal.atMost("3: delay p99 at half of that, ms", 250, m.p99));
        all.add(Goal.atMost("4: lost, doubled or out of order after an outage", 0, m.faults));
        all.add(Goal.atLeast("5: through the line, of an empty one" + there, 0.95, m.storedRatio));
        all.add(Goal.atMost("5: the console's search p95, ms" + there, 100, m.searchP95));
        all.add(Goal.atMost("6: start to ready with all inside, s", 10, m.ready));
        all.add(Goal.atMost("6: memory of all under load, MB", 700, m.megabytes));
        return all;
    }

    private static String text(double figure) {
        if (figure == Math.rint(figure) || figure >= 100) {
            return String.format(Locale.ROOT, "%.0f", figure);
        }
        // A goal that is missed by little does not look met.
        return String.format(Locale.ROOT, figure < 10 ? "%.3f" : "%.1f", figure).replaceFirst("0+$", "");
    }
}
