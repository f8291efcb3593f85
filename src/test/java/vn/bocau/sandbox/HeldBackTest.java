package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeldBackTest {

    private final List<String> said = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final HeldBack<String> heldBack = new HeldBack<>(said::add, later::add);

    @Test
    void one_is_kept_until_the_next_has_been_said_and_is_said_once() {
        assertThat(heldBack.keep("first")).isTrue();
        assertThat(heldBack.keep("second")).as("one at most").isFalse();
        assertThat(said).isEmpty();

        heldBack.letGo();
        heldBack.letGo();
        later.forEach(Runnable::run);

        assertThat(said).containsExactly("first");
    }

    @Test
    void without_a_next_one_it_is_said_in_the_end() {
        heldBack.keep("first");

        later.forEach(Runnable::run);
        heldBack.letGo();

        assertThat(said).containsExactly("first");
    }
}
