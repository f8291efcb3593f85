package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Assignments;
import vn.bocau.dossier.OfficeLegs;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.people.PostalWorkers;
import vn.bocau.wire.mapping.Mappings;

/** What the own office owes, and who of it goes where. For its supervisor alone. */
@RestController
@RequestMapping(path = "/api/scan/v1/office", produces = MediaType.APPLICATION_JSON_VALUE)
class OfficeWorkApi {

    private static final int SIZE = 50;

    private final OfficeLegs legs;
    private final Assignments assignments;
    private final PostalWorkers workers;
    private final Mappings mappings;

    OfficeWorkApi(OfficeLegs legs, Assignments assignments, PostalWorkers workers, Mappings mappings) {
        this.legs = legs;
        this.assignments = assignments;
        this.workers = workers;
        this.mappings = mappings;
    }

    /** @param communes where there is something overdue, the most urgent first */
    record Overdue(Instant now, long total, List<OfficeLegs.Load> communes, List<OfficeLegs.Open> legs) {}

    @GetMapping("/overdue")
    Overdue overdue(
            @RequestParam(required = false) @Nullable String commune,
            @RequestParam(defaultValue = "false") boolean others,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication supervisor) {
        OfficePages.check(from, size);
        Parameters.printable("commune", commune);
        String office = Postal.of(supervisor).office();
        OfficeLegs.Page page = legs.of(office, new OfficeLegs.Wanted(commune, null, true, others, from, size));
        return new Overdue(Instant.now(), page.total(), legs.byCommune(office, true, others), page.legs());
    }

    /** @param workers user names of who may be assigned anything */
    record Rounds(List<String> workers, List<Assignments.Round> communes) {}

    @GetMapping("/assignments")
    Rounds assignments(Authentication supervisor) {
        String office = Postal.of(supervisor).office();
        return new Rounds(workers.of(office), assignments.of(office));
    }

    @GetMapping("/stops")
    OfficeLegs.Page stops(
            @RequestParam(required = false) @Nullable String commune,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication supervisor) {
        OfficePages.check(from, size);
        Parameters.printable("commune", commune);
        return legs.of(Postal.of(supervisor).office(), new OfficeLegs.Wanted(commune, null, false, false, from, size));
    }

    /** {@code {"worker", "from"?, "size"?}}. */
    @PostMapping(path = "/stops", consumes = MediaType.APPLICATION_JSON_VALUE)
    OfficeLegs.Page stopsOf(@RequestBody(required = false) byte @Nullable [] body, Authentication supervisor) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/stops.in.schema.json");
        return legs.of(
                Postal.of(supervisor).office(),
                new OfficeLegs.Wanted(
                        null,
                        said.path("worker").asText(),
                        false,
                        false,
                        said.path("from").asInt(0),
                        said.path("size").asInt(SIZE)));
    }

    /** {@code {"worker", "version"}}; answers as {@link #assignments}. */
    @PutMapping(path = "/assignments/communes/{commune}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Rounds assignCommune(
            @PathVariable String commune,
            @RequestBody(required = false) byte @Nullable [] body,
            Authentication supervisor) {
        Assignments.Given given = given(body, supervisor);
        assignments.commune(Postal.of(supervisor).office(), commune, given);
        return assignments(supervisor);
    }

    /** {@code {"worker", "version"}}; answers as {@link #assignments}. */
    @PutMapping(path = "/assignments/legs/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Rounds assignLeg(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] body, Authentication supervisor) {
        Assignments.Given given = given(body, supervisor);
        assignments.leg(Postal.of(supervisor).office(), id, given);
        return assignments(supervisor);
    }

    private Assignments.Given given(byte @Nullable [] body, Authentication supervisor) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/assignment.in.schema.json");
        Postal by = Postal.of(supervisor);
        String worker = said.path("worker").asText(null);
        if (worker != null && !workers.of(by.office()).contains(worker)) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "unknown-worker",
                    "/worker",
                    "Bưu cục này không có bưu tá nào như vậy; hãy chọn trong danh sách.",
                    "This office has no such worker; choose one of the list.");
        }
        return new Assignments.Given(worker, said.path("version").asInt(), by.user());
    }
}
