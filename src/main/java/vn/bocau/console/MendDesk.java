package vn.bocau.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.journal.Mend;
import vn.bocau.journal.Mends;
import vn.bocau.journal.Records;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** Mends as somebody may ask for them who has rights for some partners only: the same for pages and programs. */
@Component
class MendDesk {

    private final Mends mends;
    private final FailureRoutes routes;

    MendDesk(Mends mends, FailureRoutes routes) {
        this.mends = mends;
        this.routes = routes;
    }

    /**
     * What would be retried, or given up.
     *
     * @param seen how many of whom, of partners this person may see
     * @param mayNot those of them for whom this person has not the right
     * @param others whether there are some of partners this person may not even see
     */
    record Would(List<Records.Depth> seen, List<String> mayNot, boolean others) {

        long count() {
            return seen.stream().mapToLong(Records.Depth::count).sum();
        }
    }

    Would would(MendAsk ask, Authentication who) {
        Grants grants = Grants.of(who);
        List<Records.Depth> all = mends.wouldMend(ask.wanted(routes));
        List<Records.Depth> seen = all.stream()
                .filter(depth -> grants.may(Right.SEE, depth.partner()))
                .toList();
        return new Would(
                seen,
                mayNot(Right.of(ask.what()), seen.stream().map(Records.Depth::partner), grants),
                seen.size() < all.size());
    }

    /** Partners whose messages it has for whom this person has not the right to end it. */
    List<String> mayNot(Mend mend, Authentication who) {
        return mayNot(Right.of(mend.sort()), mends.partners(mend.id()).stream(), Grants.of(who));
    }

    private static List<String> mayNot(Right right, Stream<String> partners, Grants grants) {
        return partners.distinct()
                .filter(partner -> !grants.may(right, partner))
                .toList();
    }

    Instant now() {
        return mends.now();
    }

    /** Those that have such messages already, of which all may be seen. */
    List<UUID> busy(MendAsk ask, Authentication who) {
        Grants grants = Grants.of(who);
        return mends.busy(ask.wanted(routes)).stream()
                .filter(id -> mends.partners(id).stream().allMatch(partner -> grants.may(Right.SEE, partner)))
                .toList();
    }

    /** All of it or nothing: who may not retry one of the messages that were taken is told so, and nothing is begun. */
    @Transactional
    public UUID begin(MendAsk ask, Authentication who, String reason) {
        UUID id = mends.begin(ask.chosen(routes), ask.how(), who.getName(), reason);
        demand(Right.of(ask.what()), id, who);
        return id;
    }

    void cancel(UUID id, Authentication who, String reason) {
        demand(Right.of(mends.one(id).sort()), id, who);
        mends.cancel(id, who.getName(), reason);
    }

    Mend one(UUID id, Authentication who) {
        Mend mend = mends.one(id);
        demand(Right.SEE, id, who);
        return mend;
    }

    /** For whom its messages wait, or for which stretch. */
    List<Mends.Held> held(UUID id, Authentication who) {
        demand(Right.SEE, id, who);
        return mends.held(id);
    }

    List<Mends.Item> items(
            UUID id, @org.jspecify.annotations.Nullable String state, long after, int size, Authentication who) {
        demand(Right.SEE, id, who);
        return mends.items(id, state, after, size);
    }

    /** Those whose messages are all of partners this person may see. */
    List<Mend> all(int from, int size, Authentication who) {
        return mends.all(Grants.of(who).only(Right.SEE).orElse(null), from, size);
    }

    private void demand(Right right, UUID id, Authentication who) {
        Grants.of(who).demand(right, mends.partners(id));
    }
}
