package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * A one-stop system that speaks to VNPost's HCC adapter today and was given our address instead: over TLS, a new token
 * for every call, no Content-Type, nulls sent out loud, the same order number for both directions. Nobody calls it: it
 * misbehaves in what it says itself.
 */
@RestController
@RequestMapping(path = "/api/qti-tthcc", produces = MediaType.APPLICATION_JSON_VALUE)
class OneStop {

    private static final String API = "/ngsp/apiVNPostNGSP/p1.0/order";
    private static final String GARBAGE = "<html><body><h1>Bảo trì hệ thống</h1>";
    private static final String FIRST = "000000000000000000000000";

    private final Hub hub;
    private final Received received;
    private final Manners manners;
    private final HeldBack<Word> heldBack = new HeldBack<>(word -> hear(word, Manners.Mode.NONE));

    OneStop(Hub hub, Received received, Manners manners) {
        this.hub = hub;
        this.received = received;
        this.manners = manners;
    }

    /** An order, or that one is called off. */
    private record Word(String number, Function<Manners.Mode, Hub.Answer> send) {}

    /**
     * Places an order as given; see wire format of N-GSP. Answers what the hub answered, and status 202 with {@code {}}
     * when it has heard nothing yet.
     */
    @PostMapping("/orders")
    ResponseEntity<String> order(@RequestBody String body) {
        ObjectNode order = (ObjectNode) Json.read(body);
        order.put("CustomerCode", "QTI-TTHCC");
        return say(new Word(order.path("OrderNumber").asText(), mode -> place(order, mode)));
    }

    /** Calls an order off: {@code {"OrderNumber"}}; answers like {@link #order}. */
    @PostMapping("/cancellations")
    ResponseEntity<String> cancel(@RequestBody String body) {
        String number = Json.read(body).path("OrderNumber").asText();
        return say(new Word(number, mode -> callOff(number)));
    }

    private ResponseEntity<String> say(Word word) {
        Manners.Mode mode = mode();
        if (mode == Manners.Mode.OUT_OF_ORDER && heldBack.keep(word)) {
            return ResponseEntity.accepted().body("{}");
        }
        if (mode == Manners.Mode.DUPLICATE) {
            hear(word, mode);
        }
        String said = hear(word, mode);
        heldBack.letGo();
        return said == null ? ResponseEntity.accepted().body("{}") : ResponseEntity.ok(said);
    }

    /** @return what was answered; null when it was not heard */
    private @Nullable String hear(Word word, Manners.Mode mode) {
        Hub.Answer answer = word.send.apply(mode);
        if (mode == Manners.Mode.DROP_AFTER_COMMIT) {
            return null;
        }
        ObjectNode said = Json.object().put("http", answer.status());
        said.set("body", answer.json());
        received.add(Twin.ONE_STOP.id, "answer", null, word.number, true, said);
        return said.toString();
    }

    private Hub.Answer place(ObjectNode order, Manners.Mode mode) {
        Map<String, String> token = Map.of("Authorization", token());
        return switch (mode) {
            case SLOW -> hub.postSlowlyOverTls(API + "/post", token, order.toString(), Misbehaviour.SLOW);
            case GARBAGE -> hub.postOverTls(API + "/post", token, GARBAGE);
            default -> hub.postOverTls(API + "/post", token, order.toString());
        };
    }

    private Hub.Answer callOff(String number) {
        return hub.getOverTls(
                API + "/cancel?CustomerCode=QTI-TTHCC&OrderNumber=" + URLEncoder.encode(number, StandardCharsets.UTF_8),
                Map.of("Authorization", token()));
    }

    /** Reads the feed from where it stopped the last time to its end. */
    @PostMapping("/poll")
    String poll() {
        boolean hears = mode() != Manners.Mode.DROP_AFTER_COMMIT;
        String cursor = lastRead();
        int read = 0;
        JsonNode page = page(cursor);
        while (hears && !page.isEmpty()) {
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

    /** @throws ResponseStatusException 503 while it is down: then it calls nobody */
    private Manners.Mode mode() {
        Manners.Mode mode = manners.whenSaying(Twin.ONE_STOP);
        if (mode == Manners.Mode.DOWN) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "down");
        }
        return mode;
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
