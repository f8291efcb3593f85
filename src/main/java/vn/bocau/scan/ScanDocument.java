package vn.bocau.scan;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The phones' interface as we publish it. */
@RestController
class ScanDocument {

    @GetMapping(path = "/api/scan/v1/openapi.yaml", produces = "application/yaml")
    Resource document() {
        return new ClassPathResource("openapi/scan-v1.yaml");
    }
}
