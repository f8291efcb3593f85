package vn.bocau.fee;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Receipt;

/**
 * A difference is closed by two: one explains it, another settles it, each saying the amount they looked at:
 * {@code {"imbalance", "dossier", "shown", "said"}}. Both sides may do either.
 */
@Component("imbalances")
public class Imbalances {

    private final JdbcClient db;
    private final Journal journal;
    private final ImbalanceBook book;
    private final Settlement settlement;

    Imbalances(JdbcClient db, Journal journal, ImbalanceBook book, Settlement settlement) {
        this.db = db;
        this.journal = journal;
        this.book = book;
        this.settlement = settlement;
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
     * Closes it, as long as it stays this amount; with {@code "entered"}, what mends it is entered ({@link Settlement}), and
     * the difference is gone. Where post and agency differ, one of each explains and closes it, and nothing is given back that
     * the other side has; a payee of COD has nobody here, and two of the post do.
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
                    && teller.sideName().equals(settlement.explainedSide(now))) {
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
            if (in.payload().hasNonNull("entered")) {
                settlement.enter(now, teller, in.payload());
            }
            return noted(in, teller, now, "SETTLED");
        });
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

    /** Nobody says anything about an amount that they have not seen. */
    private Imbalance looked(Inbound in, Teller teller) {
        UUID id = UUID.fromString(in.payload().path("imbalance").asText());
        db.sql("select pg_advisory_xact_lock(hashtextextended(:id, 7))")
                .param("id", id.toString())
                .query((row, n) -> true)
                .list();
        UUID dossier = UUID.fromString(in.payload().path("dossier").asText());
        // Scans lock it, so what is read now nobody moves any more.
        db.sql("select 1 from dossier where id = :dossier for key share")
                .param("dossier", dossier)
                .query((row, n) -> true)
                .list();
        Imbalance now = book.one(teller.side(), dossier, id)
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
