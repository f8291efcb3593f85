package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlaceNamesTest {

    @ParameterizedTest
    @CsvSource({
        "Minh Hoá, Minh Hóa",
        "Lệ Thuỷ, Lệ Thủy",
        "HOÀ TRẠCH, Hòa Trạch",
        "Tuyên  Hoá, tuyên hóa",
        "Khoẻ, Khỏe",
        "Quảng Trị, ' quảng trị '"
    })
    void two_spellings_of_one_place_are_the_same(String one, String other) {
        assertThat(PlaceNames.same(one, other)).isTrue();
        assertThat(PlaceNames.same(Normalizer.normalize(one, Normalizer.Form.NFD), other))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Minh Hoá, Minh Hoà", "Đông Hà, Đồng Hà", "Hải Lăng, Nam Hải Lăng", "Lệ Ninh, Lệ Thuỷ", "Đa, Da"})
    void two_places_are_not(String one, String other) {
        assertThat(PlaceNames.same(one, other)).isFalse();
    }
}
