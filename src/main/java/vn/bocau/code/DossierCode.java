package vn.bocau.code;

/**
 * A portal's or an agency's name for one citizen's dossier. Opaque to us: we check that it can be printed and kept,
 * never what it means. A dossier may have several.
 */
public record DossierCode(String value) {

    private static final int LONGEST = 100;

    /** @throws Refused {@code dossier-code} when empty, too long, padded, or with characters nobody can print */
    public DossierCode {
        boolean visible = value.codePoints().allMatch(DossierCode::visible);
        if (value.isEmpty() || value.length() > LONGEST || !value.equals(value.strip()) || !visible) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "dossier-code",
                    "code",
                    "Mã hồ sơ phải có từ 1 đến " + LONGEST + " ký tự in được, không có khoảng trắng ở hai đầu.",
                    "A dossier code has 1 to " + LONGEST + " printable characters and no space at either end.");
        }
    }

    @Override
    public String toString() {
        return value;
    }

    /** Two codes that look the same must be the same: no zero-width or direction marks, no halves of characters. */
    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c != 0xFFFD;
        };
    }
}
