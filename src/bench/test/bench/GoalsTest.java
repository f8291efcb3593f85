package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GoalsTest {

    private static final double NONE = Double.NaN;

    private static List<Goals.Verdict> verdicts(Goals.Measured measured) {
        return Goals.of(measured).stream().map(Goals.Goal::verdict).toList();
    }

    @Test
    void what_just_reaches_a_goal_meets_it() {
        assertThat(verdicts(new Goals.Measured(1000, 600, 300, 200, 250, 0, 20_000_000, 0.95, 100, 10, 700)))
                .containsOnly(Goals.Verdict.MET);
    }

    @Test
    void what_just_does_not_misses_it() {
        assertThat(verdicts(new Goals.Measured(1000, 599, 300, 200, 250.1, 1, 20_000_000, 0.9499, 100.1, 10.01, 700.1)))
                .containsOnly(Goals.Verdict.MISSED);
    }

    @Test
    void what_was_not_measured_is_neither() {
        assertThat(verdicts(new Goals.Measured(NONE, NONE, NONE, NONE, NONE, NONE, 0, NONE, NONE, NONE, NONE)))
                .containsOnly(Goals.Verdict.NOT_MEASURED);
        assertThat(verdicts(new Goals.Measured(1000, 700, NONE, NONE, 9, NONE, 0, NONE, NONE, NONE, NONE)))
                .contains(Goals.Verdict.MET)
                .doesNotContain(Goals.Verdict.MISSED);
    }

    @Test
    void each_is_told_with_its_figure_and_how_much_was_stored() {
        List<String> told =
                Goals.of(new Goals.Measured(3315, 212, 796, 648, 37, 0, 20_000_000, 0.9499, 80, 13.6, 774)).stream()
                        .map(Goals.Goal::toString)
                        .toList();
        assertThat(told.get(0)).contains("MISSED", "0.064", "≥ 0.6");
        assertThat(told.get(3)).contains("MET", "37", "≤ 250");
        assertThat(told.get(5)).contains("MISSED", "20,000,000");
        assertThat(told.get(7)).contains("MISSED", "13.6", "≤ 10");
    }
}
