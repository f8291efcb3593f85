package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to a partner, claimed by this node.
 *
 * @param id what the partner sees (Idempotency-Key, webhook-id); the same on every attempt
 * @param subject the dossier's code
 * @param body in our words, before translation. May hold personal data
 * @param attempt counted from 1
 * @param until end of the claim: what is said later may be said by another node as well
 * @param trace where in which trace it was told, as the header {@code traceparent}; null where no traces are written
 */
public record Sending(
        long seq,
        UUID id,
        String partner,
        String kind,
        String key,
        @Nullable String subject,
        JsonNode body,
        int attempt,
        Instant until,
        @Nullable String trace) {

    /** The same with other words. */
    public Sending with(JsonNode other) {
        return new Sending(seq, id, partner, kind, key, subject, other, attempt, until, trace);
    }

    /** Without the body, which may hold personal data. */
    @Override
    public String toString() {
        return "Sending[" + kind + " " + id + " to " + partner + ", attempt " + attempt + "]";
    }
}
