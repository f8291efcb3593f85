package vn.bocau.wire.queue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.code.Unavailable;
import vn.bocau.directory.Directories;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.ReplaySettings;

/**
 * What has passed through a partner's queue to us, as the broker has kept it ({@code journal-retention-directory}). The broker
 * lays it on a queue of its own for us to read, never on the partner's. It is asked by management messages, so it may be any
 * Artemis.
 */
@Component
public class Retained {

    private static final Logger LOG = LoggerFactory.getLogger(Retained.class);

    /** As the broker reads times; in its own zone, which nobody tells: so it is asked for a day more on either side. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.systemDefault());

    private static final Duration AROUND = Duration.ofDays(1);
    private static final String MANAGEMENT = "activemq.management";
    private static final long ANSWERS_WITHIN_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long NOTHING_MORE_AFTER_MILLIS = 1000;
    private static final int MOST = 20_000;

    private final ConnectionFactory broker;
    private final QueueDoor door;
    private final Directories directories;
    private final ReplaySettings settings;

    Retained(ConnectionFactory broker, QueueDoor door, Directories directories, ReplaySettings settings) {
        this.broker = broker;
        this.door = door;
        this.directories = directories;
        this.settings = settings;
    }

    /**
     * As they came to the door, each once, the oldest first.
     *
     * @throws Refused RULE {@code queue-not-kept} when the partner has no queue or the broker keeps nothing, {@code
     *     replay-too-much}
     * @throws Unavailable when the broker does not answer
     */
    public List<Inbound> of(String partner, Instant since, Instant until) {
        boolean hasQueue = directories
                .current()
                .partner(partner)
                .filter(known -> !QueueDoor.kinds(known).isEmpty())
                .isPresent();
        if (!hasQueue || settings.retention().isZero()) {
            throw notKept();
        }
        try (Connection connection = broker.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            String own = "replay." + UUID.randomUUID();
            try (MessageConsumer reader = session.createConsumer(session.createQueue(own))) {
                Message asked = ask(
                        session,
                        "replay",
                        TIME.format(since.minus(AROUND)),
                        TIME.format(until.plus(AROUND)),
                        "in." + partner,
                        own,
                        "");
                if (!JMSManagementHelper.hasOperationSucceeded(asked)) {
                    LOG.warn("the broker does not replay: {}", JMSManagementHelper.getResult(asked));
                    throw notKept();
                }
                return read(partner, reader);
            } finally {
                ask(session, "destroyQueue", own, true, true);
            }
        } catch (JMSException e) {
            throw new Unavailable("broker-away", "broker không trả lời", "the broker does not answer", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Inbound> read(String partner, MessageConsumer reader) throws JMSException {
        Map<String, Inbound> found = new LinkedHashMap<>();
        Message message = reader.receive(NOTHING_MORE_AFTER_MILLIS);
        while (message != null) {
            Inbound in = door.open(partner, message);
            found.putIfAbsent(in.key() + "\n" + in.received(), in);
            if (found.size() > MOST) {
                throw new Refused(
                        Refused.Ground.RULE,
                        "replay-too-much",
                        "/since",
                        "Broker giữ hơn " + MOST + " thông điệp từ lúc ấy; hãy chọn thời điểm muộn hơn.",
                        "The broker has kept more than " + MOST + " messages since then; choose a later time.");
            }
            message = reader.receive(NOTHING_MORE_AFTER_MILLIS);
        }
        return List.copyOf(found.values());
    }

    private static Message ask(Session session, String operation, Object... parameters) throws JMSException {
        Queue management = session.createQueue(MANAGEMENT);
        Queue answers = session.createTemporaryQueue();
        try (var asking = session.createProducer(management);
                var hearing = session.createConsumer(answers)) {
            Message question = session.createMessage();
            JMSManagementHelper.putOperationInvocation(question, ResourceNames.BROKER, operation, parameters);
            question.setJMSReplyTo(answers);
            asking.send(question);
            Message answer = hearing.receive(ANSWERS_WITHIN_MILLIS);
            if (answer == null) {
                throw new JMSException("no answer from " + MANAGEMENT);
            }
            return answer;
        }
    }

    private static Refused notKept() {
        return new Refused(
                Refused.Ground.RULE,
                "queue-not-kept",
                "/partner",
                "Đối tác không có hàng đợi tới ta, hoặc broker không giữ lại gì: đặt journal-retention-directory ở broker và"
                        + " BOCAU_REPLAY_RETENTION.",
                "The partner has no queue to us, or the broker keeps nothing: set journal-retention-directory at the broker"
                        + " and BOCAU_REPLAY_RETENTION.");
    }

    /**
     * What it is once it is read, as it was kept when it was accepted.
     *
     * @return the same when nobody can read it
     */
    public Inbound read(Inbound raw) {
        try {
            return door.read(raw);
        } catch (Refused unreadable) {
            return raw;
        }
    }
}
