package vn.bocau.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.audit.AuditRow;
import vn.bocau.audit.AuditRows;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;
import vn.bocau.code.SenderKey;
import vn.bocau.code.Text;

/** The journal as operators read it: what became of each message, never what it says. */
@Component
public class Records {

    /** Open messages of one partner in one state, and since when the oldest waits: accepted, or told again, then. */
    public record Depth(String partner, String direction, String state, long count, double oldestSeconds) {}

    /**
     * The way to a partner.
     *
     * @param since begin of the present outage, pause or open time
     * @param pausedBy the operator who stopped it; null unless PAUSED
     * @param ramp while PROBING, how many messages may be on their way at once
     */
    public record Line(
            String partner,
            String state,
            Instant since,
            @Nullable Text reason,
            @Nullable String pausedBy,
            int failures,
            @Nullable Instant nextProbeAt,
            int ramp) {}

    /**
     * The message that has been on its way to a partner the longest, when that is longer than it should take: whoever
     * carries it may be gone.
     *
     * @param until end of its claim; then it is taken up again
     */
    public record Carried(String partner, Instant since, Instant until) {}

    /**
     * A message without its words.
     *
     * @param key as {@link SenderKey} shows it
     * @param group id of the dossier it is about, where it is about one
     */
    public record Message(
            long seq,
            UUID id,
            String direction,
            String partner,
            String key,
            String kind,
            @Nullable String group,
            @Nullable String subject,
            String state,
            @Nullable String fault,
            @Nullable Text reason,
            @Nullable Text remedy,
            int attempts,
            @Nullable UUID cause,
            Instant createdAt,
            @Nullable Instant closedAt) {}

    /** Of one message as many attempts are shown beside others: a partner that is away for long is tried again and again. */
    public static final int MOST_ATTEMPTS = 5;

    /** One time a message was carried to its partner; without an outcome when the process died, or is at it now. */
    public record Attempt(
            int no,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String outcome,
            @Nullable String detail) {}

    /** What an operator did. */
    public record Act(Instant at, String by, String what, String reason) {}

    /**
     * Which messages.
     *
     * @param partners of these alone; null for all
     * @param before only those accepted before this one, for the next page
     */
    public record Wanted(
            @Nullable Set<String> partners,
            @Nullable String partner,
            @Nullable String direction,
            @Nullable String state,
            @Nullable String subject,
            @Nullable Long before,
            int size) {}

    /** No time-out towards a partner is longer. */
    private static final int LONG_SECONDS = 30;

    static final String MESSAGE = """
            select m.seq, m.id, m.direction, m.partner, m.key, m.kind, m.message_group, m.subject, m.state, m.fault, m.reason_vi, m.reason_en, m.remedy_vi, m.remedy_en,
                m.attempts, c.id as cause, m.created_at, m.closed_at
            from message m left join message c on c.seq = m.cause
            """;

    /** Whose messages there are: from one to the next along the index of keys, not by all of it. */
    private static final String KNOWN = """
            with recursive known (partner) as (
                (select partner from message order by partner limit 1)
                union all
                select (select m.partner from message m where m.partner > k.partner order by m.partner limit 1)
                from known k where k.partner is not null)
            """;

    private final JdbcClient db;

    private final AuditRows audit;

    Records(JdbcClient db, AuditRows audit) {
        this.db = db;
        this.audit = audit;
    }

    /** From the open messages alone, each state by its own index, so that it does not grow with history. */
    public List<Depth> depths() {
        return db.sql("""
                        select p.partner, 'OUT' as direction, 'PENDING' as state, p.count,
                            extract(epoch from clock_timestamp() - least(f.created_at, a.pended_at)) as oldest_seconds
                        from (select partner, count(*) as count from message where state = 'PENDING' group by partner) p
                        left join lateral (
                            select m.created_at from message m
                            where m.partner between p.partner and p.partner and m.state = 'PENDING' and m.pended_at is null
                            order by m.partner, m.seq limit 1) f on true
                        left join lateral (
                            select m.pended_at from message m
                            where m.partner between p.partner and p.partner and m.state = 'PENDING' and m.pended_at is not null
                            order by m.partner, m.pended_at limit 1) a on true
                        union all
                        select partner, direction, state, count(*),
                            extract(epoch from clock_timestamp() - min(coalesce(pended_at, created_at)))
                        from message where direction = 'OUT' and state = 'QUEUED' group by partner, direction, state
                        union all
                        select partner, direction, state, count(*),
                            extract(epoch from clock_timestamp() - min(coalesce(pended_at, created_at)))
                        from message where state = 'PARKED' group by partner, direction, state
                        order by 1, 2, 3
                        """).query(Depth.class).list();
    }

