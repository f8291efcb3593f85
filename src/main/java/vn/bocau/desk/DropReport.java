package vn.bocau.desk;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/** What became of each row of a dropped file, as a table that spreadsheets open. */
final class DropReport {

    private static final List<String> HEADINGS =
            List.of("Dòng", "Mã hồ sơ", "Bưu gửi", "Đã làm gì", "Sai ở đâu", "Cách sửa");

    private DropReport() {}

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy 'lúc' HH:mm");

    /** @param before when the same file was dropped for the first time; null when this is the first */
    static String of(List<RowOutcome> rows, @Nullable Instant before) {
        String again = before == null
                ? ""
                : "Tệp đã nhận trước đó, ngày " + DAY.format(before.atZone(DeskPages.VIETNAM)) + ". ";
        return table(rows.stream().map(row -> cells(row, again)));
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

    private static List<String> cells(RowOutcome row, String again) {
        String item = row.item();
        if (item != null) {
            String note = row.note();
            return List.of(
                    "" + row.row(),
                    row.dossier(),
                    item,
                    row.earlier()
                            ? again + "Đã chuyển từ trước, lần này không chuyển lại"
                            : again + "Đã chuyển, chờ bưu tá đến nhận" + (note == null ? "" : ". " + note),
                    "",
                    "");
        }
        return List.of(
                "" + row.row(),
                row.dossier(),
                "",
                again.isEmpty() ? "Ở lại" : again + "Xét lại: vẫn ở lại",
                String.join(" ", row.wrong()),
                mend(row));
    }

    private static String mend(RowOutcome row) {
        if (row.sent()) {
            return "Không phải thả lại; nếu bưu gửi mất, hư hỏng, bị hoàn hoặc chưa được nhận, gửi lại ở Bàn làm việc,"
                    + " trang Trả kết quả hoặc trang Không phát được";
        }
        return row.address()
                ? "Sửa nơi nhận ở trang Trả kết quả, hoặc ghi nơi nhận vào dòng này, rồi thả lại trong tệp khác"
                : "Sửa dòng này rồi thả lại; nếu dòng không sai, thả lại nguyên tệp khi lý do đã hết";
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
