package vn.bocau.wire.http.agency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import vn.bocau.wire.mapping.Mappings;
import vn.bocau.wire.mapping.OwnWords;

/**
 * What an agency decides, over plain HTTP, as {@code openapi/agency-v1.yaml} publishes it: the XML of the SOAP contract
 * without its envelope, or JSON or XML in words of its own ({@link OwnWords}). It goes the way of what comes by SOAP.
 */
@RestController
@RequestMapping("/api/agency/v1")
class AgencyDoor {

    private static final String DISPATCH = "agency.dispatch";

    private final Entrance entrance;
    private final OwnWords ownWords;
    private final Mappings mappings;

    AgencyDoor(Entrance entrance, OwnWords ownWords, Mappings mappings) {
        this.entrance = entrance;
        this.ownWords = ownWords;
        this.mappings = mappings;
    }

    @PostMapping(
            path = "/{word:receive|refuse|supplement|dispatch|transfer}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.TEXT_XML_VALUE})
    ResponseEntity<byte[]> decide(
            Principal agency,
            @PathVariable String word,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE) MediaType type,
            @RequestBody(required = false) byte @Nullable [] body) {
        var in = new Inbound(agency.getName(), IdempotencyKey.read(key), "agency." + word, JsonBody.parse(body, type));
        Receipt receipt = entrance.bring(in);
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (receipt.repeat()) {
            answer.header("Idempotency-Replayed", "true");
        }
        return ownWords.answer(in, receipt.answer(), receipt.repeat())
                .map(words -> Answers.of(answer, words))
                .orElseGet(() -> JsonBody.isXml(type)
                        ? Answers.xml(answer, contract(in, receipt))
                        : Answers.json(answer, receipt.answer()));
    }

    private String contract(Inbound in, Receipt receipt) {
        String stylesheet = in.kind().equals(DISPATCH) ? "agency/dispatched.out.xsl" : "agency/accepted.out.xsl";
        return mappings.current()
                .xml(
                        receipt.answer(),
                        stylesheet,
                        Map.of(
                                "key", TextNode.valueOf(in.key()),
                                "repeat", BooleanNode.valueOf(receipt.repeat())));
    }

    /** The five facts of a dossier it decides, by any of its codes. */
    @GetMapping("/dossiers")
    ResponseEntity<byte[]> dossier(Principal agency, @RequestParam String code) {
        // Not as a string: Camel would take quotes off it, and read "null" as none.
        var question = Map.of("code", new DossierCode(code), "partner", agency.getName());
        return Answers.json(ResponseEntity.ok(), entrance.ask("agency.progress", question, JsonNode.class));
    }
}
