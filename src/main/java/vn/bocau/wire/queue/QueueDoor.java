package vn.bocau.wire.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Json;

/**
 * Reads what a partner has put on its queue: {@code {"key", "kind", "body"}}. Left out, the key is the JMS message's own
 * id, and the kind is the first of those the partner may send (setting {@code queue-kinds}, separated by spaces);
 * without {@code body} the whole is the body. Who speaks is the queue, never the message.
 */
@Component("queueDoor")
public class QueueDoor {

    static final String KINDS = "queue-kinds";

    private static final String UNREADABLE = "queue.unreadable";
    private static final int LONGEST_KEY = 255;

    private final Directories directories;

    QueueDoor(Directories directories) {
        this.directories = directories;
    }

    /** The kinds a partner may send by its queue; none when it has no queue to us. */
    static List<String> kinds(Partner partner) {
        return Arrays.stream(partner.settings().getOrDefault(KINDS, "").split(" "))
                .filter(kind -> !kind.isBlank())
                .toList();
    }

    /** A message as it lies on the queue. One nobody can read becomes a message too, to be parked with its text. */
    public Inbound open(String partner, Exchange exchange) {
        Message message = exchange.getMessage();
        String text = Objects.requireNonNullElse(message.getBody(String.class), "");
        return new Inbound(partner, ownKey(text).orElseGet(message::getMessageId), UNREADABLE, TextNode.valueOf(text));
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
     * @throws Refused MALFORMED when it is not JSON or holds what nobody can keep, FORBIDDEN when its kind is not the partner's to send
     */
    public Inbound read(Inbound raw) {
        JsonNode message = Json.said(raw.received().asText());
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
        return new Inbound(raw.partner(), raw.key(), kind, message.has("body") ? message.get("body") : message);
    }
}
