package vn.bocau.wire.http.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What a password must be, at its edges. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PasswordsTest {

    private static final String DECOMPOSED = Normalizer.normalize("ệệệệệệệệệệệ", Normalizer.Form.NFD);

    @ParameterizedTest
    @ValueSource(strings = {"123456789012", "mười hai chữ", "📯📬📮📪📯📬📮📪📯📬📮📪", "  khoảng trắng  "})
    void twelve_code_points_of_whatever_people_write_will_do(String password) {
        assertThat(Passwords.wrong(password, "an.nguyen")).isEmpty();
    }

    static Stream<String> weak() {
        return Stream.of(
                "",
                "12345678901",
                // Eleven letters, however many code points a keyboard makes of them.
                DECOMPOSED,
                // Twelve units of UTF-16 are six horns.
                "📯📬📮📪📯📬",
                "ệợễử".repeat(6) + "a",
                "abcd".repeat(18) + "e",
                "An.Nguyen.Van",
                " ".repeat(12),
                "\u200b".repeat(12),
                "a".repeat(12),
                "abcabcabcabc",
                "mười hai\u0000chữ");
    }

    @ParameterizedTest
    @MethodSource("weak")
    void what_is_short_cut_by_bcrypt_the_name_or_unprintable_will_not(String password) {
        assertThat(Passwords.wrong(password, "an.nguyen.van")).isPresent();
    }

    @Test
    void seventy_two_bytes_are_all_read() {
        assertThat(Passwords.wrong("ệợễử".repeat(6), "an")).isEmpty();
        assertThat(Passwords.wrong("abcd".repeat(18), "an")).isEmpty();
    }

    @Test
    void a_one_time_password_keeps_the_rule() {
        assertThat(Stream.generate(Passwords::oneTime).limit(1000))
                .doesNotHaveDuplicates()
                .allSatisfy(password ->
                        assertThat(Passwords.wrong(password, "an.nguyen")).isEmpty());
    }

    @Test
    void a_letter_is_the_same_from_every_keyboard() {
        PasswordEncoder hashes = Passwords.canonical(PasswordEncoderFactories.createDelegatingPasswordEncoder());
        String composed = Normalizer.normalize(DECOMPOSED, Normalizer.Form.NFC);

        assertThat(hashes.matches(DECOMPOSED, hashes.encode(composed))).isTrue();
        assertThat(hashes.matches(composed, hashes.encode(DECOMPOSED))).isTrue();
        assertThat(hashes.matches(composed + "a", hashes.encode(DECOMPOSED))).isFalse();
    }
}
