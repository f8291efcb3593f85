package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.Domain.holds;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.journey.Http;

/** What happened to items, told to those who follow things by GS1 EPCIS 2.0. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EpcisTest {

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

    /** CBV 2.0, 7.1 and 7.2, of which we use these. */
    private static final Set<String> STEPS = Set.of(
            "arriving",
            "collecting",
            "departing",
            "holding",
            "inspecting",
            "other",
            "packing",
            "receiving",
            "shipping",
            "staging_outbound",
            "transporting",
            "unpacking",
            "void_shipping");

    private static final Set<String> DISPOSITIONS = Set.of(
            "available",
            "damaged",
            "in_progress",
            "in_transit",
            "inactive",
            "mismatch_instance",
            "non_conformant",
            "recalled",
            "reserved",
            "returned",
            "unavailable",
            "unknown");

    private final Domain at = new Domain();

    @Test
    void every_handling_of_an_item_is_an_event_and_a_voided_one_is_declared_wrong() {
        at.accept(at.both());
        String item = at.item("PICKUP");
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("BAGGED", item)), "RECORDED");
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
        assertThat(document.path("type").asText()).isEqualTo("EPCISDocument");
        assertThat(document.path("schemaVersion").asText()).isEqualTo("2.0");
        JsonNode events = document.at("/epcisBody/eventList");
        assertThat(events.findValuesAsText("bizStep"))
                .containsExactly("collecting", "packing", "inspecting", "inspecting");
        assertThat(events.path(0).path("epcList").path(0).asText()).endsWith("/item/" + item);
        assertThat(events.path(0).at("/readPoint/id").asText()).endsWith("/post-office/520100");
        assertThat(events.path(1).path("type").asText()).isEqualTo("AggregationEvent");
        assertThat(events.path(2).has("errorDeclaration")).isFalse();
        assertThat(events.path(3).at("/errorDeclaration/reason").asText()).isEqualTo("incorrect_data");
        assertThat(events.path(3).path("eventID")).isEqualTo(events.path(2).path("eventID"));
        assertThat(answer.whole().body()).doesNotContain("Lê Thị Mẫu", "0900000001", "buu-ta");
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
    void every_code_is_told_or_known_to_be_no_event_and_in_words_of_the_vocabulary() throws IOException {
        Set<String> codes = java.util.Arrays.stream(HandlingCode.values())
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));
        codes.removeAll(NO_EVENTS);
        Set<String> told = new TreeSet<>();
        for (String row :
                Files.readAllLines(Path.of("mappings/epcis/codes.csv")).subList(1, 28)) {
            String[] cells = row.split(",");
            told.add(cells[0]);
            assertThat(STEPS).contains(cells[3]);
            assertThat(DISPOSITIONS).contains(cells[4]);
        }

        assertThat(told).isEqualTo(codes);
    }
}
