package vn.bocau.console;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import vn.bocau.audit.BreakGlass;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Lens;
import vn.bocau.journal.Records;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.Parameters;

/** Finds a dossier, tells its journey, and what its messages say: masked, or for a while and a reason in clear. */
@RestController
@RequestMapping(path = "/api/ops/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class LensApi {

    private static final int LONGEST = 100;

    private final DossierStory story;
    private final Payloads payloads;
    private final BreakGlass glass;

    LensApi(DossierStory story, Payloads payloads, BreakGlass glass) {
        this.story = story;
        this.payloads = payloads;
        this.glass = glass;
    }

    /** Posted, because it may be a telephone number. */
    @PostMapping(path = "/dossiers/find", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Lens.Found> find(@RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        return story.find(wanted(body), who);
    }

    /** Posted as well: whoever looks for the one looks for the other. */
    @PostMapping(path = "/messages/find", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Records.Message> messages(@RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        return story.messages(wanted(body), who).all();
    }

    private static String wanted(byte @Nullable [] body) {
        String find = JsonBody.parse(body).path("find").asText("");
        if (find.isBlank() || find.length() > LONGEST) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "find",
                    "/find",
                    "Cần mã hồ sơ, số bưu gửi, số biên nhận, số điện thoại hoặc mã thông điệp, nhiều nhất " + LONGEST
                            + " ký tự.",
                    "Needs a dossier code, item number, receipt number, telephone number or message id of at most "
                            + LONGEST
                            + " characters.");
        }
        return find;
    }

    @GetMapping("/dossiers/{id}")
    DossierStory.Journey dossier(@PathVariable UUID id, Authentication who) {
        return story.of(id, who);
    }

    @GetMapping("/messages/{id}/content")
    byte[] content(@PathVariable UUID id, Authentication who) {
        return payloads.of(id, who).json();
    }

    @PostMapping(path = "/messages/{id}/reveal", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Instant> reveal(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        return Map.of("until", payloads.open(id, who, new ActBody(why, List.of()).reason()));
    }

    @GetMapping("/audit/break-glass")
    List<BreakGlass.Opened> opened(
            @RequestParam(defaultValue = "0") int from, @RequestParam(defaultValue = "50") int size) {
        Parameters.between("from", from, 0, 1_000_000);
        Parameters.check(size);
        return glass.all(from, size);
    }

    @PostMapping(path = "/audit/break-glass/{id}/seen", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<BreakGlass.Opened> seen(
            @PathVariable UUID id, @RequestBody(required = false) byte @Nullable [] why, Authentication who) {
        glass.see(id, who.getName(), new ActBody(why, List.of()).reason());
        return glass.all(0, 50);
    }
}
