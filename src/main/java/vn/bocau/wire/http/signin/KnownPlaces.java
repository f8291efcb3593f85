package vn.bocau.wire.http.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Sha256;
import vn.bocau.wire.Outage;

/**
 * Which accounts have signed in from which address in the last 30 days, for all nodes and over every restart: table
 * {@code known_place}. Neither the name nor the address is kept, only a hash of the two together; of all there are, the
 * 100,000 newest.
 */
@Component
class KnownPlaces implements Attempts.Places {

    private static final Logger LOG = LoggerFactory.getLogger(KnownPlaces.class);

    private static final int MOST = 100_000;

    /** A partner signs in with every call; that it is known is written once in this time. */
    private static final Duration WRITTEN_FOR = Duration.ofDays(1);

    private final JdbcClient db;
    private final Cache<String, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(WRITTEN_FOR)
            .build();

    KnownPlaces(JdbcClient db) {
        this.db = db;
    }

    @Override
    public boolean know(String account, String address) {
        String place = place(account, address);
        try {
            return written.getIfPresent(place) != null || read(place);
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
            // While the database is away nothing is accepted of anybody.
            return false;
        }
    }

    private boolean read(String place) {
        return db.sql("select exists (select from known_place where hash = :hash"
                        + " and seen_at > clock_timestamp() - interval '30 days')")
                .param("hash", hash(place))
                .query(Boolean.class)
                .single();
    }

    @Override
    public void add(String account, String address) {
        String place = place(account, address);
        if (written.getIfPresent(place) != null) {
            return;
        }
        try {
            write(place);
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
            // Who has signed in is let in all the same, and written down the next time.
            LOG.debug("a known place could not be written down", e);
            return;
        }
        written.put(place, true);
    }

    private void write(String place) {
        db.sql("insert into known_place (hash) values (:hash)"
                        + " on conflict (hash) do update set seen_at = clock_timestamp()")
                .param("hash", hash(place))
                .update();
        db.sql("delete from known_place where hash in (select hash from known_place order by seen_at desc offset :most)"
                        + " or seen_at < clock_timestamp() - interval '30 days'")
                .param("most", MOST)
                .update();
    }

    private static String place(String account, String address) {
        return address + " " + account;
    }

    private static byte[] hash(String place) {
        return Sha256.of(place.getBytes(StandardCharsets.UTF_8));
    }
}
