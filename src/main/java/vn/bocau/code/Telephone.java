package vn.bocau.code;

import java.util.regex.Pattern;

/**
 * Whether somebody can be called there, as far as digits tell: Vietnam's numbering plan as ITU-T E.129 publishes it (mobile
 * numbers of ten digits since 2018, landlines of eleven since 2017), hotlines, and abroad what E.164 allows.
 */
public final class Telephone {

    /** Mobile; landline, with an extension or without; the forces' 069 and the state's 080. */
    private static final String SUBSCRIBER = "(?:[35789][0-9]{8}|2[0-9]{9}(?:[0-9]{1,4})?|69[0-9]{6,7}|80[0-9]{5})";

    private static final Pattern NUMBER = Pattern.compile(
            "(?:0|(?:\\+|00)?840?)" + SUBSCRIBER + "|1[89]00[0-9]{2,6}|1022" + "|(?:\\+|00)(?!84)[1-9][0-9]{7,14}");

    private static final Pattern READS =
            Pattern.compile("(?:0|(?:\\+|00)840?)[35789][0-9]{8}|\\+(?!84)[1-9][0-9]{7,14}");

    private static final Pattern PUNCTUATION = Pattern.compile("[ ().-]");
    private static final Pattern OTHERS = Pattern.compile("(?:[/;,]|hoặc).*", Pattern.DOTALL);

    private Telephone() {}

    /** @param written as people do, with spaces, dots, hyphens and brackets; of several numbers, the first is meant */
    public static boolean isNumber(String written) {
        return NUMBER.matcher(plain(written)).matches();
    }

    /** Whether a text message may arrive there: a mobile number, or one abroad. */
    public static boolean readsMessages(String written) {
        return READS.matcher(plain(written)).matches();
    }

    /** Of several numbers the first, without punctuation. */
    public static String plain(String written) {
        String first = OTHERS.matcher(written).replaceFirst("");
        return PUNCTUATION.matcher(first).replaceAll("");
    }
}
