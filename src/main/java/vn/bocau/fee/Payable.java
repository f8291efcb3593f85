package vn.bocau.fee;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What may go on the next slip, to an agency of its fees, to a payee of its COD. From a post office: what was handed over with papers and is on no slip yet; and what was
 * taken on delivery, or with papers that are with the post no more, once the shift it was taken in has been counted, because
 * only then it lies in the till. From an outside
 * carrier: all it took.
 */
@Component
class Payable {

    /** As many as can be counted on one page, and sent as one form. */
    private static final int MOST = 500;

    private static final String COUNTED = """
            exists (select from handling h
                cross join lateral (select s.closed_at from shift s
                    where s.device = h.device and s.account = h.actor and s.first_seq <= h.device_seq
                    order by s.first_seq desc, s.recorded_at desc limit 1) own
                where h.id = cast(taken.cause as uuid) and own.closed_at is not null)
            """;

    /** What it has of an item, but for what the citizen gets back of it. */
    private static final String LYING = """
            select p.owner, p.dossier, p.leg, 'PAID_OVER' as act, cast(null as uuid) as handling,
                least(sum(p.amount), sum(p.amount) filter (where p.account = :holder))::bigint as amount
            from ledger_balance p join leg l on l.id = p.leg
            where p.leg in (select leg from ledger_balance where open and account = :holder)
              and p.kind in ('POST', 'CARRIER', 'REFUND') and p.money <> 'POSTAGE'
            """;

    private static final String SOME = """
            group by p.owner, p.dossier, p.leg, p.money
            having least(sum(p.amount), sum(p.amount) filter (where p.account = :holder)) > 0
            """;

    /** What was handed over and is on no slip yet, whoever of several had it and by whatever report it is known now. */
    private static final String HANDED_OVER = """
            select h.owner, h.dossier, h.leg, 'HANDED_OVER' as act, h.handling,
                least(h.amount, h.altogether - coalesce((select sum(r.amount) from remittance_line r
                    join remittance m on m.number = r.remittance
                    where r.leg = h.leg and r.act = 'HANDED_OVER' and m.withdrawn_at is null), 0))::bigint as amount
            from (select e.owner, e.dossier, e.leg, sum(e.amount) as altogether,
                    sum(e.amount) filter (where e.credit = :holder) as amount,
                    (array_agg(cast(e.cause as uuid) order by e.seq desc) filter (where e.credit = :holder))[1] as handling
                from ledger_entry e
                where e.act = 'HANDED_OVER'
                  and e.leg in (select leg from ledger_balance where open and kind = 'TRANSIT')
                  and exists (select from ledger_entry own
                    where own.leg = e.leg and own.act = 'HANDED_OVER' and own.credit = :holder)
                group by e.owner, e.dossier, e.leg) h
            """;

    private static final String OF_OFFICE = """
            select * from (%s) handed where amount > 0
            union all
            %s and (l.kind in ('RESULT', 'ORIGINALS_BACK')
                or exists (select from progress p where p.leg = l.id
                    and p.step in ('HANDED_TO_AGENCY', 'LOST', 'CANCELLED')))
            %s and not exists (
                select from (select c.cause from ledger_entry c
                    where c.leg = p.leg and c.money = p.money and c.act = 'COLLECTED' and c.debit = :holder
                    group by c.cause having sum(c.amount) > 0) taken
                where not %s)
            """.formatted(HANDED_OVER, LYING, SOME, COUNTED);

    private static final String OF_CARRIER = LYING + SOME;

    private static final String BEGAN = "(cast(:began as text) is null or l.from_office = :began)";

    private final JdbcClient db;

    Payable(JdbcClient db) {
        this.db = db;
    }

    /**
     * @param item identifier of the envelope; null when it bears none
     * @param handling with which it was handed over; null when it is paid with the slip
     * @param holder account of who has it
     */
    record Line(
            UUID dossier,
            UUID leg,
            String code,
            @Nullable String item,
            String act,
            @Nullable UUID handling,
            long amount,
            String holder) {

        Line of(long given) {
            return new Line(dossier, leg, code, item, act, handling, given, holder);
        }
    }

    /**
     * For one owner, what was handed over first; as many as go on one slip.
     *
     * @param began only of items that began at this office; null for all
     */
    List<Line> lines(String holder, String owner, @Nullable String began) {
        return db.sql("select payable.*, :holder as holder, c.code, l.item from (" + of(holder) + ") payable"
                        + " join dossier_code c on c.dossier = payable.dossier and c.no = 1"
                        + " join leg l on l.id = payable.leg"
                        + " where payable.owner = :owner and " + BEGAN
                        + " order by payable.act, c.code, l.no limit :most")
                .param("holder", holder)
                .param("owner", owner)
                .param("began", began)
                .param("most", MOST)
                .query(Line.class)
                .list();
    }

    /** In đồng, of one owner. As {@link #lines}. */
    record Sum(String owner, long items, long amount) {}

    List<Sum> sums(String holder, @Nullable String began) {
        return db.sql("select owner, count(*) as items, sum(amount)::bigint as amount from (" + of(holder)
                        + ") payable join leg l on l.id = payable.leg where " + BEGAN
                        + " group by owner order by owner")
                .param("holder", holder)
                .param("began", began)
                .query(Sum.class)
                .list();
    }

    private static String of(String holder) {
        return holder.startsWith(Entry.carrier("")) ? OF_CARRIER : OF_OFFICE;
    }
}
