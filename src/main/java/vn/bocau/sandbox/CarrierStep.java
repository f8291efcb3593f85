package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** What the outside carrier does with an order, one after the other, and how its feed tells it. */
enum CarrierStep {
    PICKUP_ACCEPTED(10, "Bưu tá đã nhận yêu cầu thu gom"),
    COLLECTED(11, "Đã thu gom"),
    HANDED_TO_AGENCY(13, "Đã bàn giao cơ quan"),
    RESULT_COLLECTED(14, "Đã nhận kết quả từ cơ quan"),
    OUT_FOR_DELIVERY(3, "Đang đi phát"),
    DELIVERED(4, "Phát thành công");

    private static final Set<CarrierStep> FETCHING = EnumSet.range(PICKUP_ACCEPTED, HANDED_TO_AGENCY);
    private static final Set<CarrierStep> DELIVERING = EnumSet.range(RESULT_COLLECTED, DELIVERED);

    /** By the numbers this carrier uses. */
    final int status;

    final String message;

    CarrierStep(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** Those of this order, by what it says is to be done; none when it is neither to be fetched nor delivered. */
    static Set<CarrierStep> of(JsonNode order) {
        if (isToBe("Thu gom", order)) {
            return FETCHING;
        }
        return isToBe("Trả", order) ? DELIVERING : Set.of();
    }

    static boolean isToBe(String service, JsonNode order) {
        return Stream.of(order.path("SenderDesc").asText().split("\\|\\|"))
                .anyMatch(part -> part.startsWith("Tên dịch vụ: " + service));
    }
}
