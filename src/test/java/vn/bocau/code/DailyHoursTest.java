package vn.bocau.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DailyHoursTest {

    private static final DailyHours OFFICE = new DailyHours(LocalTime.of(8, 0), LocalTime.of(17, 0));

    @ParameterizedTest
    @CsvSource({
        "05T09:00, PT1H, 05T10:00",
        "05T16:50, PT10M, 05T17:00",
        "05T16:50, PT2H, 06T09:50",
        "05T17:00, PT1H, 06T09:00",
        "05T03:00, PT1H, 05T09:00",
        "05T16:00, PT10H, 06T17:00",
        "05T16:00, PT10H1M, 07T08:01",
        "05T08:00, PT27H, 07T17:00"
    })
    void what_goes_on_in_them_alone_is_done_that_much_later(String now, String takes, String done) {
        assertThat(OFFICE.done(at(now), Duration.parse(takes))).isEqualTo(at(done));
    }

    @Test
    void hours_that_never_begin_see_the_end_of_nothing() {
        assertThat(new DailyHours(LocalTime.NOON, LocalTime.NOON).done(at("05T09:00"), Duration.ofHours(1)))
                .isEqualTo(Instant.MAX);
    }

    private static Instant at(String day) {
        return OffsetDateTime.parse("2026-11-" + day + ":00+07:00").toInstant();
    }
}
