package vn.bocau.wire.http.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The limits of a door that stands alone in its test, without a database. */
public final class OwnAttempts {

    private OwnAttempts() {}

    /** @param perAccount how many failures in a row are borne */
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
