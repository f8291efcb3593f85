package vn.bocau.desk;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.bocau.code.Text;

/** What became of each row of a dropped file, as a table that spreadsheets open. */
final class DropReport {

    private static final List<String> HEADINGS =
            List.of("Dòng", "Mã hồ sơ", "Bưu gửi", "Đã làm gì", "Sai ở đâu", "Cách sửa");

    private DropReport() {}

    static String of(List<RowOutcome> rows) {
        return table(rows.stream().map(DropReport::cells));
    }

    /** Nothing of it could be used. */
    static String of(Text why) {
        return table(Stream.of(List.of(
                "",
                "",
                "",
                "Tệp bị từ chối, không có gì được chuyển",
                why.vi(),
                "Sửa tệp theo mẫu ở trang Trả kết quả từ tệp, rồi thả lại")));
    }

    private static List<String> cells(RowOutcome row) {
        String item = row.item();
        if (item != null) {
            String note = row.note();
            return List.of(
                    "" + row.row(),
                    row.dossier(),
                    item,
                    "Đã chuyển, chờ bưu tá đến nhận" + (note == null ? "" : ". " + note),
                    "",
                    "");
        }
        return List.of(
                "" + row.row(),
                row.dossier(),
                "",
                "Ở lại",
                String.join(" ", row.wrong()),
                row.address()
                        ? "Sửa nơi nhận ở trang Trả kết quả, hoặc ghi nơi nhận vào dòng này, rồi thả lại trong tệp khác"
                        : "Sửa dòng này rồi thả lại trong tệp khác");
    }

    private static String table(Stream<List<String>> rows) {
        // Spreadsheets take a file for UTF-8 by its mark alone, and in Vietnam part columns by semicolons.
        return "\uFEFF"
                + Stream.concat(Stream.of(HEADINGS), rows)
                        .map(cells -> cells.stream().map(DropReport::cell).collect(Collectors.joining(";")) + "\r\n")
                        .collect(Collectors.joining());
    }

    /** What somebody wrote must not become a formula. */
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"").replaceAll("[\\r\\n\\u0000]", " ") + '"';
    }
}