    /**
     * Partners whose line has been open for minutes, on which something could go and has waited for more than ten, and who have confirmed
     * nothing in the last five: what stands still is ours. What waits behind a parked one waits for a person, what is under way for
     * the partner. One that was let go just now has waited, too: whoever calls people for it sees first whether it lasts.
     *
     * @return since when the first of what could go has waited
     */
    public Map<String, Instant> unmoved() {
        Map<String, Instant> since = new TreeMap<>();
        db.sql("""
                        select partner, since from (
                            select l.partner, least(
                                (select min(coalesce(m.pended_at, m.created_at)) from message m
                                    where m.partner = l.partner and m.state = 'QUEUED' and m.feed_position is null
                                      and coalesce(m.claimed_until <= now(), true)
                                      and coalesce(m.pended_at, m.created_at) < now() - interval '10 minutes'),
                                (select coalesce(m.pended_at, m.created_at) from message m
                                    where m.partner = l.partner and m.state = 'PENDING' and m.direction = 'OUT' and m.feed_position is null
                                      and coalesce(m.pended_at, m.created_at) < now() - interval '10 minutes' and %s
                                    order by m.seq limit 1)) as since
                            from line l
                            where l.state = 'OPEN' and l.turned_at < clock_timestamp() - interval '5 minutes'
                              and l.partner not in (
                                select partner from message
                                where direction = 'OUT' and state = 'CONFIRMED' and closed_at > now() - interval '5 minutes'
                                union all
                                select partner from message
                                where direction = 'OUT' and state = 'PARKED' and parked_at > now() - interval '5 minutes')
                            offset 0) stands
                        where since is not null
                        """.formatted(Relay.FIRST_OF_ITS_GROUP)).query(row -> {
            since.put(row.getString("partner"), row.getTimestamp("since").toInstant());
        });
        return since;
    }

    /** Partners who fetch, but ask for single things alone: what waits for them says nothing of whether they come. */
    public Set<String> singly() {
        return db.sql(Feed.SINGLY).query(String.class).set();
    }

    public List<Line> lines() {
        return db.sql(
                        "select partner, state, since, reason_vi, reason_en, paused_by, failures, next_probe_at, ramp from line"
                                + " order by partner")
                .query((row, n) -> new Line(
                        row.getString("partner"),
                        row.getString("state"),
                        row.getTimestamp("since").toInstant(),
                        text(row.getString("reason_vi"), row.getString("reason_en")),
                        row.getString("paused_by"),
                        row.getInt("failures"),
                        instant(row.getTimestamp("next_probe_at")),
                        row.getInt("ramp")))
                .list();
    }

    /** One of each partner at most. */
    public List<Carried> carriedForLong() {
        return db.sql("""
                        select distinct on (m.partner) m.partner, a.started_at as since, m.claimed_until as until
                        from message m join attempt a on a.message = m.seq and a.no = m.attempts
                        where m.direction = 'OUT' and m.state = 'QUEUED' and m.claimed_until is not null
                          and a.started_at < clock_timestamp() - make_interval(secs => :long)
                        order by m.partner, a.started_at
                        """).param("long", LONG_SECONDS).query(Carried.class).list();
    }

    /** The newest first. */
    public List<Message> messages(Wanted wanted) {
        StringBuilder sql = new StringBuilder(MESSAGE).append("where true");
        JdbcClient.StatementSpec query = db.sql(sql.append(wanted.partner == null ? "" : " and m.partner = :partner")
                .append(wanted.partners == null ? "" : " and m.partner = any(:partners)")
                .append(wanted.direction == null ? "" : " and m.direction = :direction")
                .append(wanted.state == null ? "" : " and m.state = :state")
                .append(wanted.subject == null ? "" : " and m.subject = :subject")
                .append(wanted.before == null ? "" : " and m.seq < :before")
                .append(" order by m.seq desc limit :size")
                .toString());
        return query.param("partner", wanted.partner)
                .param("partners", wanted.partners == null ? null : wanted.partners.toArray(String[]::new))
                .param("direction", wanted.direction)
                .param("state", wanted.state)
                .param("subject", wanted.subject)
                .param("before", wanted.before)
                .param("size", wanted.size)
                .query(Records::message)
                .list();
    }

