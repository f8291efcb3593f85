package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;

/**
 * A file of results: a table with the headings of {@link ResultColumn}, as CSV (UTF-8; comma, semicolon or tab) or as the
 * first sheet of an XLSX.
 *
 * @param results as {@code mappings/desk/result.in.schema.json} says, in the order of the file
 * @param rows number of the row in the file for each of them, from 1, the headings among them
 */
record ResultFile(List<ObjectNode> results, List<Integer> rows) {

    static final int MOST = 500;

    /** Of what an XLSX unpacks to: a file of 500 rows has a tenth of it. */
    private static final long MOST_UNPACKED = 20_000_000;

    /** Longer than anything that a schema lets pass: one text may stand in every cell of an XLSX, and is copied from there. */
    private static final int LONGEST_CELL = 2_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * @throws Refused MALFORMED {@code no-table}, {@code column}, {@code no-rows}, {@code too-many-rows}: nothing of the file
     *     can be used. What is wrong with one row is not looked at here
     */
    static ResultFile read(byte[] content) {
        List<List<String>> table = isZip(content) ? workbook(content) : csv(content);
        int heading = 0;
        while (heading < table.size() && isEmpty(table.get(heading))) {
            heading++;
        }
        if (heading == table.size()) {
            throw refused("no-rows", "Tệp trống.", "The file is empty.");
        }
        Map<ResultColumn, Integer> columns = columns(table.get(heading));
        List<ObjectNode> results = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = heading + 1; i < table.size(); i++) {
            if (!isEmpty(table.get(i))) {
                results.add(result(table.get(i), columns));
                rows.add(i + 1);
            }
        }
        if (results.isEmpty()) {
            throw refused("no-rows", "Dưới dòng tiêu đề không có dòng nào.", "There is no row below the headings.");
        }
        if (results.size() > MOST) {
            throw refused(
                    "too-many-rows",
                    "Tệp có " + results.size() + " dòng; mỗi tệp tối đa " + MOST + " kết quả.",
                    "The file has " + results.size() + " rows; a file may hold " + MOST + " results.");
        }
        return new ResultFile(results, rows);
    }

    /** What names a file by what is in it. */
    static String key(byte[] content) {
        return "file-" + Sha256.hex(content);
    }

    private static Map<ResultColumn, Integer> columns(List<String> headings) {
        Map<ResultColumn, Integer> columns = new EnumMap<>(ResultColumn.class);
        for (int i = 0; i < headings.size(); i++) {
            String heading = headings.get(i);
            if (heading.isBlank()) {
                continue;
            }
            int number = i + 1;
            ResultColumn column = ResultColumn.of(heading)
                    .orElseThrow(() -> refused(
                            "column",
                            "Tiêu đề cột thứ " + number + " không nhận ra; các cột là: " + ResultColumn.listed() + ".",
                            "The heading of column " + number + " is not known; the columns are: "
                                    + ResultColumn.listed() + "."));
            if (columns.put(column, i) != null) {
                throw refused(
                        "column",
                        "Cột \"" + column.heading + "\" có hai lần.",
                        "The column \"" + column.heading + "\" stands twice.");
            }
        }
        if (!columns.containsKey(ResultColumn.DOSSIER)) {
            throw refused(
                    "column",
                    "Thiếu cột \"" + ResultColumn.DOSSIER.heading + "\".",
                    "The column \"" + ResultColumn.DOSSIER.heading + "\" is missing.");
        }
        return columns;
    }

    private static ObjectNode result(List<String> row, Map<ResultColumn, Integer> columns) {
        Map<ResultColumn, String> said = new EnumMap<>(ResultColumn.class);
        columns.forEach((column, at) -> {
            String text = at < row.size() ? row.get(at).strip() : "";
            if (!text.isEmpty()) {
                said.put(column, text);
            }
        });
        ObjectNode result = JSON.objectNode();
        result.put("dossier", said.getOrDefault(ResultColumn.DOSSIER, ""));
        put(result, "item", said.get(ResultColumn.ITEM));
        number(result, "collectFee", said.get(ResultColumn.FEE));
        number(result, "originalsToTakeBack", said.get(ResultColumn.ORIGINALS));
        boolean elsewhere = Stream.of(ResultColumn.NAME, ResultColumn.PHONE, ResultColumn.STREET, ResultColumn.COMMUNE)
                .anyMatch(said::containsKey);
        if (elsewhere) {
            ObjectNode receiver = result.putObject("receiver");
            put(receiver, "name", said.get(ResultColumn.NAME));
            put(receiver, "phone", phone(said.get(ResultColumn.PHONE)));
            String commune = said.getOrDefault(ResultColumn.COMMUNE, "");
            String street = said.getOrDefault(ResultColumn.STREET, "");
            ObjectNode address = receiver.putObject("address");
            if (commune.matches("[0-9]{3,5}")) {
                address.put("commune", commune).put("street", street);
            } else {
                // In words it is part of the address, and read out of it.
                address.put(
                        "street",
                        Stream.of(street, commune)
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(", ")));
            }
        }
        return result;
    }

    private static void put(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }

    private static void number(ObjectNode json, String name, @Nullable String text) {
        if (text != null && text.matches("[0-9]{1,10}")) {
            json.put(name, Long.parseLong(text));
        } else {
            // As it is: the schema says what would be right.
            put(json, name, text);
        }
    }

    private static @Nullable String phone(@Nullable String text) {
        return text == null ? null : text.replaceAll("[\\s.-]", "");
    }

    private static boolean isEmpty(List<String> row) {
        return row.stream().allMatch(String::isBlank);
    }

    static boolean isZip(byte[] content) {
        return content.length > ZIP.length && Arrays.equals(content, 0, ZIP.length, ZIP, 0, ZIP.length);
    }

    private static List<List<String>> csv(byte[] content) {
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
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        String first = text.lines().findFirst().orElse("");
        char separator = Stream.of('\t', ';')
                .filter(c -> first.indexOf(c) >= 0)
                .findFirst()
                .orElse(',');
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

    private static List<List<String>> workbook(byte[] content) {
        refuseBomb(content);
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(content));
                Stream<Row> rows = workbook.getFirstSheet().openStream()) {
            List<List<String>> table = new ArrayList<>();
            rows.limit(MOST * 4L).forEach(row -> {
                // Empty rows are not there at all.
                while (table.size() < row.getRowNum() - 1 && table.size() < MOST * 4) {
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
    private static void refuseBomb(byte[] content) {
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
                            "Tệp quá lớn; mỗi tệp tối đa " + MOST + " kết quả.",
                            "The file is too large; a file may hold " + MOST + " results.");
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
