package vn.bocau.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import vn.bocau.dossier.Dossiers;
import vn.bocau.dossier.Lens;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.mapping.Mappings;

/** The history of a dossier's items as an EPCIS 2.0 document, for whoever follows things by that. */
@RestController
@RequestMapping(path = "/api/ops/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class EpcisApi {

    private static final String MAPPING = "epcis/history.out.jslt";

    private static final UUID NONE = new UUID(0, 0);

    private final Dossiers dossiers;
    private final Lens lens;
    private final Mappings mappings;
    private final EpcisSettings settings;

    EpcisApi(Dossiers dossiers, Lens lens, Mappings mappings, EpcisSettings settings) {
        this.dossiers = dossiers;
        this.lens = lens;
        this.mappings = mappings;
        this.settings = settings;
    }

    @GetMapping("/epcis")
    String epcis(@RequestParam String dossier, Authentication who) {
        Parameters.printable("dossier", dossier);
        UUID id = dossiers.named(dossier).orElse(NONE);
        lens.one(id, Grants.of(who).only(Right.SEE).orElse(null));
        JsonNode history = dossiers.history(dossier);
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.put("dossier", uri("dossier", history.path("dossier").asText()))
                .put("words", uri("epcis", "words") + "#")
                .put("createdAt", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        // Also of nothing that happened there is a document.
        ArrayNode handlings = named.putArray("handlings");
        for (JsonNode handling : history.path("handlings")) {
            ObjectNode one = handling.deepCopy();
            handlings.add(one);
            one.put("item", uri("item", handling.path("item").asText()));
            for (String parent : List.of("bag", "manifest")) {
                if (handling.has(parent)) {
                    one.put(parent, uri(parent, handling.path(parent).asText()));
                }
            }
            if (handling.has("office")) {
                one.put("place", uri("post-office", handling.path("office").asText()));
            } else if (handling.has("agency")) {
                one.put("place", uri("agency", handling.path("agency").asText()));
            }
        }
        return mappings.current().json(named, MAPPING, Map.of()).toString();
    }

    private String uri(String kind, String name) {
        // Names are no templates: a code may have braces in it.
        return UriComponentsBuilder.fromUri(settings.base())
                .pathSegment(kind, UriUtils.encode(name, StandardCharsets.UTF_8))
                .build(true)
                .toUriString();
    }
}
