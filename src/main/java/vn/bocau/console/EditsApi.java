package vn.bocau.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Edit;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.mapping.Fields;

/** Changes to what parked messages say: proposed by one person, approved by another. Values are masked, going and coming. */
@RestController
@RequestMapping(path = "/api/ops/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class EditsApi {

    static final List<String> STATES = List.of("PROPOSED", "APPROVED", "REJECTED", "WITHDRAWN", "LAPSED");

    /** Said by who approves although the partner may have the old words. */
    static final String MAYBE_HEARD = "maybeHeard";

    static final String YES = "yes";

    private final EditDesk desk;
    private final Payloads payloads;

    EditsApi(EditDesk desk, Payloads payloads) {
        this.desk = desk;
        this.payloads = payloads;
    }

    @GetMapping("/messages/{id}/fields")
    EditDesk.Listed fields(@PathVariable UUID id, Authentication who) {
        return desk.fields(id, who);
    }

    @PostMapping(path = "/messages/{id}/edits", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Edit> propose(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        List<Fields.Change> changes = changes(body);
        String version = JsonBody.parse(body).path("version").asText();
        Edit edit = desk.propose(id, version, changes, who, Why.given(body));
        return ResponseEntity.created(URI.create("/api/ops/v1/edits/" + edit.id()))
                .body(edit);
    }

    private static List<Fields.Change> changes(byte @Nullable [] body) {
        JsonNode said = JsonBody.parse(body);
        List<Flaw> flaws = new ArrayList<>();
        said.fieldNames().forEachRemaining(name -> {
            if (!List.of("changes", "version", "reason").contains(name)) {
                flaws.add(new Flaw(
                        "",
                        new Text(
                                "Chỉ nhận changes, version và reason.",
                                "Only changes, version and reason are taken.")));
            }
        });
        if (!said.path("version").isTextual()) {
            flaws.add(new Flaw(
                    "/version",
                    new Text(
                            "Ghi version mà danh sách các trường đã cho.",
                            "Give the version that the list of fields gave.")));
        }
        if (!said.path("changes").isArray()) {
            flaws.add(new Flaw("/changes", new Text("Phải là một danh sách.", "Must be a list.")));
        }
        List<Fields.Change> changes = new ArrayList<>();
        int n = 0;
        for (JsonNode each : said.path("changes")) {
            boolean remove = each.path("remove").asBoolean();
            if (!each.path("path").isTextual() || remove == each.has("value")) {
                flaws.add(new Flaw(
                        "/changes/" + n,
                        new Text(
                                "Phải có path và hoặc value, hoặc \"remove\": true.",
                                "Must have path, and either value or \"remove\": true.")));
            }
            changes.add(new Fields.Change(each.path("path").asText(), remove ? null : each.path("value")));
            n++;
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "edit", flaws);
        }
        return changes;
    }

    @GetMapping("/edits")
    List<Edit> edits(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.oneOf("state", state, STATES);
        Parameters.between("from", from, 0, 1_000_000);
        Parameters.check(size);
        return desk.all(state, from, size, who);
    }

    @GetMapping("/edits/{id}")
    Edit edit(@PathVariable UUID id, Authentication who) {
        return desk.one(id, who);
    }

    /** What is proposed, masked; in clear for who has broken the glass on the message. */
    @GetMapping("/edits/{id}/content")
    byte[] content(@PathVariable UUID id, Authentication who) {
        return payloads.proposed(id, who).json();
    }

    /**
     * The new words take the place of the old and are retried; refused, nothing has changed. Where the partner may have the old
     * ones, who approves says that he knows.
     */
    @PostMapping(path = "/edits/{id}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
    Edit approve(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        var said = new ActBody(why, List.of(MAYBE_HEARD));
        if (said.text(MAYBE_HEARD) != null && !YES.equals(said.text(MAYBE_HEARD))) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "field",
                    "/" + MAYBE_HEARD,
                    "Chỉ nhận \"" + YES + "\", hoặc bỏ trống.",
                    "Only \"" + YES + "\" is taken, or nothing.");
        }
        return desk.approve(id, YES.equals(said.text(MAYBE_HEARD)), who, said.reason());
    }

    @PostMapping(path = "/edits/{id}/reject", consumes = MediaType.APPLICATION_JSON_VALUE)
    Edit reject(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        return desk.reject(id, who, new ActBody(why, List.of()).reason());
    }

    @PostMapping(path = "/edits/{id}/withdraw", consumes = MediaType.APPLICATION_JSON_VALUE)
    Edit withdraw(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        return desk.withdraw(id, who, new ActBody(why, List.of()).reason());
    }
}
