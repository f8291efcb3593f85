package bench.peer;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a peer keeps of a scan: the scan itself, once, and what its item has come to. */
@Component
public class Recording {

    private final JdbcClient db;

    Recording(JdbcClient db) {
        this.db = db;
    }

    /**
     * In the transaction of who calls.
     *
     * @return whether it is new
     */
    public boolean record(Scan scan) {
        int fresh = db.sql("insert into scan (id, item, code, seq, occurred_at) values (?, ?, ?, ?, ?::timestamptz)"
                        + " on conflict (id) do nothing")
                .params(scan.id(), scan.item(), scan.code(), scan.seq(), scan.occurredAt())
                .update();
        if (fresh == 0) {
            return false;
        }
        db.sql("insert into item (item, progress, scans) values (?, ?, 1)"
                        + " on conflict (item) do update set progress = excluded.progress, scans = item.scans + 1")
                .params(scan.item(), scan.code())
                .update();
        return true;
    }
}
