package vn.bocau.desk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/**
 * Of several nodes one looks into a drop at a time, as long as its connection to PostgreSQL lives; without a database nobody
 * does, and the files lie. A server that does not answer is told of once.
 */
@Component("dropPolls")
public class DropPolls implements PollingConsumerPollStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(DropPolls.class);

    private final DataSource database;
    private final Map<Consumer, Connection> looking = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    DropPolls(DataSource database) {
        this.database = database;
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        Connection connection = null;
        try {
            connection = database.getConnection();
            if (said(connection, "select pg_try_advisory_lock(hashtextextended(?, 7))", name(endpoint))) {
                looking.put(consumer, connection);
                return true;
            }
        } catch (SQLException databaseIsAway) {
            // Told by the relay; the next look tries again.
        }
        DataSourceUtils.releaseConnection(connection, null);
        return false;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        end(consumer, endpoint);
        if (silent.remove(name(endpoint))) {
            LOG.info("{} is looked into again", name(endpoint));
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        end(consumer, endpoint);
        if (silent.add(name(endpoint))) {
            Throwable first = cause;
            while (first.getCause() != null) {
                first = first.getCause();
            }
            LOG.warn("{} cannot be looked into, its files lie: {}", name(endpoint), first.getMessage());
        }
        return false;
    }

    private void end(Consumer consumer, Endpoint endpoint) {
        Connection connection = looking.remove(consumer);
        try {
            if (connection != null) {
                said(connection, "select pg_advisory_unlock(hashtextextended(?, 7))", name(endpoint));
            }
        } catch (SQLException gone) {
            // The lock is gone with it.
        } finally {
            DataSourceUtils.releaseConnection(connection, null);
        }
    }

    private static boolean said(Connection connection, String question, String name) throws SQLException {
        try (PreparedStatement asked = connection.prepareStatement(question)) {
            asked.setString(1, name);
            try (ResultSet row = asked.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Without options: no secret. */
    private static String name(Endpoint endpoint) {
        String uri = endpoint.getEndpointBaseUri();
        return uri.contains("?") ? uri.substring(0, uri.indexOf('?')) : uri;
    }
}
