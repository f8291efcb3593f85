package vn.bocau.wire.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;

/** What a queue brings: the text of a TextMessage or of the bytes of a BytesMessage, or only what else it is. */
final class Brought {

    private static final String TYPE = "jms";
    private static final String LARGE = "large";

    private Brought() {}

    /**
     * @param limit of the text, in bytes of UTF-8
     * @return a text, or in an object what is there in its place
     */
    static JsonNode of(Message message, long limit) throws JMSException {
        String unread = message.getStringProperty(UnreadBodies.TYPE);
        if (unread != null) {
            return large(unread);
        }
        if (message instanceof BytesMessage bytes) {
            return bytes.getBodyLength() > limit ? large("BytesMessage") : TextNode.valueOf(text(bytes));
        }
        if (message instanceof TextMessage text) {
            String said = Objects.requireNonNullElse(text.getText(), "");
            return said.getBytes(StandardCharsets.UTF_8).length > limit ? large("TextMessage") : TextNode.valueOf(said);
        }
        String type = Stream.of(ObjectMessage.class, MapMessage.class, StreamMessage.class)
                .filter(known -> known.isInstance(message))
                .map(Class::getSimpleName)
                .findFirst()
                .orElse("Message");
        return JsonNodeFactory.instance.objectNode().put(TYPE, type);
    }

    private static JsonNode large(String type) {
        return JsonNodeFactory.instance.objectNode().put(TYPE, type).put(LARGE, true);
    }

    private static String text(BytesMessage bytes) throws JMSException {
        byte[] body = new byte[(int) bytes.getBodyLength()];
        bytes.readBytes(body);
        return new String(body, StandardCharsets.UTF_8);
    }

    /** @throws Refused MALFORMED {@code too-large}, {@code queue-message-type} when it is no text */
    static String text(JsonNode brought, long limit) {
        if (brought.isTextual()) {
            return brought.textValue();
        }
        String type = brought.path(TYPE).asText();
        throw brought.has(LARGE)
                ? refused(
                        "too-large",
                        new Text(
                                type + " lớn hơn " + limit + " byte, hoặc được nén: không được đọc, nội dung không được"
                                        + " giữ.",
                                "A " + type + " of more than " + limit + " bytes, or compressed: it is not read and its"
                                        + " content not kept."),
                        new Text(
                                "Báo đối tác chia nhỏ, không nén, rồi gửi lại; sau đó bỏ thông điệp này và ghi lý do.",
                                "Tell the partner to send less at once, uncompressed; then discard this one with a"
                                        + " reason."))
                : refused(
                        "queue-message-type",
                        new Text(
                                "Đây là " + type + " của JMS; hàng đợi chỉ nhận TextMessage, hoặc BytesMessage, chứa"
                                        + " JSON bằng UTF-8.",
                                "It is a " + type + " of JMS; the queue takes a TextMessage, or a BytesMessage, with"
                                        + " JSON in UTF-8."),
                        new Text(
                                "Báo đối tác gửi lại đúng loại; sau đó bỏ thông điệp này và ghi lý do.",
                                "Tell the partner to send it again so; then discard this one with a reason."));
    }

    private static Refused refused(String code, Text wrong, Text remedy) {
        return new Refused(Refused.Ground.MALFORMED, code, List.of(new Refused.Flaw("", wrong)), remedy);
    }
}
