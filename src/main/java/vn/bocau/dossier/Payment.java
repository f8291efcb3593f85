package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a portal says was paid there.
 *
 * @param amount in đồng
 * @param reference by which the portal and the treasury know it
 * @param at null when the portal did not say
 */
record Payment(long amount, String reference, @Nullable Instant at) {

    /** @return null when it is not there */
    static @Nullable Payment of(JsonNode said) {
        return said.isObject()
                ? new Payment(
                        said.path("amount").asLong(),
                        said.path("reference").asText(),
                        said.hasNonNull("paidAt")
                                ? OffsetDateTime.parse(said.path("paidAt").asText())
                                        .toInstant()
                                : null)
                : null;
    }
}
