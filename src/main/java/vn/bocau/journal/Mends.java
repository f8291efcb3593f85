package vn.bocau.journal;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;

/**
 * Retries parked messages in groups, as {@link Mend} tells, tells partners in groups what they have confirmed and lost, and gives
 * up in groups what nobody needs any more. All that is decided stands in the database, so any node goes on
 * where another stopped. A message goes out by the same act as a single retry, under the same lock: whoever comes second
 * finds it parked no more and sends nothing.
 */
@Component("mends")
public class Mends {

    private static final Logger LOG = LoggerFactory.getLogger(Mends.class);

    static final String OVER = "mend-over";

    /** Of one mend in one look. */
    private static final int AT_ONCE = 500;

    /** What one mend takes. */
    public static final int MOST = 100_000;

    /** Fewer answers than this say nothing about a share, unless there are no more to come in this stage. */
    private static final int ENOUGH = 20;

    /** What a replay took from a queue is parked and retried, and is a replay all the same. */
    private static final String SORT =
            "case when exists (select from replay r where r.mend = m.id) then 'REPLAY' else m.sort end";

    /** As it is noted: what waits for its turn may have been dealt with by others, whom the mend has not come to yet. */
    private static final String NOTED = """
            select m.*, SORT as sorted, count(i.message) as total,
                count(*) filter (where i.state = 'WAITING') as waiting, count(*) filter (where i.state = 'SENT') as sent,
                count(*) filter (where i.state = 'CONFIRMED') as confirmed,
                count(*) filter (where i.state = 'FAILED') as failed, count(*) filter (where i.state = 'LEFT') as left_,
                count(*) filter (where i.state = 'CONFLICT') as conflict,
                count(*) filter (where i.state = 'CONFIRMED' and i.fault = 'not-told') as untold
            from mend m left join mend_item i on i.mend = m.id
            """.replace("SORT", SORT);

    /**
     * Which messages: parked ones, and of a {@link Mend.Sort#DISCARD} also those that wait to be told.
     *
     * @param messages these; null for all that the others say
     * @param from parked then or later
     * @param until parked before then
     * @param counted accepted before then, so that nothing is given up that nobody has counted; null for all
     */
    public record Wanted(
            Mend.Sort sort,
            @Nullable List<UUID> messages,
            @Nullable String code,
            @Nullable String partner,
            @Nullable String kind,
            @Nullable Way way,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Instant counted) {

        public Wanted(
                @Nullable List<UUID> messages,
                @Nullable String code,
                @Nullable String partner,
                @Nullable String kind,
                @Nullable Way way,
                @Nullable Instant from,
                @Nullable Instant until) {
            this(Mend.Sort.RETRY, messages, code, partner, kind, way, from, until, null);
        }
    }

    /** What of a message says which way it went; null says nothing. */
    public record Way(
            String direction,
            @Nullable String partner,
            @Nullable String kind) {}

    /** All of its messages are of these partners. */
    private static final String OF = " not exists (select from mend_item o join message x on x.seq = o.message"
            + " where o.mend = m.id and x.partner <> all(:partners))";

    /**
     * Messages of a mend that wait for one partner, or for one stretch that is paused; for that of mends itself also those that are
     * back in their lines, for it notes what becomes of them.
     *
     * @param line how the way stands: HELD, PROBING, RESTING, PAUSED; GONE when nobody tells it anything any more;
     *     BEHIND_PARKED of those that come after a parked message of their dossier, and wait until a person has dealt with that
     * @param behind of the last, the parked message that was accepted first
     */
    public record Held(
            @Nullable String partner,
            @Nullable String stretch,
            String line,
            long count,
            @Nullable UUID behind) {}

    /** How they are to go. */
    public record How(Instant notBefore, int perMinute, int mostFailed) {}

    /**
     * A message of a mend.
     *
     * @param behind the parked message of its dossier that it comes after: until a person has dealt with that, it is told to nobody
     */
    public record Item(
            UUID message,
            String partner,
            String kind,
            @Nullable String group,
            @Nullable String subject,
            String state,
            @Nullable String fault,
            @Nullable Instant sentAt,
            @Nullable Instant endedAt,
            @Nullable UUID behind,
            long no) {}

    /** Of message m, which waits in mend d for its turn: others have dealt with it. */
    private static final String DEALT_WITH = """
            case d.sort when 'RETRY' then m.state <> 'PARKED'
                when 'DISCARD' then m.state not in ('PARKED', 'PENDING', 'QUEUED')
                else m.state <> 'CONFIRMED' or m.closed_at >= d.until end
            """;

    /** The same: its partner has heard something later of the dossier since, so that it is not to be told it any more. */
    private static final String HEARD_LATER = """
            d.sort = 'REPLAY' and exists (
                select from message l
                where l.direction = 'OUT' and l.partner = m.partner and l.message_group = m.message_group
                  and l.seq > m.seq and HEARD)
            """.replace("HEARD", Unasked.heard("d.until"));

