package vn.bocau.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;

/**
 * What went wrong and is not mended: parked messages in groups of one cause, the lines that wait for their partner, and what
 * cannot be read that partners have for us.
 */
@Component
public class Failures {

    /** More causes than this at once are one cause that nobody has understood yet. */
    public static final int MOST_GROUPS = 200;

    /** How many mended messages of a group are looked at for one that a person mended. */
    private static final int MENDED_LOOKED_AT = 50;

    /**
     * Parked messages of one cause.
     *
     * @param since when the first of them was parked
     * @param newest when the last was
     * @param dossiers how many different dossiers wait for it; what nobody could place is none
     * @param mended what a person did about the last one like it that is over; null when there was none
     */
    public record Group(
            String code,
            String partner,
            String direction,
            String kind,
            long count,
            long dossiers,
            Instant since,
            Instant newest,
            @Nullable Mended mended) {}

    /**
     * A line that waits for its partner to answer.
     *
     * @param state HELD, PROBING or RESTING
     * @param since begin of the outage
     * @param turned when it was tried last
     * @param count messages that wait
     * @param mended the person who had it tried in the outage before this one; null when nobody did
     * @param passed the outage before this one; null when there was none
     */
    public record Held(
            String code,
            String partner,
            String state,
            Text reason,
            Instant since,
            Instant turned,
            @Nullable Instant nextProbeAt,
            long count,
            long dossiers,
            @Nullable Mended mended,
            @Nullable Passed passed) {}

    /**
     * What a partner has for us and we fetch, which cannot be read.
     *
     * @param way FEED of a carrier's events, DROP of the files an agency drops
     * @param readAt when a feed was last read on, null when it never was; and of a drop
     * @param mended the person who had a feed read anew in the outage before this one; null when nobody did, and of a drop
     * @param passed the outage of the feed before this one; null when there was none, and of a drop
     */
    public record Unheard(
            String code,
            String partner,
            String way,
            Text reason,
            Instant since,
            @Nullable Instant readAt,
            @Nullable Mended mended,
            @Nullable Passed passed) {}

    /**
     * What of ours stands still, whatever the partners do.
     *
     * @param count messages that wait, on whichever line
     */
    public record Own(String code, Text reason, Instant since, long count, long dossiers) {}

    /** An outage that is over. */
    public record Passed(Instant began, Instant ended) {

        public Duration lasted() {
            return Duration.between(began, ended);
        }
    }

    /**
     * What a person did that ended a failure of this kind.
     *
     * @param what RETRY, EDIT or DISCARD; of a line RESUME; of a feed REWIND
     * @param message the one it was done to; null of a line or a feed
     */
    public record Mended(
            String what,
            String by,
            Instant at,
            String reason,
            @Nullable UUID message) {}

    /**
     * A message that failed, now or once: its state says whether it is mended.
     *
     * @param group id of the dossier it is about, where it is about one
     */
    public record Failed(
            long seq,
            UUID id,
            String direction,
            String partner,
            String kind,
            @Nullable String group,
            @Nullable String subject,
            String state,
            String code,
            @Nullable Text reason,
            @Nullable Text remedy,
            int attempts,
            Instant createdAt,
            Instant parkedAt,
            @Nullable Instant closedAt) {}

