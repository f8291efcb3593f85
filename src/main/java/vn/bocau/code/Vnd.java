package vn.bocau.code;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts in đồng as people and spreadsheets write them: {@code 28.000}, {@code 28 000}, {@code 28000 đ}. */
public final class Vnd {

    /** In groups of three or in one, and perhaps hundredths of a đồng that are none. */
    private static final Pattern AMOUNT =
            Pattern.compile("([0-9]{1,3}(?:[.,\\s\u00a0][0-9]{3}){1,4}|[0-9]{1,15})(?:[.,]0{1,2})?");

    private Vnd() {}

    /** Empty where a text is no amount in đồng, or may be two. */
    public static Optional<Long> read(String text) {
        Matcher amount = AMOUNT.matcher(text.strip().replaceFirst("\\s*(đ|₫|VND|VNĐ)$", ""));
        return amount.matches()
                ? Optional.of(Long.parseLong(amount.group(1).replaceAll("[^0-9]", "")))
                : Optional.empty();
    }
}
