package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Json;

/**
 * Runs the files of {@code mappings/}. Bean {@code mappings}. Files are named by their path below {@code mappings/};
 * those in the folder {@code bocau.mappings} go before those we ship.
 *
 * <p>A mapping is given {@code $partner}: its id and agency, and its settings by their names. One that comes in is also
 * given {@code $kind} and {@code $key}.
 */
@Component("mappings")
public final class Mappings {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final MappingFiles files;
    private final Schemas schemas;
    private final CodeTables tables;
    private final Jslts jslts;
    private final Xslts xslts;
    private final Directories directories;

    @Autowired
    Mappings(Directories directories, @Value("${bocau.mappings:}") String folder) {
        this.directories = directories;
        this.files = new MappingFiles(folder.isBlank() ? null : Path.of(folder));
        this.schemas = new Schemas(files);
        this.tables = new CodeTables(files);
        this.jslts = new Jslts(files, tables);
        this.xslts = new Xslts(files);
    }

    /**
     * Lets a message pass that keeps to what we publish.
     *
     * @param schema such as {@code portal/portal.request.in.schema.json}
     * @return the message, unchanged
     * @throws Refused MALFORMED {@code schema}, naming every field that is wrong
     */
    public Inbound check(Inbound in, String schema) {
        check(in.payload(), schema);
        return in;
    }

    /**
     * Judges each entry of a list alone: what is wrong with one stands beside it, in a field {@code flaws} of its own, and
     * the others go on.
     *
     * @param list name of the list in the payload
     * @param schema of one entry
     */
    public Inbound judge(Inbound in, String list, String schema) {
        JsonNode payload = in.payload().deepCopy();
        for (JsonNode entry : payload.path(list)) {
            ArrayNode flaws = NODES.arrayNode();
            for (Refused.Flaw flaw : schemas.flaws(schema, entry)) {
                flaws.addObject()
                        .put("field", flaw.field())
                        .put("vi", flaw.wrong().vi())
                        .put("en", flaw.wrong().en());
            }
            if (!flaws.isEmpty()) {
                ((ObjectNode) entry).set("flaws", flaws);
            }
        }
        return in.with(payload);
    }

    /** The same for JSON that is not a message, such as a file of ours. */
    public void check(JsonNode json, String schema) {
        List<Refused.Flaw> flaws = schemas.flaws(schema, json);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "schema", flaws);
        }
    }

    /**
     * Puts a message into our words.
     *
     * @param mapping a {@code .jslt}, or an {@code .xsl} that reads XML (the payload is its text) and writes JSON
     * @throws Refused MALFORMED {@code not-xml} when XML was promised and something else came
     */
    public Inbound translate(Inbound in, String mapping) {
        Map<String, JsonNode> variables = Map.of(
                "partner",
                variable(in.partner()),
                "kind",
                TextNode.valueOf(in.kind()),
                "key",
                TextNode.valueOf(in.key()));
        return in.with(
                mapping.endsWith(".xsl")
                        ? Json.parse(xslts.fromXml(mapping, in.payload().asText(), variables))
                        : jslts.apply(mapping, in.payload(), variables));
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

    /** The row of a table of codes whose columns have these values; empty when the code is unknown. */
    public Optional<Map<String, String>> row(String table, Map<String, String> columns) {
        return files.find(table).isEmpty() ? Optional.empty() : tables.row(table, columns);
    }

    /** The text of a file; empty when there is none. */
    public Optional<String> file(String name) {
        return files.find(name);
    }

    /** What mappings see of a partner. */
    public static JsonNode variable(Partner partner) {
        ObjectNode seen = NODES.objectNode();
        partner.settings().forEach(seen::put);
        seen.put("id", partner.id());
        if (partner.agency() != null) {
            seen.put("agency", partner.agency());
        }
        return seen;
    }

    private JsonNode variable(String partner) {
        return directories
                .current()
                .partner(partner)
                .map(Mappings::variable)
                .orElseGet(() -> NODES.objectNode().put("id", partner));
    }
}
