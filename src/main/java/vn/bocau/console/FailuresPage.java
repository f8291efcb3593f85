package vn.bocau.console;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Failures;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** What is broken, whose it is, what to do next and what helped last time; below, the messages themselves, without their words. */
@Controller
@ConsolePages.OnConsole
@RequestMapping(FailuresPage.AT)
class FailuresPage {

    static final String AT = "/console/failures";

    private static final int SIZE = 50;
    private static final String BROKER = "BROKER";
    private static final Set<String> WAITS = Set.of("PARKED", "PENDING", "QUEUED");

    /** What a person did to the last one like it. */
    record Mended(String what, String by, String at, String reason) {

        static @Nullable Mended of(Failures.@Nullable Mended mended) {
            return mended == null
                    ? null
                    : new Mended(mended.what(), mended.by(), ConsolePages.clock(mended.at()), mended.reason());
        }
    }

    /**
     * One cause, for the reader.
     *
     * @param line state of the line that waits, FEED or DROP of what cannot be read, BROKER of ours; null of parked messages
     * @param partner empty of what is ours
     * @param kind null of a line
     * @param reason why the line waits; empty of parked messages, of which each has its own
     * @param newest when it was tried last; of a feed when it was last read on, null when it never was
     * @param passed the outage of the line before this one
     * @param filter what shows its messages, of those that were looked for, and mends them
     */
    record Cause(
            String code,
            boolean known,
            String whose,
            String cause,
            String next,
            @Nullable String line,
            String partner,
            String name,
            @Nullable String kind,
            String reason,
            long count,
            long dossiers,
            String since,
            @Nullable String newest,
            @Nullable Mended mended,
            Failures.@Nullable Passed passed,
            String filter) {

        public boolean unheard() {
            return "FEED".equals(line) || "DROP".equals(line);
        }

        public boolean ours() {
            return BROKER.equals(line);
        }
    }

    /**
     * A message, for the reader.
     *
     * @param mayRetry whether it is parked, and this reader may choose it to be retried
     * @param mayDiscard whether it waits, and this reader may choose it to be given up
     */
    record Row(
            String id,
            String partner,
            String direction,
            String kind,
            @Nullable String group,
            @Nullable String dossier,
            String state,
            String code,
            String reason,
            int attempts,
            String parked,
            boolean mayRetry,
            boolean mayDiscard) {}

    /**
     * What a door did not take, for the reader.
     *
     * @param filter what shows this one alone
     */
    record AtDoor(
            String code,
            boolean known,
            String whose,
            String cause,
            String next,
            String partner,
            String name,
            String kind,
            long count,
            long lastHour,
            String since,
            String newest,
            String filter) {}

    private final FailuresApi api;
    private final FailureRoutes routes;
    private final FailureTable table;
    private final SavedFilters saved;
    private final Pauses pauses;
    private final Directories directories;

    FailuresPage(
            FailuresApi api,
            FailureRoutes routes,
            FailureTable table,
            SavedFilters saved,
            Pauses pauses,
            Directories directories) {
        this.api = api;
        this.routes = routes;
        this.table = table;
        this.saved = saved;
        this.pauses = pauses;
        this.directories = directories;
    }

    @GetMapping
    String show(
            Model page,
            @ModelAttribute("filter") FailureFilter filter,
            @RequestParam(required = false) @Nullable Long before,
            Authentication who,
            Locale locale,
            HttpServletResponse response) {
        // What was pressed here and not done, as the console's other pages say it.
        page.addAttribute("undone", page.getAttribute("wrong") instanceof List<?> undone ? undone : List.of());
        page.addAttribute("wrong", Map.of());
        page.addAttribute("causes", List.of());
        page.addAttribute("refused", List.of());
        page.addAttribute("rows", List.of());
        try {
            found(page, filter, before, who, locale);
        } catch (Refused refused) {
            tell(page, refused, locale, response);
        }
        return frame(page, filter, who);
    }

