package bench.modulith;

import bench.peer.Portal;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/** Out of the registry to the queue, and from the queue to the portal, each word once. */
@Component
class Externalised {

    private static final String QUEUE = "modulith.portal";

    private final JmsTemplate jms;
    private final JdbcClient db;
    private final Portal portal;

    Externalised(JmsTemplate jms, JdbcClient db, Portal portal) {
        this.jms = jms;
        this.db = db;
        this.portal = portal;
    }

    @ApplicationModuleListener
    void send(Scans.Recorded event) {
        jms.convertAndSend(QUEUE, event.body(), message -> {
            message.setStringProperty("JMSXGroupID", event.item());
            message.setStringProperty("said", event.id());
            return message;
        });
    }

    @JmsListener(destination = QUEUE, concurrency = "8")
    void tell(TextMessage message) throws JMSException {
        String id = message.getStringProperty("said");
        int told = db.sql("select count(*) from told where id = ?::uuid")
                .param(id)
                .query(Integer.class)
                .single();
        if (told == 0) {
            portal.tell(id, message.getText());
            db.sql("insert into told (id) values (?::uuid) on conflict do nothing")
                    .param(id)
                    .update();
        }
    }
}
