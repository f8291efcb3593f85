package vn.bocau.journal;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * With the PostgreSQL inside there is one node, which holds the data folder's lock: what is claimed when it starts, it
 * was carrying itself when it died, and takes up at once, under the same id. Before its lines are drawn, so that nothing
 * of this start is taken for it.
 */
@Component
@ConditionalOnBooleanProperty("bocau.embedded.database")
class OwnClaims {

    private final JdbcClient db;

    OwnClaims(JdbcClient db) {
        this.db = db;
    }

    @EventListener(ApplicationStartedEvent.class)
    void takeBack() {
        db.sql("update message set state = 'PENDING', claimed_until = null"
                        + " where direction = 'OUT' and state = 'QUEUED' and claimed_until is not null")
                .update();
    }
}
