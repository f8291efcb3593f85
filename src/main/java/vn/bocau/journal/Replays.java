package vn.bocau.journal;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;
import vn.bocau.code.SenderKey;
import vn.bocau.code.Text;

/**
 * Tells a partner once more what it has confirmed and lost, such as one that went back to a backup: from a point in time, after a
 * dry run, and carried out as a mend. What it has lost is what it confirmed from then on and before it kept things again; what
 * it has confirmed since, by a replay too, is there already; of what it was not told it has lost nothing. Whoever has heard something later of a dossier since is not told
 * the earlier: that would move it back. All of it is by our record, for none of our partners can be asked what it has.
 *
 * <p>And takes from a partner's queue once more what the broker has kept and our journal does not have.
 */
@Component
public class Replays {

    /** Parked in one transaction. */
    private static final int AT_ONCE = 500;

    private static final Fault TAKEN = new Fault(
            "taken-again",
            new Text(
                    "Broker đã giữ thông điệp này; nhật ký của ta không có, như sau khi cơ sở dữ liệu quay về bản sao lưu.",
                    "The broker had kept this message; our journal does not have it, such as after our database went back to a"
                            + " backup."),
            new Text(
                    "Đợt phát lại đưa nó vào lại; nếu đợt ấy đã dừng thì thử lại.",
                    "The replay has it enter again; retry it when that was ended."));

    private static final String REPLAY = """
            select r.*, count(i.no) filter (where i.outcome = 'APPLY') as apply,
                count(i.no) filter (where i.outcome = 'ALREADY') as already,
                count(i.no) filter (where i.outcome = 'OPEN') as open,
                count(i.no) filter (where i.outcome = 'CONFLICT') as conflict
            from replay r left join replay_item i on i.replay = r.id
            """;

    /**
     * A message that the broker has kept.
     *
     * @param raw as it came to the door
     * @param reader gives it as it was kept when it was accepted; the same when nobody can read it. Asked when it is its turn,
     *     for all of them read are several times what they are as they came
     * @param ownId whether its sender gave it its key. The broker gives a copy another, so by that nobody knows it again
     */
    public record Taken(Inbound raw, Supplier<Inbound> reader, boolean ownId) {}

    /**
     * A message of a dry run.
     *
     * @param key as {@link SenderKey} shows it
     */
    public record Item(
            @Nullable UUID message,
            String key,
            String kind,
            @Nullable String subject,
            String outcome,
            @Nullable String cause,
            long no) {}

    private final JdbcClient db;
    private final LongReads longReads;
    private final Mends mends;
    private final AuditTrail trail;
    private final ReplaySettings settings;
    private final Journal journal;
    private final Edits edits;
    private final TransactionTemplate transactions;

    Replays(
            JdbcClient db,
            Mends mends,
            AuditTrail trail,
            ReplaySettings settings,
            Journal journal,
            Edits edits,
            TransactionTemplate transactions,
            LongReads longReads) {
        this.longReads = longReads;
        this.transactions = transactions;
        this.journal = journal;
        this.edits = edits;
        this.db = db;
        this.mends = mends;
        this.trail = trail;
        this.settings = settings;
    }

    /**
     * Looks what would be told to a partner, and tells nothing.
     *
     * @param since what the partner confirmed from then on is lost to it
     * @param until since then it keeps again what it confirms
     * @throws Refused RULE {@code replay-time} when the times will not do
     */
    @Transactional
    public UUID look(String partner, Instant since, Instant until, String by, @Nullable String reason) {
        check(since, until);
        longReads.begin();
        UUID id = begin("PARTNER", partner, since, until, by, reason);
        db.sql("""
                        insert into replay_item (replay, no, message, key, kind, subject, outcome, cause)
                        select :id, row_number() over (order by seq), seq, key, kind, subject, outcome,
                            case when outcome = 'CONFLICT' then case state when 'PARKED' then 'parked' else 'heard-later' end end
                        from (
                            select m.seq, m.key, m.kind, m.subject, m.state, case
                                when m.state = 'PARKED' then 'CONFLICT'
                                when m.state <> 'CONFIRMED' then 'OPEN'
                                when m.closed_at >= :until then 'ALREADY'
                                when exists (select from message l
                                    where l.direction = 'OUT' and l.partner = m.partner and l.message_group = m.message_group
                                      and l.seq > m.seq and HEARD) then 'CONFLICT'
                                else 'APPLY' end as outcome
                            from message m
                            where m.partner = :partner and m.direction = 'OUT'
                              and (m.state = 'CONFIRMED' and m.closed_at >= :since and not (UNTOLD)
                                or m.state in ('PENDING', 'QUEUED', 'PARKED'))) o
                        """.replace("HEARD", Unasked.heard(":until")).replace("UNTOLD", Unasked.CLOSED))
                .param("id", id)
                .param("partner", partner)
                .param("since", Timestamp.from(since))
                .param("until", Timestamp.from(until))
                .update();
        return id;
    }

