package vn.bocau.cashier;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import vn.bocau.fee.LedgerBook;

/** The ledger as a table for spreadsheets; amounts are numbers, and no cell begins a formula. */
final class ItemTable {

    private static final List<String> HEADINGS = List.of(
            "Mã hồ sơ",
            "Bưu gửi",
            "Chặng",
            "Khoản",
            "Chủ khoản tiền",
            "Phải thu",
            "Đã nộp trực tuyến",
            "Đã thu",
            "Đã nộp cơ quan",
            "Cơ quan xác nhận",
            "Biến động cuối");

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm").withZone(CashierPages.VIETNAM);

    private final Names names;

    ItemTable(Names names) {
        this.names = names;
    }

    private List<Object> cells(LedgerBook.Item item) {
        return List.of(
                text(item.code()),
                text(Objects.requireNonNullElse(item.item(), "")),
                text(Objects.requireNonNullElse(item.kind(), "")),
                item.money().equals("FEE") ? "Phí, lệ phí" : "Cước",
                item.money().equals("FEE") ? text(names.agency(item.owner())) : "Bưu chính",
                item.due(),
                item.paidOnline(),
                item.collected(),
                item.remitted(),
                item.received(),
                CLOCK.format(item.movedAt()));
    }

    /** A code is anybody's word: a spreadsheet takes what begins so for a formula. */
    private static String text(String cell) {
        return cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0 ? cell : "'" + cell;
    }

    byte[] csv(List<LedgerBook.Item> items) {
        var bytes = new ByteArrayOutputStream();
        // Spreadsheets take a file for UTF-8 by its mark alone, and in Vietnam part columns by semicolons.
        bytes.writeBytes("\uFEFF".getBytes(StandardCharsets.UTF_8));
        try (var rows = new CsvMapper()
                .writer(CsvSchema.emptySchema().withColumnSeparator(';').withLineSeparator("\r\n"))
                .writeValues(bytes)) {
            rows.write(HEADINGS);
            for (LedgerBook.Item item : items) {
                rows.write(cells(item));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] xlsx(List<LedgerBook.Item> items) {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "BoCau", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("So thu ho");
            for (int column = 0; column < HEADINGS.size(); column++) {
                sheet.value(0, column, HEADINGS.get(column));
                sheet.style(0, column).bold().set();
                sheet.width(column, 20);
            }
            for (int row = 0; row < items.size(); row++) {
                List<Object> cells = cells(items.get(row));
                for (int column = 0; column < cells.size(); column++) {
                    if (cells.get(column) instanceof Long amount) {
                        sheet.value(row + 1, column, amount);
                    } else {
                        sheet.value(row + 1, column, cells.get(column).toString());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
