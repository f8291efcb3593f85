package vn.bocau.wire.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.StringReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.Json;

/**
 * Holds mappings to the examples beside them. For {@code <name>.jslt} or {@code <name>.xsl} they stand in
 * {@code examples/<name>/}: {@code <case>.in.json} or {@code .xml} beside {@code <case>.expected.json} or {@code .xml}. The
 * variables are those of {@code examples/variables.json}, or of {@code <case>.variables.json}. What comes in must also pass
 * {@code <name>.schema.json}, when there is one; of a schema without a mapping, the fields it finds wrong are expected.
 */
final class Examples {

    private static final Pattern FILE =
            Pattern.compile("(?<folder>[^/]+)/examples/(?<mapping>[^/]+)/(?<name>[^/]+)\\.(in|expected)\\.(json|xml)");

    private static final int LONGEST = 80;

    private static final String NOTHING = "-";

    private final MappingFiles files;
    private final MappingSet set;

    Examples(MappingFiles files, MappingSet set) {
        this.files = files;
        this.set = set;
    }

    /** The examples that these files are halves of, such as {@code dvcqg/examples/progress.out/delivered}. */
    static Collection<String> in(Collection<String> names) {
        var cases = new TreeSet<String>();
        names.stream()
                .map(FILE::matcher)
                .filter(Matcher::matches)
                .forEach(m -> cases.add(m.group("folder") + "/examples/" + m.group("mapping") + "/" + m.group("name")));
        return cases;
    }

    /** @throws WrongMapping when the mapping does something else, or a half of the example is missing */
    void check(String example) {
        String[] parts = example.split("/");
        String mapping = parts[0] + "/" + parts[2];
        String expected = half(example, "expected");
        String given = half(example, "in");
        try {
            difference(mapping, example, files.read(given), expected).ifPresent(difference -> {
                throw new WrongMapping(
                        expected,
                        new Text("ánh xạ không cho kết quả này", "the mapping does not do this"),
                        0,
                        difference);
            });
        } catch (Refused unreadable) {
            throw new WrongMapping(
                    given, new Text("không đọc được ví dụ", "the example cannot be read"), 0, unreadable.code());
        } catch (WrongMapping wrong) {
            throw wrong;
        } catch (RuntimeException fails) {
            throw new WrongMapping(
                    given, new Text("ánh xạ lỗi", "the mapping fails"), 0, String.valueOf(fails.getMessage()));
        }
    }

    private String half(String example, String half) {
        return Stream.of(".json", ".xml")
                .map(ending -> example + "." + half + ending)
                .filter(name -> files.find(name).isPresent())
                .findFirst()
                .orElseThrow(() -> new WrongMapping(
                        example + "." + half, new Text("ví dụ thiếu nửa này", "the example lacks this half"), 0, ""));
    }

    private Optional<Text> difference(String mapping, String example, String given, String expected) {
        Map<String, JsonNode> variables = variables(example);
        if (files.find(mapping + ".jslt").isPresent()) {
            JsonNode in = Json.parse(given);
            return barred(mapping, in).or(() -> differs(expected, set.json(in, mapping + ".jslt", variables)));
        }
        if (files.find(mapping + ".xsl").isPresent()) {
            return (isXml(given) ? Optional.<Text>empty() : barred(mapping, Json.parse(given)))
                    .or(() -> expected.endsWith(".xml")
                            ? differs(expected, xml(mapping, given, variables))
                            : differs(expected, set.json(given, mapping + ".xsl", variables)));
        }
        var found = JsonNodeFactory.instance.arrayNode();
        wrong(mapping + ".schema.json", Json.parse(given)).forEach(found::add);
        return differs(expected, found);
    }

    /** What comes in must pass the schema beside its mapping, when there is one. */
    private Optional<Text> barred(String mapping, JsonNode in) {
        String schema = mapping + ".schema.json";
        List<String> wrong = mapping.endsWith(".in") && files.find(schema).isPresent() ? wrong(schema, in) : List.of();
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(new Text(
                        "đầu vào của nó trái lược đồ: " + wrong, "its input is not allowed by the schema: " + wrong));
    }

