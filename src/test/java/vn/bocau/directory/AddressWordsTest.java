package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1 | P+1",
                "TX.Quảng Trị | TX+Quảng+Trị",
                "TPĐông Hà | TP+Đông+Hà",
                "xãHải An | xã+Hải+An",
                "xahai an | xa+hai+an",
                "tphcm | tp+hcm",
                "phườngđông | phường+đông",
                "xanh lá | xanh+lá",
                "HẢI LĂNG | HẢI+LĂNG",
                "M'Drắk | M+Drắk",
                "12/3, Hải-An | 12+3+Hải+An",
                "🙂a🙂 | a"
            })
    void an_address_is_cut_where_a_name_may_begin(String text, String words) {
        assertThat(AddressWords.of(text).all().stream()
                        .map(AddressWords.Word::text)
                        .collect(Collectors.joining("+")))
                .isEqualTo(words);
    }
}
