package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a time at all, before anybody keeps it or is told of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClocksTest {

    @ParameterizedTest
    @CsvSource({
        "2026-04-15T08:45:00+07:00, true",
        "2026-04-15T08:45:00+14:00, true",
        "2026-04-15T08:45:00-12:00, true",
        "2026-04-15T08:45:00+14:01, false",
        "2026-04-15T08:45:00+15:00, false",
        "2026-04-15T08:45:00-18:00, false",
        "2026-04-15T08:45:00+23:00, false",
        "1969-04-15T08:45:00+07:00, false"
    })
    void an_offset_that_no_place_has_is_none(String text, boolean time) {
        assertThat(Clocks.time(text).isPresent()).isEqualTo(time);
    }
}