    private static boolean isXml(String given) {
        return given.stripLeading().startsWith("<");
    }

    private String xml(String mapping, String given, Map<String, JsonNode> variables) {
        return isXml(given)
                ? set.xml(given, mapping + ".xsl", variables)
                : set.xml(Json.parse(given), mapping + ".xsl", variables);
    }

    private List<String> wrong(String schema, JsonNode json) {
        return set.flaws(json, schema).stream()
                .map(Refused.Flaw::field)
                .distinct()
                .sorted()
                .toList();
    }

    private Map<String, JsonNode> variables(String example) {
        Map<String, JsonNode> variables = new HashMap<>();
        for (String name : List.of("partner", "kind", "key", "session")) {
            variables.put(name, JsonNodeFactory.instance.nullNode());
        }
        files.find(example + ".variables.json")
                .or(() -> files.find(example.split("/")[0] + "/examples/variables.json"))
                .map(Json::parse)
                .ifPresent(said -> said.properties().forEach(e -> variables.put(e.getKey(), e.getValue())));
        return variables;
    }

    /** Read back as text: the order of fields says nothing, and a number is what is written. */
    private Optional<Text> differs(String expected, JsonNode actual) {
        return differs("", Json.parse(files.read(expected)), Json.parse(actual.toString()));
    }

    private static Optional<Text> differs(String at, JsonNode expected, JsonNode actual) {
        if (expected.equals(actual)) {
            return Optional.empty();
        }
        if (expected.isObject() && actual.isObject()) {
            var names = new TreeSet<String>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            return names.stream()
                    .map(name -> differs(at + "/" + name, expected.path(name), actual.path(name)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                Optional<Text> first = differs(at + "/" + i, expected.path(i), actual.path(i));
                if (first.isPresent()) {
                    return first;
                }
            }
        }
        String where = at.isEmpty() ? "/: " : at + ": ";
        return Optional.of(new Text(
                where + "cần " + shown(expected) + ", nhưng cho " + shown(actual),
                where + "expected " + shown(expected) + ", but it gives " + shown(actual)));
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? NOTHING : cut(value.toString());
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private Optional<Text> differs(String expected, String actual) {
        Iterator<String> wanted = texts(files.read(expected)).iterator();
        Iterator<String> given = texts(actual).iterator();
        while (wanted.hasNext() || given.hasNext()) {
            String here = wanted.hasNext() ? wanted.next() : NOTHING;
            String there = given.hasNext() ? given.next() : NOTHING;
            if (!here.equals(there)) {
                return Optional.of(new Text(
                        "cần " + cut(here) + ", nhưng cho " + cut(there),
                        "expected " + cut(here) + ", but it gives " + cut(there)));
            }
        }
        return Optional.empty();
    }

    /** What XML says, in order; without the white space between elements, so that examples may be indented for people. */
    private static List<String> texts(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
            return texts("", document.getDocumentElement()).toList();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("it is not XML", e);
        }
    }

    private static Stream<String> texts(String at, Node node) {
        if (node.getNodeType() != Node.ELEMENT_NODE) {
            String text = node.getTextContent();
            return text.isBlank() ? Stream.empty() : Stream.of(at + " = " + text);
        }
        String path = at + "/" + node.getLocalName();
        Stream<String> here = Stream.of(path + " {" + node.getNamespaceURI() + "}");
        Stream<String> attributes = children(node.getAttributes().getLength(), node.getAttributes()::item)
                .filter(a -> !"http://www.w3.org/2000/xmlns/".equals(a.getNamespaceURI()))
                .map(a -> path + "/@" + a.getNodeName() + " = " + a.getNodeValue())
                .sorted();
        Stream<String> inside = children(node.getChildNodes().getLength(), node.getChildNodes()::item)
                .flatMap(child -> texts(path, child));
        return Stream.of(here, attributes, inside).flatMap(all -> all);
    }

    private static Stream<Node> children(int count, java.util.function.IntFunction<Node> item) {
        return java.util.stream.IntStream.range(0, count).mapToObj(item);
    }
}