    private void found(Model page, FailureFilter filter, @Nullable Long before, Authentication who, Locale locale) {
        FailuresApi.Standing standing = api.standing(filter, who);
        page.addAttribute(
                "causes",
                Stream.of(
                                standing.ours().stream().map(own -> cause(own, filter, locale)),
                                standing.held().stream().map(held -> cause(held, filter, locale)),
                                standing.unheard().stream().map(unread -> cause(unread, filter, locale)),
                                standing.groups().stream().map(group -> cause(group, filter, locale)))
                        .flatMap(causes -> causes)
                        .toList());
        page.addAttribute(
                "refused",
                standing.refused().stream()
                        .map(each -> atDoor(each, filter, locale))
                        .toList());
        page.addAttribute(
                "mayPause",
                standing.held().stream()
                        .map(held -> held.line().partner())
                        .filter(partner -> Grants.of(who).may(Right.PAUSE, partner))
                        .collect(Collectors.toSet()));
        page.addAttribute(
                "mayRewind",
                standing.unheard().stream()
                        .map(unread -> unread.source().partner())
                        .filter(partner -> Grants.of(who).may(Right.ADMINISTER, partner))
                        .collect(Collectors.toSet()));
        page.addAttribute("mayRetry", may(standing, who, Right.RETRY));
        page.addAttribute("mayDiscard", may(standing, who, Right.DISCARD));
        page.addAttribute("cut", standing.groups().size() == Failures.MOST_GROUPS);
        FailuresApi.Page messages = api.messages(filter, before, SIZE, who);
        page.addAttribute(
                "rows",
                messages.messages().stream()
                        .map(each -> row(each, locale, Grants.of(who)))
                        .toList());
        page.addAttribute(
                "older",
                messages.next() == null
                        ? null
                        : AT + filter.query() + (filter.isEmpty() ? "?" : "&") + "before=" + messages.next());
        page.addAttribute("at", ConsolePages.clock(standing.at()));
    }

    private static void tell(Model page, Refused refused, Locale locale, HttpServletResponse response) {
        response.setStatus(refused.ground() == Refused.Ground.MALFORMED ? 400 : 422);
        Map<String, String> wrong = new LinkedHashMap<>();
        refused.flaws().forEach(flaw -> wrong.put(flaw.field(), flaw.wrong().in(locale)));
        page.addAttribute("wrong", wrong);
    }

    private String frame(Model page, FailureFilter filter, Authentication who) {
        Grants grants = Grants.of(who);
        page.addAttribute("filter", filter);
        page.addAttribute("saved", saved.of(who.getName()));
        page.addAttribute("paused", pauses.seen(who));
        page.addAttribute("states", FailureFilter.STATES);
        page.addAttribute(
                "routes",
                routes.all().stream()
                        .filter(route -> route.partner() == null || grants.may(Right.SEE, route.partner()))
                        .map(FailureRoutes.Stretch::id)
                        .toList());
        page.addAttribute(
                "partners",
                directories.current().partners().stream()
                        .map(Partner::id)
                        .filter(id -> grants.may(Right.SEE, id))
                        .sorted()
                        .toList());
        return "console/failures";
    }

    /** All that is wanted, as a table; with a field that does not serve the page says so. */
    @GetMapping("/table.csv")
    @Nullable
    String table(
            Model page,
            @ModelAttribute("filter") FailureFilter filter,
            Authentication who,
            Locale locale,
            HttpServletResponse response) {
        Failures.Wanted wanted;
        try {
            wanted = api.wanted(filter, who);
        } catch (Refused refused) {
            return show(page, filter, null, who, locale, response);
        }
        table.write(wanted, locale, response);
        return null;
    }

    /** What the doors did not take, as a table. */
    @GetMapping("/refused.csv")
    @Nullable
    String refused(
            Model page,
            @ModelAttribute("filter") FailureFilter filter,
            Authentication who,
            Locale locale,
            HttpServletResponse response) {
        try {
            api.refused(filter, who, locale, response);
            return null;
        } catch (Refused wrong) {
            return show(page, filter, null, who, locale, response);
        }
    }

    @PostMapping("/filters")
    String save(
            Model page,
            @ModelAttribute("filter") FailureFilter filter,
            @RequestParam(defaultValue = "") String name,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next) {
        try {
            api.wanted(filter, who);
            saved.save(who.getName(), name, filter);
        } catch (Refused refused) {
            show(page, filter, null, who, locale, response);
            tell(page, refused, locale, response);
            page.addAttribute("name", name);
            return "console/failures";
        }
        next.addFlashAttribute("done", "saved");
        return "redirect:" + AT + filter.query();
    }

