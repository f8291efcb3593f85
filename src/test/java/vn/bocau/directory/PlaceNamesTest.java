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

    @ParameterizedTest
    @CsvSource({
        "Mỹ Thuỷ, Mĩ Thủy, SAME",
        "Quy Đạt, Qui Đạt, SAME",
        "Đakrông, Đa Krông, SAME",
        "01, 1, SAME",
        "Hai Lang, Hải Lăng, FEWER_MARKS",
        "Hải Lang, Hải Lăng, FEWER_MARKS",
        "Dông Hà, Đông Hà, FEWER_MARKS",
        "Đồng Lễ, Đông Lễ, OTHER_MARKS",
        "Quảng Tiến, Quảng Tiên, OTHER_MARKS",
        "Quảng Tiên, Quảng Tiến, FEWER_MARKS"
    })
    void marks_left_out_are_not_marks_of_another_name(String written, String name, PlaceNames.Likeness likeness) {
        assertThat(PlaceNames.bare(written)).isEqualTo(PlaceNames.bare(name));
        assertThat(PlaceNames.likeness(written, name)).isEqualTo(likeness);
        assertThat(PlaceNames.likeness(Normalizer.normalize(written, Normalizer.Form.NFD), name))
                .isEqualTo(likeness);
    }

    @ParameterizedTest
    @CsvSource({"Tay, Tai", "10, 1", "Hải An, Hải Anh"})
    void other_letters_are_another_name(String one, String other) {
        assertThat(PlaceNames.bare(one)).isNotEqualTo(PlaceNames.bare(other));
    }
}
