package vn.bocau.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the record. */
@Component
public class AuditRows {

    /**
     * Which rows.
     *
     * @param before only those with a lower number, for the next page
     */
    public record Wanted(
            @Nullable String by,
            @Nullable String what,
            @Nullable String outcome,
            @Nullable String kind,
            @Nullable String target,
            @Nullable Long before,
            int size) {}

    private static final String ROWS =
            "select seq, at, by, what, outcome, kind, target, partner, reason, detail, previous, digest,"
                    + " stamped_from, key, signature from audit ";
    private static final int AT_ONCE = 1000;

    /** Of one thing so many acts are shown beside others. */
    static final int MOST = 50;

    private final JdbcClient db;

    AuditRows(JdbcClient db) {
        this.db = db;
    }

    /** The newest first. */
    public List<AuditRow> rows(Wanted wanted) {
        return db.sql(ROWS + "where true"
                        + (wanted.by == null ? "" : " and by = :by")
                        + (wanted.what == null ? "" : " and what = :what")
                        + (wanted.outcome == null ? "" : " and outcome = :outcome")
                        + (wanted.kind == null ? "" : " and kind = :kind")
                        + (wanted.target == null ? "" : " and target = :target")
                        + (wanted.before == null ? "" : " and seq < :before")
                        + " order by seq desc limit :size")
                .param("by", wanted.by)
                .param("what", wanted.what)
                .param("outcome", wanted.outcome)
                .param("kind", wanted.kind)
                .param("target", wanted.target)
                .param("before", wanted.before)
                .param("size", wanted.size)
                .query(AuditRows::row)
                .list();
    }

    /** What was done to one thing, the newest {@link #MOST}, the oldest first; that somebody looked is not among it. */
    public List<AuditRow> of(Audited.Kind kind, String target) {
        return of(kind, List.of(target)).getOrDefault(target, List.of());
    }

    /** The same of several, by the target. */
    public Map<String, List<AuditRow>> of(Audited.Kind kind, List<String> targets) {
        return db
                .sql("select done.* from unnest(:targets) t (id) cross join lateral (" + ROWS
                        // As index audit_target has it, which holds no row of whoever looks again and again.
                        + "where kind = :kind and target = t.id and outcome = 'DONE' and what not in ('FIND', 'VIEW', 'VIEW_CLEAR')"
                        + " order by seq desc limit :most) done order by done.seq")
                .param("kind", kind.name())
                .param("targets", targets.toArray(String[]::new))
                .param("most", MOST)
                .query(AuditRows::row)
                .list()
                .stream()
                .collect(Collectors.groupingBy(AuditRow::target));
    }

    /** All of it, for a verifier: what is signed first, then the rows in their order. */
    @Transactional(readOnly = true, isolation = org.springframework.transaction.annotation.Isolation.REPEATABLE_READ)
    public void export(Consumer<AuditSeal> head, Consumer<AuditSeal> root, Consumer<AuditRow> row) {
        // Unsigned before the first row.
        db.sql("select null::date as day, seq, digest, key, signature from audit_head where key is not null")
                .query(AuditRows::seal)
                .optional()
                .ifPresent(head);
        db.sql("select day, seq, digest, key, signature from audit_root order by day")
                .query(AuditRows::seal)
                .list()
                .forEach(root);
        // From below the first: a row that somebody else put there is one that people are shown.
        Long last = null;
        List<AuditRow> some;
        do {
            some = db.sql(ROWS + (last == null ? "" : "where seq > :last ") + "order by seq limit " + AT_ONCE)
                    .param("last", last)
                    .query(AuditRows::row)
                    .list();
            some.forEach(row);
            last = some.isEmpty()
                    ? last
                    : Long.valueOf(some.get(some.size() - 1).seq());
        } while (some.size() == AT_ONCE);
    }

    /** A column that somebody emptied makes a row another one, which its digest shows. */
    private static AuditRow row(ResultSet row, int n) throws SQLException {
        Timestamp at = row.getTimestamp("at");
        byte[] signature = row.getBytes("signature");
        return new AuditRow(
                row.getLong("seq"),
                at == null ? Instant.EPOCH : at.toInstant(),
                text(row, "by"),
                text(row, "what"),
                text(row, "outcome"),
                text(row, "kind"),
                text(row, "target"),
                row.getString("partner"),
                row.getString("reason"),
                row.getString("detail"),
                bytes(row.getBytes("previous")),
                bytes(row.getBytes("digest")),
                row.getString("key") == null && signature == null
                        ? null
                        : new AuditStamp(row.getLong("stamped_from"), text(row, "key"), bytes(signature)));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    private static byte[] bytes(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    private static AuditSeal seal(ResultSet row, int n) throws SQLException {
        return new AuditSeal(
                row.getObject("day", java.time.LocalDate.class),
                row.getLong("seq"),
                row.getBytes("digest"),
                row.getString("key"),
                row.getBytes("signature"));
    }
}
