package vn.bocau.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after a part that runs for this process: when it has ended by itself, it is started again, more and more slowly
 * while that fails.
 */
final class Keeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long LOOK_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    /** A part that runs so long is well: its next end is a new one. */
    private static final Duration WELL = Duration.ofMinutes(1);

    /** What is looked after. */
    interface Part {

        boolean runs();

        /** Once more, where it was. */
        void startAgain() throws Exception;

        /**
         * It ended or could not be started so many times in a row.
         *
         * @return whether it is given up
         */
        boolean isGivenUp(int failures);
    }

    private final String name;
    private final Part part;
    private final ScheduledExecutorService clock;
    private int failures;
    /** Seen so once: some call themselves ended before they have let go of everything. */
    private boolean ended;
    /** It could not be started again: whatever it says of itself, it is half there at most. */
    private boolean down;

    private Instant started = Instant.now();

    /** @param name for the log */
    Keeper(String name, Part part) {
        this.name = name;
        this.part = part;
        this.clock = Executors.newSingleThreadScheduledExecutor(look -> {
            var thread = new Thread(look, "keeper of " + name);
            thread.setDaemon(true);
            return thread;
        });
        lookIn(LOOK_MILLIS);
    }

    private void lookIn(long millis) {
        if (!clock.isShutdown()) {
            clock.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long pause = LOOK_MILLIS;
        try {
            if (!down && part.runs()) {
                ended = false;
                forgiveWhenWell();
            } else if (!down && !ended) {
                ended = true;
            } else if (part.isGivenUp(++failures)) {
                close();
            } else {
                pause = startAgain();
            }
        } finally {
            // Also after a bug of ours: nothing is left alone because somebody stumbled once.
            lookIn(pause);
        }
    }

    private void forgiveWhenWell() {
        if (failures > 0 && started.plus(WELL).isBefore(Instant.now())) {
            failures = 0;
        }
    }

    /** @return how long to wait before it is looked at again */
    private long startAgain() {
        down = true;
        try {
            part.startAgain();
        } catch (Exception e) {
            // Whatever hinders it, disk, memory or port, there is one remedy: again, more slowly, until it is given up.
            LOG.error(
                    "{} đã tự dừng và chưa khởi động lại được (lần {}) · ended by itself and could not be started again"
                            + " (time {})",
                    name,
                    failures,
                    failures,
                    e);
            return Math.min(LONGEST_PAUSE_MILLIS, LOOK_MILLIS << Math.min(failures, 10));
        }
        down = false;
        ended = false;
        started = Instant.now();
        LOG.warn("{} đã tự dừng và đã được khởi động lại · ended by itself and was started again", name);
        return LOOK_MILLIS;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
