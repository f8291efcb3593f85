package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.directory.AddressGuard.Certainty;
import vn.bocau.directory.AddressGuard.Verdict;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AddressGuardTest {

    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);
    private static final Directory DIRECTORY = References.shipped().current();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Phường Đông Hà, Quảng Trị | Phường Đông Hà | ''",
                "45 Hùng Vương, phường Nam Đông Hà, tỉnh Quảng Trị, Việt Nam | Phường Nam Đông Hà | 45 Hùng Vương",
                "đường Hải Lăng, phường Đông Hà, Quảng Trị | Phường Đông Hà | đường Hải Lăng",
                "thôn Đông Hà, xã Cồn Tiên, Quảng Trị | Xã Cồn Tiên | thôn Đông Hà",
                "Chợ Hồ Xá, xã Vĩnh Linh, Quảng Trị | Xã Vĩnh Linh | Chợ Hồ Xá",
                "xã Nam Hải Lăng | Xã Nam Hải Lăng | ''",
                "xã Hải Lăng, huyện Hải Lăng, Quảng Trị | Xã Hải Lăng | ''",
                "Phường Đồng Thuận, Quảng Bình | Phường Đồng Thuận | ''",
                "xã Hải Thượng cũ, nay là xã Hải Lăng, Quảng Trị | Xã Hải Lăng | xã Hải Thượng cũ, nay là",
                "Phuong Ba Dinh, Ha Noi | Phường Ba Đình | ''",
                "12 Lê Duẩn, P. Bến Nghé, xã Đakrông, QT | Xã Đakrông | 12 Lê Duẩn, P. Bến Nghé",
                "Thôn 5 xã Tân Mĩ tỉnh Quảng Trị | Xã Tân Mỹ | Thôn 5",
                "xã Mỹ Thuỷ, tỉnh Quảng Trị | Xã Mỹ Thuỷ | ''",
                "Phường Đông Hà, Quảng Trị. ĐT: 0912 345 678 | Phường Đông Hà | ''",
                "Thôn 1 (xã Hải Thượng cũ), xã Hải Lăng, Quảng Trị | Xã Hải Lăng | Thôn 1 (xã Hải Thượng cũ)",
                "xã Ðakrông, Quảng Trị | Xã Đakrông | ''",
                "P.Lâm Viên-Đà Lạt, Lâm Đồng | Phường Lâm Viên - Đà Lạt | ''",
                "12/3 Kiệt 5, phườngĐông Hà, tỉnhQuảng Trị | Phường Đông Hà | 12/3 Kiệt 5"
            })
    void a_commune_of_today_is_kept(String address, String commune, String street) {
        Verdict verdict = check(address, null);

        assertThat(verdict.certainty()).isEqualTo(Certainty.KEPT);
        assertThat(verdict.commune().fullName()).isEqualTo(commune);
        assertThat(verdict.street()).isEqualTo(street);
        assertThat(verdict.why()).isNull();
        assertThat(verdict.candidates()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Thôn 2, xã Hải Thượng, huyện Hải Lăng, tỉnh Quảng Trị | Xã Hải Lăng | Thôn 2",
                "12 Lê Lợi, P.1, TX Quảng Trị, Q.Trị | Phường Quảng Trị | 12 Lê Lợi",
                "Kp 3 - TT. Hồ Xá - H. Vĩnh Linh | Xã Vĩnh Linh | Kp 3",
                "12 Lê Lợi, F1, Đông Hà | Phường Đông Hà | 12 Lê Lợi",
                "12 Lê Lợi, Phường 01, T.P. Đông Hà, Quảng Trị | Phường Đông Hà | 12 Lê Lợi",
                "TT Ho Xa Vinh Linh QT | Xã Vĩnh Linh | ''",
                "xa quang tien, thi xa ba don | Xã Nam Ba Đồn | ''",
                "xã Minh Hóa, huyện Minh Hóa, Quảng Bình | Xã Kim Phú | ''",
                "Xã Mỹ Thủy, huyện Lệ Thủy | Xã Tân Mỹ | ''",
                "TT Ái Tử, Triệu Phong, Quảng Trị | Xã Triệu Phong | ''",
                "xã Tân Thành, huyện Hướng Hóa | Xã Lao Bảo | ''",
                "Hải Thượng, Hải Lăng | Xã Hải Lăng | ''",
                "thôn Gio Linh, xã Gio Mỹ, Gio Linh | Xã Gio Linh | thôn Gio Linh",
                "phường Đông Lễ, Quảng Trị | Phường Nam Đông Hà | ''",
                "xã Hải Phú, Quảng Bình | Xã Đông Trạch | ''",
                "huyện đảo Cồn Cỏ, tỉnh Quảng Trị | Đặc khu Cồn Cỏ | ''",
                "Thôn 2, 19708, huyện Hải Lăng | Xã Hải Lăng | Thôn 2",
                "xã Minh Hoá cũ, Quảng Trị | Xã Kim Phú | ''",
                "Thôn 2; xã Quảng Phương (cũ), Quảng Bình | Xã Quảng Trạch | Thôn 2"
            })
    void an_old_commune_is_rewritten_when_that_is_certain(String address, String commune, String street) {
        Verdict verdict = check(address, null);

        assertThat(verdict.certainty()).isEqualTo(Certainty.REWRITTEN);
        assertThat(verdict.commune().fullName()).isEqualTo(commune);
        assertThat(verdict.street()).isEqualTo(street);
        assertThat(verdict.candidates()).isEmpty();
    }

    @Test
    void a_rewrite_says_what_became_of_what_and_when() {
        Verdict verdict = check("Thôn 2, xã Hải Thượng, huyện Hải Lăng, tỉnh Quảng Trị", null);

        assertThat(verdict.why().vi())
                .isEqualTo("Xã Hải Thượng, huyện Hải Lăng nay thuộc xã Hải Lăng (sáp nhập ngày 01/07/2025).");
        assertThat(verdict.why().en())
                .isEqualTo("Xã Hải Thượng, huyện Hải Lăng is now part of Xã Hải Lăng (merged on 2025-07-01).");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // In two places, and nothing tells which.
                "Phường 1, Quảng Trị | Phường Đông Hà; Phường Quảng Trị",
                "xã Tân Thành, Quảng Trị | Xã Tân Thành; Xã Lao Bảo",
                "xã Cam Thủy, Quảng Trị | Xã Hiếu Giang; Xã Cam Hồng",
                "xã Hải Phú, Quảng Trị | Xã Hải Lăng; Xã Đông Trạch",
                "xa Quang Phu, Quang Binh | Phường Đồng Thuận; Xã Phú Trạch",
                // The name of a commune of today, and of another one before.
                "xã Minh Hóa | Xã Minh Hoá; Xã Kim Phú",
                "xã Minh Hoá, Quảng Bình | Xã Minh Hoá; Xã Kim Phú",
                "xã Minh Hóa, huyện Minh Hóa, Quảng Trị | Xã Minh Hoá; Xã Kim Phú",
                "Ái Tử, Triệu Phong, Quảng Trị | Xã Ái Tử; Xã Triệu Phong",
                "Ái Tử, Quảng Trị | Xã Ái Tử; Xã Triệu Phong",
                // A district before, a commune now.
                "12 Trần Phú, Hải Lăng, Quảng Trị | Xã Hải Lăng; Xã Vĩnh Định",
                "12 Lê Lợi, Quảng Trị | Phường Quảng Trị",
                "Hướng Hóa, Quảng Trị | Xã Lao Bảo; Xã Khe Sanh",
                "Hàm Ninh, Quảng Ninh | Xã Quảng Ninh",
                "xã Hàm Ninh, Quảng Ninh | Xã Quảng Ninh",
                "xã Quảng Phú, Ba Đồn, Quảng Bình | Xã Phú Trạch; Phường Ba Đồn",
                "huyện Hải Lăng, tỉnh Quảng Trị | Xã Diên Sanh; Xã Hải Lăng",
                "thon Phu Hai, xa Hai Ba, Hai Lang, QT | Xã Hải Lăng; Xã Vĩnh Định",
                // Not quite so called.
                "xã Hải Thường, huyện Hải Lăng | Xã Hải Lăng",
                "phường Hải Lăng, Quảng Trị | Xã Hải Lăng",
                "đường Nguyễn Hải An, Hải Lăng, Quảng Trị | Xã Hải Lăng",
                "Quảng Trạch, Quảng Trạch, Quảng Bình | Xã Quảng Trạch",
                "Phương Đông Hà, Quảng Trị | Phường Đông Hà",
                "xã Hải, An, huyện Hải Lăng | Xã Hải Lăng; Xã Mỹ Thuỷ",
                "số nhà 19708, Quảng Trị | Xã Hải Lăng",
                // Contradictions.
                "xã Quảng Phú, TX Ba Đồn, Quảng Bình | Xã Phú Trạch",
                "phường 5, phường Đông Hà, Quảng Trị | Phường Đông Hà",
                "xã Hải Thượng, huyện Xyz, tỉnh Quảng Trị | Xã Hải Lăng",
                "xã Hải Thượng, Quảng Bình | Xã Hải Lăng",
                // The name alone may be that of an old commune anywhere.
                "xã Hải Thượng | Xã Hải Lăng",
                "19333 | Phường Đông Hà"
            })
    void what_is_not_certain_is_asked(String address, String among) {
        Verdict verdict = check(address, null);

        assertThat(verdict.certainty()).isEqualTo(Certainty.ASK);
        assertThat(verdict.commune()).isNull();
        assertThat(verdict.street()).isEqualTo(address);
        assertThat(verdict.candidates())
                .extracting(c -> c.commune().fullName())
                .contains(among.split("; "))
                .doesNotHaveDuplicates();
        assertThat(verdict.candidates()).allSatisfy(c -> {
            assertThat(c.why().vi()).isNotBlank();
            assertThat(c.why().en()).isNotBlank();
        });
        assertThat(verdict.why()).isNotNull();
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "",
                "   ",
                "12 Lê Lợi",
                "12 Lê Lợi, Thanh Hóa",
                "Thôn 2, xã Ví Dụ",
                "xã Hải Thượng, tỉnh Thanh Hóa",
                "Xã Nghi Xuân Cũ, huyện Nghi Lộc, tỉnh Nghệ An",
                "xã Tân Thành, huyện Đức Linh, tỉnh Bình Thuận",
                "phường Hương Sơ, Thừa Thiên Huế",
                "شارع الملك فهد، الرياض",
                "\u202e\u202dhttps://\u202c",
                "🙂🙂🙂 🏠 123",
                "\u0000\u0001",
                ",,,,;;;;----....",
                "12 Lê Lợi, 10015, Hà Nội",
                "19708999999999"
            })
    void without_a_commune_it_is_unknown_and_told_what_is_missing(String address) {
        Verdict verdict = check(address, null);

        assertThat(verdict.certainty()).isEqualTo(Certainty.UNKNOWN);
        assertThat(verdict.commune()).isNull();
        assertThat(verdict.candidates()).isEmpty();
        assertThat(verdict.why().vi()).isNotBlank();
        assertThat(verdict.why().en()).isNotBlank();
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"xã ", "Quảng Trị ", "p", "a,", "xã Hải An ", "1", "-", "T.X.", "hải", "ộ\u0301\u0323"})
    void however_long_it_is_the_answer_is_quick(String part) {
        String longest = part.repeat(500).substring(0, 500);

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> check(longest, null));
        assertThat(check(part.repeat(100_000), null).certainty()).isEqualTo(Certainty.UNKNOWN);
    }

    @ParameterizedTest(name = "{0} with {1}: {2} {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "12 Lê Lợi | 19708 | REWRITTEN | Xã Hải Lăng | 12 Lê Lợi",
                "'' | 19742 | KEPT | Đặc khu Cồn Cỏ | ''",
                "12 Lê Lợi, Quảng Trị | 19333 | KEPT | Phường Đông Hà | 12 Lê Lợi",
                "xã Tân Thành, Quảng Trị | 19456 | REWRITTEN | Xã Lao Bảo | ''",
                "xã Tân Thành, Quảng Trị | 19432 | REWRITTEN | Xã Lao Bảo | ''",
                "xã Tân Thành, Quảng Trị | 18919 | KEPT | Xã Tân Thành | ''",
                "Bắc Lý, Quảng Bình | 18859 | REWRITTEN | Phường Đồng Thuận | ''",
                "xã Minh Hóa, Quảng Trị | 18931 | REWRITTEN | Xã Kim Phú | ''",
                "xã Minh Hóa | 18931 | REWRITTEN | Xã Kim Phú | ''",
                "xã Hải Lăng, Quảng Trị | 19708 | KEPT | Xã Hải Lăng | ''",
                "xã Hải Thượng | 19708 | REWRITTEN | Xã Hải Lăng | ''",
                "Thôn 2, xã Hải Thượng, huyện Hải Lăng | ' ' | REWRITTEN | Xã Hải Lăng | Thôn 2"
            })
    void a_code_decides_what_the_address_leaves_open(
            String address, String code, Certainty certainty, String commune, String street) {
        Verdict verdict = check(address, code);

        assertThat(verdict.certainty()).isEqualTo(certainty);
        assertThat(verdict.commune().fullName()).isEqualTo(commune);
        assertThat(verdict.street()).isEqualTo(street);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
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
    void a_code_that_does_not_agree_is_asked(String address, String code, String among) {
        Verdict verdict = check(address, code);

        assertThat(verdict.certainty()).isEqualTo(Certainty.ASK);
        assertThat(verdict.candidates()).extracting(c -> c.commune().fullName()).contains(among.split("; "));
    }

    @Test
    void a_code_that_never_was_beside_nothing_is_unknown() {
        assertThat(check("12 Lê Lợi", "99999").certainty()).isEqualTo(Certainty.UNKNOWN);
    }

    @Test
    void before_july_2025_the_communes_of_then_are_kept() {
        Verdict verdict = DIRECTORY
                .addresses()
                .check("Thôn 2, xã Hải Thượng, huyện Hải Lăng, Quảng Trị", null, LocalDate.of(2025, 6, 30));

        assertThat(verdict.certainty()).isEqualTo(Certainty.KEPT);
        assertThat(verdict.commune().code()).isEqualTo("19708");
    }

    @Test
    void a_commune_that_was_divided_is_asked(@TempDir Path folder) throws IOException {
        References.write(
                folder,
                "commune-successions.csv",
                References.shipped("commune-successions.csv") + "19708,19735,2025-07-01\n");
        AddressGuard guard = References.in(folder).current().addresses();

        Verdict byName = guard.check("xã Hải Thượng, huyện Hải Lăng", null, DAY);
        Verdict byCode = guard.check("12 Lê Lợi", "19708", DAY);

        for (Verdict verdict : List.of(byName, byCode)) {
            assertThat(verdict.certainty()).isEqualTo(Certainty.ASK);
            assertThat(verdict.candidates())
                    .extracting(c -> c.commune().fullName())
                    .containsExactly("Xã Hải Lăng", "Xã Nam Hải Lăng");
        }
    }

    private static Verdict check(String address, @Nullable String code) {
        return DIRECTORY.addresses().check(address, code, DAY);
    }
}
