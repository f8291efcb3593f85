package vn.bocau.wire.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.journal.Edit;
import vn.bocau.wire.Json;

/** What is changed is what was named, whatever else is changed with it; and no answer tells what is hidden. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FieldsTest {

    private static final String KIND = "test.words";
    private static final String SCHEMA = """
            {"type": "object", "properties": {
               "status": {"type": "integer"},
               "channel": {"enum": ["AGENCY", "PORTAL"]},
               "phone": {"type": "string"},
               "code": {"type": "string", "x-clear": true},
               "list": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}}}
            """;
    private static final String BODY = """
            {"status": 1, "channel": "PORTAL", "phone": "0912345678", "code": "HS-1",
             "list": [{"name": "one"}, {"name": "two"}, {"name": "three"}, {"name": "four"}],
             "hidden": "first", "secret": "second", "amount": 12345678901234567890.10}
            """;

    @TempDir
    private Path folder;

    private Fields fields;
    private Masks masks;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("test"));
        Files.writeString(folder.resolve("test/test.words.in.schema.json"), SCHEMA);
        Directories directories = FewPartners.of(folder).directories();
        masks = new Masks(directories, Set.of("COLLECTED", "opencps")::contains);
        fields = new Fields(masks, new Mappings(directories));
    }

    @Test
    void each_change_is_of_the_message_as_it_was_listed_whatever_the_others_do() {
        Fields.Changed changed = changed(
                BODY,
                remove("/list/0"),
                set("/list/1/name", "TWO"),
                remove("/list/2"),
                set("/list/-", JsonNodeFactory.instance.objectNode().put("name", "five")),
                set("/list/4", JsonNodeFactory.instance.objectNode().put("name", "six")),
                remove("/•••1"),
                set("/•••2", "SECOND"));

        assertThat(changed.body().path("list").findValuesAsText("name")).containsExactly("TWO", "four", "five", "six");
        assertThat(changed.body().has("hidden")).isFalse();
        assertThat(changed.body().path("secret").asText()).isEqualTo("SECOND");
        assertThat(changed.body().properties())
                .extracting(java.util.Map.Entry::getKey)
                .noneMatch(n -> n.contains("•"));
        assertThat(changed.body().path("amount").toString())
                .as("what nobody named is as it was")
                .isEqualTo("12345678901234567890.10");
        assertThat(said(changed))
                .containsExactly(
                        "/list/0/name ••• null",
                        "/list/1/name ••• •••",
                        "/list/2/name ••• null",
                        "/•••1 ••• null",
                        "/•••2 ••• •••",
                        "/list/4/name null •••",
                        "/list/5/name null •••");
    }

    @Test
    void so_it_is_of_xml() {
        String xml = "<confirmReceipt><a id='1'>x</a><b>y</b><c>z</c><d>w</d></confirmReceipt>";
        List<String> paths = fields.of(TextNode.valueOf(xml), KIND, false).stream()
                .map(Fields.Field::path)
                .toList();
        assertThat(paths).hasSize(5);

        Fields.Changed changed = fields.changed(
                TextNode.valueOf(xml),
                KIND,
                false,
                List.of(remove(paths.get(2)), set(paths.get(3), "Z"), set(paths.get(0), "2"), set(paths.get(1), "X")));

        assertThat(changed.body().textValue())
                .isEqualTo("<confirmReceipt><a id=\"2\">X</a><c>Z</c><d>w</d></confirmReceipt>");
        assertThat(changed.difference()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "/phone, /phone, 1",
        "/list/0, /list/0/name, 1",
        "/list/0/name, /list/0, 0",
        "'', /phone, 1",
        "/status, /•••9, 1",
        "/status, /•••new, 1",
        "/status, /unheard-of, 1",
        "/status, /hidden, 1",
        "/status, /list/7, 1",
        "/status, /phone/more, 1",
    })
    void a_field_changed_twice_or_one_that_nobody_knows_is_refused_by_its_place(String one, String other, int wrong) {
        Refused refused = catchThrowableOfType(
                Refused.class, () -> changed(BODY, set(one, JsonNodeFactory.instance.objectNode()), set(other, "x")));

        assertThat(refused.code()).isEqualTo("edit");
        assertThat(refused.flaws()).extracting(Refused.Flaw::field).containsExactly("/changes/" + wrong);
        assertThat(refused.getMessage()).doesNotContain("unheard-of");
    }

    /** A telephone number could be tried out otherwise, and whether a field with a hidden name is there. */
    @Test
    void nothing_tells_whether_a_hidden_value_was_guessed() {
        assertThat(said(changed(BODY, set("/phone", "0912345678")))).containsExactly("/phone ••• •••");
        assertThat(said(changed(BODY, set("/phone", "0999999999")))).containsExactly("/phone ••• •••");
        assertThat(said(changed(BODY, set("/list/0", Json.parse("{\"name\": \"one\"}")), set("/status", 1))))
                .containsExactly("/list/0/name ••• •••");
        assertThat(catchThrowableOfType(Refused.class, () -> changed(BODY, set("/status", 1)))
                        .flaws())
                .extracting(Refused.Flaw::field)
                .containsExactly("/changes");
        for (String name : List.of("/hidden", "/not-there")) {
            for (Fields.Change change : List.of(set(name, "x"), remove(name))) {
                assertThat(catchThrowableOfType(Refused.class, () -> changed(BODY, change))
                                .getMessage())
                        .isEqualTo(Refused.class
                                .cast(catchThrowableOfType(Refused.class, () -> changed(BODY, remove("/elsewhere"))))
                                .getMessage());
            }
        }
    }

    @Test
    void a_field_that_a_schema_names_can_be_added() {
        Fields.Changed changed = changed("{\"status\": 1}", set("/channel", "AGENCY"), set("/phone", "0912345678"));

        assertThat(changed.body().toString())
                .isEqualTo("{\"status\":1,\"channel\":\"AGENCY\",\"phone\":\"0912345678\"}");
        assertThat(said(changed)).containsExactly("/channel null AGENCY", "/phone null •••");
    }

    @Test
    void what_tells_whose_message_it_is_is_marked_by_its_name() {
        assertThat(changed(BODY, set("/phone", "x"), set("/status", 2)).difference())
                .extracting(difference -> difference.path() + " " + difference.identifies())
                .containsExactly("/status false", "/phone true");
        assertThat(changed(BODY, set("/•••1", "x")).difference().get(0).identifies())
                .isTrue();
        assertThat(fields.changed(TextNode.valueOf("gibberish"), KIND, false, List.of(set("", "{}")))
                        .difference())
                .singleElement()
                .satisfies(whole -> assertThat(whole.identifies()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0001b", "a\u202Eb", "a\uD800b"})
    void what_nobody_can_keep_or_show_is_refused(String value) {
        for (Fields.Change change : List.of(
                set("/phone", value),
                set("/list/0", JsonNodeFactory.instance.objectNode().put("name", value)),
                set("/" + value, "x"))) {
            assertThat(catchThrowableOfType(Refused.class, () -> changed(BODY, change))
                            .flaws())
                    .extracting(Refused.Flaw::field)
                    .containsExactly("/changes/0");
        }
    }

    @Test
    void what_is_nested_too_deep_is_no_xml_and_no_value() {
        String deep = "<a>".repeat(30_000) + "</a>".repeat(30_000);
        assertThat(fields.of(TextNode.valueOf(deep), KIND, false))
                .extracting(Fields.Field::path)
                .containsExactly("");
        assertThat(catchThrowableOfType(
                                Refused.class,
                                () -> changed(BODY, set("/list/0/name", Json.parse("[".repeat(99) + "]".repeat(99)))))
                        .flaws())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "HS-1, true",
        "000.00.12.H50-260401-0001, true",
        "COLLECTED, true",
        "opencps, true",
        "EE123456785VN, true",
        "0912345678, false",
        "0912.345.678, false",
        "0912-345-678, false",
        "001-203-004567, false",
        "001/203_004567, false",
        "Nguyen, false",
        "NguyenVanAn, false",
        "NGUYEN-VAN-AN, false",
        "nguyenvanan, false",
        "NGUYEN_VAN_AN, false",
        "Nguyễn, false",
    })
    void a_number_or_a_name_in_the_field_of_a_code_is_none(String value, boolean clear) {
        JsonNode masked = masks.masked(JsonNodeFactory.instance.objectNode().put("code", value), KIND, false);

        assertThat(masked.path("code").asText()).isEqualTo(clear ? value : Masks.MASK);
    }

    @ParameterizedTest
    @CsvSource({"/link, true", "/dossier/id, true", "/dossier/portalRef, true", "/dossier/status, false"})
    void what_says_whose_it_is_is_marked(String path, boolean whose) {
        assertThat(Edit.Difference.of(path, null, Masks.MASK).identifies()).isEqualTo(whose);
    }

    private Fields.Changed changed(String body, Fields.Change... changes) {
        return fields.changed(Json.parse(body), KIND, false, List.of(changes));
    }

    private static List<String> said(Fields.Changed changed) {
        List<String> said = new ArrayList<>();
        changed.difference().forEach(each -> said.add(each.path() + " " + each.old() + " " + each.now()));
        return said;
    }

    private static Fields.Change set(String path, Object value) {
        return new Fields.Change(path, value instanceof JsonNode json ? json : Json.MAPPER.valueToTree(value));
    }

    private static Fields.Change remove(String path) {
        return new Fields.Change(path, (@Nullable JsonNode) null);
    }
}
