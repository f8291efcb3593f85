package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.text.Normalizer;
import vn.bocau.code.Refused;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.MappingSet;

/**
 * What came, spelled as its schema spells it: names in any case become the schema's own, what is null or blank counts as
 * left out, text has no spaces around it and one form of each Vietnamese letter (NFC), and whole numbers are digits alone.
 */
final class Spelling {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode schema;

    private Spelling(JsonNode schema) {
        this.schema = schema;
    }

    /** @param kind names the schema, such as {@code ngsp.order} */
    static Spelling of(MappingSet files, String kind) {
        String schema = "ngsp/" + kind + ".in.schema.json";
        return files.once(
                schema,
                Spelling.class,
                () -> new Spelling(Json.parse(files.file(schema).orElseThrow())));
    }

    /** @throws Refused MALFORMED {@code twice} when two names that differ by case alone say different things */
    JsonNode tidy(JsonNode said) {
        return tidy(said, schema, "");
    }

    private JsonNode tidy(JsonNode said, JsonNode rule, String at) {
        if (said.isArray()) {
            ArrayNode list = NODES.arrayNode();
            said.forEach(entry -> list.add(tidy(entry, resolved(rule.path("items")), at)));
            return list;
        }
        return said.isObject() ? object(said, rule, at) : value(said);
    }

    /** A number that is written twice in two ways, 1e5 and 100000, names one order. */
    static JsonNode value(JsonNode said) {
        if (said.isTextual()) {
            return TextNode.valueOf(
                    Normalizer.normalize(said.textValue(), Normalizer.Form.NFC).strip());
        }
        return said.isBigDecimal() && said.canConvertToExactIntegral()
                ? NODES.numberNode(said.decimalValue().toBigIntegerExact())
                : said;
    }

    private ObjectNode object(JsonNode said, JsonNode rule, String at) {
        ObjectNode object = NODES.objectNode();
        JsonNode known = rule.path("properties");
        said.properties().forEach(field -> {
            String name = spelled(field.getKey(), known);
            JsonNode value = tidy(field.getValue(), resolved(known.path(name)), at + "/" + name);
            if (value.isNull() || value.isTextual() && value.textValue().isEmpty()) {
                return;
            }
            JsonNode before = object.putIfAbsent(name, value);
            if (before != null && !before.equals(value)) {
                throw twice(at + "/" + name);
            }
        });
        return object;
    }

    private static String spelled(String name, JsonNode known) {
        if (known.has(name)) {
            return name;
        }
        for (var property : known.properties()) {
            if (property.getKey().equalsIgnoreCase(name)) {
                return property.getKey();
            }
        }
        return name;
    }

    private JsonNode resolved(JsonNode rule) {
        String elsewhere = rule.path("$ref").asText();
        return elsewhere.startsWith("#") ? schema.at(elsewhere.substring(1)) : rule;
    }

    private static Refused twice(String field) {
        return new Refused(
                Refused.Ground.MALFORMED,
                "twice",
                field,
                "Trường này có hai lần, chỉ khác chữ hoa và chữ thường, với giá trị khác nhau; hãy gửi một lần.",
                "This field is there twice, in different cases, with different values; send it once.");
    }
}
