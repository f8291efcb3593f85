package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.bocau.code.Text;

/**
 * JSLT, each file compiled once. Keys whose value is null are left out; empty lists and objects stay. Besides JSLT's own
 * functions a mapping has {@code local-time(iso, pattern)}, {@code iso-time(text, pattern)},
 * {@code iso-of-epoch(number)}, {@code without-marks(text)} and {@code row(table, {column: value})}.
 */
final class Jslts {

    private final MappingFiles files;
    private final List<Function> functions;
    private final Map<String, Expression> compiled = new ConcurrentHashMap<>();

    Jslts(MappingFiles files, CodeTables tables) {
        this.files = files;
        this.functions = List.of(
                function("local-time", 2, a -> text(LocalTime.write(a[0].asText(), a[1].asText()))),
                function("iso-time", 2, a -> text(LocalTime.read(a[0].asText(), a[1].asText()))),
                function("iso-of-epoch", 1, a -> text(LocalTime.ofEpoch(a[0].asLong()))),
                function("without-marks", 1, a -> text(withoutMarks(a[0].asText()))),
                function("row", 2, a -> tables.row(a[0].asText(), a[1])));
    }

    JsonNode apply(String name, JsonNode input, Map<String, JsonNode> variables) {
        Expression expression = compiled(name);
        try {
            return expression.apply(variables, input);
        } catch (JsltException e) {
            // Without the cause: its message may quote a value.
            throw new FailedMapping(name, "fails " + place(e));
        }
    }

    Expression compiled(String name) {
        return compiled.computeIfAbsent(name, this::compile);
    }

    private Expression compile(String name) {
        try {
            return new Parser(new StringReader(files.read(name)))
                    .withSource(name)
                    .withFunctions(functions)
                    .withObjectFilter(". != null")
                    .withResourceResolver(module -> new StringReader(files.read(module)))
                    .compile();
        } catch (JsltException e) {
            throw new WrongMapping(
                    name,
                    new Text("không phải JSLT hợp lệ", "it is not valid JSLT"),
                    Math.max(e.getLine(), 0),
                    String.valueOf(e.getMessage()));
        }
    }

    /** JSLT knows the place of its own operators, and for functions only who threw. */
    private static String place(JsltException e) {
        if (e.getLine() > 0) {
            return "at line " + e.getLine() + ", column " + e.getColumn();
        }
        StackTraceElement thrower = e.getStackTrace()[0];
        return "in " + (e instanceof WrongArgument ? e.getMessage() : thrower.getMethodName());
    }

    /** As Vietnamese is written where there are Latin letters only. */
    private static String withoutMarks(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
        return apart.replaceAll("\\p{M}", "").replace('đ', 'd').replace('Đ', 'D');
    }

    private static TextNode text(String text) {
        return TextNode.valueOf(text);
    }

    /** Names the function of ours that could not read its argument, and not the argument. */
    private static final class WrongArgument extends JsltException {

        WrongArgument(String function) {
            super(function);
        }
    }

    private interface Body {
        JsonNode of(JsonNode[] arguments);
    }

    /** A function that answers null to null, and fails without quoting its argument. */
    private static Function function(String name, int arguments, Body body) {
        return new Function() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public int getMinArguments() {
                return arguments;
            }

            @Override
            public int getMaxArguments() {
                return arguments;
            }

            @Override
            public JsonNode call(JsonNode input, JsonNode[] given) {
                if (given[0].isNull()) {
                    return NullNode.getInstance();
                }
                try {
                    return body.of(given);
                } catch (DateTimeException e) {
                    throw new WrongArgument(name);
                } catch (IllegalArgumentException e) {
                    throw new WrongArgument(name + ": the pattern or name it is given is none");
                }
            }
        };
    }
}
