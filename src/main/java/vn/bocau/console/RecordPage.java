package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.audit.AuditRow;
import vn.bocau.audit.AuditRows;
import vn.bocau.audit.BreakGlass;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;

/** The record, and what was opened behind the mask. For administrators and data officers. */
@Controller
@ConsolePages.OnConsole
class RecordPage {

    private static final int SHOWN = 50;

    private final AuditRows rows;
    private final BreakGlass glass;

    RecordPage(AuditRows rows, BreakGlass glass) {
        this.rows = rows;
        this.glass = glass;
    }

    @GetMapping("/console/record")
    String record(
            Model page,
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String what,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable Long before) {
        Parameters.printable("by", by);
        Parameters.printable("what", what);
        String person = ConsolePages.said(by);
        String act = ConsolePages.said(what);
        String end = ConsolePages.said(outcome);
        Parameters.oneOf("outcome", end, AuditApi.OUTCOMES);
        var found = rows.rows(new AuditRows.Wanted(person, act, end, null, null, before, SHOWN));
        page.addAttribute("entries", found);
        page.addAttribute("by", person);
        page.addAttribute("what", act);
        page.addAttribute("outcome", end);
        page.addAttribute("outcomes", AuditApi.OUTCOMES);
        page.addAttribute("next", found.size() < SHOWN ? null : last(found));
        page.addAttribute("opened", glass.all(0, SHOWN));
        page.addAttribute("unseen", glass.unseen());
        return "console/record";
    }

    private static long last(java.util.List<AuditRow> found) {
        return found.get(found.size() - 1).seq();
    }

    @PostMapping("/console/record/break-glass/{id}/seen")
    String seen(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(
                request, locale, next, "/console/record", () -> glass.see(id, who.getName(), Why.said(reason)));
    }
}
