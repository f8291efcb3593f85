package vn.bocau.fee;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The ledger, to be looked at: as it stood at a moment, item by item. No personal data. */
@Component
public class LedgerBook {

    private static final String ITEMS = """
            with item as (
                select e.owner, e.dossier, e.leg, e.money,
                    coalesce(sum(e.amount) filter (where e.act = 'DUE'), 0)::bigint as due,
                    coalesce(sum(e.amount) filter (where e.act = 'PAID_ONLINE'), 0)::bigint as paid_online,
                    coalesce(sum(e.amount) filter (where e.act = 'COLLECTED'), 0)::bigint as collected,
                    coalesce(sum(e.amount) filter (where e.act in ('HANDED_OVER', 'PAID_OVER')), 0)::bigint as remitted,
                    coalesce(sum(e.amount) filter (where e.act in ('RECEIVED', 'BOOKED')), 0)::bigint as received,
                    max(e.at) as moved_at
                from ledger_entry e
                where e.at < :until and %s
                group by e.owner, e.dossier, e.leg, e.money
                having max(e.at) >= :from),
            wanted as (
                select i.*, c.code, l.item, l.kind, l.from_office, l.to_office
                from item i join dossier_code c on c.dossier = i.dossier and c.no = 1 left join leg l on l.id = i.leg
                where (i.due, i.paid_online, i.collected, i.remitted, i.received) <> (0, 0, 0, 0, 0)
                  and (cast(:money as text) is null or i.money = :money)
                  and (cast(:search as text) is null or position(upper(:search) in upper(c.code)) > 0
                    or position(upper(:search) in upper(l.item)) > 0)
                  and case :state
                    when 'OWED' then i.due > i.collected + i.paid_online
                    when 'HELD' then i.money <> 'POSTAGE' and i.collected > i.remitted
                    when 'SENT' then i.remitted <> i.received and i.money <> 'POSTAGE' and i.leg is not null
                    else true end)
            """.formatted(Side.SEES);

    private final JdbcClient db;

    LedgerBook(JdbcClient db) {
        this.db = db;
    }

    /** What is shown of all items. */
    public enum State {
        ALL,
        /** Not given by the citizen yet. */
        OWED,
        /** The post has it. */
        HELD,
        /** Given to its owner, who has not confirmed it, or not all of it. */
        SENT
    }

    /**
     * @param from items in which something moved since, and {@code until} as which they are shown
     * @param money FEE, POSTAGE or COD; null for all
     * @param search part of a dossier's code or an item's number
     */
    public record Wanted(
            Instant from,
            Instant until,
            State state,
            @Nullable String money,
            @Nullable String search,
            int skip,
            int size) {}

    /**
     * One kind of money of one item; amounts in đồng.
     *
     * @param owner whose it is: an agency's id, POST, or PAYEE:id
     * @param code first code of the dossier
     * @param kind of the leg; null with {@code leg} and {@code item}: paid online
     * @param remitted what the post says it gave its owner
     * @param received what its owner says it has: counted of a slip, or in its statement
     */
    public record Item(
            String owner,
            UUID dossier,
            @Nullable UUID leg,
            String code,
            @Nullable String item,
            @Nullable String kind,
            String money,
            long due,
            long paidOnline,
            long collected,
            long remitted,
            long received,
            Instant movedAt) {}

    /** @param count how many items there are on all pages */
    public record Sums(long count, long due, long paidOnline, long collected, long remitted, long received) {}

