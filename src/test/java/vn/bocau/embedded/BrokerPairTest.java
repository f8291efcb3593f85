package vn.bocau.embedded;

import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import vn.bocau.FreePort;

/** Our connections go on with whichever of the brokers given is there, also when the one that ended told them of no other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokerPairTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final int first = FreePort.any();
    private final int second = FreePort.any();

    @ParameterizedTest
    @ValueSource(strings = {"?ha=true", "?ha=true&reconnectAttempts=-1"})
    void one_that_ends_is_not_waited_for(String asked) throws Exception {
        EmbeddedActiveMQ here = started(first);
        EmbeddedActiveMQ there = started(second);
        try (var connections = new Connections(asked)) {
            connections.send();
            here.stop();
            connections.sendsAgain();
            there.stop();
            here.start();
            connections.sendsAgain();
        } finally {
            here.stop();
            there.stop();
        }
    }

    /** As the hub has them. */
    private final class Connections implements AutoCloseable {

        private final JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();

        Connections(String asked) {
            pool.setConnectionFactory(new ActiveMQConnectionFactory(
                    "(tcp://localhost:" + first + ",tcp://localhost:" + second + ")" + asked));
            Broker.impatientConnections().postProcessAfterInitialization(pool, "pool");
        }

        void sendsAgain() {
            await().atMost(SOON).ignoreExceptionsInstanceOf(JMSException.class).until(() -> {
                send();
                return true;
            });
        }

        void send() throws JMSException {
            try (Connection connection = pool.createConnection();
                    Session session = connection.createSession(Session.SESSION_TRANSACTED)) {
                session.createProducer(session.createQueue("partner.test")).send(session.createTextMessage("said"));
                session.commit();
            }
        }

        @Override
        public void close() {
            pool.stop();
        }
    }

    private EmbeddedActiveMQ started(int port) throws Exception {
        Path own = folder.resolve(Integer.toString(port));
        var broker = new EmbeddedActiveMQ()
                .setConfiguration(new ConfigurationImpl()
                        .setSecurityEnabled(false)
                        .setJournalType(JournalType.NIO)
                        .setJournalMinFiles(2)
                        .setBindingsDirectory(own.resolve("bindings").toString())
                        .setJournalDirectory(own.resolve("journal").toString())
                        .setLargeMessagesDirectory(own.resolve("large").toString())
                        .setPagingDirectory(own.resolve("paging").toString())
                        .addAcceptorConfiguration("here", "tcp://localhost:" + port));
        broker.start();
        return broker;
    }
}
