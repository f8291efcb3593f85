package vn.bocau.dossier;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.OwnerKind;

/** What somebody owes, and what was reported and moves nothing until a person has looked. No personal data. */
@Component
public class Oversight {

    private final JdbcClient db;
    private final ItemPools pools;
    private final TakesPart takesPart;

    Oversight(JdbcClient db, ItemPools pools, TakesPart takesPart) {
        this.takesPart = takesPart;
        this.db = db;
        this.pools = pools;
    }

    /**
     * The one next act on a leg that is not done.
     *
     * @param dossier its first code
     * @param dossierId by which the console knows it
     * @param item null until there is an envelope
     * @param rule code of the rule that said so
     */
    public record Owed(
            UUID leg,
            String dossier,
            UUID dossierId,
            String kind,
            @Nullable String item,
            String step,
            String act,
            String ownerKind,
            String owner,
            Instant dueAt,
            String rule) {}

    /**
     * What is wanted, the most urgent first.
     *
     * @param ownerKind null for any
     * @param owner null for any
     * @param overdue only what is late already
     * @param partners only of dossiers in which one of these takes part; null for all
     */
    public record Wanted(
            @Nullable String ownerKind,
            @Nullable String owner,
            boolean overdue,
            @Nullable Set<String> partners,
            int from,
            int size) {}

    @Transactional(readOnly = true)
    public List<Owed> owed(Wanted wanted) {
        return takesPart
                .of(db.sql("""
                        select l.id as leg, f.code as dossier, l.dossier as dossier_id, l.kind, l.item, p.step, p.next_act as act, p.owner_kind,
                            p.owner, p.due_at, p.rule
                        from progress p join leg l on l.id = p.leg join dossier d on d.id = l.dossier
                        join dossier_code f on f.dossier = l.dossier and f.no = 1
                        where not p.closed and (cast(:kind as text) is null or p.owner_kind = :kind)
                          and (cast(:owner as text) is null or p.owner = :owner)
                          and (not :overdue or p.due_at < clock_timestamp()) and %s
                        order by p.due_at, l.id offset :from limit :size
                        """.formatted(TakesPart.SQL)), wanted.partners())
                .param("kind", wanted.ownerKind())
                .param("owner", wanted.owner())
                .param("overdue", wanted.overdue())
                .param("from", wanted.from())
                .param("size", wanted.size())
                .query(Owed.class)
                .list();
    }

    /**
     * How much of one act is owed.
     *
     * @param today due before this day ends in Vietnam, the overdue among them
     * @param earliest the first deadline
     */
    public record Load(String ownerKind, String act, long count, long overdue, long today, Instant earliest) {}

    /**
     * @param owner null for any
     * @param partners only of dossiers in which one of these takes part; null for all
     */
    @Transactional(readOnly = true)
    public List<Load> load(Set<OwnerKind> ownerKinds, @Nullable String owner, @Nullable Set<String> partners) {
        return takesPart
                .of(
                        db.sql("""
                        select p.owner_kind, p.next_act as act, count(*) as count,
                            count(*) filter (where p.due_at < clock_timestamp()) as overdue,
                            count(*) filter (where p.due_at < (date_trunc('day', now() at time zone 'Asia/Ho_Chi_Minh')
                                + interval '1 day') at time zone 'Asia/Ho_Chi_Minh') as today,
                            min(p.due_at) as earliest
                        from progress p%s
                        where not p.closed and p.owner_kind in (:kinds)
                          and (cast(:owner as text) is null or p.owner = :owner)
                        group by p.owner_kind, p.next_act order by min(p.due_at), p.owner_kind, p.next_act
                        """.formatted(
                                        partners == null
                                                ? ""
                                                : " join leg l on l.id = p.leg join dossier d on d.id = l.dossier and "
                                                        + TakesPart.SQL)),
                        partners)
                .param("kinds", ownerKinds.stream().map(Enum::name).toList())
                .param("owner", owner)
                .query(Load.class)
                .list();
    }

