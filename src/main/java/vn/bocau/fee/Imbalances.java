package vn.bocau.fee;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Money;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * A difference is closed by two: one explains it, another settles it, each saying the amount they looked at:
 * {@code {"imbalance", "shown", "said"}}. Both sides may do either.
 */
@Component("imbalances")
public class Imbalances {

    private final JdbcClient db;
    private final Journal journal;
    private final ImbalanceBook book;
    private final Ledger ledger;

    Imbalances(JdbcClient db, Journal journal, ImbalanceBook book, Ledger ledger) {
        this.db = db;
        this.journal = journal;
        this.book = book;
        this.ledger = ledger;
    }

    /**
     * Says how it came about; may be said anew until it is settled.
     *
     * @throws Refused UNKNOWN {@code no-such-imbalance}; CONFLICT {@code another-amount}, {@code already-settled}
     */
    public Receipt explain(Inbound in) {
        return journal.once(in, () -> {
            Teller teller = Teller.of(in);
            Imbalance now = looked(in, teller);
            db.sql("""
                            insert into imbalance (id, dossier, leg, owner, money, what, explained_by, explained_amount,
                                explained_since, explained_side)
                            values (:id, :dossier, :leg, :owner, :money, :what, :by, :amount, :since, :side)
                            on conflict (id) do update set explained_by = :by, explained_amount = :amount,
                                explained_since = :since, explained_side = :side, settled_by = null, settled_amount = null,
                                settled_since = null
                            """)
                    .param("since", LedgerBook.at(now.since()))
                    .param("side", teller.sideName())
                    .param("id", now.id())
                    .param("dossier", now.dossier())
                    .param("leg", now.leg())
                    .param("owner", now.owner())
                    .param("money", now.money())
                    .param("what", now.what().name())
                    .param("by", teller.user())
                    .param("amount", now.amount())
                    .update();
            return noted(in, teller, now, "EXPLAINED");
        });
    }

    /**
     * Closes it, as long as it stays this amount. With {@code "refunded": true}, of what was taken too much, the
     * citizen has it back; with {@code "received": true} the agency has the rest of what it had counted otherwise. That is
     * entered, and the difference is gone. Where post and agency differ, one of each explains and closes it, and nothing is
     * given back that the other side has; a payee of COD
     * has nobody here, and two of the post do.
     *
     * @throws Refused as {@link #explain}, and CONFLICT {@code not-explained}, FORBIDDEN {@code one-person-alone}
     */
    public Receipt settle(Inbound in) {
        return journal.once(in, () -> {
            Teller teller = Teller.of(in);
            Imbalance now = looked(in, teller);
            if (now.explainedBy() == null) {
                throw new Refused(
                        Refused.Ground.CONFLICT,
                        "not-explained",
                        "",
                        "Chưa ai giải trình số chênh lệch này; phải giải trình trước khi đóng.",
                        "Nobody has explained this difference; that comes before it is closed.");
            }
            if (now.explainedBy().equals(teller.user())) {
                throw new Refused(
                        Refused.Ground.FORBIDDEN,
                        "one-person-alone",
                        "",
                        "Người giải trình không tự đóng được; hãy nhờ người khác xem và đóng.",
                        "Whoever explained it cannot close it; let somebody else look at it and close it.");
            }
            if (now.what().betweenSides()
                    && !Entry.isPayee(now.owner())
                    && teller.sideName().equals(explainedSide(now))) {
                throw new Refused(
                        Refused.Ground.FORBIDDEN,
                        "one-side-alone",
                        "",
                        "Chênh lệch giữa bưu điện và cơ quan: một bên giải trình, bên kia đóng.",
                        "A difference between post and agency: one side explains it, the other closes it.");
            }
            db.sql(
                            "update imbalance set settled_by = :by, settled_amount = :amount, settled_since = :since where id = :id")
                    .param("since", LedgerBook.at(now.since()))
                    .param("by", teller.user())
                    .param("amount", now.amount())
                    .param("id", now.id())
                    .update();
            if (in.payload().path("refunded").asBoolean()) {
                refund(now, teller);
            }
            if (in.payload().path("received").asBoolean()) {
                receive(now, teller);
            }
            return noted(in, teller, now, "SETTLED");
        });
    }

    private long tooMuch(Imbalance now) {
        return db.sql(
                        "select coalesce(-sum(amount), 0)::bigint from ledger_posting where dossier = :dossier"
                                + " and leg is not distinct from :leg and owner = :owner and money = :money and account = :refund")
                .param("dossier", now.dossier())
                .param("owner", now.owner())
                .param("leg", now.leg())
                .param("money", now.money())
                .param("refund", Entry.REFUND)
                .query(Long.class)
                .single();
    }

