package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.journal.Lines;
import vn.bocau.journal.Samples;
import vn.bocau.journal.Stretches;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** The first page of the console: all stretches, how each stands now or stood at a minute of the last thirty days. */
@Controller
@ConsolePages.OnConsole
class MapPage {

    private static final int MINUTES_BACK = 1440;

    private final LineMap map;
    private final Lines lines;
    private final Stretches stretches;

    MapPage(LineMap map, Lines lines, Stretches stretches) {
        this.map = map;
        this.lines = lines;
        this.stretches = stretches;
    }

    /**
     * @param at Vietnam's time, from the field; goes before the slider
     * @param back minutes before now, from the slider
     */
    @GetMapping("/console")
    String map(
            Model page,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable Integer back,
            Authentication who) {
        Instant moment = moment(ConsolePages.said(at), back);
        page.addAttribute("picture", map.of(moment, who));
        page.addAttribute("at", ConsolePages.said(at));
        page.addAttribute("back", back == null ? 0 : Math.max(0, Math.min(back, MINUTES_BACK)));
        page.addAttribute("past", moment != null);
        page.addAttribute("mayPause", Grants.of(who).may(Right.PAUSE));
        return "console/map";
    }

    private static @Nullable Instant moment(@Nullable String at, @Nullable Integer back) {
        List<Flaw> flaws = new ArrayList<>();
        Instant moment = Times.read("at", at, false, flaws);
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "parameter", flaws);
        }
        if (moment != null) {
            return moment;
        }
        return back == null || back <= 0
                ? null
                : Instant.now().minus(Math.min(back, Samples.KEPT.toMinutes()), ChronoUnit.MINUTES);
    }

    @PostMapping("/console/partners/{id}/{act:pause|resume}")
    String partner(
            @PathVariable String id,
            @PathVariable String act,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(request, locale, next, "/console", () -> {
            Grants.of(who).demand(Right.PAUSE, id);
            if (act.equals("pause")) {
                lines.pause(id, who.getName(), Why.said(reason));
            } else {
                lines.resume(id, who.getName(), Why.said(reason));
            }
        });
    }

    @PostMapping("/console/stretches")
    String stretch(
            @RequestParam(defaultValue = "") String stretch,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(request, locale, next, "/console", () -> {
            Grants.of(who).demandForAll(Right.PAUSE);
            if (act.equals("resume")) {
                stretches.resume(stretch, who.getName(), Why.said(reason));
            } else {
                stretches.pause(stretch, who.getName(), Why.said(reason));
            }
        });
    }
}
