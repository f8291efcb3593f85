package vn.bocau.audit;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Signs each day that is over, once: a day is Vietnam's. */
@Component("auditRoots")
public class AuditRoots {

    private final JdbcClient db;
    private final AuditKey key;

    AuditRoots(JdbcClient db, AuditKey key) {
        this.db = db;
        this.key = key;
    }

    /** Asked by the clock, on any number of nodes; once a day there is something to do, and else nobody waits for it. */
    @Transactional
    public void seal() {
        record Last(LocalDate day, long seq, byte[] digest) {}
        if (!isDue()) {
            return;
        }
        // Nobody adds to a day that is over while it is signed, and two nodes sign it one after the other.
        db.sql("select seq from audit_head for update").query(Long.class).single();
        List<Last> open = db.sql("""
                        select distinct on (day) day, seq, digest from (
                            select (at at time zone 'Asia/Ho_Chi_Minh')::date as day, seq, digest from audit
                            where seq > coalesce((select max(seq) from audit_root), 0)) a
                        where day < (clock_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date
                          and day > coalesce((select max(day) from audit_root), '-infinity')
                        order by day, seq desc
                        """)
                .query((row, n) ->
                        new Last(row.getObject("day", LocalDate.class), row.getLong("seq"), row.getBytes("digest")))
                .list();
        for (Last last : open) {
            AuditSeal root = key.seal(last.day, last.seq, last.digest);
            db.sql("insert into audit_root (day, seq, digest, key, signature)"
                            + " values (:day, :seq, :digest, :key, :signature)")
                    .param("day", root.day())
                    .param("seq", root.seq())
                    .param("digest", root.digest())
                    .param("key", root.key())
                    .param("signature", root.signature())
                    .update();
        }
    }

    /** Whether the first row that no root covers is of a day that is over. */
    private boolean isDue() {
        return db.sql("""
                        select (at at time zone 'Asia/Ho_Chi_Minh')::date
                               < (clock_timestamp() at time zone 'Asia/Ho_Chi_Minh')::date
                        from audit where seq > coalesce((select max(seq) from audit_root), 0) order by seq limit 1
                        """).query(Boolean.class).optional().orElse(false);
    }
}