    /** Of item i, that its mend d will try message m still. It comes to look at what lies far behind late, and may be of tomorrow. */
    private static final String HAS = "i.state in ('WAITING', 'SENT') and (i.state = 'SENT' or not " + DEALT_WITH + ")";

    private static final String FREE =
            " and not exists (select from mend_item i join mend d on d.id = i.mend where i.message = m.seq and " + HAS
                    + ")";

    /** As people are shown it: what others have dealt with is left to them, though the mend has not come to it yet. */
    private static final String ITEM = """
            (select i.mend, i.message, i.no, i.fault, i.sent_at, i.ended_at,
                case when i.state = 'WAITING' and DEALT_WITH then 'LEFT' else i.state end as state
                from mend_item i join mend d on d.id = i.mend left join message m on i.state = 'WAITING' and m.seq = i.message) i
            """.replace("DEALT_WITH", DEALT_WITH);

    private static final String MEND = NOTED.replace("mend_item i", ITEM);

    /** Of what a dry run found, and no mend has. */
    private static final String STILL_LOST =
            " from replay_item i join message m on m.seq = i.message where i.replay = :replay and i.outcome = 'APPLY'"
                    + " and m.state = 'CONFIRMED' and m.closed_at < :until" + FREE;

    /** By which route what came in enters once more, whatever it is. */
    private static final String RETRY_DOOR = "parked.retry";

    /** Which takes each step of a mend. */
    private static final String STRETCH = "mends";

    /** Nobody is told now who is not there, and nothing enters where a person has stopped it: it stays parked, and the others go before it. */
    private static final String REACHED = """
            (d.sort = 'DISCARD' or case m.direction when 'IN' then not array[m.kind, 'RETRY_DOOR'] && cast(:closed as text[])
                else not exists (
                select from line l where l.partner = m.partner and l.state in ('HELD', 'RESTING', 'PAUSED')) end)
            """.replace("RETRY_DOOR", RETRY_DOOR);

    /**
     * f is the parked message that m is back in its line l behind; who fetches has none, and is given what comes after. As one
     * look into the index for each m, as the relay looks.
     */
    private static final String BLOCKER = """
            left join lateral (
                select e.id, e.seq, e.state from message e
                where i.state = 'SENT' and m.state = 'PENDING' and m.direction = 'OUT' and l.partner is not null
                  and e.direction = 'OUT' and e.partner = m.partner and e.message_group = m.message_group
                  and e.state in ('PENDING', 'QUEUED', 'PARKED')
                order by e.partner, e.message_group, e.seq limit 1) f on f.state = 'PARKED'
            """;

    /** Of each open mend all that waits when it begins, for its ramp is by that; then what has its turn next, lest each look costs as much. */
    private static final String NEXT =
            """
            (select w.mend, w.message, d.sort, d.until, d.by, d.reason, d.made_at
                from mend d cross join lateral (
                    select o.mend, o.message from mend_item o where o.mend = d.id and o.state = 'WAITING' order by o.no
                    limit case when d.state = 'WAITING' and d.not_before <= clock_timestamp() then MOST else AT_ONCE end) w
                where d.ended_at is null)
            """.replace("MOST", String.valueOf(MOST)).replace("AT_ONCE", String.valueOf(AT_ONCE));

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Acts acts;
    private final AuditTrail trail;
    private final Mandate mandate;
    private final Ways ways;
    private final Stretches stretches;

    Mends(
            JdbcClient db,
            TransactionTemplate transactions,
            Acts acts,
            AuditTrail trail,
            Mandate mandate,
            Ways ways,
            Stretches stretches) {
        this.stretches = stretches;
        this.mandate = mandate;
        this.ways = ways;
        this.db = db;
        this.transactions = transactions;
        this.acts = acts;
        this.trail = trail;
    }

    /** By the clock that says when each message was accepted, parked and confirmed: that of a node may be ahead of it. */
    public Instant now() {
        return db.sql("select clock_timestamp()").query(Instant.class).single();
    }

    /** How many of whom would be retried, by partner. */
    public List<Records.Depth> wouldMend(Wanted wanted) {
        return waiting("""
                        select m.partner, m.direction, m.state, count(*) as count,
                            extract(epoch from clock_timestamp() - min(coalesce(m.pended_at, m.created_at))) as oldest_seconds
                        from message m
                        """, FREE + " group by m.partner, m.direction, m.state order by 1", wanted)
                .query(Records.Depth.class)
                .list();
    }

