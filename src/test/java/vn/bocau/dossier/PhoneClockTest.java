package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PhoneClockTest {

    private static final Instant HEARD = Instant.parse("2026-11-27T01:00:00Z");
    private static final Instant TRUE = HEARD.plus(Duration.ofHours(3));
    private static final Instant SENT = HEARD.plus(Duration.ofHours(8));

    /**
     * Minutes by which the clock is ahead: when the hub was last heard, when it was written down, when it is sent; and for how
     * long the phone slept before it was written down, or was started anew.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "0, 0, 0, restarted",
        "1440, 1440, 1440, 170",
        "1440, 1440, 1440, restarted",
        // Set right, or wrong, after it was written down.
        "0, 0, 1440, 0",
        "0, 0, 1440, restarted",
        "0, 0, -1440, 170",
        "1440, 1440, 0, restarted",
        "0, 0, 60, 0",
        "0, 0, -60, 0",
        "0, 0, 60, restarted",
        "90, 90, 30, 20",
        // And before.
        "0, 1440, 1440, 170",
        "0, -1440, -1440, restarted",
        "0, 60, 60, 0",
        "0, -60, -60, 0",
        "0, 60, 60, 170",
        "1440, 0, 0, restarted",
    })
    void a_handling_happened_when_it_did_whenever_the_clock_was_set(int heard, int then, int sent, String slept) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        ObjectNode clock = entry.putObject("clock")
                .put("heard", HEARD.toString())
                .put("ahead", Duration.ofMinutes(heard).toMillis());
        if (!slept.equals("restarted")) {
            clock.put(
                    "steady",
                    Duration.between(HEARD, TRUE)
                            .minusMinutes(Integer.parseInt(slept))
                            .toMillis());
        }
        assertThat(happened(entry, then, sent)).isEqualTo(TRUE);
    }

    @Test
    void without_a_word_of_the_clock_what_it_shows_when_it_sends_is_all_there_is() {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        assertThat(happened(entry, 1440, 1440)).isEqualTo(TRUE);
        entry.putObject("clock").put("heard", SENT.plusSeconds(1).toString()).put("ahead", 0);
        assertThat(happened(entry, 1440, 1440)).as("from the future").isEqualTo(TRUE);
        entry.putObject("clock").put("heard", HEARD.toString()).put("ahead", Long.MAX_VALUE);
        assertThat(happened(entry, 1440, 1440)).as("nonsense").isEqualTo(TRUE);
    }

    @Test
    void a_clock_that_is_wrong_by_less_than_a_message_may_take_is_believed() {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.putObject("clock").put("heard", HEARD.toString()).put("ahead", 60_000);
        assertThat(happened(entry, 1, 1)).isCloseTo(TRUE.plusSeconds(60), within(0, ChronoUnit.SECONDS));
    }

    private static Instant happened(ObjectNode entry, int then, int sent) {
        return PhoneClock.Sending.of(SENT, SENT.plus(Duration.ofMinutes(sent)))
                .happened(entry, TRUE.plus(Duration.ofMinutes(then)));
    }
}
