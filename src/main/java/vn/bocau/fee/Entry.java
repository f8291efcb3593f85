package vn.bocau.fee;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.bocau.dossier.Money;

/**
 * Where an amount came from and went to; a row of table {@code ledger_entry} without its amount. Accounts are named as that
 * table's comment tells.
 *
 * @param owner whose the money is: an agency, or {@link #POST}
 * @param leg null: what was paid online
 * @param cause by which it is told from another of the same kind: the leg or dossier it is due for, a handling, a slip
 */
record Entry(String owner, @Nullable UUID leg, Money money, Act act, String cause, String debit, String credit) {

    static final String POST = "POST";
    static final String CITIZEN = "CITIZEN";
    static final String REFUND = "REFUND";

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

    static String transit(String agency) {
        return "TRANSIT:" + agency;
    }

    static String agency(String id) {
        return "AGENCY:" + id;
    }
}
