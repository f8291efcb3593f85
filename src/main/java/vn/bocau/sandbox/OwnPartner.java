package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A partner that is yet to be: whatever is said to it below {@code /own/<name>} it writes down as it came, and answers what
 * it was told to answer under that name.
 */
@RestController
class OwnPartner {

    /** Of the client's making, not of the dialect's. */
    private static final Set<String> TRANSPORT = Set.of(
            "connection", "content-length", "host", "http2-settings", "transfer-encoding", "upgrade", "user-agent");

    private static final Answer EMPTY = new Answer(200, "application/json", "{}");

    private record Answer(int status, String type, String body) {}

    private final Received received;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    OwnPartner(Received received) {
        this.received = received;
    }

    @RequestMapping("/own/{name}/**")
    ResponseEntity<byte[]> hear(
            @PathVariable String name,
            HttpServletRequest request,
            @RequestHeader HttpHeaders headers,
            @RequestBody(required = false) byte @Nullable [] body) {
        ObjectNode came = Json.object().put("method", request.getMethod()).put("address", request.getRequestURI());
        ObjectNode said = came.putObject("headers");
        headers.forEach((header, values) -> {
            if (!TRANSPORT.contains(header.toLowerCase(java.util.Locale.ROOT))) {
                said.put(header, String.join(", ", values));
            }
        });
        came.put("body", body == null ? "" : new String(body, StandardCharsets.UTF_8));
        received.add(Twin.OWN.id, name, null, null, true, came);
        Answer answer = answers.getOrDefault(name, EMPTY);
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.parseMediaType(answer.type()))
                .body(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    /** {@code {"status", "type", "body"}}, each as in an empty answer of JSON when left out. */
    @PostMapping(path = "/api/own/answers/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    String answer(@PathVariable String name, @RequestBody String body) {
        JsonNode wish = Json.read(body);
        var answer = new Answer(
                wish.path("status").asInt(EMPTY.status()),
                wish.path("type").asText(EMPTY.type()),
                wish.path("body").asText(EMPTY.body()));
        MediaType.parseMediaType(answer.type());
        answers.put(name, answer);
        return Json.write(answer);
    }
}
