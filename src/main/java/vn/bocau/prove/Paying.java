package vn.bocau.prove;

import java.util.random.RandomGenerator;

/** How the fee of a dossier is paid. Amounts in đồng. */
enum Paying {
    /** On the portal, when it is filed: nobody collects it. */
    ONLINE(40),
    /** Asked for at the door, and paid on the portal before anybody came: nobody collects it any more. */
    ONLINE_LATER(9),
    /** At the door where the papers are fetched, and handed over with them. */
    AT_PICKUP(25),
    /** As {@link #AT_PICKUP}, but the citizen has less. */
    IN_PART(8),
    /** As {@link #AT_PICKUP}, but a wrong amount is written down first, which a supervisor voids. */
    CORRECTED(10),
    /** At the door where the result is brought; it stays with the post. */
    ON_DELIVERY(8);

    /** Of the procedure that is filed, filed online. */
    static final long FEE = 25_000;

    static final long PART = 24_000;
    static final long WRONG = 20_000;

    private final int share;

    Paying(int hundredths) {
        this.share = hundredths;
    }

    static Paying drawn(RandomGenerator chance) {
        int left = chance.nextInt(100);
        for (Paying one : values()) {
            left -= one.share;
            if (left < 0) {
                return one;
            }
        }
        return ONLINE;
    }

    /** Whether it is asked for where the papers are fetched. */
    boolean askedAtPickup() {
        return this != ONLINE && this != ON_DELIVERY;
    }

    /** What is taken together with the papers. */
    long takenWithPapers() {
        return this == AT_PICKUP ? FEE : this == IN_PART ? PART : 0;
    }

    /** What is handed over with them. */
    long handedOver() {
        return this == CORRECTED ? FEE : takenWithPapers();
    }

    long takenOnDelivery() {
        return this == ON_DELIVERY ? FEE : 0;
    }
}
