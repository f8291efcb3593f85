package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StatsTest {

    private static final double[] HUNDRED =
            IntStream.rangeClosed(1, 100).mapToDouble(n -> n).toArray();

    @Test
    void a_percentile_is_the_least_that_so_many_do_not_exceed() {
        assertThat(Stats.percentile(HUNDRED, 0.5)).isEqualTo(50);
        assertThat(Stats.percentile(HUNDRED, 0.95)).isEqualTo(95);
        assertThat(Stats.percentile(HUNDRED, 0.99)).isEqualTo(99);
        assertThat(Stats.percentile(HUNDRED, 1)).isEqualTo(100);
    }

    @Test
    void of_few_the_high_ones_are_the_highest() {
        assertThat(Stats.percentile(new double[] {3, 7}, 0.99)).isEqualTo(7);
        assertThat(Stats.percentile(new double[] {3}, 0.5)).isEqualTo(3);
        assertThat(Stats.percentile(new double[] {3, 7}, 0)).isEqualTo(3);
    }

    @Test
    void of_none_there_is_no_percentile_and_no_median() {
        assertThat(Stats.percentile(new double[0], 0.5)).isNaN();
        assertThat(Stats.median(List.of())).isNaN();
    }

    @Test
    void a_median_is_in_the_middle_whatever_the_order() {
        assertThat(Stats.median(List.of(9.0, 1.0, 4.0))).isEqualTo(4);
        assertThat(Stats.median(List.of(9.0, 1.0))).isEqualTo(5);
    }
}
