package vn.bocau.code;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A UPU S10 item identifier: two letters (service), eight digits (serial), a check digit, two letters (ISO 3166-1
 * country), such as {@code RR123456785VN}. The rules are those of UPU standard S10-12.
 *
 * <p>The check digit lets about one error in fifty through: a scan is also compared with the list of items expected.
 */
public record ItemId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Z]{2}[0-9]{9}[A-Z]{2}");
    private static final Pattern SERVICE = Pattern.compile("[A-Z]{2}");
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0]+");
    private static final int[] WEIGHTS = {8, 6, 4, 2, 3, 5, 9, 7};
    private static final int MAX_SERIAL = 99_999_999;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * @param value in its normal form: upper case, no spaces
     * @throws Refused MALFORMED {@code item-id}
     */
    public ItemId {
        Text wrong = flaw(value);
        if (wrong != null) {
            throw refused(wrong);
        }
    }

    /** What reading a scanned or typed text gave. */
    public enum Outcome {
        /** It is an item identifier. */
        VALID,
        /** It is one, with a service indicator that S10 reserves or does not define. Accepted; the reason is said. */
        WARN,
        /** A Vietnamese keyboard changed it. The item is a proposal: a person or the list of items expected confirms. */
        REPAIRED,
        /** It is not one. */
        INVALID
    }

    /**
     * @param item null when INVALID
     * @param reason null when VALID
     */
    public record Reading(
            Outcome outcome,
            @Nullable ItemId item,
            @Nullable Text reason) {}

    /** Reads what a scanner or a person put in. Never guesses silently: see {@link Outcome#REPAIRED}. */
    public static Reading read(String text) {
        String normal = normal(text);
        Text wrong = flaw(normal);
        if (wrong == null) {
            Text warning = warning(normal);
            return new Reading(warning == null ? Outcome.VALID : Outcome.WARN, new ItemId(normal), warning);
        }
        List<String> meant = VietnameseKeys.behind(normal).stream()
                .filter(keys -> flaw(keys) == null)
                .toList();
        return meant.size() == 1
                ? new Reading(Outcome.REPAIRED, new ItemId(meant.get(0)), REPAIRED)
                : new Reading(Outcome.INVALID, null, wrong);
    }

    /**
     * Makes an identifier from a pool's serial number.
     *
     * @param service two letters, such as {@code RV}
     * @param serial 0 to 99,999,999
     * @param country two letters, such as {@code VN}
     */
    public static ItemId of(String service, int serial, String country) {
        if (!SERVICE.matcher(service).matches() || serial < 0 || serial > MAX_SERIAL) {
            throw refused(SHAPE_WRONG);
        }
        String digits = String.format(Locale.ROOT, "%08d", serial);
        return new ItemId(service + digits + checkDigit(digits) + country);
    }

    /** As printed for the eye: {@code RR 123 456 785 VN}. */
    public String grouped() {
        return value.replaceFirst("(..)(...)(...)(...)(..)", "$1 $2 $3 $4 $5");
    }

    @Override
    public String toString() {
        return value;
    }

    /** Without spaces, a to z in upper case. Nothing but a to z may become A to Z: ß and ı stay what they are. */
    private static String normal(String text) {
        StringBuilder normal = new StringBuilder(SPACES.matcher(text).replaceAll(""));
        for (int i = 0; i < normal.length(); i++) {
            char c = normal.charAt(i);
            if (c >= 'a' && c <= 'z') {
                normal.setCharAt(i, (char) (c - 'a' + 'A'));
            }
        }
        return normal.toString();
    }

    private static @Nullable Text flaw(String value) {
        if (!SHAPE.matcher(value).matches()) {
            return SHAPE_WRONG;
        }
        int due = checkDigit(value.substring(2, 10));
        if (due != value.charAt(10) - '0') {
            return CHECK_DIGIT_WRONG;
        }
        return COUNTRIES.contains(value.substring(11)) ? null : COUNTRY_WRONG;
    }

    private static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (digits.charAt(i) - '0');
        }
        int check = 11 - sum % 11;
        if (check == 10) {
            return 0;
        }
        return check == 11 ? 5 : check;
    }

    private static @Nullable Text warning(String value) {
        String service = value.substring(0, 2);
        if ("JKSTW".indexOf(service.charAt(0)) >= 0) {
            return RESERVED;
        }
        boolean defined =
                "ABCDEHLMNPQRUVZ".indexOf(service.charAt(0)) >= 0 || service.equals("GA") || service.equals("GD");
        return defined ? null : NOT_DEFINED;
    }

    private static Refused refused(Text wrong) {
        return new Refused(Refused.Ground.MALFORMED, "item-id", "item", wrong.vi(), wrong.en());
    }

    private static final Text SHAPE_WRONG = new Text(
            "Mã bưu gửi phải gồm 2 chữ cái, 9 chữ số, 2 chữ cái, ví dụ RR123456785VN.",
            "An item identifier is 2 letters, 9 digits, 2 letters, such as RR123456785VN.");
    private static final Text CHECK_DIGIT_WRONG = new Text(
            "Mã bưu gửi sai số kiểm tra (chữ số thứ 9): hãy quét hoặc nhập lại.",
            "The item identifier's check digit (the 9th digit) is wrong: scan or type it again.");
    private static final Text COUNTRY_WRONG = new Text(
            "Hai chữ cuối của mã bưu gửi không phải mã nước ISO 3166-1.",
            "The item identifier's last two letters are not an ISO 3166-1 country code.");
    private static final Text RESERVED = new Text(
            "Chữ cái đầu J, K, S, T, W đang được dành riêng theo chuẩn S10.",
            "First letters J, K, S, T and W are reserved by S10.");
    private static final Text NOT_DEFINED =
            new Text("Chỉ dẫn dịch vụ này không có trong chuẩn S10.", "S10 does not define this service indicator.");
    private static final Text REPAIRED = new Text(
            "Bộ gõ tiếng Việt đã làm đổi mã: hãy xác nhận mã được sửa lại.",
            "A Vietnamese keyboard changed the code: confirm the repaired one.");
}
