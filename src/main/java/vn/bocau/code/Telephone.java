package vn.bocau.code;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether somebody can be called there, as far as digits tell: by the numbering plans of libphonenumber, Vietnam's where no
 * country is named; and what is called in Vietnam alone and is in no such plan: hotlines, the forces, the state.
 */
public final class Telephone {

    private static final String REGION = "VN";
    private static final int COUNTRY = 84;
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{3,20}");

    /** Hotlines; the forces' 069 and the state's 080. */
    private static final Pattern SPECIAL =
            Pattern.compile("1[89]00[0-9]{2,6}|1022|(?:0|(?:\\+|00)?840?)(?:69[0-9]{6,7}|80[0-9]{5})");
    /** Within the country a number begins with 0; with the country before it, it may do without. */
    private static final Pattern OWN = Pattern.compile("0[1-9].*|(?:\\+|00)?84.*");

    /** A landline, and the extension behind it. */
    private static final Pattern EXTENDED = Pattern.compile("((?:0|(?:\\+|00)?840?)2[0-9]{9})[0-9]{1,4}");

    private static final Pattern PUNCTUATION = Pattern.compile("[ ().-]");
    private static final Pattern OTHERS = Pattern.compile("(?:[/;,]|hoặc).*", Pattern.DOTALL);

    private Telephone() {}

    /** @param written as people do, with spaces, dots, hyphens and brackets; of several numbers, the first is meant */
    public static boolean isNumber(String written) {
        String digits = digits(written);
        return SPECIAL.matcher(digits).matches() || parsed(digits).isPresent();
    }

    /** Whether a text message may arrive there: a mobile number, or one abroad. */
    public static boolean readsMessages(String written) {
        return parsed(digits(written)).filter(Telephone::readsMessages).isPresent();
    }

    private static boolean readsMessages(PhoneNumber number) {
        return number.getCountryCode() != COUNTRY || PLANS.getNumberType(number) == PhoneNumberType.MOBILE;
    }

    /**
     * Of several numbers the first, without punctuation; where messages arrive, as all its spellings come to: 0912345678 in
     * Vietnam, +8562055123456 abroad.
     */
    public static String plain(String written) {
        String digits = digits(written);
        return parsed(digits)
                .filter(Telephone::readsMessages)
                .map(number -> number.getCountryCode() == COUNTRY
                        ? "0" + PLANS.getNationalSignificantNumber(number)
                        : PLANS.format(number, PhoneNumberFormat.E164))
                .orElse(digits);
    }

    private static String digits(String written) {
        String first = OTHERS.matcher(written).replaceFirst("");
        return PUNCTUATION.matcher(first).replaceAll("");
    }

    /** A number that is in its country's plan. */
    private static Optional<PhoneNumber> parsed(String digits) {
        boolean abroad = digits.startsWith("+") || digits.startsWith("00");
        if (!DIGITS.matcher(digits).matches() || !abroad && !OWN.matcher(digits).matches()) {
            return Optional.empty();
        }
        Matcher extended = EXTENDED.matcher(digits);
        try {
            PhoneNumber number = PLANS.parse(extended.matches() ? extended.group(1) : digits, REGION);
            return Optional.of(number).filter(PLANS::isValidNumber);
        } catch (NumberParseException none) {
            return Optional.empty();
        }
    }
}
