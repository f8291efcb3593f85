package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
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
import vn.bocau.scan.Discrepancies.Discrepancy;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.mapping.Mappings;

/** Cash that does not tally: explained on the phone or at the office, settled by a supervisor. */
@RestController
@RequestMapping(path = "/api/scan/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class DiscrepanciesApi {

    private static final int OWN = 20;

    private final Discrepancies discrepancies;
    private final Mappings mappings;

    DiscrepanciesApi(Discrepancies discrepancies, Mappings mappings) {
        this.discrepancies = discrepancies;
        this.mappings = mappings;
    }

    /** Those of one's own shifts. */
    @GetMapping("/discrepancies")
    List<Discrepancy> own(Authentication who) {
        return discrepancies.of(Postal.of(who), OWN);
    }

    /** {@code {"amount", "reason"}}: the difference as it was shown, and how it came about. */
    @PostMapping(path = "/discrepancies/{id}/explain", consumes = MediaType.APPLICATION_JSON_VALUE)
    String explain(@PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        discrepancies.explain(id, Postal.of(who), shown(body), Why.given(body));
        return Json.MAPPER.createObjectNode().put("explained", true).toString();
    }

    @GetMapping("/office/discrepancies")
    List<Discrepancy> ofTheOffice(
            @RequestParam(defaultValue = "false") boolean settled,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "20") int size,
            Authentication supervisor) {
        OfficePages.check(from, size);
        return discrepancies.of(Postal.of(supervisor).office(), settled, from, size);
    }

    /** {@code {"amount", "reason"}}: the difference as it was shown, and what was decided. */
    @PostMapping(path = "/office/discrepancies/{id}/settle", consumes = MediaType.APPLICATION_JSON_VALUE)
    String settle(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication supervisor) {
        discrepancies.settle(id, Postal.of(supervisor), shown(body), Why.given(body));
        return Json.MAPPER.createObjectNode().put("settled", true).toString();
    }

    /** What both bodies say besides their reason, which {@link Why} judges. */
    private long shown(byte @Nullable [] body) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/discrepancy-act.in.schema.json");
        return said.path("amount").asLong();
    }
}
