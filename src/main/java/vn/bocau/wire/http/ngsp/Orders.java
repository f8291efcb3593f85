package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.mapping.Mappings;

/**
 * Orders and their cancellation. These clients have no id for what they send, so each call is a message of its own; the
 * domain tells a repeat from a correction by what it says.
 */
@Component
class Orders {

    static final String NO_PRICE =
            Status.NOT_OFFERED.message + ": giá cước do bưu điện tính khi nhận bưu gửi, hệ thống này không tính trước.";
    static final String NO_SERVICE = Status.NOT_OFFERED.message + ": tham số service phải là một trong "
            + Arrays.toString(Service.values()).toLowerCase(java.util.Locale.ROOT) + ".";

    private static final String CUSTOMER = "CustomerCode";
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Entrance entrance;
    private final Mappings mappings;
    private final Directories directories;

    Orders(Entrance entrance, Mappings mappings, Directories directories) {
        this.entrance = entrance;
        this.mappings = mappings;
        this.directories = directories;
    }

    /** One direction: who sends says which. */
    Reply order(String oneStop, byte[] body) {
        return placed(bring(oneStop, "ngsp.order", "order-", JsonBody.parse(withoutMark(body))));
    }

    /** Both directions in one message, or either. */
    Reply document(String oneStop, byte[] body) {
        return placed(bring(oneStop, "ngsp.document", "order-", JsonBody.parse(withoutMark(body))));
    }

    Reply cancel(String oneStop, JsonNode parameters) {
        JsonNode answer = bring(oneStop, "ngsp.cancel", "cancel-", parameters);
        return new Reply(
                switch (answer.path("outcome").asText()) {
                    case "CANCELLED" -> Status.CANCELLED;
                    case "ALREADY_CANCELLED" -> Status.CANCELLED_BEFORE;
                    default -> throw new IllegalStateException("no such outcome of a cancellation");
                });
    }

    private static Reply placed(JsonNode answer) {
        return new Reply(
                switch (answer.path("outcome").asText()) {
                    case "ACCEPTED" -> Status.RECEIVED;
                    case "EXISTS" -> Status.EXISTS;
                    case "CORRECTED" -> Status.CORRECTED;
                    default -> throw new IllegalStateException("no such outcome of an order");
                });
    }

    private JsonNode bring(String oneStop, String kind, String key, JsonNode said) {
        JsonNode kept = IdNumbers.masked(said);
        JsonNode tidy = Spelling.of(mappings.current(), kind).tidy(kept);
        refuseOthers(oneStop, tidy.path(CUSTOMER).asText());
        try {
            return entrance.bring(new Inbound(oneStop, key + UUID.randomUUID(), kind, kept, tidy))
                    .answer();
        } catch (Refused refused) {
            throw inTheirWords(refused, kind);
        }
    }

    /** The domain names fields in our words, the schema in theirs ({@code mappings/ngsp/fields.csv}). */
    private Refused inTheirWords(Refused refused, String kind) {
        return new Refused(
                refused.ground(),
                refused.code(),
                refused.flaws().stream()
                        .map(flaw -> new Refused.Flaw(theirName(flaw.field(), kind), flaw.wrong()))
                        .toList());
    }

    private String theirName(String field, String kind) {
        String ours = field.replaceFirst("^/?(legs/\\d+/)?", "");
        return mappings.current()
                .row("ngsp/fields.csv", Map.of("kind", kind, "ours", ours))
                .map(row -> String.valueOf(row.get("theirs")))
                .orElseGet(() -> ours.replace('/', '.'));
    }

    /** None at all is a missing field, which the schema says better. */
    private void refuseOthers(String oneStop, String customer) {
        boolean own = directories
                .current()
                .partner(oneStop)
                .map(p -> p.settings().get(OneStops.CUSTOMER_CODE))
                .filter(customer::equals)
                .isPresent();
        if (!own && !customer.isEmpty()) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "customer-code",
                    CUSTOMER,
                    "Không phải mã khách hàng cấp cho đơn vị đang gọi.",
                    "This is not the customer code given to the caller.");
        }
    }

    private static byte[] withoutMark(byte[] body) {
        boolean marked = body.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(body, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
        return marked ? Arrays.copyOfRange(body, BYTE_ORDER_MARK.length, body.length) : body;
    }
}
