package vn.bocau.console;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.journal.Failures;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** What went wrong, in groups of one cause, each explained; and the messages of a group, without their words. */
@RestController
@RequestMapping("/api/ops/v1/failures")
class FailuresApi {

    /** A message that failed, with what its code means. */
    record Explained(Failures.Failed message, Explanation explanation) {}

    /** Parked messages of one cause. */
    record Group(Explanation explanation, Failures.Group group) {}

    /** A line that waits for its partner. */
    record Held(Explanation explanation, Failures.Held line) {}

    /** What a partner has for us and we cannot read. */
    record Unread(Explanation explanation, Failures.Unheard source) {}

    /** What of ours stands still. */
    record Ours(Explanation explanation, Failures.Own fault) {}

    /** What a door did not take, for one cause; nothing else is kept of it. */
    record AtDoor(Explanation explanation, Refusals.Refusal refusal) {}

    /** @param at when it was so */
    record Standing(
            Instant at,
            List<Ours> ours,
            List<Group> groups,
            List<Held> held,
            List<Unread> unheard,
            List<AtDoor> refused) {}

    /** @param next ask for it as {@code before} to see older ones; null when there are none */
    record Page(List<Explained> messages, @Nullable Long next) {}

    private final Failures failures;
    private final Refusals refusals;
    private final Explanations explanations;
    private final FailureRoutes routes;
    private final FailureTable table;

    FailuresApi(
            Failures failures, Refusals refusals, Explanations explanations, FailureRoutes routes, FailureTable table) {
        this.failures = failures;
        this.refusals = refusals;
        this.explanations = explanations;
        this.routes = routes;
        this.table = table;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Standing standing(@ModelAttribute("filter") FailureFilter filter, Authentication who) {
        Failures.Wanted wanted = wanted(filter, who);
        return new Standing(
                Instant.now(),
                failures.own(wanted).stream()
                        .map(fault -> new Ours(explanations.of(fault.code(), ""), fault))
                        .toList(),
                failures.groups(wanted).stream()
                        .map(group -> new Group(explanations.of(group.code(), group.partner()), group))
                        .toList(),
                failures.held(wanted).stream()
                        .map(line -> new Held(explanations.of(line.code(), line.partner()), line))
                        .toList(),
                failures.unheard(wanted).stream()
                        .map(source -> new Unread(explanations.of(source.code(), source.partner()), source))
                        .toList(),
                refusals.found(wanted).stream()
                        .map(each -> new AtDoor(explanations.of(each.code(), each.partner()), each))
                        .toList());
    }

    @GetMapping(path = "/messages", produces = MediaType.APPLICATION_JSON_VALUE)
    Page messages(
            @ModelAttribute("filter") FailureFilter filter,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "50") int size,
            Authentication who) {
        Parameters.check(size);
        List<Explained> found = failures.messages(wanted(filter, who), before, size).stream()
                .map(message -> new Explained(message, explanations.of(message.code(), message.partner())))
                .toList();
        return new Page(
                found,
                found.size() < size
                        ? null
                        : found.get(found.size() - 1).message().seq());
    }

    /** All of them, as a table. */
    @GetMapping(path = "/messages.csv", produces = "text/csv")
    void table(
            @ModelAttribute("filter") FailureFilter filter,
            Authentication who,
            Locale locale,
            HttpServletResponse response) {
        table.write(wanted(filter, who), locale, response);
    }

    /** What the doors did not take, as a table. */
    @GetMapping(path = "/refused.csv", produces = "text/csv")
    void refused(
            @ModelAttribute("filter") FailureFilter filter,
            Authentication who,
            Locale locale,
            HttpServletResponse response) {
        table.write(refusals.found(wanted(filter, who)), locale, response);
    }

    Failures.Wanted wanted(FailureFilter filter, Authentication who) {
        return filter.wanted(Grants.of(who).only(Right.SEE), routes);
    }
}
