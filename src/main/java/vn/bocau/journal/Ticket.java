package vn.bocau.journal;

import java.util.UUID;

/**
 * What lies on a partner's queue in place of the message, whose words stay in the database. Good for one release: a
 * message released again makes the earlier tickets worthless. Its text is the broker's duplicate id too.
 */
record Ticket(UUID id, int release) {

    static Ticket parse(String text) {
        int slash = text.indexOf('/');
        return new Ticket(UUID.fromString(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return id + "/" + release;
    }
}