    /**
     * Which. All of it may be left out.
     *
     * @param only of these partners alone; null for all
     * @param byPartner of the partner whose way it went
     * @param byKind of the kind whose way it went
     * @param from parked then or later
     * @param until parked before then
     */
    public record Wanted(
            @Nullable Set<String> only,
            @Nullable String partner,
            @Nullable String byPartner,
            @Nullable String direction,
            @Nullable String kind,
            @Nullable String byKind,
            @Nullable String code,
            @Nullable String state,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** Every message that failed has a place in the index on it, however many others there are. */
    private static final String FAILED = """
            select seq, id, direction, partner, kind, message_group, subject, state, last_fault, reason_vi, reason_en, remedy_vi, remedy_en,
                attempts, created_at, parked_at, closed_at
            from message m where last_fault is not null
            """;

    private final JdbcClient db;
    private final Relay relay;

    Failures(JdbcClient db, Relay relay) {
        this.db = db;
        this.relay = relay;
    }

    /**
     * The largest first; of a state other than PARKED there are none.
     *
     * @return at most {@link #MOST_GROUPS}
     */
    public List<Group> groups(Wanted wanted) {
        return asked("""
                        select g.*, d.what, d.by, d.at, d.reason, d.id
                        from (
                            select fault, partner, direction, kind, count(*) as count,
                                count(distinct message_group) as dossiers, min(parked_at) as since, max(parked_at) as newest
                            from message m
                            where m.state = 'PARKED' and m.last_fault is not null and (cast(:state as text) is null or :state = 'PARKED')
                        """ + conditions(wanted, "fault") + """
                            group by fault, partner, direction, kind
                            order by count(*) desc, min(parked_at) limit :most) g
                        left join lateral (
                            select a.what, a.by, a.at, a.reason, m.id
                            from (
                                select id, closed_at from message c
                                where partner = g.partner and direction = g.direction and kind = g.kind
                                  and last_fault = g.fault and last_fault is not null
                                  and state in ('RECEIVED', 'CONFIRMED', 'DISCARDED')
                                  and not exists (select from edit e where e.original = c.seq)
                                order by closed_at desc nulls last limit :lookedAt) m
                            join lateral (
                                select what, by, at, reason from audit
                                where kind = 'MESSAGE' and target = cast(m.id as text) and outcome = 'DONE'
                                  and what in ('EDIT', 'RETRY', 'DISCARD')
                                order by what = 'EDIT' desc, seq desc limit 1) a on true
                            order by m.closed_at desc limit 1) d on true
                        order by g.count desc, g.since
                        """, wanted)
                .param("most", MOST_GROUPS)
                .param("lookedAt", MENDED_LOOKED_AT)
                .query((row, n) -> new Group(
                        row.getString("fault"),
                        row.getString("partner"),
                        row.getString("direction"),
                        row.getString("kind"),
                        row.getLong("count"),
                        row.getLong("dossiers"),
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("newest").toInstant(),
                        mended(row, row.getObject("id", UUID.class))))
                .list();
    }

    /**
     * Lines that wait, the longest first; one that a person has paused is no failure. Who asks for messages of one kind or
     * state, for those that came in, or for some time, asks for no line.
     */
    public List<Held> held(Wanted wanted) {
        if (isOfMessages(wanted) || "IN".equals(wanted.direction)) {
            return List.of();
        }
        return asked("""
                        select l.*, w.count, w.dossiers, d.what, d.by, d.at, d.reason, i.began_at, i.ended_at
                        from line l
                        cross join lateral (
                            select count(*) as count, count(distinct message_group) as dossiers from message
                            where direction = 'OUT' and partner = l.partner and state in ('PENDING', 'QUEUED')) w
                        left join lateral (
                            select began_at, ended_at from incident where partner = l.partner and way = 'OUT' and ended_at is not null
                            order by ended_at desc limit 1) i on true
                        left join lateral (
                            select what, by, at, reason from audit
                            where kind = 'PARTNER' and target = l.partner and outcome = 'DONE' and what = 'RESUME'
                              and at between i.began_at and i.ended_at
                            order by seq desc limit 1) d on true
                        where l.state in ('HELD', 'PROBING', 'RESTING') and l.fault is not null
                          and (cast(:only as text[]) is null or l.partner = any(:only))
                          and l.partner = coalesce(:partner, l.partner) and l.partner = coalesce(:byPartner, l.partner)
                          and l.fault = coalesce(:code, l.fault)
                        order by l.since, l.partner
                        """, wanted)
                .query((row, n) -> new Held(
                        row.getString("fault"),
                        row.getString("partner"),
                        row.getString("state"),
                        new Text(row.getString("reason_vi"), row.getString("reason_en")),
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("turned_at").toInstant(),
                        instant(row.getTimestamp("next_probe_at")),
                        row.getLong("count"),
                        row.getLong("dossiers"),
                        mended(row, null),
                        passed(row)))
                .list();
    }

    /** What cannot be read, the longest first; asked for like lines, but for those of the other direction. */
    public List<Unheard> unheard(Wanted wanted) {
        if (isOfMessages(wanted) || "OUT".equals(wanted.direction)) {
            return List.of();
        }
        return asked("""
                        select u.*, c.moved_at, d.what, d.by, d.at, d.reason, i.began_at, i.ended_at
                        from (
                            select partner, 'FEED' as way, fault, reason_vi, reason_en, silent_since from feed_outage
                            union all
                            (select distinct on (partner, fault) partner, 'DROP', fault, reason_vi, reason_en, silent_since
                            from drop_outage order by partner, fault, silent_since)) u
                        left join feed_cursor c on c.partner = u.partner and u.way = 'FEED'
                        left join lateral (
                            select began_at, ended_at from incident
                            where u.way = 'FEED' and partner = u.partner and way = 'IN' and ended_at is not null
                            order by ended_at desc limit 1) i on true
                        left join lateral (
                            select what, by, at, reason from audit
                            where kind = 'PARTNER' and target = u.partner and outcome = 'DONE' and what = 'REWIND'
                              and at between i.began_at and i.ended_at
                            order by seq desc limit 1) d on true
                        where (cast(:only as text[]) is null or u.partner = any(:only))
                          and u.partner = coalesce(:partner, u.partner) and u.partner = coalesce(:byPartner, u.partner)
                          and u.fault = coalesce(:code, u.fault)
                        order by u.silent_since, u.partner, u.fault
                        """, wanted)
                .query((row, n) -> new Unheard(
                        row.getString("fault"),
                        row.getString("partner"),
                        row.getString("way"),
                        new Text(row.getString("reason_vi"), row.getString("reason_en")),
                        row.getTimestamp("silent_since").toInstant(),
                        instant(row.getTimestamp("moved_at")),
                        mended(row, null),
                        passed(row)))
                .list();
    }

    /** Our broker, as the node that is asked finds it. It is no partner's: who asks for one asks for none of this. */
    public List<Own> own(Wanted wanted) {
        if (isOfMessages(wanted) || wanted.partner != null || wanted.byPartner != null || wanted.direction != null) {
            return List.of();
        }
        return relay.brokerAway().filter(away -> wanted.code == null || wanted.code.equals(away.code())).stream()
                .map(away -> db.sql("""
                                select count(*) as count, count(distinct message_group) as dossiers from message
                                where direction = 'OUT' and state in ('PENDING', 'QUEUED') and partner in (select partner from line)
                                  and (cast(:only as text[]) is null or partner = any(:only))
                                """)
                        .param("only", wanted.only == null ? null : wanted.only.toArray(String[]::new))
                        .query((row, n) -> new Own(
                                away.code(),
                                away.reason(),
                                away.since(),
                                row.getLong("count"),
                                row.getLong("dossiers")))
                        .single())
                .toList();
    }

    private static boolean isOfMessages(Wanted wanted) {
        return wanted.kind != null
                || wanted.byKind != null
                || wanted.state != null
                || wanted.from != null
                || wanted.until != null;
    }

    private static @Nullable Passed passed(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return ended == null ? null : new Passed(row.getTimestamp("began_at").toInstant(), ended.toInstant());
    }

    /**
     * The newest first.
     *
     * @param before only those accepted before this one, for the next page
     */
    public List<Failed> messages(Wanted wanted, @Nullable Long before, int size) {
        return asked(
                        FAILED
                                + (wanted.state == null ? "" : "and m.state = :state ")
                                + (before == null ? "" : "and m.seq < :before ")
                                + conditions(wanted, "last_fault")
                                + "order by m.seq desc limit :size",
                        wanted)
                .param("before", before)
                .param("size", size)
                .query(Failures::failed)
                .list();
    }

    /** Codes, partners and kinds are what was found wrong, never a sentence of somebody's. */
    private static String conditions(Wanted wanted, String code) {
        return (wanted.only == null ? "" : "and m.partner = any(:only) ")
                + (wanted.partner == null ? "" : "and m.partner = :partner ")
                + (wanted.direction == null ? "" : "and m.direction = :direction ")
                + (wanted.byPartner == null ? "" : "and m.partner = :byPartner ")
                + (wanted.kind == null ? "" : "and m.kind = :kind ")
                + (wanted.byKind == null ? "" : "and m.kind = :byKind ")
                + (wanted.code == null ? "" : "and m." + code + " = :code ")
                + (wanted.from == null ? "" : "and m.parked_at >= :from ")
                + (wanted.until == null ? "" : "and m.parked_at < :until ");
    }

    private JdbcClient.StatementSpec asked(String sql, Wanted wanted) {
        return db.sql(sql)
                .param("only", wanted.only == null ? null : wanted.only.toArray(String[]::new))
                .param("partner", wanted.partner)
                .param("direction", wanted.direction)
                .param("byPartner", wanted.byPartner)
                .param("kind", wanted.kind)
                .param("byKind", wanted.byKind)
                .param("code", wanted.code)
                .param("state", wanted.state)
                .param("from", wanted.from == null ? null : Timestamp.from(wanted.from))
                .param("until", wanted.until == null ? null : Timestamp.from(wanted.until));
    }

    private static @Nullable Mended mended(ResultSet row, @Nullable UUID message) throws SQLException {
        Timestamp at = row.getTimestamp("at");
        if (at == null) {
            return null;
        }
        String reason = row.getString("reason");
        return new Mended(
                row.getString("what"), row.getString("by"), at.toInstant(), reason == null ? "" : reason, message);
    }

    private static Failed failed(ResultSet row, int n) throws SQLException {
        return new Failed(
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                row.getString("direction"),
                row.getString("partner"),
                row.getString("kind"),
                row.getString("message_group"),
                row.getString("subject"),
                row.getString("state"),
                row.getString("last_fault"),
                text(row.getString("reason_vi"), row.getString("reason_en")),
                text(row.getString("remedy_vi"), row.getString("remedy_en")),
                row.getInt("attempts"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("parked_at").toInstant(),
                instant(row.getTimestamp("closed_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Text text(@Nullable String vi, @Nullable String en) {
        return vi == null || en == null ? null : new Text(vi, en);
    }
}