    /** The mends that have such messages already: of these nobody else begins one. */
    public List<UUID> busy(Wanted wanted) {
        return waiting("""
                        select distinct i.mend from message m
                        join mend_item i on i.message = m.seq join mend d on d.id = i.mend and
                        """ + HAS, " order by 1", wanted).query(UUID.class).list();
    }

    /**
     * Begins one, of at most {@link #MOST}: those that were accepted first.
     *
     * @throws Refused CONFLICT {@code nothing-to-mend} when none is parked, or another mend has them all
     */
    @Transactional
    public UUID begin(Wanted wanted, How how, String by, String reason) {
        return begin(wanted, how, by, reason, MOST);
    }

    @Transactional
    UUID begin(Wanted wanted, How how, String by, String reason, int most) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        db.sql("insert into mend (id, sort, by, reason, not_before, per_minute, most_failed)"
                        + " values (:id, :sort, :by, :reason, :notBefore, :perMinute, :mostFailed)")
                .param("id", id)
                .param("sort", wanted.sort.name())
                .param("by", by)
                .param("reason", reason)
                .param("notBefore", Timestamp.from(how.notBefore()))
                .param("perMinute", how.perMinute())
                .param("mostFailed", how.mostFailed())
                .update();
        waiting(
                        "update mend_item i set ended_at = clock_timestamp(), state = 'LEFT' from message m, mend d",
                        " and i.state = 'WAITING' and m.seq = i.message and d.id = i.mend and " + DEALT_WITH,
                        wanted)
                .update();
        int taken = waiting(
                        "insert into mend_item (mend, message, no)"
                                + " select :mend, m.seq, row_number() over (order by m.seq) from message m",
                        FREE + " order by m.seq limit " + most + " on conflict do nothing",
                        wanted)
                .param("mend", id)
                .update();
        if (taken == 0) {
            throw busy(wanted).stream()
                    .findFirst()
                    .map(Mends::others)
                    .orElseGet(() -> wanted.sort == Mend.Sort.DISCARD
                            ? nothing("Không có thông điệp nào như vậy đang chờ.", "No such message waits.")
                            : nothing(
                                    "Không có thông điệp nào như vậy đang chờ người xử lý.",
                                    "No such message waits for a person."));
        }
        if (taken == most) {
            db.sql("update mend set beyond = :beyond where id = :id")
                    .param(
                            "beyond",
                            wouldMend(wanted).stream()
                                    .mapToLong(Records.Depth::count)
                                    .sum())
                    .param("id", id)
                    .update();
        }
        String what = wanted.sort == Mend.Sort.DISCARD ? "DISCARD" : "MEND";
        trail.note(Audited.act(by, what, Audited.Kind.MEND, id.toString(), wanted.partner(), reason));
        return id;
    }

    /**
     * Begins to tell a partner once more what a dry run found, and what is still so by now: of at most {@link #MOST}, those that were
     * accepted first. Another dry run finds the others.
     *
     * @throws Refused CONFLICT {@code nothing-to-mend}
     */
    @Transactional
    UUID beginReplay(UUID replay, String partner, Instant until, How how, String by, String reason) {
        return beginReplay(replay, partner, until, how, by, reason, MOST);
    }

    @Transactional
    UUID beginReplay(UUID replay, String partner, Instant until, How how, String by, String reason, int most) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        db.sql("insert into mend (id, sort, until, by, reason, not_before, per_minute, most_failed)"
                        + " values (:id, 'REPLAY', :until, :by, :reason, :notBefore, :perMinute, :mostFailed)")
                .param("id", id)
                .param("until", Timestamp.from(until))
                .param("by", by)
                .param("reason", reason)
                .param("notBefore", Timestamp.from(how.notBefore()))
                .param("perMinute", how.perMinute())
                .param("mostFailed", how.mostFailed())
                .update();
        db.sql("""
                        update mend_item i set ended_at = clock_timestamp(),
                            state = case when DEALT_WITH then 'LEFT' else 'CONFLICT' end,
                            fault = case when DEALT_WITH then null else 'heard-later' end
                        from message m, mend d
                        where i.state = 'WAITING' and m.seq = i.message and d.id = i.mend and (DEALT_WITH or HEARD_LATER)
                          and i.message in (select r.message from replay_item r where r.replay = :replay and r.outcome = 'APPLY')
                        """.replace("DEALT_WITH", DEALT_WITH).replace("HEARD_LATER", HEARD_LATER))
                .param("replay", replay)
                .update();
        int taken = db.sql("""
                        insert into mend_item (mend, message, no)
                        select :mend, m.seq, row_number() over (order by m.seq)
                        """ + STILL_LOST + " order by m.seq limit :most on conflict do nothing")
                .param("mend", id)
                .param("replay", replay)
                .param("until", Timestamp.from(until))
                .param("most", most)
                .update();
        if (taken == 0) {
            throw nothing(
                    "Không còn thông điệp nào trong số ấy để gửi lại, hoặc một đợt sửa khác đang lo chúng.",
                    "None of these messages is left to be told again, or another mend has them.");
        }
        if (taken == most) {
            db.sql("update mend set beyond = (select count(*)" + STILL_LOST + ") where id = :id")
                    .param("replay", replay)
                    .param("until", Timestamp.from(until))
                    .param("id", id)
                    .update();
        }
        trail.note(Audited.act(by, "REPLAY", Audited.Kind.MEND, id.toString(), partner, reason));
        return id;
    }

    private static Refused nothing(String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, "nothing-to-mend", "", vi, en);
    }

    private static Refused others(UUID mend) {
        return nothing(
                "Đợt sửa khác đang lo những thông điệp này: /console/mends/" + mend + ".",
                "Another mend has these messages: /console/mends/" + mend + ".");
    }

    private JdbcClient.StatementSpec waiting(String select, String rest, Wanted wanted) {
        Way way = wanted.way;
        boolean discard = wanted.sort == Mend.Sort.DISCARD;
        String sql = select
                + (discard
                        ? " where (m.state = 'PARKED' or m.state in ('PENDING', 'QUEUED'))"
                        : " where m.state = 'PARKED'")
                + (wanted.counted == null ? "" : " and m.created_at < :counted")
                + (wanted.messages == null ? "" : " and m.id = any(:messages)")
                + (wanted.code == null ? "" : " and m.fault = :code")
                + (wanted.partner == null ? "" : " and m.partner = :partner")
                + (wanted.kind == null ? "" : " and m.kind = :kind")
                + (way == null ? "" : " and m.direction = :direction")
                + (way == null || way.partner == null ? "" : " and m.partner = :byPartner")
                + (way == null || way.kind == null ? "" : " and m.kind = :byKind")
                + (wanted.from == null ? "" : " and m.parked_at >= :from")
                + (wanted.until == null ? "" : " and m.parked_at < :until")
                + rest;
        return db.sql(sql)
                .param("messages", wanted.messages == null ? null : wanted.messages.toArray(UUID[]::new))
                .param("code", wanted.code)
                .param("partner", wanted.partner)
                .param("kind", wanted.kind)
                .param("direction", way == null ? null : way.direction)
                .param("byPartner", way == null ? null : way.partner)
                .param("byKind", way == null ? null : way.kind)
                .param("from", wanted.from == null ? null : Timestamp.from(wanted.from))
                .param("until", wanted.until == null ? null : Timestamp.from(wanted.until))
                .param("counted", wanted.counted == null ? null : Timestamp.from(wanted.counted));
    }

    /**
     * Ends one before its time: what was sent stays sent, what was not stays parked.
     *
     * @throws Refused UNKNOWN {@code unknown-mend}; CONFLICT {@code mend-over}
     */
    @Transactional
    public void cancel(UUID id, String by, String reason) {
        boolean over = db.sql("select ended_at is not null from mend where id = :id for update")
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .orElseThrow(Mends::unknown);
        if (over) {
            throw new Refused(
                    Refused.Ground.CONFLICT, OVER, "", "Đợt sửa này đã kết thúc.", "This mend is over already.");
        }
        end(id, "CANCELLED", by, reason, null);
        trail.note(Audited.act(by, "CANCEL", Audited.Kind.MEND, id.toString(), null, reason));
    }

    /**
     * Looks at each mend once: what has been answered since, whether it goes on, what goes now. Asked by the clock.
     *
     * @return those that came in, to enter once more where they first did; what goes out is back in its line
     */
    public List<Retry> next() {
        transactions.executeWithoutResult(t -> settle());
        List<UUID> open = db.sql(
                        "select id from mend where ended_at is null and not_before <= clock_timestamp() order by made_at, id")
                .query(UUID.class)
                .list();
        List<Retry> entering = new ArrayList<>();
        for (UUID id : open) {
            try {
                entering.addAll(transactions.execute(t -> step(id)));
            } catch (Unavailable locked) {
                // Somebody holds what this one needs: the others do not wait for it, and it is looked at again.
                LOG.debug("mend {} waits: {}", id, locked.getMessage());
            }
        }
        return entering;
    }

    private List<Retry> step(UUID id) {
        record Running(
                String by, Mend.Sort sort, String reason, int perMinute, int mostFailed, int stage, double budget) {}
        List<Running> mine = db.sql("""
                        update mend m set state = 'RUNNING', looked_at = clock_timestamp(),
                            budget = least(greatest(1, per_minute / 60.0), budget + per_minute / 60.0
                                * coalesce(greatest(0, extract(epoch from clock_timestamp() - looked_at)), 1))
                        where m.id = (select id from mend where id = :id and ended_at is null for update skip locked)
                        returning m.by, SORT as sort, m.reason, m.per_minute, m.most_failed, m.stage, m.budget
                        """.replace("SORT", SORT))
                .param("id", id)
                .query(Running.class)
                .list();
        if (mine.isEmpty()) {
            return List.of();
        }
        Running mend = mine.get(0);
        Mend seen = one(NOTED, id);
        long answered = seen.confirmed() + seen.failed();
        OnTheirWay sent = onTheirWay(id);
        // What others have dealt with, and what is in conflict, was never sent and says nothing of how it goes.
        long tried = seen.sent() + answered;
        long all = seen.waiting() + tried;
        long gone = tried - sent.held;
        boolean stageIsOver = sent.awaited == 0 && gone >= Mend.upTo(seen.stage(), all);
        if (seen.failed() * 100 > answered * mend.mostFailed && (stageIsOver || answered >= ENOUGH)) {
            stop(
                    id,
                    new Text(
                            seen.failed() + "/" + answered + " lại hỏng, quá " + mend.mostFailed + " %",
                            seen.failed() + "/" + answered + " failed again, over " + mend.mostFailed + " %"));
            return List.of();
        }
        if (seen.waiting() == 0 && seen.sent() == 0) {
            end(id, "DONE", null, null, null);
            return List.of();
        }
        int stage = stageIsOver ? Math.min(seen.stage() + 1, Mend.RAMP.length - 1) : seen.stage();
        long allowed = Mend.upTo(stage, all) - gone;
        int now = (int) Math.min(Math.min(allowed, AT_ONCE), (long) mend.budget);
        String[] closed = stretches.closedKinds().keySet().toArray(String[]::new);
        if (now > 0 && !mandate.stands(mend.by, mend.sort, partnersOfNext(id, now, closed))) {
            stop(id, new Text("người bắt đầu không còn quyền này", "whoever began it has this right no more"));
            return List.of();
        }
        List<Retry> entering = now > 0 ? send(id, now, closed, mend.by, mend.reason) : List.of();
        db.sql("update mend set stage = :stage, budget = budget - :sent where id = :id")
                .param("stage", stage)
                .param("sent", Math.max(now, 0))
                .param("id", id)
                .update();
        return entering;
    }

    /**
     * What was sent and not answered yet.
     *
     * @param awaited whose partner is there: the next stage waits for it
     * @param held whose partner is not, or that comes after what a person has to deal with: others go in its place
     */
    private record OnTheirWay(long awaited, long held) {}

    /** What lies in a partner's feed is neither: when the partner fetches it is its own affair. */
    private OnTheirWay onTheirWay(UUID id) {
        return db.sql("""
                        select count(*) filter (where m.direction = 'IN'
                                or l.state in ('OPEN', 'PROBING') and l.partner = any(:ways) and f.id is null) as awaited,
                            count(*) filter (where m.direction = 'OUT'
                                and (l.state in ('HELD', 'RESTING', 'PAUSED') or f.id is not null)) as held
                        from mend_item i join message m on m.seq = i.message left join line l on l.partner = m.partner
                        BLOCKER
                        where i.mend = :id and i.state = 'SENT'
                        """.replace(
                                "BLOCKER", BLOCKER.replace("l.partner is not null", "l.state in ('OPEN', 'PROBING')")))
                .param("id", id)
                .param("ways", ways.partners().toArray(String[]::new))
                .query(OnTheirWay.class)
                .single();
    }

    /** For whom or for which stretch its messages wait, and why. */
    public List<Held> held(UUID id) {
        List<Held> held = new ArrayList<>(heldByPartners(id));
        held.addAll(heldByStretches(id));
        return held;
    }

    /**
     * Those that are not there, and those that are only tried. What comes after a parked message waits for a person, however its
     * partner's line stands.
     */
    private List<Held> heldByPartners(UUID id) {
        return db.sql("""
                        select partner, null as stretch, line, count(*) as count, (array_agg(behind order by first))[1] as behind
                        from (
                            select m.partner, f.id as behind, f.seq as first,
                                case when f.id is not null then 'BEHIND_PARKED' when l.partner = any(:ways) then l.state
                                else 'GONE' end as line
                            from mend_item i join mend d on d.id = i.mend
                            join message m on m.seq = i.message join line l on l.partner = m.partner
                            BLOCKER
                            where i.mend = :id and d.sort <> 'DISCARD' and HAS
                              and m.direction = 'OUT') waits
                        where line <> 'OPEN'
                        group by partner, line order by partner, line
                        """.replace("BLOCKER", BLOCKER).replace("HAS", HAS))
                .param("id", id)
                .param("ways", ways.partners().toArray(String[]::new))
                .query(Held.class)
                .list();
    }

    /** Those that an operator has stopped: where what came in enters, and where mends take their steps. */
    private List<Held> heldByStretches(UUID id) {
        Map<String, String> closed = stretches.closedKinds();
        return db.sql("""
                        select cast(null as text) as partner, stretch, 'PAUSED' as line, count(*) as count,
                            cast(null as uuid) as behind
                        from (
                            select c.stretch from mend_item i join mend d on d.id = i.mend join message m on m.seq = i.message
                            join unnest(cast(:kinds as text[]), cast(:stretches as text[])) c (kind, stretch)
                                on c.kind in (m.kind, :door)
                            where i.mend = :id and d.sort <> 'DISCARD' and i.state = 'WAITING' and m.direction = 'IN' and HAS
                            union all
                            select p.stretch from stretch_pause p join mend_item i on i.mend = :id
                            join mend d on d.id = i.mend join message m on m.seq = i.message
                            where p.stretch = :mends and HAS) waits
                        group by stretch order by stretch
                        """.replace("HAS", HAS))
                .param("kinds", closed.keySet().toArray(String[]::new))
                .param("stretches", closed.values().toArray(String[]::new))
                .param("door", RETRY_DOOR)
                .param("mends", STRETCH)
                .param("id", id)
                .query(Held.class)
                .list();
    }

    /**
     * What became of what was sent, also by a mend that has stopped or was cancelled since; of what waits, what others have
     * dealt with.
     */
    private void settle() {
        db.sql("""
                        update mend_item i set ended_at = clock_timestamp(), fault = case
                                when m.state = 'PARKED' then m.fault when m.direction = 'OUT' and m.state = 'CONFIRMED' and UNTOLD
                                then 'not-told' end,
                            state = case m.state when 'PARKED' then 'FAILED' when 'DISCARDED' then 'LEFT' else 'CONFIRMED' end
                        from message m
                        where i.state = 'SENT' and m.seq = i.message
                          and m.state in ('CONFIRMED', 'RECEIVED', 'PARKED', 'DISCARDED')
                        """.replace("UNTOLD", Unasked.CLOSED)).update();
        // One that came in is carried out before it is noted here: what this mend's own retry has done is no other's.
        db.sql("""
                        update mend_item i set sent_at = clock_timestamp(), ended_at = clock_timestamp(), state = 'CONFIRMED'
                        from message m, NEXT d
                        where d.mend = i.mend and d.message = i.message and i.state = 'WAITING' and m.seq = d.message
                          and d.sort = 'RETRY' and m.direction = 'IN' and m.state = 'RECEIVED'
                          and exists (select from audit a
                            where a.kind = 'MESSAGE' and a.target = cast(m.id as text) and a.outcome = 'DONE'
                              and a.what = 'RETRY' and a.by = d.by and a.reason = d.reason and a.at >= d.made_at)
                        """.replace("NEXT", NEXT)).update();
        db.sql("""
                        update mend_item i set ended_at = clock_timestamp(), state = 'LEFT'
                        from message m, NEXT d
                        where d.mend = i.mend and d.message = i.message and i.state = 'WAITING' and m.seq = d.message
                          and DEALT_WITH
                        """.replace("NEXT", NEXT).replace("DEALT_WITH", DEALT_WITH)).update();
        db.sql("""
                        update mend_item i set ended_at = clock_timestamp(), state = 'CONFLICT', fault = 'heard-later'
                        from message m, NEXT d
                        where d.mend = i.mend and d.message = i.message and i.state = 'WAITING' and m.seq = d.message
                          and HEARD_LATER
                        """.replace("NEXT", NEXT).replace("HEARD_LATER", HEARD_LATER)).update();
    }

    private Set<String> partnersOfNext(UUID id, int now, String[] closed) {
        return Set.copyOf(db.sql("""
                        select distinct partner from (
                            select m.partner from mend_item i join mend d on d.id = i.mend join message m on m.seq = i.message
                            where i.mend = :id and i.state = 'WAITING' and REACHED
                            order by i.no limit :now) next
                        """.replace("REACHED", REACHED))
                .param("id", id)
                .param("now", now)
                .param("closed", closed)
                .query(String.class)
                .list());
    }

    /**
     * What is told once more goes one after the other of a dossier, also while somebody holds the row of the earlier. What is being
     * carried right now is given up when that has ended.
     */
    private List<Retry> send(UUID id, int now, String[] closed, String by, String reason) {
        record Next(
                long message,
                UUID messageId,
                String direction,
                String state,
                Mend.Sort sort,
                @Nullable Instant until) {}
        List<Next> next = db.sql("""
                        select i.message, m.id as message_id, m.direction, m.state, d.sort, d.until
                        from mend_item i join mend d on d.id = i.mend join message m on m.seq = i.message
                        where i.mend = :id and i.state = 'WAITING' and REACHED
                          and case d.sort when 'RETRY' then m.state = 'PARKED' when 'REPLAY' then m.state = 'CONFIRMED'
                              else m.state in ('PARKED', 'PENDING', 'QUEUED')
                                and coalesce(m.claimed_until <= clock_timestamp(), true) end
                          and (d.sort <> 'REPLAY' or not exists (
                            select from message l
                            where l.direction = 'OUT' and l.partner = m.partner and l.message_group = m.message_group
                              and l.seq > m.seq and l.state = 'QUEUED')
                            and not exists (
                            select from message e join mend_item w on w.message = e.seq
                            where e.direction = 'OUT' and e.partner = m.partner and e.message_group = m.message_group
                              and e.seq < m.seq and w.mend = d.id and w.state = 'WAITING'))
                        order by i.no limit :now for update of m skip locked
                        """.replace("REACHED", REACHED))
                .param("id", id)
                .param("now", now)
                .param("closed", closed)
                .query(Next.class)
                .list();
        List<Retry> entering = new ArrayList<>();
        for (Next each : next) {
            var retry = new Retry(each.messageId(), by, reason, id);
            if (each.sort() == Mend.Sort.DISCARD) {
                acts.discard(each.messageId(), by, reason);
                discarded(id, each.message());
            } else if (each.direction().equals("IN")) {
                entering.add(retry);
            } else if (each.until() != null) {
                if (acts.replay(each.messageId(), each.until(), by, reason)) {
                    sent(id, each.message());
                }
            } else {
                acts.retry(retry);
                sent(id, each.message());
            }
        }
        return entering;
    }

    private void discarded(UUID id, long message) {
        db.sql("update mend_item set state = 'CONFIRMED', sent_at = clock_timestamp(), ended_at = clock_timestamp()"
                        + " where mend = :id and message = :message")
                .param("id", id)
                .param("message", message)
                .update();
    }

    private void sent(UUID id, long message) {
        db.sql(
                        "update mend_item set state = 'SENT', sent_at = clock_timestamp() where mend = :id and message = :message"
                                + " and state = 'WAITING'")
                .param("id", id)
                .param("message", message)
                .update();
    }

    /**
     * How it went with one that came in: nobody has to be asked for an answer, it was carried out or is parked again. When
     * our database was away, or another node was at it, it is tried again. What was carried out just when the mend was
     * ended is done all the same.
     */
    @Transactional
    public void entered(
            @Variable("retry") Retry retry, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) @Nullable Throwable failure) {
        if (failure != null && Parking.isOfTheMoment(failure)) {
            return;
        }
        if (failure != null && isOver(failure)) {
            return;
        }
        if (failure != null) {
            acts.inVain(retry, failure);
            Fault fault = Fault.of(failure);
            db.sql("update message set fault = :fault, last_fault = :fault, reason_vi = :vi, reason_en = :en,"
                            + " remedy_vi = :remedyVi, remedy_en = :remedyEn where id = :id and state = 'PARKED'")
                    .param("fault", fault.code())
                    .param("vi", fault.reason().vi())
                    .param("en", fault.reason().en())
                    .param("remedyVi", fault.remedy().vi())
                    .param("remedyEn", fault.remedy().en())
                    .param("id", retry.message())
                    .update();
        }
        db.sql("""
                        update mend_item set sent_at = clock_timestamp(),
                            state = case state when 'WAITING' then 'SENT' else 'CONFIRMED' end
                        where mend = :mend and (state = 'WAITING' or state = 'LEFT' and :done)
                          and message = (select seq from message where id = :id)
                        """)
                .param("done", failure == null)
                .param("mend", retry.mend())
                .param("id", retry.message())
                .update();
    }

    private static boolean isOver(Throwable failure) {
        return Outages.find(Refused.class, failure)
                .filter(refused -> refused.code().equals(OVER))
                .isPresent();
    }

    private void stop(UUID id, Text why) {
        end(id, "STOPPED", null, null, why);
    }

    private void end(UUID id, String state, @Nullable String by, @Nullable String reason, @Nullable Text stopped) {
        db.sql("update mend set state = :state, ended_at = clock_timestamp(), ended_by = :by, ended_reason = :reason,"
                        + " stopped_vi = :vi, stopped_en = :en where id = :id")
                .param("vi", stopped == null ? null : stopped.vi())
                .param("en", stopped == null ? null : stopped.en())
                .param("state", state)
                .param("by", by)
                .param("reason", reason)
                .param("id", id)
                .update();
        db.sql(
                        "update mend_item set state = 'LEFT', ended_at = clock_timestamp() where mend = :id and state = 'WAITING'")
                .param("id", id)
                .update();
        if (by == null) {
            trail.note(new Audited(
                    "mends",
                    state,
                    Audited.Outcome.DONE,
                    Audited.Kind.MEND,
                    id.toString(),
                    null,
                    stopped == null ? null : stopped.both(),
                    null));
        }
    }

    /**
     * The newest first.
     *
     * @param partners only those whose messages are all of these; null for all
     */
    public List<Mend> all(@Nullable Set<String> partners, int from, int size) {
        return db.sql(MEND + (partners == null ? "" : " where" + OF)
                        + " group by m.id order by m.made_at desc, m.id offset :from limit :size")
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("from", from)
                .param("size", size)
                .query(Mends::mend)
                .list();
    }

    /**
     * Those that have stopped by themselves within a day and left something that is not dealt with, of which nobody has begun anything
     * again: what is only tried once more may be parked the next moment. The newest first.
     *
     * @param partners only those whose messages are all of these; null for all
     */
    public List<Mend> stopped(@Nullable Set<String> partners) {
        return db.sql(NOTED + """
                         where m.state = 'STOPPED' and m.ended_at > clock_timestamp() - interval '1 day'
                          and exists (
                            select from mend_item l join message x on x.seq = l.message
                            where l.mend = m.id and l.state in ('LEFT', 'FAILED')
                              and (x.state in ('PARKED', 'PENDING', 'QUEUED') and m.sort <> 'REPLAY'
                                or m.sort = 'REPLAY' and x.state = 'CONFIRMED' and x.closed_at < m.until))
                          and not exists (
                            select from mend n join mend_item a on a.mend = n.id
                            join mend_item l on l.mend = m.id and l.message = a.message
                            where n.made_at > m.ended_at)
                        """ + (partners == null ? "" : " and" + OF)
                        + " group by m.id order by m.ended_at desc, m.id")
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .query(Mends::mend)
                .list();
    }

    /** @throws Refused UNKNOWN {@code unknown-mend} */
    public Mend one(UUID id) {
        return one(MEND, id);
    }

    private Mend one(String select, UUID id) {
        return db.sql(select + " where m.id = :id group by m.id")
                .param("id", id)
                .query(Mends::mend)
                .optional()
                .orElseThrow(Mends::unknown);
    }

    /** Whose messages they are. */
    public List<String> partners(UUID id) {
        return db.sql(
                        "select distinct m.partner from mend_item i join message m on m.seq = i.message where i.mend = :id"
                                + " order by 1")
                .param("id", id)
                .query(String.class)
                .list();
    }

    /** In their order. */
    public List<Item> items(UUID id, @Nullable String state, long after, int size) {
        return db.sql("""
                        select m.id as message, m.partner, m.kind, m.message_group, m.subject, i.state, i.fault, i.sent_at, i.ended_at,
                            f.id as behind, i.no
                        from ITEM join message m on m.seq = i.message left join line l on l.partner = m.partner
                        BLOCKER
                        where i.mend = :id and i.no > :after and (cast(:state as text) is null or i.state = :state)
                        order by i.no limit :size
                        """.replace("ITEM", ITEM).replace("BLOCKER", BLOCKER))
                .param("id", id)
                .param("state", state)
                .param("after", after)
                .param("size", size)
                .query((row, n) -> new Item(
                        row.getObject("message", UUID.class),
                        row.getString("partner"),
                        row.getString("kind"),
                        row.getString("message_group"),
                        row.getString("subject"),
                        row.getString("state"),
                        row.getString("fault"),
                        instant(row.getTimestamp("sent_at")),
                        instant(row.getTimestamp("ended_at")),
                        row.getObject("behind", UUID.class),
                        row.getLong("no")))
                .list();
    }

    private static Mend mend(ResultSet row, int n) throws SQLException {
        return new Mend(
                row.getObject("id", UUID.class),
                Mend.Sort.valueOf(row.getString("sorted")),
                row.getString("by"),
                row.getString("reason"),
                row.getTimestamp("made_at").toInstant(),
                row.getTimestamp("not_before").toInstant(),
                row.getInt("per_minute"),
                row.getInt("most_failed"),
                row.getString("state"),
                row.getInt("stage"),
                instant(row.getTimestamp("ended_at")),
                row.getString("ended_by"),
                row.getString("ended_reason"),
                row.getString("stopped_vi") == null
                        ? null
                        : new Text(row.getString("stopped_vi"), row.getString("stopped_en")),
                row.getLong("total"),
                row.getLong("waiting"),
                row.getLong("sent"),
                row.getLong("confirmed"),
                row.getLong("failed"),
                row.getLong("left_"),
                row.getLong("conflict"),
                row.getLong("beyond"),
                row.getLong("untold"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static Refused unknown() {
        return new Refused(
                Refused.Ground.UNKNOWN, "unknown-mend", "id", "Không có đợt sửa này.", "There is no such mend.");
    }
}
