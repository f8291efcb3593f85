package vn.bocau.fee;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Slips, and what may go on the next, to be looked at. */
@Component
public class RemittanceBook {

    private static final String SEEN = "(cast(:agency as text) is null or m.agency = :agency)"
            + " and (cast(:office as text) is null or m.office = :office)";

    private final JdbcClient db;
    private final Payable payable;

    RemittanceBook(JdbcClient db, Payable payable) {
        this.db = db;
        this.payable = payable;
    }

    /** A slip in one line. */
    public record Slip(
            String number,
            String agency,
            String office,
            Instant madeAt,
            @Nullable Instant withdrawnAt,
            @Nullable Instant acknowledgedAt,
            long items,
            long amount,
            long received) {}

    /**
     * What waits for a slip.
     *
     * @param agency id of whose money it is
     */
    public record Waiting(String agency, long items, long amount) {}

    /** @param open those alone that the agency has not counted yet; the newest comes first */
    @Transactional(readOnly = true)
    public List<Slip> newest(Side side, boolean open, int skip, int size) {
        return db.sql("""
                        select m.number, m.agency, m.office, m.made_at, m.withdrawn_at, m.acknowledged_at,
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
                        row.getString("agency"),
                        row.getString("office"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        row.getString("made_by"),
                        instant(row.getObject("withdrawn_at", OffsetDateTime.class)),
                        instant(row.getObject("acknowledged_at", OffsetDateTime.class)),
                        row.getString("acknowledged_by"),
                        lines))
                .optional();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }

    /** What a post office may put on slips now, by agency. */
    @Transactional(readOnly = true)
    public List<Waiting> waitingAtOffice(String office) {
        return waiting(Entry.post(office));
    }

    private List<Waiting> waiting(String holder) {
        return payable.sums(holder).stream()
                .map(sum -> new Waiting(sum.agency(), sum.items(), sum.amount()))
                .toList();
    }

    /** The next slip of a post office for an agency, as it would be made now. */
    @Transactional(readOnly = true)
    public List<Remittance.Line> draft(String office, String agency) {
        return numbered(payable.lines(Entry.post(office), agency));
    }

    /** What an outside carrier took for an agency, and has not given it. */
    @Transactional(readOnly = true)
    public List<Remittance.Line> atCarrier(String carrier, String agency) {
        return numbered(payable.lines(Entry.carrier(carrier), agency));
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
