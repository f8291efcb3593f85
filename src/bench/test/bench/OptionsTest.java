package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OptionsTest {

    @Test
    void all_of_it_when_nothing_is_typed() {
        Options all = Options.of(List.of());
        assertThat(all.rounds()).isEqualTo(3);
        assertThat(all.backlog()).isEqualTo(200_000);
        assertThat(all.stored()).endsWith(20_000_000L);
        assertThat(all.line()).isTrue();
        assertThat(all.points()).contains(4, 5, 6);
        assertThat(all.plot()).contains(Path.of("docs", "performance.svg"));
        assertThat(all.keep()).isEmpty();
    }

    @Test
    void a_try_is_small_unless_a_size_is_typed_and_does_not_write_over_the_plot() {
        Options some = Options.of(List.of("--backlog=600", "--quick"));
        assertThat(some.backlog()).isEqualTo(600);
        assertThat(some.stored()).allMatch(size -> size < 100_000);
        assertThat(some.plot()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--points=1,2,3",
                "--only=ours,plain",
                "--rounds=1",
                "--stored=1000000",
                "--backlog=600",
                "--quick"
            })
    void part_of_it_does_not_write_over_the_plot_of_all_of_it(String typed) {
        assertThat(Options.of(List.of(typed)).plot()).isEmpty();
        assertThat(Options.of(List.of(typed, "--plot=here.svg")).plot()).contains(Path.of("here.svg"));
    }

    @Test
    void more_than_all_is_all() {
        assertThat(Options.of(List.of("--rounds=5", "--points=6,5,4,3,2,1", "--keep=/there"))
                        .plot())
                .contains(Path.of("docs", "performance.svg"));
    }

    @Test
    void sizes_are_filled_the_fewest_first() {
        assertThat(Options.of(List.of("--stored=20000,5000")).stored()).containsExactly(5_000L, 20_000L);
    }

    @Test
    void points_1_to_3_are_one_round() {
        assertThat(Options.of(List.of("--points=2")).line()).isTrue();
        assertThat(Options.of(List.of("--points=4,6")).line()).isFalse();
    }

    @Test
    void without_ours_what_is_ours_alone_is_not_measured() {
        assertThat(Options.of(List.of("--only=plain,modulith")).points()).containsExactly(1, 2, 3);
        assertThat(Options.of(List.of("--only=plain,ours")).points()).contains(4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--speed",
                "--keep",
                "--keep=",
                "--plot",
                "--plot= ",
                "--quick=yes",
                "--through-the-doors=no",
                "--rounds",
                "--rounds=4294967297",
                "--backlog=4294967297",
                "--points=4294967297",
                "--points=",
                "--points=,",
                "--only=,",
                "--stored=,",
                "--rounds=0",
                "--rounds=x",
                "--points=7",
                "--only=others",
                "--backlog=-3",
                "--stored="
            })
    void what_is_not_understood_is_named(String typed) {
        assertThatThrownBy(() -> Options.of(List.of(typed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(typed);
    }

    @Test
    void what_would_measure_nothing_is_not_begun() {
        assertThatThrownBy(() -> Options.of(List.of("--points=6", "--only=plain")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--points=6 --only=plain");
    }

    @Test
    void help_is_given_whatever_stands_beside_it() throws Exception {
        assertThat(Bench.run(List.of("--quick", "--help"))).isZero();
        assertThat(Bench.run(List.of("--quick=yes"))).isEqualTo(2);
    }
}
