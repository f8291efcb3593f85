package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** An outside carrier that serves the N-GSP contract: token, order, cancel, and a feed of what happened to the orders. */
@RestController
class Carrier {

    private static final String PATH = "/carrier/ngsp";
    private static final String CLIENT = "bocau:sandbox-carrier-secret";
    private static final String ORDER = "order";
    private static final String EVENT = "event";

    private final Received received;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    Carrier(Received received) {
        this.received = received;
    }

    @PostMapping(path = PATH + "/token", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> token(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        String expected = "Basic " + Base64.getEncoder().encodeToString(CLIENT.getBytes(StandardCharsets.UTF_8));
        if (!expected.equals(authorization)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body("{\"error\":\"invalid_client\"}");
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        return ResponseEntity.ok(Json.write(Map.of("access_token", token, "token_type", "Bearer", "expires_in", 3600)));
    }

    @PostMapping(path = PATH + "/apiVNPostNGSP/p1.0/order/post", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized ResponseEntity<String> order(
            @RequestBody String body,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        authenticate(authorization);
        JsonNode order = Json.read(body);
        String number = order.path("OrderNumber").asText();
        if (number.isBlank()) {
            return result(102, "Thiếu OrderNumber");
        }
        boolean fresh = order(number).isEmpty();
        received.add(Twin.CARRIER.id, ORDER, null, number, fresh, order);
        return fresh ? result(100, "Tiếp nhận thành công") : result(101, "Đơn hàng đã tồn tại");
    }

    @GetMapping(path = PATH + "/apiVNPostNGSP/p1.0/order/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized ResponseEntity<String> cancel(
            @RequestParam("OrderNumber") String number,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        authenticate(authorization);
        boolean fresh = received.all(Twin.CARRIER.id).stream()
                .noneMatch(e -> e.what().equals("cancel") && number.equals(e.dossier()));
        received.add(Twin.CARRIER.id, "cancel", null, number, fresh, Json.object());
        return order(number).isPresent() ? result(100, "Huỷ thành công") : result(104, "Không có đơn hàng");
    }

    @GetMapping(path = PATH + "/apiVNPostNGSP/p1.0/order/tracking", produces = MediaType.APPLICATION_JSON_VALUE)
    String tracking(
            @RequestParam("pagesize") int size,
            @RequestParam("lastId") String lastId,
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestAttribute(Misbehaviour.MODE) Manners.Mode mode) {
        authenticate(authorization);
        List<JsonNode> later = new ArrayList<>(received.all(Twin.CARRIER.id).stream()
                .filter(e -> e.what().equals(EVENT))
                .map(Received.Entry::content)
                .filter(e -> e.path("_id").path("$oid").asText().compareTo(lastId) > 0)
                .toList());
        List<JsonNode> page = new ArrayList<>(later.subList(0, Math.min(size, later.size())));
        switch (mode) {
            case DUPLICATE -> page.addAll(List.copyOf(page));
            case OUT_OF_ORDER -> Collections.reverse(page);
            default -> {}
        }
        ObjectNode answer = Json.object()
                .put("_size", later.size())
                .put("_total_pages", (later.size() + size - 1) / Math.max(size, 1))
                .put("_returned", page.size());
        ArrayNode docs = answer.putObject("_embedded").putArray("rh:doc");
        docs.addAll(page);
        return answer.toString();
    }

    /**
     * Something happens to an order: {@code {"OrderNumber", "StatusCode", "StatusMessage", "Notes"}}; an {@code _id} of
     * one's own too. Without a code it is the next step of this order.
     */
    @PostMapping(path = "/api/carrier-x/events", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized String tell(@RequestBody String body) {
        JsonNode wish = Json.read(body);
        String number = wish.path("OrderNumber").asText();
        JsonNode event = wish.has("StatusCode") ? happen(wish) : happen(number, next(number));
        return event.toString();
    }

    JsonNode happen(String number, CarrierStep step) {
        return happen(Json.object()
                .put("OrderNumber", number)
                .put("StatusCode", step.status)
                .put("StatusMessage", step.message));
    }

    private CarrierStep next(String number) {
        Set<Integer> told = received.all(Twin.CARRIER.id).stream()
                .filter(e -> e.what().equals(EVENT) && number.equals(e.dossier()))
                .map(e -> e.content().path("StatusCode").asInt())
                .collect(Collectors.toSet());
        return CarrierStep.of(placed(number)).stream()
                .filter(step -> !told.contains(step.status))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.CONFLICT, "nothing is left to do with this order; say a StatusCode"));
    }

    /** @throws ResponseStatusException 404 when no such order was placed */
    private JsonNode placed(String number) {
        return order(number)
                .orElseThrow(
                        () -> new ResponseStatusException(
                                HttpStatus.NOT_FOUND,
                                "OrderNumber: chưa có đơn này; hãy nộp một hồ sơ ở Hải Lăng · no such order; file a dossier in Hải Lăng first"));
    }

    synchronized JsonNode happen(JsonNode wish) {
        String number = wish.path("OrderNumber").asText();
        JsonNode order = placed(number);
        ObjectNode event = Json.object();
        event.putObject("_id").put("$oid", wish.at("/_id/$oid").asText(nextId()));
        event.put("CustomerCode", order.path("CustomerCode").asText())
                .put("OrderNumber", number)
                .put("EventTime", wish.path("EventTime").asLong(Instant.now().toEpochMilli()))
                .put("POSID", wish.path("POSID").asText("526000"))
                .put("ItemCode", order.path("ItemCode").asText(""))
                .put("StatusCode", wish.path("StatusCode").asInt())
                .put("StatusMessage", wish.path("StatusMessage").asText(""))
                .put("Notes", wish.path("Notes").asText(""));
        received.add(Twin.CARRIER.id, EVENT, null, number, true, event);
        return event;
    }

    /** Time and a count, as MongoDB makes them: they go on rising when everything received is forgotten. */
    private String nextId() {
        int n = received.all(Twin.CARRIER.id).size() + 1;
        return String.format(java.util.Locale.ROOT, "%016x%08x", Instant.now().toEpochMilli(), n);
    }

    private Optional<JsonNode> order(String number) {
        return received.all(Twin.CARRIER.id).stream()
                .filter(e -> e.what().equals(ORDER) && number.equals(e.dossier()))
                .map(Received.Entry::content)
                .findFirst();
    }

    private void authenticate(@Nullable String authorization) {
        if (authorization == null || !tokens.contains(authorization.replaceFirst("(?i)^Bearer ", ""))) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "token");
        }
    }

    /** The contract answers 201 whatever it says; only a missing token is a 401. */
    private static ResponseEntity<String> result(int status, String message) {
        return ResponseEntity.status(HttpStatus.CREATED).body(Json.write(Map.of("Status", status, "Message", message)));
    }
}
