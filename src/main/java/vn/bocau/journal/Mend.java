package vn.bocau.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Text;

/**
 * Messages that are retried, told again or given up together, and how far that is.
 *
 * @param notBefore when it may begin
 * @param perMinute how many messages may go in a minute
 * @param mostFailed the share, in percent, of failures among what was answered above which it stops by itself
 * @param state WAITING for its time, RUNNING, STOPPED by itself, CANCELLED by a person, DONE
 * @param stage of {@link #RAMP}
 * @param endedReason why a person cancelled it
 * @param stopped why it stopped by itself
 * @param total how many messages; the sum of the six that follow
 * @param waiting not sent yet
 * @param sent back in its line, or sent, and not answered yet
 * @param confirmed the partner has confirmed, or what came in was carried out; in one that discards, given up
 * @param failed parked again
 * @param left dealt with by somebody else, also before the mend came to it, or not reached before the end
 * @param conflict not sent, for meanwhile its partner has heard something later of the dossier
 * @param beyond how many more were meant than one mend takes: they are as they were before
 * @param untold of the confirmed, those that were closed without a word to the partner: its dialect says no such thing, or it holds
 *     no more
 */
public record Mend(
        UUID id,
        Sort sort,
        String by,
        String reason,
        Instant madeAt,
        Instant notBefore,
        int perMinute,
        int mostFailed,
        String state,
        int stage,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String endedReason,
        @Nullable Text stopped,
        long total,
        long waiting,
        long sent,
        long confirmed,
        long failed,
        long left,
        long conflict,
        long beyond,
        long untold) {

    /** What is done to its messages. */
    public enum Sort {
        /** What is parked tries again. */
        RETRY,
        /** What was confirmed and lost is told again, from a point in time. */
        REPLAY,
        /** What is parked, or waits to be told, is given up. */
        DISCARD
    }

    /** In percent of all: what may have been sent once what came before is answered. */
    static final int[] RAMP = {1, 5, 20, 100};

    /** How many may have been sent by the end of a stage: at least one more than by the end of the one before. */
    static long upTo(int stage, long total) {
        return stage == RAMP.length - 1 ? total : Math.min(total, Math.max(stage + 1L, total * RAMP[stage] / 100));
    }

    /** All that was meant is confirmed, and nothing of it was closed without its partner's word. */
    public boolean good() {
        return state.equals("DONE") && confirmed == total && untold == 0 && beyond == 0;
    }

    public boolean over() {
        return endedAt != null;
    }

    /** Share of all that needs nothing more, in percent. */
    public long percent() {
        return total == 0 ? 100 : (confirmed + failed + left + conflict) * 100 / total;
    }
}
