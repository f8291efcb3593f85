package vn.bocau.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** A table that somebody made with a spreadsheet: CSV (UTF-8; comma, semicolon or tab), or the first sheet of an XLSX. */
public final class Sheet {

    /** Of what an XLSX unpacks to: a file of 500 rows has a tenth of it. */
    private static final long MOST_UNPACKED = 20_000_000;

    /** Longer than anything that a schema lets pass: one text may stand in every cell of an XLSX, and is copied from there. */
    private static final int LONGEST_CELL = 2_000;

    private static final List<Character> SEPARATORS = List.of('\t', ';', ',');
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private Sheet() {}

    /**
     * @param most as many rows as whoever asks takes; of an XLSX with far more the rest is not read
     * @param isHeading of a CSV: what its columns are parted by is what gives such a row, since a title may stand above it
     * @return its cells by rows; an empty row stands as one without cells
     * @throws Refused MALFORMED {@code no-table}, {@code too-many-rows}
     */
    public static List<List<String>> rows(byte[] content, int most, Predicate<List<String>> isHeading) {
        return isZip(content) ? workbook(content, most) : csv(text(content), isHeading);
    }

    public static boolean isEmpty(List<String> row) {
        return row.stream().allMatch(String::isBlank);
    }

    /** Whether it begins as an XLSX does. */
    public static boolean isZip(byte[] content) {
        return content.length > ZIP.length && Arrays.equals(content, 0, ZIP.length, ZIP, 0, ZIP.length);
    }

    private static String text(byte[] content) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(
                    "no-table",
                    "Tệp phải là XLSX, hoặc CSV mã hóa UTF-8.",
                    "The file has to be an XLSX, or a CSV in UTF-8.");
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static List<List<String>> csv(String text, Predicate<List<String>> isHeading) {
        for (char separator : SEPARATORS) {
            List<List<String>> table = tried(text, separator);
            if (table.stream().anyMatch(isHeading)) {
                return table;
            }
        }
        // What is missing in its headings, whoever asked for them says: by what they seem to be parted by.
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return csv(
                text,
                SEPARATORS.stream()
                        .filter(c -> first.indexOf(c) >= 0)
                        .findFirst()
                        .orElse(','));
    }

    /** Nothing where it is not parted by that: a quote ends elsewhere then, or whole rows are one cell. */
    private static List<List<String>> tried(String text, char separator) {
        try {
            return csv(text, separator);
        } catch (Refused notByThat) {
            return List.of();
        }
    }

    private static List<List<String>> csv(String text, char separator) {
        try (var rows = new CsvMapper()
                .readerFor(JsonNode.class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .with(CsvSchema.emptySchema().withColumnSeparator(separator))
                .<JsonNode>readValues(text)) {
            List<List<String>> table = new ArrayList<>();
            while (rows.hasNext()) {
                List<String> cells = new ArrayList<>();
                rows.next().forEach(cell -> cells.add(bounded(cell.asText(), table.size() + 1)));
                table.add(cells);
            }
            return table;
        } catch (Refused refused) {
            throw refused;
        } catch (IOException | RuntimeException e) {
            throw refused(
                    "no-table",
                    "Tệp CSV không đọc được; hãy xem lại dấu nháy kép.",
                    "The CSV cannot be read; look at its double quotes.");
        }
    }

    private static List<List<String>> workbook(byte[] content, int most) {
        refuseBomb(content, most);
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(content));
                Stream<Row> rows = workbook.getFirstSheet().openStream()) {
            List<List<String>> table = new ArrayList<>();
            rows.limit(most * 4L).forEach(row -> {
                // Empty rows are not there at all.
                while (table.size() < row.getRowNum() - 1 && table.size() < most * 4) {
                    table.add(List.of());
                }
                List<String> cells = new ArrayList<>();
                row.forEach(cell -> cells.add(bounded(text(cell), row.getRowNum())));
                table.add(cells);
            });
            return table;
        } catch (Refused refused) {
            throw refused;
        } catch (IOException | RuntimeException e) {
            // Its reader trusts what a file says of itself: an index that points nowhere, a date that is none.
            throw noWorkbook();
        }
    }

    private static String bounded(String text, int row) {
        if (text.length() > LONGEST_CELL) {
            throw refused(
                    "no-table",
                    "Dòng " + row + " có ô dài hơn " + LONGEST_CELL + " ký tự.",
                    "Row " + row + " has a cell of more than " + LONGEST_CELL + " characters.");
        }
        return text;
    }

    private static String text(@Nullable Cell cell) {
        return cell == null || cell.getText() == null ? "" : cell.getText();
    }

    /** The sizes that it tells are its own word: what really comes out is counted. */
    private static void refuseBomb(byte[] content, int most) {
        long unpacked = 0;
        byte[] piece = new byte[8192];
        try (ZipFile zip = ZipFile.builder().setByteArray(content).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    unpacked += size(in, piece, MOST_UNPACKED - unpacked);
                }
                if (unpacked > MOST_UNPACKED) {
                    throw refused(
                            "too-many-rows",
                            "Tệp quá lớn; mỗi tệp tối đa " + most + " dòng.",
                            "The file is too large; a file may hold " + most + " rows.");
                }
            }
        } catch (IOException e) {
            throw noWorkbook();
        }
    }

    private static long size(InputStream entry, byte[] piece, long most) throws IOException {
        long size = 0;
        for (int read = entry.read(piece); read >= 0 && size <= most; read = entry.read(piece)) {
            size += read;
        }
        return size;
    }

    private static Refused noWorkbook() {
        return refused(
                "no-table",
                "Tệp XLSX không đọc được; hãy lưu lại từ phần mềm bảng tính.",
                "The XLSX cannot be read; save it anew from the spreadsheet.");
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.MALFORMED, code, "file", vi, en);
    }
}
