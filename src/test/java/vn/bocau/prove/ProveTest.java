package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The proof as it is typed. {@code -Dprove.minutes=30 -Dprove.seed=…} makes it longer; {@code docs/proof.md} has what that found. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProveTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

    @Test
    void nothing_accepted_is_lost_doubled_or_out_of_order_whatever_breaks() {
        String minutes = System.getProperty("prove.minutes", "3");
        String seed = System.getProperty("prove.seed", Long.toString(System.nanoTime() % 1_000_000));
        String nodes = System.getProperty("prove.nodes", "1");
        String rate = System.getProperty("prove.rate", "4");

        int exit =
                Prove.run(List.of("--minutes=" + minutes, "--seed=" + seed, "--nodes=" + nodes, "--rate=" + rate), out);

        System.out.println(said.toString(StandardCharsets.UTF_8));
        assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--minutes=0, --minutes is from 0.5 to 600",
        "--minutes=soon, --minutes=soon: a number is needed",
        "--nodes=3, --nodes is 1 or 2",
        "--rate=0, --rate is from 0.1 to 100",
        "--fast, unknown: --fast"
    })
    void what_is_not_understood_is_told_with_the_help(String typed, String why) {
        assertThat(Prove.run(List.of(typed), out)).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(why, "--seed");
    }

    @Test
    void the_help_is_asked_for() {
        assertThat(Prove.run(List.of("--help"), out)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--minutes", "--nodes");
    }
}
