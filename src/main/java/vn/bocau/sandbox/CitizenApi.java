package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What a citizen does on one of the portals: files a dossier, moves, changes his mind. What is asked for is in the words of
 * the hub's portal API; the portal asks the hub, and answers what the hub answered.
 */
@RestController
@RequestMapping(path = "/api/{portal}", produces = MediaType.APPLICATION_JSON_VALUE)
class CitizenApi {

    private final DvcqgDossiers dossiers;
    private final PortalClient hub;

    CitizenApi(DvcqgDossiers dossiers, PortalClient hub) {
        this.dossiers = dossiers;
        this.hub = hub;
    }

    /** {@code {code, request}}; without a request nothing is asked of the hub. */
    @PostMapping("/dossiers")
    ResponseEntity<String> file(@PathVariable String portal, @RequestBody String body) {
        Twin twin = known(portal);
        JsonNode filing = Json.read(body);
        String code = filing.path("code").asText();
        if (code.isBlank()) {
            return ResponseEntity.badRequest().body(Json.write(Map.of("message", "code is missing")));
        }
        if (twin == Twin.DVCQG) {
            dossiers.file(code, filing.path("request"));
        }
        if (filing.path("request").isMissingNode()) {
            return ResponseEntity.status(HttpStatus.CREATED).body("{}");
        }
        return answered(hub.request(twin, code, filing.path("request")));
    }

    @PostMapping("/address-changes")
    ResponseEntity<String> changeAddress(@PathVariable String portal, @RequestBody String body) {
        return answered(hub.changeAddress(known(portal), Json.read(body)));
    }

    @PostMapping("/cancellations")
    ResponseEntity<String> cancel(@PathVariable String portal, @RequestBody String body) {
        return answered(hub.cancel(known(portal), Json.read(body)));
    }

    private static ResponseEntity<String> answered(Hub.Answer answer) {
        return ResponseEntity.status(answer.status()).body(answer.text());
    }

    private static Twin known(String portal) {
        return PortalClient.portal(portal).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
