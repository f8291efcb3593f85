package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The national portal's own program that speaks to the hub's portal API: a token, then the request. */
@Component
class PortalClient {

    private static final String CLIENT = "portal-dvcqg";
    private static final String SECRET = "sandbox-portal-secret";

    private final Hub hub;

    PortalClient(Hub hub) {
        this.hub = hub;
    }

    /** Asks for what the citizen wants. The dossier's code is the idempotency key: filed once, asked once. */
    Hub.Answer request(String code, JsonNode request) {
        return hub.post(
                "/api/portal/v1/requests",
                Map.of(
                        "Authorization",
                        bearer(),
                        "Content-Type",
                        "application/json",
                        "Idempotency-Key",
                        "filing-" + code),
                request.toString());
    }

    /** The five facts of a dossier, as the hub tells them. */
    Hub.Answer facts(String code) {
        return hub.get(
                "/api/portal/v1/dossiers/" + URLEncoder.encode(code, StandardCharsets.UTF_8),
                Map.of("Authorization", bearer()));
    }

    private String bearer() {
        Hub.Answer answer = hub.post(
                "/oauth2/token",
                Map.of("Authorization", Hub.basic(CLIENT, SECRET), "Content-Type", "application/x-www-form-urlencoded"),
                "grant_type=client_credentials");
        return "Bearer " + answer.json().path("access_token").asText();
    }
}
