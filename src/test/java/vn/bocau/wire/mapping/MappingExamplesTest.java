package vn.bocau.wire.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import vn.bocau.code.Refused;
import vn.bocau.wire.Json;

/**
 * Every mapping against its examples, in every folder of {@code mappings/}. For {@code <name>.jslt} or
 * {@code <name>.xsl} they stand in {@code examples/<name>/}: {@code <case>.in.json} or {@code .xml} beside
 * {@code <case>.expected.json} or {@code .xml}. The variables are those of {@code examples/variables.json}, or of
 * {@code <case>.variables.json}. What comes in must also pass {@code <name>.schema.json}, when there is one. Files
 * called {@code <name>.lib.jslt} are parts of others and have no examples of their own.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MappingExamplesTest {

    private static final Path ROOT = Path.of("mappings");
    private static final MappingFiles FILES = new MappingFiles(ROOT, (name, why) -> {});
    private static final Schemas SCHEMAS = new Schemas(FILES);
    private static final Jslts JSLTS = new Jslts(FILES, new CodeTables(FILES));
    private static final Xslts XSLTS = new Xslts(FILES);

    @TestFactory
    Stream<DynamicNode> every_mapping_does_what_its_examples_show() {
        return mappings().stream()
                .map(mapping -> dynamicContainer(
                        ROOT.relativize(mapping).toString(),
                        cases(mapping)
                                .map(example ->
                                        dynamicTest(example.getFileName().toString(), () -> holds(mapping, example)))));
    }

    @TestFactory
    Stream<DynamicTest> every_mapping_has_examples() {
        return mappings().stream()
                .map(mapping -> dynamicTest(
                        ROOT.relativize(mapping).toString(),
                        () -> assertThat(cases(mapping)).isNotEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> every_example_has_a_mapping_and_both_its_halves() {
        return list(ROOT).stream()
                .map(folder -> folder.resolve("examples"))
                .filter(Files::isDirectory)
                .flatMap(examples -> list(examples).stream())
                .filter(Files::isDirectory)
                .map(examples -> dynamicTest(ROOT.relativize(examples).toString(), () -> stands(examples)));
    }

    private static void stands(Path examples) {
        assertThat(mappings()).anyMatch(mapping -> examplesOf(mapping).equals(examples));
        for (Path file : list(examples)) {
            String name = file.getFileName().toString();
            assertThat(name).matches("[a-z0-9-]+\\.(in|expected|variables)\\.(json|xml)");
            String example = name.substring(0, name.indexOf('.'));
            for (String half : List.of("in", "expected")) {
                assertThat(list(examples))
                        .as(example + " has its half: " + half)
                        .anyMatch(f -> f.getFileName().toString().startsWith(example + "." + half + "."));
            }
        }
    }

    private static void holds(Path mapping, Path input) throws Exception {
        String name = ROOT.relativize(mapping).toString();
        String example = input.getFileName().toString().replaceFirst("\\.in\\.(json|xml)$", "");
        Path expectedXml = input.resolveSibling(example + ".expected.xml");
        Map<String, JsonNode> variables = variables(input, example);
        String given = Files.readString(input);
        if (Files.exists(expectedXml)) {
            assertThat(canonical(XSLTS.fromJson(name, Json.parse(given), variables)))
                    .isEqualTo(canonical(Files.readString(expectedXml)));
            return;
        }
        JsonNode expected = Json.parse(Files.readString(input.resolveSibling(example + ".expected.json")));
        JsonNode actual = name.endsWith(".xsl")
                ? Json.parse(XSLTS.fromXml(name, given, variables))
                : JSLTS.apply(name, Json.parse(given), variables);
        // Read back as text: the order of fields says nothing, and a number is what is written.
        assertThat(Json.parse(actual.toString())).isEqualTo(expected);
        String schema = name.replaceFirst("\\.jslt$", ".schema.json");
        if (name.endsWith(".in.jslt") && FILES.find(schema).isPresent()) {
            assertThat(SCHEMAS.flaws(schema, Json.parse(given)))
                    .extracting(Refused.Flaw::field)
                    .isEmpty();
        }
    }

    private static Map<String, JsonNode> variables(Path input, String example) throws IOException {
        Path own = input.resolveSibling(example + ".variables.json");
        Path common = input.resolveSibling("../variables.json");
        Map<String, JsonNode> variables = new HashMap<>();
        for (String name : List.of("partner", "kind", "key", "session")) {
            variables.put(name, Json.parse("null"));
        }
        Path file = Files.exists(own) ? own : common;
        if (Files.exists(file)) {
            Json.parse(Files.readString(file)).properties().forEach(e -> variables.put(e.getKey(), e.getValue()));
        }
        return variables;
    }

    private static List<Path> mappings() {
        return list(ROOT).stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> list(folder).stream())
                .filter(f -> f.toString().matches(".*\\.(jslt|xsl)"))
                .filter(f -> !f.toString().endsWith(".lib.jslt"))
                .toList();
    }

    private static Path examplesOf(Path mapping) {
        String name = mapping.getFileName().toString().replaceFirst("\\.(jslt|xsl)$", "");
        return mapping.resolveSibling("examples").resolve(name);
    }

    private static Stream<Path> cases(Path mapping) {
        return Files.isDirectory(examplesOf(mapping))
                ? list(examplesOf(mapping)).stream()
                        .filter(f -> f.getFileName().toString().matches(".*\\.in\\.(json|xml)"))
                : Stream.empty();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the white space between elements, so that examples may be indented for people. */
    private static String canonical(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        strip(document.getDocumentElement());
        var written = new java.io.StringWriter();
        var out = javax.xml.transform.TransformerFactory.newDefaultInstance().newTransformer();
        out.setOutputProperty("indent", "yes");
        out.setOutputProperty("omit-xml-declaration", "yes");
        out.transform(
                new javax.xml.transform.dom.DOMSource(document), new javax.xml.transform.stream.StreamResult(written));
        return written.toString();
    }

    private static void strip(Node node) {
        for (Node child = node.getFirstChild(); child != null; ) {
            Node next = child.getNextSibling();
            if (child.getNodeType() == Node.TEXT_NODE && child.getTextContent().isBlank()) {
                node.removeChild(child);
            } else {
                strip(child);
            }
            child = next;
        }
    }
}
