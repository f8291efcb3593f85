package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Which faults a run strikes, when it has no time for all. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BreakingTest {

    @Test
    void one_of_each_kind_comes_before_any_second_of_it() {
        List<Fault> all = Stream.of(Fault.Kind.values())
                .flatMap(kind -> IntStream.range(0, 5).mapToObj(n -> fault(kind, kind + " " + n)))
                .toList();
        for (int seed = 0; seed < 20; seed++) {
            List<Fault> drawn = Breaking.shuffled(all, new Random(seed));

            assertThat(drawn).containsExactlyInAnyOrderElementsOf(all);
            assertThat(drawn.subList(0, Fault.Kind.values().length))
                    .extracting(Fault::kind)
                    .containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Fault.Kind.class));
        }
        assertThat(Breaking.shuffled(all, new Random(1)))
                .isEqualTo(Breaking.shuffled(all, new Random(1)))
                .isNotEqualTo(Breaking.shuffled(all, new Random(2)));
    }

    private static Fault fault(Fault.Kind kind, String name) {
        return Fault.lasting(kind, name, 0, 1, chance -> {}, chance -> {}, () -> true);
    }
}
