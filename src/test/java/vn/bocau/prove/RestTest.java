package vn.bocau.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** When a proof may compare. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RestTest {

    private static final Duration STILL = Duration.ofSeconds(125);

    private final List<Long> pauses = new ArrayList<>();

    @Test
    void once_nothing_is_under_way_it_waits_and_looks_again() throws IOException {
        assertThat(await(Instant.MAX.minus(STILL), false, true, true)).isTrue();
        assertThat(pauses).containsExactly(5000L, STILL.toMillis());
    }

    @Test
    void what_is_said_again_meanwhile_is_waited_for() throws IOException {
        assertThat(await(Instant.MAX.minus(STILL), true, false, true)).isTrue();
        assertThat(pauses).containsExactly(STILL.toMillis(), 5000L);
    }

    @Test
    void what_never_comes_to_rest_is_told_as_that() throws IOException {
        assertThat(await(Instant.now().minusSeconds(1), false)).isFalse();
    }

    private boolean await(Instant until, Boolean... looks) throws IOException {
        Deque<Boolean> seen = new ArrayDeque<>(List.of(looks));
        boolean comes = Rest.await(seen::removeFirst, until, STILL, pauses::add);
        assertThat(seen).isEmpty();
        return comes;
    }
}
