package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** EMC, which counts the actions on dossiers: as JSON, or as a form, and taken without a word (204). */
@RestController
class Emc {

    private static final String PATH = "/emc/TrackingMCDT";
    private static final String SITE = "52";

    /** What each field may be. */
    private static final Map<String, String> FORMS = new TreeMap<>(Map.of(
            "codeProfile", ".*\\S.*",
            "codeTTHC", ".*\\S.*",
            "nameTTHC", ".*\\S.*",
            "status", "[0-4]",
            "formsReception", "[12]",
            "formsPayments", "[0-2]",
            "level", "[0134]",
            "isFromDVCQG", "[01]",
            "isDVCBC", "[0-2]"));

    private final Received received;

    Emc(Received received) {
        this.received = received;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> json(
            @RequestBody String body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String messageId) {
        return take(Json.read(body), messageId);
    }

    @PostMapping(
            path = PATH,
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> form(
            @RequestParam Map<String, String> form,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String messageId) {
        return take(Json.of(form), messageId);
    }

    private ResponseEntity<String> take(JsonNode action, @Nullable String messageId) {
        if (!action.path("siteId").asText().equals(SITE)) {
            return ResponseEntity.status(HttpStatus.FORBIDDEN).body("{\"message\":\"siteId\"}");
        }
        for (Map.Entry<String, String> field : FORMS.entrySet()) {
            if (!action.path(field.getKey()).asText().matches(field.getValue())) {
                return ResponseEntity.badRequest().body(Json.write(Map.of("message", field.getKey())));
            }
        }
        received.addOnce(
                Twin.EMC.id,
                "TrackingMCDT",
                messageId,
                action.path("codeProfile").asText(),
                action);
        return ResponseEntity.noContent().build();
    }
}
