package vn.bocau.wire.out;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import vn.bocau.code.OwnFault;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;
import vn.bocau.wire.mapping.Mappings;

/** Has an answer judged by the dialect. What is not even of the promised form was said by somebody else, a proxy perhaps. */
@Component
final class Judge {

    private static final int LONGEST_DETAIL = 200;

    /** Partners write JSON of all sorts; what they say counts, not how well they say it. */
    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    Verdict of(Peer peer, String kind, Dialect.Message terms, Web.Answer answer) {
        Map<String, JsonNode> variables = new HashMap<>();
        variables.put("partner", Mappings.variable(peer.partner()));
        variables.put("kind", TextNode.valueOf(kind));
        String judge = terms.judge(peer.dialect().name());
        if (terms.answers() == Dialect.Answers.XML) {
            variables.put("status", IntNode.valueOf(answer.status()));
            return verdict(judge, answer.status(), xml(peer, answer, judge, variables));
        }
        var seen = JsonNodeFactory.instance.objectNode().put("status", answer.status());
        seen.set(
                "body", terms.answers() == Dialect.Answers.JSON ? json(peer, answer) : TextNode.valueOf(answer.body()));
        return verdict(judge, answer.status(), peer.mappings().json(seen, judge, variables));
    }

    /** An answer as JSON; nothing at all is null. */
    static JsonNode json(Peer peer, Web.Answer answer) {
        if (answer.body().isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return LENIENT.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw garbage(peer, answer, "JSON");
        }
    }

    private JsonNode xml(Peer peer, Web.Answer answer, String judge, Map<String, JsonNode> variables) {
        try {
            return peer.mappings().json(answer.body(), judge, variables);
        } catch (Refused notXml) {
            throw garbage(peer, answer, "XML");
        }
    }

    private static Unavailable garbage(Peer peer, Web.Answer answer, String promised) {
        return new Unavailable(
                "answer-garbled",
                peer.id() + " trả lời " + answer.status() + ", nội dung không phải " + promised,
                peer.id() + " answered " + answer.status() + " with something that is not " + promised);
    }

    /** What the dialect has no way to say, as its mapping says. */
    static Verdict unsayable(String mapping, JsonNode refused) {
        return verdict(mapping, 0, ((ObjectNode) refused.deepCopy()).put("outcome", "REFUSED"));
    }

    private static Verdict verdict(String judge, int status, JsonNode said) {
        Verdict.Outcome outcome;
        try {
            outcome = Verdict.Outcome.valueOf(said.path("outcome").asText());
        } catch (IllegalArgumentException e) {
            throw new OwnFault("mapping-failed", "mappings/" + judge + " gives no outcome that we know");
        }
        String detail = said.path("detail").asText("");
        return new Verdict(
                outcome,
                detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail,
                said.path("number").asText(""),
                said.path("code")
                        .asText(outcome == Verdict.Outcome.UNAVAILABLE ? Web.code(status) : "refused-by-partner"),
                text(said),
                text(said.path("remedy")));
    }

    private static @Nullable Text text(JsonNode said) {
        return said.has("vi") && said.has("en")
                ? new Text(said.path("vi").asText(), said.path("en").asText())
                : null;
    }
}
