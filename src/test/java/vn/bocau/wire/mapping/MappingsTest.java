package vn.bocau.wire.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;
import vn.bocau.directory.LoadReport;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;
import vn.bocau.wire.Json;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MappingsTest {

    private static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object", "required": ["name", "phone"], "additionalProperties": false,
             "properties": {
               "name": {"type": "string", "minLength": 2, "maxLength": 10},
               "phone": {"$ref": "#/$defs/phone"},
               "kind": {"enum": ["A", "B"]},
               "count": {"type": "integer", "minimum": 1, "maximum": 9},
               "day": {"type": "string", "format": "date"},
               "time": {"type": ["string", "null"], "format": "date-time"},
               "papers": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true},
               "leg": {"anyOf": [{"required": ["pickup"]}, {"required": ["result"]}],
                       "right": {"vi": "có pickup hoặc result", "en": "a pickup or a result"}},
               "x/y": {"const": 1}},
             "$defs": {"phone": {"type": "string", "pattern": "^0[0-9]{9}$",
                                 "right": {"vi": "số điện thoại 10 chữ số", "en": "a phone number of ten digits"}}}}
            """;

    private static final Partner PORTAL = new Partner(
            "portal",
            Partner.Kind.PORTAL,
            "Cổng",
            null,
            Partner.Delivery.NONE,
            null,
            null,
            null,
            "000.00.12.H50",
            1,
            Map.of("madonvi", "000.00.00.H50"));

    @TempDir
    private Path folder;

    private Mappings mappings;

    @BeforeEach
    void files() throws IOException {
        write("x/s.schema.json", SCHEMA);
        mappings = new Mappings(FewPartners.of(folder, PORTAL).directories());
    }

    @Test
    void what_keeps_to_the_schema_passes_unchanged() {
        Inbound in = in("""
                {"name": "Mẫu", "phone": "0900000001", "leg": {"pickup": {}}, "day": "2026-04-21", "time": null}""");

        assertThat(mappings.check(in, "x/s.schema.json")).isSameAs(in);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"phone": "0900000001"}                                  | /name     | This field is required.
            {"name": "Lê", "phone": "SECRET"}                        | /phone    | Expected a phone number of ten digits.
            {"name": "Lê", "phone": 900000001}                       | /phone    | Expected a phone number of ten digits.
            {"name": "Lê", "phone": "0900000001", "kind": "SECRET"}  | /kind     | Expected one of ["A", "B"].
            {"name": "Lê", "phone": "0900000001", "count": "SECRET"} | /count    | Expected a whole number.
            {"name": "Lê", "phone": "0900000001", "count": 0}        | /count    | Expected 1 or more.
            {"name": "Lê", "phone": "0900000001", "count": 10}       | /count    | Expected 9 or less.
            {"name": "Lê", "phone": "0900000001", "day": "SECRET"}   | /day      | Expected a day as YYYY-MM-DD.
            {"name": "Lê", "phone": "0900000001", "day": "2026-02-30"} | /day    | Expected a day as YYYY-MM-DD.
            {"name": "Lê", "phone": "0900000001", "time": "SECRET"}  | /time     | Expected an ISO 8601 date and time with its offset.
            {"name": "Lê", "phone": "0900000001", "time": 7}         | /time     | Expected a string or null.
            {"name": "L", "phone": "0900000001"}                     | /name     | Expected at least 2 characters.
            {"name": "SECRET-SECRET", "phone": "0900000001"}         | /name     | Expected at most 10 characters.
            {"name": "Lê", "phone": "0900000001", "papers": []}      | /papers   | Expected at least 1 entries.
            {"name": "Lê", "phone": "0900000001", "papers": [1,2,3]} | /papers   | Expected at most 2 entries.
            {"name": "Lê", "phone": "0900000001", "papers": [1,1]}   | /papers   | Expected entries that differ.
            {"name": "Lê", "phone": "0900000001", "leg": {}}         | /leg      | Expected a pickup or a result.
            {"name": "Lê", "phone": "0900000001", "x/y": "SECRET"}   | /x~1y     | Expected 1.
            {"name": "Lê", "phone": "0900000001", "fax": "SECRET"}   | /fax      | There is no such field here; remove it.
            ["SECRET"]                                               | ''        | Expected an object.
            """)
    void a_flaw_names_the_field_and_what_would_be_right_but_never_what_was_sent(String json, String field, String en) {
        Refused refused = refused(json);

        assertThat(refused.ground()).isEqualTo(Refused.Ground.MALFORMED);
        assertThat(refused.code()).isEqualTo("schema");
        assertThat(refused.flaws()).singleElement().satisfies(flaw -> {
            assertThat(flaw.field()).isEqualTo(field);
            assertThat(flaw.wrong().en()).isEqualTo(en);
            assertThat(flaw.wrong().vi()).isNotBlank().isNotEqualTo(en);
        });
        assertThat(refused.getMessage()).doesNotContain("SECRET");
    }

    @Test
    void all_flaws_are_told_at_once() {
        assertThat(refused("{\"kind\": \"C\", \"count\": 0, \"fax\": 1}").flaws())
                .extracting(Refused.Flaw::field)
                .containsExactlyInAnyOrder("/name", "/phone", "/kind", "/count", "/fax");
    }

    @Test
    void a_mapping_sees_the_partner_and_the_message_it_works_on() throws IOException {
        write("x/m.in.jslt", """
                {"who": $partner.id, "agency": $partner.agency, "unit": $partner.madonvi, "kind": $kind, "key": $key,
                 "name": .name, "none": .nothing, "list": []}""");

        assertThat(mappings.translate(in("{\"name\": \"Mẫu\"}"), "x/m.in.jslt").payload())
                .isEqualTo(Json.parse("""
                        {"who": "portal", "agency": "000.00.12.H50", "unit": "000.00.00.H50", "kind": "portal.request",
                         "key": "k-1", "name": "Mẫu", "list": []}"""));
    }

    @Test
    void times_are_local_time_of_Viet_Nam() throws IOException {
        write("x/t.jslt", """
                {"out": local-time("2026-04-21T03:00:00Z", "yyyyMMddHHmmss"),
                 "day": local-time("2026-04-21", "dd/MM/yyyy HH:mm"),
                 "in": iso-time("20260421100000", "yyyyMMddHHmmss"),
                 "inDay": iso-time("21/04/2026", "dd/MM/yyyy"),
                 "seconds": iso-of-epoch(1776740400), "millis": iso-of-epoch(1776740400000),
                 "none": local-time(.nothing, "yyyy")}""");

        assertThat(mappings.current().json(Json.parse("{}"), "x/t.jslt", Map.of()))
                .isEqualTo(Json.parse("""
                        {"out": "20260421100000", "day": "21/04/2026 00:00", "in": "2026-04-21T10:00:00+07:00",
                         "inDay": "2026-04-21T00:00:00+07:00", "seconds": "2026-04-21T10:00:00+07:00",
                         "millis": "2026-04-21T10:00:00+07:00"}"""));
    }

    @Test
    void a_code_no_table_names_is_not_guessed() throws IOException {
        write("x/codes.csv", "provider,version,code,ours,vi\nvnpost,1,4,DELIVERED,\"Phát, xong\"\n");
        write("x/c.jslt", """
                [for (.) fallback(row("x/codes.csv", {"provider": "vnpost", "version": "1", "code": .}).ours, "UNKNOWN")]""");

        assertThat(mappings.current().json(Json.parse("[4, \"4\", 5]"), "x/c.jslt", Map.of()))
                .isEqualTo(Json.parse("[\"DELIVERED\", \"DELIVERED\", \"UNKNOWN\"]"));
        assertThat(mappings.current().row("x/codes.csv", Map.of("code", "4")).orElseThrow())
                .containsEntry("vi", "Phát, xong");
        assertThat(mappings.current().row("x/none.csv", Map.of("code", "4"))).isEmpty();
    }

    @Test
    void XML_becomes_JSON_and_JSON_becomes_XML() throws IOException {
        write("x/in.xsl", sheet("text", """
                <xsl:param name="partner"/>
                <xsl:template match="/"><xsl:value-of select="xml-to-json(json-to-xml(serialize(map{
                  'name': string(*/name), 'unit': $partner?madonvi}, map{'method': 'json'})))"/></xsl:template>"""));
        write("x/out.xsl", sheet("xml", """
                <xsl:template match="/fn:map"><notice><xsl:value-of select="fn:string[@key='name']"/></notice></xsl:template>"""));

        assertThat(mappings.translate(xml("<a><name>Mẫu &amp; con</name></a>"), "x/in.xsl")
                        .payload())
                .isEqualTo(Json.parse("{\"name\": \"Mẫu & con\", \"unit\": \"000.00.00.H50\"}"));
        assertThat(mappings.current().xml(Json.parse("{\"name\": \"Mẫu & con\"}"), "x/out.xsl", Map.of()))
                .endsWith("<notice>Mẫu &amp; con</notice>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a><name>&e;</name></a>",
                "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;&l;\">]><a><name>&m;</name></a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:1/a.dtd\"><a/>",
                "<a><name>SECRET</a>",
                "SECRET",
                ""
            })
    void XML_with_a_document_type_and_broken_XML_is_refused(String xml) throws IOException {
        write("x/in.xsl", sheet("text", "<xsl:template match='/'>{}</xsl:template>"));

        assertThatThrownBy(() -> mappings.translate(xml(xml), "x/in.xsl"))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("not-xml"))
                .hasMessageNotContaining("SECRET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<xsl:value-of select=\"unparsed-text('file:///etc/hostname')\"/>",
                "<xsl:copy-of select=\"doc('file:///etc/hosts')\"/>",
                "<xsl:value-of select=\"Q{java:java.lang.System}getProperty('user.home')\"/>",
                "<xsl:result-document href=\"file:///tmp/bocau-out.xml\">x</xsl:result-document>"
            })
    void a_stylesheet_reaches_nothing_but_its_input(String instruction) throws IOException {
        write("x/evil.xsl", sheet("text", "<xsl:template match='/'>" + instruction + "</xsl:template>"));

        assertThatThrownBy(() -> mappings.translate(xml("<a/>"), "x/evil.xsl"))
                .isInstanceOf(IllegalStateException.class);
    }

    /** The hub starts, and a reload is answered by it. */
    @ParameterizedTest
    @ValueSource(strings = {"ddd/MM/yyyy", "dd 'of", "d{M}"})
    void a_pattern_that_is_none_is_told_with_its_file_and_keeps_nobody_from_reading(String pattern) throws IOException {
        write("x/step.out.jslt", "{\"day\": local-time(.day, \"" + pattern + "\")}");
        write("x/examples/step.out/one.in.json", "{\"day\": \"2026-04-15\"}");
        write("x/examples/step.out/one.expected.json", "{\"day\": \"15/04/2026\"}");
        List<LoadReport.Refusal> refused = new ArrayList<>();

        new MappingReader(folder.toString()).read(refused::add);

        assertThat(refused).singleElement().satisfies(one -> {
            assertThat(one.file()).isEqualTo("mappings/x/examples/step.out/one.in.json");
            assertThat(one.reason().en())
                    .contains("mappings/x/step.out.jslt fails in local-time: the pattern or name it is given is none");
        });
    }

    @Test
    void a_mapping_that_fails_says_where_and_not_on_what() throws IOException {
        write("x/bad.jslt", "{\n  \"day\": iso-time(.day, \"yyyyMMdd\")}");
        write("x/bad2.jslt", "{\n  \"day\": number(.day)}");
        write(
                "x/bad.xsl",
                sheet(
                        "text",
                        "<xsl:template match='/'><xsl:value-of select='xs:date(.)' "
                                + "xmlns:xs='http://www.w3.org/2001/XMLSchema'/></xsl:template>"));

        assertThatThrownBy(() -> mappings.current().json(Json.parse("{\"day\": \"SECRET\"}"), "x/bad.jslt", Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("x/bad.jslt fails in iso-time")
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
        assertThatThrownBy(() -> mappings.current().json(Json.parse("{\"day\": \"SECRET\"}"), "x/bad2.jslt", Map.of()))
                .hasMessageContaining("x/bad2.jslt fails in number")
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
        assertThatThrownBy(() -> mappings.translate(xml("<a>SECRET</a>"), "x/bad.xsl"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("x/bad.xsl")
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../pom.xml", "x/../../etc/passwd", "/etc/passwd", "file:/etc/passwd", ""})
    void a_name_cannot_lead_out_of_the_folder(String name) {
        assertThatThrownBy(() -> mappings.current().file(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"a\": 1, \"a\": 2}", "{} {}", "{\"a\": SECRET}", "<html>"})
    void JSON_is_read_strictly_and_errors_quote_nothing(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("not-json"))
                .hasMessageNotContaining("SECRET");
    }

    private Refused refused(String json) {
        return catchThrowableOfType(Refused.class, () -> mappings.check(in(json), "x/s.schema.json"));
    }

    private static Inbound in(String json) {
        return new Inbound("portal", "k-1", "portal.request", Json.parse(json));
    }

    private static Inbound xml(String xml) {
        JsonNode text = TextNode.valueOf(xml);
        return new Inbound("portal", "k-1", "portal.request", text);
    }

    private static String sheet(String method, String templates) {
        return """
                <xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                    xmlns:fn="http://www.w3.org/2005/xpath-functions" exclude-result-prefixes="fn">
                  <xsl:output method="%s"/>%s</xsl:stylesheet>""".formatted(method, templates);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
