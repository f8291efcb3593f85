package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Viettel Post: a token by login, orders by addresses in words, and events it tells itself until it hears 200. */
@RestController
class ViettelPost {

    private static final String PATH = "/carrier/viettel-post/v2";
    private static final String SECRET = "sandbox-viettel-secret";
    private static final String PROOF = "sandbox-viettel-push";
    private static final String OWN = "VT";
    private static final int CANCEL = 4;
    private static final List<String> WAY = List.of("104", "105", "400", "500", "501");
    private static final Map<String, String> NAMES = Map.of(
            "104", "Giao cho bưu tá đi nhận",
            "105", "Bưu tá đã nhận",
            "400", "Khai thác",
            "500", "Giao bưu tá đi phát",
            "501", "Phát thành công");

    private final ParcelOrders orders;
    private final Teller teller;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    ViettelPost(ParcelOrders orders, Teller teller) {
        this.orders = orders;
        this.teller = teller;
    }

    @PostMapping(path = PATH + "/user/Login", produces = MediaType.APPLICATION_JSON_VALUE)
    String login(@RequestBody String body) {
        JsonNode who = Json.read(body);
        if (!who.path("USERNAME").asText().equals("bocau")
                || !who.path("PASSWORD").asText().equals(SECRET)) {
            return said(true, "Sai tài khoản hoặc mật khẩu", null);
        }
        String token = UUID.randomUUID().toString();
        tokens.add(token);
        return said(false, "OK", Json.object().put("token", token));
    }

    @PostMapping(path = PATH + "/order/createOrderNlp", produces = MediaType.APPLICATION_JSON_VALUE)
    String order(@RequestBody String body, @RequestHeader(name = "Token", defaultValue = "") String token) {
        if (!tokens.contains(token)) {
            return said(true, "Token invalid", null);
        }
        JsonNode order = Json.read(body);
        String number = order.path("ORDER_NUMBER").asText();
        if (number.isBlank() || order.path("RECEIVER_PHONE").asText().isBlank()) {
            return said(true, "Thiếu ORDER_NUMBER hoặc RECEIVER_PHONE", null);
        }
        return orders.take(Twin.VIETTEL, number, order)
                ? said(false, "OK", Json.object().put("ORDER_NUMBER", orders.own(Twin.VIETTEL, OWN, number)))
                : said(true, "Mã đơn hàng đã tồn tại", null);
    }

    @PostMapping(path = PATH + "/order/UpdateOrder", produces = MediaType.APPLICATION_JSON_VALUE)
    String update(@RequestBody String body, @RequestHeader(name = "Token", defaultValue = "") String token) {
        if (!tokens.contains(token)) {
            return said(true, "Token invalid", null);
        }
        JsonNode asked = Json.read(body);
        Optional<String> number =
                orders.byOwn(Twin.VIETTEL, OWN, asked.path("ORDER_NUMBER").asText());
        if (asked.path("TYPE").asInt() != CANCEL || number.isEmpty()) {
            return said(true, "Không có đơn hàng", null);
        }
        orders.cancel(Twin.VIETTEL, number.get(), asked);
        return said(false, "OK", null);
    }

    /**
     * Something happens to an order: {@code {"ORDER_REFERENCE", "ORDER_STATUS", "ORDER_STATUSDATE", "STATUS_NAME",
     * "IS_RETURNING", "MONEY_COLLECTION", "TOKEN"}}. What it says it collected is what it was told, unless it is to say otherwise. Without an order it is the newest, without a code its next step.
     */
    @PostMapping(path = "/api/viettel-post/events", produces = MediaType.APPLICATION_JSON_VALUE)
    String tell(@RequestBody String body) {
        JsonNode wish = Json.read(body);
        String number = orders.named(Twin.VIETTEL, wish.path("ORDER_REFERENCE").asText(""));
        String code = wish.has("ORDER_STATUS")
                ? wish.path("ORDER_STATUS").asText()
                : orders.next(Twin.VIETTEL, number, "/DATA/ORDER_STATUS", WAY);
        ObjectNode event = Json.object().put("TOKEN", wish.path("TOKEN").asText(PROOF));
        event.putObject("DATA")
                .put("ORDER_NUMBER", orders.own(Twin.VIETTEL, OWN, number))
                .put("ORDER_REFERENCE", number)
                .put("ORDER_STATUSDATE", wish.path("ORDER_STATUSDATE").asText(When.now()))
                .put("ORDER_STATUS", Integer.parseInt(code))
                .put("STATUS_NAME", wish.path("STATUS_NAME").asText(NAMES.getOrDefault(code, "")))
                .put("LOCALION_CURRENTLY", "Tuyên Bình")
                .put("NOTE", "")
                .put(
                        "MONEY_COLLECTION",
                        wish.path("MONEY_COLLECTION").asLong(orders.told(Twin.VIETTEL, number, "MONEY_COLLECTION")))
                .put("IS_RETURNING", wish.path("IS_RETURNING").asBoolean(false));
        return teller.tell(new Teller.Word(
                Twin.VIETTEL,
                number,
                UUID.randomUUID().toString(),
                Map.of("Content-Type", "application/json"),
                event,
                answer -> answer.status() == 200));
    }

    private static String said(boolean error, String message, @Nullable ObjectNode data) {
        ObjectNode said = Json.object()
                .put("status", error ? 204 : 200)
                .put("error", error)
                .put("message", message);
        said.set("data", data);
        return said.toString();
    }
}
