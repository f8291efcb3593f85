package vn.bocau.prove;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

/**
 * When a system has told all it has to tell. That nothing is under way is not enough: what was lost with a queue or a dead node
 * is said again later, and what comes twice or too late comes then.
 */
final class Rest {

    private static final int LOOK_MILLIS = 5000;

    /** One look at everything; the last one is what counts. */
    interface Look {
        boolean isAtRest() throws IOException;
    }

    private Rest() {}

    /**
     * Looks until it is at rest, waits, and looks until it is at rest again.
     *
     * @param still for how long it waits once nothing is under way
     * @param pause takes so many milliseconds
     * @return whether it came to rest, both times
     */
    static boolean await(Look look, Instant until, Duration still, LongConsumer pause) throws IOException {
        if (!comes(look, until, pause)) {
            return false;
        }
        pause.accept(still.toMillis());
        return comes(look, until.plus(still), pause);
    }

    private static boolean comes(Look look, Instant until, LongConsumer pause) throws IOException {
        while (!look.isAtRest()) {
            if (Instant.now().isAfter(until)) {
                return false;
            }
            pause.accept(LOOK_MILLIS);
        }
        return true;
    }
}
