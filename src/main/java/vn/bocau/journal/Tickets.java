package vn.bocau.journal;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import jakarta.jms.TransactionRolledBackException;
import java.util.List;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;

/**
 * Lays tickets on the broker's queues. Plain JMS, because Spring's template would bind itself to the database
 * transaction around it, and commit after that instead of before.
 */
@Component
class Tickets {

    /** Artemis drops a message whose id it has seen. */
    private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    private final ConnectionFactory broker;

    Tickets(ConnectionFactory broker) {
        this.broker = broker;
    }

    record Addressed(Ticket ticket, String group) {}

    /**
     * All in one transaction of the broker, in order. When it has some of them already, because a relay died before it
     * could say so in the database, it refuses the batch; then one by one, and it keeps each once.
     *
     * @throws Unavailable when the broker does not take them; it may have some
     */
    void lay(String queue, List<Addressed> tickets) {
        try (Connection connection = broker.createConnection()) {
            try (Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
                send(session, queue, tickets);
                session.commit();
                return;
            } catch (TransactionRolledBackException someAreThere) {
                // Falls through to one by one.
            } catch (JMSException e) {
                if (!isDuplicate(e)) {
                    throw e;
                }
            }
            try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
                send(session, queue, tickets);
            }
        } catch (JMSException e) {
            throw away(e);
        }
    }

    /** @throws Unavailable when the broker would take none */
    void check() {
        try (Connection connection = broker.createConnection()) {
            connection.getMetaData();
        } catch (JMSException e) {
            throw away(e);
        }
    }

    private static Unavailable away(JMSException e) {
        return e instanceof JMSSecurityException
                ? new Unavailable(
                        "broker-refuses-us",
                        "broker từ chối BOCAU_BROKER_USER và BOCAU_BROKER_PASSWORD",
                        "the broker refuses BOCAU_BROKER_USER and BOCAU_BROKER_PASSWORD",
                        e)
                : new Unavailable("broker-away", "broker không trả lời", "the broker does not answer", e);
    }

    private static boolean isDuplicate(JMSException e) {
        return Outages.find(org.apache.activemq.artemis.api.core.ActiveMQDuplicateIdException.class, e)
                .isPresent();
    }

    private static void send(Session session, String queue, List<Addressed> tickets) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            for (Addressed addressed : tickets) {
                TextMessage message =
                        session.createTextMessage(addressed.ticket().toString());
                message.setStringProperty(DUPLICATE_ID, addressed.ticket().toString());
                message.setStringProperty("JMSXGroupID", addressed.group());
                producer.send(message);
            }
        }
    }
}
