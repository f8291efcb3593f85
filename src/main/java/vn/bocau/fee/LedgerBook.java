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
import vn.bocau.dossier.rules.LegKind;

/** The ledger, to be looked at: as it stood at a moment, item by item. No personal data. */
@Component
public class LedgerBook {

    /** Who moved within the time: its own entries are what is read, not the ledger. */
    private static final String MOVED = """
            select distinct e.owner, e.dossier, e.leg, e.money from ledger_entry e
            where e.at >= :from and e.at < :until and (cast(:money as text) is null or e.money = :money) and %s
            """.formatted(Side.SEES);

    /** Whatever may have lain somewhere when the time ended: it lies there still, or has moved since. */
    private static final String LAY = """
            select e.owner, e.dossier, e.leg, e.money from ledger_entry e
            where e.at >= :until and (cast(:money as text) is null or e.money = :money) and %1$s
            union
            select e.owner, e.dossier, e.leg, e.money from ledger_balance e
            where (e.open or e.kind = 'CITIZEN' and e.amount <> 0) and (cast(:money as text) is null or e.money = :money) and %1$s
            """.formatted(Side.SEES);

    /** And then of each what stood before. */
    private static final String ITEMS = """
            with moved as (%s),
            item as (
                select m.owner, m.dossier, m.leg, m.money, s.* from moved m cross join lateral (
                    select coalesce(sum(e.amount) filter (where e.at >= :from and e.act = 'DUE'), 0)::bigint as due,
                        coalesce(sum(e.amount) filter (where e.at >= :from and e.act = 'PAID_ONLINE'), 0)::bigint as paid_online,
                        coalesce(sum(e.amount) filter (where e.at >= :from and e.act = 'COLLECTED'), 0)::bigint as collected,
                        coalesce(sum(e.amount) filter (where e.at >= :from and e.act = 'REFUNDED'), 0)::bigint as refunded,
                        coalesce(sum(e.amount) filter (where e.at >= :from and e.act in ('HANDED_OVER', 'PAID_OVER')), 0)::bigint
                            as remitted,
                        (coalesce(sum(e.amount) filter (where e.at >= :from and split_part(e.debit, ':', 1) in ('AGENCY', 'PAYEE')), 0)
                            - coalesce(sum(e.amount) filter (where e.at >= :from and split_part(e.credit, ':', 1) in ('AGENCY', 'PAYEE')),
                                0))::bigint as received,
                        (coalesce(sum(e.amount) filter (where e.debit = 'CITIZEN'), 0)
                            - coalesce(sum(e.amount) filter (where e.credit = 'CITIZEN'), 0))::bigint as owed,
                        (coalesce(sum(e.amount) filter (where split_part(e.debit, ':', 1) in ('POST', 'CARRIER', 'PORTAL')), 0)
                            - coalesce(sum(e.amount) filter (where split_part(e.credit, ':', 1) in ('POST', 'CARRIER', 'PORTAL')),
                                0))::bigint as held,
                        (coalesce(sum(e.amount) filter (where split_part(e.debit, ':', 1) = 'TRANSIT'), 0)
                            - coalesce(sum(e.amount) filter (where split_part(e.credit, ':', 1) = 'TRANSIT'), 0))::bigint as sent,
                        (coalesce(sum(e.amount) filter (where split_part(e.debit, ':', 1) = 'SHORT'), 0)
                            - coalesce(sum(e.amount) filter (where split_part(e.credit, ':', 1) = 'SHORT'), 0))::bigint as missing,
                        (coalesce(sum(e.amount) filter (where e.credit = 'REFUND'), 0)
                            - coalesce(sum(e.amount) filter (where e.debit = 'REFUND'), 0))::bigint as too_much,
                        max(e.at) as moved_at
                    from ledger_entry e
                    where e.owner = m.owner and e.dossier = m.dossier and e.leg is not distinct from m.leg and e.money = m.money
                      and e.at < :until) s),
            wanted as (
                select i.*, c.code, l.item, l.kind, l.from_office, l.to_office
                from item i join dossier_code c on c.dossier = i.dossier and c.no = 1 left join leg l on l.id = i.leg
                where (i.due, i.paid_online, i.collected, i.refunded, i.remitted, i.received, i.owed, i.held, i.sent, i.missing,
                    i.too_much) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                  and (cast(:search as text) is null or position(upper(:search) in upper(c.code)) > 0
                    or position(upper(:search) in upper(l.item)) > 0)
                  and case :state
                    when 'OWED' then i.owed > 0
                    when 'HELD' then i.money <> 'POSTAGE' and i.leg is not null and i.held > 0
                    when 'SENT' then i.sent <> 0
                    when 'MISSING' then i.missing <> 0
                    when 'TOO_MUCH' then i.too_much <> 0
                    else true end)
            """;

    private final JdbcClient db;

    LedgerBook(JdbcClient db) {
        this.db = db;
    }

