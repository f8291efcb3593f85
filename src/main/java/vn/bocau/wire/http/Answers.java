package vn.bocau.wire.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import vn.bocau.wire.mapping.OwnWords;

/** What a door answers, as bytes of UTF-8: JSON, whatever form of answer was asked for; or XML, where XML was spoken. */
public final class Answers {

    private static final MediaType XML = new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8);

    private Answers() {}

    public static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder answer, JsonNode json) {
        return said(answer, MediaType.APPLICATION_JSON, json.toString());
    }

    public static ResponseEntity<byte[]> xml(ResponseEntity.BodyBuilder answer, String xml) {
        return said(answer, XML, xml);
    }

    /** In a partner's own words. */
    public static ResponseEntity<byte[]> of(ResponseEntity.BodyBuilder answer, OwnWords.Words words) {
        return said(answer, words.xml() ? XML : MediaType.APPLICATION_JSON, words.text());
    }

    private static ResponseEntity<byte[]> said(ResponseEntity.BodyBuilder answer, MediaType type, String text) {
        return answer.contentType(type).body(text.getBytes(StandardCharsets.UTF_8));
    }
}
