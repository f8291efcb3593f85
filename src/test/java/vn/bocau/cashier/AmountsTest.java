package vn.bocau.cashier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AmountsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "28000     | 28000",
                "28.000    | 28000",
                "28,000    | 28000",
                "28 000    | 28000",
                "28.000 đ  | 28000",
                "28000₫    | 28000",
                "28.000,00 | 28000",
                "28,000.0  | 28000",
                "1.028.000 | 1028000",
                "0         | 0",
            })
    void an_amount_is_read_as_people_and_spreadsheets_write_it(String typed, long amount) {
        assertThat(Amounts.of(typed)).contains(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28.5", "28.00.000", "-28.000", "28k", "", "28.0000", "1e3", "28 000 000 000 000 000"})
    void what_may_be_another_amount_is_none(String typed) {
        assertThat(Amounts.of(typed)).isEmpty();
    }

    @Test
    void what_is_no_amount_stays_as_it_was_typed_for_its_line_to_be_refused() {
        ObjectNode counted = JsonNodeFactory.instance.objectNode();

        Amounts.lines(counted, Map.of("line-2", "28.5", "line-1", "28.000,00", "other", "1"));

        JsonNode lines = counted.path("lines");
        assertThat(lines).hasSize(2);
        assertThat(lines.path(0).path("received").asLong()).isEqualTo(28_000);
        assertThat(lines.path(1).path("received").asText()).isEqualTo("28.5");
    }
}
