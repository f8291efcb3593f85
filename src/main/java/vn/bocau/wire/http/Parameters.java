package vn.bocau.wire.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.wire.Json;

/** Parameters of what is asked for: beyond reason, or nothing we know, they are refused by name. Lists are read in pages. */
public final class Parameters {

    private static final int LARGEST = 200;

    private Parameters() {}

    /** @throws Refused MALFORMED {@code parameter} */
    public static void check(int size) {
        between("size", size, 1, LARGEST);
    }

    /** @throws Refused MALFORMED {@code parameter} */
    public static void between(String parameter, int value, int smallest, int largest) {
        if (value < smallest || value > largest) {
            throw wrong(
                    parameter,
                    "Phải từ " + smallest + " đến " + largest + ".",
                    "Must be from " + smallest + " to " + largest + ".");
        }
    }

    /** @throws Refused MALFORMED {@code parameter} */
    public static void oneOf(String parameter, @Nullable String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw wrong(parameter, "Phải là một trong " + known + ".", "Must be one of " + known + ".");
        }
    }

    /**
     * PostgreSQL cannot even look for a zero.
     *
     * @throws Refused MALFORMED {@code parameter}
     */
    public static void printable(String parameter, @Nullable String value) {
        if (value != null && !Json.printable(value)) {
            throw wrong(
                    parameter,
                    "Có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                    "It holds control characters or broken ones; remove them.");
        }
    }

    private static Refused wrong(String parameter, String vi, String en) {
        return new Refused(Refused.Ground.MALFORMED, "parameter", parameter, vi, en);
    }
}
