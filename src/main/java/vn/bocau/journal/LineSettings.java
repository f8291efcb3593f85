package vn.bocau.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import vn.bocau.code.Bounds;

/**
 * How patient the lines are: properties {@code bocau.line.*}.
 *
 * @param claim how long a node may take to carry one message; after that the node is taken for dead and the message is
 *     tried again. Must be longer than the longest time-out towards any partner
 * @param lost how long a message may lie on its queue before the broker is taken to have lost it
 * @param firstProbe how long a line is held after the first failure; doubles with each further one
 * @param longestHold what that doubling ends at
 * @param patience a message is parked when it has failed so often while the partner answered others in between
 */
@ConfigurationProperties("bocau.line")
public record LineSettings(
        @DefaultValue("2m") Duration claim,
        @DefaultValue("2m") Duration lost,
        @DefaultValue("1s") Duration firstProbe,
        @DefaultValue("1m") Duration longestHold,
        @DefaultValue("10") int patience) {

    private static final int LARGEST_DOUBLING = 20;
    private static final double SPREAD = 0.1;

    public LineSettings {
        Bounds.check("BOCAU_LINE_CLAIM", claim, Duration.ofSeconds(1), Duration.ofDays(1));
        Bounds.check("BOCAU_LINE_LOST", lost, Duration.ofSeconds(1), Duration.ofDays(1));
        Bounds.check("BOCAU_LINE_FIRSTPROBE", firstProbe, Duration.ofMillis(10), Duration.ofDays(1));
        Bounds.check("BOCAU_LINE_LONGESTHOLD", longestHold, firstProbe, Duration.ofDays(1));
        Bounds.check("BOCAU_LINE_PATIENCE", patience, 1, 1000);
    }

    /**
     * How long to hold a line.
     *
     * @param failures in a row, counted from 1
     * @param jitter from 0 to 1: spreads the probes of lines that broke together over a fifth of the time
     */
    Duration hold(int failures, double jitter) {
        long doubled = firstProbe.toMillis() << Math.min(failures - 1, LARGEST_DOUBLING);
        long capped = Math.min(doubled, longestHold.toMillis());
        return Duration.ofMillis(Math.round(capped * (1 - SPREAD + 2 * SPREAD * jitter)));
    }

    /** No line is held for longer. */
    Duration furthestHold() {
        return Duration.ofMillis(Math.round(longestHold.toMillis() * (1 + SPREAD)));
    }
}
