package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import vn.bocau.code.Refused;
import vn.bocau.code.Sha256;
import vn.bocau.code.Text;
import vn.bocau.code.Uuid7;
import vn.bocau.dossier.Evidence;
import vn.bocau.dossier.Handlings;
import vn.bocau.dossier.Worklists;
import vn.bocau.journal.Fault;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Journal;
import vn.bocau.journal.Kept;
import vn.bocau.journal.Receipt;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.JsonBody;

/** What a phone asks and says: its worklist, handlings made without signal, and the evidence that belongs to them. */
@RestController
@RequestMapping(path = "/api/scan/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class Scans {

    static final String PARTNER = Handlings.PARTNER;

    /** The fault under which what a lost phone sends is kept. */
    static final String REVOKED = "device-revoked";

    private static final int LONGEST_ID = 100;

    /** As the schema of a batch says of those who may send one. */
    private static final int MOST = 500;

    private static final Fault LOST = new Fault(
            REVOKED,
            new Text("Máy quét này đã được báo mất và bị khóa.", "This phone was reported lost and is locked."),
            new Text(
                    "Hỏi trưởng bưu cục và người đã dùng máy; nếu đúng là việc đã làm, cho thử lại, nếu không, hủy"
                            + " với lý do.",
                    "Ask the supervisor and whoever used the phone; if it was really done, retry, else discard."));

    private final Worklists worklists;
    private final Handlings recorded;
    private final Evidence evidence;
    private final Shifts shifts;
    private final Entrance entrance;
    private final Journal journal;
    private final Kept kept;

    Scans(
            Worklists worklists,
            Handlings recorded,
            Evidence evidence,
            Shifts shifts,
            Entrance entrance,
            Journal journal,
            Kept kept) {
        this.worklists = worklists;
        this.recorded = recorded;
        this.shifts = shifts;
        this.evidence = evidence;
        this.entrance = entrance;
        this.journal = journal;
        this.kept = kept;
    }

    /** The stops of the own office. {@code now} is a beacon for the phone's clock; 304 when nothing else has changed. */
    @GetMapping("/worklist")
    ResponseEntity<String> worklist(Authentication who, WebRequest request) {
        JsonNode stops = worklists.of(Postal.of(who).office());
        if (request.checkNotModified(Sha256.hex(stops.toString().getBytes(StandardCharsets.UTF_8)))) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
        }
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.put("now", Instant.now().toString());
        answer.put("office", Postal.of(who).office());
        answer.set("stops", stops);
        return ResponseEntity.ok(answer.toString());
    }

    /**
     * Up to 500 handlings, answered one by one. The same batch again gets the same answers; the same handling in another
     * batch is KNOWN.
     */
    @PostMapping(path = "/handlings", consumes = MediaType.APPLICATION_JSON_VALUE)
    String handlings(@RequestBody(required = false) byte @Nullable [] body, Authentication who) {
        JsonNode said = JsonBody.parse(body);
        if (!(said instanceof ObjectNode batch)) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "schema",
                    "",
                    "Giá trị đúng phải là: đối tượng có device, sentAt, handlings.",
                    "Expected an object with device, sentAt and handlings.");
        }
        refuseOtherDevice(batch, who);
        batch.remove("heardAt");
        if (Postal.revoked(who)) {
            throw keepForReview(batch, who);
        }
        Postal by = Postal.of(who);
        ObjectNode sender = batch.putObject("by")
                .put("user", by.user())
                .put("role", by.role())
                .put("office", by.office());
        elsewhere(batch, who, by.office())
                .forEach((seq, office) -> sender.withObject("/offices").put(seq, office));
        String key = "batch-" + Sha256.hex(batch.toString().getBytes(StandardCharsets.UTF_8));
        Receipt receipt = entrance.bring(new Inbound(PARTNER, key, "scan.handlings", batch));
        return receipt.answer().toString();
    }

    /** The offices of what was made in shifts at another than that of whoever sends it, by their counts. */
    private Map<String, String> elsewhere(JsonNode batch, Authentication who, String office) {
        List<Long> counts = new ArrayList<>();
        for (JsonNode handling : batch.path("handlings")) {
            if (handling.path("seq").canConvertToLong()) {
                counts.add(handling.path("seq").asLong());
            }
        }
        return shifts.elsewhere(who.getName(), Postal.device(who), office, counts);
    }

    /**
     * What a lost phone sends counts for nothing until a person has looked at it, once: at each handling by itself, but
     * for what was taken back before it was sent, which lies beside its voiding.
     */
    private Refused keepForReview(ObjectNode batch, Authentication who) {
        Postal by = Postal.ofPhone(who);
        batch.putObject("by").put("user", by.user());
        batch.put("heardAt", Instant.now().toString());
        JsonNode handlings = batch.path("handlings");
        if (handlings.size() > MOST) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "too-many-handlings",
                    "/handlings",
                    "Mỗi lần gửi tối đa " + MOST + " thao tác.",
                    "Send at most " + MOST + " handlings at once.");
        }
        Map<String, String> elsewhere = elsewhere(batch, who, by.office());
        Set<String> recorded = this.recorded.recorded(batch);
        batch.remove("handlings");
        List<JsonNode> unheard = new ArrayList<>();
        handlings.forEach(handling -> {
            if (!recorded.contains(handling.path("id").asText())) {
                unheard.add(handling);
            }
        });
        List<Inbound> toLookAt = new ArrayList<>();
        together(unheard).forEach(some -> {
            String former = elsewhere.get(some.get(0).path("seq").asText());
            // At a former office whoever is a supervisor by now is none.
            batch.withObject("/by")
                    .put("office", former == null ? by.office() : former)
                    .put("role", former == null ? by.role() : "POSTAL_WORKER");
            // Heard before without its voiding, it is kept so; what comes now is kept beside it.
            boolean apart = some.size() > 1
                    && kept.said(PARTNER, keyOf(some.subList(0, 1)))
                            .filter(said -> said.path("handlings").size() < some.size())
                            .isPresent();
            if (apart) {
                some.forEach(one -> toLookAt.add(alone(batch, List.of(one))));
            } else {
                toLookAt.add(alone(batch, some));
            }
        });
        journal.park(toLookAt, LOST);
        return LostPhone.refused();
    }

    /** Each with what voids it, in the order in which they were made. */
    private static Collection<List<JsonNode>> together(List<JsonNode> handlings) {
        Map<JsonNode, List<JsonNode>> byId = new HashMap<>();
        List<List<JsonNode>> all = new ArrayList<>();
        for (JsonNode handling : handlings) {
            List<JsonNode> with = byId.get(handling.path("voids"));
            if (with == null) {
                with = new ArrayList<>();
                all.add(with);
            }
            with.add(handling);
            if (handling.path("id").isTextual()) {
                byId.put(handling.path("id"), with);
            }
        }
        return all;
    }

    private static String keyOf(List<JsonNode> some) {
        JsonNode id = some.get(0).path("id");
        return Handlings.keptAs(
                id.isTextual() && id.asText().length() <= LONGEST_ID
                        ? id.asText()
                        : Sha256.hex(some.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static Inbound alone(ObjectNode batch, List<JsonNode> some) {
        ObjectNode said = batch.deepCopy();
        said.putArray("handlings").addAll(some);
        return new Inbound(PARTNER, keyOf(some), "scan.handlings", said);
    }

    /** The order of a device's handlings rests on its own count, so nobody counts for another. */
    private static void refuseOtherDevice(JsonNode batch, Authentication who) {
        if (batch.path("device").isTextual() && !batch.path("device").asText().equals(Postal.device(who))) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "other-device",
                    "/device",
                    "Phiên này là của thiết bị khác; hãy đăng nhập trên thiết bị này.",
                    "This session is another device's; sign in on this one.");
        }
    }

    /**
     * A signature's strokes or a photo, as it is, under the hash its handling named. Also from a lost phone: it can be
     * nothing else than what was named, and whoever looks at the handling wants to see it.
     */
    @PutMapping("/handlings/{id}/evidence/{sha256}")
    ResponseEntity<String> evidence(
            @PathVariable String id,
            @PathVariable String sha256,
            @RequestHeader("X-Evidence-Kind") String kind,
            @RequestBody(required = false) byte @Nullable [] sent,
            Authentication who) {
        byte[] content = sent == null ? new byte[0] : sent;
        if (!sha256.matches("[0-9a-f]{64}") || !sha256.equals(Sha256.hex(content))) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "evidence-hash",
                    "sha256",
                    "Nội dung không khớp mã băm SHA-256 trên đường dẫn; hãy gửi lại.",
                    "The content does not match the SHA-256 in the path; send it again.");
        }
        if (!kind.matches("SIGNATURE|COUNTERSIGNATURE|PHOTO")) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "evidence-kind",
                    "X-Evidence-Kind",
                    "Phải là SIGNATURE, COUNTERSIGNATURE hoặc PHOTO.",
                    "Must be SIGNATURE, COUNTERSIGNATURE or PHOTO.");
        }
        boolean fresh = evidence.keep(
                Uuid7.of(id).value(),
                sha256,
                Evidence.Kind.valueOf(kind),
                content,
                new Evidence.Maker(who.getName(), Postal.device(who)));
        return ResponseEntity.status(fresh ? HttpStatus.CREATED : HttpStatus.OK)
                .body(Json.MAPPER.createObjectNode().put("kept", true).toString());
    }
}
