package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/**
 * What a schema objects to, said to people. It says where and what would be right, never what was sent. A schema says
 * better than we can what is right with {@code "right": {"vi": ..., "en": ...}} beside the keyword that is broken, or
 * beside the {@code anyOf} or {@code oneOf} around it.
 */
final class SchemaFlaw {

    private static final Pattern ALTERNATIVE = Pattern.compile("(.*)/(?:(?:anyOf|oneOf|allOf)/\\d+|not|if|then|else)$");

    private static final Map<String, Text> TYPES = Map.of(
            "string", new Text("chuỗi ký tự", "a string"),
            "integer", new Text("số nguyên", "a whole number"),
            "number", new Text("số", "a number"),
            "boolean", new Text("true hoặc false", "true or false"),
            "object", new Text("đối tượng", "an object"),
            "array", new Text("danh sách", "a list"),
            "null", new Text("null", "null"));

    private static final Map<String, Text> FORMATS = Map.of(
            "date", new Text("ngày dạng YYYY-MM-DD", "a day as YYYY-MM-DD"),
            "date-time", new Text("thời điểm ISO 8601 có múi giờ", "an ISO 8601 date and time with its offset"),
            "uuid", new Text("mã UUID", "a UUID"));

    private SchemaFlaw() {}

    /** @param schema the document the error comes from */
    static Refused.Flaw of(Error error, JsonNode schema) {
        String at = error.getInstanceLocation().toString();
        String own = parent(String.valueOf(error.getSchemaLocation().getFragment()));
        String holder = own;
        Matcher alternative = ALTERNATIVE.matcher(holder);
        while (!schema.at(holder).has("right") && alternative.matches()) {
            holder = alternative.group(1);
            alternative = ALTERNATIVE.matcher(holder);
        }
        JsonNode right = schema.at(holder).path("right");
        if (right.isObject() && !holder.equals(own)) {
            return new Refused.Flaw(at, expected(said(right)));
        }
        String field = error.getProperty() == null || error.getKeyword().equals("dependentRequired")
                ? at
                : at + "/" + escape(error.getProperty());
        if (error.getKeyword().equals("required") || !right.isObject()) {
            return new Refused.Flaw(field, ours(error));
        }
        return new Refused.Flaw(field, expected(said(right)));
    }

    private static Text ours(Error error) {
        String first = argument(error, 0);
        return switch (error.getKeyword()) {
            case "required" -> new Text("Thiếu trường bắt buộc này.", "This field is required.");
            case "additionalProperties", "unevaluatedProperties", "false", "propertyNames" ->
                new Text(
                        "Không có trường nào tên như vậy ở đây; hãy bỏ đi.", "There is no such field here; remove it.");
            case "type" -> expected(type(String.valueOf(error.getSchemaNode())));
            case "format" -> expected(FORMATS.getOrDefault(first, new Text("dạng " + first, "the format " + first)));
            case "enum" -> expected(new Text("một trong " + first, "one of " + first));
            case "const" -> expected(new Text(first, first));
            case "pattern" -> expected(new Text("đúng mẫu " + first, "a text that matches " + first));
            case "minimum" -> expected(new Text("từ " + first + " trở lên", first + " or more"));
            case "maximum" -> expected(new Text("không quá " + first, first + " or less"));
            case "exclusiveMinimum" -> expected(new Text("lớn hơn " + first, "more than " + first));
            case "exclusiveMaximum" -> expected(new Text("nhỏ hơn " + first, "less than " + first));
            case "minLength" -> expected(new Text("ít nhất " + first + " ký tự", "at least " + first + " characters"));
            case "maxLength" ->
                expected(new Text("nhiều nhất " + first + " ký tự", "at most " + first + " characters"));
            case "minItems", "contains" ->
                expected(new Text("ít nhất " + first + " phần tử", "at least " + first + " entries"));
            case "maxItems" -> expected(new Text("nhiều nhất " + first + " phần tử", "at most " + first + " entries"));
            case "uniqueItems" -> expected(new Text("các phần tử khác nhau", "entries that differ"));
            case "dependentRequired" ->
                expected(new Text("kèm theo trường " + first, "the field " + first + " as well"));
            default ->
                new Text(
                        "Không đúng quy tắc " + error.getKeyword() + " của lược đồ.",
                        "It breaks the rule " + error.getKeyword() + " of the schema.");
        };
    }

    private static Text expected(Text right) {
        return new Text("Giá trị đúng phải là: " + right.vi() + ".", "Expected " + right.en() + ".");
    }

    private static Text type(String schemaNode) {
        String[] names = schemaNode.replaceAll("[\\[\\]\"\\s]", "").split(",");
        StringBuilder vi = new StringBuilder();
        StringBuilder en = new StringBuilder();
        for (String name : names) {
            Text said = TYPES.getOrDefault(name, new Text(name, name));
            vi.append(vi.isEmpty() ? "" : " hoặc ").append(said.vi());
            en.append(en.isEmpty() ? "" : " or ").append(said.en());
        }
        return new Text(vi.toString(), en.toString());
    }

    private static Text said(JsonNode right) {
        return new Text(right.path("vi").asText(), right.path("en").asText());
    }

    private static String argument(Error error, int n) {
        Object[] arguments = error.getArguments();
        return arguments == null || arguments.length <= n ? "" : String.valueOf(arguments[n]);
    }

    private static String parent(String pointer) {
        int slash = pointer.lastIndexOf('/');
        return slash < 0 ? "" : pointer.substring(0, slash);
    }

    private static String escape(String name) {
        String pointer = name.replace("~", "~0").replace("/", "~1");
        return pointer.length() <= 100 ? pointer : pointer.substring(0, 100) + "…";
    }
}
