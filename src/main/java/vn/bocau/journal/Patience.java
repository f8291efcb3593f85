package vn.bocau.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes down how it went, and while our database is away asks it again: what a partner has answered is not thrown away
 * for that, and not said to him twice. As long as the claim lasts; then another may carry the message.
 */
@Component
class Patience {

    private static final long ASK_AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private final LineSettings settings;
    private final CamelContext camel;

    Patience(LineSettings settings, CamelContext camel) {
        this.settings = settings;
        this.camel = camel;
    }

    void write(Runnable writing) {
        Instant until = Instant.now().plus(settings.claim().dividedBy(2));
        while (true) {
            try {
                writing.run();
                return;
            } catch (DataAccessException | TransactionException e) {
                if (!Outages.ofTheDatabase(e) || Instant.now().isAfter(until) || !camel.isStarted()) {
                    throw e;
                }
                LockSupport.parkNanos(ASK_AGAIN_NANOS);
            }
        }
    }
}
