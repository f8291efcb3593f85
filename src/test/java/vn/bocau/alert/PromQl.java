package vn.bocau.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an expression of PromQL as far as mistakes of the pen go: brackets, functions, and which metrics and labels it names. */
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|\"(?:[^\"\\\\]|\\\\.)*\"|[a-zA-Z_:][a-zA-Z0-9_:]*|\\d+(?:\\.\\d+)?(?:ms|[smhdwy])?|[=!]~|[=!<>]=|[-+*/%^<>=,(){}\\[\\]]");
    private static final Set<String> FUNCTIONS = Set.of(
            "rate",
            "increase",
            "histogram_quantile",
            "absent",
            "hour",
            "day_of_week",
            "vector",
            "sum",
            "max",
            "min",
            "count",
            "avg",
            "label_values");
    private static final Set<String> LISTS = Set.of("by", "without", "on", "ignoring");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "group_left", "group_right", "offset");

    /** A metric with every label that is named about it. */
    record Named(String metric, Set<String> labels) {}

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private final List<Named> named = new ArrayList<>();
    private final Set<String> kept = new TreeSet<>();

    PromQl(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            assertThat(matcher.find(at) && matcher.start() == at)
                    .as("%s: at %d", text, at)
                    .isTrue();
            at = matcher.end();
            if (!matcher.group().isBlank()) {
                tokens.add(matcher.group());
            }
        }
        read();
    }

    /** Every metric; the labels that results are kept apart by are expected of each. */
    List<Named> named() {
        return named.stream()
                .map(each -> new Named(
                        each.metric(),
                        Stream.concat(each.labels().stream(), kept.stream())
                                .collect(java.util.stream.Collectors.toSet())))
                .toList();
    }

    private void read() {
        Deque<String> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (Set.of("(", "{", "[").contains(token)) {
                open.push(token);
            } else if (Set.of(")", "}", "]").contains(token)) {
                assertThat(open).as(text).isNotEmpty();
                assertThat(open.pop() + token).as(text).isIn("()", "{}", "[]");
            } else if (LISTS.contains(token)) {
                assertThat(next).as(text).isEqualTo("(");
                for (i += 2; !tokens.get(i).equals(")"); i++) {
                    if (!tokens.get(i).equals(",")) {
                        assertThat(tokens.get(i)).as(text).matches("[a-z_]+");
                        kept.add(tokens.get(i));
                    }
                }
            } else if (token.matches("[a-zA-Z_:].*") && !WORDS.contains(token)) {
                boolean function = next.equals("(") || LISTS.contains(next);
                if (function) {
                    assertThat(FUNCTIONS).as(text).contains(token);
                } else {
                    i = selector(i);
                }
            }
        }
        assertThat(open).as(text).isEmpty();
    }

    /** A metric and, in braces, what its labels have to be. */
    private int selector(int at) {
        Set<String> labels = new HashSet<>();
        int i = at;
        if (i + 1 < tokens.size() && tokens.get(i + 1).equals("{")) {
            for (i += 2; !tokens.get(i).equals("}"); i += 4) {
                assertThat(tokens.get(i)).as(text).matches("[a-z_]+");
                assertThat(tokens.get(i + 1)).as(text).isIn("=", "!=", "=~", "!~");
                assertThat(tokens.get(i + 2)).as(text).startsWith("\"");
                labels.add(tokens.get(i));
                if (tokens.get(i + 3).equals("}")) {
                    i += 3;
                    break;
                }
                assertThat(tokens.get(i + 3)).as(text).isEqualTo(",");
            }
        }
        named.add(new Named(tokens.get(at), labels));
        return i;
    }
}
