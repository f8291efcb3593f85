package bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TalliesTest {

    private final Tallies tallies = new Tallies(Set.of("ours"));

    @Test
    void who_promises_is_held_to_it_and_who_does_not_is_told_of() {
        tallies.add("ours", new Tally(5, 0, 0, 0));
        tallies.add("another", new Tally(4, 0, 0, 7));
        assertThat(tallies.broken()).isEmpty();
        assertThat(tallies.heard()).isEqualTo(9);
        assertThat(tallies.text()).contains("another", "out of order 7");
        tallies.add("ours", new Tally(5, 0, 1, 0));
        assertThat(tallies.broken()).containsExactly("ours");
        assertThat(tallies.text()).contains("heard 10, lost 0, doubled 1");
    }
}
