package vn.bocau.code;

import java.util.BitSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Telephone and identity numbers, and addresses, in what people type, such as a reason that stays in the record: whatever they put
 * between the digits. Days, times, items' numbers and UUIDs are none.
 */
public final class PersonalNumbers {

    /**
     * Nine to twelve digits that begin as a telephone or identity number does, whatever people put between them and in brackets; or,
     * three by three, an old identity number, or a telephone's without its 0, where no currency follows.
     */
    private static final Pattern TYPED = Pattern.compile(
            "(?<![0-9A-Za-z])(?<![0-9][.:-])\\(?\\+?\\(?(?:0|84)\\)?"
                    + "(?:(?:[\\s\\h._\u2010-\u2015-]{0,3}|[,/])\\(?[0-9]\\)?){8,11}(?![0-9])"
                    + "|(?<![0-9A-Za-z.,-])[0-9]{3}([\\h-])[0-9]{3}\\1[0-9]{3}(?![0-9]|\\h[0-9]{3}|\\h?(?:đồng|[đ₫]|(?i:vnd))(?!\\p{L}))");

    /** What is made of digits, too, and of nobody: a UUID, a day with its year, a month with its year. */
    private static final Pattern NOBODYS = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            + "|(?<![0-9])[0-3]?[0-9]([./-])[01]?[0-9]\\1(?:19|20)[0-9]{2}(?![0-9])"
            + "|(?<![0-9])(?<![0-9]/)[0-3]?[0-9]/[01]?[0-9]/[0-9]{2}(?![0-9]|/[0-9])"
            + "|(?<![0-9/])[01]?[0-9]/(?:19|20)[0-9]{2}(?![0-9])");

    /** A day without its year, a time. As short, it may be a part of somebody's number, too. */
    private static final Pattern DAY_OR_TIME =
            Pattern.compile("(?<![0-9])(?<![0-9][./-])[0-3]?[0-9][./-][01]?[0-9](?![0-9]|[./-][0-9])"
                    + "|(?<![0-9])(?<![0-9][.:])[0-2]?[0-9][.:h][0-5][0-9](?![0-9]|[.:][0-9])");

    /** An item's number as it is printed for the eye. */
    private static final Pattern GROUPED =
            Pattern.compile("(?<![\\p{L}0-9])([A-Z]{2}) ([0-9]{3}) ([0-9]{3}) ([0-9]{3}) ([A-Z]{2})(?![\\p{L}0-9])");

    private PersonalNumbers() {}

    /** Whether something in what people type may be somebody's number or address. */
    public static boolean mayBeIn(String typed) {
        String said = GROUPED.matcher(typed).replaceAll("$1$2$3$4$5");
        return !SenderKey.shown(said).equals(said)
                || hasNumber(NOBODYS.matcher(said).replaceAll(" x "));
    }

    /** Several days and times on end look like a number; it is none when each of its digits is of one of them. */
    private static boolean hasNumber(String said) {
        var ofATime = new BitSet();
        DAY_OR_TIME.matcher(said).results().forEach(time -> ofATime.set(time.start(), time.end()));
        return TYPED.matcher(said)
                .results()
                .anyMatch(number -> IntStream.range(number.start(), number.end())
                        .anyMatch(i -> Character.isDigit(said.charAt(i)) && !ofATime.get(i)));
    }
}
