package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import vn.bocau.journal.Sending;
import vn.bocau.wire.mapping.Mappings;

/** What a dialect's files are given beside the message itself. */
final class Spoken {

    private Spoken() {}

    /** For mappings: {@code $partner}, {@code $kind}, {@code $id}, {@code $key}, {@code $session}. */
    static Map<String, JsonNode> variables(Peer peer, Pass pass, Sending sending) {
        return Map.of(
                "partner", Mappings.variable(peer.partner()),
                "kind", TextNode.valueOf(sending.kind()),
                "id", TextNode.valueOf(sending.id().toString()),
                "key", TextNode.valueOf(sending.key()),
                "session", TextNode.valueOf(pass.session()));
    }

    /** For paths and headers. */
    static Map<String, String> blanks(Pass pass, Sending sending) {
        return Map.of("id", sending.id().toString(), "session", pass.session());
    }
}
