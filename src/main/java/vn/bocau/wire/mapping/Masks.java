package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Directories;

/**
 * Shows what a message says without saying whose it is: what its published schema declares to be no personal data stays,
 * all else is {@link #MASK}. A field is clear when its schema gives it an {@code enum} or {@code const} that it keeps to, a
 * format of days, times or UUIDs, or {@code "x-clear": true} and it is a code that keeps to its pattern: one of {@link ClearWords},
 * or with a digit in it; whole numbers of up to eight digits and yes or no are clear. A field that no schema knows is masked, its name too.
 */
@Component
public class Masks {

    public static final String MASK = "•••";

    private static final JsonNode HIDDEN = TextNode.valueOf(MASK);
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,59}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{9,}");
    private static final Pattern SEPARATORS = Pattern.compile("[._/-]");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");
    private static final long LARGEST = 99_999_999;

    private final Directories directories;
    private final ClearWords words;

    Masks(Directories directories, ClearWords words) {
        this.directories = directories;
        this.words = words;
    }

    /**
     * @param kind of the message
     * @param out whether we say it, in our own words
     */
    public JsonNode masked(JsonNode body, String kind, boolean out) {
        MappingSet mappings = directories.current().companion(MappingSet.class);
        List<JsonNode> schemas = out ? List.of(mappings.ownWords(kind)) : mappings.published(kind);
        List<At> at = schemas.stream()
                .filter(schema -> !schema.isMissingNode())
                .map(schema -> new At(schema, schema))
                .toList();
        return mask(body, at);
    }

    /** A place in a schema, and the document its references are of. */
    private record At(JsonNode schema, JsonNode document) {

        /** All schemas that hold at this place: itself, what it refers to, and the parts it is put together from. */
        List<At> parts() {
            List<At> parts = new ArrayList<>(List.of(this));
            if (schema.path("$ref").asText().startsWith("#/")) {
                parts.addAll(new At(document.at(schema.path("$ref").asText().substring(1)), document).parts());
            }
            for (String of : List.of("allOf", "anyOf", "oneOf")) {
                schema.path(of).forEach(part -> parts.addAll(new At(part, document).parts()));
            }
            for (String of : List.of("then", "else")) {
                if (schema.has(of)) {
                    parts.addAll(new At(schema.get(of), document).parts());
                }
            }
            return parts;
        }

        At to(JsonNode other) {
            return new At(other, document);
        }
    }

    private JsonNode mask(JsonNode value, List<At> at) {
        List<At> parts = at.stream().flatMap(a -> a.parts().stream()).toList();
        if (value.isObject()) {
            ObjectNode masked = JsonNodeFactory.instance.objectNode();
            int unknown = 0;
            for (var field : value.properties()) {
                List<At> declared = down(parts, "properties", field.getKey());
                String name = declared.isEmpty() ? MASK + ++unknown : field.getKey();
                masked.set(name, mask(field.getValue(), declared));
            }
            return masked;
        }
        if (value.isArray()) {
            List<At> items = parts.stream()
                    .filter(part -> part.schema.has("items"))
                    .map(part -> part.to(part.schema.get("items")))
                    .toList();
            ArrayNode masked = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> masked.add(mask(item, items)));
            return masked;
        }
        return value.isNull() || parts.stream().anyMatch(part -> isClear(value, part.schema)) ? value : HIDDEN;
    }

    private static List<At> down(List<At> parts, String into, String name) {
        return parts.stream()
                .filter(part -> part.schema.path(into).has(name))
                .map(part -> part.to(part.schema.get(into).get(name)))
                .toList();
    }

    private boolean isClear(JsonNode value, JsonNode schema) {
        if (schema.has("enum") || schema.has("const")) {
            JsonNode known = schema.path("enum");
            return value.equals(schema.path("const")) || contains(known, value);
        }
        if (value.isBoolean()) {
            return schema.path("type").asText().equals("boolean");
        }
        if (value.isIntegralNumber()) {
            return !schema.isMissingNode()
                    && (schema.has("type") || schema.path("x-clear").asBoolean())
                    && value.canConvertToLong()
                    && Math.abs(value.longValue()) <= LARGEST;
        }
        if (!value.isTextual()) {
            return false;
        }
        String text = value.textValue();
        return switch (schema.path("format").asText()) {
            case "date" -> DAY.matcher(text).matches();
            case "date-time" -> TIME.matcher(text).matches();
            case "uuid" -> UUID.matcher(text).matches();
            default -> schema.path("x-clear").asBoolean() && isCode(text) && keeps(text, schema);
        };
    }

    /**
     * Whoever types a name or a telephone number into the field of a code, with dots in it or without, in capitals or in small
     * letters, has not made it one.
     */
    private boolean isCode(String text) {
        return CODE.matcher(text).matches()
                && !NUMBER.matcher(SEPARATORS.matcher(text).replaceAll("")).matches()
                && (DIGIT.matcher(text).find() || words.has(text));
    }

    private static boolean keeps(String text, JsonNode schema) {
        return !schema.has("pattern")
                || Pattern.compile(schema.get("pattern").asText()).matcher(text).find();
    }

    private static boolean contains(JsonNode known, JsonNode value) {
        for (JsonNode each : known) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
