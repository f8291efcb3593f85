package vn.bocau.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;

/**
 * Opens what is masked: one person, one dossier, a quarter of an hour, for a reason. It is recorded with the act itself,
 * and waits for a data officer to look at it (Decree 13/2023/NĐ-CP, article 28: who is in charge of protecting personal
 * data).
 */
@Component
public class BreakGlass {

    public static final Duration OPEN = Duration.ofMinutes(15);

    /**
     * @param label the dossier's code or the message's id
     * @param seenBy the data officer who has looked at it; null while nobody has
     */
    public record Opened(
            UUID id,
            String by,
            String label,
            String reason,
            Instant openedAt,
            Instant until,
            @Nullable Instant seenAt,
            @Nullable String seenBy) {}

    private final JdbcClient db;
    private final AuditTrail trail;

    BreakGlass(JdbcClient db, AuditTrail trail) {
        this.db = db;
        this.trail = trail;
    }

    /**
     * @param scope the dossier's id, or the message's that belongs to none
     * @return until when
     */
    @Transactional
    public Instant open(String scope, String label, String by, String reason) {
        Instant until = db.sql("""
                        insert into break_glass (id, by, scope, label, reason, until)
                        values (:id, :by, :scope, :label, :reason, clock_timestamp() + make_interval(mins => :minutes))
                        returning until
                        """)
                .param("id", UuidCreator.getTimeOrderedEpoch())
                .param("by", by)
                .param("scope", scope)
                .param("label", label)
                .param("reason", reason)
                .param("minutes", (int) OPEN.toMinutes())
                .query(Timestamp.class)
                .single()
                .toInstant();
        trail.note(Audited.act(by, "BREAK_GLASS", Audited.Kind.DOSSIER, scope, null, reason));
        return until;
    }

    /** Until when this person may see it; empty when not. */
    public Optional<Instant> until(String scope, String by) {
        return db.sql(
                        "select max(until) from break_glass where by = :by and scope = :scope and until > clock_timestamp()")
                .param("by", by)
                .param("scope", scope)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    /** The newest first, those that nobody has looked at before all others. */
    public List<Opened> all(int from, int size) {
        return db.sql("select id, by, label, reason, opened_at, until, seen_at, seen_by from break_glass"
                        + " order by seen_at is not null, opened_at desc offset :from limit :size")
                .param("from", from)
                .param("size", size)
                .query(BreakGlass::opened)
                .list();
    }

    public long unseen() {
        return db.sql("select count(*) from break_glass where seen_at is null")
                .query(Long.class)
                .single();
    }

    /**
     * A data officer has looked at it.
     *
     * @throws Refused UNKNOWN {@code unknown-opening}, FORBIDDEN {@code one-person-alone}, CONFLICT {@code seen-already}
     */
    @Transactional
    public void see(UUID id, String by, String reason) {
        String opener = db.sql("select by from break_glass where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-opening",
                        "id",
                        "Không có lần mở dữ liệu này.",
                        "There is no such look at personal data."));
        if (opener.equals(by)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "one-person-alone",
                    "id",
                    "Lần mở này là của chính bạn; hãy để người khác xem xét.",
                    "This is your own; let somebody else look at it.");
        }
        int seen = db.sql(
                        "update break_glass set seen_at = clock_timestamp(), seen_by = :by where id = :id and seen_at is null")
                .param("id", id)
                .param("by", by)
                .update();
        if (seen == 0) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "seen-already",
                    "id",
                    "Lần mở này đã được xem xét.",
                    "This has been looked at already.");
        }
        trail.note(Audited.act(by, "SEEN", Audited.Kind.DOSSIER, id.toString(), null, reason));
    }

    private static Opened opened(ResultSet row, int n) throws SQLException {
        return new Opened(
                row.getObject("id", UUID.class),
                row.getString("by"),
                row.getString("label"),
                row.getString("reason"),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("until").toInstant(),
                row.getTimestamp("seen_at") == null
                        ? null
                        : row.getTimestamp("seen_at").toInstant(),
                row.getString("seen_by"));
    }
}
