package vn.bocau.dossier.rules;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.bocau.code.Text;

/** A table of {@code reference/} that belongs to the code beside it: its rows by their first column, {@code code}. */
final class Table {

    private final String name;
    private final Map<String, Map<String, String>> rows = new HashMap<>();

    private Table(String name) {
        this.name = name;
    }

    static Table read(String name) {
        var table = new Table(name);
        try (InputStream in = Table.class.getResourceAsStream("/reference/" + name)) {
            MappingIterator<Map<String, String>> lines = new CsvMapper()
                    .readerForMapOf(String.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .readValues(in);
            lines.forEachRemaining(row -> table.rows.put(table.cell(row, "code"), row));
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read reference/" + name, e);
        }
    }

    Set<String> codes() {
        return rows.keySet();
    }

    String cell(String code, String column) {
        Map<String, String> row = rows.get(code);
        if (row == null) {
            throw new IllegalStateException(name + " has no row " + code);
        }
        return cell(row, column);
    }

    /** A cell of several words. */
    List<String> words(String code, String column) {
        return List.of(cell(code, column).split(" ", -1));
    }

    /** Columns {@code vi} and {@code en}. */
    Text text(String code) {
        return new Text(cell(code, "vi"), cell(code, "en"));
    }

    private String cell(Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null) {
            throw new IllegalStateException(name + " has no column " + column);
        }
        return value;
    }
}
