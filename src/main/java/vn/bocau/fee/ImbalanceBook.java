package vn.bocau.fee;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.Rules;

/**
 * Where portal, post and agency differ: balances that should be nothing by now, item by item. They are read off the ledger as
 * it stands, so one that is mended is gone by itself, and one that is another amount is open again. What was collected grows
 * late from then on, and what was given from its first slip on: a slip that is withdrawn and made anew makes nothing younger.
 * What was handed over with its papers, and stands on no slip, nobody can confirm: the post has not given it yet, also where
 * the rest of it was counted. What the post, or a carrier, gave too much is no excuse for what another of them has still.
 */
@Component
public class ImbalanceBook {

    private static final String FOUND_AMONG = """
            with side as (
                select e.owner, e.dossier, e.leg, e.money, e.kind, e.account, e.amount, e.at
                from ledger_balance e where e.open and %3$s and %1$s),
            holder as (
                select owner, dossier, leg, money, kind, sum(amount) as amount, max(at) as at
                from side where kind in ('POST', 'CARRIER', 'REFUND') and money <> 'POSTAGE' and leg is not null
                group by owner, dossier, leg, money, kind, case when kind = 'CARRIER' then account end),
            held as (
                select owner, dossier, leg, money, coalesce(sum(amount) filter (where keeps), 0) as kept,
                    coalesce(sum(amount) filter (where not keeps), 0) as given,
                    max(at) filter (where keeps) as kept_at, max(at) filter (where not keeps) as given_at
                from (select *, (kind = 'REFUND') <> (amount > 0) as keeps from holder where amount <> 0) each
                group by owner, dossier, leg, money),
            balance as (
                select owner, dossier, leg, money, kind, sum(amount)::bigint as amount, max(at) as at
                from side where kind in ('SHORT', 'REFUND', 'TRANSIT')
                group by owner, dossier, leg, money, kind having sum(amount) <> 0
                union all
                select owner, dossier, leg, money, 'HELD', each.amount::bigint, each.at
                from held cross join lateral (values
                    (greatest(kept, 0) + greatest(given, 0), coalesce(kept_at, given_at)),
                    (least(kept, 0) + least(given, 0), coalesce(given_at, kept_at))) each (amount, at)
                where each.amount <> 0
                union all
                select owner, dossier, leg, money, 'PORTAL', sum(amount)::bigint, max(at)
                from side where kind = 'PORTAL' group by owner, dossier, leg, money having sum(amount) <> 0),
            unslipped as (
                select b.owner, b.dossier, b.leg, b.money, least(b.amount, h.amount - s.amount)::bigint as amount, h.at
                from balance b
                cross join lateral (select coalesce(sum(e.amount), 0) as amount, max(e.at) as at from ledger_entry e
                    where e.dossier = b.dossier and e.leg = b.leg and e.owner = b.owner and e.money = b.money
                      and e.act = 'HANDED_OVER') h
                cross join lateral (select coalesce(sum(l.amount), 0) as amount
                    from remittance_line l join remittance m on m.number = l.remittance
                    where l.leg = b.leg and m.owner = b.owner and l.act = 'HANDED_OVER' and m.withdrawn_at is null) s
                where b.kind = 'TRANSIT' and least(b.amount, h.amount - s.amount) > 0),
            aged as (
                select u.owner, u.dossier, u.leg, u.money, 'UNSLIPPED' as kind, u.amount, cast(null as boolean) as waits, u.at
                from unslipped u
                union all
                select b.owner, b.dossier, b.leg, b.money, b.kind, b.amount - coalesce(u.amount, 0), c.waits, case
                    when b.kind = 'HELD' and b.amount > 0 then coalesce((
                        select max(t.at) from (
                            select min(e.at) as at from ledger_entry e
                            where e.dossier = b.dossier and e.leg = b.leg and e.owner = b.owner and e.money = b.money
                              and e.act = 'COLLECTED' group by e.cause having sum(e.amount) > 0) t), b.at)
                    when b.kind = 'TRANSIT' and c.waits then coalesce(c.first_made_at, b.at)
                    else b.at end as at
                from balance b
                left join unslipped u on b.kind = 'TRANSIT' and u.owner = b.owner and u.dossier = b.dossier
                    and u.leg = b.leg and u.money = b.money
                left join lateral (select bool_or(m.acknowledged_at is null) filter (where m.withdrawn_at is null) as waits,
                        min(m.made_at) filter (where m.acknowledged_at is null) as first_made_at
                    from remittance_line l join remittance m on m.number = l.remittance
                    where l.leg = b.leg and m.owner = b.owner) c on b.kind = 'TRANSIT'
                where b.amount <> coalesce(u.amount, 0)),
            uncounted as (
                select s.id, s.device, s.account, s.first_seq, cast(null as bigint) as missing, cast(null as timestamptz) as at
                from shift s where s.closed_at is null and s.opened_at < :unremitted
                union all
                select s.id, s.device, s.account, s.first_seq, c.expected - s.counted, s.counted_at
                from discrepancy x join shift s on s.id = x.shift join shift_cash c on c.shift = s.id
                where x.settled_by is null and s.counted < c.expected),
            postage as (
                select e.owner, e.dossier, e.leg, e.money, u.missing, sum(e.amount) as amount,
                    greatest(max(e.at), max(u.at)) as at,
                    sum(sum(e.amount)) over (partition by u.id order by h.device_seq desc) as with_later
                from uncounted u
                join handling h on h.device = u.device and h.actor = u.account and h.device_seq >= u.first_seq
                    and not exists (select from shift next where next.device = u.device and next.account = u.account
                        and next.first_seq > u.first_seq and next.first_seq <= h.device_seq)
                join ledger_entry e on e.leg = h.leg and e.cause = h.id::text and e.act = 'COLLECTED'
                    and e.money = 'POSTAGE' and e.debit = 'POST:' || h.office
                where %1$s
                group by e.owner, e.dossier, e.leg, e.money, u.id, u.missing, h.device_seq having sum(e.amount) > 0),
            named as (
                select b.owner, b.dossier, b.leg, b.money, b.kind, b.amount, b.at, case
                    when b.kind = 'SHORT' then case when b.leg is null and d.paid_online then 'PAID_OTHERWISE' else 'UNDER_COLLECTED' end
                    when b.kind = 'REFUND' then case when b.amount > 0 then 'REFUNDED_TOO_MUCH' when b.leg is null then 'PAID_OTHERWISE'
                        when b.money = 'FEE' and d.paid_online then 'PAID_TWICE' else 'OVER_COLLECTED' end
                    when b.kind = 'PORTAL' then case
                        when not exists (select from booking k where k.dossier = b.dossier and k.agency = b.owner
                            and k.taken_back_at is null)
                            then case when b.at < :unbooked then 'PAID_NOT_BOOKED' end
                        when d.paid_online then 'BOOKED_OTHERWISE' else 'BOOKED_NOT_PAID' end
                    when b.kind = 'HELD' then case when b.amount < 0 then 'REMITTED_MORE'
                        when b.at < :unremitted then 'NOT_REMITTED' end
                    when b.kind = 'UNSLIPPED' then case when b.at < :unremitted then 'NOT_REMITTED' end
                    when b.kind = 'TRANSIT' then case when not coalesce(b.waits, true) then 'RECEIVED_OTHERWISE'
                        when b.at < :unacknowledged then 'NOT_ACKNOWLEDGED' end
                    end as what
                from aged b join dossier d on d.id = b.dossier
                union all
                select owner, dossier, leg, money, 'TILL', case when missing is null then amount
                        else least(amount, greatest(0, missing - (with_later - amount))) end, at, 'NOT_TURNED_IN'
                from postage where %3$s and (missing is null or missing > with_later - amount)
                union all
                select e.owner, e.dossier, e.leg, e.money, 'SAID', e.told - e.said, e.at, 'CARRIER_SAID_OTHERWISE'
                from carrier_word e where e.told <> e.said and %3$s and %2$s),
            found as (
                select n.what, n.owner, n.dossier, n.leg, n.money, abs(sum(n.amount))::bigint as amount, max(n.at) as since
                from named n where n.what is not null
                group by n.what, n.owner, n.dossier, n.leg, n.money)
            select f.*, c.code, l.item,
                case when f.what = 'CARRIER_SAID_OTHERWISE'
                    then (select w.owners from carrier_word w where w.leg = f.leg) else array[f.owner] end as owners,
                case when i.explained_amount = f.amount and i.explained_since = f.since then i.explained_by end as explained_by,
                case when i.settled_amount = f.amount and i.settled_since = f.since then i.settled_by end as settled_by
            from found f join dossier_code c on c.dossier = f.dossier and c.no = 1 left join leg l on l.id = f.leg
            left join imbalance i on i.dossier = f.dossier and i.leg is not distinct from f.leg and i.owner = f.owner
                and i.money = f.money and i.what = f.what
            """;