    private UUID begin(String sort, String partner, Instant since, Instant until, String by, @Nullable String reason) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        db.sql("insert into replay (id, sort, partner, since, until, by)"
                        + " values (:id, :sort, :partner, :since, :until, :by)")
                .param("id", id)
                .param("sort", sort)
                .param("partner", partner)
                .param("since", Timestamp.from(since))
                .param("until", Timestamp.from(until))
                .param("by", by)
                .update();
        trail.note(new Audited(
                by, "LOOK_REPLAY", Audited.Outcome.DONE, Audited.Kind.MEND, id.toString(), partner, reason, null));
        return id;
    }

    /**
     * Looks which of what the broker has kept of a partner's queue are not in our journal, such as after our database went back to
     * a backup, and takes nothing.
     *
     * @param taken in their order
     */
    @Transactional
    public UUID look(
            String partner, Instant since, Instant until, List<Taken> taken, String by, @Nullable String reason) {
        check(since, until);
        UUID id = begin("QUEUE", partner, since, until, by, reason);
        List<Judged> judged = judge(partner, taken);
        db.sql("""
                        insert into replay_item (replay, no, message, key, kind, subject, outcome, cause)
                        select :id, no, m.seq, j.key, j.kind, m.subject, j.outcome, j.cause
                        from unnest(cast(:keys as text[]), cast(:kinds as text[]), cast(:outcomes as text[]),
                                cast(:causes as text[])) with ordinality j (key, kind, outcome, cause, no)
                            left join message m on m.partner = :partner and m.direction = 'IN' and m.key = j.key
                        """)
                .param("id", id)
                .param("keys", judged.stream().map(j -> j.taken.raw.key()).toArray(String[]::new))
                .param("kinds", judged.stream().map(Judged::kind).toArray(String[]::new))
                .param("outcomes", judged.stream().map(Judged::outcome).toArray(String[]::new))
                .param("causes", judged.stream().map(Judged::cause).toArray(String[]::new))
                .param("partner", partner)
                .update();
        return id;
    }

    private record Judged(
            Taken taken,
            String kind,
            String outcome,
            @Nullable String cause) {}

    /** One after the other, so that what the journal has of them is never all in memory. */
    private List<Judged> judge(String partner, List<Taken> taken) {
        Set<String> fresh = new HashSet<>();
        List<Judged> judged = new ArrayList<>();
        for (Taken each : taken) {
            Inbound read = each.reader.get();
            if (!each.ownId) {
                judged.add(new Judged(each, read.kind(), "CONFLICT", "no-own-id"));
                continue;
            }
            Map<String, String> said = said(partner, each.raw, read);
            boolean unknown = !said.containsKey(each.raw.key());
            String outcome = unknown
                    ? fresh.add(each.raw.key()) ? "APPLY" : "CONFLICT"
                    : isThere(each.raw, read, said) ? "ALREADY" : "CONFLICT";
            judged.add(new Judged(each, read.kind(), outcome, outcome.equals("CONFLICT") ? "key-reused" : null));
        }
        return judged;
    }

    /** The bodies under each key that it may have. */
    private Map<String, String> said(String partner, Inbound raw, Inbound read) {
        Map<String, String> said = new HashMap<>();
        db.sql("select key, body from message where partner = :partner and direction = 'IN' and key = any(:keys)")
                .param("partner", partner)
                .param(
                        "keys",
                        new String[] {raw.key(), raw.apart().key(), read.apart().key()})
                .query((row, n) -> said.put(row.getString("key"), row.getString("body")))
                .list();
        return said;
    }

    /** In these words, in those that a person has put in their place, or apart because the key was used before. */
    private boolean isThere(Inbound raw, Inbound read, Map<String, String> said) {
        byte[] body = Journal.digest(Journal.parse(String.valueOf(said.get(raw.key()))));
        return Arrays.equals(body, Journal.digest(raw.received()))
                || Arrays.equals(body, Journal.digest(read.received()))
                || said.containsKey(raw.apart().key())
                || said.containsKey(read.apart().key())
                || edits.isReplaced(raw)
                || edits.isReplaced(read);
    }

    /**
     * Takes what the dry run found and what is still unknown by now: each is parked, as a message that waits, and a mend has them
     * enter where they first did, in order. Ended, what was not reached stays parked, where it is seen.
     *
     * <p>They are parked in parts. A process that dies in between leaves some parked; started anew, they are among those that
     * enter.
     *
     * @return the mend
     * @throws Refused CONFLICT {@code replay-started}, {@code nothing-to-mend}
     */
    public UUID start(UUID id, List<Taken> taken, Mends.How how, String by, String reason) {
        String partner = transactions.execute(t -> unstarted(id)).partner;
        List<String> found = db.sql("select key from replay_item where replay = :id and outcome = 'APPLY'")
                .param("id", id)
                .query(String.class)
                .list();
        Set<String> wanted = new HashSet<>(found);
        List<Taken> still = judge(partner, taken).stream()
                .filter(judged -> judged.outcome.equals("APPLY") && wanted.contains(judged.taken.raw.key()))
                .map(Judged::taken)
                .toList();
        for (int from = 0; from < still.size(); from += AT_ONCE) {
            List<Taken> part = still.subList(from, Math.min(from + AT_ONCE, still.size()));
            transactions.executeWithoutResult(t -> part.forEach(each -> journal.park(each.raw, TAKEN)));
        }
        return transactions.execute(t -> {
            unstarted(id);
            List<UUID> parked = db.sql("""
                            select id from message where partner = :partner and direction = 'IN' and key = any(:keys)
                                and state = 'PARKED' and fault = :taken
                            """)
                    .param("partner", partner)
                    .param("keys", found.toArray(String[]::new))
                    .param("taken", TAKEN.code())
                    .query(UUID.class)
                    .list();
            return started(
                    id,
                    mends.begin(
                            new Mends.Wanted(parked, TAKEN.code(), partner, null, null, null, null), how, by, reason));
        });
    }

    /**
     * Until when to look.
     *
     * @param until null for now
     * @throws Refused RULE {@code replay-time} when the times will not do
     */
    public Instant check(Instant since, @Nullable Instant until) {
        Instant now = mends.now();
        Instant end = until == null ? now : until;
        Instant furthest = now.minus(settings.furthest());
        if (since.isBefore(furthest) || !since.isBefore(end) || end.isAfter(now)) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "replay-time",
                    List.of(new Refused.Flaw(
                            "/since",
                            new Text(
                                    "Phải từ " + furthest
                                            + " (BOCAU_REPLAY_FURTHEST), trước lúc đối tác giữ lại được, và lúc"
                                            + " ấy không sau bây giờ.",
                                    "Must be at " + furthest
                                            + " (BOCAU_REPLAY_FURTHEST) or later, before the partner kept"
                                            + " things again, and that not after now."))));
        }
        return end;
    }

    /**
     * Carries one out: what is still to be applied by now, in order.
     *
     * @return the mend
     * @throws Refused CONFLICT {@code replay-started}, {@code nothing-to-mend}
     */
    @Transactional
    public UUID start(UUID id, Mends.How how, String by, String reason) {
        longReads.begin();
        Looked looked = unstarted(id);
        return started(id, mends.beginReplay(id, looked.partner, looked.until, how, by, reason));
    }

    private record Looked(@Nullable UUID mend, String partner, Instant until) {}

    private Looked unstarted(UUID id) {
        Looked looked = db.sql("select mend, partner, until from replay where id = :id for update")
                .param("id", id)
                .query(Looked.class)
                .optional()
                .orElseThrow(Replays::unknown);
        if (looked.mend != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "replay-started",
                    "",
                    "Lần phát lại này đã bắt đầu; hãy chạy thử lại nếu cần.",
                    "This replay has been started; do another dry run if needed.");
        }
        return looked;
    }

    private UUID started(UUID id, UUID mend) {
        db.sql("update replay set mend = :mend where id = :id")
                .param("mend", mend)
                .param("id", id)
                .update();
        return mend;
    }

    /** @throws Refused UNKNOWN {@code unknown-replay} */
    public Replay one(UUID id) {
        return db.sql(REPLAY + " where r.id = :id group by r.id")
                .param("id", id)
                .query(Replays::replay)
                .optional()
                .orElseThrow(Replays::unknown);
    }

    /**
     * The newest first.
     *
     * @param partners of these alone; null for all
     */
    public List<Replay> all(@Nullable Set<String> partners, int from, int size) {
        return db.sql(REPLAY
                        + (partners == null ? "" : " where r.partner = any(:partners)")
                        + " group by r.id order by r.made_at desc, r.id offset :from limit :size")
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("from", from)
                .param("size", size)
                .query(Replays::replay)
                .list();
    }

    /** In their order. */
    public List<Item> items(UUID id, @Nullable String outcome, long after, int size) {
        return db.sql("""
                        select m.id as message, i.key, i.kind, i.subject, i.outcome, i.cause, i.no
                        from replay_item i left join message m on m.seq = i.message
                        where i.replay = :id and i.no > :after and (cast(:outcome as text) is null or i.outcome = :outcome)
                        order by i.no limit :size
                        """)
                .param("id", id)
                .param("outcome", outcome)
                .param("after", after)
                .param("size", size)
                .query((row, n) -> new Item(
                        row.getObject("message", UUID.class),
                        SenderKey.shown(row.getString("key")),
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getString("outcome"),
                        row.getString("cause"),
                        row.getLong("no")))
                .list();
    }

    private static Replay replay(ResultSet row, int n) throws SQLException {
        return new Replay(
                row.getObject("id", UUID.class),
                row.getString("sort"),
                row.getString("partner"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("until").toInstant(),
                row.getString("by"),
                row.getTimestamp("made_at").toInstant(),
                row.getObject("mend", UUID.class),
                row.getLong("apply"),
                row.getLong("already"),
                row.getLong("open"),
                row.getLong("conflict"));
    }

    private static Refused unknown() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-replay",
                "id",
                "Không có lần phát lại này.",
                "There is no such replay.");
    }
}
