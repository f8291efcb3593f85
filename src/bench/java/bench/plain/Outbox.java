package bench.plain;

import bench.peer.Portal;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** From the table to the queue and from the queue to the portal. */
@Component
class Outbox {

    private static final String QUEUE = "plain.portal";

    private final JmsTemplate jms;
    private final JdbcTemplate db;
    private final Portal portal;

    Outbox(JmsTemplate jms, JdbcTemplate db, Portal portal) {
        this.jms = jms;
        this.db = db;
        this.portal = portal;
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void queue(ScanService.Queued committed) {
        send(committed.id(), committed.item());
    }

    private void send(String id, String item) {
        jms.convertAndSend(QUEUE, id, message -> {
            message.setStringProperty("JMSXGroupID", item);
            return message;
        });
    }

    /** Redelivered when it throws; what was confirmed and is delivered again is known by its row. */
    @JmsListener(destination = QUEUE, concurrency = "8")
    @Transactional
    void tell(String id) {
        String body = db.query(
                "select body::text from outbox o where id = ? and confirmed_at is null and not exists (select from outbox e"
                        + " where e.item = o.item and e.seq < o.seq and e.confirmed_at is null) for update",
                rows -> rows.next() ? rows.getString(1) : null,
                UUID.fromString(id));
        if (body == null) {
            assertConfirmed(id);
            return;
        }
        portal.tell(id, body);
        db.update("update outbox set confirmed_at = now() where id = ?", UUID.fromString(id));
    }

    /** What stands behind an earlier one of its item goes back to the queue. */
    private void assertConfirmed(String id) {
        Boolean confirmed = db.query(
                "select confirmed_at is not null from outbox where id = ?",
                rows -> rows.next() && rows.getBoolean(1),
                UUID.fromString(id));
        if (!Boolean.TRUE.equals(confirmed)) {
            throw new IllegalStateException("an earlier one of its item waits");
        }
    }

    @Scheduled(fixedDelay = 10_000)
    void sweep() {
        db.query(
                "select id, item from outbox where confirmed_at is null and created_at < now() - interval '1 minute'"
                        + " order by seq limit 1000",
                rows -> {
                    send(rows.getString(1), rows.getString(2));
                });
    }
}
