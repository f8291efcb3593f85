package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.code.Sheet;
import vn.bocau.code.Vnd;

/**
 * A file of results: a table with the headings of {@link ResultColumn}, as CSV (UTF-8; comma, semicolon or tab) or as the
 * first sheet of an XLSX.
 *
 * @param results as {@code mappings/desk/result.in.schema.json} says, in the order of the file
 * @param rows number of the row in the file for each of them, from 1, the headings among them
 */
record ResultFile(List<ObjectNode> results, List<Integer> rows) {

    static final int MOST = 500;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * @throws Refused MALFORMED {@code no-table}, {@code column}, {@code no-rows}, {@code too-many-rows}: nothing of the file
     *     can be used. What is wrong with one row is not looked at here
     */
    static ResultFile read(byte[] content) {
        List<List<String>> table = Sheet.rows(content, MOST, ResultColumn::names);
        int heading = 0;
        while (heading < table.size() && Sheet.isEmpty(table.get(heading))) {
            heading++;
        }
        if (heading == table.size()) {
            throw refused("no-rows", "Tệp trống.", "The file is empty.");
        }
        Map<ResultColumn, Integer> columns = columns(table.get(heading));
        List<ObjectNode> results = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        for (int i = heading + 1; i < table.size(); i++) {
            if (!Sheet.isEmpty(table.get(i))) {
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
        number(result, "originalsToTakeBack", said.get(ResultColumn.ORIGINALS));
        money(result, said);
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

    /** What is to be taken at the door otherwise than it was asked for before. */
    static void money(ObjectNode result, Map<ResultColumn, String> said) {
        amount(result, "collectFee", said.get(ResultColumn.FEE));
        if (said.containsKey(ResultColumn.COD) || said.containsKey(ResultColumn.PAYEE)) {
            ObjectNode cod = result.putObject("cod");
            amount(cod, "amount", said.get(ResultColumn.COD));
            put(cod, "payee", said.get(ResultColumn.PAYEE));
        }
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

    /** As people write money, which is also how the page shows it. */
    private static void amount(ObjectNode json, String name, @Nullable String text) {
        Optional<Long> amount = Optional.ofNullable(text).flatMap(Vnd::read);
        if (amount.isPresent()) {
            json.put(name, amount.get());
        } else {
            put(json, name, text);
        }
    }

    private static @Nullable String phone(@Nullable String text) {
        return text == null ? null : text.replaceAll("[\\s.-]", "");
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.MALFORMED, code, "file", vi, en);
    }
}
