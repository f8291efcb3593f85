package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** MyVNPOST: tells nothing of its own accord; asked, it lists the orders that changed by days, and the history of each. */
@RestController
class MyVnpost {

    private static final String PATH = "/carrier/myvnpost";
    private static final String SECRET = "sandbox-myvnpost-secret";
    private static final String HEADER = "";
    private static final String BY_SALE_ORDER = "2";
    private static final DateTimeFormatter ASKED = DateTimeFormatter.ofPattern("dd-MM-yyyy");
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    /** So that pages and renewed tokens are met every day, and not for the first time on a busy one. */
    private static final int MOST_IN_A_PAGE = 2;

    private static final int USES_OF_A_TOKEN = 50;

    private static final List<String> WAY = List.of("4", "6", "10", "12", "14");
    private static final Map<String, String> NAMES = Map.of(
            "4", "Đang lấy hàng", "6", "Đã lấy hàng", "10", "Đang vận chuyển", "12", "Đang giao", "14", "Đã giao");

    private final ParcelOrders orders;
    private final Received received;
    private final Map<String, Integer> tokens = new ConcurrentHashMap<>();
    private final Map<String, Untold> untold = new ConcurrentHashMap<>();

    /** How it says that a token has ended: one time with HTTP 403, the next in words. */
    private volatile boolean saysInWords;

    /** What it says in place of an order's history. */
    private enum Untold {
        /** That it is asked too much, with HTTP 200. */
        WORDS,
        /** That there is no such order. */
        NOT_FOUND
    }

    private static final class TokenEnded extends RuntimeException {}

    MyVnpost(ParcelOrders orders, Received received) {
        this.orders = orders;
        this.received = received;
    }

    @PostMapping(path = PATH + "/GetAccessToken", produces = MediaType.APPLICATION_JSON_VALUE)
    String token(@RequestBody String body) {
        JsonNode who = Json.read(body);
        if (!who.path("username").asText().equals("bocau")
                || !who.path("password").asText().equals(SECRET)) {
            return error("Sai tài khoản hoặc mật khẩu");
        }
        String token = UUID.randomUUID().toString();
        tokens.put(token, USES_OF_A_TOKEN);
        return Json.write(Map.of("success", true, "errorMessage", "", "token", token));
    }

    @PostMapping(path = PATH + "/CreateOrder", produces = MediaType.APPLICATION_JSON_VALUE)
    String order(@RequestBody String body, @RequestHeader(name = "token", defaultValue = "") String token) {
        use(token);
        JsonNode order = Json.read(body);
        String number = order.at("/informationOrder/saleOrderCode").asText();
        if (number.isBlank()) {
            return error("Thiếu saleOrderCode");
        }
        if (!orders.take(Twin.MYVNPOST, number, order)) {
            return error("Mã đơn hàng đã tồn tại");
        }
        return Json.write(Map.of(
                "success",
                true,
                "orderHdrID",
                orders.own(Twin.MYVNPOST, HEADER, number),
                "itemCode",
                orders.own(Twin.MYVNPOST, "CA", number)));
    }

    @PostMapping(path = PATH + "/orderCancel", produces = MediaType.APPLICATION_JSON_VALUE)
    String cancel(@RequestBody String body, @RequestHeader(name = "token", defaultValue = "") String token) {
        use(token);
        JsonNode asked = Json.read(body);
        Optional<String> number =
                orders.byOwn(Twin.MYVNPOST, HEADER, asked.path("OriginalId").asText());
        number.ifPresent(known -> orders.cancel(Twin.MYVNPOST, known, asked));
        return Json.write(Map.of("Type", number.isPresent() ? "00" : "01"));
    }

    @GetMapping(path = PATH + "/GetListOrder", produces = MediaType.APPLICATION_JSON_VALUE)
    String list(
            @RequestParam("lastUpdateFrom") String from,
            @RequestParam("lastUpdateTo") String to,
            @RequestParam(defaultValue = "0") int page,
            @RequestParam(defaultValue = "200") int size,
            @RequestHeader(name = "token", defaultValue = "") String token,
            @RequestAttribute(Misbehaviour.MODE) Manners.Mode mode) {
        use(token);
        LocalDate first = LocalDate.parse(from, ASKED);
        LocalDate last = LocalDate.parse(to, ASKED);
        List<JsonNode> changed = received.all(Twin.MYVNPOST.id).stream()
                .filter(e -> e.what().equals(ParcelOrders.ORDER) && e.fresh())
                .map(e -> row(String.valueOf(e.dossier())))
                .filter(row -> !day(row).isBefore(first) && !day(row).isAfter(last))
                .toList();
        int most = Math.min(size, MOST_IN_A_PAGE);
        ArrayNode rows = Json.array();
        rows.addAll(
                changed.subList(Math.min(page * most, changed.size()), Math.min((page + 1) * most, changed.size())));
        if (mode == Manners.Mode.DUPLICATE) {
            rows.addAll(rows.deepCopy());
        }
        return Json.object().<ObjectNode>set("results", rows).toString();
    }

