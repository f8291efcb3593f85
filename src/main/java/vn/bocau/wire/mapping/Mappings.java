package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;

/**
 * Runs the files of {@code mappings/} that are in force, for the routes in. Bean {@code mappings}. Files are named by
 * their path below {@code mappings/}; those in the folder {@code bocau.mappings} go before those we ship.
 *
 * <p>A mapping is given {@code $partner}: its id and agency, and its settings by their names. One that comes in is also
 * given {@code $kind} and {@code $key}.
 */
@Component("mappings")
public final class Mappings {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Directories directories;

    Mappings(Directories directories) {
        this.directories = directories;
    }

    /** The files in force. Take them once per piece of work. */
    public MappingSet current() {
        return directories.current().companion(MappingSet.class);
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
        MappingSet mappings = current();
        for (JsonNode entry : payload.path(list)) {
            ArrayNode flaws = NODES.arrayNode();
            for (Refused.Flaw flaw : mappings.flaws(entry, schema)) {
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

    /** The same for JSON that is not a message. */
    public void check(JsonNode json, String schema) {
        current().check(json, schema);
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
                        ? current().json(in.payload().asText(), mapping, variables)
                        : current().json(in.payload(), mapping, variables));
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
