package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import vn.bocau.code.Sha256;

/**
 * What an outside carrier was told last under one number.
 *
 * @param item the number, which is the identifier on the envelope
 * @param leg of which it was told; the same envelope may be ordered again on another
 * @param digest SHA-256 of what is to be carried where, and of what is due; tells whether it still is so
 * @param due what it is to take at the door, less what our own workers took there
 * @param cancelled it was told not to
 * @param takenBack how often it was, and has not said so yet
 * @param turn counts what carriers were told of the dossier
 */
record CarrierOrder(
        String carrier, String item, UUID leg, String digest, Dues due, boolean cancelled, int takenBack, int turn) {

    /** What is asked of it now. */
    static CarrierOrder of(LegFacts facts, Dues due, int takenBack, int turn) {
        return new CarrierOrder(
                facts.carrier(),
                String.valueOf(facts.item()),
                facts.id(),
                digest(facts, due),
                due,
                false,
                takenBack,
                turn);
    }

    /** The same carrier, under the same number. */
    boolean isFor(LegFacts facts) {
        return carrier.equals(facts.carrier()) && item.equals(facts.item());
    }

    /** It stands as it was told. */
    boolean says(LegFacts facts, Dues due) {
        return !cancelled && leg.equals(facts.id()) && digest.equals(digest(facts, due));
    }

    CarrierOrder back(int turn) {
        return new CarrierOrder(carrier, item, leg, digest, due, true, takenBack + 1, turn);
    }

    /** It has said that it does not carry out what was taken back. */
    CarrierOrder confirmed() {
        return new CarrierOrder(carrier, item, leg, digest, due, cancelled, Math.max(0, takenBack - 1), turn);
    }

    /** What is to be done once more though nothing else is. */
    CarrierOrder outOfDate() {
        return new CarrierOrder(carrier, item, leg, "", due, cancelled, takenBack, turn);
    }

    private static String digest(LegFacts facts, Dues due) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("from", facts.fromOffice()).put("to", facts.toOffice());
        all.set("sender", facts.sender().json());
        all.set("receiver", facts.receiver().json());
        all.set("papers", Paper.json(facts.papers()));
        all.put("fee", due.fee()).put("postage", due.postage()).put("originals", due.originals());
        return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
