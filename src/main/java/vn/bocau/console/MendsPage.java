package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.journal.Mend;
import vn.bocau.journal.Mends;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** Begins the retry of a group of parked messages, or gives a group up; shows how far each is, ends one. */
@Controller
@ConsolePages.OnConsole
@RequestMapping("/console/mends")
class MendsPage {

    private static final int SHOWN = 25;
    private static final int ITEMS = 50;

    private final MendDesk desk;

    MendsPage(MendDesk desk) {
        this.desk = desk;
    }

    @GetMapping
    String all(Model page, @RequestParam(defaultValue = "0") int from, Authentication who) {
        Parameters.between("from", from, 0, 1_000_000);
        var mends = desk.all(from, SHOWN, who);
        page.addAttribute("mends", mends);
        page.addAttribute("mayRetry", Grants.of(who).may(Right.RETRY));
        page.addAttribute("mayDiscard", Grants.of(who).may(Right.DISCARD));
        page.addAttribute("older", mends.size() < SHOWN ? null : "/console/mends?from=" + (from + SHOWN));
        return "console/mends";
    }

    @GetMapping("/new")
    String ask(Model page, @ModelAttribute("ask") MendAsk ask, Authentication who, Locale locale) {
        return form(page, ask, who, locale);
    }

    private String form(Model page, MendAsk said, Authentication who, Locale locale) {
        MendAsk ask = said.countedAt(desk.now());
        var would = new MendDesk.Would(List.of(), List.of(), false);
        page.addAttribute("ask", ask);
        page.addAttribute("discards", ask.discards());
        page.addAttribute("right", Right.of(ask.what()));
        page.addAttribute("busy", List.of());
        try {
            would = desk.would(ask, who);
            if (would.seen().isEmpty()) {
                page.addAttribute("busy", desk.busy(ask, who));
            }
        } catch (Refused refused) {
            page.addAttribute("wrong", ConsolePages.wrong(refused, locale));
        }
        page.addAttribute("would", would.seen());
        page.addAttribute("count", would.count());
        page.addAttribute("takes", Math.min(would.count(), Mends.MOST));
        page.addAttribute("mayNot", would.mayNot());
        page.addAttribute("mayNotOthers", would.others());
        return "console/mend-new";
    }

    @PostMapping("/new")
    String begin(
            Model page,
            @ModelAttribute("ask") MendAsk ask,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            Locale locale,
            HttpServletResponse response) {
        try {
            UUID id = desk.begin(ask, who, Why.said(reason));
            return "redirect:/console/mends/" + id;
        } catch (Refused refused) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            form(page, ask, who, locale);
            page.addAttribute("reason", reason);
            page.addAttribute("wrong", ConsolePages.wrong(refused, locale));
            return "console/mend-new";
        }
    }

    @GetMapping("/{id}")
    String one(
            Model page,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "0") int after,
            Authentication who) {
        String wanted = ConsolePages.said(state);
        Parameters.oneOf("state", wanted, MendsApi.ITEM_STATES);
        Parameters.between("after", after, 0, 1_000_000);
        Mend mend = desk.one(id, who);
        var items = desk.items(id, wanted, after, ITEMS, who);
        page.addAttribute("mend", mend);
        page.addAttribute("held", desk.held(id, who));
        page.addAttribute("mayNot", desk.mayNot(mend, who));
        page.addAttribute("right", Right.of(mend.sort()));
        page.addAttribute("items", items);
        page.addAttribute("state", wanted);
        page.addAttribute("states", MendsApi.ITEM_STATES);
        page.addAttribute(
                "older",
                items.size() < ITEMS
                        ? null
                        : "/console/mends/" + id + "?after="
                                + items.get(items.size() - 1).no() + (wanted == null ? "" : "&state=" + wanted));
        return "console/mend";
    }

    @PostMapping("/{id}/cancel")
    String cancel(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(
                request, locale, next, "/console/mends/" + id, () -> desk.cancel(id, who, Why.said(reason)));
    }
}
