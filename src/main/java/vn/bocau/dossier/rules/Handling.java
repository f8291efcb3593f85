package vn.bocau.dossier.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an item, as far as progress depends on it.
 *
 * @param happenedAt when it happened, corrected for the device's clock; never later than {@code recordedAt}
 * @param recordedAt when we heard of it
 * @param actor user name or partner who says so
 * @param deviceSeq counts up on the device; for reporters without a counter, microseconds of {@code happenedAt}
 * @param action what the reporter wants done; null: the reason's default
 * @param money it says that money was taken or handed on
 * @param voids VOIDED: the handling it undoes
 * @param supervisor VOIDED: who answers for undoing what others had heard of
 * @param proof DELIVERED: how far its evidence is here; COMPLETE for every other code
 */
public record Handling(
        UUID id,
        HandlingCode code,
        Instant happenedAt,
        Instant recordedAt,
        String device,
        long deviceSeq,
        String actor,
        @Nullable String office,
        @Nullable FailureReason reason,
        @Nullable Action action,
        @Nullable LocalDate nextDate,
        boolean money,
        @Nullable UUID voids,
        @Nullable String supervisor,
        Proof proof) {

    /** The device of whoever writes on the citizens' page. */
    public static final String BY_A_CITIZEN = "track";

    /** Nobody of the post has seen anything: somebody at home would like it so. */
    boolean isWish() {
        return device.equals(BY_A_CITIZEN);
    }

    /** What it is that somebody at home would like. */
    Choice wished() {
        return switch (code) {
            case HELD_FOR_PICKUP -> Choice.OFFICE;
            case ADDRESS_CHANGED -> Choice.ADDRESS;
            default -> Choice.DAY;
        };
    }
}
