package vn.bocau.prove;

import java.util.List;
import org.apache.activemq.artemis.core.config.ClusterConnectionConfiguration;
import org.apache.activemq.artemis.core.config.HAPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStoreBackupPolicyConfiguration;
import org.apache.activemq.artemis.core.config.ha.SharedStorePrimaryPolicyConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * One of a pair of Artemis brokers on one journal, in a process of its own: the backup takes over when the primary's lock is
 * gone, and gives back when it returns. Set up as the README asks of an operator's own brokers.
 */
final class Broker {

    private static final int REDELIVERY_MILLIS = 1000;
    private static final int ALWAYS = -1;

    private Broker() {}

    /** @param said {@code primary|backup}, folder, host, own port, the other's port */
    static void run(List<String> said) throws Exception {
        boolean primary = said.get(0).equals("primary");
        String folder = said.get(1);
        String host = said.get(2);
        var configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalDatasync(true)
                .setJournalMinFiles(2)
                .setMaxDiskUsage(95)
                .setBindingsDirectory(folder + "/bindings")
                .setJournalDirectory(folder + "/journal")
                .setLargeMessagesDirectory(folder + "/large")
                .setPagingDirectory(folder + "/paging")
                .addAcceptorConfiguration("here", "tcp://" + host + ":" + said.get(3))
                .addConnectorConfiguration("here", "tcp://" + host + ":" + said.get(3))
                .addConnectorConfiguration("other", "tcp://" + host + ":" + said.get(4))
                .addClusterConfiguration(new ClusterConnectionConfiguration()
                        .setName("pair")
                        .setConnectorName("here")
                        .setStaticConnectors(List.of("other")))
                .setHAPolicyConfiguration(policy(primary))
                .addAddressSetting(
                        "#",
                        new AddressSettings().setMaxDeliveryAttempts(ALWAYS).setRedeliveryDelay(REDELIVERY_MILLIS));
        var broker = new EmbeddedActiveMQ().setConfiguration(configuration);
        broker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                broker.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
    }

    private static HAPolicyConfiguration policy(boolean primary) {
        return primary
                ? new SharedStorePrimaryPolicyConfiguration().setFailoverOnServerShutdown(true)
                : new SharedStoreBackupPolicyConfiguration()
                        .setAllowFailBack(true)
                        .setFailoverOnServerShutdown(true);
    }
}
