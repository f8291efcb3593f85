package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.Uuid7;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.mapping.Mappings;

/** A phone opens and closes the shift of the postal worker who signed in on it; when it cannot, the supervisor closes it. */
@RestController
@RequestMapping(path = "/api/scan/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class ShiftsApi {

    private final Shifts shifts;
    private final Mappings mappings;

    ShiftsApi(Shifts shifts, Mappings mappings) {
        this.shifts = shifts;
        this.mappings = mappings;
    }

    /**
     * {@code {"openedAt", "firstSeq", "office"?}}. Also from a lost phone, once: what it sends is kept for the office of its
     * shift.
     */
    @PutMapping(path = "/shifts/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Shift open(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/shift-open.in.schema.json");
        return shifts.open(
                Uuid7.of(id).value(),
                Postal.ofPhone(who),
                Postal.device(who),
                Postal.revoked(who),
                said.path("office").asText(""),
                said.path("firstSeq").asLong(),
                time(said, "openedAt"));
    }

    /** {@code {"closedAt", "lastSeq", "counted", "refused"}}; answers as {@link Shifts#close}. */
    @PostMapping(path = "/shifts/{id}/close", consumes = MediaType.APPLICATION_JSON_VALUE)
    String close(@PathVariable String id, @RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/shift-close.in.schema.json");
        var closing = new Shift.Closing(
                said.path("lastSeq").asLong(),
                time(said, "closedAt"),
                said.path("counted").asLong(),
                said.path("refused").asInt());
        return shifts.close(Uuid7.of(id).value(), Postal.of(who), Postal.device(who), closing)
                .toString();
    }

    /** {@code {"counted", "reason"}}; answers as {@link Shifts#closeFor}. */
    @PostMapping(path = "/office/shifts/{id}/close", consumes = MediaType.APPLICATION_JSON_VALUE)
    String closeFor(
            @PathVariable String id, @RequestBody(required = false) byte @Nullable [] body, Authentication supervisor) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/shift-close-for.in.schema.json");
        return shifts.closeFor(
                        Uuid7.of(id).value(),
                        Postal.of(supervisor),
                        said.path("counted").asLong(),
                        Why.given(body))
                .toString();
    }

    private static Instant time(JsonNode said, String field) {
        return OffsetDateTime.parse(said.path(field).asText()).toInstant();
    }
}
