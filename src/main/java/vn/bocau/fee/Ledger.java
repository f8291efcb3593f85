package vn.bocau.fee;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.dossier.DossierMoney;
import vn.bocau.dossier.Money;

/**
 * Keeps the ledger. What follows from handlings is entered by itself, in the transaction of the handling: what should stand,
 * less what does. So a repeat enters nothing, and what is voided or comes late enters the difference; nothing is changed.
 * What is given and counted by slip is entered by who does it.
 */
@Component
class Ledger {

    private static final String INSERT = """
            insert into ledger_entry (owner, dossier, leg, money, act, cause, debit, credit, amount)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcClient db;
    private final JdbcTemplate batches;

    Ledger(JdbcClient db, JdbcTemplate batches) {
        this.db = db;
        this.batches = batches;
    }

    /** Under the lock of the dossier. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void moved(DossierMoney money) {
        Map<Entry, Long> stands = standing(money.dossier());
        Map<Entry, Long> should = Position.of(money, stands);
        Set<Entry> all = new LinkedHashSet<>(stands.keySet());
        all.addAll(should.keySet());
        List<Object[]> rows = new ArrayList<>();
        for (Entry entry : all) {
            long missing = should.getOrDefault(entry, 0L) - stands.getOrDefault(entry, 0L);
            if (missing != 0) {
                rows.add(row(money.dossier(), entry, missing));
            }
        }
        insert(rows);
        said(money);
    }

    /** What outside carriers say they took stands beside the ledger: the accounts hold them to what they were told. */
    private void said(DossierMoney money) {
        db.sql("delete from carrier_word where dossier = :dossier and leg <> all(:legs)")
                .param("dossier", money.dossier())
                .param(
                        "legs",
                        money.said().stream().map(DossierMoney.CarrierSaid::leg).toArray(UUID[]::new))
                .update();
        for (DossierMoney.CarrierSaid one : money.said()) {
            db.sql("""
                            insert into carrier_word as known (leg, dossier, owner, owners, money, carrier, told, said)
                            values (:leg, :dossier, :owner, :owners, :money, :carrier, :told, :said)
                            on conflict (leg) do update set owner = excluded.owner, owners = excluded.owners, money = excluded.money,
                                carrier = excluded.carrier, told = excluded.told, said = excluded.said, at = clock_timestamp()
                            where (known.owner, known.owners, known.money, known.carrier, known.told, known.said)
                                <> (excluded.owner, excluded.owners, excluded.money, excluded.carrier, excluded.told, excluded.said)
                            """)
                    .param("leg", one.leg())
                    .param("dossier", money.dossier())
                    .param("owner", Position.owner(one.money(), one.whose()))
                    .param(
                            "owners",
                            one.all().stream()
                                    .map(whose -> Position.owner(whose.money(), whose.whose()))
                                    .toArray(String[]::new))
                    .param("money", one.money().name())
                    .param("carrier", one.carrier())
                    .param("told", one.told())
                    .param("said", one.said())
                    .update();
        }
    }

    /** An amount that somebody gave, or counted. */
    @Transactional(propagation = Propagation.MANDATORY)
    void enter(UUID dossier, Entry entry, long amount) {
        if (amount != 0) {
            insert(List.<Object[]>of(row(dossier, entry, amount)));
        }
    }

    private void insert(List<Object[]> rows) {
        if (!rows.isEmpty()) {
            batches.batchUpdate(INSERT, rows);
        }
    }

    private static Object[] row(UUID dossier, Entry entry, long amount) {
        return new Object[] {
            entry.owner(),
            dossier,
            entry.leg(),
            entry.money().name(),
            entry.act().name(),
            entry.cause(),
            entry.debit(),
            entry.credit(),
            amount
        };
    }

    private Map<Entry, Long> standing(UUID dossier) {
        Map<Entry, Long> standing = new HashMap<>();
        db.sql("""
                        select owner, leg, money, act, cause, debit, credit, sum(amount) from ledger_entry
                        where dossier = :dossier
                          and act in ('DUE', 'PAID_ONLINE', 'COLLECTED', 'SHORT', 'SURPLUS', 'HANDED_OVER')
                        group by owner, leg, money, act, cause, debit, credit having sum(amount) <> 0
                        """).param("dossier", dossier).query(row -> {
            standing.put(
                    new Entry(
                            row.getString(1),
                            row.getObject(2, UUID.class),
                            Money.valueOf(row.getString(3)),
                            Entry.Act.valueOf(row.getString(4)),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7)),
                    row.getLong(8));
        });
        return standing;
    }
}
