package vn.bocau.prove;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has to be closed at the end, from the moment it is there: the last first, and each though another could not be. What
 * comes when everything is closed already is closed at once.
 */
final class Closing implements AutoCloseable {

    interface Step {
        void close() throws IOException;
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean closed;

    synchronized void opened(Step step) throws IOException {
        if (closed) {
            step.close();
        } else {
            steps.push(step);
        }
    }

    /** @throws IOException of the first that could not be closed, with those of the others */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        IOException failed = null;
        while (!steps.isEmpty()) {
            failed = close(steps.pop(), failed);
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static @Nullable IOException close(Step step, @Nullable IOException before) {
        try {
            step.close();
            return before;
        } catch (IOException | RuntimeException e) {
            if (before != null) {
                before.addSuppressed(e);
                return before;
            }
            return new IOException("not everything could be closed: " + e.getMessage(), e);
        }
    }
}
