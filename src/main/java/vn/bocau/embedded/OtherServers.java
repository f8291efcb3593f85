package vn.bocau.embedded;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/**
 * The PostgreSQL and the broker that somebody named: asked once, before the start. Without the database nothing can be
 * accepted, so it has to answer; without the broker everything can, and waits, so it need not, but may not refuse us.
 */
@Order(StartCheck.SERVERS)
class OtherServers implements StartCheck {

    private static final Logger LOG = LoggerFactory.getLogger(OtherServers.class);
    private static final String PATIENCE_SECONDS = "10";

    private final Environment environment;

    OtherServers(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        if (!environment.getProperty("bocau.db.url", "").isEmpty()) {
            askDatabase();
        }
        if (!environment.getProperty("bocau.broker.url", "").isEmpty()) {
            askBroker();
        }
    }

    private void askDatabase() {
        var how = new Properties();
        how.setProperty("loginTimeout", PATIENCE_SECONDS);
        how.setProperty("connectTimeout", PATIENCE_SECONDS);
        Map.of("user", "bocau.db.user", "password", "bocau.db.password").forEach((name, property) -> {
            String value = environment.getProperty(property, "");
            if (!value.isEmpty()) {
                how.setProperty(name, value);
            }
        });
        try (var connection = DriverManager.getConnection(environment.getRequiredProperty("bocau.db.url"), how)) {
            Durability.check(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void askBroker() {
        try (var connections = ServerNames.connections(environment.getRequiredProperty("bocau.broker.url"));
                Connection connection = connections.createConnection(
                        environment.getProperty("bocau.broker.user"),
                        environment.getProperty("bocau.broker.password"))) {
            connection.getClientID();
        } catch (JMSSecurityException e) {
            throw new Misconfigured(
                    new Text(
                            "Artemis không nhận BOCAU_BROKER_USER và BOCAU_BROKER_PASSWORD.",
                            "Artemis refuses BOCAU_BROKER_USER and BOCAU_BROKER_PASSWORD."),
                    new Text("sửa hai biến ấy.", "correct the two."));
        } catch (JMSException away) {
            LOG.warn(
                    "Artemis ghi trong BOCAU_BROKER_URL chưa trả lời; mọi thứ vẫn được nhận và chờ nó · does not answer yet;"
                            + " everything is accepted and waits for it");
        }
    }
}
