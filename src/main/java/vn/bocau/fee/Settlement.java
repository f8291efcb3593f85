package vn.bocau.fee;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Money;

/** What is entered into the ledger when a difference is settled, so that it is gone. */
@Component
class Settlement {

    private final JdbcClient db;
    private final Ledger ledger;
    private final Bookings bookings;

    Settlement(JdbcClient db, Ledger ledger, Bookings bookings) {
        this.db = db;
        this.ledger = ledger;
        this.bookings = bookings;
    }

    /**
     * By what {@code "entered"} says. REFUNDED: the citizen has back what was taken too much. RECEIVED: its owner has the rest
     * of what it had counted otherwise. RETURNED: its owner has given back what it was given too much. UNBOOKED: the row of
     * the statement under {@code "reference"} was wrong, or was taken back.
     *
     * @throws Refused FORBIDDEN {@code one-side-alone}; RULE or CONFLICT {@code nothing-to-refund}, {@code nothing-to-receive},
     *     {@code nothing-to-return}, {@code nothing-to-unbook}
     */
    void enter(Imbalance now, Teller teller, JsonNode said) {
        switch (said.path("entered").asText()) {
            case "REFUNDED" -> refund(now, teller);
            case "RECEIVED" -> receive(now, teller);
            case "RETURNED" -> giveBack(now);
            case "UNBOOKED" -> unbook(now, teller, said.path("reference").asText());
            default -> throw new IllegalArgumentException("entered");
        }
    }

    /** Of who has it: the post, a carrier or portal, first who has most; what they do not have any more, the agency. */
    private void refund(Imbalance now, Teller teller) {
        if (!now.what().refundable() || -lies(now, Entry.REFUND) != now.amount()) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "nothing-to-refund",
                    "entered",
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
                    "entered",
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
                    "entered",
                    "Tiền này " + (side.equals("POST") ? "bưu điện" : "cơ quan")
                            + " đang giữ: bên đó phải là một trong hai bên giải trình và đóng.",
                    "The " + (side.equals("POST") ? "post" : "agency")
                            + " has this money: it has to be one of the two who explain and close it.");
        }
    }

    /** What its owner had not received of its slips has come after all, or it had received too much. */
    private void receive(Imbalance now, Teller teller) {
        if (now.what() != ImbalanceKind.RECEIVED_OTHERWISE) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "nothing-to-receive",
                    "entered",
                    "Chỉ ghi nhận bù khi bên nhận đã xác nhận khác số bưu điện nộp.",
                    "Only what its owner counted otherwise can be received later.");
        }
        if (!Entry.isPayee(now.owner())) {
            teller.ownAgency();
        }
        String transit = Entry.transit(now.owner());
        // What stands on no slip yet lies there too, and is not received with this.
        long counted = Long.signum(lies(now, transit)) * now.amount();
        enter(now, Entry.Act.RECEIVED, Entry.has(now.owner()), transit, counted);
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

    /** Of what it has: what is on its way to it is not counted yet. Whoever gave it has it again. */
    private void giveBack(Imbalance now) {
        if (now.what() != ImbalanceKind.REMITTED_MORE || lies(now, Entry.has(now.owner())) < now.amount()) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "nothing-to-return",
                    "entered",
                    "Chỉ trả lại bưu điện phần chủ khoản tiền đã xác nhận có, nhiều hơn số đã thu.",
                    "Only what its owner has confirmed to have beyond what was collected is given back to the post.");
        }
        Map<String, Long> givers = new LinkedHashMap<>();
        db.sql("""
                        select account, -sum(amount)::bigint from ledger_posting
                        where dossier = :dossier and leg is not distinct from :leg and owner = :owner and money = :money
                          and split_part(account, ':', 1) in ('POST', 'CARRIER')
                        group by account having sum(amount) < 0 order by account
                        """)
                .param("dossier", now.dossier())
                .param("owner", now.owner())
                .param("leg", now.leg())
                .param("money", now.money())
                .query(row -> {
                    givers.put(row.getString(1), row.getLong(2));
                });
        String transit = Entry.transit(now.owner());
        long rest = now.amount();
        for (Map.Entry<String, Long> giver : givers.entrySet()) {
            long back = Math.min(rest, giver.getValue());
            enter(now, Entry.Act.PAID_OVER, transit, giver.getKey(), -back);
            rest -= back;
        }
        enter(now, Entry.Act.RECEIVED, Entry.has(now.owner()), transit, rest - now.amount());
    }

    /** What lies on an account of this item's. */
    private long lies(Imbalance now, String account) {
        return db.sql("""
                        select coalesce(sum(amount), 0)::bigint from ledger_posting
                        where dossier = :dossier and leg is not distinct from :leg and owner = :owner and money = :money
                          and account = :account
                        """)
                .param("dossier", now.dossier())
                .param("owner", now.owner())
                .param("leg", now.leg())
                .param("money", now.money())
                .param("account", account)
                .query(Long.class)
                .single();
    }

    private void unbook(Imbalance now, Teller teller, String reference) {
        boolean booked = now.what().ofAStatement();
        if (!booked || !bookings.takeBack(teller.ownAgency(), now.dossier(), reference, teller.user())) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "nothing-to-unbook",
                    booked ? "reference" : "entered",
                    "Sao kê của cơ quan không có dòng nào như vậy của hồ sơ này.",
                    "The agency's statement has no such row of this dossier.");
        }
    }

    /** Whose word the explanation is. */
    String explainedSide(Imbalance now) {
        return db.sql("select explained_side from imbalance where id = :id")
                .param("id", now.id())
                .query(String.class)
                .single();
    }
}
