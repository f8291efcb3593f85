package vn.bocau.wire.http;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a bug of ours to the log: what failed and where. Words of other people's exceptions are left out, because a
 * driver or a parser quotes the value it choked on, and that may be somebody's name.
 */
public final class Incident {

    private static final Logger LOG = LoggerFactory.getLogger(Incident.class);
    private static final int FRAMES = 25;

    private Incident() {}

    public static void log(UUID id, Throwable bug) {
        LOG.error("incident {}: {}", id, trace(bug));
    }

    static String trace(Throwable bug) {
        StringBuilder text = new StringBuilder();
        for (@Nullable Throwable e = bug; e != null; e = e.getCause()) {
            text.append(text.isEmpty() ? "" : "\ncaused by ")
                    .append(e.getClass().getName());
            StackTraceElement[] frames = e.getStackTrace();
            if (frames.length > 0 && frames[0].getClassName().startsWith("vn.bocau.") && e.getMessage() != null) {
                text.append(": ").append(e.getMessage());
            }
            for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
                text.append("\n    at ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
