package vn.bocau.embedded;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.MetricsConfiguration;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.artemis.autoconfigure.ArtemisConfigurationCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Our own Artemis, with its journal on disk, unless {@code bocau.broker.url} names another. */
@Configuration(proxyBeanMethods = false)
class Broker {

    /** How long the journal may wait to sync several writes at once: the default of 3.3 ms allows 270 messages a second. */
    private static final int SYNC_EVERY_NANOS = 100_000;

    /** Of what has passed through; the oldest goes first. */
    private static final long MOST_RETAINED = 1L << 30;

    private static final int RETRY_MILLIS = 50;
    private static final int GROUP_BUCKETS = 1024;
    private static final int FIRST_REDELIVERY_MILLIS = 1000;
    private static final int LAST_REDELIVERY_MILLIS = 30_000;

    /** The journal's folder is one process's; with an embedded PostgreSQL that one has occupied it. */
    @Bean(destroyMethod = "close")
    @ConditionalOnBooleanProperty("bocau.embedded.broker")
    @ConditionalOnBooleanProperty(name = "bocau.embedded.database", havingValue = false)
    FileChannel journalsFolder(Environment environment) {
        return DataFolder.of(environment).occupy();
    }

    /** @param occupied taken only so that it is occupied first, and let go last */
    @Bean
    ArtemisConfigurationCustomizer durableJournal(
            ObjectProvider<FileChannel> occupied, MeterRegistry meters, Environment environment) {
        occupied.ifAvailable(folder -> {});
        Duration retention = environment.getProperty("bocau.replay.retention", Duration.class, Duration.ZERO);
        return configuration -> {
            if (!retention.isZero()) {
                configuration
                        .setJournalRetentionDirectory(
                                Path.of(environment.getRequiredProperty("spring.artemis.embedded.data-directory"))
                                        .resolve("retention")
                                        .toAbsolutePath()
                                        .toString())
                        .setJournalRetentionPeriod(TimeUnit.SECONDS, retention.toSeconds())
                        .setJournalRetentionMaxBytes(MOST_RETAINED);
            }
            configuration
                    .setJournalType(JournalType.NIO)
                    .setJournalBufferTimeout_NIO(SYNC_EVERY_NANOS)
                    .setJournalSyncTransactional(true)
                    .setJournalSyncNonTransactional(true)
                    .setJournalDatasync(true)
                    .setJournalMinFiles(2)
                    .setMaxDiskUsage(95)
                    .addAddressSetting("#", queues())
                    .setMetricsConfiguration(
                            new MetricsConfiguration().setJvmMemory(false).setPlugin(new OurMeters(meters)));
        };
    }

    /**
     * A connection to a broker that is away fails at once, and the next is tried at each address that was given, in turn.
     * By default each sleeps two seconds first, one after another; and one that is told to reconnect by itself
     * ({@code reconnectAttempts}) knows of a backup only what the broker told it last: when a primary ends by itself it goes
     * back to that one's address for ever, while the backup carries on.
     */
    @Bean
    static BeanPostProcessor impatientConnections() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof JmsPoolConnectionFactory pool
                        && pool.getConnectionFactory() instanceof ActiveMQConnectionFactory connections) {
                    connections.setRetryInterval(RETRY_MILLIS);
                    connections.setReconnectAttempts(0);
                    connections.setUseTopologyForLoadBalancing(false);
                }
                return bean;
            }
        };
    }

    /** It stops by itself when its disk fails it. Without it everything is accepted and waits, so it is never given up. */
    @Bean
    @ConditionalOnProperty(name = "spring.artemis.mode", havingValue = "embedded")
    Keeper brokerKeeper(EmbeddedActiveMQ broker) {
        return new Keeper("Artemis", new Keeper.Part() {
            @Override
            public boolean runs() {
                return broker.getActiveMQServer().getState() != ActiveMQServer.SERVER_STATE.STOPPED;
            }

            @Override
            public void startAgain() throws Exception {
                boolean active = false;
                try {
                    broker.start();
                    // What hinders it there it writes to its log, and returns.
                    active = broker.getActiveMQServer().waitForActivation(1, TimeUnit.MINUTES);
                } finally {
                    if (!active) {
                        broker.stop();
                    }
                }
                if (!active) {
                    throw new IllegalStateException("not active");
                }
            }

            @Override
            public boolean isGivenUp(int failures) {
                return false;
            }
        });
    }

    /**
     * A message is never given up for having failed often: what cannot be read is parked by the routes, and what fails
     * for the moment comes again, more and more slowly. Groups fall into buckets, because a dossier's life is longer than
     * a broker should remember which consumer had it.
     */
    private static AddressSettings queues() {
        return new AddressSettings()
                .setDeadLetterAddress(SimpleString.of("DLQ"))
                .setExpiryAddress(SimpleString.of("ExpiryQueue"))
                .setAutoCreateQueues(true)
                .setAutoCreateAddresses(true)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultGroupBuckets(GROUP_BUCKETS)
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(FIRST_REDELIVERY_MILLIS)
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(LAST_REDELIVERY_MILLIS);
    }
}
