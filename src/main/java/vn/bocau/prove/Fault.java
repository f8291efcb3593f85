package vn.bocau.prove;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * One way to break the system, and to let it be whole again.
 *
 * @param name as the table names it
 * @param least how long it lasts at least; how long it really does is drawn
 * @param most how long it lasts at most
 */
record Fault(String name, Duration least, Duration most, Blow strike, Blow mend) {

    /** What is done to the system; what it needs of chance it draws here, so that the same seed does the same. */
    interface Blow {
        void now(RandomGenerator chance) throws IOException;
    }

    static Fault lasting(String name, int least, int most, Blow strike, Blow mend) {
        return new Fault(name, Duration.ofSeconds(least), Duration.ofSeconds(most), strike, mend);
    }

    /** This while the other lasts, and has had its effect for some seconds; the other is mended last. */
    Fault amid(Fault other) {
        return lasting(
                name + ", " + other.name + " meanwhile",
                Math.toIntExact(other.least.toSeconds()),
                Math.toIntExact(other.most.toSeconds()),
                chance -> {
                    other.strike.now(chance);
                    Talk.pause(other.lasts(chance).toMillis());
                    strike.now(chance);
                },
                chance -> {
                    mend.now(chance);
                    other.mend.now(chance);
                });
    }

    Duration lasts(RandomGenerator chance) {
        return least.plusMillis((long) (chance.nextDouble() * most.minus(least).toMillis()));
    }
}
