package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
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
import vn.bocau.dossier.Conflicts;
import vn.bocau.dossier.Corrections;
import vn.bocau.dossier.Evidence;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.mapping.Mappings;

/** What was recorded of an item, what of it needs a look, and what is done about it. For the office's supervisor alone. */
@RestController
@RequestMapping(path = "/api/scan/v1/office", produces = MediaType.APPLICATION_JSON_VALUE)
class OfficeItemsApi {

    private final Conflicts conflicts;
    private final Corrections corrections;
    private final Evidence evidence;
    private final Mappings mappings;

    OfficeItemsApi(Conflicts conflicts, Corrections corrections, Evidence evidence, Mappings mappings) {
        this.conflicts = conflicts;
        this.corrections = corrections;
        this.evidence = evidence;
        this.mappings = mappings;
    }

    /** @param next ask for it as {@code before} to see older ones; null when there are none */
    record Page(
            List<Conflicts.Conflict> conflicts, @Nullable Long next) {}

    @GetMapping("/conflicts")
    Page conflicts(
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "20") int size,
            Authentication supervisor) {
        Parameters.check(size);
        List<Conflicts.Conflict> found = conflicts.of(Postal.of(supervisor).office(), before, size);
        return new Page(
                found, found.size() < size ? null : found.get(found.size() - 1).seq());
    }

    @GetMapping("/items")
    List<Corrections.Story> items(@RequestParam String q, Authentication supervisor) {
        Parameters.printable("q", q);
        return corrections.find(Postal.of(supervisor).office(), q);
    }

    /** What proves a handling, whether it counts or waits for this supervisor. */
    @GetMapping("/handlings/{id}/evidence")
    List<Evidence.Piece> evidence(@PathVariable UUID id, Authentication supervisor) {
        return evidence.of(id, Postal.of(supervisor).office());
    }

    /** A photo, or a signature's strokes, kept nowhere on the way: both are somebody's. */
    @GetMapping(path = "/handlings/{id}/evidence/{sha256}", produces = MediaType.ALL_VALUE)
    ResponseEntity<byte[]> evidence(@PathVariable UUID id, @PathVariable String sha256, Authentication supervisor) {
        Evidence.Content content =
                evidence.content(id, sha256, Postal.of(supervisor).office());
        boolean photo = content.kind() == Evidence.Kind.PHOTO;
        return ResponseEntity.ok()
                .contentType(photo ? MediaType.IMAGE_JPEG : MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(content.bytes());
    }

    /** {@code {"id", "reason"}}, with an id made by who asks. */
    @PostMapping(path = "/handlings/{id}/void", consumes = MediaType.APPLICATION_JSON_VALUE)
    String undo(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication supervisor) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/void.in.schema.json");
        Postal by = Postal.of(supervisor);
        corrections.undo(
                new Corrections.Undoing(id, said.path("id").asText(), by.office(), by.user(), Why.given(body)));
        return Json.MAPPER.createObjectNode().put("voided", true).toString();
    }

    /** {@code {"reason"}}. */
    @PostMapping(path = "/handlings/{id}/leave", consumes = MediaType.APPLICATION_JSON_VALUE)
    String leave(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication supervisor) {
        Postal by = Postal.of(supervisor);
        conflicts.leave(id, by.office(), by.user(), Why.given(body));
        return Json.MAPPER.createObjectNode().put("left", true).toString();
    }
}
