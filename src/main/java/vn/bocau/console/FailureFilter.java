package vn.bocau.console;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Failures;
import vn.bocau.wire.Json;

/**
 * What is looked for among the failures, as it was written: a page shows it again, a name keeps it.
 *
 * @param route id of a route that the messages went by
 * @param from when they were parked, with its zone or in Vietnam's time
 * @param until a day means to its end
 */
record FailureFilter(
        @Nullable String partner,
        @Nullable String route,
        @Nullable String kind,
        @Nullable String code,
        @Nullable String state,
        @Nullable String from,
        @Nullable String until) {

    static final List<String> STATES = List.of("PARKED", "PENDING", "QUEUED", "CONFIRMED", "RECEIVED", "DISCARDED");

    private static final int LONGEST = 200;

    /** Fields of a form that were left empty ask for nothing. */
    FailureFilter {
        partner = ConsolePages.said(partner);
        route = ConsolePages.said(route);
        kind = ConsolePages.said(kind);
        code = ConsolePages.said(code);
        state = ConsolePages.said(state);
        from = ConsolePages.said(from);
        until = ConsolePages.said(until);
    }

    public boolean isEmpty() {
        return fields().isEmpty();
    }

    /** Those that ask for something, by their names. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        put(fields, "partner", partner);
        put(fields, "route", route);
        put(fields, "kind", kind);
        put(fields, "code", code);
        put(fields, "state", state);
        put(fields, "from", from);
        put(fields, "until", until);
        return fields;
    }

    private static void put(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** As the query of an address, with its question mark; empty when nothing is asked for. */
    public String query() {
        var query = UriComponentsBuilder.newInstance();
        fields().forEach((name, value) -> query.queryParam(name, "{" + name + "}"));
        return isEmpty() ? "" : query.encode().buildAndExpand(fields()).toUriString();
    }

    /**
     * @param only whose messages may be seen; empty for all
     * @throws Refused MALFORMED {@code parameter} with a flaw for each field that does not serve
     */
    Failures.Wanted wanted(Optional<Set<String>> only, FailureRoutes routes) {
        var flaws = new java.util.ArrayList<Flaw>();
        fields().forEach((name, value) -> {
            if (!Json.printable(value) || value.length() > LONGEST) {
                flaws.add(new Flaw(
                        name,
                        new Text(
                                "Có ký tự không dùng được, hoặc dài quá " + LONGEST + " ký tự.",
                                "It holds characters that do not serve, or is longer than " + LONGEST + ".")));
            }
        });
        if (state != null && !STATES.contains(state)) {
            flaws.add(
                    new Flaw("state", new Text("Phải là một trong " + STATES + ".", "Must be one of " + STATES + ".")));
        }
        Optional<FailureRoutes.Stretch> stretch = Optional.ofNullable(route).flatMap(routes::named);
        if (route != null && stretch.isEmpty()) {
            flaws.add(new Flaw("route", FailureRoutes.UNKNOWN));
        }
        Instant first = Times.read("from", from, false, flaws);
        Instant last = Times.read("until", until, true, flaws);
        if (first != null && last != null && !first.isBefore(last)) {
            flaws.add(new Flaw("until", new Text("Phải sau thời điểm bắt đầu.", "Must be after the begin.")));
        }
        if (!flaws.isEmpty()) {
            throw new Refused(Refused.Ground.MALFORMED, "parameter", flaws);
        }
        return new Failures.Wanted(
                only.orElse(null),
                partner,
                stretch.map(FailureRoutes.Stretch::partner).orElse(null),
                stretch.map(FailureRoutes.Stretch::direction).orElse(null),
                kind,
                stretch.map(FailureRoutes.Stretch::kind).orElse(null),
                code,
                state,
                first,
                last);
    }
}
