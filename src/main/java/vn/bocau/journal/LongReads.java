package vn.bocau.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Weeks of a country's messages take longer to read than anything at a door may take: a statement has thirty seconds
 * there, and a silent connection forty (application.yaml).
 */
@Component
public class LongReads {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final JdbcTemplate db;

    LongReads(DataSource database) {
        this.db = new JdbcTemplate(database);
    }

    /** Lets each statement of the transaction that is on take minutes; the pool takes that back with the connection. */
    public void begin() {
        db.execute((ConnectionCallback<Duration>) LongReads::begin);
        db.execute("set local statement_timeout = '" + LONGEST.toSeconds() + "s'");
    }

    private static Duration begin(Connection connection) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, (int) LONGEST.plusSeconds(10).toMillis());
        return LONGEST;
    }
}
