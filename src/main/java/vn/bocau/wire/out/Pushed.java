package vn.bocau.wire.out;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.Mappings;

/**
 * How one carrier tells us of its own accord what happened: the files of its dialect say where it proves who it is, what
 * tells one event from another, and how it is answered.
 */
public final class Pushed {

    static final String SCHEMA = "/event.in.schema.json";
    static final String TRANSLATION = "/event.in.jslt";
    static final String ANSWER = "/event.answer.jslt";

    /** The route that takes it in. */
    static final String KIND = "carrier.told";

    static final int LONGEST_KEY = 200;

    /** What the carrier hears: a status, and what stands in the body. */
    public record Answer(int status, JsonNode body) {}

    private final Peer peer;
    private final Dialect.Push push;

    Pushed(Peer peer, Dialect.Push push) {
        this.peer = peer;
        this.push = push;
    }

    /** Whether the proof stands in a header, and can be looked at before anything is read. */
    public boolean provenByHeader() {
        return push.proof().header() != null;
    }

    /**
     * @param headers by name
     * @param said null while it was not read yet
     * @throws vn.bocau.code.Unavailable when the secret is not set
     */
    public boolean isProven(Function<String, @Nullable String> headers, @Nullable JsonNode said) {
        byte[] secret = peer.secret(push.secret()).getBytes(StandardCharsets.UTF_8);
        String shown = at(push.proof(), headers, said);
        return MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8));
    }

    /** What it says, by its key; without the secret, which is nobody's to read. */
    public Inbound message(Function<String, @Nullable String> headers, JsonNode said) {
        JsonNode kept = withoutProof(said);
        return new Inbound(peer.id(), key(headers, kept), KIND, kept);
    }

    /** What it is known by: what the carrier names, or its very words where that names nothing. */
    private String key(Function<String, @Nullable String> headers, JsonNode said) {
        List<String> parts =
                push.key().stream().map(place -> at(place, headers, said)).toList();
        String key = String.join("|", parts);
        boolean names = !parts.contains("") && key.length() <= LONGEST_KEY && Json.printable(key);
        return names ? key : "nameless-" + CarrierWords.mark(said);
    }

    /** The id it gives its message, for the answer; empty when it gives none. */
    public String id(Function<String, @Nullable String> headers) {
        return push.key().stream()
                .filter(place -> place.header() != null)
                .map(place -> at(place, headers, null))
                .filter(id -> id.length() <= LONGEST_KEY && Json.printable(id))
                .findFirst()
                .orElse("");
    }

    /** What is said to it, in its own way. */
    public Answer answer(ObjectNode outcome) {
        JsonNode said = peer.mappings()
                .json(outcome, peer.dialect().name() + ANSWER, Map.of("partner", Mappings.variable(peer.partner())));
        return new Answer(said.path("status").asInt(), said.path("body"));
    }

    private static String at(Dialect.Place place, Function<String, @Nullable String> headers, @Nullable JsonNode said) {
        if (place.header() != null) {
            return Optional.ofNullable(headers.apply(place.header())).orElse("");
        }
        return said == null || place.field() == null
                ? ""
                : said.at(place.field()).asText("");
    }

    private JsonNode withoutProof(JsonNode said) {
        JsonNode kept = said.deepCopy();
        if (push.proof().field() != null) {
            JsonPointer field = JsonPointer.compile(push.proof().field());
            if (kept.at(field.head()) instanceof ObjectNode holder) {
                holder.remove(field.last().getMatchingProperty());
            }
        }
        return kept;
    }
}
