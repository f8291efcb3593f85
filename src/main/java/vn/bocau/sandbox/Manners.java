package vn.bocau.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** How each partner behaves just now. */
@Component
class Manners {

    enum Mode {
        /** As agreed. */
        NONE,
        /** Takes it in, and answers five seconds later. */
        SLOW,
        /** Answers 500 and takes nothing in. */
        ERROR_500,
        /** Takes nothing in and never answers. */
        TIMEOUT,
        /** Takes it in and drops the connection before the answer. */
        DROP_AFTER_COMMIT,
        /** Takes it in and answers with a page of HTML. */
        GARBAGE,
        /** Says everything twice (feeds). */
        DUPLICATE,
        /** Says the later first (feeds). */
        OUT_OF_ORDER,
        /** Drops every connection at once. */
        DOWN
    }

    /**
     * @param until when it behaves again by itself
     * @param every each n-th request only
     */
    record Manner(Mode mode, Instant until, int every) {}

    private static final Manner GOOD = new Manner(Mode.NONE, Instant.MAX, 1);

    private final Map<Twin, Manner> manners = new EnumMap<>(Twin.class);
    private final Map<Twin, AtomicLong> requests = new EnumMap<>(Twin.class);

    Manners() {
        for (Twin twin : Twin.values()) {
            requests.put(twin, new AtomicLong());
        }
    }

    synchronized void set(Twin twin, Mode mode, int minutes, int every) {
        Instant until = minutes > 0 ? Instant.now().plus(Duration.ofMinutes(minutes)) : Instant.MAX;
        manners.put(twin, new Manner(mode, until, Math.max(every, 1)));
    }

    synchronized Manner of(Twin twin) {
        Manner manner = manners.getOrDefault(twin, GOOD);
        return Instant.now().isAfter(manner.until()) ? GOOD : manner;
    }

    /** What happens to the request that comes in now. */
    Mode forThisRequest(Twin twin) {
        Manner manner = of(twin);
        long n = Objects.requireNonNull(requests.get(twin)).incrementAndGet();
        return n % manner.every() == 0 ? manner.mode() : Mode.NONE;
    }
}
