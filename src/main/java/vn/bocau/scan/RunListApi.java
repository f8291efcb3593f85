package vn.bocau.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.dossier.RunLists;
import vn.bocau.print.Printer;
import vn.bocau.wire.http.JsonBody;
import vn.bocau.wire.http.PdfAnswer;
import vn.bocau.wire.mapping.Mappings;

/** What a worker of the own office takes along for the day, for the screen or on paper. For its supervisor alone. */
@RestController
@RequestMapping("/api/scan/v1/office/run-list")
class RunListApi {

    private final RunLists runLists;
    private final Mappings mappings;
    private final Printer printer;

    RunListApi(RunLists runLists, Mappings mappings, Printer printer) {
        this.runLists = runLists;
        this.mappings = mappings;
        this.printer = printer;
    }

    /** {@code {"worker"}}. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    RunLists.RunList shown(@RequestBody(required = false) byte @Nullable [] body, Authentication supervisor) {
        JsonNode said = JsonBody.parse(body);
        mappings.check(said, "scan/run-list.in.schema.json");
        return runLists.of(Postal.of(supervisor).office(), said.path("worker").asText());
    }

    /** {@code {"worker"}}. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> printed(
            @RequestBody(required = false) byte @Nullable [] body, Authentication supervisor, Locale language) {
        return PdfAnswer.of(
                "bang-ke-di-phat", printer.pdf("run-list", Map.of("list", shown(body, supervisor)), language));
    }
}