    private static final String FOUND = among("true");

    private static final String FOUND_IN_DOSSIER = among("dossier = :dossier");

    /** The very same: one that was mended and comes anew is another, though of the same amount. */
    private static final String SETTLED =
            "(i.settled_amount is not distinct from f.amount and i.settled_since is not distinct from f.since)";

    /** As it was closed, also when it is mended by now. */
    private static final String CLOSED = """
            select i.*, i.settled_amount as amount, c.code, l.item,
                case when w.owner = i.owner and i.what = 'CARRIER_SAID_OTHERWISE' then w.owners else array[i.owner] end as owners,
                (select max(a.at) from imbalance_act a where a.imbalance = i.id) as since
            from imbalance i
            left join carrier_word w on w.leg = i.leg and i.what = 'CARRIER_SAID_OTHERWISE'
            join lateral (select e.owner from ledger_entry e
                where e.dossier = i.dossier and e.leg is not distinct from i.leg
                  and (e.owner = i.owner or e.owner = any(w.owners)) and %s limit 1) e on true
            join dossier_code c on c.dossier = i.dossier and c.no = 1 left join leg l on l.id = i.leg
            where i.settled_by is not null and :unremitted::timestamptz is not null and :unacknowledged::timestamptz is not null
                and :unbooked::timestamptz is not null
            order by since desc, i.id
            """.formatted(Side.SEES);

