package vn.bocau.dossier;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Obligation;

/** Lets holds expire: what waited its full time at the counter goes back, a pickup nobody asked for again is cancelled. */
@Component("holds")
public class Holds {

    private static final int AT_ONCE = 200;

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Journeys journeys;
    private final Legs legs;

    Holds(JdbcClient db, TransactionTemplate transactions, Journeys journeys, Legs legs) {
        this.db = db;
        this.transactions = transactions;
        this.journeys = journeys;
        this.legs = legs;
    }

    /**
     * Each dossier by itself: one that cannot be moved holds up no other, comes after all others the next time, and is
     * thrown when all have been looked at.
     *
     * @return how many legs it moved; when it is a round number, there may be more
     */
    public int expire() {
        return expireFirst(AT_ONCE);
    }

    int expireFirst(int most) {
        List<UUID> due = db.sql("""
                        select l.dossier from progress p join leg l on l.id = p.leg
                        where not p.closed and p.due_at <= clock_timestamp() and (p.next_act = :ask or p.rule = :hold)
                        group by l.dossier
                        order by max(p.tried_at) nulls first, min(p.due_at)
                        limit :most
                        """)
                .param("ask", Act.ASK_AGAIN.name())
                .param("hold", Obligation.HOLD)
                .param("most", most)
                .query(UUID.class)
                .list();
        return EachAlone.of(
                due,
                dossier -> Objects.requireNonNull(transactions.execute(t -> expire(dossier))),
                this::afterTheOthers);
    }

    /** Where somebody is just writing it, it is looked at anew anyway. */
    private void afterTheOthers(UUID dossier) {
        db.sql("""
                        update progress set tried_at = clock_timestamp() where leg in (
                            select p.leg from progress p join leg l on l.id = p.leg where l.dossier = :dossier
                            for update of p skip locked)
                        """).param("dossier", dossier).update();
    }

    private int expire(UUID dossier) {
        Map<UUID, Journey> locked = journeys.lock(List.of(dossier));
        int moved = 0;
        for (Journey journey : locked.values()) {
            for (Leg leg : List.copyOf(journey.legs())) {
                moved += expire(journey, leg) ? 1 : 0;
            }
        }
        journeys.save(locked.values());
        return moved;
    }

    /** Looked at again under the lock: a worker may have been quicker. */
    private boolean expire(Journey journey, Leg leg) {
        Obligation owed = journey.obligation(leg);
        Obligation.Next next = owed.next();
        if (next == null || !owed.lapses() || next.dueAt().isAfter(Legs.now())) {
            return false;
        }
        if (next.act() == Act.ASK_AGAIN) {
            legs.happened(journey, leg, HandlingCode.CANCELLED, Author.SYSTEM);
        } else {
            legs.happened(journey, leg, HandlingCode.RETURN_APPROVED, Author.SYSTEM);
            legs.follow(journey);
        }
        return true;
    }
}
