package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.Sha256;

/**
 * What an outside carrier was told of a leg last.
 *
 * @param digest SHA-256 of what is to be carried where, and of what is due; tells whether it still is so
 * @param due what it is to take at the door
 * @param cancelled it was told not to
 * @param takenBack how often it was, under this number, and has not said so yet
 * @param turn counts what it was told of this leg
 */
record CarrierOrder(String carrier, String item, String digest, Dues due, boolean cancelled, int takenBack, int turn) {

    /** What is asked of it now. */
    static CarrierOrder of(LegFacts facts, Dues due, int takenBack, int turn) {
        return new CarrierOrder(
                facts.carrier(), String.valueOf(facts.item()), digest(facts, due), due, false, takenBack, turn);
    }

    /** The same carrier, under the same number. */
    boolean isFor(LegFacts facts) {
        return carrier.equals(facts.carrier()) && item.equals(facts.item());
    }

    boolean says(LegFacts facts, Dues due) {
        return digest.equals(digest(facts, due));
    }

    CarrierOrder back() {
        return new CarrierOrder(carrier, item, digest, due, true, takenBack + 1, turn + 1);
    }

    /** It has said that it does not carry out what was taken back. */
    CarrierOrder confirmed() {
        return new CarrierOrder(carrier, item, digest, due, cancelled, Math.max(0, takenBack - 1), turn);
    }

    /** What is to be done once more though nothing else is. */
    CarrierOrder outOfDate() {
        return new CarrierOrder(carrier, item, "", due, cancelled, takenBack, turn);
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

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("carrier", carrier)
                .put("item", item)
                .put("digest", digest)
                .put("fee", due.fee())
                .put("postage", due.postage())
                .put("originals", due.originals())
                .put("cancelled", cancelled)
                .put("takenBack", takenBack)
                .put("turn", turn);
    }

    static @Nullable CarrierOrder of(@Nullable JsonNode json) {
        return json == null
                ? null
                : new CarrierOrder(
                        json.path("carrier").asText(),
                        json.path("item").asText(),
                        json.path("digest").asText(),
                        new Dues(
                                json.path("fee").asLong(),
                                json.path("postage").asLong(),
                                json.path("originals").asInt()),
                        json.path("cancelled").asBoolean(),
                        json.path("takenBack").asInt(),
                        json.path("turn").asInt());
    }
}
