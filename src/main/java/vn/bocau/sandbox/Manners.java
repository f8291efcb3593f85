package vn.bocau.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How each partner behaves just now. */
@Component
class Manners {

    enum Mode {
        /** As agreed. */
        NONE,
        /** Takes it in, and answers five seconds later; who only calls takes five seconds to say its order. */
        SLOW,
        /** Answers 500 and takes nothing in. */
        ERROR_500,
        /** Takes nothing in and never answers. */
        TIMEOUT,
        /** Takes it in and drops the connection before the answer; who only calls never hears the answer. */
        DROP_AFTER_COMMIT,
        /** Takes it in and answers with a page of HTML; who only calls says that in place of its order. */
        GARBAGE,
        /** Says everything twice. */
        DUPLICATE,
        /** Says the later first: a feed backwards, or one word held back until the next has been said. */
        OUT_OF_ORDER,
        /** Drops every connection at once; who only calls does not call. */
        DOWN
    }

    /** Of who is called. */
    static final Set<Mode> ANSWERING =
            EnumSet.of(Mode.SLOW, Mode.ERROR_500, Mode.TIMEOUT, Mode.DROP_AFTER_COMMIT, Mode.GARBAGE, Mode.DOWN);

    /** Of who only calls, and so answers nobody with an error or not at all. */
    static final Set<Mode> CALLING =
            EnumSet.of(Mode.SLOW, Mode.DROP_AFTER_COMMIT, Mode.GARBAGE, Mode.DUPLICATE, Mode.OUT_OF_ORDER, Mode.DOWN);

    /**
     * @param until when it behaves again by itself
     * @param every each n-th request, or word of its own, only
     */
    record Manner(Mode mode, Instant until, int every) {}

    private static final Manner GOOD = new Manner(Mode.NONE, Instant.MAX, 1);

    private final Map<Twin, Manner> manners = new EnumMap<>(Twin.class);
    private final Map<Twin, Long> heard = new EnumMap<>(Twin.class);
    private final Map<Twin, Long> said = new EnumMap<>(Twin.class);
    private final Map<Twin, Long> badly = new EnumMap<>(Twin.class);
    private final Clock clock;

    Manners() {
        this(Clock.systemUTC());
    }

    Manners(Clock clock) {
        this.clock = clock;
    }

    synchronized void set(Twin twin, Mode mode, int minutes, int every) {
        Instant until = minutes > 0 ? clock.instant().plus(Duration.ofMinutes(minutes)) : Instant.MAX;
        manners.put(twin, new Manner(mode, until, Math.max(every, 1)));
    }

    synchronized Manner of(Twin twin) {
        Manner manner = manners.getOrDefault(twin, GOOD);
        return clock.instant().isAfter(manner.until()) ? GOOD : manner;
    }

    /** What happens to the request that comes in now. */
    synchronized Mode whenHearing(Twin twin) {
        return next(twin, heard);
    }

    /** How it says what it says now of its own accord. */
    synchronized Mode whenSaying(Twin twin) {
        return next(twin, said);
    }

    /** How many requests were met badly, and words said so, since the sandbox was started. */
    synchronized long badly(Twin twin) {
        return badly.getOrDefault(twin, 0L);
    }

    private Mode next(Twin twin, Map<Twin, Long> counts) {
        Manner manner = of(twin);
        Mode mode = counts.merge(twin, 1L, Long::sum) % manner.every() == 0 ? manner.mode() : Mode.NONE;
        if (mode != Mode.NONE) {
            badly.merge(twin, 1L, Long::sum);
        }
        return mode;
    }
}
