package vn.bocau.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.code.Refused;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommuneCodesTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 9, 1);
    private static final Directory DIRECTORY = References.shipped().current();

    @ParameterizedTest(name = "{0} called {1}: {2}")
    @CsvSource({
        "18859, , Phường Đồng Thuận",
        "18859, Đồng Thuận, Phường Đồng Thuận",
        "18859, phường ĐỒNG THUẬN, Phường Đồng Thuận",
        "18859, P. Đồng Thuận, Phường Đồng Thuận",
        "18901, Minh Hóa, Xã Minh Hoá",
        "18871, Phường Đồng Sơn, Phường Đồng Sơn"
    })
    void a_code_of_today_is_taken_whatever_the_name_looks_like(String code, @Nullable String name, String expected) {
        assertThat(DIRECTORY.resolve(code, name, TODAY, "/c").fullName()).isEqualTo(expected);
    }

    @Test
    void an_ended_code_is_refused_and_told_what_it_became() {
        assertRefused(DIRECTORY, "18883", null, "commune-ended", "Xã Quang Phú", "Phường Đồng Thuận (18859)");
        assertRefused(DIRECTORY, "471", null, "commune-ended", "Huyện Cồn Cỏ", "Đặc khu Cồn Cỏ (19742)");
    }

    @Test
    void a_code_in_use_again_with_the_name_of_before_is_refused() {
        assertRefused(
                DIRECTORY, "18859", "Bắc Lý", "commune-code-reused", "Phường Bắc Lý", "Phường Đồng Thuận (18859)");
        assertRefused(DIRECTORY, "19333", "Phường 1", "commune-code-reused", "Phường 1", "Phường Đông Hà (19333)");
    }

    @Test
    void a_code_that_never_was_is_refused() {
        assertRefused(DIRECTORY, "99999", null, "commune-unknown", "2026-09-01", "");
    }

    @Test
    void a_letter_of_before_july_2025_still_goes_where_the_code_then_meant() {
        assertThat(DIRECTORY
                        .resolve("18859", null, LocalDate.of(2025, 6, 30), "/c")
                        .name())
                .isEqualTo("Bắc Lý");
    }

    @Test
    void a_commune_that_was_divided_names_all_that_have_a_part_of_it(@TempDir Path folder) throws IOException {
        References.write(
                folder,
                "commune-successions.csv",
                References.shipped("commune-successions.csv") + "18883,18871,2025-07-01\n");
        Directory directory = References.in(folder).current();

        assertThat(directory.successors("18883", LocalDate.of(2024, 5, 1)))
                .extracting(Commune::code)
                .containsExactly("18859", "18871");
        assertRefused(
                directory, "18883", null, "commune-ended", "Phường Đồng Thuận (18859)", "Phường Đồng Sơn (18871)");
    }

    private static void assertRefused(
            Directory directory, String code, @Nullable String name, String expected, String... told) {
        assertThatThrownBy(() -> directory.resolve(code, name, TODAY, "/pickup/address/commune"))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.ground()).isEqualTo(Refused.Ground.RULE);
                    assertThat(refused.code()).isEqualTo(expected);
                    assertThat(refused.flaws()).singleElement().satisfies(flaw -> {
                        assertThat(flaw.field()).isEqualTo("/pickup/address/commune");
                        assertThat(flaw.wrong().en()).contains(told);
                        assertThat(flaw.wrong().vi()).isNotBlank();
                    });
                });
    }
}
