package vn.bocau.dossier;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.journal.Inbound;

/**
 * What outside carriers said under codes that nobody had mapped then. It was kept as it came, and is read again once somebody has
 * mapped them: what it means is a handling of its own, with its own time, for none is ever changed.
 */
@Component
public class Unmapped {

    /** Each is recorded by itself: whoever has more asks again. */
    private static final int MOST = 500;

    private final JdbcClient db;
    private final Conflicts conflicts;
    private final Handlings handlings;

    Unmapped(JdbcClient db, Conflicts conflicts, Handlings handlings) {
        this.db = db;
        this.conflicts = conflicts;
        this.handlings = handlings;
    }

    /** @param in the message that brought it, as it came */
    public record Said(UUID handling, Inbound in) {}

    /**
     * What brought a handling whose code was unknown, by when it was recorded, which its message was answered.
     *
     * @param alike with what came before it from there under the same code
     * @return the oldest first; none of what somebody has dealt with
     */
    @Transactional(readOnly = true)
    public List<Said> said(UUID handling, boolean alike) {
        return db.sql("""
                        select * from (
                            select h.seq, h.id as handling, m.partner, m.key, m.kind, m.body
                            from handling t join handling h on h.seq between case when :alike then 0 else t.seq end and t.seq
                              and h.source = t.source and h.raw_code is not distinct from t.raw_code
                            left join leg l on l.id = h.leg
                            cross join lateral (
                                select m.partner, m.key, m.kind, m.body from message m
                                where m.partner = h.source and m.direction = 'IN' and m.state = 'RECEIVED'
                                  and (m.message_group = cast(l.dossier as text)
                                    or m.created_at between h.stored_at - interval '5 minutes' and h.stored_at)
                                  and m.kind like 'carrier.%' and cast(m.answer::jsonb ->> 'recordedAt' as timestamptz) = h.recorded_at
                                order by m.seq limit 1) m
                            where t.id = :id and t.code = 'UNKNOWN' and h.code = 'UNKNOWN' and
                        """ + Conflicts.OPEN + " order by h.seq desc limit :most) said order by seq")
                .param("id", handling)
                .param("alike", alike)
                .param("most", MOST)
                .query((row, n) -> new Said(
                        row.getObject("handling", UUID.class),
                        new Inbound(
                                row.getString("partner"),
                                row.getString("key"),
                                row.getString("kind"),
                                Rows.json(row.getString("body")))))
                .list();
    }

    /** @param in as the mappings of now have it */
    public boolean isMapped(Inbound in) {
        return ReadEntry.ofCarrier(in.payload().path("code").asText()).isPresent();
    }

    /** Records what it means, and leaves as it stands what was kept of it. */
    @Transactional
    public void read(UUID handling, Inbound in, String by, String reason) {
        conflicts.leave(handling, false, by, reason);
        handlings.carried(in);
    }
}
