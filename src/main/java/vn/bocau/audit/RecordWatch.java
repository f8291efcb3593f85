package vn.bocau.audit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks while it runs whether the record went back, as a look at its end can tell; which rows are concerned {@code ./bocau audit verify}
 * says, that reads them all.
 */
@Component
public class RecordWatch {

    private static final byte[] NOTHING = {};

    /** So many are counted at each look: a gap that was made is told until as many have come after it. */
    private static final int NEWEST = 1000;

    private final JdbcClient db;
    private final AuditWitness witness;

    RecordWatch(JdbcClient db, AuditWitness witness) {
        this.db = db;
        this.witness = witness;
    }

    /**
     * Whether of its newest rows any is gone, or of those that the newest root has signed and this node remembers one is gone or another:
     * rows were taken away, or an older database was restored. For a day also when it has gone on from there since.
     */
    @Transactional(readOnly = true)
    public boolean wentBack() {
        // Before the database is asked: what is remembered was committed by then.
        AuditSeal remembered = witness.newest();
        boolean back = db.sql("""
                        select h.seq < greatest(:seq, coalesce(r.seq, 0))
                            or (select count(*) from audit where seq between h.seq - :newest + 1 and h.seq) < least(h.seq, :newest)
                            or r.seq is not null and not exists (select from audit a where a.seq = r.seq and a.digest = r.digest)
                            or :seq > 0 and not exists (select from audit a where a.seq = :seq and a.digest = :digest)
                        from audit_head h left join (select seq, digest from audit_root order by seq desc limit 1) r on true
                        """)
                .param("newest", NEWEST)
                .param("seq", remembered == null ? 0 : remembered.seq())
                .param("digest", remembered == null ? NOTHING : remembered.digest())
                .query(Boolean.class)
                .single();
        return back || witness.wentBackLately();
    }
}
