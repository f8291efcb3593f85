package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.Domain.holds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.journey.Http;
import vn.bocau.wire.mapping.Mappings;

/** What happened to items, told to those who follow things by GS1 EPCIS 2.0. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EpcisTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, String> OPERATOR = Http.basic("truc-ca", "truc-ca-sandbox");

    /** Money, wishes, addresses, and what voids: nothing of where an item is. */
    private static final Set<String> NO_EVENTS = Set.of(
            "PICKUP_REQUESTED",
            "PICKUP_ACCEPTED",
            "REDELIVERY_REQUESTED",
            "ADDRESS_CHANGED",
            "FEE_COLLECTED",
            "FEE_REMITTED",
            "CASH_DISCREPANCY",
            "VOIDED");

    /** GS1's own, as it is; NOTICE says where it is from. */
    private static final Schema GS1 = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_7,
                    registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()))
            .getSchema(EpcisTest.class.getResourceAsStream("/epcis/EPCIS-JSON-Schema.json"), InputFormat.JSON);

    private final Domain at = new Domain();

    @Test
    void every_handling_of_an_item_is_an_event_and_a_voided_one_is_declared_wrong() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("BAGGED", item).detail("bag", "T-0042")), "RECORDED");
        Domain.Scan wrong = at.scan("DAMAGED", item);
        holds(at.report(wrong), "RECORDED");
        holds(
                at.report(
                        "to-truong",
                        "POSTAL_SUPERVISOR",
                        "520100",
                        at.scan("VOIDED", item).with("voids", wrong.id())),
                "RECORDED");

        Http.Answer answer = Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=" + at.code), OPERATOR);

        JsonNode document = answer.ok();
        assertThat(flaws(document)).isEmpty();
        assertThat(document.path("type").asText()).isEqualTo("EPCISDocument");
        assertThat(document.path("schemaVersion").asText()).isEqualTo("2.0");
        JsonNode events = document.at("/epcisBody/eventList");
        assertThat(events.findValuesAsText("bizStep"))
                .containsExactly("collecting", "packing", "inspecting", "inspecting");
        assertThat(events.path(0).path("epcList").path(0).asText()).endsWith("/item/" + item);
        assertThat(events.path(0).at("/readPoint/id").asText()).endsWith("/post-office/520100");
        assertThat(events.path(1).path("type").asText()).isEqualTo("AggregationEvent");
        assertThat(events.path(1).path("action").asText()).isEqualTo("ADD");
        assertThat(events.path(1).path("parentID").asText()).endsWith("/bag/T-0042");
        assertThat(events.path(2).has("errorDeclaration")).isFalse();
        assertThat(events.path(3).at("/errorDeclaration/reason").asText()).isEqualTo("did_not_occur");
        assertThat(events.path(3).path("recordTime"))
                .isEqualTo(events.path(3).at("/errorDeclaration/declarationTime"))
                .isNotEqualTo(events.path(2).path("recordTime"));
        assertThat(events.path(3).path("eventID")).isEqualTo(events.path(2).path("eventID"));
        assertThat(answer.whole().body()).doesNotContain("Lê Thị Mẫu", "0900000001", "buu-ta");
    }

    @Test
    void an_item_comes_out_of_the_bag_it_was_put_into_also_when_nobody_names_it_and_out_of_no_other() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");
        for (String opened : List.of("", "T-2")) {
            holds(at.report(at.scan("BAGGED", item).detail("bag", "T-1")), "RECORDED");
            Domain.Scan scan = at.scan("BAG_OPENED", item);
            holds(at.report(opened.isEmpty() ? scan : scan.detail("bag", opened)), "RECORDED");
        }

        JsonNode document = Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=" + at.code), OPERATOR)
                .ok();

        assertThat(flaws(document)).isEmpty();
        JsonNode events = document.at("/epcisBody/eventList");
        assertThat(events.findValuesAsText("action")).containsExactly("OBSERVE", "ADD", "DELETE", "ADD", "OBSERVE");
        assertThat(events.path(2).path("parentID").asText()).endsWith("/bag/T-1");
        assertThat(events.path(4).path("parentID").asText()).endsWith("/bag/T-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BAGGED", "BAG_OPENED"})
    void what_has_been_told_of_an_opening_stays_when_it_or_the_bagging_is_voided(String wrong) {
        at.accept(at.both());
        String item = at.item("PICKUP");
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");
        Map<String, Domain.Scan> scans = Map.of(
                "BAGGED", at.scan("BAGGED", item).detail("bag", "T-1"), "BAG_OPENED", at.scan("BAG_OPENED", item));
        holds(at.report(scans.get("BAGGED")), "RECORDED");
        holds(at.report(scans.get("BAG_OPENED")), "RECORDED");
        JsonNode told = events().get(2);
        assertThat(told.path("parentID").asText()).endsWith("/bag/T-1");

        holds(
                at.report(
                        "to-truong",
                        "POSTAL_SUPERVISOR",
                        "520100",
                        at.scan("VOIDED", item).with("voids", scans.get(wrong).id())),
                "RECORDED");

        assertThat(events()).contains(told).hasSize(4);
    }

    private List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=" + at.code), OPERATOR)
                .ok()
                .at("/epcisBody/eventList")
                .forEach(events::add);
        return events;
    }

    @Test
    void what_contradicts_all_else_is_told_as_such() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("HANDED_TO_AGENCY", item)), "RECORDED");
        holds(at.report(at.scan("BAGGED", item).detail("bag", "T-9")), "CONFLICT");

        JsonNode document = Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=" + at.code), OPERATOR)
                .ok();

        assertThat(flaws(document)).isEmpty();
        JsonNode events = document.at("/epcisBody/eventList");
        List<JsonNode> told = new ArrayList<>();
        events.forEach(event -> {
            if (event.has("bocau:contradiction")) {
                told.add(event);
            }
        });
        assertThat(told).hasSize(1);
        assertThat(told.get(0).path("bocau:contradiction").asText()).isEqualTo("AFTER_TERMINAL");
        assertThat(told.get(0).path("disposition").asText()).isEqualTo("unknown");
        assertThat(events.path(0).path("disposition").asText()).isNotEqualTo("unknown");
    }

    @Test
    void a_code_with_odd_letters_is_a_URI_all_the_same() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        String odd = "H{x}/ồ " + at.code.substring(at.code.length() - 12);
        Domain.hub()
                .db()
                .sql("update dossier_code set code = :odd where code = :code")
                .param("odd", odd)
                .param("code", at.code)
                .update();
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");

        JsonNode document = Http.get(
                        Domain.hub()
                                .at("/api/ops/v1/epcis?dossier="
                                        + java.net.URLEncoder.encode(odd, java.nio.charset.StandardCharsets.UTF_8)),
                        OPERATOR)
                .ok();

        assertThat(flaws(document)).isEmpty();
        String uri = document.at("/epcisBody/eventList/0/bizTransactionList/0/bizTransaction")
                .asText();
        assertThat(java.net.URI.create(uri).getPath()).endsWith("/dossier/" + odd);
        assertThat(uri).contains("/dossier/H%7Bx%7D%2F");
    }

    @Test
    void a_dossier_of_which_nothing_has_happened_yet_is_a_document_too() {
        at.accept(at.resultAlone());

        JsonNode document = Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=" + at.code), OPERATOR)
                .ok();

        assertThat(flaws(document)).isEmpty();
        assertThat(document.at("/epcisBody/eventList").isArray()).isTrue();
        assertThat(document.at("/epcisBody/eventList")).isEmpty();
    }

    @Test
    void a_dossier_nobody_knows_and_somebody_who_may_not_are_told_so() {
        assertThat(Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=nope"), OPERATOR)
                        .status())
                .isEqualTo(404);
        assertThat(Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=nope"), Http.basic("can-bo", "can-bo-sandbox"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void what_is_on_a_manifest_is_seen_under_it() {
        at.accept(at.resultAlone());
        String item = at.dispatched().path("item").asText();
        JsonNode made = Domain.bean(Manifests.class)
                .make(Domain.in(
                        "trung-tam-hcc",
                        "desk.manifest",
                        JSON.objectNode().set("items", JSON.arrayNode().add(item))))
                .answer();

        JsonNode document = Http.get(Domain.hub().at("/api/ops/v1/epcis?dossier=" + at.code), OPERATOR)
                .ok();

        assertThat(flaws(document)).isEmpty();
        JsonNode event = document.at("/epcisBody/eventList/1");
        assertThat(event.path("type").asText()).isEqualTo("ObjectEvent");
        assertThat(event.path("action").asText()).isEqualTo("OBSERVE");
        assertThat(event.has("parentID")).as("a document contains nothing").isFalse();
        assertThat(event.at("/bizTransactionList/1/type").asText()).isEqualTo("desadv");
        assertThat(event.at("/bizTransactionList/1/bizTransaction").asText())
                .endsWith("/manifest/" + made.at("/manifests/0").asText());
        assertThat(event.at("/epcList/0").asText()).endsWith("/item/" + item);
        assertThat(event.at("/readPoint/id").asText()).endsWith("/agency/" + Domain.CENTRE);
    }

    @Test
    void a_document_of_every_code_once_as_it_was_and_once_voided_keeps_to_the_schema_of_GS1() {
        for (boolean voided : List.of(false, true)) {
            for (boolean parent : List.of(false, true)) {
                ObjectNode history = history();
                for (HandlingCode code : HandlingCode.values()) {
                    history.withArray("handlings").add(handling(code, voided, parent));
                }

                JsonNode document =
                        Domain.bean(Mappings.class).current().json(history, "epcis/history.out.jslt", Map.of());

                assertThat(flaws(document)).isEmpty();
                assertThat(document.at("/epcisBody/eventList"))
                        .hasSize((HandlingCode.values().length - NO_EVENTS.size()) * (voided ? 2 : 1));
                assertThat(document.findValuesAsText("bocau:carrierCode")).contains("VTP-999");
                assertThat(document.findValuesAsText("action"))
                        .contains(parent ? new String[] {"ADD", "DELETE", "OBSERVE"} : new String[] {"OBSERVE"})
                        .doesNotContain(parent ? "" : "ADD", parent ? "" : "DELETE");
            }
        }
    }

    @Test
    void the_schema_of_GS1_objects_to_what_is_wrong() {
        ObjectNode history = history();
        history.withArray("handlings").add(handling(HandlingCode.COLLECTED, false, false));
        JsonNode right = Domain.bean(Mappings.class).current().json(history, "epcis/history.out.jslt", Map.of());

        for (Map.Entry<String, JsonNode> wrong : Map.<String, JsonNode>of(
                        "bizStep", JSON.textNode("flying"),
                        "disposition", JSON.textNode("urn:epcglobal:cbv:disp:lost"),
                        "eventTimeZoneOffset", JSON.textNode("Z"),
                        "eventTime", JSON.textNode("2026-04-15"),
                        "eventID", JSON.textNode("no uri"),
                        "action", JSON.textNode("MOVE"),
                        "errorDeclaration", JSON.objectNode().put("reason", "did_not_occur"),
                        "code", JSON.textNode("of nobody's name space"))
                .entrySet()) {
            JsonNode document = right.deepCopy();
            ((ObjectNode) document.at("/epcisBody/eventList/0")).set(wrong.getKey(), wrong.getValue());

            assertThat(flaws(document)).as(wrong.getKey()).isNotEmpty();
        }
        assertThat(flaws(right)).isEmpty();
    }

    @Test
    void every_code_is_told_or_known_to_be_no_event() throws IOException {
        Set<String> codes =
                Arrays.stream(HandlingCode.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
        codes.removeAll(NO_EVENTS);
        List<String> rows = Files.readAllLines(Path.of("mappings/epcis/codes.csv"));

        assertThat(rows.stream().skip(1).map(row -> row.split(",")[0])).containsExactlyInAnyOrderElementsOf(codes);
    }

    private static List<String> flaws(JsonNode document) {
        return GS1.validate(document.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static ObjectNode history() {
        ObjectNode history = JSON.objectNode();
        history.put("dossier", "https://ids.example/dossier/000.00.12.H50-260415-0007%2F1")
                .put("words", "https://ids.example/epcis/words#")
                .put("createdAt", "2026-04-20T02:00:00.123Z")
                .putArray("handlings");
        return history;
    }

    private static ObjectNode handling(HandlingCode code, boolean voided, boolean parent) {
        ObjectNode handling = JSON.objectNode();
        handling.put("id", "0199c1a0-0000-7000-8000-000000000002")
                .put("code", code.name())
                .put("item", "https://ids.example/item/RV100000065VN")
                .put("happenedAt", "2026-04-15T02:00:00.000001Z")
                .put("recordedAt", "2026-04-15T02:00:01Z")
                .put("offset", "+07:00");
        if (code == HandlingCode.UNKNOWN) {
            handling.put("carrierCode", "VTP-999");
        } else {
            handling.put("place", "https://ids.example/post-office/520100");
        }
        if (voided) {
            handling.put("voidedAt", "2026-04-15T09:30:00Z");
        }
        if (parent) {
            handling.put(code == HandlingCode.MANIFESTED ? "manifest" : "bag", "https://ids.example/of/7");
        }
        return handling;
    }
}
