package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;
import vn.bocau.wire.out.Carriers;

/** The first page of the console: all stretches, how each stands now or stood at a minute of the last thirty days. */
@Controller
@ConsolePages.OnConsole
class MapPage {

    private static final int MINUTES_OF_A_DAY = 1440;
    private static final int SLIDE = 5;

    /** How far one goes with one key, backwards and forwards, and what it is called. */
    private static final List<Step> STEPS = List.of(
            new Step("day-back", Duration.ofDays(-1)),
            new Step("hour-back", Duration.ofHours(-1)),
            new Step("minutes-back", Duration.ofMinutes(-SLIDE)),
            new Step("minutes-on", Duration.ofMinutes(SLIDE)),
            new Step("hour-on", Duration.ofHours(1)),
            new Step("day-on", Duration.ofDays(1)));

    private record Step(String name, Duration by) {}

    /** @param at Vietnam's time there */
    record Link(String name, String at) {}

    private final LineMap map;
    private final Lines lines;
    private final Stretches stretches;
    private final Carriers carriers;

    MapPage(LineMap map, Lines lines, Stretches stretches, Carriers carriers) {
        this.map = map;
        this.lines = lines;
        this.stretches = stretches;
        this.carriers = carriers;
    }

    /**
     * @param at a moment; goes before day and minute
     * @param day of the last thirty, in Vietnam
     * @param minute of that day, from the slider
     */
    @GetMapping("/console")
    String map(
            Model page,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String day,
            @RequestParam(required = false) @Nullable Integer minute,
            Authentication who) {
        Parameters.between("minute", minute == null ? 0 : minute, 0, MINUTES_OF_A_DAY - 1);
        Instant now = Instant.now();
        Instant moment = moment(ConsolePages.said(at), ConsolePages.said(day), minute, now);
        ZonedDateTime shown = (moment == null ? now : moment).atZone(ConsolePages.VIETNAM);
        LineMap.Picture picture = map.of(moment, who);
        page.addAttribute("picture", picture);
        page.addAttribute("day", shown.toLocalDate());
        page.addAttribute(
                "minute",
                shown.toLocalTime().toSecondOfDay()
                        / (int) Duration.ofMinutes(1).toSeconds());
        page.addAttribute("time", shown.format(DateTimeFormatter.ofPattern("HH:mm")));
        page.addAttribute(
                "first", now.minus(Samples.KEPT).atZone(ConsolePages.VIETNAM).toLocalDate());
        page.addAttribute("last", now.atZone(ConsolePages.VIETNAM).toLocalDate());
        page.addAttribute("steps", steps(shown, now));
        page.addAttribute("past", moment != null);
        Grants grants = Grants.of(who);
        page.addAttribute(
                "mayPause",
                picture.lines().stream()
                        .map(LineMap.Line::partner)
                        .filter(partner -> grants.may(Right.PAUSE, partner))
                        .collect(Collectors.toSet()));
        page.addAttribute("seesAll", grants.mayForAll(Right.SEE));
        page.addAttribute("mayPauseAll", grants.mayForAll(Right.PAUSE));
        return "console/map";
    }

    /** Those that lead to a moment of which something is kept. */
    private static List<Link> steps(ZonedDateTime shown, Instant now) {
        return STEPS.stream()
                .filter(step -> Times.isKept(shown.plus(step.by).toInstant(), now))
                .map(step -> new Link(
                        step.name,
                        shown.plus(step.by)
                                .toLocalDateTime()
                                .truncatedTo(ChronoUnit.MINUTES)
                                .toString()))
                .toList();
    }

    /** @return null for now */
    private static @Nullable Instant moment(
            @Nullable String at, @Nullable String day, @Nullable Integer minute, Instant now) {
        List<Flaw> flaws = new ArrayList<>();
        Instant moment = Times.kept("at", at, now, flaws);
        Instant ofDay = Times.read("day", day, false, flaws);
        if (ofDay != null && moment == null) {
            moment = ofDay.plus(minute == null ? 0 : minute, ChronoUnit.MINUTES);
            // A day whose end is kept but not its beginning has only a part to be looked at.
            if (moment.isBefore(now) && !Times.isKept(moment, now)) {
                flaws.add(Times.notKept("day"));
            }
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "parameter", flaws);
        }
        return moment == null || !moment.isBefore(now.truncatedTo(ChronoUnit.MINUTES)) ? null : moment;
    }

    @PostMapping("/console/partners/{id}/{act:pause|resume}")
    String partner(
            @PathVariable String id,
            @PathVariable String act,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "") String seen,
            @RequestParam(required = false) @Nullable Instant since,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(request, locale, next, "/console", () -> {
            Grants.of(who).demand(Right.PAUSE, id);
            if (act.equals("pause")) {
                lines.pause(id, who.getName(), Why.said(reason));
            } else {
                lines.resume(id, seen, since, who.getName(), Why.said(reason));
            }
        });
    }

    /** A carrier's feed from its beginning, from the page that says that it cannot be read. */
    @PostMapping("/console/partners/{id}/rewind")
    String rewind(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(request, locale, next, FailuresPage.AT, () -> {
            Grants.of(who).demand(Right.ADMINISTER, id);
            carriers.rewind(id, who.getName(), Why.said(reason));
            next.addFlashAttribute("done", "rewound");
        });
    }

    @PostMapping("/console/stretches")
    String stretch(
            @RequestParam(defaultValue = "") String stretch,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable Instant since,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(request, locale, next, "/console", () -> {
            Grants.of(who).demandForAll(Right.PAUSE);
            Parameters.oneOf("act", act, List.of("pause", "resume"));
            if (act.equals("resume")) {
                stretches.resume(stretch, since, who.getName(), Why.said(reason));
            } else {
                stretches.pause(stretch, who.getName(), Why.said(reason));
            }
        });
    }
}
