package vn.bocau.wire.queue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
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

    /**
     * As the broker reads times; in its own zone, which nobody tells, and it chooses by whole files of its journal: so it is asked
     * for {@link ReplaySettings#AROUND} more on either side.
     */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.systemDefault());

    private static final String MANAGEMENT = "activemq.management";
    private static final String BUSY = "AMQ229245";
    private static final long ANSWERS_WITHIN_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long NEXT_WITHIN_MILLIS = Duration.ofSeconds(30).toMillis();
    private static final int MOST = 20_000;

    /** All of it is in memory at once, whatever the number; as UTF-8, of which a text takes twice as much there. */
    private static final DataSize MOST_WORDS = DataSize.ofMegabytes(32);

    /**
     * A message that the broker has kept, as it came to the door.
     *
     * @param ownId whether its sender knows it by the key; otherwise the broker gave one, and its copy has another
     */
    public record Kept(Inbound in, boolean ownId) {}

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
     * As they came to the door, each once, the oldest first: what was sent from {@code since} on and before {@code until}, by the
     * time that its sender's client gave it; and what has none.
     *
     * <p>The broker does not look whether a transaction was committed: what a partner took back before it did may be among them.
     *
     * @throws Refused RULE {@code queue-not-kept} when the partner has no queue or the broker keeps nothing, {@code
     *     replay-too-much}
     * @throws Unavailable when the broker does not answer
     */
    public List<Kept> of(String partner, Instant since, Instant until) {
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
            // Gone with the connection, however this ends: what lies on it is somebody's personal data.
            TemporaryQueue own = session.createTemporaryQueue();
            try (MessageConsumer reader = session.createConsumer(own)) {
                Message asked = invoke(
                        session,
                        "replay",
                        TIME.format(since.minus(ReplaySettings.AROUND)),
                        // A file of the journal is named by when it was full, days after the first message in it.
                        TIME.format(Instant.now().plus(ReplaySettings.AROUND)),
                        "in." + partner,
                        own.getQueueName(),
                        "");
                if (!JMSManagementHelper.hasOperationSucceeded(asked)) {
                    throw refused(String.valueOf(JMSManagementHelper.getResult(asked)));
                }
                return read(session, own, reader, new Window(partner, since, until));
            }
        } catch (JMSException e) {
            throw new Unavailable("broker-away", "broker không trả lời", "the broker does not answer", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private record Window(String partner, Instant since, Instant until) {

        /** What no clock of a sender says anything about cannot be told from what is asked for. */
        boolean holds(Message message) throws JMSException {
            Instant sent = Instant.ofEpochMilli(message.getJMSTimestamp());
            return message.getJMSTimestamp() == 0 || !sent.isBefore(since) && sent.isBefore(until);
        }
    }

    /** All that the broker has laid on the queue by its own count, however long it takes a breath in between. */
    private List<Kept> read(Session session, Queue own, MessageConsumer reader, Window window) throws Exception {
        List<Kept> found = new ArrayList<>();
        Set<String> known = new HashSet<>();
        long bytes = 0;
        long read = 0;
        for (long laid = laid(session, own); read < laid; laid = laid(session, own)) {
            for (; read < laid; read++) {
                Message message = reader.receive(NEXT_WITHIN_MILLIS);
                if (message == null && laid(session, own) <= read) {
                    break;
                }
                if (message == null) {
                    throw new Unavailable(
                            "broker-away",
                            "broker ngừng giữa chừng, mới đưa " + read + " trên " + laid + " thông điệp",
                            "the broker stopped after " + read + " of " + laid + " messages");
                }
                if (window.holds(message)) {
                    Inbound in = door.open(window.partner, message);
                    byte[] words = (in.key() + "\n" + in.received()).getBytes(StandardCharsets.UTF_8);
                    if (known.add(Sha256.hex(words))) {
                        found.add(new Kept(in, door.hasOwnId(message, in)));
                        bytes += words.length;
                    }
                }
                if (found.size() > MOST || bytes > MOST_WORDS.toBytes()) {
                    throw tooMuch();
                }
            }
        }
        return List.copyOf(found);
    }

    private static Refused tooMuch() {
        return new Refused(
                Refused.Ground.RULE,
                "replay-too-much",
                "/since",
                "Broker giữ hơn " + MOST + " thông điệp, hoặc hơn " + MOST_WORDS.toMegabytes()
                        + " MB, trong khoảng ấy; hãy chọn khoảng ngắn hơn.",
                "The broker has kept more than " + MOST + " messages, or more than " + MOST_WORDS.toMegabytes()
                        + " MB, of that time; choose a shorter one.");
    }

    /** A copy has the time to live of what it is a copy of; what that is over for is laid down and comes to nobody. */
    static long laid(Session session, Queue own) throws Exception {
        // It counts what it gets round to, later than it lays it down.
        Message flush = session.createMessage();
        JMSManagementHelper.putOperationInvocation(flush, ResourceNames.QUEUE + own.getQueueName(), "flushExecutor");
        answer(session, flush);
        return counted(session, own, "messagesAdded") - counted(session, own, "messagesExpired");
    }

    private static long counted(Session session, Queue own, String what) throws Exception {
        Message question = session.createMessage();
        JMSManagementHelper.putAttribute(question, ResourceNames.QUEUE + own.getQueueName(), what);
        if (answer(session, question) instanceof Number number) {
            return number.longValue();
        }
        throw unwilling("no number: " + what);
    }

    private static @Nullable Object answer(Session session, Message question) throws Exception {
        Message answer = ask(session, question);
        Object result = JMSManagementHelper.getResult(answer);
        if (!JMSManagementHelper.hasOperationSucceeded(answer)) {
            throw unwilling(String.valueOf(result));
        }
        return result;
    }

    private static Unavailable unwilling(String why) {
        LOG.warn("the broker does not say what it has laid down: {}", why);
        return new Unavailable(
                "broker-refuses",
                "broker không cho biết đã phát lại bao nhiêu; hãy xem nhật ký và quyền quản trị của broker",
                "the broker does not say how much it has laid down; look at the log and at the rights to its management");
    }

    private static Message invoke(Session session, String operation, Object... parameters) throws JMSException {
        Message question = session.createMessage();
        JMSManagementHelper.putOperationInvocation(question, ResourceNames.BROKER, operation, parameters);
        return ask(session, question);
    }

    private static Message ask(Session session, Message question) throws JMSException {
        Queue management = session.createQueue(MANAGEMENT);
        TemporaryQueue answers = session.createTemporaryQueue();
        try (var asking = session.createProducer(management)) {
            try (var hearing = session.createConsumer(answers)) {
                question.setJMSReplyTo(answers);
                asking.send(question);
                Message answer = hearing.receive(ANSWERS_WITHIN_MILLIS);
                if (answer == null) {
                    throw new JMSException("no answer from " + MANAGEMENT);
                }
                return answer;
            }
        } finally {
            answers.delete();
        }
    }

    private static RuntimeException refused(String why) {
        LOG.warn("the broker does not replay: {}", why);
        return why.contains(BUSY)
                ? new Unavailable(
                        "broker-busy",
                        "broker đang bận một việc quản trị khác, như một lần phát lại; hãy thử lại",
                        "the broker is busy with another task of its management, such as another replay; try again")
                : notKept();
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
