package vn.bocau.wire.http.portal;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.Mappings;

/** What we publish about the portals' door: the OpenAPI document, and the very schemas that check what comes in. */
@RestController
@RequestMapping("/api/portal/v1")
class PortalDocument {

    private static final Set<String> SCHEMAS =
            Set.of("portal.request", "portal.change-address", "portal.cancel", "portal.payment");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml;charset=UTF-8");

    private final Mappings mappings;
    private final byte[] yaml;
    private final byte[] json;

    PortalDocument(Mappings mappings) throws IOException {
        this.mappings = mappings;
        try (InputStream document =
                Objects.requireNonNull(PortalDocument.class.getResourceAsStream("/openapi/portal-v1.yaml"))) {
            yaml = document.readAllBytes();
            json = Json.MAPPER.writeValueAsBytes(new YAMLMapper().readTree(yaml));
        }
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<byte[]> yaml() {
        return ResponseEntity.ok().contentType(YAML).body(yaml);
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> json() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json);
    }

    @GetMapping("/schemas/{name}.schema.json")
    ResponseEntity<byte[]> schema(@PathVariable String name) {
        return Optional.of(name)
                .filter(SCHEMAS::contains)
                .flatMap(known -> mappings.current().file("portal/" + known + ".in.schema.json"))
                .map(text -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("application/schema+json"))
                        .body(text.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
