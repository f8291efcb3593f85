package vn.bocau.wire.out;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.wire.Outage;

/** How far each carrier's feed has been read, whether it can be, and who reads it just now: one node, one thread. */
@Component
class Cursors {

    private final UUID node = UUID.randomUUID();
    private final JdbcTemplate jdbc;
    private final JdbcClient db;

    Cursors(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.db = JdbcClient.create(jdbc);
    }

    /** How far all feeds have been read. */
    List<Carriers.Reached> all() {
        return db.sql("""
                        select partner, cursor, moved_at, silent_since, reason_vi, reason_en
                        from feed_cursor full join feed_outage using (partner) order by partner
                        """).query((row, n) -> reached(row)).list();
    }

    private static Carriers.Reached reached(ResultSet row) throws SQLException {
        Timestamp moved = row.getTimestamp("moved_at");
        Timestamp silent = row.getTimestamp("silent_since");
        return new Carriers.Reached(
                row.getString("partner"),
                row.getString("cursor"),
                moved == null ? null : moved.toInstant(),
                silent == null ? null : silent.toInstant(),
                silent == null ? null : new Text(row.getString("reason_vi"), row.getString("reason_en")));
    }

    /**
     * A feed could not be read.
     *
     * @return whether that is new
     */
    boolean silent(String partner, Unavailable why) {
        try {
            return db.sql("""
                            insert into feed_outage (partner, fault, reason_vi, reason_en) values (:partner, :fault, :vi, :en)
                            on conflict (partner) do update
                            set fault = excluded.fault, reason_vi = excluded.reason_vi, reason_en = excluded.reason_en
                            where feed_outage.fault <> excluded.fault or feed_outage.reason_en <> excluded.reason_en
                            returning silent_since = now()
                            """)
                    .param("partner", partner)
                    .param("fault", why.code())
                    .param("vi", why.reason().vi())
                    .param("en", why.reason().en())
                    .query(Boolean.class)
                    .optional()
                    .orElse(false);
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
            // It is our own database that is away, which is said elsewhere.
            return false;
        }
    }

    /**
     * A feed was read.
     *
     * @return whether it could not be before
     */
    boolean answers(String partner) {
        return db.sql("delete from feed_outage where partner = :partner")
                        .param("partner", partner)
                        .update()
                > 0;
    }

    /** Whoever is followed no more is not silent either. */
    void forgetAllBut(List<String> followed) {
        db.sql("delete from feed_outage where partner <> all(:followed)")
                .param("followed", followed.toArray(String[]::new))
                .update();
    }

    /** To the beginning. */
    void rewind(String partner) {
        db.sql("delete from feed_cursor where partner = :partner")
                .param("partner", partner)
                .update();
    }

    Optional<String> of(String partner) {
        return db.sql("select cursor from feed_cursor where partner = :partner")
                .param("partner", partner)
                .query(String.class)
                .optional();
    }

    /**
     * Takes the next turn to ask a carrier, when that has come. It is the same node's as long as that takes it; by the
     * database's clock, and a turn that is further away than it can be is one of a clock that was put back since.
     *
     * @param every seconds between two turns
     */
    boolean turn(String partner, int every) {
        return db.sql("""
                        insert into feed_turn as known (partner, node, next_at)
                        values (:partner, :node, clock_timestamp() + make_interval(secs => :every))
                        on conflict (partner) do update set node = excluded.node, next_at = excluded.next_at
                        where known.next_at <= clock_timestamp() - case when known.node = excluded.node
                                then interval '0' else make_interval(secs => :every) end
                            or known.next_at > excluded.next_at
                        """)
                        .param("partner", partner)
                        .param("node", node)
                        .param("every", every)
                        .update()
                > 0;
    }

    /** A turn that took longer than one is over: the next is now, and still this node's. */
    void turnEnds(String partner) {
        db.sql(
                        "update feed_turn set next_at = greatest(next_at, clock_timestamp()) where partner = :partner and node = :node")
                .param("partner", partner)
                .param("node", node)
                .update();
    }

    /** The next turn is this node's, and now. */
    void turnNow(String partner) {
        db.sql("""
                        insert into feed_turn (partner, node, next_at) values (:partner, :node, clock_timestamp())
                        on conflict (partner) do update set node = excluded.node, next_at = excluded.next_at
                        """).param("partner", partner).param("node", node).update();
    }

    /** Everything up to here is committed. It never moves back, whoever writes. */
    void move(String partner, String cursor) {
        db.sql("""
                        insert into feed_cursor (partner, cursor) values (:partner, :cursor)
                        on conflict (partner) do update set cursor = excluded.cursor, moved_at = clock_timestamp()
                        where feed_cursor.cursor collate "C" < excluded.cursor collate "C"
                        """).param("partner", partner).param("cursor", cursor).update();
    }

    /**
     * Does the work while nobody else reads this feed; does nothing when somebody does. The lock belongs to a connection
     * and goes with it, so a node that dies leaves none behind. No transaction is open meanwhile.
     *
     * @param work answers whether there was anything to do
     * @return whether it was done
     */
    boolean alone(String partner, BooleanSupplier work) {
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            try (PreparedStatement lock = connection.prepareStatement(
                            "select pg_try_advisory_lock(hashtextextended('carrier-feed ' || ?, 0))");
                    PreparedStatement unlock = connection.prepareStatement(
                            "select pg_advisory_unlock(hashtextextended('carrier-feed ' || ?, 0))")) {
                lock.setString(1, partner);
                unlock.setString(1, partner);
                if (!yes(lock)) {
                    return false;
                }
                try {
                    return work.getAsBoolean();
                } finally {
                    yes(unlock);
                }
            }
        }));
    }

    private static boolean yes(PreparedStatement question) throws SQLException {
        try (ResultSet answer = question.executeQuery()) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
