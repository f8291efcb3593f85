package vn.bocau.cashier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vn.bocau.code.Refused;
import vn.bocau.code.Sheet;
import vn.bocau.code.Vnd;

/** An agency's statement of what its treasury or bank credited: a table with the headings of {@link Column}, in any order. */
final class StatementFile {

    static final int MOST = 1000;

    /** Grouped by three, or not at all; a statement may write the xu that there are none of. */
    private static final List<DateTimeFormatter> DAYS = List.of(
            DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("d-M-uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ISO_LOCAL_DATE);

    /** A spreadsheet keeps a day as how many days it is after this one; in our time of five digits. */
    private static final LocalDate SPREADSHEETS_BEGIN = LocalDate.of(1899, 12, 30);

    private static final Pattern SPREADSHEETS_DAY = Pattern.compile("([3-6][0-9]{4})(?:\\.[0-9]+)?");

    enum Column {
        DOSSIER("Mã hồ sơ", "dossier"),
        REFERENCE("Số tham chiếu", "reference"),
        AMOUNT("Số tiền", "amount"),
        DAY("Ngày ghi có", "day");

        /** As the template has it. */
        final String heading;

        /** As programs write it. */
        final String field;

        Column(String heading, String field) {
            this.heading = heading;
            this.field = field;
        }

        static Optional<Column> of(String written) {
            String said = Normalizer.normalize(written.strip(), Normalizer.Form.NFC);
            return Arrays.stream(values())
                    .filter(column -> column.heading.equalsIgnoreCase(said) || column.field.equalsIgnoreCase(said))
                    .findFirst();
        }
    }

    private StatementFile() {}

    static List<String> headings() {
        return Arrays.stream(Column.values()).map(column -> column.heading).toList();
    }

    /**
     * @return {@code {"lines"}} as {@code mappings/cashier/cashier.book.in.schema.json} says; what could not be read stays as
     *     it is written
     * @throws Refused MALFORMED {@code no-table}, {@code column}, {@code no-rows}, {@code too-many-rows}
     */
    static ObjectNode read(byte[] content) {
        List<List<String>> table = Sheet.rows(content, MOST, StatementFile::isHeading);
        int heading = 0;
        while (heading < table.size() && !isHeading(table.get(heading))) {
            heading++;
        }
        if (heading == table.size()) {
            throw refused(
                    "column",
                    "Không thấy dòng tiêu đề có đủ các cột: " + listed() + ".",
                    "There is no row of headings with all of the columns: " + listed() + ".");
        }
        Map<Column, Integer> columns = columns(table.get(heading));
        ObjectNode statement = JsonNodeFactory.instance.objectNode();
        statement.putArray("lines");
        for (int i = heading + 1; i < table.size(); i++) {
            if (!Sheet.isEmpty(table.get(i))) {
                line(
                        table.get(i),
                        columns,
                        statement.withArray("lines").addObject().put("row", i + 1));
            }
        }
        int rows = statement.path("lines").size();
        if (rows == 0) {
            throw refused("no-rows", "Dưới dòng tiêu đề không có dòng nào.", "There is no row below the headings.");
        }
        if (rows > MOST) {
            throw refused(
                    "too-many-rows",
                    "Tệp có hơn " + MOST + " dòng; hãy chia thành nhiều tệp.",
                    "The file has more than " + MOST + " rows; part it into several.");
        }
        return statement;
    }

    /** Statements begin with whose they are, and have columns of their own. */
    private static boolean isHeading(List<String> row) {
        return columns(row).size() == Column.values().length;
    }

    private static Map<Column, Integer> columns(List<String> row) {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        for (int i = 0; i < row.size(); i++) {
            int at = i;
            Column.of(row.get(i)).ifPresent(column -> {
                if (columns.put(column, at) != null) {
                    throw refused(
                            "column",
                            "Cột \"" + column.heading + "\" có hai lần.",
                            "The column \"" + column.heading + "\" stands twice.");
                }
            });
        }
        return columns;
    }

    private static void line(List<String> row, Map<Column, Integer> columns, ObjectNode line) {
        columns.forEach((column, at) -> {
            String text = at < row.size() ? row.get(at).strip() : "";
            switch (column) {
                case AMOUNT -> amount(line, text);
                case DAY -> line.put(column.field, day(text));
                default -> line.put(column.field, text);
            }
        });
    }

    private static void amount(ObjectNode line, String text) {
        Optional<Long> amount = Vnd.read(text);
        if (amount.isPresent()) {
            line.put(Column.AMOUNT.field, amount.get());
        } else {
            line.put(Column.AMOUNT.field, text);
        }
    }

    private static String day(String text) {
        Matcher counted = SPREADSHEETS_DAY.matcher(text);
        if (counted.matches()) {
            return SPREADSHEETS_BEGIN.plusDays(Long.parseLong(counted.group(1))).toString();
        }
        for (DateTimeFormatter format : DAYS) {
            try {
                return LocalDate.parse(text, format).toString();
            } catch (DateTimeException e) {
                // The next.
            }
        }
        return text;
    }

    private static String listed() {
        return headings().stream().collect(Collectors.joining("; "));
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.MALFORMED, code, "file", vi, en);
    }
}
