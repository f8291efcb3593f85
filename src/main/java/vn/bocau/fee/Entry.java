package vn.bocau.fee;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.Money;

/**
 * Where an amount came from and went to; a row of table {@code ledger_entry} without its amount. Accounts are named as that
 * table's comment tells.
 *
 * @param owner whose the money is: an agency, {@link #POST}, or {@link #payee a payee}
 * @param leg null: what was paid online
 * @param cause by which it is told from another of the same kind: the leg or dossier it is due for, a handling, a slip
 */
record Entry(String owner, @Nullable UUID leg, Money money, Act act, String cause, String debit, String credit) {

    static final String POST = "POST";
    static final String CITIZEN = "CITIZEN";
    static final String REFUND = "REFUND";

    private static final String PAYEE = "PAYEE:";

    /** In place of a portal that nobody named. */
    static final String UNKNOWN = "UNKNOWN";

    enum Act {
        DUE,
        PAID_ONLINE,
        COLLECTED,
        SHORT,
        SURPLUS,
        HANDED_OVER,
        PAID_OVER,
        RECEIVED,
        REFUNDED,
        BOOKED
    }

    static String claim(String owner) {
        return "CLAIM:" + owner;
    }

    static String shortOf(String owner) {
        return "SHORT:" + owner;
    }

    static String portal(String partner) {
        return "PORTAL:" + partner;
    }

    static String post(String office) {
        return "POST:" + office;
    }

    static String carrier(String partner) {
        return "CARRIER:" + partner;
    }

    /** As an owner, and as the account of what it has. */
    static String payee(String id) {
        return PAYEE + id;
    }

    static boolean isPayee(String owner) {
        return owner.startsWith(PAYEE);
    }

    /** What is paid to an owner by slip: COD to a payee, fees to an agency. */
    static Money money(String owner) {
        return isPayee(owner) ? Money.COD : Money.FEE;
    }

    static String transit(String owner) {
        return "TRANSIT:" + owner;
    }

    /** What its owner has. */
    static String has(String owner) {
        return isPayee(owner) ? owner : "AGENCY:" + owner;
    }
}
