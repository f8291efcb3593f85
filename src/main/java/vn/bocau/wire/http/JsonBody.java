package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;

/**
 * A body of JSON as it came over the wire: bytes that must be UTF-8, one value, and nothing in it that a database or a
 * screen cannot hold. What is wrong is told by its place.
 */
public final class JsonBody {

    /** The longest amount, time or count anybody sends has fewer digits. */
    private static final int DIGITS = 30;

    private JsonBody() {}

    /** @throws Refused MALFORMED {@code not-json} or {@code unprintable} */
    public static JsonNode parse(byte @Nullable [] body) {
        JsonNode json = Json.parse(utf8(body == null ? new byte[0] : body));
        List<Refused.Flaw> flaws = new ArrayList<>();
        inspect(json, "", flaws);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "unprintable", flaws);
        }
        return json;
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "not-utf8",
                    "",
                    "Nội dung không phải là UTF-8; hãy gửi lại bằng UTF-8.",
                    "The content is not UTF-8; send it in UTF-8.");
        }
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

    private static boolean printable(String text) {
        return text.codePoints()
                .noneMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
                        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
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