    private final JdbcClient db;
    private final Deadlines deadlines;
    private final FeeSettings settings;

    ImbalanceBook(JdbcClient db, Deadlines deadlines, FeeSettings settings) {
        this.db = db;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    /** @param which of the rows of each kind, by their dossier */
    private static String among(String which) {
        return FOUND_AMONG.formatted(
                Side.SEES_EACH, Side.SEES_EACH.replace("e.owner = :agency", ":agency = any(e.owners)"), which);
    }

    /** The open ones, the oldest first; or the settled ones, the newest first. */
    @Transactional(readOnly = true)
    public List<Imbalance> of(Side side, boolean settled, int skip, int size) {
        String sql = settled ? CLOSED : FOUND + " where not " + SETTLED + " order by f.since, f.dossier, f.what";
        return withActs(bound(sql + " offset :skip limit :size", side)
                .param("skip", skip)
                .param("size", size)
                .query((row, n) -> imbalance(row))
                .list());
    }

    @Transactional(readOnly = true)
    public long open(Side side) {
        return bound("select count(*) from (" + FOUND + " where not " + SETTLED + ") open", side)
                .query(Long.class)
                .single();
    }

    /** @return empty also when it is mended by now, or none of this side's */
    @Transactional(readOnly = true)
    public Optional<Imbalance> one(Side side, UUID dossier, UUID id) {
        // Few are of one dossier, and an id is made of what the row is about.
        return withActs(
                        bound(FOUND_IN_DOSSIER, side)
                                .param("dossier", dossier)
                                .query((row, n) -> imbalance(row))
                                .stream()
                                .filter(one -> one.id().equals(id))
                                .toList())
                .stream()
                .findFirst();
    }

    private JdbcClient.StatementSpec bound(String sql, Side side) {
        Instant now = Instant.now();
        return db.sql(sql)
                .param("agency", side.agency())
                .param("office", side.office())
                .param("unremitted", LedgerBook.at(before(now, settings.remit())))
                .param("unbooked", LedgerBook.at(before(now, settings.book())))
                .param("unacknowledged", LedgerBook.at(before(now, settings.acknowledge())));
    }

    /** What was entered before this moment is late by now, when it was to be done within some working days. */
    private Instant before(Instant now, int days) {
        LocalDate day = now.atZone(Rules.ZONE).toLocalDate().plusDays(1);
        do {
            day = day.minusDays(1);
        } while (!deadlines
                .workingDays(day.atStartOfDay(Rules.ZONE).toInstant(), days)
                .isBefore(now));
        return day.plusDays(1).atStartOfDay(Rules.ZONE).toInstant();
    }

    private static Imbalance imbalance(ResultSet row) throws SQLException {
        UUID dossier = row.getObject("dossier", UUID.class);
        UUID leg = row.getObject("leg", UUID.class);
        String owner = row.getString("owner");
        String money = row.getString("money");
        ImbalanceKind what = ImbalanceKind.valueOf(row.getString("what"));
        return new Imbalance(
                id(dossier, leg, owner, money, what),
                what,
                owner,
                List.of((String[]) row.getArray("owners").getArray()),
                dossier,
                leg,
                row.getString("code"),
                row.getString("item"),
                money,
                row.getLong("amount"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("explained_by"),
                row.getString("settled_by"),
                List.of());
    }

    static UUID id(UUID dossier, @Nullable UUID leg, String owner, String money, ImbalanceKind what) {
        return UUID.nameUUIDFromBytes(
                (dossier + "/" + leg + "/" + owner + "/" + money + "/" + what.name()).getBytes(StandardCharsets.UTF_8));
    }

    private List<Imbalance> withActs(List<Imbalance> rows) {
        Map<UUID, List<Imbalance.Act>> acts = new HashMap<>();
        db.sql(
                        "select imbalance, at, by, what, amount, said from imbalance_act where imbalance = any(:ids) order by seq")
                .param("ids", rows.stream().map(Imbalance::id).toArray(UUID[]::new))
                .query(row -> {
                    acts.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new Imbalance.Act(
                                    row.getObject(2, OffsetDateTime.class).toInstant(),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getLong(5),
                                    row.getString(6)));
                });
        return rows.stream()
                .map(one -> new Imbalance(
                        one.id(),
                        one.what(),
                        one.owner(),
                        one.owners(),
                        one.dossier(),
                        one.leg(),
                        one.code(),
                        one.item(),
                        one.money(),
                        one.amount(),
                        one.since(),
                        one.explainedBy(),
                        one.settledBy(),
                        acts.getOrDefault(one.id(), List.of())))
                .toList();
    }
}
