package vn.bocau.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What stands at one look alone calls nobody. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LastingTest {

    private static final Instant NOW = Instant.parse("2026-11-30T02:00:00Z");

    private final Lasting lasting = new Lasting();

    @Test
    void what_stands_for_so_long_at_each_look_lasts_and_what_moved_meanwhile_does_not() {
        assertThat(at(0, "a", "b")).isEmpty();
        assertThat(at(60, "a")).isEmpty();
        assertThat(at(119, "a", "b")).isEmpty();
        assertThat(at(120, "a", "b")).containsExactly("a");
        assertThat(at(239, "a", "b")).containsExactlyInAnyOrder("a", "b");
        assertThat(at(240)).isEmpty();
        assertThat(at(250, "a")).isEmpty();
    }

    private Set<String> at(long seconds, String... standing) {
        return lasting.of(Set.of(standing), NOW.plusSeconds(seconds), Duration.ofMinutes(2));
    }
}
