package vn.bocau.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import vn.bocau.code.Refused;

/**
 * JSON as the doors read and write it (Jackson 2, the one JSLT speaks). Strict: one value, no key twice, nothing after
 * it. An error says where, never what: the text may hold a person's name.
 */
public final class Json {

    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Json() {}

    /** @throws Refused MALFORMED {@code not-json}, with line and column */
    public static JsonNode parse(String text) {
        try {
            return orEmpty(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation());
        }
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
}
