package vn.bocau.wire.http.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.bocau.audit.Audited;
import vn.bocau.wire.http.Problem;

/**
 * Which requests go into the record, and as what. Of an address only what cannot be personal data is kept: a part that
 * could be a telephone or identity number, or words of a person, is a dot.
 */
final class Watched {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._{}-]{1,60}");
    private static final Pattern NUMBER = Pattern.compile(".*[0-9]{8,}.*");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Parameters that hold words of ours; of any other only its name is kept. */
    private static final Set<String> OURS = Set.of(
            "after",
            "agency",
            "at",
            "back",
            "before",
            "code",
            "days",
            "direction",
            "from",
            "kind",
            "office",
            "outcome",
            "overdue",
            "ownerKind",
            "partner",
            "role",
            "route",
            "size",
            "state",
            "stretch",
            "target",
            "until",
            "what");

    private static final List<String> OPEN = List.of("/actuator/", "/api/ops/v1/openapi.", "/console/events");

    /** Whose home page shows messages of others. */
    private static final List<String> OPERATORS = List.of("OPERATOR", "ADMINISTRATOR");

    private Watched() {}

    /** What operators see and do, their home page too; not what machines ask every few seconds, nor what is open to all. */
    static boolean is(HttpServletRequest request) {
        String path = request.getRequestURI();
        return (path.startsWith("/api/ops/")
                        || path.equals("/console")
                        || path.startsWith("/console/")
                        || path.equals("/") && OPERATORS.stream().anyMatch(request::isUserInRole))
                && OPEN.stream().noneMatch(path::startsWith);
    }

    static Audited seen(String by, HttpServletRequest request) {
        return new Audited(
                by,
                what(request),
                Audited.Outcome.DONE,
                Audited.Kind.PAGE,
                shown(request.getRequestURI()),
                null,
                null,
                parameters(request));
    }

    static Audited refused(String by, HttpServletRequest request, int status) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("status", status);
        if (request.getAttribute(Problem.CODE) instanceof String code) {
            detail.put("code", code);
        }
        return new Audited(
                by,
                what(request),
                status >= 500 ? Audited.Outcome.FAILED : Audited.Outcome.REFUSED,
                Audited.Kind.PAGE,
                shown(request.getRequestURI()),
                null,
                null,
                detail.toString());
    }

    /** VIEW, or the last word of what is posted to: RETRY, PAUSE … */
    private static String what(HttpServletRequest request) {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            return "VIEW";
        }
        String path = request.getRequestURI();
        return shown(path.substring(path.lastIndexOf('/') + 1)).toUpperCase(Locale.ROOT);
    }

    private static String shown(String path) {
        return Stream.of(path.split("/", -1))
                .map(part -> part.isEmpty() || isHarmless(part) ? part : "·")
                .collect(Collectors.joining("/"));
    }

    private static boolean isHarmless(String part) {
        return UUID.matcher(part).matches()
                || HARMLESS.matcher(part).matches() && !NUMBER.matcher(part).matches();
    }

    /** Which were given, and those values that are words of ours. */
    private static String parameters(HttpServletRequest request) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        request.getParameterMap().forEach((name, values) -> {
            if (isHarmless(name) && !name.startsWith("_")) {
                detail.put(name, OURS.contains(name) && isHarmless(values[0]) ? values[0] : "·");
            }
        });
        return detail.toString();
    }
}
