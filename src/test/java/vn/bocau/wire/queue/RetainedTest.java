package vn.bocau.wire.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.QueueImpl;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Unavailable;

/** What a broker says of what it has laid on a queue, when it is slow, and when it says nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetainedTest {

    private static final String ADDRESS = "vm://78";
    private static final int LAID = 3;

    private static EmbeddedActiveMQ broker;
    private static ActiveMQConnectionFactory connections;

    @BeforeAll
    static void start() throws Exception {
        broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .addAcceptorConfiguration("vm", ADDRESS));
        broker.start();
        connections = new ActiveMQConnectionFactory(ADDRESS);
    }

    @AfterAll
    static void stop() throws Exception {
        connections.close();
        broker.stop();
    }

    @Test
    void what_a_slow_broker_has_not_counted_yet_is_waited_for() throws Exception {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession();
                var producer = session.createProducer(session.createQueue("slow"))) {
            connection.start();
            producer.send(session.createMessage());
            var queue = (QueueImpl) broker.getActiveMQServer().locateQueue(SimpleString.of("slow"));
            var questions = new Questions();
            broker.getActiveMQServer().registerBrokerPlugin(questions);
            queue.getExecutor().execute(questions::awaitThem);
            for (int n = 1; n < LAID; n++) {
                producer.send(session.createMessage());
            }

            assertThat(Retained.laid(session, session.createQueue("slow"))).isEqualTo(LAID);
        }
    }

    @Test
    void a_broker_that_refuses_to_say_is_asked_again_later() throws Exception {
        try (Connection connection = connections.createConnection();
                Session session = connection.createSession()) {
            connection.start();
            Queue gone = session.createQueue("gone");
            assertThatThrownBy(() -> Retained.laid(session, gone))
                    .isInstanceOfSatisfying(
                            Unavailable.class,
                            refused -> assertThat(refused.code()).isEqualTo("broker-refuses"));
        }
    }

    /** The queue gets round to nothing until it is asked for what is waited for, or for two numbers. */
    private static final class Questions implements ActiveMQServerPlugin {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final AtomicInteger numbers = new AtomicInteger();

        @Override
        public void beforeSend(
                ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue) {
            if (message.containsProperty(ManagementHelper.HDR_OPERATION_NAME)
                    || message.containsProperty(ManagementHelper.HDR_ATTRIBUTE) && numbers.incrementAndGet() == 2) {
                asked.countDown();
            }
        }

        void awaitThem() {
            try {
                asked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
