package vn.bocau.console;

import java.util.List;
import java.util.UUID;
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

    /** How many of whom would be retried. */
    List<Records.Depth> would(MendAsk ask, Authentication who) {
        Grants grants = Grants.of(who);
        return mends.wouldMend(ask.wanted(routes)).stream()
                .filter(depth -> grants.may(Right.SEE, depth.partner()))
                .toList();
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
        demand(Right.RETRY, id, who);
        return id;
    }

    void cancel(UUID id, Authentication who, String reason) {
        demand(Right.RETRY, id, who);
        mends.cancel(id, who.getName(), reason);
    }

    Mend one(UUID id, Authentication who) {
        Mend mend = mends.one(id);
        demand(Right.SEE, id, who);
        return mend;
    }

    /** For whom its messages wait. */
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
        Grants grants = Grants.of(who);
        mends.partners(id).forEach(partner -> grants.demand(right, partner));
    }
}