    /** Of who has it: the post, a carrier or portal, first who has most; what they do not have any more, the agency. */
    private void refund(Imbalance now, Teller teller) {
        if (!now.what().refundable() || tooMuch(now) != now.amount()) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "nothing-to-refund",
                    "refunded",
                    "Chỉ trả lại người dân phần đã thu tại nhà, hoặc nộp trực tuyến, nhiều hơn số phải thu.",
                    "Only what was collected at a door, or paid online, beyond what was due is given back to the citizen.");
        }

        Map<String, Long> held = new LinkedHashMap<>();
        db.sql("""
                        select account, sum(amount)::bigint from ledger_posting
                        where dossier = :dossier and leg is not distinct from :leg and owner = :owner and money = :money
                          and split_part(account, ':', 1) in ('POST', 'CARRIER', 'PORTAL', 'AGENCY', 'PAYEE')
                        group by account having sum(amount) > 0
                        order by split_part(account, ':', 1) in ('AGENCY', 'PAYEE'), sum(amount) desc, account
                        """)
                .param("dossier", now.dossier())
                .param("owner", now.owner())
                .param("leg", now.leg())
                .param("money", now.money())
                .query(row -> {
                    held.put(row.getString(1), row.getLong(2));
                });
        long rest = now.amount();
        for (Map.Entry<String, Long> holder : held.entrySet()) {
            long from = Math.min(rest, holder.getValue());
            if (from > 0) {
                heard(holder.getKey(), now, teller);
            }
            enter(now, Entry.Act.REFUNDED, Entry.REFUND, holder.getKey(), from);
            rest -= from;
        }
        if (rest > 0) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "nothing-to-refund",
                    "refunded",
                    "Không ai còn giữ số tiền này để trả lại: tiền đã nộp và bên nhận chưa xác nhận.",
                    "Nobody has this money to give it back: it was given to its owner, who has not confirmed it.");
        }
    }

    /** Nobody pays a citizen out of the other side's account; a payee has nobody here. */
    private void heard(String account, Imbalance now, Teller teller) {
        String side = switch (account.substring(0, account.indexOf(':'))) {
            case "POST", "CARRIER" -> "POST";
            case "PAYEE" -> teller.sideName();
            default -> "AGENCY";
        };
        if (!side.equals(teller.sideName()) && !side.equals(explainedSide(now))) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "one-side-alone",
                    "refunded",
                    "Tiền này " + (side.equals("POST") ? "bưu điện" : "cơ quan")
                            + " đang giữ: bên đó phải là một trong hai bên giải trình và đóng.",
                    "The " + (side.equals("POST") ? "post" : "agency")
                            + " has this money: it has to be one of the two who explain and close it.");
        }
    }

    /** What its owner had not received has come after all, or it had received too much. */
    private void receive(Imbalance now, Teller teller) {
        if (now.what() != ImbalanceKind.RECEIVED_OTHERWISE) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "nothing-to-receive",
                    "received",
                    "Chỉ ghi nhận bù khi bên nhận đã xác nhận khác số bưu điện nộp.",
                    "Only what its owner counted otherwise can be received later.");
        }
        if (!Entry.isPayee(now.owner())) {
            teller.ownAgency();
        }
        String transit = Entry.transit(now.owner());
        long open = db.sql(
                        "select sum(amount)::bigint from ledger_posting" + " where leg = :leg and account = :transit")
                .param("leg", now.leg())
                .param("transit", transit)
                .query(Long.class)
                .single();
        enter(now, Entry.Act.RECEIVED, Entry.has(now.owner()), transit, open);
    }

    private void enter(Imbalance now, Entry.Act act, String debit, String credit, long amount) {
        ledger.enter(
                now.dossier(),
                new Entry(
                        now.owner(),
                        now.leg(),
                        Money.valueOf(now.money()),
                        act,
                        now.id().toString(),
                        debit,
                        credit),
                amount);
    }

    private JsonNode noted(Inbound in, Teller teller, Imbalance now, String what) {
        db.sql("insert into imbalance_act (imbalance, by, what, amount, said) values (:id, :by, :what, :amount, :said)")
                .param("id", now.id())
                .param("by", teller.user())
                .param("what", what)
                .param("amount", now.amount())
                .param("said", in.payload().path("said").asText())
                .update();
        return JsonNodeFactory.instance.objectNode().put("imbalance", now.id().toString());
    }

    private String explainedSide(Imbalance now) {
        return db.sql("select explained_side from imbalance where id = :id")
                .param("id", now.id())
                .query(String.class)
                .single();
    }

    /** Nobody says anything about an amount that they have not seen. */
    private Imbalance looked(Inbound in, Teller teller) {
        UUID id = UUID.fromString(in.payload().path("imbalance").asText());
        db.sql("select pg_advisory_xact_lock(hashtextextended(:id, 7))")
                .param("id", id.toString())
                .query((row, n) -> true)
                .list();
        Imbalance now = book.one(teller.side(), id)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-imbalance",
                        "imbalance",
                        "Không còn chênh lệch nào như vậy của bạn; có thể nó đã hết.",
                        "You have no such difference; it may be gone by itself."));
        if (now.settledBy() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "already-settled",
                    "imbalance",
                    "Chênh lệch này đã được đóng.",
                    "This difference was closed already.");
        }
        if (now.amount() != in.payload().path("shown").asLong()) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "another-amount",
                    "shown",
                    "Số chênh lệch nay là " + now.amount() + " đồng, không phải số bạn đã xem; chưa ghi gì cả.",
                    "The difference is " + now.amount() + " đồng by now, not what you looked at; nothing was changed.");
        }
        return now;
    }
}
