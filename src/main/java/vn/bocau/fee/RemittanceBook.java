package vn.bocau.fee;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Slips, and what may go on the next, to be looked at. */
@Component
public class RemittanceBook {

    private static final String SEEN = "(cast(:agency as text) is null or m.owner = :agency)"
            + " and (cast(:office as text) is null or m.office = :office)";

    private final JdbcClient db;
    private final Payable payable;

    RemittanceBook(JdbcClient db, Payable payable) {
        this.db = db;
        this.payable = payable;
    }

    /**
     * A slip in one line.
     *
     * @param payer the post office, or the outside carrier
     */
    public record Slip(
            String number,
            String owner,
            String payer,
            Instant madeAt,
            @Nullable Instant withdrawnAt,
            @Nullable Instant acknowledgedAt,
            long items,
            long amount,
            long received) {}

    /**
     * What waits for a slip.
     *
     * @param owner whose money it is: an agency's id, or PAYEE:id
     * @param carrier who has it; null when the post office does
     */
    public record Waiting(String owner, @Nullable String carrier, long items, long amount) {}

    /** @param open those alone that the agency has not counted yet; the newest comes first */
    @Transactional(readOnly = true)
    public List<Slip> newest(Side side, boolean open, int skip, int size) {
        return db.sql("""
                        select m.number, m.owner, coalesce(m.carrier, m.office) as payer, m.made_at, m.withdrawn_at, m.acknowledged_at,
                            count(*) as items, sum(l.amount)::bigint as amount,
                            coalesce(sum(l.received), 0)::bigint as received
                        from remittance m join remittance_line l on l.remittance = m.number
                        where %s and (not :open or m.withdrawn_at is null and m.acknowledged_at is null)
                        group by m.number order by m.made_at desc, m.number desc offset :skip limit :size
                        """.formatted(SEEN))
                .param("agency", side.agency())
                .param("office", side.office())
                .param("open", open)
                .param("skip", skip)
                .param("size", size)
                .query(Slip.class)
                .list();
    }

    /** @return empty also when it is none of this side's */
    @Transactional(readOnly = true)
    public Optional<Remittance> one(Side side, String number) {
        List<Remittance.Line> lines = db.sql("select no, code, item, act, amount, received from remittance_line"
                        + " where remittance = :number order by no")
                .param("number", number)
                .query(Remittance.Line.class)
                .list();
        return db.sql("select m.* from remittance m where m.number = :number and " + SEEN)
                .param("number", number)
                .param("agency", side.agency())
                .param("office", side.office())
                .query((row, n) -> new Remittance(
                        row.getString("number"),
                        row.getString("owner"),
                        row.getString("office"),
                        row.getString("carrier"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        row.getString("made_by"),
                        instant(row.getObject("withdrawn_at", OffsetDateTime.class)),
                        instant(row.getObject("acknowledged_at", OffsetDateTime.class)),
                        row.getString("acknowledged_by"),
                        row.getString("reference"),
                        lines))
                .optional();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    /** What a post office may put on slips now, by owner; and COD that outside carriers took with items that began there. */
    @Transactional(readOnly = true)
    public List<Waiting> waitingAtOffice(String office) {
        Stream<Waiting> own = payable.sums(Entry.post(office), null).stream()
                .map(sum -> new Waiting(sum.owner(), null, sum.items(), sum.amount()));
        Stream<Waiting> carriers = carriersWithCod(office).stream()
                .flatMap(carrier -> payable.sums(Entry.carrier(carrier), office).stream()
                        .filter(sum -> Entry.isPayee(sum.owner()))
                        .map(sum -> new Waiting(sum.owner(), carrier, sum.items(), sum.amount())));
        return Stream.concat(own, carriers).toList();
    }

    private List<String> carriersWithCod(String office) {
        return db.sql(
                        "select distinct substr(b.account, 9) from ledger_balance b join leg l on l.id = b.leg"
                                + " where b.open and b.money = 'COD' and b.kind = 'CARRIER' and l.from_office = :office order by 1")
                .param("office", office)
                .query(String.class)
                .list();
    }

    /**
     * The next slip of a post office for an owner, as it would be made now.
     *
     * @param carrier null unless it is about COD that an outside carrier took
     */
    @Transactional(readOnly = true)
    public List<Remittance.Line> draft(String office, String owner, @Nullable String carrier) {
        return numbered(next(office, owner, carrier));
    }

    List<Payable.Line> next(String office, String owner, @Nullable String carrier) {
        if (carrier == null) {
            return payable.lines(Entry.post(office), owner, null);
        }
        return Entry.isPayee(owner) ? payable.lines(Entry.carrier(carrier), owner, office) : List.of();
    }

    /** What an outside carrier took for an agency, and has not given it. */
    @Transactional(readOnly = true)
    public List<Remittance.Line> atCarrier(String carrier, String agency) {
        return numbered(payable.lines(Entry.carrier(carrier), agency, null));
    }

    /** Outside carriers that have money of an agency. */
    @Transactional(readOnly = true)
    public List<String> carriersWith(String agency) {
        return db.sql(
                        "select distinct substr(account, 9) from ledger_balance where open and owner = :agency and money = 'FEE'"
                                + " and account like 'CARRIER:%' group by account having sum(amount) > 0 order by 1")
                .param("agency", agency)
                .query(String.class)
                .list();
    }

    static List<Remittance.Line> numbered(List<Payable.Line> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> {
                    Payable.Line line = lines.get(i);
                    return new Remittance.Line(i + 1, line.code(), line.item(), line.act(), line.amount(), null);
                })
                .toList();
    }
}
