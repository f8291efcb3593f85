package vn.bocau.wire.http.people;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;

/** What a password must be: long rather than intricate, as NIST SP 800-63B, section 3.1.1.2, advises. */
public final class Passwords {

    /** In code points. */
    static final int SHORTEST = 12;

    /** In bytes of UTF-8: bcrypt reads no further. */
    static final int LONGEST = 72;

    /** Twelve spaces, or one letter twelve times, are the first that anybody tries. */
    private static final int LEAST_DIFFERENT = 4;

    /** Without what is mistaken for another when it is read out or copied from paper. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 4;
    private static final int OF_EACH = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** @return what is wrong with it and what would be right; empty when it will do */
    static Optional<Text> wrong(String password, String name) {
        String canonical = canonical(password);
        if (canonical.codePointCount(0, canonical.length()) < SHORTEST) {
            return Optional.of(new Text(
                    "Mật khẩu phải có ít nhất " + SHORTEST + " ký tự.",
                    "The password must have at least " + SHORTEST + " characters."));
        }
        if (canonical.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return Optional.of(new Text(
                    "Mật khẩu dài quá " + LONGEST + " byte (chữ có dấu tính 2–3 byte).",
                    "The password is longer than " + LONGEST + " bytes (a letter with marks takes 2 or 3)."));
        }
        if (!Json.printable(canonical)) {
            return Optional.of(new Text(
                    "Mật khẩu có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                    "The password holds control characters or broken ones; remove them."));
        }
        if (canonical.codePoints().filter(Passwords::seen).distinct().count() < LEAST_DIFFERENT) {
            return Optional.of(new Text(
                    "Mật khẩu phải có ít nhất " + LEAST_DIFFERENT + " ký tự khác nhau nhìn thấy được.",
                    "The password must have at least " + LEAST_DIFFERENT + " different visible characters."));
        }
        return canonical.equalsIgnoreCase(name)
                ? Optional.of(
                        new Text("Mật khẩu không được trùng tên đăng nhập.", "The password must not be the user name."))
                : Optional.empty();
    }

    private static boolean seen(int c) {
        return !Character.isWhitespace(c) && !Character.isSpaceChar(c) && Character.getType(c) != Character.FORMAT;
    }

    /** Good for one sign-in: 79 bits, in groups that can be read out. */
    static String oneTime() {
        return IntStream.range(0, GROUPS)
                .mapToObj(group -> RANDOM.ints(OF_EACH, 0, LETTERS.length())
                        .mapToObj(i -> LETTERS.substring(i, i + 1))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    /** Keyboards write the same Vietnamese letter as one code point or as several; it is one password. */
    public static PasswordEncoder canonical(PasswordEncoder hashes) {
        return new PasswordEncoder() {
            @Override
            public @Nullable String encode(@Nullable CharSequence password) {
                return hashes.encode(password == null ? null : canonical(password.toString()));
            }

            @Override
            public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
                return hashes.matches(password == null ? null : canonical(password.toString()), hash);
            }
        };
    }

    private static String canonical(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }
}
