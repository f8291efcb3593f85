package vn.bocau.wire.queue;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;
import vn.bocau.code.OwnFault;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.HttpSettings;

/**
 * Reads what a partner has put on its queue: {@code {"key", "kind", "body"}}. Left out, the key is the JMS message's own
 * id, and the kind is the first of those the partner may send (setting {@code queue-kinds}, separated by spaces);
 * without {@code body} the whole is the body. Who speaks is the queue, never the message. How large it may be is the rule
 * of the HTTP doors.
 */
@Component("queueDoor")
public class QueueDoor {

    static final String KINDS = "queue-kinds";

    private static final String UNREADABLE = "queue.unreadable";
    private static final int LONGEST_KEY = 255;

    private final Directories directories;
    private final CamelContext routes;
    private final long limit;

    QueueDoor(Directories directories, CamelContext routes, HttpSettings doors) {
        this.directories = directories;
        this.routes = routes;
        this.limit = doors.maxBody().toBytes();
    }

    /** The kinds a partner may send by its queue; none when it has no queue to us. */
    static List<String> kinds(Partner partner) {
        return Arrays.stream(partner.settings().getOrDefault(KINDS, "").split(" "))
                .filter(kind -> !kind.isBlank())
                .toList();
    }

    /** Whether some route of the map takes messages of a kind, also one that is paused. */
    static boolean isTaken(CamelContext routes, String kind) {
        return routes.getRoutes().stream()
                .map(route -> route.getEndpoint().getEndpointUri().split("\\?")[0])
                .anyMatch(("direct://" + kind)::equals);
    }

    /**
     * A message as it lies on the queue. One nobody can read becomes a message too, to be parked with its text; of one
     * that has none, or more than a door reads, what it is.
     *
     * <p>Without a key it is known by its own id, which the sender's client gave it; or, where that gave none, by the broker's:
     * delivered once more it is the same. A broker that has lost its journal counts from the beginning again, so what it says
     * belongs to it.
     *
     * @throws Unavailable when the broker goes away meanwhile
     */
    public Inbound open(String partner, Message message) {
        try {
            JsonNode brought = Brought.of(message, limit);
            String key = Optional.ofNullable(brought.textValue())
                    .flatMap(QueueDoor::ownKey)
                    .or(() -> id(message))
                    .orElseGet(() -> "broker-"
                            + ((ActiveMQMessage) message).getCoreMessage().getMessageID() + "-"
                            + Sha256.hex(brought.toString().getBytes(StandardCharsets.UTF_8)));
            return new Inbound(partner, key, UNREADABLE, brought);
        } catch (JMSException e) {
            throw new Unavailable("broker-away", "broker không trả lời", "the broker does not answer", e);
        }
    }

    /** Whether the key it was opened with is one its sender gave it: in itself, or as the id of JMS. */
    boolean hasOwnId(Message message, Inbound opened) {
        return id(message).isPresent()
                || Optional.ofNullable(opened.received().textValue())
                        .flatMap(QueueDoor::ownKey)
                        .isPresent();
    }

    private static Optional<String> id(Message message) {
        try {
            return Optional.ofNullable(message.getJMSMessageID());
        } catch (JMSException e) {
            throw new Unavailable("broker-away", "broker không trả lời", "the broker does not answer", e);
        }
    }

    private static Optional<String> ownKey(String text) {
        try {
            return Optional.ofNullable(Json.said(text).path("key").textValue())
                    .filter(key -> !key.isBlank() && key.length() <= LONGEST_KEY);
        } catch (Refused unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Finds out what it is.
     *
     * @throws Refused MALFORMED when it is no text, not JSON or holds what nobody can keep, FORBIDDEN when its kind is
     *     not the partner's to send
     * @throws OwnFault when its row allows a kind that no route takes, also none that is paused: it would wait for ever
     */
    public Inbound read(Inbound raw) {
        JsonNode message = Json.said(Brought.text(raw.received(), limit));
        List<String> allowed = directories
                .current()
                .partner(raw.partner())
                .map(QueueDoor::kinds)
                .orElse(List.of());
        String kind = message.path("kind").asText(allowed.isEmpty() ? "" : allowed.get(0));
        if (!allowed.contains(kind)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "queue-kind",
                    "kind",
                    "Đối tác này không được gửi loại thông điệp đó qua hàng đợi; được phép: " + allowed + ".",
                    "This partner may not send that kind of message by queue; it may send " + allowed + ".");
        }
        if (!isTaken(routes, kind)) {
            throw new OwnFault(
                    "kind-not-taken",
                    "reference/partners.csv: " + KINDS + " of " + raw.partner() + " names " + kind
                            + ", which no route takes");
        }
        return raw.as(kind, message.has("body") ? message.get("body") : message);
    }
}
