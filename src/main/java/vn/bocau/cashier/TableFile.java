package vn.bocau.cashier;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A table to take away for spreadsheets; amounts are numbers, and no cell begins a formula.
 *
 * @param name of the sheet
 * @param rows their cells are amounts, as {@code Long}, or text
 */
record TableFile(String name, List<String> headings, List<List<Object>> rows) {

    /** Codes and names are anybody's words: a spreadsheet takes what begins so for a formula. */
    private static Object safe(Object cell) {
        if (cell instanceof Long) {
            return cell;
        }
        String text = cell.toString();
        return text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }

    /** @param kind {@code csv} or {@code xlsx} */
    byte[] as(String kind) {
        return kind.equals("csv") ? csv() : xlsx();
    }

    private byte[] csv() {
        var bytes = new ByteArrayOutputStream();
        // Spreadsheets take a file for UTF-8 by its mark alone, and in Vietnam part columns by semicolons.
        bytes.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
        try (var table = new CsvMapper()
                .writer(CsvSchema.emptySchema().withColumnSeparator(';').withLineSeparator("\r\n"))
                .writeValues(bytes)) {
            table.write(headings);
            for (List<Object> row : rows) {
                table.write(row.stream().map(TableFile::safe).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private byte[] xlsx() {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "BoCau", "1.0")) {
            Worksheet sheet = workbook.newWorksheet(name);
            for (int column = 0; column < headings.size(); column++) {
                sheet.value(0, column, headings.get(column));
                sheet.style(0, column).bold().set();
                sheet.width(column, 20);
            }
            for (int row = 0; row < rows.size(); row++) {
                List<Object> cells = rows.get(row);
                for (int column = 0; column < cells.size(); column++) {
                    Object cell = safe(cells.get(column));
                    if (cell instanceof Long amount) {
                        sheet.value(row + 1, column, amount);
                    } else {
                        sheet.value(row + 1, column, cell.toString());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
