package vn.bocau.embedded;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import vn.bocau.code.Flaws;
import vn.bocau.code.Given;
import vn.bocau.code.Misconfigured;
import vn.bocau.code.StartCheck;
import vn.bocau.code.Text;

/** Whether the PostgreSQL and the broker that somebody named are named rightly and whole. */
@Order(StartCheck.FILES)
class ServerNames implements StartCheck {

    private static final int LAST_PORT = 65_535;

    private final Environment environment;

    ServerNames(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void check() {
        var flaws = new Flaws();
        flaws.none(() -> checkWhole("bocau.db", "BOCAU_DB"));
        flaws.none(() -> checkWhole("bocau.broker", "BOCAU_BROKER"));
        flaws.none(this::checkDatabase);
        flaws.none(this::checkBroker);
        flaws.tell();
    }

    private void checkDatabase() {
        String database = environment.getProperty("bocau.db.url", "");
        if (!database.isEmpty() && !isPostgres(database)) {
            throw new Misconfigured(
                    new Text(
                            "BOCAU_DB_URL là “" + Given.address(database)
                                    + "”, không phải là địa chỉ của một PostgreSQL.",
                            "BOCAU_DB_URL is \"" + Given.address(database)
                                    + "\", which is not the address of a PostgreSQL."),
                    new Text(
                            "viết như jdbc:postgresql://máy:5432/tên, hoặc bỏ đi để dùng bản đi kèm.",
                            "write it as jdbc:postgresql://host:5432/name, or leave it out for the one inside."));
        }
    }

    private void checkBroker() {
        String broker = environment.getProperty("bocau.broker.url", "");
        if (!broker.isEmpty()) {
            connections(broker).close();
        }
    }

    /** A user alone may do for a database: some let one in by certificate, or by a password kept elsewhere. */
    private void checkWhole(String properties, String variables) {
        boolean url = !environment.getProperty(properties + ".url", "").isEmpty();
        boolean user = !environment.getProperty(properties + ".user", "").isEmpty();
        boolean password =
                !environment.getProperty(properties + ".password", "").isEmpty();
        if (!url && (user || password)) {
            throw missing(variables + "_URL", variables + (user ? "_USER" : "_PASSWORD"));
        }
        if (password && !user) {
            throw missing(variables + "_USER", variables + "_PASSWORD");
        }
        if (user && !password && variables.equals("BOCAU_BROKER")) {
            throw missing(variables + "_PASSWORD", variables + "_USER");
        }
    }

    private static Misconfigured missing(String variable, String given) {
        return new Misconfigured(
                new Text("Có " + given + " mà không có " + variable + ".", given + " is set without " + variable + "."),
                new Text(
                        "đặt " + variable + ", hoặc bỏ " + given + " đi.",
                        "set " + variable + ", or leave " + given + " out."));
    }

    private static boolean isPostgres(String url) {
        try {
            return url.startsWith("jdbc:postgresql:") && DriverManager.getDriver(url) != null;
        } catch (SQLException noDriverReadsIt) {
            return false;
        }
    }

    /** @throws Misconfigured when the address cannot be one */
    static ActiveMQConnectionFactory connections(String url) {
        try {
            var connections = new ActiveMQConnectionFactory(url);
            for (TransportConfiguration server : connections.getStaticConnectors()) {
                Object port = server.getParams().get("port");
                int number = port == null ? 0 : Integer.parseInt(port.toString());
                if (server.getParams().get("host") == null || number < 1 || number > LAST_PORT) {
                    throw malformed(url);
                }
            }
            return connections;
        } catch (IllegalStateException | NumberFormatException notRead) {
            throw malformed(url);
        }
    }

    private static Misconfigured malformed(String url) {
        return new Misconfigured(
                new Text(
                        "BOCAU_BROKER_URL là “" + Given.address(url) + "”, không phải là địa chỉ của một Artemis.",
                        "BOCAU_BROKER_URL is \"" + Given.address(url) + "\", which is not the address of an Artemis."),
                new Text(
                        "viết như tcp://máy:61616 hoặc (tcp://a:61616,tcp://b:61616)?ha=true, hoặc bỏ đi để dùng bản đi"
                                + " kèm.",
                        "write it as tcp://host:61616 or (tcp://a:61616,tcp://b:61616)?ha=true, or leave it out for the"
                                + " one inside."));
    }
}
