package vn.bocau.sandbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One word that a partner who says things out of order keeps until it has said the next, or for half a minute. */
final class HeldBack<T> {

    private static final long LONGEST = 30;

    private final AtomicReference<@Nullable T> word = new AtomicReference<>();
    private final Consumer<T> say;
    private final Executor later;

    HeldBack(Consumer<T> say) {
        this(say, CompletableFuture.delayedExecutor(LONGEST, TimeUnit.SECONDS));
    }

    HeldBack(Consumer<T> say, Executor later) {
        this.say = say;
        this.later = later;
    }

    /** @return whether it is kept; one is at most */
    boolean keep(T spoken) {
        boolean kept = word.compareAndSet(null, spoken);
        if (kept) {
            later.execute(() -> {
                if (word.compareAndSet(spoken, null)) {
                    say.accept(spoken);
                }
            });
        }
        return kept;
    }

    /** Says it now, if there is one. */
    void letGo() {
        T kept = word.getAndSet(null);
        if (kept != null) {
            say.accept(kept);
        }
    }
}
