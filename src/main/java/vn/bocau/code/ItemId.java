package vn.bocau.code;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of one postal item: UPU S10-12, two letters of service, eight digits of serial, a check digit, two
 * letters of country, such as {@code RR123456785VN}.
 */
public record ItemId(String value) {

    private static final int[] WEIGHTS = {8, 6, 4, 2, 3, 5, 9, 7};
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** @throws Refused {@code item-id} unless it is whole, correctly spelt and its check digit is right */
    public ItemId {
        String wrong = flaw(value);
        if (wrong != null) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "item-id",
                    "item",
                    "Mã bưu gửi không đúng chuẩn UPU S10: " + wrong + ". Ví dụ đúng: RR123456785VN.",
                    "Not a UPU S10 item identifier: " + wrong + ". A right one: RR123456785VN.");
        }
    }

    /** The identifier of this service, serial and country, with its check digit worked out. */
    public static ItemId of(String service, int serial, String country) {
        String digits = String.format(Locale.ROOT, "%08d", serial);
        return new ItemId(service + digits + checkDigit(digits) + country);
    }

    /**
     * How a text from a scanner or a keyboard reads.
     *
     * @param item the identifier; null when there is none
     * @param outcome how sure that is
     */
    public record Reading(Outcome outcome, @Nullable ItemId item) {}

    public enum Outcome {
        VALID,
        /** Well formed, but its first letter is reserved or not in ordinary use (S10-12, table of indicators). */
        WARN,
        /** A Vietnamese input method had rewritten letters; undoing exactly that gives a right identifier. Tell the user. */
        REPAIRED,
        INVALID
    }

    /** Reads what was typed or scanned: case and printed spaces do not matter, a guess is never made in silence. */
    public static Reading read(String text) {
        String plain = text.strip().replace(" ", "").toUpperCase(Locale.ROOT);
        if (flaw(plain) == null) {
            return new Reading(isUnusual(plain) ? Outcome.WARN : Outcome.VALID, new ItemId(plain));
        }
        // Telex writes EE as Ê: taking the doubled letter back is the only reading that fits 13 characters.
        String doubled = plain.replaceFirst("^Ê", "EE").replaceFirst("^Ô", "OO").replaceFirst("^Â", "AA");
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            return new Reading(Outcome.INVALID, null);
        }
        return !doubled.equals(plain) && flaw(doubled) == null
                ? new Reading(Outcome.REPAIRED, new ItemId(doubled))
                : new Reading(Outcome.INVALID, null);
    }

    /** As printed for the eye: {@code RR 123 456 785 VN}. */
    public String grouped() {
        return String.join(
                " ",
                value.substring(0, 2),
                value.substring(2, 5),
                value.substring(5, 8),
                value.substring(8, 11),
                value.substring(11));
    }

    @Override
    public String toString() {
        return value;
    }

    private static @Nullable String flaw(String value) {
        if (!value.matches("[A-Z]{2}[0-9]{9}[A-Z]{2}")) {
            return "AA 99999999 9 AA";
        }
        int expected = checkDigit(value.substring(2, 10));
        if (value.charAt(10) - '0' != expected) {
            return "check digit " + expected;
        }
        return COUNTRIES.contains(value.substring(11)) ? null : "ISO 3166-1: " + value.substring(11);
    }

    /** J, K, S, T, W are not to be used; F is no standard indicator. */
    private static boolean isUnusual(String value) {
        return "FJKSTW".indexOf(value.charAt(0)) >= 0;
    }

    private static int checkDigit(String serial) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (serial.charAt(i) - '0');
        }
        int digit = 11 - sum % 11;
        return digit == 10 ? 0 : digit == 11 ? 5 : digit;
    }
}
