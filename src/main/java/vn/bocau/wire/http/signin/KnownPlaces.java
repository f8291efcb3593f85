package vn.bocau.wire.http.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.wire.Outage;

/**
 * Which accounts have signed in from which address in the last 30 days, for all nodes and over every restart: table
 * {@code known_place}; of all there are, the 100,000 newest. An IPv6 address is known by its network of 64 bits, in which
 * a machine takes another one every day.
 *
 * <p>Neither the name nor the address is kept, only an HMAC of the two together, under a key derived from the one that
 * signs tokens. Whoever has the table alone learns nothing from it, not even by trying every name and address; whoever has
 * that key as well can try. With a new key nobody is known any more, until they sign in again.
 */
@Component
class KnownPlaces implements Attempts.Places {

    private static final Logger LOG = LoggerFactory.getLogger(KnownPlaces.class);

    private static final int MOST = 100_000;
    private static final String HMAC = "HmacSHA256";

    /** A partner signs in with every call; that it is known is written once in this time. */
    private static final Duration WRITTEN_FOR = Duration.ofDays(1);

    private final JdbcClient db;
    private final SecretKey key;
    private final Cache<String, Boolean> written = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(WRITTEN_FOR)
            .build();

    /** @param signingKey the same on every node, and over restarts */
    KnownPlaces(JdbcClient db, RSAKey signingKey) throws JOSEException {
        this.db = db;
        // What signs tokens signs nothing else: this is another key, which only its holders can make.
        this.key = hmacKey(mac(hmacKey(signingKey.toPrivateKey().getEncoded()), "known places"));
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
        return Network.of(address) + " " + account;
    }

    private byte[] hash(String place) {
        return mac(key, place);
    }

    private static SecretKey hmacKey(byte[] secret) {
        return new SecretKeySpec(secret, HMAC);
    }

    private static byte[] mac(SecretKey key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
