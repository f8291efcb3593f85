package vn.bocau.scan;

import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.dossier.RunLists;
import vn.bocau.print.Printer;
import vn.bocau.wire.http.Pages;

/** What a worker of the own office takes along for the day, for the screen or on paper. For its supervisor alone. */
@RestController
@RequestMapping("/api/scan/v1/office/run-list")
class RunListApi {

    private final RunLists runLists;
    private final Printer printer;

    RunListApi(RunLists runLists, Printer printer) {
        this.runLists = runLists;
        this.printer = printer;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    RunLists.RunList shown(@RequestParam String worker, Authentication supervisor) {
        Pages.printable("worker", worker);
        return runLists.of(Postal.of(supervisor).office(), worker);
    }

    @GetMapping(produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> printed(@RequestParam String worker, Authentication supervisor, Locale language) {
        return PdfAnswer.of(
                "bang-ke-di-phat", printer.pdf("run-list", Map.of("list", shown(worker, supervisor)), language));
    }
}
