package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeardTest {

    private final Heard heard = new Heard();

    @Test
    void the_same_under_the_same_name_is_a_repeat_and_under_another_is_said_twice() {
        heard.hear("1", "A", "COLLECTED");
        heard.hear("1", "A", "COLLECTED");
        assertThat(heard.count()).isEqualTo(1);
        assertThat(heard.repeats()).isEqualTo(1);
        assertThat(heard.said()).isEqualTo(Map.of("A", List.of("COLLECTED")));
        heard.hear("2", "A", "COLLECTED");
        assertThat(heard.said()).isEqualTo(Map.of("A", List.of("COLLECTED", "COLLECTED")));
    }

    @Test
    void who_is_down_hears_nothing() {
        heard.down(true);
        assertThat(heard.hear("1", "A", "COLLECTED")).isFalse();
        assertThat(heard.count()).isZero();
        assertThat(heard.said()).isEmpty();
        assertThat(heard.turnedAway()).isEqualTo(1);
        heard.down(false);
        assertThat(heard.hear("1", "A", "COLLECTED")).isTrue();
    }

    @Test
    void a_delay_is_from_the_record_to_the_first_time_it_is_heard_and_what_is_not_heard_has_none() {
        long recorded = System.nanoTime() - 5_000_000;
        heard.hear("1", "A", "COLLECTED");
        long first = heard.at().get(Heard.word("A", "COLLECTED"));
        heard.hear("1", "A", "COLLECTED");
        double[] delays =
                heard.delays(Map.of(Heard.word("A", "COLLECTED"), recorded, Heard.word("B", "COLLECTED"), recorded));
        assertThat(delays).containsExactly((first - recorded) / 1e6);
    }

    @Test
    void one_word_under_two_names_counts_once() {
        heard.hear("1", "A", "COLLECTED");
        heard.hear("2", "A", "COLLECTED");
        assertThat(heard.count()).isEqualTo(1);
    }

    @Test
    void what_is_told_again_after_it_was_forgotten_is_still_a_repeat_until_all_is() {
        heard.hear("1", "A", "COLLECTED");
        heard.forget();
        heard.hear("1", "A", "COLLECTED");
        assertThat(heard.count()).isZero();
        assertThat(heard.said()).isEmpty();
        assertThat(heard.repeats()).isEqualTo(1);
        heard.forgetAll();
        heard.hear("1", "A", "COLLECTED");
        assertThat(heard.count()).isEqualTo(1);
    }
}
