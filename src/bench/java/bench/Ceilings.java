package bench;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** What the disk, the broker and the network give at best, by the same number of callers. */
record Ceilings(double commits, double jms, double http) {

    private static final int CALLERS = 32;

    /** Of a line that needs one of each: no line can be faster. */
    double harmonic() {
        return 1 / (1 / commits + 1 / jms + 1 / http);
    }

    static Ceilings measure(Machine machine, Partner partner, Duration time) throws Exception {
        return new Ceilings(commits(machine, time), jms(machine, time), http(partner.url("ceiling"), time));
    }

    private static double commits(Machine machine, Duration time) throws Exception {
        List<java.sql.Connection> open = new ArrayList<>();
        try (var db = machine.connect("postgres");
                var say = db.createStatement()) {
            say.execute("drop table if exists ceiling");
            say.execute(
                    "create table ceiling (id bigint generated always as identity primary key, body jsonb not null)");
        }
        List<PreparedStatement> inserts = new ArrayList<>();
        for (int n = 0; n < CALLERS; n++) {
            var db = machine.connect("postgres");
            open.add(db);
            inserts.add(db.prepareStatement("insert into ceiling (body) values ('{\"code\": \"COLLECTED\"}')"));
        }
        try {
            return Load.rate(CALLERS, time, caller -> inserts.get(caller).executeUpdate());
        } finally {
            for (var db : open) {
                db.close();
            }
        }
    }

    private record Pair(Session session, MessageProducer producer, MessageConsumer consumer) {}

    private static double jms(Machine machine, Duration time) throws Exception {
        try (var factory = new ActiveMQConnectionFactory(machine.broker())) {
            Connection connection = factory.createConnection();
            connection.start();
            List<Pair> pairs = new ArrayList<>();
            for (int n = 0; n < CALLERS; n++) {
                pairs.add(pair(connection, "ceiling." + n));
            }
            double rate = Load.rate(CALLERS, time, caller -> {
                Pair pair = pairs.get(caller);
                pair.producer.send(pair.session.createTextMessage("{\"code\": \"COLLECTED\"}"));
                var back = pair.consumer.receive(10_000);
                back.acknowledge();
                return 1;
            });
            connection.close();
            return rate;
        }
    }

    private static Pair pair(Connection connection, String name) throws JMSException {
        Session session = connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
        Queue queue = session.createQueue(name);
        MessageProducer producer = session.createProducer(queue);
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        return new Pair(session, producer, session.createConsumer(queue));
    }

    private static double http(URI at, Duration time) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return Load.rate(CALLERS, time, caller -> {
            HttpRequest request = HttpRequest.newBuilder(at)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"code\": \"COLLECTED\"}"))
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
            return 1;
        });
    }
}