    /** What is shown of all items. */
    public enum State {
        ALL,
        /** Not given by the citizen yet. */
        OWED,
        /** The post, or a carrier, has it. */
        HELD,
        /** Given to its owner, who has not confirmed it, or not all of it. */
        SENT,
        /** Less was given than was due, and nobody asks for the rest. */
        MISSING,
        /** More was given than was due, and the citizen does not have it back. */
        TOO_MUCH
    }

    /**
     * @param from and {@code until}: what moved in between, and where it lay when that ended
     * @param state ALL: what moved; else all that lay so when the time ended, whenever it came there
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
     * One kind of money of one item; amounts in đồng. What moved within the time: due, paid online, collected, refunded,
     * remitted, received. Where it lay at its end, of all that ever came: owed, held, sent, missing, too much. From the beginning on,
     * {@code collected + paidOnline - refunded = held + sent + received} and {@code due = collected + paidOnline - refunded + owed +
     * missing - tooMuch}.
     *
     * @param owner whose it is: an agency's id, POST, or PAYEE:id
     * @param code first code of the dossier
     * @param kind of the leg; null with {@code leg} and {@code item}: paid online
     * @param refunded what the citizen has back
     * @param remitted what the post says it gave its owner
     * @param received what its owner has: counted of a slip, or in its statement, less what it gave back
     * @param owed what the citizen is still to be asked for
     * @param held what the post, a carrier or a portal has
     * @param sent what was given to its owner, who has not confirmed it; below nothing where it counted more
     * @param missing what was due, was not given, and is not asked for any more
     * @param tooMuch what the citizen gave beyond what was due and does not have back; below nothing where more was given back
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
            long refunded,
            long remitted,
            long received,
            long owed,
            long held,
            long sent,
            long missing,
            long tooMuch,
            Instant movedAt) {

        /** For tables that are taken away; nothing where it was paid online. */
        public String kindInWords() {
            return kind == null ? "" : LegKind.valueOf(kind).text().vi();
        }
    }

    /** Of all items. @param count how many there are on all pages */
    public record Sums(
            long count,
            long due,
            long paidOnline,
            long collected,
            long refunded,
            long remitted,
            long received,
            long owed,
            long held,
            long sent,
            long missing,
            long tooMuch) {}

    /** What moved last comes first. */
    @Transactional(readOnly = true)
    public List<Item> items(Side side, Wanted wanted) {
        return bound("""
                        select owner, dossier, leg, code, item, kind, money, due, paid_online, collected, refunded, remitted, received,
                            owed, held, sent, missing, too_much, moved_at
                        from wanted order by moved_at desc, dossier, leg, money offset :skip limit :size
                        """, side, wanted)
                .param("skip", wanted.skip())
                .param("size", wanted.size())
                .query(Item.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Sums sums(Side side, Wanted wanted) {
        return bound("""
                        select count(*), coalesce(sum(due), 0)::bigint as due,
                            coalesce(sum(paid_online), 0)::bigint as paid_online,
                            coalesce(sum(collected), 0)::bigint as collected,
                            coalesce(sum(refunded), 0)::bigint as refunded,
                            coalesce(sum(remitted), 0)::bigint as remitted,
                            coalesce(sum(received), 0)::bigint as received,
                            coalesce(sum(owed), 0)::bigint as owed,
                            coalesce(sum(held), 0)::bigint as held,
                            coalesce(sum(sent), 0)::bigint as sent,
                            coalesce(sum(missing), 0)::bigint as missing,
                            coalesce(sum(too_much), 0)::bigint as too_much
                        from wanted
                        """, side, wanted).query(Sums.class).single();
    }

    private JdbcClient.StatementSpec bound(String sql, Side side, Wanted wanted) {
        return db.sql(ITEMS.formatted(wanted.state() == State.ALL ? MOVED : LAY) + sql)
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

    /** Of what was taken on a dossier and stands, as far as the one who looks may see it. An outside carrier gives its own receipts. */
    @Transactional(readOnly = true)
    public List<Receipt> receipts(Side side, UUID dossier) {
        return db.sql("""
                        select h.seq as number, c.code, l.item, l.agency, coalesce(h.office, '') as office, h.actor as worker,
                            h.happened_at as taken_at,
                            coalesce(sum(e.amount) filter (where e.money = 'FEE'), 0)::bigint as fee,
                            coalesce(sum(e.amount) filter (where e.money = 'POSTAGE'), 0)::bigint as postage,
                            coalesce(sum(e.amount) filter (where e.money = 'COD'), 0)::bigint as cod,
                            max(e.owner) filter (where e.money = 'COD') as payee
                        from ledger_entry e join handling h on h.id = cast(e.cause as uuid) join leg l on l.id = e.leg
                        join dossier_code c on c.dossier = e.dossier and c.no = 1
                        where e.dossier = :dossier and e.act = 'COLLECTED' and e.debit like 'POST:%%'
                          and %s
                        group by h.seq, c.code, l.item, l.agency, h.office, h.actor, h.happened_at
                        having sum(e.amount) > 0 order by h.seq
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
