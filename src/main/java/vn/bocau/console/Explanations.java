package vn.bocau.console;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;

/** The catalogue of failures: for each code whose it is, why, and what comes next. The rows are {@code failures/failures.csv}. */
@Component
class Explanations {

    static final String FILE = "/failures/failures.csv";

    private static final String PARTNER = "PARTNER";

    /** Ends the code of a family: those that a dialect makes of a number or word of its partner's. */
    private static final String FAMILY = "*";

    private static final Text NO_CAUSE = new Text(
            "Mã lỗi này chưa có trong danh mục, nên không đoán nguyên nhân; chỉ có lý do ghi ở từng thông điệp.",
            "This code is not in the catalogue, so no cause is guessed; all there is to know are the reasons of the messages.");
    private static final Text NO_STEP = new Text(
            "Đọc lý do của từng thông điệp; hỏi bên đã trả lời mã này nghĩa là gì, rồi thử lại hoặc bỏ và ghi lý do.",
            "Read the reason of each message; ask who answered so what this code means, then retry, or discard with a reason.");

    /** @param whose a {@link Whose}, or PARTNER for who said it or was told it */
    record Row(String code, String whose, String vi, String en, String nextVi, String nextEn) {

        Text cause() {
            return new Text(vi, en);
        }

        Text next() {
            return new Text(nextVi, nextEn);
        }
    }

    private final Map<String, Row> rows = new HashMap<>();
    private final Directories directories;

    Explanations(Directories directories) {
        this.directories = directories;
        read().forEach(row -> rows.put(row.code(), row));
    }

    static List<Row> read() {
        CsvSchema schema = CsvSchema.emptySchema().withHeader();
        try (InputStream file = Objects.requireNonNull(Explanations.class.getResourceAsStream(FILE), FILE);
                MappingIterator<Row> rows =
                        new CsvMapper().readerFor(Row.class).with(schema).readValues(file)) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param partner who said it, or was told it */
    Explanation of(String code, String partner) {
        Row row = rows.containsKey(code) ? rows.get(code) : family(code);
        return row == null
                ? new Explanation(code, false, Whose.UNKNOWN, NO_CAUSE, NO_STEP)
                : new Explanation(
                        code,
                        true,
                        row.whose().equals(PARTNER) ? kindOf(partner) : Whose.valueOf(row.whose()),
                        row.cause(),
                        row.next());
    }

    private @Nullable Row family(String code) {
        for (int end = code.length(); end > 0; end--) {
            Row row = rows.get(code.substring(0, end) + FAMILY);
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    private Whose kindOf(String partner) {
        return directories
                .current()
                .partner(partner)
                .map(Partner::kind)
                .map(Whose::of)
                .orElseGet(() -> Whose.ofOwnDoor(partner));
    }
}
