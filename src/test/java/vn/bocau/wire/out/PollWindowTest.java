package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PollWindowTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    /** What changed at 23:59:59 after we had asked is seen all the next day long. */
    @Test
    void the_day_before_the_one_read_last_is_read_again_over_midnight_and_the_end_of_a_month() {
        assertThat(PollWindow.of(Optional.of("2026-03-01"), TODAY))
                .containsExactly(new PollWindow(LocalDate.of(2026, 2, 28), TODAY));
        assertThat(PollWindow.of(Optional.of("2026-02-28"), TODAY))
                .containsExactly(
                        new PollWindow(LocalDate.of(2026, 2, 27), LocalDate.of(2026, 2, 28)),
                        new PollWindow(LocalDate.of(2026, 2, 28), TODAY));
    }

    /** However much there is to read again, little of it is listed at once, and what was read is not read anew. */
    @ParameterizedTest
    @CsvSource({"2025-12-15, 2025-12-14, 77", ", 2026-01-30, 30"})
    void many_days_are_read_in_windows_of_two_that_touch(@Nullable String cursor, LocalDate first, int count) {
        List<PollWindow> windows = PollWindow.of(Optional.ofNullable(cursor), TODAY);

        assertThat(windows).hasSize(count);
        for (PollWindow window : windows) {
            assertThat(window).isEqualTo(new PollWindow(first, first.plusDays(1)));
            first = window.to();
        }
        assertThat(first).isEqualTo(TODAY);
    }

    @Test
    void without_a_cursor_or_with_one_that_is_no_day_or_to_come_nothing_is_passed_over() {
        LocalDate first = LocalDate.of(2026, 1, 30);

        assertThat(PollWindow.of(Optional.empty(), TODAY).get(0).from()).isEqualTo(first);
        assertThat(PollWindow.of(Optional.of("zzz"), TODAY).get(0).from()).isEqualTo(first);
        assertThat(PollWindow.of(Optional.of("2027-01-01"), TODAY))
                .containsExactly(new PollWindow(LocalDate.of(2026, 2, 28), TODAY));
    }
}