    @GetMapping(path = PATH + "/GetStatusHistoryOrder", produces = MediaType.APPLICATION_JSON_VALUE)
    String history(
            @RequestParam String type,
            @RequestParam String code,
            @RequestHeader(name = "token", defaultValue = "") String token,
            @RequestAttribute(Misbehaviour.MODE) Manners.Mode mode) {
        use(token);
        Untold kept = untold.get(code);
        if (kept == Untold.WORDS) {
            return error("Quá số lần truy cập");
        } else if (kept == Untold.NOT_FOUND) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "code");
        }
        if (!type.equals(BY_SALE_ORDER) || orders.of(Twin.MYVNPOST, code).isEmpty()) {
            return Json.write(Map.of("data", List.of()));
        }
        List<JsonNode> told = new ArrayList<>(events(code));
        switch (mode) {
            case DUPLICATE -> told.addAll(List.copyOf(told));
            case OUT_OF_ORDER -> Collections.reverse(told);
            default -> {}
        }
        ObjectNode order = Json.object().put("itemCode", orders.own(Twin.MYVNPOST, "CA", code));
        order.putArray("statusHistory").addAll(told);
        return Json.object().<ObjectNode>set("data", Json.array().add(order)).toString();
    }

    /**
     * Something happens to an order: {@code {"saleOrderCode", "statusCode", "statusName", "createdDate",
     * "createdHour"}}. Without an order it is the newest, without a code its next step.
     */
    @PostMapping(path = "/api/myvnpost/events", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized String happen(@RequestBody String body) {
        JsonNode wish = Json.read(body);
        String number = orders.named(Twin.MYVNPOST, wish.path("saleOrderCode").asText(""));
        String code = wish.has("statusCode")
                ? wish.path("statusCode").asText()
                : orders.next(Twin.MYVNPOST, number, "/statusCode", WAY);
        String[] now = When.now().split(" ");
        ObjectNode event = Json.object()
                .put("createdDate", wish.path("createdDate").asText(now[0]))
                .put("createdHour", wish.path("createdHour").asText(now[1]))
                .put("statusCode", Integer.parseInt(code))
                .put("statusName", wish.path("statusName").asText(NAMES.getOrDefault(code, "")));
        ObjectNode kept = Json.object();
        kept.set("event", event);
        received.add(Twin.MYVNPOST.id, "event", null, number, true, kept);
        return event.toString();
    }

    private JsonNode row(String number) {
        List<JsonNode> told = events(number);
        JsonNode last = told.isEmpty() ? Json.object() : told.get(told.size() - 1);
        String ordered = orders.of(Twin.MYVNPOST, number)
                .map(e -> LocalDate.ofInstant(Instant.parse(e.receivedAt()), When.VIETNAM))
                .orElseThrow()
                .format(WRITTEN);
        return Json.object()
                .put("orderHdrID", orders.own(Twin.MYVNPOST, HEADER, number))
                .put("saleOrderCode", number)
                .put("status", last.path("statusCode").asInt(1))
                .put("lastUpdate", last.path("createdDate").asText(ordered))
                .put("lastHour", last.path("createdHour").asText(""));
    }

    private static LocalDate day(JsonNode row) {
        return LocalDate.parse(row.path("lastUpdate").asText(), WRITTEN);
    }

    private List<JsonNode> events(String number) {
        return received.all(Twin.MYVNPOST.id).stream()
                .filter(e -> e.what().equals("event") && number.equals(e.dossier()))
                .map(e -> e.content().path("event"))
                .toList();
    }

    private void use(String token) {
        Integer left = tokens.computeIfPresent(token, (known, uses) -> uses > 0 ? uses - 1 : null);
        if (left != null) {
            return;
        }
        boolean words = saysInWords;
        saysInWords = !words;
        if (words) {
            throw new TokenEnded();
        }
        throw new ResponseStatusException(HttpStatus.FORBIDDEN, "token");
    }

    @ExceptionHandler(TokenEnded.class)
    ResponseEntity<String> ended() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(error("Token hết hạn"));
    }

    /** All tokens end now, and it says so next: {@code {"told": "words|status"}}. */
    @PostMapping(path = "/api/myvnpost/tokens", produces = MediaType.APPLICATION_JSON_VALUE)
    String end(@RequestBody String body) {
        saysInWords = Json.read(body).path("told").asText().equals("words");
        tokens.clear();
        return "{}";
    }

    /** An order's history is not told: {@code {"saleOrderCode", "told": "words|not-found|again"}}. */
    @PostMapping(path = "/api/myvnpost/histories", produces = MediaType.APPLICATION_JSON_VALUE)
    String keepBack(@RequestBody String body) {
        JsonNode wish = Json.read(body);
        String number = wish.path("saleOrderCode").asText();
        switch (wish.path("told").asText()) {
            case "words" -> untold.put(number, Untold.WORDS);
            case "not-found" -> untold.put(number, Untold.NOT_FOUND);
            case "again" -> untold.remove(number);
            default -> throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "told: words, not-found, again");
        }
        return "{}";
    }

    private static String error(String message) {
        return Json.write(Map.of("success", false, "errorMessage", message));
    }
}
