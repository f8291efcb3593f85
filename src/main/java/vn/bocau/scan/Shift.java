package vn.bocau.scan;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A postal worker's working time with one phone. Amounts in đồng.
 *
 * @param id UUIDv7 made on the phone
 * @param device that made it; what the worker did with it from its count {@code firstSeq} on was done in it, until the next
 * @param openedAt by the phone's clock
 * @param opening fees of papers taken before, with any phone, and not handed over yet, with which it began
 * @param lastSeq null while it is open, like everything after it
 * @param counted by the worker, before anybody said how much it should be
 * @param closedBy user name of the supervisor who closed it in the worker's place; null when the phone did
 */
record Shift(
        UUID id,
        String account,
        String office,
        String device,
        long firstSeq,
        Instant openedAt,
        long opening,
        @Nullable Long lastSeq,
        @Nullable Instant closedAt,
        @Nullable Long counted,
        @Nullable String closedBy) {

    boolean open() {
        return closedAt == null;
    }

    /**
     * What the phone says at the end of a shift.
     *
     * @param refused handlings the server could not keep, which the phone has shown to the worker
     */
    record Closing(long lastSeq, Instant closedAt, long counted, int refused) {}
}
