package vn.bocau.code;

import java.time.Duration;

/** What a setting may be, told where it is bound: a value outside ends the start, with its name and what would do. */
public final class Bounds {

    private static final long MILLIS_PER_SECOND = 1000;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long MINUTES_PER_HOUR = 60;
    private static final long HOURS_PER_DAY = 24;

    private Bounds() {}

    /**
     * Lets a value pass from {@code least} to {@code most}, both included.
     *
     * @param variable as who starts the program writes it, such as {@code BOCAU_LINE_CLAIM}
     * @throws Misconfigured for any other value
     */
    public static <T extends Comparable<T>> void check(String variable, T value, T least, T most) {
        if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
            return;
        }
        String from = written(least);
        String to = written(most);
        throw new Misconfigured(
                new Text(
                        variable + " là " + written(value) + ", phải từ " + from + " đến " + to + ".",
                        variable + " is " + written(value) + ", must be from " + from + " to " + to + "."),
                new Text("sửa " + variable + ", hoặc bỏ biến này đi.", "correct " + variable + ", or leave it out."));
    }

    private static String written(Object value) {
        return value instanceof Duration time ? written(time) : value.toString();
    }

    /** In the largest unit that leaves no rest, as a setting is written: 90s, 2h, 10d. */
    public static String written(Duration time) {
        long number = time.toMillis();
        String unit = "ms";
        for (var larger : new Unit[] {
            new Unit("s", MILLIS_PER_SECOND),
            new Unit("m", SECONDS_PER_MINUTE),
            new Unit("h", MINUTES_PER_HOUR),
            new Unit("d", HOURS_PER_DAY)
        }) {
            if (number == 0 || number % larger.of() != 0) {
                break;
            }
            number /= larger.of();
            unit = larger.name();
        }
        return number + unit;
    }

    private record Unit(String name, long of) {}
}
