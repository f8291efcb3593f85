package vn.bocau.wire.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import vn.bocau.code.Text;

/** Tables of codes (CSV with a header row). What no row names is not found; it is never guessed. */
final class CodeTables {

    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build();

    private final MappingFiles files;
    private final Map<String, List<Map<String, String>>> tables = new ConcurrentHashMap<>();

    CodeTables(MappingFiles files) {
        this.files = files;
    }

    /** The first row whose columns have exactly these values. */
    Optional<Map<String, String>> row(String table, Map<String, String> wanted) {
        return rows(table).stream()
                .filter(row -> row.entrySet().containsAll(wanted.entrySet()))
                .findFirst();
    }

    List<Map<String, String>> rows(String table) {
        return tables.computeIfAbsent(table, this::load);
    }

    /** The same for mappings: numbers are compared by their text; no row is JSON null. */
    JsonNode row(String table, JsonNode wanted) {
        Map<String, String> texts = new java.util.HashMap<>();
        wanted.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return row(table, texts)
                .<JsonNode>map(row -> {
                    ObjectNode found = nodes.objectNode();
                    row.forEach(found::put);
                    return found;
                })
                .orElse(nodes.nullNode());
    }

    private static int line(IOException e) {
        return e instanceof JsonProcessingException at && at.getLocation() != null
                ? Math.max(at.getLocation().getLineNr(), 0)
                : 0;
    }

    private List<Map<String, String>> load(String table) {
        try (MappingIterator<Map<String, String>> rows = CSV.readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(files.read(table))) {
            return rows.readAll();
        } catch (IOException e) {
            throw new WrongMapping(
                    table,
                    new Text("không phải bảng CSV hợp lệ", "it is not a valid table"),
                    line(e),
                    e.getClass().getSimpleName());
        }
    }
}
