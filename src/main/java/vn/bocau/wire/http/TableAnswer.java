package vn.bocau.wire.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A table for spreadsheets, to be kept as a file: CSV or XLSX. */
public final class TableAnswer {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final MediaType XLSX =
            MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /** Spreadsheets take a file for UTF-8 by its mark alone. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TableAnswer() {}

    /**
     * A column of an empty table.
     *
     * @param width in letters
     * @param text whether what is typed stays as it is: codes and telephone numbers keep their zeros
     */
    public record Column(String heading, int width, boolean text) {}

    /** @param kind {@code csv} or {@code xlsx} */
    public static ResponseEntity<byte[]> of(String name, String kind, byte[] content) {
        return ResponseEntity.ok()
                .contentType(isCsv(kind) ? CSV : XLSX)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + "." + kind)
                                .build()
                                .toString())
                .body(content);
    }

    /**
     * An empty table with the headings, to be filled in.
     *
     * @param kind {@code csv} or {@code xlsx}
     * @param sheet name of the sheet
     * @param rows how many may be filled in
     */
    public static ResponseEntity<byte[]> blank(String name, String kind, String sheet, List<Column> columns, int rows)
            throws IOException {
        return of(name, kind, isCsv(kind) ? csv(columns) : xlsx(sheet, columns, rows));
    }

    private static boolean isCsv(String kind) {
        return kind.equals("csv");
    }

    /** In Vietnam spreadsheets part columns by semicolons. */
    private static byte[] csv(List<Column> columns) {
        String headings = columns.stream().map(Column::heading).collect(Collectors.joining(";"));
        return (BYTE_ORDER_MARK + headings + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] xlsx(String name, List<Column> columns, int rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "BoCau", "1.0")) {
            Worksheet sheet = workbook.newWorksheet(name);
            for (int c = 0; c < columns.size(); c++) {
                Column column = columns.get(c);
                sheet.value(0, c, column.heading());
                sheet.style(0, c).bold().set();
                sheet.width(c, column.width());
                if (column.text()) {
                    sheet.range(1, c, rows, c).style().format("@").set();
                }
            }
        }
        return bytes.toByteArray();
    }
}
