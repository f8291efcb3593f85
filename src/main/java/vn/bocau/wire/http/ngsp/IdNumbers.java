package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Takes out people's identity numbers, which OpenCPS appends to the description of every parcel ("||CMND: …"). Nobody
 * needs them to carry a letter, so they are kept nowhere: not in our words, and not in the record of what came.
 */
final class IdNumbers {

    private static final String MASK = "***";

    private static final String NAMES = "CMND|CMTND|CMT|CCCD|căn\\s?cước|chứng\\s?minh|hộ\\s?chiếu|passport"
            + "|[sm][ốã]\\s?định\\s?danh|giấy\\s?tờ\\s?t(?:uỳ|ùy)\\s?thân";

    /** A part of a description that is called so, whatever stands in it. */
    private static final Pattern PART =
            Pattern.compile("((?:^|\\|\\|)[^|:：]{0,60}(?:" + NAMES + ")[^|:：]{0,60}[:：])[^|]*", flags());

    /** A number somewhere in a sentence, after one of the names; read without a way back, however long it is. */
    private static final Pattern NUMBER =
            Pattern.compile("((?:" + NAMES + ")[^0-9|]{0,30})[A-Z]?[0-9](?:[ .-]?[0-9]){6,}+", flags());

    private static final Pattern FIELD = Pattern.compile(
            "CMND|CMTND|CCCD|CanCuoc|HoChieu|Passport|DinhDanhCaNhan|SoDinhDanh|IdentityN|IdCard|CitizenId", flags());

    private IdNumbers() {}

    /** The same without them. */
    static JsonNode masked(JsonNode said) {
        if (said.isTextual()) {
            return masked(said.textValue());
        }
        if (said.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            said.forEach(entry -> list.add(masked(entry)));
            return list;
        }
        if (said.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            said.properties().forEach(field -> object.set(field.getKey(), field(field.getKey(), field.getValue())));
            return object;
        }
        return said;
    }

    private static JsonNode field(String name, JsonNode value) {
        boolean isOne =
                value.isValueNode() && !value.isNull() && FIELD.matcher(name).find();
        return isOne ? TextNode.valueOf(MASK) : masked(value);
    }

    private static TextNode masked(String text) {
        String written = Normalizer.normalize(text, Normalizer.Form.NFC);
        String parts = PART.matcher(written).replaceAll("$1 " + MASK);
        String masked = NUMBER.matcher(parts).replaceAll("$1" + MASK);
        return TextNode.valueOf(masked.equals(written) ? text : masked);
    }

    private static int flags() {
        return Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }
}
