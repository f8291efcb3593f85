package vn.bocau.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VndTest {

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
        assertThat(Vnd.read(typed)).contains(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28.5", "28.00.000", "-28.000", "28k", "", "28.0000", "1e3", "28 000 000 000 000 000"})
    void what_may_be_another_amount_is_none(String typed) {
        assertThat(Vnd.read(typed)).isEmpty();
    }
}
