package vn.bocau.journal;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dry run: what would be told once more, and what would not.
 *
 * @param sort PARTNER: what we told it. QUEUE: what it put on its queue to us, as the broker has kept it
 * @param until PARTNER: since then it keeps again what it confirms
 * @param mend what carries it out; null while it was only looked at
 * @param apply to be replayed
 * @param already there: by our record it was confirmed after it was lost, or accepted from the queue before
 * @param open goes by itself
 * @param conflict for a person, never replayed
 */
public record Replay(
        UUID id,
        String sort,
        String partner,
        Instant since,
        Instant until,
        String by,
        Instant madeAt,
        @Nullable UUID mend,
        long apply,
        long already,
        long open,
        long conflict) {}
