package vn.bocau.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.wire.http.Documented;

/** What the portals' door really answers keeps to the document it publishes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublishedAnswersTest {

    private static final String SECRET = "sandbox-portal-secret";

    private static World world;

    @BeforeAll
    static void begin() {
        world = new World();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @Test
    void a_request_a_look_an_address_change_and_a_cancellation() {
        ObjectNode wish = Filed.both("19333");
        String code = "P-" + System.nanoTime();
        wish.withObject("/dossier").putArray("codes").addObject().put("code", code);
        keeps("Accepted", world.ask("portal-dvcqg", SECRET, "/requests", wish).ok());
        keeps("Dossier", world.facts(code));

        ObjectNode move = Http.JSON.createObjectNode().put("dossier", code).put("leg", "RESULT");
        move.set("party", Filed.party("19249"));
        keeps(
                "Accepted",
                world.ask("portal-dvcqg", SECRET, "/dossiers/address-change", move)
                        .ok());
        Worker worker = world.worker("buu-ta");
        String item = world.facts(code).path("legs").path(0).path("item").asText();
        worker.scans("PICKUP_FAILED", item, Map.of("reason", "ABSENT"));
        keeps("Dossier", world.facts(code));
        JsonNode cancel = Http.JSON.createObjectNode().put("dossier", code).put("leg", "ALL");
        keeps(
                "Accepted",
                world.ask("portal-dvcqg", SECRET, "/dossiers/cancellation", cancel)
                        .ok());
        keeps("Dossier", world.facts(code));
    }

    @Test
    void the_phones_document_names_every_address() throws Exception {
        String document =
                Http.get(world.at("/api/scan/v1/openapi.yaml"), Map.of()).text();
        assertThat(Documented.said(new YAMLMapper().readTree(document)))
                .isEqualTo(Documented.served(world.hub(), "/api/scan/v1"));
    }

    private static void keeps(String schema, JsonNode answer) {
        ObjectNode document = (ObjectNode)
                Http.get(world.at("/api/portal/v1/openapi.json"), Map.of()).ok();
        ObjectNode wanted = Http.JSON.createObjectNode();
        wanted.put("$ref", "#/components/schemas/" + schema);
        wanted.set("components", document.path("components"));
        assertThat(SchemaRegistry.withDialect(Dialects.getDraft202012())
                        .getSchema(wanted.toString(), InputFormat.JSON)
                        .validate(answer.toString(), InputFormat.JSON))
                .as(answer.toPrettyString())
                .isEmpty();
    }
}
