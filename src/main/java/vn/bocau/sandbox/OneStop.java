package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A one-stop system that speaks to VNPost's HCC adapter today and was given our address instead: over TLS, a new token
 * for every call, no Content-Type, nulls sent out loud, the same order number for both directions.
 */
@RestController
@RequestMapping(path = "/api/qti-tthcc", produces = MediaType.APPLICATION_JSON_VALUE)
class OneStop {

    private static final String API = "/ngsp/apiVNPostNGSP/p1.0/order";
    private static final String FIRST = "000000000000000000000000";

    private final Hub hub;
    private final Received received;

    OneStop(Hub hub, Received received) {
        this.hub = hub;
        this.received = received;
    }

    /** Places an order as given; see wire format of N-GSP. Answers what the hub answered. */
    @PostMapping("/orders")
    String order(@RequestBody String body) {
        ObjectNode order = (ObjectNode) Json.read(body);
        order.put("CustomerCode", "QTI-TTHCC");
        Hub.Answer answer = hub.postOverTls(API + "/post", Map.of("Authorization", token()), order.toString());
        ObjectNode said = Json.object().put("http", answer.status());
        said.set("body", answer.json());
        received.add(Twin.ONE_STOP.id, "answer", null, order.path("OrderNumber").asText(), true, said);
        return said.toString();
    }

    @PostMapping("/cancellations")
    String cancel(@RequestBody String body) {
        String number = Json.read(body).path("OrderNumber").asText();
        Hub.Answer answer = hub.getOverTls(
                API + "/cancel?CustomerCode=QTI-TTHCC&OrderNumber=" + number, Map.of("Authorization", token()));
        return answer.text();
    }

    /** Reads the feed from where it stopped the last time to its end. */
    @PostMapping("/poll")
    String poll() {
        String cursor = lastRead();
        int read = 0;
        JsonNode page = page(cursor);
        while (!page.isEmpty()) {
            for (JsonNode event : page) {
                cursor = event.path("_id").path("$oid").asText();
                received.add(
                        Twin.ONE_STOP.id,
                        "event",
                        cursor,
                        event.path("OrderNumber").asText(),
                        true,
                        event);
                read++;
            }
            page = page(cursor);
        }
        return Json.write(Map.of("read", read, "cursor", cursor));
    }

    private JsonNode page(String cursor) {
        Hub.Answer answer =
                hub.getOverTls(API + "/tracking?pagesize=100&lastId=" + cursor, Map.of("Authorization", token()));
        return answer.json().path("_embedded").path("rh:doc");
    }

    private String lastRead() {
        return received.all(Twin.ONE_STOP.id).stream()
                .filter(e -> e.what().equals("event") && e.messageId() != null)
                .map(Received.Entry::messageId)
                .reduce(FIRST, (before, after) -> after);
    }

    private String token() {
        Hub.Answer answer = hub.postOverTls(
                "/ngsp/token",
                Map.of("Authorization", Hub.basic("sandbox-key", "sandbox-secret")),
                "grant_type=client_credentials");
        JsonNode token = answer.json();
        return token.path("token_type").asText() + " "
                + token.path("access_token").asText();
    }
}
