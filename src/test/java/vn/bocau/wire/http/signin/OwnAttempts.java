package vn.bocau.wire.http.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import vn.bocau.wire.http.OwnHub;

/** Limits on sign-ins of a test's own. */
public final class OwnAttempts {

    private OwnAttempts() {}

    /** As another node has them, or this one after a restart: it shares the database and nothing else. */
    public static Attempts restarted(OwnHub hub, int perAddress) {
        return new Attempts(
                new LoginLimits(5, perAddress, Duration.ofMinutes(1), Duration.ofMinutes(15)),
                places(hub, hub.bean(RSAKey.class)),
                Clock.systemUTC());
    }

    /** Whether somebody is known at an address, to who has the table of this hub and a key. */
    public static boolean known(OwnHub hub, RSAKey key, String account, String address) {
        return places(hub, key).know(account, address);
    }

    private static KnownPlaces places(OwnHub hub, RSAKey key) {
        try {
            return new KnownPlaces(hub.db(), key);
        } catch (JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Of a door that stands alone in its test, without a database.
     *
     * @param perAccount how many failures in a row are borne
     */
    public static Attempts of(int perAccount) {
        return new Attempts(
                new LoginLimits(perAccount, 1000, Duration.ofMinutes(1), Duration.ofMinutes(15)),
                new Remembered(ConcurrentHashMap.newKeySet()),
                Clock.systemUTC());
    }

    record Remembered(Set<String> places) implements Attempts.Places {

        @Override
        public boolean know(String account, String address) {
            return places.contains(address + account);
        }

        @Override
        public void add(String account, String address) {
            places.add(address + account);
        }
    }
}
