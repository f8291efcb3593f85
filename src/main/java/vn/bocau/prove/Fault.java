package vn.bocau.prove;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * One way to break the system, and to let it be whole again.
 *
 * @param kind what of the system it breaks
 * @param name as the table names it
 * @param least how long it lasts at least; how long it really does is drawn
 * @param most how long it lasts at most, unless it was not felt by then
 * @param felt whether anything has come of it yet: a fault that nobody notices proves nothing
 */
record Fault(Kind kind, String name, Duration least, Duration most, Blow strike, Blow mend, Sense felt) {

    /** A run that has no time for all has some of each. */
    enum Kind {
        DEATH,
        DISK,
        NETWORK,
        CLOCK,
        PARTNER
    }

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOOK_MILLIS = 200;

    /** What is done to the system; what it needs of chance it draws here, so that the same seed does the same. */
    interface Blow {
        void now(RandomGenerator chance) throws IOException;
    }

    /** Looks whether what was struck has been felt since. */
    interface Sense {
        boolean isFelt() throws IOException;
    }

    static Fault lasting(Kind kind, String name, int least, int most, Blow strike, Blow mend, Sense felt) {
        return new Fault(kind, name, Duration.ofSeconds(least), Duration.ofSeconds(most), strike, mend, felt);
    }

    /** A death, of which whoever strikes has seen the end. */
    static Fault death(String name, int least, int most, Blow strike, Blow mend) {
        return lasting(Kind.DEATH, name, least, most, strike, mend, () -> true);
    }

    /** This while the other lasts, and has been felt; the other is mended last, whatever comes of this one. */
    Fault amid(Fault other) {
        var otherFelt = new AtomicBoolean();
        return lasting(
                kind,
                name + ", " + other.name + " meanwhile",
                Math.toIntExact(other.least.toSeconds()),
                Math.toIntExact(other.most.toSeconds()),
                chance -> {
                    other.strike.now(chance);
                    Talk.pause(other.lasts(chance).toMillis());
                    otherFelt.set(other.isFeltInTime());
                    strike.now(chance);
                },
                chance -> {
                    try {
                        mend.now(chance);
                    } finally {
                        other.mend.now(chance);
                    }
                },
                () -> otherFelt.get() && felt.isFelt());
    }

    /**
     * What came of it.
     *
     * @param felt whether it was, in time
     * @param mended when its mending began
     */
    record Past(boolean felt, Instant mended) {}

    /** Strikes, lasts, and mends it, also when striking failed: nothing is left broken. */
    Past befall(RandomGenerator chance) throws IOException {
        Duration lasts = lasts(chance);
        boolean isFelt;
        Instant mended;
        try {
            strike.now(chance);
            Talk.pause(lasts.toMillis());
            isFelt = isFeltInTime();
        } finally {
            mended = Instant.now();
            mend.now(chance);
        }
        return new Past(isFelt, mended);
    }

    /** It lasts until then, or for two minutes more. */
    boolean isFeltInTime() throws IOException {
        Instant until = Instant.now().plus(PATIENCE);
        while (!felt.isFelt()) {
            if (Instant.now().isAfter(until)) {
                return false;
            }
            Talk.pause(LOOK_MILLIS);
        }
        return true;
    }

    Duration lasts(RandomGenerator chance) {
        return least.plusMillis((long) (chance.nextDouble() * most.minus(least).toMillis()));
    }
}
