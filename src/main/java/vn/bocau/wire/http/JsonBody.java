package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Refused;
import vn.bocau.wire.Json;

/** A body of JSON as it came over the wire: bytes that must be UTF-8, and what {@link Json#said} asks for. */
public final class JsonBody {

    private JsonBody() {}

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
