package vn.bocau.console;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operators' interface as we publish it. */
@RestController
class OpsDocument {

    @GetMapping(path = "/api/ops/v1/openapi.yaml", produces = "application/yaml")
    Resource document() {
        return new ClassPathResource("openapi/ops-v1.yaml");
    }
}
