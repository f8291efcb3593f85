package vn.bocau.code;

import java.text.Normalizer;

/**
 * A portal's or an agency's name for one citizen's dossier. Opaque to us: we check that it can be printed and kept,
 * never what it means. A dossier may have several.
 */
public record DossierCode(String value) {

    private static final int LONGEST = 100;

    /** Letters and marks by their kind, and yet nobody sees them. */
    private static final String BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0";

    /** @throws Refused {@code dossier-code} when empty, too long, padded, or with characters nobody can tell or print */
    public DossierCode {
        boolean visible = value.codePoints().allMatch(DossierCode::visible);
        boolean composed = Normalizer.isNormalized(value, Normalizer.Form.NFC);
        int length = value.codePointCount(0, value.length());
        if (length == 0 || length > LONGEST || !value.equals(value.strip()) || !visible || !composed) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "dossier-code",
                    "code",
                    "Mã hồ sơ phải có từ 1 đến " + LONGEST + " ký tự in được (Unicode dựng sẵn, NFC), không có khoảng"
                            + " trắng ở hai đầu.",
                    "A dossier code has 1 to " + LONGEST
                            + " printable characters (Unicode composed, NFC) and no space at" + " either end.");
        }
    }

    @Override
    public String toString() {
        return value;
    }

    /**
     * Two codes that look the same must be the same: no zero-width or direction marks, no other spaces than the one, no
     * halves of characters.
     */
    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> c != 0xFFFD && BLANK.indexOf(c) < 0 && !variation(c);
        };
    }

    /** Says how the character before it is to be drawn. */
    private static boolean variation(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180F) || (c >= 0xE0100 && c <= 0xE01EF);
    }
}
