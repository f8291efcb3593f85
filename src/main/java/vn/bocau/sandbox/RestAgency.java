package vn.bocau.sandbox;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** An agency's back office that takes notices as JSON. */
@RestController
class RestAgency {

    private static final String TOKEN = "sandbox-rest-secret";

    private final Received received;

    RestAgency(Received received) {
        this.received = received;
    }

    @PostMapping(path = "/agency/rest/notices", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> notice(
            @RequestBody String body,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String messageId) {
        if (!("Bearer " + TOKEN).equals(authorization)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"error\":\"token\"}");
        }
        var said = Json.read(body);
        boolean fresh = received.addOnce(
                Twin.DONG_HA.id, "notice", messageId, said.findPath("code").asText(null), said);
        return ResponseEntity.status(fresh ? HttpStatus.CREATED : HttpStatus.OK).body("{\"status\":\"received\"}");
    }
}
