package vn.bocau.desk;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.spi.RouteIdAware;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Outages;

/**
 * Watches each look into a drop: one node at a time, into folders that are what they should be, and with a word to the operators
 * when it fails or does not end. Without a database nobody looks, and the files lie. A look is named as its route, {@code
 * <template>.<partner>}.
 */
@Component("dropPolls")
public class DropPolls implements PollingConsumerPollStrategy, ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DropPolls.class);

    /** 500 rows over a slow line take a part of it. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Another node may have said of a look that works here that it fails. */
    private static final Duration SAID_AGAIN = Duration.ofMinutes(1);

    private static final Unavailable ENDLESS = new Unavailable(
            "sftp-endless",
            "Không lấy được tệp thả: máy chủ SFTP nhận lời nhưng trả quá chậm, một lần xem không kết thúc.",
            "Dropped files cannot be taken: the SFTP server talks but so slowly that a look does not end.");

    private final DropLocks locks;
    private final DropTroubles troubles;
    private final Map<String, Drop> watched = new ConcurrentHashMap<>();
    private final Map<String, Long> looking = new ConcurrentHashMap<>();
    private final Map<String, Boolean> failed = new ConcurrentHashMap<>();
    private final Map<String, Long> worked = new ConcurrentHashMap<>();

    DropPolls(DropLocks locks, DropTroubles troubles) {
        this.locks = locks;
        this.troubles = troubles;
    }

    /** Its folders are held against what they should be before each use. */
    void watch(Drop drop) {
        watched.put(drop.partner(), drop);
    }

    /** What is said of others is over. */
    void keepOnly(Set<String> partners) {
        troubles.keepOnly(partners);
    }

    void forget(String partner) {
        watched.remove(partner);
        troubles.forget(partner);
    }

    /** @throws Unavailable when a folder of a drop is not what it should be */
    void check(String partner) {
        Drop drop = watched.get(partner);
        if (drop != null && drop.server() == null) {
            drop.folder().check();
        }
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        String look = name(consumer);
        if (!locks.take(look)) {
            return false;
        }
        failed.remove(look);
        try {
            check(partner(look));
        } catch (RuntimeException e) {
            locks.release(look);
            failed(look, e);
            return false;
        }
        looking.put(look, System.nanoTime());
        return true;
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        String look = end(consumer);
        long now = System.nanoTime();
        Long last = worked.get(look);
        if (!failed.containsKey(look) && (last == null || now - last > SAID_AGAIN.toNanos())) {
            if (troubles.works(partner(look), look)) {
                LOG.info("{} works again", look);
            }
            worked.put(look, now);
        }
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        failed(end(consumer), cause);
        return false;
    }

    /** Of what is no look: it was done. */
    void works(String step) {
        troubles.works(partner(step), step);
    }

    private String end(Consumer consumer) {
        String look = name(consumer);
        looking.remove(look);
        locks.release(look);
        return look;
    }

    /** Whatever goes on for too long, for the operators. */
    void tellOfLong() {
        looking.forEach((look, since) -> {
            if (System.nanoTime() - since > LONGEST.toNanos()) {
                failed(look, ENDLESS);
            }
        });
    }

    /** One file stays where it is, by the route's configuration. */
    public void stays(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure, Exchange exchange) {
        failed(Objects.requireNonNull(exchange.getFromRouteId()), failure);
    }

    /** Told once for each trouble, however long it is, and without the names of files. */
    void failed(String look, Throwable failure) {
        if (failure instanceof StillToCheck
                || Outages.ofTheDatabaseIn(failure)
                || !watched.containsKey(partner(look))) {
            return;
        }
        failed.put(look, true);
        worked.remove(look);
        Unavailable why = DropReason.of(failure);
        if (troubles.failed(partner(look), look, why)) {
            LOG.warn("{}: {}", look, why.getMessage());
            if (!DropReason.isOutside(failure)) {
                Fault.of(failure);
            }
        }
    }

    @Override
    public void handleException(Throwable failure) {
        // The look that failed is rolled back, which tells of it.
    }

    @Override
    public void handleException(@Nullable String message, Throwable failure) {
        // As above.
    }

    @Override
    public void handleException(@Nullable String message, @Nullable Exchange exchange, Throwable failure) {
        if (exchange != null) {
            stays(failure, exchange);
        }
    }

    private static String name(Consumer consumer) {
        return Objects.requireNonNull(((RouteIdAware) consumer).getRouteId());
    }

    private static String partner(String look) {
        return look.substring(look.indexOf('.') + 1);
    }

    /** A file was judged, and is looked at once more before it is put away. */
    static final class StillToCheck extends RuntimeException {}
}
