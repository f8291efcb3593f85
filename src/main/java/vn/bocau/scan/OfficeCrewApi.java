package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.dossier.Discards;
import vn.bocau.dossier.Evidence;
import vn.bocau.dossier.Handlings;
import vn.bocau.dossier.rules.FailureReason;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.journal.Kept;
import vn.bocau.journal.Receipt;
import vn.bocau.journal.Retry;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.Why;

/** Who of the own office is out, its phones, and what lost ones sent, or was refused, that waits for a person. For its supervisor alone. */
@RestController
@RequestMapping(path = "/api/scan/v1/office", produces = MediaType.APPLICATION_JSON_VALUE)
class OfficeCrewApi {

    /** What a delivery says in codes, as the schema of a handling lists them. */
    private static final Map<String, Set<String>> CODES = Map.of(
            "identity", Set.of("MATCHED", "MISMATCH", "NOT_SHOWN", "NOT_NEEDED"),
            "relation", Set.of("SELF", "SPOUSE", "PARENT", "CHILD", "RELATIVE", "PROXY", "NEIGHBOUR", "OFFICE"));

    private final Crew crew;
    private final Kept kept;
    private final Discards discards;
    private final Entrance entrance;

    OfficeCrewApi(Crew crew, Kept kept, Discards discards, Entrance entrance) {
        this.crew = crew;
        this.kept = kept;
        this.discards = discards;
        this.entrance = entrance;
    }

    /** @param now the hub's clock: how long ago something was is reckoned from it */
    record Shifts(Instant now, List<Crew.Out> shifts) {}

    record Phones(Instant now, List<Crew.Device> phones) {}

    @GetMapping("/shifts")
    Shifts shifts(
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication supervisor) {
        OfficePages.check(from, size);
        return new Shifts(Instant.now(), crew.out(Postal.of(supervisor), from, size));
    }

    @GetMapping("/phones")
    Phones phones(
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication supervisor) {
        OfficePages.check(from, size);
        return new Phones(Instant.now(), crew.phones(Postal.of(supervisor).office(), from, size));
    }

    /**
     * {@code {"kept": [{"id", "at", "device", "account", "why", "handlings": [{"id", "code", "item"?, "occurredAt"?,
     * "voids"?, "reason"?, "identity"?, "relation"?, "feeCollected"?, "postageCollected"?, "codCollected"?, "feeRemitted"?,
     * "evidence"}]}]}}.
     */
    @GetMapping("/kept")
    String kept(
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "20") int size,
            Authentication supervisor) {
        OfficePages.check(from, size);
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Kept.Message message : kept.of(concerned(supervisor), from, size)) {
            ObjectNode one = list.addObject();
            one.put("id", message.id().toString())
                    .put("at", message.at().toString())
                    .put("device", message.said().path("device").asText())
                    .put("account", message.said().at("/by/user").asText());
            one.putObject("why")
                    .put("code", message.fault())
                    .put("vi", message.reason().vi())
                    .put("en", message.reason().en());
            ArrayNode handlings = one.putArray("handlings");
            message.said().path("handlings").forEach(said -> handlings.add(told(said)));
        }
        return Json.MAPPER.createObjectNode().set("kept", list).toString();
    }

    /** It was never checked: nothing but texts and numbers is taken from it, and nobody's words. */
    private static ObjectNode told(JsonNode said) {
        ObjectNode one = Json.MAPPER.createObjectNode();
        for (String field : List.of("id", "item", "occurredAt", "voids")) {
            if (said.path(field).isTextual()) {
                one.put(field, said.path(field).asText());
            }
        }
        String name = said.path("code").asText();
        ObjectNode code = one.putObject("code").put("code", name);
        HandlingCode.of(name)
                .ifPresent(known ->
                        code.put("vi", known.text().vi()).put("en", known.text().en()));
        FailureReason.of(said.path("reason").asText())
                .ifPresent(reason -> one.putObject("reason")
                        .put("code", reason.name())
                        .put("vi", reason.text().vi())
                        .put("en", reason.text().en()));
        JsonNode details = said.path("details");
        for (String amount : List.of("feeCollected", "postageCollected", "codCollected", "feeRemitted")) {
            if (details.path(amount).isIntegralNumber() && details.path(amount).canConvertToLong()) {
                one.put(amount, details.path(amount).asLong());
            }
        }
        CODES.forEach((field, codes) -> {
            if (codes.contains(details.path(field).asText())) {
                one.put(field, details.path(field).asText());
            }
        });
        one.put("evidence", Evidence.named(details));
        return one;
    }

    /** It was really done: it enters as if the phone had not been lost. Answers like {@code POST /handlings}. */
    @PostMapping(path = "/kept/{id}/accept", consumes = MediaType.APPLICATION_JSON_VALUE)
    String accept(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication supervisor) {
        String reason = Why.given(why);
        kept.find(id, concerned(supervisor));
        return entrance.ask("parked.retry", new Retry(id, supervisor.getName(), reason), Receipt.class)
                .answer()
                .toString();
    }

    @PostMapping(path = "/kept/{id}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    String discard(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication supervisor) {
        String reason = Why.given(why);
        discards.discard(kept.find(id, concerned(supervisor)), supervisor.getName(), reason);
        return Json.MAPPER.createObjectNode().put("discarded", true).toString();
    }

    private static Kept.Concerned concerned(Authentication supervisor) {
        return new Kept.Concerned(
                Scans.PARTNER,
                List.of(Scans.REVOKED, Handlings.REFUSED),
                "by,office",
                Postal.of(supervisor).office());
    }
}
