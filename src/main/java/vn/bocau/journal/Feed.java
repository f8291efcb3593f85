package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.Refused;

/**
 * What a partner is told who fetches for himself: its messages, numbered in the order in which they may be read. Bean
 * {@code feed}.
 *
 * <p>Messages are written by many transactions at once and commit in any order, so the order of writing is no cursor: a
 * reader would move past a number whose transaction is still open, and never see it. A position is therefore given only
 * to what is committed, by one giver at a time, and becomes visible before the next giver begins. Whoever has read up to
 * a position has read everything before it. Within a line the order of positions is the order of acceptance, because a
 * line is written under its lock.
 */
@Component("feed")
public class Feed {

    /** Whose oldest message has waited for longer has stopped asking for them: a one-stop system asks every few minutes. */
    public static final Duration LONG_UNFETCHED = Duration.ofHours(4);

    /**
     * In SQL, who has asked for single things lately, as people do who rest at night, on Sundays and at Tết, and for no page of what
     * waits since weeks: of who never did, what waits does not say that he has stopped.
     */
    static final String SINGLY =
            "select partner from feed_asked where singly_at > clock_timestamp() - interval '14 days'"
                    + " and coalesce(page_at, '-infinity') < clock_timestamp() - interval '30 days'";

    /** So many are numbered at once; the rest of a long silence is numbered with the next pages. */
    private static final int GIVEN_AT_ONCE = 5000;

    static final String ABOUT = "select feed_position, id, kind, subject, body from message where partner = :partner"
            + " and feed_position is not null and state <> 'DISCARDED'"
            + " and (subject = :subject or message_group = any(:groups)) order by feed_position";

    /** A message with its position. */
    public record Entry(
            long position, UUID id, String kind, @Nullable String subject, JsonNode body) {

        /** Without the body, which may hold personal data. */
        @Override
        public String toString() {
            return "Entry[" + position + " " + kind + " " + id + "]";
        }
    }

    /** @param left how many come after the cursor, those of this page among them */
    public record Page(List<Entry> entries, long left) {}

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final LineMeters meters;
    private final Relay relay;
    private final Waiters waiters;

    Feed(JdbcClient db, TransactionTemplate transactions, LineMeters meters, Relay relay, Waiters waiters) {
        this.db = db;
        this.transactions = transactions;
        this.meters = meters;
        this.relay = relay;
        this.waiters = waiters;
    }

    /**
     * The messages after a cursor. Asking with it confirms all that come before it: who asks for more has got those.
     *
     * @param after the position read last; 0 at first
     * @throws Refused RULE {@code cursor-ahead} when nothing has been told up to there; nothing is confirmed then
     */
    @Transactional
    public Page page(String partner, long after, int size) {
        give(partner);
        asked(partner, "page_at");
        refuseAhead(partner, after);
        confirm(partner, after);
        List<Entry> entries = db.sql("select feed_position, id, kind, subject, body from message"
                        + " where partner = :partner and feed_position > :after and state <> 'DISCARDED'"
                        + " order by feed_position limit :size")
                .param("partner", partner)
                .param("after", after)
                .param("size", size)
                .query(Feed::entry)
                .list();
        long left = db.sql("select count(*) from message where partner = :partner and feed_position > :after"
                        + " and state <> 'DISCARDED'")
                .param("partner", partner)
                .param("after", after)
                .query(Long.class)
                .single();
        return new Page(entries, left);
    }

    /**
     * All messages about one thing, in their order. Confirms nothing, because a look is no promise to have kept it.
     *
     * @param groups what it may be in beside
     */
    public List<Entry> about(String partner, String subject, Set<String> groups) {
        // By itself: who looks must not keep the feed's reader waiting meanwhile.
        transactions.executeWithoutResult(t -> {
            give(partner);
            asked(partner, "singly_at");
        });
        return db.sql(ABOUT)
                .param("partner", partner)
                .param("subject", subject)
                .param("groups", groups.toArray(String[]::new))
                .query(Feed::entry)
                .list();
    }

    /**
     * The turn is a statement of its own: the next one then sees what the giver before has committed; and what is told again, by
     * who has the turn meanwhile.
     *
     * @throws vn.bocau.code.Unavailable after four seconds
     */
    private void give(String partner) {
        waiters.among(() -> relay.turnOf(partner));
        db.sql("""
                        with waiting as (
                            select seq from message
                            where partner = :partner and direction = 'OUT' and state = 'PENDING'
                            order by seq limit :most),
                        given as (
                            select seq, nextval('feed_position') as position from (select seq from waiting order by seq) w)
                        update message m
                        set feed_position = given.position, state = 'QUEUED', queued_at = clock_timestamp()
                        from given where m.seq = given.seq and m.state = 'PENDING'
                        """).param("partner", partner).param("most", GIVEN_AT_ONCE).update();
    }

    private void asked(String partner, String how) {
        db.sql("""
                        insert into feed_asked (partner, HOW) values (:partner, clock_timestamp())
                        on conflict (partner) do update set HOW = excluded.HOW
                        where coalesce(feed_asked.HOW, '-infinity') < clock_timestamp() - interval '1 minute'
                        """.replace("HOW", how)).param("partner", partner).update();
    }

    private void refuseAhead(String partner, long after) {
        long last = db.sql("select coalesce(max(feed_position), 0) from message where partner = :partner")
                .param("partner", partner)
                .query(Long.class)
                .single();
        if (after > last) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "cursor-ahead",
                    "lastId",
                    "Chưa có sự kiện nào đến mã này; hãy đọc lại từ mã cuối cùng đã nhận, hoặc từ đầu.",
                    "No event has this id yet; read on from the last id you received, or from the beginning.");
        }
    }

    private void confirm(String partner, long after) {
        List<Double> seconds = db.sql(
                        "update message set state = 'CONFIRMED', closed_at = clock_timestamp(), answer = :answer"
                                + " where partner = :partner and direction = 'OUT' and state = 'QUEUED'"
                                + " and feed_position <= :after"
                                + " returning extract(epoch from closed_at - coalesce(pended_at, created_at))")
                .param("answer", "fetched, cursor moved to " + after)
                .param("partner", partner)
                .param("after", after)
                .query(Double.class)
                .list();
        meters.fetched(partner, seconds);
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                row.getLong("feed_position"),
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("subject"),
                Journal.parse(row.getString("body")));
    }
}
