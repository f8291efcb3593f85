package vn.bocau.embedded;

import org.apache.activemq.artemis.core.server.JournalType;
import org.springframework.boot.artemis.autoconfigure.ArtemisConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Our own Artemis, with its journal on disk, unless {@code bocau.broker.url} names another. */
@Configuration(proxyBeanMethods = false)
class Broker {

    /** How long the journal may wait to sync several writes at once: the default of 3.3 ms allows 270 messages a second. */
    private static final int SYNC_EVERY_NANOS = 100_000;

    @Bean
    ArtemisConfigurationCustomizer durableJournal() {
        return configuration -> {
            configuration
                    .setJournalType(JournalType.NIO)
                    .setJournalBufferTimeout_NIO(SYNC_EVERY_NANOS)
                    .setJournalSyncTransactional(true)
                    .setJournalSyncNonTransactional(true)
                    .setJournalDatasync(true)
                    .setJournalMinFiles(2)
                    .setMaxDiskUsage(95);
        };
    }
}
