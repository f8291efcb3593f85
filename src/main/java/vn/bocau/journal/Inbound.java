package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vn.bocau.code.SenderKey;
import vn.bocau.code.Sha256;

/**
 * One message a partner, a desk or a phone has said to us, on its way from the door to the module that acts on it.
 *
 * @param partner who says it, as authenticated by the door; never read from the payload
 * @param key the sender's own id of this message, unique per partner: the idempotency key
 * @param kind what it is, such as {@code portal.request}; names the schema and the mapping
 * @param received what was said, in the sender's own words (XML as a text node). Kept as the record. May hold personal
 *     data
 * @param payload the same, translated step by step into our words. May hold personal data
 * @param retry who lets it try again that was parked; null when its sender says it
 */
public record Inbound(
        String partner,
        String key,
        String kind,
        JsonNode received,
        JsonNode payload,
        @Nullable Retry retry) {

    public Inbound(String partner, String key, String kind, JsonNode received, JsonNode payload) {
        this(partner, key, kind, received, payload, null);
    }

    /** A message as it came, not yet translated. */
    public Inbound(String partner, String key, String kind, JsonNode received) {
        this(partner, key, kind, received, received);
    }

    /** The same message in other words: what a translation returns. */
    public Inbound with(JsonNode translated) {
        return new Inbound(partner, key, kind, received, translated, retry);
    }

    /** The same message, read as what it is. */
    public Inbound as(String what, JsonNode said) {
        return new Inbound(partner, key, what, said, said, retry);
    }

    /** Without what was said, which may hold personal data. */
    @Override
    public String toString() {
        return "Inbound[" + kind + " " + SenderKey.shown(key) + " from " + partner + "]";
    }

    /** Under a key of its own, for its own stands for something else already, and neither may be lost. */
    public Inbound apart() {
        String mark = Sha256.hex(received().toString().getBytes(StandardCharsets.UTF_8));
        return new Inbound(partner, key + "~" + mark.substring(0, 8), kind, received());
    }
}
