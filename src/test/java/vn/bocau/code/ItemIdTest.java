package vn.bocau.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ItemIdTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvFileSource(resources = "/code/s10-test-vectors.csv", numLinesToSkip = 1)
    void every_vector_reads_as_stated(String input, String valid, String normalized, String reason, String source) {
        ItemId.Reading reading = ItemId.read(input);

        switch (valid) {
            case "true" -> assertThat(reading.outcome()).isEqualTo(ItemId.Outcome.VALID);
            case "warn" -> assertThat(reading.outcome()).isEqualTo(ItemId.Outcome.WARN);
            case "repair" -> assertThat(reading.outcome()).isEqualTo(ItemId.Outcome.REPAIRED);
            default -> assertThat(reading.outcome()).isEqualTo(ItemId.Outcome.INVALID);
        }
        assertThat(reading.item() == null ? null : reading.item().value()).isEqualTo(normalized);
    }

    @Test
    void a_made_identifier_is_a_right_one() {
        for (int i = 0; i < 10_000; i++) {
            int serial = ThreadLocalRandom.current().nextInt(100_000_000);
            ItemId made = ItemId.of("RV", serial, "VN");
            assertThat(ItemId.read(made.grouped()).item()).isEqualTo(made);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RR123456785", "rr123456785vn", "RR123456784VN", "RR123456785XX", "RR12345678 5VN"})
    void anything_else_cannot_be_an_item_id(String text) {
        assertThatThrownBy(() -> new ItemId(text)).isInstanceOf(Refused.class).hasMessageContaining("item");
    }

    @Test
    void it_is_grouped_for_the_eye() {
        assertThat(new ItemId("RR123456785VN").grouped()).isEqualTo("RR 123 456 785 VN");
    }
}
