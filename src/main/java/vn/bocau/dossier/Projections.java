package vn.bocau.dossier;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is derived from handlings and decisions, and can be thrown away. */
@Component("projections")
public class Projections {

    private static final int PAGE = 500;

    private final JdbcClient db;
    private final Journeys journeys;
    private final Writes writes;
    private final Monies monies;

    Projections(JdbcClient db, Journeys journeys, Writes writes, Monies monies) {
        this.db = db;
        this.journeys = journeys;
        this.writes = writes;
        this.monies = monies;
    }

    /**
     * Derives the progress of the next dossiers again.
     *
     * @param after the last dossier of the page before; null to begin
     * @return what it came to
     */
    @Transactional
    public Page rebuild(@Nullable UUID after) {
        List<UUID> ids = db.sql("select id from dossier where id > :after order by id limit :size")
                .param("after", after == null ? new UUID(0, 0) : after)
                .param("size", PAGE)
                .query(UUID.class)
                .list();
        int different = 0;
        for (Journey journey : journeys.lock(ids).values()) {
            monies.publish(journey);
            for (Leg leg : journey.legs()) {
                Object[] derived = Writes.progress(leg, journey.obligation(leg));
                if (!Arrays.equals(derived, writes.kept(leg.id()))) {
                    different++;
                    writes.progress(List.<Object[]>of(derived));
                }
            }
        }
        return new Page(ids.isEmpty() ? null : ids.get(ids.size() - 1), ids.size(), different);
    }

    /**
     * A page of what was derived again.
     *
     * @param last null when there was nothing left
     * @param different legs that came out different from what was kept; anything but 0 is our bug
     */
    public record Page(@Nullable UUID last, int dossiers, int different) {}
}
