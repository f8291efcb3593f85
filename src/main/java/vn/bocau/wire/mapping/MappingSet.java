package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;

/**
 * One reading of {@code mappings/}: whoever takes it once for a piece of work sees files that belong together, whatever
 * is reloaded meanwhile. Files are named by their path below {@code mappings/}.
 */
public final class MappingSet {

    /** What may stand in a {@code dialect.json}. */
    public static final String DIALECT = "words/dialect.schema.json";

    private static final Set<String> OF_ONE_KIND = Set.of("notice", "alert");

    private final MappingFiles files;
    private final Schemas schemas;
    private final CodeTables tables;
    private final Jslts jslts;
    private final Xslts xslts;
    private final Map<String, Object> made = new ConcurrentHashMap<>();

    MappingSet(MappingFiles files) {
        this.files = files;
        this.schemas = new Schemas(files);
        this.tables = new CodeTables(files);
        this.jslts = new Jslts(files, tables);
        this.xslts = new Xslts(files);
    }

    /** The operator's files as they were read, by their names. */
    Map<String, String> own() {
        return files.own();
    }

    /** @throws Refused MALFORMED {@code schema}, naming every field that is wrong */
    public void check(JsonNode json, String schema) {
        List<Refused.Flaw> flaws = flaws(json, schema);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "schema", flaws);
        }
    }

    List<Refused.Flaw> flaws(JsonNode json, String schema) {
        return schemas.flaws(schema, json);
    }

    /** The schema of what we say, by the kind of message. */
    JsonNode ownWords(String kind) {
        return schemas.compiled(words(kind)).document();
    }

    /** @throws Refused MALFORMED {@code schema}, naming every field that is not as we say it */
    void checkOwnWords(JsonNode said, String kind) {
        check(said, words(kind));
    }

    private static String words(String kind) {
        String words = kind.startsWith("order") ? "order" : OF_ONE_KIND.contains(kind) ? kind : "event";
        return "words/" + words + ".schema.json";
    }

    /** The schemas of what is said to us, by the kind of message: the door's folder and the file are named after it. */
    List<JsonNode> published(String kind) {
        String door = kind.split("\\.")[0];
        return java.util.stream.Stream.of(kind, kind.substring(kind.indexOf('.') + 1))
                .map(name -> door + "/" + name + ".in.schema.json")
                .distinct()
                .filter(name -> files.find(name).isPresent())
                .map(name -> schemas.compiled(name).document())
                .toList();
    }

    /** JSON to JSON, by a {@code .jslt}. */
    public JsonNode json(JsonNode input, String mapping, Map<String, JsonNode> variables) {
        return jslts.apply(mapping, input, variables);
    }

    /**
     * XML to JSON, by an {@code .xsl} that reads XML and writes JSON.
     *
     * @throws Refused MALFORMED {@code not-xml}
     */
    public JsonNode json(String xml, String mapping, Map<String, JsonNode> variables) {
        return Json.parse(xslts.fromXml(mapping, xml, variables));
    }

    /** JSON to XML, by an {@code .xsl} whose input is {@code json-to-xml()} of it. */
    public String xml(JsonNode input, String mapping, Map<String, JsonNode> variables) {
        return xslts.fromJson(mapping, input, variables);
    }

    /**
     * XML to XML.
     *
     * @throws Refused MALFORMED {@code not-xml}
     */
    public String xml(String xml, String mapping, Map<String, JsonNode> variables) {
        return xslts.fromXml(mapping, xml, variables);
    }

    /** The row of a table of codes whose columns have these values; empty when the code is unknown. */
    public Optional<Map<String, String>> row(String table, Map<String, String> columns) {
        return files.find(table).isEmpty() ? Optional.empty() : tables.row(table, columns);
    }

    /** The text of a file; empty when there is none. */
    public Optional<String> file(String name) {
        return files.find(name);
    }

    /** What somebody makes of a file, made once for this reading. */
    public <T> T once(String file, Class<T> type, Supplier<T> make) {
        return type.cast(made.computeIfAbsent(file, f -> make.get()));
    }

    private void dialect(String name) {
        try {
            check(Json.parse(files.read(name)), DIALECT);
        } catch (Refused flawed) {
            Refused.Flaw first = flawed.flaws().get(0);
            throw new WrongMapping(
                    name,
                    new Text("không phải một phương ngữ", "it is no dialect"),
                    0,
                    new Text(
                            (first.field() + " " + first.wrong().vi()).strip(),
                            (first.field() + " " + first.wrong().en()).strip()));
        }
    }

    /** @throws WrongMapping when the file cannot be used; files of other kinds always can */
    void compile(String name) {
        if (name.endsWith("/dialect.json")) {
            dialect(name);
        } else if (name.endsWith(".schema.json")) {
            schemas.compiled(name);
        } else if (name.endsWith(".csv")) {
            tables.rows(name);
        } else if (name.endsWith(".jslt") && !name.endsWith(".lib.jslt")) {
            jslts.compiled(name);
        } else if (name.endsWith(".xsl")) {
            xslts.compiled(name);
        }
    }
}
