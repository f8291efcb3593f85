package vn.bocau.wire.out;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import vn.bocau.code.OwnFault;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.journal.Sending;
import vn.bocau.wire.mapping.MappingSet;

/** Puts what is to be said into its partner's words and says nothing: whether the dialect can say it. */
@Component
public class Rehearsal {

    private final Peers peers;
    private final OrderNumbers numbers;

    Rehearsal(Peers peers, OrderNumbers numbers) {
        this.peers = peers;
        this.numbers = numbers;
    }

    /**
     * @throws Refused RULE when the dialect has no words for it
     * @throws Unavailable when there is no such partner, or its dialect is not in order
     */
    public void translate(Sending unsaid) {
        Peer peer = peers.named(unsaid.partner());
        if (peer.dialect().silent().contains(unsaid.kind())) {
            return;
        }
        Sending sending = numbers.named(unsaid);
        Dialect.Message terms =
                peer.dialect().message(sending.kind()).orElseThrow(() -> Dialects.notSpoken(peer, sending));
        String mapping = terms.mapping(peer.dialect().name());
        try {
            JsonNode refused = translated(peer, terms, mapping, sending).path("refused");
            if (refused.isObject()) {
                throw Dialects.unsayable(peer, mapping, refused);
            }
        } catch (OwnFault failed) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "mapping-failed",
                    List.of(new Refused.Flaw(
                            "",
                            new Text(
                                    "Không dịch được sang lời của đối tác: " + failed.getMessage(),
                                    "It cannot be put into the partner's words: " + failed.getMessage()))));
        }
    }

    private static JsonNode translated(Peer peer, Dialect.Message terms, String mapping, Sending sending) {
        Map<String, JsonNode> variables = Spoken.variables(peer, Pass.of(Map.of()), sending);
        MappingSet mappings = peer.mappings();
        if (terms.transport() == Dialect.Transport.SOAP || terms.content() == Dialect.Content.XML) {
            mappings.xml(sending.body(), mapping, variables);
            return sending.body().path("");
        }
        return mappings.json(sending.body(), mapping, variables);
    }
}
