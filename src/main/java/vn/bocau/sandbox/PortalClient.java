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
    private final Manners manners;

    PortalClient(Hub hub, Manners manners) {
        this.hub = hub;
        this.manners = manners;
    }

    /**
     * Asks for what the citizen wants. The dossier's code is the idempotency key: filed once, asked once, also where it
     * is said twice. Dossiers know no order among themselves, so nothing can be said out of it.
     */
    Hub.Answer request(String code, JsonNode request) {
        if (manners.whenSaying(Twin.DVCQG) == Manners.Mode.DUPLICATE) {
            send(code, request);
        }
        return send(code, request);
    }

    private Hub.Answer send(String code, JsonNode request) {
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
