package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Carries messages to telephones, or would: here they are read on its page. */
@RestController
class Notifier {

    private static final String TOKEN = "sandbox-notifier-secret";

    /** A message in the GSM alphabet. */
    private static final int LONGEST = 160;

    private static final int SHOWN = 3;

    private final Received received;

    Notifier(Received received) {
        this.received = received;
    }

    @PostMapping(path = "/notifier/messages", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> message(
            @RequestBody String body,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String messageId) {
        if (!("Bearer " + TOKEN).equals(authorization)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"error\":\"token\"}");
        }
        JsonNode said = Json.read(body);
        if (!said.path("to").asText().matches("\\+?[0-9]{8,15}")) {
            return ResponseEntity.badRequest().body("{\"error\":\"to: no telephone number\"}");
        }
        String text = said.path("text").asText();
        if (text.isBlank() || text.length() > LONGEST) {
            return ResponseEntity.badRequest().body("{\"error\":\"text: 1 to " + LONGEST + " letters\"}");
        }
        if (isExpired(said.path("validUntil").asText())) {
            // That somebody came too late with it, and nothing of what it said to whom.
            received.addOnce(
                    Twin.NOTIFIER.id,
                    "expired",
                    messageId == null ? null : "expired-" + messageId,
                    null,
                    Json.object());
            return ResponseEntity.ok("{\"status\":\"EXPIRED\"}");
        }
        boolean fresh = received.addOnce(Twin.NOTIFIER.id, "message", messageId, null, said);
        return ResponseEntity.status(fresh ? HttpStatus.CREATED : HttpStatus.OK).body("{\"status\":\"SENT\"}");
    }

    private static boolean isExpired(String validUntil) {
        try {
            return OffsetDateTime.parse(validUntil).isBefore(OffsetDateTime.now());
        } catch (DateTimeParseException always) {
            return false;
        }
    }

    /** A message as people may see it: of the number no more than tells two apart. */
    static String shown(JsonNode message) {
        String to = message.path("to").asText();
        int hidden = Math.max(0, to.length() - SHOWN);
        return "•".repeat(hidden) + to.substring(hidden) + ": "
                + message.path("text").asText();
    }
}
