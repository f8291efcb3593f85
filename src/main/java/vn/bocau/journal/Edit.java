package vn.bocau.journal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change to what a parked message says, proposed by one person and decided by another.
 *
 * @param message the message that is, or would be, sent
 * @param original what keeps the words from before, given up; null until it is approved
 * @param difference masked
 * @param state PROPOSED, APPROVED, REJECTED, WITHDRAWN, or LAPSED when somebody dealt with the message otherwise
 */
public record Edit(
        UUID id,
        UUID message,
        @Nullable UUID original,
        String partner,
        String direction,
        String kind,
        @Nullable String subject,
        String state,
        List<Difference> difference,
        String by,
        String reason,
        Instant madeAt,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable String endedReason) {

    /** A field that is another now. Null: it was, or is, not there. */
    public record Difference(
            String path, @Nullable String old, @Nullable String now) {}

    public boolean open() {
        return state.equals("PROPOSED");
    }

    /** Whether it may be decided by this person: anybody but who proposed it. */
    public boolean waitsForAnother(String person) {
        return open() && !by.equals(person);
    }
}
