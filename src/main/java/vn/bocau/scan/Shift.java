package vn.bocau.scan;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A postal worker's working time with one phone. Amounts in đồng.
 *
 * @param id UUIDv7 made on the phone
 * @param device that made it; everything with its count from {@code firstSeq} to {@code lastSeq} was done in it
 * @param openedAt by the phone's clock
 * @param lastSeq null while it is open, like everything after it
 * @param counted by the worker, before anybody said how much it should be
 * @param expected as the handlings say
 * @param closedBy user name of the supervisor who closed it in the worker's place; null when the phone did
 */
record Shift(
        UUID id,
        String account,
        String office,
        String device,
        long firstSeq,
        Instant openedAt,
        @Nullable Long lastSeq,
        @Nullable Instant closedAt,
        @Nullable Long counted,
        @Nullable Long expected,
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
