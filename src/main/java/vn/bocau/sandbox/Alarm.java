package vn.bocau.sandbox;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Calls operators out of bed, or would: here what it is told is read on its page. */
@RestController
class Alarm {

    private static final String SECRET = "whsec_Ym9jYXUtc2FuZGJveC1hbGVydHMtc2VjcmV0";

    private final Received received;

    Alarm(Received received) {
        this.received = received;
    }

    @PostMapping(path = "/alerts", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> alert(@RequestBody String body, @RequestHeader HttpHeaders headers) {
        if (!Signed.by(SECRET, body, headers)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"message\":\"signature\"}");
        }
        var said = Json.read(body);
        received.addOnce(Twin.ALERTS.id, said.path("type").asText("alert"), headers.getFirst("webhook-id"), null, said);
        return ResponseEntity.ok("{}");
    }
}
