package vn.bocau.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An OpenCPS portal, told by actions on a dossier, and a portal that takes signed webhooks. */
@RestController
class OtherPortals {

    private static final String OPENCPS_TOKEN = "sandbox-opencps-secret";
    private static final String WEBHOOK_SECRET = "whsec_Ym9jYXUtc2FuZGJveC13ZWJob29rLXNlY3JldA==";

    private final Received received;

    OtherPortals(Received received) {
        this.received = received;
    }

    @PostMapping(
            path = "/portal/opencps/o/rest/v2/dossiers/{dossier}/actions",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> action(
            @PathVariable String dossier,
            @RequestParam Map<String, String> form,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestHeader(name = "groupId", required = false) @Nullable String group,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String messageId) {
        if (!("Bearer " + OPENCPS_TOKEN).equals(authorization) || group == null) {
            return ResponseEntity.status(HttpStatus.FORBIDDEN).body("{\"code\":403,\"message\":\"token invalid\"}");
        }
        if (form.getOrDefault("actionCode", "").isBlank()) {
            return ResponseEntity.badRequest().body("{\"code\":400,\"message\":\"actionCode is missing\"}");
        }
        boolean fresh = received.addOnce(Twin.OPENCPS.id, "action", messageId, dossier, Json.of(form));
        return fresh
                ? ResponseEntity.ok("{\"dossierActionId\":1}")
                : ResponseEntity.status(HttpStatus.CONFLICT).body("{\"code\":409,\"message\":\"action đã thực hiện\"}");
    }

    @PostMapping(path = "/portal/webhook", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> webhook(@RequestBody String body, @RequestHeader HttpHeaders headers) {
        if (!Signed.by(WEBHOOK_SECRET, body, headers)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"message\":\"signature\"}");
        }
        String id = headers.getFirst("webhook-id");
        var said = Json.read(body);
        String code = said.findPath("code").asText(null);
        received.addOnce(Twin.WEBHOOK.id, said.path("type").asText("webhook"), id, code, said);
        return ResponseEntity.ok("{}");
    }
}
