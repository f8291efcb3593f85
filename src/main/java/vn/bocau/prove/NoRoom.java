package vn.bocau.prove;

import java.io.IOException;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Whether anybody has met a disk that is full: a log tells of it, or a door took something in no more. */
final class NoRoom implements Fault.Sense {

    /** As the system says it, as PostgreSQL does, and as Artemis does when it takes nothing in any more, or ends. */
    private static final Pattern TOLD =
            Pattern.compile("No space left|could not (extend|write)|AMQ22221[02]|AMQ222010|AMQ224128|the disk is full");

    private final Watch watch;
    private final LongSupplier turnedAway;
    private long before;

    /** @param turnedAway how many were answered 503 at the doors, ever */
    NoRoom(Watch watch, LongSupplier turnedAway) {
        this.watch = watch;
        this.turnedAway = turnedAway;
    }

    /** Counts from now. */
    void begin() throws IOException {
        watch.begin();
        before = turnedAway.getAsLong();
    }

    @Override
    public boolean isFelt() throws IOException {
        return turnedAway.getAsLong() > before || watch.hasSaid(TOLD);
    }
}
