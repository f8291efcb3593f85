package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The outside carrier's own people: what they do with an order stands in the carrier's feed, which the hub reads. */
@Component
class CarrierHands {

    private record Told(int status, String message) {}

    /** By the numbers this carrier uses. */
    private static final Map<String, Told> FEED = Map.of(
            "PICKUP_ACCEPTED", new Told(10, "Bưu tá đã nhận yêu cầu thu gom"),
            "COLLECTED", new Told(11, "Đã thu gom"),
            "HANDED_TO_AGENCY", new Told(13, "Đã bàn giao cơ quan"),
            "RESULT_COLLECTED", new Told(14, "Đã nhận kết quả từ cơ quan"),
            "OUT_FOR_DELIVERY", new Told(3, "Đang đi phát"),
            "DELIVERED", new Told(4, "Phát thành công"));

    private final Received received;
    private final Carrier carrier;

    CarrierHands(Received received, Carrier carrier) {
        this.received = received;
        this.carrier = carrier;
    }

    /** @return what went wrong; null when nothing did */
    @Nullable
    Problem act(String code, String act, boolean fetching) {
        Optional<String> order = order(code, fetching ? "Thu gom" : "Trả");
        Told told = FEED.get(act);
        if (order.isEmpty() || told == null) {
            return Problem.of("play.carrier.none");
        }
        carrier.happen(Json.object()
                .put("OrderNumber", order.get())
                .put("StatusCode", told.status())
                .put("StatusMessage", told.message()));
        return null;
    }

    /** The newest one for this direction that was not taken back. */
    private Optional<String> order(String code, String service) {
        List<Received.Entry> all = received.all(Twin.CARRIER.id);
        return all.stream()
                .filter(e -> e.what().equals("order") && isFor(e.content(), code, service))
                .map(Received.Entry::dossier)
                .filter(number -> all.stream()
                        .noneMatch(e -> e.what().equals("cancel")
                                && String.valueOf(number).equals(e.dossier())))
                .reduce((before, after) -> after);
    }

    private static boolean isFor(JsonNode order, String code, String service) {
        List<String> parts = List.of(order.path("SenderDesc").asText().split("\\|\\|"));
        return parts.contains("Mã hồ sơ: " + code)
                && parts.stream().anyMatch(part -> part.startsWith("Tên dịch vụ: " + service));
    }
}
