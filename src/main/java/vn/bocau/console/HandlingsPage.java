package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import vn.bocau.code.Text;
import vn.bocau.dossier.Conflicts;
import vn.bocau.dossier.Oversight;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** Handlings that a person has to look at, and what an operator does about those that no supervisor looks at. */
@Controller
@ConsolePages.OnConsole
@RequestMapping("/console/handlings")
class HandlingsPage {

    private static final int SHOWN = 50;

    /**
     * One of them, in words.
     *
     * @param what its code, when it is known
     * @param why what is doubted of it; null when nobody has mapped its code
     * @param supervised a supervisor decides
     * @param may whether this person may leave it as it stands
     */
    record Row(
            Oversight.ToLookAt seen,
            @Nullable Text what,
            @Nullable Text why,
            boolean supervised,
            boolean may) {}

    private final Oversight oversight;
    private final Conflicts conflicts;
    private final WorkApi work;

    HandlingsPage(Oversight oversight, Conflicts conflicts, WorkApi work) {
        this.oversight = oversight;
        this.conflicts = conflicts;
        this.work = work;
    }

    @GetMapping
    String all(
            Model page,
            @RequestParam(required = false) @Nullable String place,
            @RequestParam(required = false) @Nullable Long before,
            Authentication who) {
        Parameters.printable("place", place);
        String one = ConsolePages.said(place);
        Grants grants = Grants.of(who);
        List<Row> rows = oversight.toLookAt(grants.only(Right.SEE).orElse(null), one, before, SHOWN).stream()
                .map(seen -> new Row(
                        seen,
                        HandlingCode.of(seen.code()).map(HandlingCode::text).orElse(null),
                        seen.doubted().orElse(null),
                        conflicts.isSupervised(seen.office(), seen.conflict()),
                        grants.may(Right.ADMINISTER, seen.source())))
                .toList();
        page.addAttribute("rows", rows);
        page.addAttribute("place", one);
        page.addAttribute(
                "older",
                rows.size() < SHOWN
                        ? null
                        : UriComponentsBuilder.fromPath("/console/handlings")
                                .queryParamIfPresent("place", Optional.ofNullable(one))
                                .queryParam("before", rows.get(SHOWN - 1).seen().seq())
                                .encode()
                                .toUriString());
        return "console/handlings";
    }

    /** @param place where the list is of */
    @PostMapping("/{id}/read")
    String read(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean alike,
            @RequestParam(required = false) @Nullable String place,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        next.addAttribute("place", ConsolePages.said(place));
        return ConsolePages.tried(
                request, locale, next, "/console/handlings", () -> work.read(id, alike, who, () -> Why.said(reason)));
    }

    /** @param place where the list is of */
    @PostMapping("/{id}/leave")
    String leave(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean alike,
            @RequestParam(required = false) @Nullable String place,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        next.addAttribute("place", ConsolePages.said(place));
        return ConsolePages.tried(
                request, locale, next, "/console/handlings", () -> work.leave(id, alike, who, () -> Why.said(reason)));
    }
}
