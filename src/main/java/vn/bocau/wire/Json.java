package vn.bocau.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/**
 * JSON as the doors read and write it (Jackson 2, the one JSLT speaks). Strict: one value, no key twice, nothing after
 * it. An error says where, never what: the text may hold a person's name.
 */
public final class Json {

    /** Nobody's words are nested deeper, and what reads them after us goes down by recursion. */
    public static final int DEEPEST = 100;

    /** The most anybody has to say at once, 500 handlings, is half of that; each takes a hundred bytes of memory. */
    private static final int MOST_TOKENS = 60_000;

    public static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A number is kept as it was written: 250000.0 neither becomes 2.5E+5 nor loses a digit.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** The longest amount, time or count anybody sends has fewer digits. */
    private static final int DIGITS = 30;

    private static final int NOT_TO_BE_SHOWN = 0xFFFD;

    private Json() {}

    /** @throws Refused MALFORMED {@code not-json}, with line and column */
    public static JsonNode parse(String text) {
        try {
            return orEmpty(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation());
        }
    }

    /**
     * What somebody outside says: nothing in it that a database or a screen cannot hold. What is wrong is told by its
     * place.
     *
     * @throws Refused MALFORMED {@code not-json} or {@code unprintable}
     */
    public static JsonNode said(String text) {
        JsonNode json = parse(text);
        List<Refused.Flaw> flaws = flaws(json);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "unprintable", flaws);
        }
        return json;
    }

    /** Each place where it holds what a database or a screen cannot hold. */
    public static List<Refused.Flaw> flaws(JsonNode json) {
        List<Refused.Flaw> flaws = new ArrayList<>();
        inspect(json, "", flaws);
        return flaws;
    }

    /** Nothing at all is not JSON either. */
    private static JsonNode orEmpty(JsonNode read) {
        if (read.isMissingNode()) {
            throw notJson(JsonLocation.NA);
        }
        return read;
    }

    private static Refused notJson(JsonLocation at) {
        String where = at == null || at.getLineNr() < 1 ? "" : " " + at.getLineNr() + ":" + at.getColumnNr();
        return new Refused(
                Refused.Ground.MALFORMED,
                "not-json",
                "",
                "Nội dung không phải JSON hợp lệ" + where + "; hãy gửi đúng một giá trị JSON, mã hoá UTF-8.",
                "The content is not valid JSON" + where + "; send exactly one JSON value in UTF-8.");
    }

    private static void inspect(JsonNode node, String at, List<Refused.Flaw> flaws) {
        if (node.isTextual() && !printable(node.textValue())) {
            flaws.add(new Refused.Flaw(
                    at,
                    new Text(
                            "Có ký tự điều khiển hoặc ký tự hỏng; hãy bỏ đi.",
                            "It holds control characters or broken ones; remove them.")));
        } else if (node.isBigDecimal() || node.isBigInteger()) {
            if (tooLong(node)) {
                flaws.add(new Refused.Flaw(
                        at, new Text("Con số dài quá mức.", "The number is longer than any we can hold.")));
            }
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                inspect(node.get(i), at + "/" + i, flaws);
            }
        }
        node.properties()
                .forEach(field -> inspect(field.getValue(), at + "/" + name(field.getKey(), flaws, at), flaws));
    }

    /** A name that cannot be shown is a flaw of the object it stands in. */
    private static String name(String name, List<Refused.Flaw> flaws, String at) {
        if (!printable(name)) {
            flaws.add(new Refused.Flaw(
                    at, new Text("Có tên trường chứa ký tự hỏng.", "The name of a field holds broken characters.")));
        }
        String pointer = name.replace("~", "~0").replace("/", "~1");
        return pointer.length() <= 100 ? pointer : pointer.substring(0, 100) + "…";
    }

    /** Whether it can be kept, and shown as what it is. */
    public static boolean printable(String text) {
        return text.codePoints().allMatch(Json::printable);
    }

    private static boolean printable(int c) {
        return (!Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t')
                && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                && !turnsAround(c);
    }

    /** What somebody says whom we cannot refuse: the same, but U+FFFD in place of what cannot be kept or shown. */
    public static JsonNode legible(JsonNode said) {
        if (said.isTextual()) {
            return MAPPER.getNodeFactory().textNode(legible(said.textValue()));
        }
        if (said.isArray()) {
            ArrayNode list = MAPPER.createArrayNode();
            said.forEach(entry -> list.add(legible(entry)));
            return list;
        }
        if (said.isObject()) {
            ObjectNode object = MAPPER.createObjectNode();
            said.properties().forEach(field -> object.set(legible(field.getKey()), legible(field.getValue())));
            return object;
        }
        return said;
    }

    private static String legible(String text) {
        return text.codePoints()
                .map(c -> printable(c) ? c : NOT_TO_BE_SHOWN)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** What follows would be shown the other way round (Unicode UAX #9): a code or a reason that reads as another. */
    private static boolean turnsAround(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static boolean tooLong(JsonNode number) {
        if (number.isBigInteger()) {
            return number.bigIntegerValue().bitLength() > DIGITS * 4;
        }
        var decimal = number.decimalValue();
        return Math.abs((long) decimal.precision() - decimal.scale()) > DIGITS
                || Math.abs((long) decimal.scale()) > DIGITS;
    }
}
