package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.directory.WorkWeek;

/** Working days: Monday to Saturday, until 17:00 in Vietnam. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTest {

    @ParameterizedTest(name = "{1} working days after {0}: {2}")
    @CsvSource({
        "2026-11-23T10:00, 1, 2026-11-24T17:00",
        "2026-11-23T17:30, 1, 2026-11-24T17:00",
        "2026-11-23T00:00, 2, 2026-11-25T17:00",
        "2026-11-27T10:00, 1, 2026-11-28T17:00",
        "2026-11-27T10:00, 2, 2026-11-30T17:00",
        "2026-11-28T10:00, 1, 2026-11-30T17:00",
        "2026-11-29T10:00, 1, 2026-11-30T17:00",
        "2026-11-28T23:59, 5, 2026-12-04T17:00",
        "2026-11-23T10:00, 15, 2026-12-10T17:00",
        "2026-12-31T18:00, 1, 2027-01-01T17:00",
        "2027-01-02T09:00, 1, 2027-01-04T17:00",
        "2028-02-28T09:00, 2, 2028-03-01T17:00"
    })
    void saturday_counts_and_sunday_does_not(LocalDateTime from, int days, LocalDateTime end) {
        assertThat(Scan.DEADLINES.workingDays(inVietnam(from), days)).isEqualTo(inVietnam(end));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-11-23T10:00, 2026-11-23T17:00",
        "2026-11-23T16:59:59, 2026-11-23T17:00",
        "2026-11-23T17:00, 2026-11-24T17:00",
        "2026-11-23T18:00, 2026-11-24T17:00",
        "2026-11-28T16:00, 2026-11-28T17:00",
        "2026-11-28T18:00, 2026-11-30T17:00",
        "2026-11-29T08:00, 2026-11-30T17:00",
        "2026-12-31T20:00, 2027-01-01T17:00"
    })
    void today_is_over_at_17_00_and_sunday_is_no_day_to_be_done(LocalDateTime from, LocalDateTime end) {
        assertThat(Scan.DEADLINES.today(inVietnam(from))).isEqualTo(inVietnam(end));
    }

    @ParameterizedTest(name = "two working hours after {0}: {1}")
    @CsvSource({
        "2026-11-23T10:00, 2026-11-23T12:00",
        "2026-11-23T15:00, 2026-11-23T17:00",
        "2026-11-23T15:01, 2026-11-24T07:01",
        "2026-11-23T05:00, 2026-11-23T09:00",
        "2026-11-23T22:00, 2026-11-24T09:00",
        "2026-11-28T16:00, 2026-11-30T08:00",
        "2026-11-29T12:00, 2026-11-30T09:00"
    })
    void working_time_passes_from_07_00_to_17_00_on_working_days(LocalDateTime from, LocalDateTime then) {
        assertThat(Scan.DEADLINES.workingTime(inVietnam(from), Duration.ofHours(2)))
                .isEqualTo(inVietnam(then));
        assertThat(Scan.DEADLINES.isWorkingTime(inVietnam(from)))
                .isEqualTo(from.getHour() >= 7 && from.getHour() < 17 && from.getDayOfMonth() != 29);
    }

    @Test
    void a_day_is_a_day_in_vietnam_wherever_the_server_stands() {
        // 18:30 on Saturday in London is half past one on Sunday.
        assertThat(Scan.DEADLINES.workingDays(Instant.parse("2026-11-28T18:30:00Z"), 1))
                .isEqualTo(Instant.parse("2026-11-30T10:00:00Z"));
    }

    @Test
    void a_day_ends_when_it_is_configured_to() {
        var late = new Deadlines(
                new Rules(2, Duration.ofDays(10), Duration.ofHours(4), 2, 15, 5, LocalTime.of(19, 30)),
                WorkWeek.POST::isWorked,
                WorkWeek.AGENCY::isWorked);

        assertThat(late.today(inVietnam(LocalDateTime.parse("2026-11-23T18:00"))))
                .isEqualTo(inVietnam(LocalDateTime.parse("2026-11-23T19:30")));
    }

    @Test
    void a_holiday_does_not_count_and_a_sunday_that_is_worked_does() {
        var days = Map.of(LocalDate.parse("2027-01-01"), false, LocalDate.parse("2027-01-03"), true);
        var deadlines = new Deadlines(
                Rules.DEFAULT, day -> days.getOrDefault(day, WorkWeek.POST.isWorked(day)), WorkWeek.AGENCY::isWorked);

        assertThat(deadlines.workingDays(inVietnam(LocalDateTime.parse("2026-12-31T10:00")), 2))
                .isEqualTo(inVietnam(LocalDateTime.parse("2027-01-03T17:00")));
        assertThat(deadlines.today(inVietnam(LocalDateTime.parse("2027-01-01T08:00"))))
                .isEqualTo(inVietnam(LocalDateTime.parse("2027-01-02T17:00")));
    }

    private static Instant inVietnam(LocalDateTime time) {
        return time.atZone(Rules.ZONE).toInstant();
    }
}
