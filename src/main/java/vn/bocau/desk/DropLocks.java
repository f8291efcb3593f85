package vn.bocau.desk;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.stereotype.Component;

/**
 * Of several nodes one looks into a drop at a time, for as long as its connection to PostgreSQL lives. All looks of a node
 * share the one: however many servers trickle, they keep no connection from anybody.
 */
@Component
class DropLocks implements DisposableBean {

    private final DataSource database;
    private @Nullable Connection connection;

    DropLocks(DataSource database) {
        this.database = database;
    }

    /** @return false when another node looks, or nobody knows for want of the database */
    synchronized boolean take(String look) {
        return said("select pg_try_advisory_lock(hashtextextended(?, 7))", look);
    }

    synchronized void release(String look) {
        said("select pg_advisory_unlock(hashtextextended(?, 7))", look);
    }

    private boolean said(String question, String look) {
        try {
            if (connection == null) {
                connection = database.getConnection();
            }
            try (PreparedStatement asked = connection.prepareStatement(question)) {
                asked.setString(1, look);
                try (ResultSet row = asked.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        } catch (SQLException databaseIsAway) {
            // Told by the relay; all locks are gone with the connection, and the next look tries again.
            destroy();
            return false;
        }
    }

    @Override
    public synchronized void destroy() {
        JdbcUtils.closeConnection(connection);
        connection = null;
    }
}
