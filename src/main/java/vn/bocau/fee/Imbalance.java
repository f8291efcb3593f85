package vn.bocau.fee;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference about the money of one item, named so that somebody can look for it. Amounts in đồng.
 *
 * @param id stable: made of what it is about
 * @param leg null: it is about what was paid online
 * @param owner whose money it is: an agency's id, POST, or PAYEE:id
 * @param owners all whom it may concern: of what a carrier says it took, whose money it had been told to take
 * @param since when the last of what makes it was entered
 * @param explainedBy user name of who has explained this very amount; null when nobody has
 * @param settledBy user name; null while it is open
 * @param acts everything that was said about it, in order
 */
public record Imbalance(
        UUID id,
        ImbalanceKind what,
        String owner,
        List<String> owners,
        UUID dossier,
        @Nullable UUID leg,
        String code,
        @Nullable String item,
        String money,
        long amount,
        Instant since,
        @Nullable String explainedBy,
        @Nullable String settledBy,
        List<Act> acts) {

    /**
     * @param by user name
     * @param what EXPLAINED or SETTLED
     */
    public record Act(Instant at, String by, String what, long amount, String said) {}
}
