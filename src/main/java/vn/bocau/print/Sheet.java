package vn.bocau.print;

import vn.bocau.code.Refused;

/** What labels are printed on. Millimetres: a label is 105 by 74. */
public enum Sheet {
    /** Eight on a page, for an office printer. */
    A4("A4", "74.2mm"),
    /** One on a page, for a label printer. */
    ROLL("105mm 74mm", "74mm");

    private final String page;
    private final String height;

    Sheet(String page, String height) {
        this.page = page;
        this.height = height;
    }

    /**
     * By its name in an address: {@code a4} or {@code roll}.
     *
     * @throws Refused MALFORMED {@code sheet}
     */
    public static Sheet of(String name) {
        return switch (name) {
            case "a4" -> A4;
            case "roll" -> ROLL;
            default ->
                throw new Refused(
                        Refused.Ground.MALFORMED, "sheet", "sheet", "Phải là a4 hoặc roll.", "Must be a4 or roll.");
        };
    }

    public String getPage() {
        return page;
    }

    public String getHeight() {
        return height;
    }
}
