package vn.bocau.dossier;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.Obligation;

/** Lets holds expire: what waited its full time at the counter goes back, a pickup nobody asked for again is cancelled. */
@Component("holds")
public class Holds {

    private static final int AT_ONCE = 200;

    private final JdbcClient db;
    private final Journeys journeys;
    private final Legs legs;

    Holds(JdbcClient db, Journeys journeys, Legs legs) {
        this.db = db;
        this.journeys = journeys;
        this.legs = legs;
    }

    /** @return how many legs it moved; when it is a round number, there may be more */
    @Transactional
    public int expire() {
        List<UUID> due = db.sql("""
                        select distinct l.dossier from progress p join leg l on l.id = p.leg
                        where not p.closed and p.due_at <= clock_timestamp() and p.next_act in ('HAND_OUT', 'ASK_AGAIN')
                        limit :most
                        """).param("most", AT_ONCE).query(UUID.class).list();
        int moved = 0;
        Map<UUID, Journey> locked = journeys.lock(due);
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
        Obligation.Next next = journey.obligation(leg).next();
        if (next == null || next.dueAt().isAfter(Legs.now())) {
            return false;
        }
        if (next.act() == Act.HAND_OUT && leg.facts().kind().canComeBack()) {
            legs.happened(journey, leg, HandlingCode.RETURN_APPROVED, Legs.SYSTEM, Legs.SYSTEM);
            legs.follow(journey);
            return true;
        }
        if (next.act() == Act.ASK_AGAIN) {
            legs.order(journey, leg, "order-cancel");
            legs.happened(journey, leg, HandlingCode.CANCELLED, Legs.SYSTEM, Legs.SYSTEM);
            return true;
        }
        return false;
    }
}
