package vn.bocau.console;

import vn.bocau.code.Refused;

/** Lists are read in pages; what is asked for beyond reason is refused by its parameter. */
final class Pages {

    private static final int LARGEST = 200;

    private Pages() {}

    /** @throws Refused MALFORMED {@code parameter} */
    static void check(int size) {
        between("size", size, 1, LARGEST);
    }

    /** @throws Refused MALFORMED {@code parameter} */
    static void between(String parameter, int value, int smallest, int largest) {
        if (value < smallest || value > largest) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "parameter",
                    parameter,
                    "Phải từ " + smallest + " đến " + largest + ".",
                    "Must be from " + smallest + " to " + largest + ".");
        }
    }
}
