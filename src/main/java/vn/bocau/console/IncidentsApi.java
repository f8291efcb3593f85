package vn.bocau.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.journal.Incidents;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** The partners' outages, one each from its beginning to its end. */
@RestController
class IncidentsApi {

    private final Incidents incidents;

    IncidentsApi(Incidents incidents) {
        this.incidents = incidents;
    }

    /** Those that last first, then the newest; of one partner, if asked so. */
    @GetMapping(path = "/api/ops/v1/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Incidents.Incident> incidents(
            @RequestParam(required = false) @Nullable String partner,
            @RequestParam(defaultValue = "0") int from,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.between("from", from, 0, 1_000_000);
        Parameters.check(size);
        Parameters.printable("partner", partner);
        return incidents.all(Grants.of(who).only(Right.SEE, ConsolePages.said(partner)), from, size);
    }
}
