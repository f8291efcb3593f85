package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** EMS: takes orders to deliver, and tells of its own accord what happened, under a transaction that it wants to hear again. */
@RestController
class EmsPost {

    private static final String SECRET = "sandbox-ems-secret";
    private static final String PROOF = "sandbox-ems-push";
    private static final String OWN = "EMS";
    private static final List<String> WAY = List.of("20", "40", "50", "60");
    private static final Map<String, String> NAMES =
            Map.of("20", "Đã lấy hàng", "40", "Rời bưu cục", "50", "Đang đi phát", "60", "Phát thành công");

    private final ParcelOrders orders;
    private final Teller teller;

    EmsPost(ParcelOrders orders, Teller teller) {
        this.orders = orders;
        this.teller = teller;
    }

    @PostMapping(path = "/carrier/ems/api/v1/orders/create", produces = MediaType.APPLICATION_JSON_VALUE)
    String order(@RequestBody String body, @RequestParam(name = "merchant_token", defaultValue = "") String token) {
        if (!token.equals(SECRET)) {
            return error("The token could not be parsed from the request");
        }
        JsonNode order = Json.read(body);
        String number = order.path("order_code").asText();
        if (number.isBlank() || order.path("to_phone").asText().isBlank()) {
            return error("Thiếu order_code hoặc to_phone");
        }
        if (!orders.take(Twin.EMS, number, order)) {
            return error("Mã đơn hàng đã tồn tại");
        }
        ObjectNode taken = Json.object().put("code", "success").put("message", "Tạo đơn thành công");
        taken.putObject("data").put("tracking_code", orders.own(Twin.EMS, OWN, number));
        return taken.toString();
    }

    /**
     * Something happens to an order: {@code {"order_code", "status_code", "status_name", "datetime", "transaction",
     * "token", "money_collect"}}. What it says it collected is what it was told, unless it is to say otherwise. Without an order it is the newest, without a code its next step.
     */
    @PostMapping(path = "/api/ems/events", produces = MediaType.APPLICATION_JSON_VALUE)
    String tell(@RequestBody String body) {
        JsonNode wish = Json.read(body);
        String number = orders.named(Twin.EMS, wish.path("order_code").asText(""));
        String code = wish.has("status_code")
                ? wish.path("status_code").asText()
                : orders.next(Twin.EMS, number, "/status_code", WAY);
        ObjectNode event = Json.object()
                .put("tracking_code", orders.own(Twin.EMS, OWN, number))
                .put("order_code", number)
                .put("status_code", code)
                .put("status_name", wish.path("status_name").asText(NAMES.getOrDefault(code, "")))
                .put("note", "")
                .put("locate", "Tuyên Hoá")
                .put("datetime", wish.path("datetime").asText(When.now()))
                .put("total_weight", 100)
                .put("money_collect", wish.path("money_collect").asLong(orders.told(Twin.EMS, number, "money_collect")))
                .put("total_fee", 0);
        String transaction = wish.path("transaction").asText(UUID.randomUUID().toString());
        return teller.tell(new Teller.Word(
                Twin.EMS,
                number,
                transaction,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "ems-transaction",
                        transaction,
                        "token",
                        wish.path("token").asText(PROOF)),
                event,
                answer -> isTaken(answer, transaction)));
    }

    /** Done is what it is told with its own transaction, and nothing else. */
    private static boolean isTaken(Hub.Answer answer, String transaction) {
        return answer.status() == 200
                && answer.json().path("code").asText().equals("success")
                && answer.json().path("transaction").asText().equals(transaction);
    }

    private static String error(String message) {
        return Json.write(Map.of("code", "error", "message", message));
    }
}
