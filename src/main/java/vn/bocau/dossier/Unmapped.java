package vn.bocau.dossier;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;

/**
 * What outside carriers said under codes that nobody had mapped then. It was kept as it came, and is read again once somebody has
 * mapped them: what it means is a handling of its own, with its own time, for none is ever changed.
 */
@Component
public class Unmapped {

    /** Each is recorded by itself: whoever has more asks again. */
    private static final int MOST = 100;

    /** When it was recorded, as Java writes an instant: without the thousandths that are 0. */
    static final String SAID = """
                        select * from (
                            select h.seq, h.id as handling, m.partner, m.key, m.kind, m.body
                            from handling t join handling h on h.seq between case when :alike then 0 else t.seq end and t.seq
                              and h.source = t.source and h.raw_code is not distinct from t.raw_code
                              and (h.id = t.id or h.conflict is null or h.office is null or h.office <> all(:offices))
                            cross join lateral (
                                select m.partner, m.key, m.kind, m.body from message m
                                where m.partner = h.source and m.direction = 'IN' and m.kind like 'carrier.%'
                                  and m.answer::jsonb ->> 'recordedAt' = regexp_replace(
                                    to_char(h.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '([.]000)?000$', '') || 'Z'
                                order by m.seq limit 1) m
                            where t.id = :id and t.code = 'UNKNOWN' and h.code = 'UNKNOWN' and
                        """ + Conflicts.OPEN + " order by h.seq desc limit :most) said order by seq";

    private final JdbcClient db;
    private final Scenes scenes;
    private final Conflicts conflicts;
    private final Handlings handlings;

    Unmapped(JdbcClient db, Scenes scenes, Conflicts conflicts, Handlings handlings) {
        this.db = db;
        this.scenes = scenes;
        this.conflicts = conflicts;
        this.handlings = handlings;
    }

    /** @param in the message that brought it, as it came */
    public record Said(UUID handling, Inbound in) {}

    /**
     * What brought a handling whose code was unknown, by when it was recorded, which its message was answered.
     *
     * @param alike with what came before it from there under the same code, but for what a supervisor of ours looks at
     * @return the oldest first; none of what somebody has dealt with
     */
    @Transactional(readOnly = true)
    public List<Said> said(UUID handling, boolean alike) {
        return db.sql(SAID)
                .param("id", handling)
                .param("alike", alike)
                .param("offices", conflicts.supervised())
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

    /**
     * Records what it means, and leaves as it stands what was kept of it, for ever: also when its item becomes known.
     *
     * @param in as the mappings of now have it
     * @throws Refused CONFLICT {@code still-unmapped} when it means nothing on the way that its item goes
     */
    @Transactional
    public void read(UUID handling, Inbound in, String by, String reason) {
        Scene scene = scenes.ofCarrier(in.payload());
        if (ReadEntry.ofCarrier(scene.meant(in.payload()).path("code").asText()).isEmpty()) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "still-unmapped",
                    "id",
                    "Mã này chưa ai dịch cho chiều đi này: thêm nó vào codes.csv của phương ngữ, nạp lại rồi đọc lại.",
                    "Nobody has mapped this code for this way yet: add it to codes.csv of the dialect, reload, and read it again.");
        }
        conflicts.leave(handling, false, by, reason);
        db.sql("insert into handling_review (handling, what, by, reason) values (:handling, 'LEFT', :by, :reason)"
                        + " on conflict do nothing")
                .param("handling", handling)
                .param("by", by)
                .param("reason", reason)
                .update();
        handlings.carried(in, scene);
    }
}