    /**
     * What a kind of owner can still do in time.
     *
     * @param earliest the first deadline
     */
    public record Soon(String ownerKind, long count, Instant earliest) {}

    /** Due from now until then. Citizens have messages of their own. */
    @Transactional(readOnly = true)
    public List<Soon> soon(Instant now, Instant until) {
        return db.sql("""
                        select owner_kind, count(*) as count, min(due_at) as earliest
                        from progress where not closed and due_at >= :now and due_at < :until and owner_kind <> 'CITIZEN'
                        group by owner_kind order by min(due_at), owner_kind
                        """)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .query(Soon.class)
                .list();
    }

    /**
     * A handling a person has to look at.
     *
     * @param dossier its first code; null when nobody knows the item yet
     * @param dossierId by which the console knows it
     * @param code UNKNOWN when nobody has mapped the carrier's own code yet
     * @param conflict why; null when only its code is unknown
     */
    public record ToLookAt(
            long seq,
            UUID id,
            @Nullable String dossier,
            @Nullable UUID dossierId,
            @Nullable String item,
            String code,
            @Nullable String rawCode,
            @Nullable String conflict,
            String source,
            String actor,
            @Nullable String office,
            Instant happenedAt,
            Instant recordedAt) {

        /** Why a person has to look at it; empty when only its code is unknown. */
        public Optional<Text> doubted() {
            return Doubt.of(conflict).map(Doubt::text);
        }
    }

    /**
     * Neither voided nor left as they stand.
     *
     * @param partners only what one of these reported, or of dossiers in which one takes part; null for all
     * @param place as in {@link Unseen}; null for all
     * @param before ask for the {@code seq} of the last one to see older ones; null for the newest
     */
    @Transactional(readOnly = true)
    public List<ToLookAt> toLookAt(
            @Nullable Set<String> partners, @Nullable String place, @Nullable Long before, int size) {
        return takesPart
                .of(
                        db.sql("""
                        select h.seq, h.id, f.code as dossier, l.dossier as dossier_id, h.item, h.code, h.raw_code, h.conflict, h.source, h.actor,
                            h.office, h.happened_at, h.recorded_at
                        from handling h left join leg l on l.id = h.leg
                        left join dossier d on d.id = l.dossier
                        left join dossier_code f on f.dossier = l.dossier and f.no = 1
                        where (h.conflict is not null or h.code = 'UNKNOWN')
                          and (cast(:place as text) is null or coalesce(h.office, h.source) = :place)
                          and (cast(:before as bigint) is null or h.seq < :before)
                          and (h.source = any(cast(:partners as text[])) or
                        """ + TakesPart.SQL + ") and " + Conflicts.OPEN + " order by h.seq desc limit :size"),
                        partners)
                .param("place", place)
                .param("before", before)
                .param("size", size)
                .query(ToLookAt.class)
                .list();
    }

    /**
     * How many handlings wait in one place for a person to look at them.
     *
     * @param place the post office; of an outside carrier, the partner
     */
    public record Unseen(String place, long count) {}

    /**
     * Where there are most first.
     *
     * @param partners as in {@link #toLookAt}
     */
    @Transactional(readOnly = true)
    public List<Unseen> unseen(@Nullable Set<String> partners) {
        return takesPart
                .of(
                        db.sql("select coalesce(h.office, h.source) as place, count(*) as count from handling h"
                                + " left join leg l on l.id = h.leg left join dossier d on d.id = l.dossier"
                                + " where (h.conflict is not null or h.code = 'UNKNOWN')"
                                + " and (h.source = any(cast(:partners as text[])) or " + TakesPart.SQL + ") and "
                                + Conflicts.OPEN + " group by 1 order by 2 desc, 1"),
                        partners)
                .query(Unseen.class)
                .list();
    }

    /** How many item numbers the carriers' ranges still hold. */
    public List<ItemPools.Left> itemNumbers() {
        return pools.left();
    }
}