    @PostMapping("/filters/delete")
    String delete(@RequestParam(defaultValue = "") String name, Authentication who, RedirectAttributes next) {
        saved.delete(who.getName(), name);
        next.addFlashAttribute("done", "deleted");
        return "redirect:" + AT;
    }

    private Cause cause(FailuresApi.Group found, FailureFilter filter, Locale locale) {
        Failures.Group group = found.group();
        return cause(
                found.explanation(),
                null,
                group.partner(),
                group.kind(),
                null,
                group.count(),
                group.dossiers(),
                group.since(),
                group.newest(),
                group.mended(),
                null,
                filter,
                locale);
    }

    private Cause cause(FailuresApi.Held found, FailureFilter filter, Locale locale) {
        Failures.Held line = found.line();
        return cause(
                found.explanation(),
                line.state(),
                line.partner(),
                null,
                line.reason(),
                line.count(),
                line.dossiers(),
                line.since(),
                line.turned(),
                line.mended(),
                line.passed(),
                filter,
                locale);
    }

    private Cause cause(FailuresApi.Ours found, FailureFilter filter, Locale locale) {
        Failures.Own own = found.fault();
        return cause(
                found.explanation(),
                BROKER,
                "",
                null,
                own.reason(),
                own.count(),
                own.dossiers(),
                own.since(),
                null,
                null,
                null,
                filter,
                locale);
    }

    private Cause cause(FailuresApi.Unread found, FailureFilter filter, Locale locale) {
        Failures.Unheard source = found.source();
        return cause(
                found.explanation(),
                source.way(),
                source.partner(),
                null,
                source.reason(),
                0,
                0,
                source.since(),
                source.readAt(),
                source.mended(),
                source.passed(),
                filter,
                locale);
    }

    private Cause cause(
            Explanation explained,
            @Nullable String line,
            String partner,
            @Nullable String kind,
            @Nullable Text reason,
            long count,
            long dossiers,
            Instant since,
            @Nullable Instant newest,
            Failures.@Nullable Mended mended,
            Failures.@Nullable Passed passed,
            FailureFilter filter,
            Locale locale) {
        return new Cause(
                explained.code(),
                explained.known(),
                explained.whose().words().in(locale),
                explained.cause().in(locale),
                explained.next().in(locale),
                line,
                partner,
                name(partner),
                kind,
                reason == null ? "" : reason.in(locale),
                count,
                dossiers,
                ConsolePages.clock(since),
                newest == null ? null : ConsolePages.clock(newest),
                Mended.of(mended),
                passed,
                new FailureFilter(partner, filter.route(), kind, explained.code(), null, filter.from(), filter.until())
                        .query());
    }

    private AtDoor atDoor(FailuresApi.AtDoor found, FailureFilter filter, Locale locale) {
        Refusals.Refusal refusal = found.refusal();
        Explanation explained = found.explanation();
        return new AtDoor(
                explained.code(),
                explained.known(),
                explained.whose().words().in(locale),
                explained.cause().in(locale),
                explained.next().in(locale),
                refusal.partner(),
                name(refusal.partner()),
                refusal.kind(),
                refusal.count(),
                refusal.lastHour(),
                ConsolePages.clock(refusal.since()),
                ConsolePages.clock(refusal.newest()),
                new FailureFilter(
                                refusal.partner(),
                                null,
                                refusal.kind(),
                                explained.code(),
                                null,
                                filter.from(),
                                filter.until())
                        .query());
    }

    private static Row row(FailuresApi.Explained each, Locale locale, Grants grants) {
        Failures.Failed failed = each.message();
        return new Row(
                failed.id().toString(),
                failed.partner(),
                failed.direction(),
                failed.kind(),
                failed.group(),
                failed.subject(),
                failed.state(),
                failed.code(),
                failed.reason() == null ? "" : failed.reason().in(locale),
                failed.attempts(),
                ConsolePages.clock(failed.parkedAt()),
                failed.state().equals("PARKED") && grants.may(Right.RETRY, failed.partner()),
                WAITS.contains(failed.state()) && grants.may(Right.DISCARD, failed.partner()));
    }

    private static Set<String> may(FailuresApi.Standing standing, Authentication who, Right right) {
        return standing.groups().stream()
                .map(found -> found.group().partner())
                .filter(partner -> Grants.of(who).may(right, partner))
                .collect(Collectors.toSet());
    }

    private String name(String partner) {
        return directories.current().partner(partner).map(Partner::name).orElse(partner);
    }
}
