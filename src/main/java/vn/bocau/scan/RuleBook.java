package vn.bocau.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.Action;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.HandlingCode.Maker;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.token.PublicKeys;

/** What a phone has to know to decide without signal: reasons with what they allow, what codes are called, and whose seal is ours. */
@RestController
class RuleBook {

    private final PublicKeys seals;

    /** @param seals signed what agencies hand over */
    RuleBook(PublicKeys seals) {
        this.seals = seals;
    }

    @GetMapping(path = "/api/scan/v1/rules", produces = MediaType.APPLICATION_JSON_VALUE)
    String rules() {
        ObjectNode rules = Json.MAPPER.createObjectNode();
        ArrayNode reasons = rules.putArray("reasons");
        for (FailureReason reason : FailureReason.values()) {
            ObjectNode one = named(reasons.addObject(), reason.name(), reason.text());
            one.put("defaultAction", reason.defaultAction().name());
            ArrayNode actions = one.putArray("actions");
            reason.allowedActions().forEach(action -> actions.add(action.name()));
            one.put("countsAsAttempt", reason.countsAsAttempt());
        }
        ArrayNode actions = rules.putArray("actions");
        for (Action action : Action.values()) {
            named(actions.addObject(), action.name(), action.text());
        }
        ArrayNode codes = rules.putArray("codes");
        for (HandlingCode code : HandlingCode.values()) {
            named(codes.addObject(), code.name(), code.text()).put("worker", code.madeBy(Maker.WORKER));
        }
        ArrayNode keys = rules.putArray("manifestKeys");
        seals.all().forEach(key -> keys.addPOJO(key.toJSONObject()));
        return rules.put("otherNoteLength", FailureReason.OTHER_NOTE_LENGTH).toString();
    }

    private static ObjectNode named(ObjectNode one, String code, Text text) {
        return one.put("code", code).put("vi", text.vi()).put("en", text.en());
    }
}
