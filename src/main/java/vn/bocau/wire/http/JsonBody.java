package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import vn.bocau.code.Refused;
import vn.bocau.wire.Json;

/** A body as it came over the wire: bytes that must be UTF-8, and JSON that is what {@link Json#said} asks for. */
public final class JsonBody {

    private JsonBody() {}

    /**
     * JSON; or XML as a text that nobody has read yet, when that is what it is said to be.
     *
     * @throws Refused MALFORMED {@code not-json}, {@code unprintable}, {@code not-utf8}
     */
    public static JsonNode parse(byte @Nullable [] body, @Nullable MediaType type) {
        return isXml(type) ? TextNode.valueOf(utf8(body == null ? new byte[0] : body)) : parse(body);
    }

    public static boolean isXml(@Nullable MediaType type) {
        return type != null && type.getSubtype().endsWith("xml");
    }

    /** @throws Refused MALFORMED {@code not-json} or {@code unprintable} */
    public static JsonNode parse(byte @Nullable [] body) {
        return Json.said(utf8(body == null ? new byte[0] : body));
    }

    /**
     * Of somebody whose words are kept whatever they hold: a broken character must not take the rest with it.
     *
     * @throws Refused MALFORMED {@code not-json} or {@code not-utf8}
     */
    public static JsonNode legible(byte[] body) {
        return Json.legible(Json.parse(utf8(body)));
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
}
