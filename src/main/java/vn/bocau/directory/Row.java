package vn.bocau.directory;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/** One line of a reference file, read field by field; the first field that is wrong refuses the row. */
record Row(String file, int line, Map<String, String> fields) {

    /** What is wrong with this row, for the person who keeps the file. */
    static final class Wrong extends RuntimeException {
        private final transient Text reason;

        Wrong(String vi, String en) {
            this(new Text(vi, en));
        }

        Wrong(Text reason) {
            super(reason.en());
            this.reason = reason;
        }

        LoadReport.Refusal refusal(String file, int line) {
            return new LoadReport.Refusal(file, line, reason);
        }
    }

    String text(String column) {
        String value = optional(column);
        if (value == null) {
            throw new Wrong("Cột " + column + " để trống.", "Column " + column + " is empty.");
        }
        return value;
    }

    @Nullable
    String optional(String column) {
        String value = fields.get(column);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** A text of exactly this shape. */
    String shaped(String column, String shape, String meaningVi, String meaningEn) {
        String value = text(column);
        if (!value.matches(shape)) {
            throw new Wrong(
                    "Cột " + column + " là “" + value + "”, phải là " + meaningVi + ".",
                    "Column " + column + " is \"" + value + "\", must be " + meaningEn + ".");
        }
        return value;
    }

    long amount(String column) {
        return Long.parseLong(shaped(column, "\\d{1,15}", "số nguyên từ 0 trở lên", "a whole number from 0 up"));
    }

    int count(String column) {
        return Integer.parseInt(shaped(column, "\\d{1,8}", "số nguyên từ 0 trở lên", "a whole number from 0 up"));
    }

    boolean yes(String column) {
        return shaped(column, "yes|no", "yes hoặc no", "yes or no").equals("yes");
    }

    LocalDate day(String column) {
        LocalDate day = optionalDay(column);
        if (day == null) {
            throw new Wrong("Cột " + column + " để trống.", "Column " + column + " is empty.");
        }
        return day;
    }

    @Nullable
    LocalDate optionalDay(String column) {
        String value = optional(column);
        try {
            return value == null ? null : LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw new Wrong(
                    "Cột " + column + " là “" + value + "”, phải là ngày dạng 2026-01-31.",
                    "Column " + column + " is \"" + value + "\", must be a day such as 2026-01-31.");
        }
    }

    <E extends Enum<E>> E oneOf(String column, Class<E> type) {
        String value = text(column);
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            String known = java.util.Arrays.toString(type.getEnumConstants());
            throw new Wrong(
                    "Cột " + column + " là “" + value + "”, phải là một trong " + known + ".",
                    "Column " + column + " is \"" + value + "\", must be one of " + known + ".");
        }
    }
}
