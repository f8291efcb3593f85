package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A citizen files a dossier on the national portal: {@code {code, request}}. With a request (in the words of the
 * hub's portal API), the portal asks the hub for it and answers what the hub answered.
 */
@RestController
@RequestMapping(path = "/api/dvcqg/dossiers", produces = MediaType.APPLICATION_JSON_VALUE)
class CitizenApi {

    private final DvcqgDossiers dossiers;
    private final PortalClient hub;

    CitizenApi(DvcqgDossiers dossiers, PortalClient hub) {
        this.dossiers = dossiers;
        this.hub = hub;
    }

    @PostMapping
    ResponseEntity<String> file(@RequestBody String body) {
        JsonNode filing = Json.read(body);
        String code = filing.path("code").asText();
        if (code.isBlank()) {
            return ResponseEntity.badRequest().body(Json.write(Map.of("message", "code is missing")));
        }
        dossiers.file(code, filing.path("request"));
        if (filing.path("request").isMissingNode()) {
            return ResponseEntity.status(HttpStatus.CREATED).body("{}");
        }
        Hub.Answer answer = hub.request(code, filing.path("request"));
        return ResponseEntity.status(answer.status()).body(answer.text());
    }
}
