package vn.bocau.dossier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A handling as a supervisor looks at it: what was said, by whom, and by both clocks.
 *
 * @param actor user name or partner; never a citizen
 * @param source the partner it came through; {@code scan} when one of our phones or desks did
 * @param occurredAt by the device's clock
 * @param happenedAt the same, corrected for that clock
 * @param recordedAt when we heard of it
 * @param feeCollected đồng; 0 when nothing was said of it, like {@code postageCollected} and {@code codCollected}
 * @param identity how the receiver's identity was looked at, and {@code relation}, who the receiver was: codes as a phone
 *     gives them; null when nothing was said of it
 * @param evidence how many signatures and photos it names
 * @param doubt why a person has to look at it, as was found when we heard of it; null when nobody has to
 * @param counts it moves the item, as everything stands now
 * @param voided null when it stands
 * @param left a person has looked at this doubt and left it as it stands; null when nobody has
 * @param voidable by the supervisor of this office
 */
public record Entry(
        UUID id,
        Word code,
        @Nullable String item,
        String actor,
        String device,
        String source,
        @Nullable String office,
        Instant occurredAt,
        Instant happenedAt,
        Instant recordedAt,
        @Nullable Word reason,
        @Nullable Word action,
        @Nullable LocalDate nextDate,
        @Nullable String note,
        long feeCollected,
        long postageCollected,
        long codCollected,
        @Nullable String identity,
        @Nullable String relation,
        int evidence,
        @Nullable Word doubt,
        boolean counts,
        @Nullable Act voided,
        @Nullable Act left,
        boolean voidable) {

    /**
     * What somebody did about it.
     *
     * @param by user name
     */
    public record Act(String by, Instant at, @Nullable String reason) {}
}
