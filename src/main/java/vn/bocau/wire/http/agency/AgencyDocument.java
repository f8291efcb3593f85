package vn.bocau.wire.http.agency;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The agencies' door as we publish it. */
@RestController
class AgencyDocument {

    @GetMapping(path = "/api/agency/v1/openapi.yaml", produces = "application/yaml")
    Resource document() {
        return new ClassPathResource("openapi/agency-v1.yaml");
    }
}
