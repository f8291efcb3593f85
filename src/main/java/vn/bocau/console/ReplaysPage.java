package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Mends;
import vn.bocau.journal.Replay;
import vn.bocau.journal.Replays;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Problem;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** Asks for a dry run, shows what it found, starts it. How far it is the mend's own page shows. */
@Controller
@ConsolePages.OnConsole
@RequestMapping("/console/replays")
class ReplaysPage {

    private static final int SHOWN = 25;
    private static final int ITEMS = 50;

    private final ReplayDesk desk;
    private final Directories directories;

    ReplaysPage(ReplayDesk desk, Directories directories) {
        this.desk = desk;
        this.directories = directories;
    }

    @GetMapping
    String all(Model page, @RequestParam(defaultValue = "0") int from, Authentication who) {
        Parameters.between("from", from, 0, 1_000_000);
        List<Replay> replays = desk.all(from, SHOWN, who);
        Grants grants = Grants.of(who);
        page.addAttribute("replays", replays);
        page.addAttribute("older", replays.size() < SHOWN ? null : "/console/replays?from=" + (from + SHOWN));
        page.addAttribute(
                "partners",
                directories.current().partners().stream()
                        .filter(partner -> !partner.delivery().equals(Partner.Delivery.NONE)
                                || partner.settings().containsKey("queue-kinds"))
                        .map(Partner::id)
                        .filter(id -> grants.may(Right.ADMINISTER, id))
                        .sorted()
                        .toList());
        return "console/replays";
    }

    @PostMapping
    String look(
            Model page,
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable String partner,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            Authentication who,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        try {
            return "redirect:/console/replays/"
                    + desk.look(sort, partner, since, until, who, null).id();
        } catch (Refused refused) {
            all(page, 0, who);
            page.addAttribute("sort", sort);
            page.addAttribute("partner", partner);
            page.addAttribute("since", since);
            page.addAttribute("until", until);
            return told("console/replays", page, refused, request, response, locale);
        }
    }

    private static String told(
            String view,
            Model page,
            Refused refused,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        response.setStatus(refused.ground() == Refused.Ground.FORBIDDEN ? 403 : 422);
        request.setAttribute(Problem.CODE, refused.code());
        page.addAttribute("wrong", ConsolePages.wrong(refused, locale));
        return view;
    }

    @GetMapping("/{id}")
    String one(
            Model page,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(defaultValue = "0") int after,
            Authentication who) {
        String wanted = ConsolePages.said(outcome);
        Parameters.oneOf("outcome", wanted, ReplaysApi.OUTCOMES);
        Parameters.between("after", after, 0, Integer.MAX_VALUE);
        Replay replay = desk.one(id, who);
        List<Replays.Item> items = desk.items(id, wanted, after, ITEMS, who);
        page.addAttribute("replay", replay);
        page.addAttribute("takes", Math.min(replay.apply(), Mends.MOST));
        page.addAttribute("items", items);
        page.addAttribute("outcome", wanted);
        page.addAttribute("outcomes", ReplaysApi.OUTCOMES);
        page.addAttribute("may", Grants.of(who).may(Right.ADMINISTER, replay.partner()));
        page.addAttribute(
                "older",
                items.size() < ITEMS
                        ? null
                        : "/console/replays/" + id + "?after="
                                + items.get(items.size() - 1).no() + (wanted == null ? "" : "&outcome=" + wanted));
        return "console/replay";
    }

    @PostMapping("/{id}/start")
    String start(
            Model page,
            @PathVariable UUID id,
            @ModelAttribute("ask") MendAsk ask,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        try {
            return "redirect:/console/mends/" + desk.start(id, ask.how(), who, Why.said(reason));
        } catch (Refused refused) {
            one(page, id, null, 0, who);
            return told("console/replay", page, refused, request, response, locale);
        }
    }
}
