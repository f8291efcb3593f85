package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PollWindowTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    /** What changed at 23:59:59 after we had asked is seen all the next day long. */
    @Test
    void the_day_before_the_one_read_last_is_read_again_over_midnight_and_the_end_of_a_month() {
        assertThat(PollWindow.of(Optional.of("2026-03-01"), TODAY))
                .containsExactly(new PollWindow(LocalDate.of(2026, 2, 28), TODAY));
        assertThat(PollWindow.of(Optional.of("2026-02-28"), TODAY))
                .containsExactly(new PollWindow(LocalDate.of(2026, 2, 27), TODAY));
    }

    @Test
    void after_a_long_outage_days_are_read_in_windows_that_touch() {
        assertThat(PollWindow.of(Optional.of("2025-12-15"), TODAY))
                .containsExactly(
                        new PollWindow(LocalDate.of(2025, 12, 14), LocalDate.of(2026, 1, 13)),
                        new PollWindow(LocalDate.of(2026, 1, 13), LocalDate.of(2026, 2, 12)),
                        new PollWindow(LocalDate.of(2026, 2, 12), TODAY));
    }

    @Test
    void without_a_cursor_or_with_one_that_is_no_day_or_to_come_nothing_is_passed_over() {
        PollWindow first = new PollWindow(LocalDate.of(2026, 1, 30), TODAY);

        assertThat(PollWindow.of(Optional.empty(), TODAY)).containsExactly(first);
        assertThat(PollWindow.of(Optional.of("zzz"), TODAY)).containsExactly(first);
        assertThat(PollWindow.of(Optional.of("2027-01-01"), TODAY))
                .containsExactly(new PollWindow(LocalDate.of(2026, 2, 28), TODAY));
    }
}
