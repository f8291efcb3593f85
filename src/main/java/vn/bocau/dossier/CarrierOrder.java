package vn.bocau.dossier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import vn.bocau.code.Sha256;

/**
 * What an outside carrier was told under one number.
 *
 * @param item the number, which is the identifier on the envelope
 * @param leg of which it was told; the same envelope may be ordered again on another
 * @param digest SHA-256 of what is to be carried where, and of what is due, as carriers are told it; tells whether it still is so
 * @param due what was due at the door altogether when it was told
 * @param toTake what it is to take there: that, less what our own workers had taken
 * @param cancelled it was told not to
 * @param takenBack how often it was, and has not said so yet
 * @param turn counts what carriers were told of the dossier
 * @param at when it was told
 */
record CarrierOrder(
        String carrier,
        String item,
        UUID leg,
        String digest,
        Dues due,
        Dues toTake,
        boolean cancelled,
        int takenBack,
        int turn,
        Instant at) {

    /** What is asked of it now. */
    static CarrierOrder of(Leg leg, int takenBack, int turn, Instant now) {
        LegFacts facts = leg.facts();
        return new CarrierOrder(
                facts.carrier(),
                String.valueOf(facts.item()),
                facts.id(),
                digest(facts, leg.toTake()),
                leg.due(),
                leg.toTake(),
                false,
                takenBack,
                turn,
                now);
    }

    /** The same carrier, under the same number. */
    boolean isFor(LegFacts facts) {
        return carrier.equals(facts.carrier()) && item.equals(facts.item());
    }

    /** Its carrier speaks of it. */
    boolean isMeantBy(Report report) {
        return carrier.equals(report.source()) && item.equals(report.item());
    }

    /** It stands as it was told. */
    boolean says(Leg now) {
        return !cancelled && leg.equals(now.id()) && digest.equals(digest(now.facts(), now.toTake()));
    }

    CarrierOrder back(int turn, Instant now) {
        return new CarrierOrder(carrier, item, leg, digest, due, toTake, true, takenBack + 1, turn, now);
    }

    /** It has said once that it cancelled what was taken back. */
    CarrierOrder confirmed() {
        int left = Math.max(0, takenBack - 1);
        return new CarrierOrder(carrier, item, leg, digest, due, toTake, cancelled, left, turn, at);
    }

    /** The COD is another's now, who is not named to carriers: they take the same, and owe it to him. */
    CarrierOrder owedTo(Cod now) {
        return new CarrierOrder(
                carrier,
                item,
                leg,
                digest,
                due.withCod(now.of(due.cod().amount())),
                toTake.withCod(now),
                cancelled,
                takenBack,
                turn,
                at);
    }

    /** What is to be done once more though nothing else is. */
    CarrierOrder outOfDate() {
        return new CarrierOrder(carrier, item, leg, "", due, toTake, cancelled, takenBack, turn, at);
    }

    private static String digest(LegFacts facts, Dues toTake) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.put("from", facts.fromOffice()).put("to", facts.toOffice());
        all.set("sender", facts.sender().json());
        all.set("receiver", facts.receiver().json());
        all.set("papers", Paper.json(facts.papers()));
        all.put("fee", toTake.fee())
                .put("postage", toTake.postage())
                .put("cod", toTake.cod().amount())
                .put("originals", toTake.originals());
        return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
