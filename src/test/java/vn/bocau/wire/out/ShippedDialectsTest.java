package vn.bocau.wire.out;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.wire.Json;
import vn.bocau.wire.mapping.FewPartners;
import vn.bocau.wire.mapping.MappingSet;

/** The dialects we ship are in order, and their examples are real: in our words, and in the partner's. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShippedDialectsTest {

    private static final Path ROOT = Path.of("mappings");

    /** Those whose codes mean another thing on the way to an agency. */
    private static final List<String> PARCELS = List.of("ems", "viettel-post", "myvnpost");

    private static final MappingSet MAPPINGS = FewPartners.of(ROOT).mappings();

    @Test
    void every_dialect_can_be_read() {
        assertThat(dialects())
                .contains(
                        "dvcqg",
                        "opencps",
                        "webhook",
                        "agency-soap",
                        "agency-rest",
                        "ngsp-carrier",
                        "emc",
                        "emc-form",
                        "lgsp",
                        "ems",
                        "viettel-post",
                        "myvnpost",
                        "notifier")
                .allSatisfy(name ->
                        assertThatCode(() -> DialectFiles.of(MAPPINGS, name)).doesNotThrowAnyException());
    }

    @Test
    void every_example_of_what_leaves_begins_in_our_words() {
        List<Path> examples = dialects().stream()
                .flatMap(name -> list(ROOT.resolve(name).resolve("examples")))
                .filter(folder -> folder.toString().endsWith(".out") && !folder.endsWith("login.out"))
                .flatMap(ShippedDialectsTest::list)
                .filter(file -> file.toString().endsWith(".in.json"))
                .toList();

        assertThat(examples).hasSizeGreaterThan(10).allSatisfy(file -> {
            String schema = file.toString().contains("order")
                    ? "words/order.schema.json"
                    : file.toString().contains("alert.out")
                            ? "words/alert.schema.json"
                            : file.toString().contains("notifier")
                                    ? "words/notice.schema.json"
                                    : "words/event.schema.json";
            assertThatCode(() -> MAPPINGS.check(Json.parse(Files.readString(file)), schema))
                    .doesNotThrowAnyException();
        });
    }

    @Test
    void every_notice_in_xml_keeps_to_the_contract_agencies_implement() throws Exception {
        var schema = SchemaFactory.newDefaultInstance()
                .newSchema(Path.of("src/main/resources/wsdl/agency-notices.xsd").toFile());

        assertThat(list(ROOT.resolve("agency-soap/examples/notice.out"))
                        .filter(f -> f.toString().endsWith(".expected.xml")))
                .isNotEmpty()
                .allSatisfy(file -> assertThatCode(
                                () -> schema.newValidator().validate(new StreamSource(file.toFile())))
                        .doesNotThrowAnyException());
    }

    @Test
    void tables_of_codes_name_handlings_that_exist() throws IOException {
        List<String> codes = column(Path.of("src/main/resources/reference/handling-codes.csv"), 0);

        for (String dialect :
                Stream.concat(PARCELS.stream(), Stream.of("ngsp-carrier")).toList()) {
            for (String meant : List.of("handling", "inbound")) {
                assertThat(codes)
                        .as(dialect)
                        .containsAll(table(dialect).stream()
                                .map(row -> row.get(meant))
                                .filter(code -> !code.isEmpty() && !code.equals("UNKNOWN"))
                                .toList());
            }
        }
        assertThat(codes)
                .containsAll(column(ROOT.resolve("opencps/actions.csv"), 1).stream()
                        .filter(event -> event.matches("[A-Z_]+"))
                        .toList());
    }

    /** By what the example gives: with its code taken from another row, it would not pass. */
    @Test
    void every_code_of_a_carrier_has_an_example() throws IOException {
        Path examples = ROOT.resolve("ngsp-carrier/examples");
        JsonNode usual = json(examples.resolve("variables.json"));
        Set<String> shown = new TreeSet<>();
        examples(examples.resolve("feed.in")).forEach((given, expected) -> {
            Path own = Path.of(given.toString().replace(".in.json", ".variables.json"));
            JsonNode partner = (Files.exists(own) ? json(own) : usual).path("partner");
            shown.add(String.join(
                    " ",
                    partner.path("provider").asText(),
                    partner.path("version").asText(),
                    json(given).path("StatusCode").asText(),
                    expected.path("code").asText(),
                    expected.path("inbound").asText()));
        });

        assertThat(shown).containsAll(rows(ROOT.resolve("ngsp-carrier/codes.csv"), 5));
    }

    /** What it gives of a leg to the citizen and of one to the agency, both ways of reading a row. */
    @Test
    void every_code_of_a_carrier_of_parcels_has_an_example() throws IOException {
        for (String dialect : PARCELS) {
            List<String> shown = new ArrayList<>();
            examples(ROOT.resolve(dialect + "/examples/event.in"))
                    .forEach((given, expected) -> shown.add(String.join(
                            " ",
                            expected.path("rawCode").asText(),
                            expected.path("code").asText(),
                            expected.path("inbound").asText(""))));

            assertThat(shown)
                    .as(dialect)
                    .containsAll(table(dialect).stream()
                            .map(row -> row.get("code")
                                    + (row.getOrDefault("returning", "").equals("true") ? " IS_RETURNING " : " ")
                                    + row.get("handling") + " " + row.get("inbound"))
                            .toList());
        }
    }

    /** An event that is in no row shows the row of all others. */
    @Test
    void every_action_of_opencps_has_an_example() throws IOException {
        List<String> rows = rows(ROOT.resolve("opencps/actions.csv"), 3);
        Map<String, String> place = Map.of("progress", "/event/code", "status", "/dossier/status");
        Set<String> shown = new TreeSet<>();
        place.forEach((kind, pointer) -> examples(ROOT.resolve("opencps/examples/" + kind + ".out"))
                .forEach((given, expected) -> {
                    String event = json(given).at(pointer).asText();
                    boolean listed = rows.stream().anyMatch(row -> row.startsWith(kind + " " + event + " "));
                    shown.add(String.join(
                            " ",
                            kind,
                            listed ? event : "*",
                            expected.path("actionCode").asText()));
                }));

        assertThat(shown).containsExactlyInAnyOrderElementsOf(rows);
    }

    /** Whatever a dossier can be has a word there, but for a level nobody said. */
    @Test
    void every_status_channel_and_level_has_a_word_for_emc() throws IOException {
        assertThat(column(ROOT.resolve("emc/status.csv"), 0))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(column(ROOT.resolve("emc/reception.csv"), 0)).containsExactlyInAnyOrder("ONLINE", "POST", "DIRECT");
        assertThat(column(ROOT.resolve("emc/level.csv"), 0)).containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_code_is_known_for_the_version_it_is_known_for_alone() {
        assertThat(MAPPINGS.row("ngsp-carrier/codes.csv", Map.of("provider", "ngsp", "version", "p1.0")))
                .hasValueSatisfying(row -> assertThat(row).containsEntry("code", "4"));
        assertThat(MAPPINGS.row("ngsp-carrier/codes.csv", Map.of("provider", "ngsp", "version", "p1.0", "code", "3")))
                .isEmpty();
    }

    /** Each row by the names in the first line. */
    private static List<Map<String, String>> table(String dialect) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(dialect + "/codes.csv"));
        List<String> names = List.of(lines.get(0).split(","));
        return lines.stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells ->
                        IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, i -> cells[i])))
                .toList();
    }

    private static List<String> dialects() {
        return list(ROOT)
                .filter(folder -> Files.exists(folder.resolve("dialect.json")))
                .map(folder -> folder.getFileName().toString())
                .collect(Collectors.toList());
    }

    private static List<String> column(Path csv, int column) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(",")[column])
                .toList();
    }

    /** The first columns of each row, side by side. */
    private static List<String> rows(Path csv, int columns) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> String.join(" ", List.of(line.split(",")).subList(0, columns)))
                .toList();
    }

    /** What is given and what is expected of it. */
    private static Map<Path, JsonNode> examples(Path folder) {
        return list(folder)
                .filter(file -> file.toString().endsWith(".in.json"))
                .collect(Collectors.toMap(
                        file -> file, file -> json(Path.of(file.toString().replace(".in.json", ".expected.json")))));
    }

    private static JsonNode json(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
