package vn.bocau.code;

/**
 * A portal's or an agency's name for one citizen's dossier. Opaque to us: we check that it can be printed and kept,
 * never what it means. A dossier may have several.
 */
public record DossierCode(String value) {

    private static final int LONGEST = 100;

    /** @throws Refused {@code dossier-code} when empty, too long, padded, or with characters nobody can print */
    public DossierCode {
        boolean printable = value.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0xFFFD);
        if (value.isEmpty() || value.length() > LONGEST || !value.equals(value.strip()) || !printable) {
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
}
