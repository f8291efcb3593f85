package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.directory.AddressGuard.Certainty;
import vn.bocau.directory.AddressGuard.Verdict;
import vn.bocau.directory.Commune;
import vn.bocau.directory.Directories;
import vn.bocau.directory.References;

/** What dispatch asks of an address: the guard's table, by the way that results, corrections and citizens go. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressesTest {

    private static final Directories SHIPPED = References.shipped();
    private static final Addresses ADDRESSES = new Addresses(SHIPPED);

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Thôn 3, xã Hải Xuân, huyện Hải Hậu, tỉnh Nam Định",
                "12 Lê Duẩn, phường Bến Nghé, quận 1, TP Hồ Chí Minh",
                "12 Trần Phú, phường Mộ Lao, quận Hà Đông, Hà Nội",
                "Thôn 3, xã Vinh Thanh, huyện Phú Vang, Thừa Thiên Huế",
                "12 Lê Lợi, thành phố Vinh, tỉnh Nghệ An",
                "12 Lê Duẩn, TP Huế",
                "Thôn 2, xã Ví Dụ",
                "12 Lê Lợi, tỉnh Ví Dụ",
                "12 Lê Lợi, phường Quảng Trị",
                "Thôn 3, Triệu Độ"
            })
    void a_code_of_today_does_not_hold_beside_words_that_name_what_we_cannot_read(String street) {
        Verdict verdict = check("19333", street);

        assertThat(verdict.certainty()).isEqualTo(Certainty.ASK);
        assertThat(verdict.street()).isEqualTo(street);
        assertThat(verdict.candidates())
                .extracting(candidate -> candidate.commune().fullName())
                .contains("Phường Đông Hà")
                .doesNotHaveDuplicates();
        assertThat(verdict.why().vi()).containsIgnoringCase("mã xã, phường");
    }

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "xã Hải Lăng, Quảng Trị | 19333 | Xã Hải Lăng; Phường Đông Hà",
                "xã Hải Thượng, huyện Hải Lăng | 19495 | Xã Hải Lăng; Xã Gio Linh",
                "xã Minh Hóa, huyện Minh Hóa, Quảng Bình | 18901 | Xã Kim Phú; Xã Minh Hoá",
                "xã Hải Lăng, Quảng Trị | 99999 | Xã Hải Lăng",
                "Cam Thủy, Quảng Trị | 19207 | Xã Cam Hồng; Xã Hiếu Giang; Xã Quảng Ninh",
                "Thôn 2, xã Ví Dụ | 19708 | Xã Hải Lăng",
                "12 Lê Lợi, Quảng Bình | 19708 | Xã Hải Lăng",
                "12 Lê Lợi, tỉnh Ví Dụ | 19708 | Xã Hải Lăng",
                "thon Phu Hai, xa Hai Ba, Hai Lang, QT | 19702 | Xã Hải Lăng"
            })
    void what_the_guard_asks_about_is_asked(String street, String code, String among) {
        Verdict verdict = check(code, street);

        assertThat(verdict.certainty()).isEqualTo(Certainty.ASK);
        assertThat(verdict.candidates())
                .extracting(candidate -> candidate.commune().fullName())
                .contains(among.split("; "));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "12 đường Mẫu",
                "12 Lê Lợi, Quảng Trị",
                "Khu phố 3, phường Đông Hà, tỉnh Quảng Trị",
                "12 Lê Lợi, Phường 1, TP Đông Hà, Quảng Trị",
                "Km 4, tỉnh lộ 571",
                "Tập thể Huyện ủy cũ, đường Hùng Vương"
            })
    void a_code_of_today_holds_beside_words_that_agree_or_name_no_place(String street) {
        Verdict verdict = check("19333", street);

        assertThat(verdict.certainty()).isEqualTo(Certainty.KEPT);
        assertThat(verdict.commune()).extracting(Commune::fullName).isEqualTo("Phường Đông Hà");
        assertThat(verdict.street()).isEqualTo(street);
    }

    @Test
    void every_commune_of_the_province_is_certain_by_its_code_beside_a_street() {
        SHIPPED.current()
                .communes("44", Legs.today())
                .forEach(commune ->
                        assertThat(check(commune.code(), "12 Lê Lợi").commune()).isEqualTo(commune));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Thôn 2, xã Vĩnh Linh, tỉnh Quảng Trị | Xã Vĩnh Linh",
                "12 Lê Duẩn, TP Huế | tên xã, huyện hoặc tỉnh khác"
            })
    void whoever_chose_the_commune_is_told_which_words_speak_against_it(String street, String named) {
        assertThatThrownBy(() -> ADDRESSES.certain(party("19333", street), "party/address/street"))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.flaws()).extracting(Refused.Flaw::field).containsExactly("party/address/street");
                    assertThat(refused.flaws().get(0).wrong().vi())
                            .contains("Nơi đã chọn là Phường Đông Hà", named, "hãy xóa tên xã");
                });

        assertThat(ADDRESSES
                        .certain(party("19333", "Thôn 2"), "party/address/street")
                        .commune())
                .isEqualTo("19333");
    }

    private static Party party(String code, String street) {
        return new Party("Lê Thị Mẫu", "0900000001", code, street, null);
    }

    private static Verdict check(String code, String street) {
        return ADDRESSES.check(party(code, street));
    }
}