    /** What moved last comes first. */
    @Transactional(readOnly = true)
    public List<Item> items(Side side, Wanted wanted) {
        return bound(ITEMS + """
                        select owner, dossier, leg, code, item, kind, money, due, paid_online, collected, remitted, received,
                            moved_at
                        from wanted order by moved_at desc, dossier, leg, money offset :skip limit :size
                        """, side, wanted)
                .param("skip", wanted.skip())
                .param("size", wanted.size())
                .query(Item.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Sums sums(Side side, Wanted wanted) {
        return bound(ITEMS + """
                        select count(*), coalesce(sum(due), 0)::bigint as due,
                            coalesce(sum(paid_online), 0)::bigint as paid_online,
                            coalesce(sum(collected), 0)::bigint as collected,
                            coalesce(sum(remitted), 0)::bigint as remitted, coalesce(sum(received), 0)::bigint as received
                        from wanted
                        """, side, wanted).query(Sums.class).single();
    }

    private JdbcClient.StatementSpec bound(String sql, Side side, Wanted wanted) {
        return db.sql(sql)
                .param("agency", side.agency())
                .param("office", side.office())
                .param("from", at(wanted.from()))
                .param("until", at(wanted.until()))
                .param("money", wanted.money())
                .param("search", wanted.search())
                .param("state", wanted.state().name());
    }

    /**
     * One entry of the ledger.
     *
     * @param amount in đồng; negative where it takes another back
     */
    public record Line(Instant at, String money, String act, String debit, String credit, long amount) {}

    /** Everything that was entered of one dossier, in order; what others than the one who looks may see is not there. */
    @Transactional(readOnly = true)
    public List<Line> entries(Side side, UUID dossier) {
        return db.sql("select e.at, e.money, e.act, e.debit, e.credit, e.amount from ledger_entry e"
                        + " where e.dossier = :dossier and " + Side.SEES + " order by e.seq")
                .param("dossier", dossier)
                .param("agency", side.agency())
                .param("office", side.office())
                .query(Line.class)
                .list();
    }

    /** First code of a dossier. */
    @Transactional(readOnly = true)
    public String code(UUID dossier) {
        return db.sql("select code from dossier_code where dossier = :dossier and no = 1")
                .param("dossier", dossier)
                .query(String.class)
                .single();
    }

    /**
     * What the citizen gave at one door at once, for the receipt. Amounts in đồng.
     *
     * @param number of the receipt: of the handling, so that it is the same whoever prints it
     * @param office code of the post office whose worker took it
     * @param worker user name
     * @param payee owner of the COD; null when there is none
     */
    public record Receipt(
            long number,
            String code,
            @Nullable String item,
            String agency,
            String office,
            String worker,
            Instant takenAt,
            long fee,
            long postage,
            long cod,
            @Nullable String payee) {

        public String no() {
            return "TH-" + String.format("%09d", number);
        }

        public long total() {
            return fee + postage + cod;
        }
    }

    /** Of what was taken on a dossier and stands. An outside carrier gives its own receipts. */
    @Transactional(readOnly = true)
    public List<Receipt> receipts(Side side, UUID dossier) {
        return db.sql("""
                        select h.seq as number, c.code, l.item, l.agency, coalesce(h.office, '') as office, h.actor as worker,
                            h.happened_at as taken_at,
                            coalesce(sum(r.amount) filter (where r.money = 'FEE'), 0)::bigint as fee,
                            coalesce(sum(r.amount) filter (where r.money = 'POSTAGE'), 0)::bigint as postage,
                            coalesce(sum(r.amount) filter (where r.money = 'COD'), 0)::bigint as cod,
                            max(r.owner) filter (where r.money = 'COD') as payee
                        from ledger_entry r join handling h on h.id = cast(r.cause as uuid) join leg l on l.id = r.leg
                        join dossier_code c on c.dossier = r.dossier and c.no = 1
                        where r.dossier = :dossier and r.act = 'COLLECTED' and r.debit like 'POST:%%'
                          and exists (select from ledger_entry e where e.leg = r.leg and %s)
                        group by h.seq, c.code, l.item, l.agency, h.office, h.actor, h.happened_at
                        having sum(r.amount) > 0 order by h.seq
                        """.formatted(Side.SEES))
                .param("dossier", dossier)
                .param("agency", side.agency())
                .param("office", side.office())
                .query(Receipt.class)
                .list();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
