package bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a database and a broker that run say of themselves. Where anything is weaker than it has to be, no figure counts. */
final class Durable {

    private static final List<String> SETTINGS = List.of("fsync", "synchronous_commit", "full_page_writes");

    private static final List<String> JOURNAL =
            List.of("persistenceEnabled", "journalSyncTransactional", "journalSyncNonTransactional", "journalDatasync");

    private Durable() {}

    /** @param db as whoever is measured connects: what was set for his database or for him is in it */
    static void assertDatabase(Connection db) throws SQLException {
        for (String setting : SETTINGS) {
            try (ResultSet row = db.createStatement().executeQuery("show " + setting)) {
                row.next();
                if (!row.getString(1).equals("on")) {
                    throw new IllegalStateException(setting + " is " + row.getString(1));
                }
            }
        }
        try (var ask =
                db.prepareStatement("select string_agg(said, ', ') from pg_db_role_setting, unnest(setconfig) said"
                        + " where split_part(said, '=', 1) = any (?)")) {
            ask.setArray(1, db.createArrayOf("text", SETTINGS.toArray()));
            try (ResultSet row = ask.executeQuery()) {
                row.next();
                if (row.getString(1) != null) {
                    throw new IllegalStateException("for a database or a user is set: " + row.getString(1));
                }
            }
        }
    }

    /** How often those who commit have waited for the disk, all together: what a session switches off for itself shows here. */
    static long synced(Connection db) throws SQLException {
        try (ResultSet row = db.createStatement()
                .executeQuery("select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'"
                        + " and backend_type = 'client backend'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @param process in which an Artemis runs, started by us */
    static void assertBroker(ProcessHandle process) throws IOException {
        assertJournal(configuration(process));
    }

    /** @param said all of its configuration */
    static void assertJournal(Properties said) {
        for (String setting : JOURNAL) {
            if (!"true".equals(said.getProperty(setting))) {
                throw new IllegalStateException("the broker's " + setting + " is " + said.getProperty(setting));
            }
        }
    }

    /** It writes it into its folder for temporary files, and has no other way to tell all of it. */
    private static Properties configuration(ProcessHandle process) throws IOException {
        try (var jmx = JMXConnectorFactory.connect(new JMXServiceURL(agent(process)))) {
            MBeanServerConnection beans = jmx.getMBeanServerConnection();
            var brokers = beans.queryNames(new ObjectName("org.apache.activemq.artemis:broker=*"), null);
            if (brokers.size() != 1) {
                throw new IllegalStateException(brokers.size() + " brokers answer in process " + process.pid());
            }
            beans.invoke(brokers.iterator().next(), "exportConfigAsProperties", null, null);
            Path file = Path.of(property(beans, "java.io.tmpdir"), "broker_config_as_properties.txt");
            var said = new Properties();
            try (Reader text = Files.newBufferedReader(file)) {
                said.load(text);
            }
            Files.delete(file);
            return said;
        } catch (JMException e) {
            throw new IOException("the broker in process " + process.pid() + " does not say how it is set up", e);
        }
    }

    private static String agent(ProcessHandle process) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + process.pid() + " cannot be asked", e);
        }
    }

    private static String property(MBeanServerConnection beans, String name) throws JMException, IOException {
        var all = (TabularData) beans.getAttribute(new ObjectName("java.lang:type=Runtime"), "SystemProperties");
        return (String) ((CompositeData) all.get(new Object[] {name})).get("value");
    }
}
