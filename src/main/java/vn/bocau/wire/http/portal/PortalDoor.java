package vn.bocau.wire.http.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.code.DossierCode;
import vn.bocau.journal.Inbound;
import vn.bocau.journal.Receipt;
import vn.bocau.wire.Entrance;
import vn.bocau.wire.http.Answers;
import vn.bocau.wire.http.IdempotencyKey;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.mapping.OwnWords;

/**
 * What a portal may ask, as {@code openapi/portal-v1.yaml} publishes it, or in words of its own ({@link OwnWords}). The
 * portal is who its token or signature says; what it writes is told apart from repeats by its {@code Idempotency-Key}.
 */
@RestController
@RequestMapping("/api/portal/v1")
class PortalDoor {

    private final Entrance entrance;
    private final OwnWords ownWords;

    PortalDoor(Entrance entrance, OwnWords ownWords) {
        this.entrance = entrance;
        this.ownWords = ownWords;
    }

    @PostMapping(
            path = "/requests",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    ResponseEntity<byte[]> request(
            Principal portal,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody(required = false) byte @Nullable [] body) {
        return bring(portal, key, "portal.request", JsonBody.parse(body, type), HttpStatus.ACCEPTED);
    }

    @PostMapping(
            path = "/dossiers/address-change",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    ResponseEntity<byte[]> changeAddress(
            Principal portal,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody(required = false) byte @Nullable [] body) {
        return bring(portal, key, "portal.change-address", JsonBody.parse(body, type), HttpStatus.OK);
    }

    @PostMapping(
            path = "/dossiers/cancellation",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    ResponseEntity<byte[]> cancel(
            Principal portal,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody(required = false) byte @Nullable [] body) {
        return bring(portal, key, "portal.cancel", JsonBody.parse(body, type), HttpStatus.OK);
    }

    @PostMapping(
            path = "/dossiers/payment",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    ResponseEntity<byte[]> pay(
            Principal portal,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody(required = false) byte @Nullable [] body) {
        return bring(portal, key, "portal.payment", JsonBody.parse(body, type), HttpStatus.OK);
    }

    /** The state of a dossier with its five facts. */
    @GetMapping("/dossiers/{code}")
    ResponseEntity<byte[]> dossier(Principal portal, @PathVariable String code) {
        // Not as a string: Camel would take quotes off it, and read "null" as none.
        var question = Map.of("code", new DossierCode(code), "partner", portal.getName());
        JsonNode facts = entrance.ask("portal.dossier", question, JsonNode.class);
        return Answers.json(ResponseEntity.ok(), facts);
    }

    /** The same for a code that does not fit into a path, because it holds a slash or the like. */
    @GetMapping("/dossiers")
    ResponseEntity<byte[]> dossierByAnyCode(Principal portal, @RequestParam String code) {
        return dossier(portal, code);
    }

    private ResponseEntity<byte[]> bring(
            Principal portal, @Nullable String key, String kind, JsonNode said, HttpStatus done) {
        var in = new Inbound(portal.getName(), IdempotencyKey.read(key), kind, said);
        Receipt receipt = entrance.bring(in);
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(done);
        if (receipt.repeat()) {
            answer.header("Idempotency-Replayed", "true");
        }
        return ownWords.answer(in, receipt.answer(), receipt.repeat())
                .map(words -> Answers.of(answer, words))
                .orElseGet(() -> Answers.json(answer, receipt.answer()));
    }
}
