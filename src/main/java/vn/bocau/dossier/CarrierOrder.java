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
 * @param cancelled it was told not to
 * @param takenBack so it was once, under this number
 * @param turn counts what it was told of this leg
 */
record CarrierOrder(String carrier, String item, String digest, boolean cancelled, boolean takenBack, int turn) {

    static CarrierOrder first(LegFacts facts, Dues due) {
        return new CarrierOrder(facts.carrier(), String.valueOf(facts.item()), digest(facts, due), false, false, 1);
    }

    /** The same carrier, under the same number. */
    boolean isFor(LegFacts facts) {
        return carrier.equals(facts.carrier()) && item.equals(facts.item());
    }

    boolean says(LegFacts facts, Dues due) {
        return digest.equals(digest(facts, due));
    }

    CarrierOrder again(LegFacts facts, Dues due) {
        return new CarrierOrder(
                facts.carrier(),
                String.valueOf(facts.item()),
                digest(facts, due),
                false,
                takenBack && isFor(facts),
                turn + 1);
    }

    CarrierOrder back() {
        return new CarrierOrder(carrier, item, digest, true, true, turn + 1);
    }

    /** What is to be done once more though nothing else is. */
    CarrierOrder outOfDate() {
        return new CarrierOrder(carrier, item, "", cancelled, takenBack, turn);
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
                        json.path("cancelled").asBoolean(),
                        json.path("takenBack").asBoolean(),
                        json.path("turn").asInt());
    }
}