    /**
     * The newest of one dossier, in the order in which they were accepted; at most so many. One that was about several at once is of none
     * alone: it is found by what was told of this one because of it.
     */
    public List<Message> ofGroup(String group, int most) {
        List<Message> newestFirst = db.sql(MESSAGE + """
                        where m.seq in (
                            select seq from message where message_group = :group
                            union select cause from message where message_group = :group and cause is not null)
                        order by m.seq desc limit :most
                        """)
                .param("group", group)
                .param("most", most)
                .query(Records::message)
                .list();
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    /** @throws Refused UNKNOWN */
    public Message message(UUID id) {
        return find(id).orElseThrow(Records::unknown);
    }

    /**
     * What came in under this key of its sender's own; there may be one of each sender.
     *
     * @param partners of these alone; null for whoever has ever said something, in the directory or not
     */
    public List<Message> ofKey(String key, @Nullable Set<String> partners) {
        String who = partners == null ? "m.partner in (select partner from known)" : "m.partner = any(:partners)";
        return db.sql((partners == null ? KNOWN : "") + MESSAGE + "where " + who
                        + " and m.direction = 'IN' and m.key = :key order by m.seq desc")
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("key", key)
                .query(Records::message)
                .list();
    }

    /** Empty when there is none. */
    public Optional<Message> find(UUID id) {
        return db.sql(MESSAGE + "where m.id = :id")
                .param("id", id)
                .query(Records::message)
                .optional();
    }

    static Message message(ResultSet row, int n) throws SQLException {
        return new Message(
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                row.getString("direction"),
                row.getString("partner"),
                SenderKey.shown(row.getString("key")),
                row.getString("kind"),
                row.getString("message_group"),
                row.getString("subject"),
                row.getString("state"),
                row.getString("fault"),
                text(row.getString("reason_vi"), row.getString("reason_en")),
                text(row.getString("remedy_vi"), row.getString("remedy_en")),
                row.getInt("attempts"),
                row.getObject("cause", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("closed_at") == null
                        ? null
                        : row.getTimestamp("closed_at").toInstant());
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Text text(@Nullable String vi, @Nullable String en) {
        return vi == null || en == null ? null : new Text(vi, en);
    }

    public List<Attempt> attempts(long message) {
        return db.sql(
                        "select no, started_at, ended_at, outcome, detail from attempt where message = :message order by no")
                .param("message", message)
                .query(Attempt.class)
                .list();
    }

    /** The newest of each of these, in their order, by the message's seq. */
    public Map<Long, List<Attempt>> attemptsOf(List<Message> messages) {
        Map<Long, List<Attempt>> attempts = new HashMap<>();
        db.sql("""
                        select m.seq, a.* from unnest(:messages) m (seq)
                        join lateral (
                            select no, started_at, ended_at, outcome, detail from attempt
                            where message = m.seq order by no desc limit :most) a on true
                        order by m.seq, a.no
                        """)
                .param("messages", messages.stream().map(Message::seq).toArray(Long[]::new))
                .param("most", MOST_ATTEMPTS)
                .query(row -> {
                    attempts.computeIfAbsent(row.getLong("seq"), seq -> new ArrayList<>())
                            .add(new Attempt(
                                    row.getInt("no"),
                                    row.getTimestamp("started_at").toInstant(),
                                    instant(row.getTimestamp("ended_at")),
                                    row.getString("outcome"),
                                    row.getString("detail")));
                });
        return attempts;
    }

    /** What was done with each of these, the oldest first. */
    public Map<UUID, List<Act>> actsOf(List<Message> messages) {
        Map<UUID, List<Act>> acts = new HashMap<>();
        audit.of(
                        Audited.Kind.MESSAGE,
                        messages.stream()
                                .map(message -> message.id().toString())
                                .toList())
                .forEach((id, rows) -> acts.put(UUID.fromString(id), acts(rows)));
        return acts;
    }

    public List<Act> acts(UUID message) {
        return acts(audit.of(Audited.Kind.MESSAGE, message.toString()));
    }

    static List<Act> acts(List<AuditRow> rows) {
        return rows.stream()
                .map(row -> new Act(row.at(), row.by(), row.what(), row.reason() == null ? "" : row.reason()))
                .toList();
    }

    static Refused unknown() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-message",
                "id",
                "Không có thông điệp nào mang mã này.",
                "There is no message with this id.");
    }
}
