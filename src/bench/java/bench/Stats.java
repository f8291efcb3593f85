package bench;

import java.util.Arrays;
import java.util.Collection;

/** Of many figures, the few that are told. */
final class Stats {

    private Stats() {}

    /**
     * The least of them that so large a share does not exceed (nearest rank).
     *
     * @return NaN of none
     */
    static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(sorted.length * share);
        return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
    }

    /** @return NaN of none; of an even number, half way between the two in the middle */
    static double median(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double[] sorted(Collection<Double> values) {
        double[] all = values.stream().mapToDouble(v -> v).toArray();
        Arrays.sort(all);
        return all;
    }
}
