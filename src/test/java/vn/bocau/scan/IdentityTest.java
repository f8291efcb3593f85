package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Requests;
import vn.bocau.journal.Inbound;
import vn.bocau.journey.Http;

/** A receiver is known at the door by a salted hash of the card's number, which only the phone there is told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdentityTest extends PostOffice {

    private static final String HERS = "a".repeat(64);
    private static final AtomicLong SEQ = new AtomicLong();

    private static Map<String, String> worker;

    @BeforeAll
    static void open() {
        worker = office.signIn("buu-ta", "identity-1");
    }

    @ParameterizedTest
    @CsvSource({
        "SELF, a, RECORDED",
        "SELF, b, CONFLICT",
        "SELF, , RECORDED",
        "SPOUSE, b, RECORDED",
    })
    void the_receiver_shows_her_own_card_and_who_takes_it_for_her_another(
            String relation, String card, String outcome) {
        String item = sent(asks());

        JsonNode answer = delivered(item, relation, card);

        assertThat(answer.path("outcome").asText()).isEqualTo(outcome);
        assertThat(answer.path("code").asText()).isEqualTo(outcome.equals("CONFLICT") ? "not-identified" : "");
    }

    @Test
    void the_phone_is_told_and_nobody_else() {
        String code = asks();
        String item = sent(code);

        assertThat(stop(item).at("/party/identity/hash").asText()).isEqualTo(HERS);
        assertThat(stop(item).at("/party/identity/salt").asText()).isEqualTo(salt(code));
        assertThat(hub.db()
                        .sql(
                                "select count(*) from message where direction = 'OUT' and (body like :hash or answer like :hash)")
                        .param("hash", "%" + HERS + "%")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void the_same_person_at_another_door_is_known_by_the_same_card_and_another_person_is_not() {
        String code = asks();
        String item = sent(code);

        moved(code, "Lê Thị Mẫu");
        assertThat(stop(item).at("/party/address/street").asText()).isEqualTo("cửa khác");
        assertThat(stop(item).at("/party/identity/hash").asText()).isEqualTo(HERS);

        moved(code, "Lê Văn Em");
        assertThat(stop(item).path("party").has("identity")).isFalse();
    }

    private static String asks() {
        return asks(IdentityTest::salt);
    }

    private static String asks(UnaryOperator<String> saltOf) {
        return office.asks("Lê Thị Mẫu", "4 đường Mẫu", asked -> {
            String code = asked.at("/dossier/codes/0/code").asText();
            asked.withObject("/dossier").put("procedure", "1.001193");
            for (String party : List.of("/pickup/sender", "/result/receiver")) {
                asked.withObject(party)
                        .putObject("identity")
                        .put("salt", saltOf.apply(code))
                        .put("hash", HERS);
            }
        });
    }

    /** Another for each dossier, as the contract has it; the same for all of one. */
    private static String salt(String code) {
        return UUID.nameUUIDFromBytes(code.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }

    @Test
    void a_salt_is_one_dossiers_alone() {
        String taken = salt(asks());
        List<Long> before = traces();

        assertThatThrownBy(() -> asks(code -> taken)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("salt-of-another-dossier");
            assertThat(refused.ground()).isEqualTo(Refused.Ground.CONFLICT);
            assertThat(refused.flaws()).extracting(Refused.Flaw::field).containsExactly("/pickup/sender/identity/salt");
        });
        assertThat(traces()).as("half a dossier").isEqualTo(before);
    }

    @Test
    void of_two_dossiers_under_one_salt_at_the_same_moment_one_is_taken() {
        String salt = salt(UUID.randomUUID().toString());
        List<CompletableFuture<Boolean>> both = Stream.of(1, 2)
                .map(n -> CompletableFuture.supplyAsync(() -> {
                    try {
                        asks(code -> salt);
                        return true;
                    } catch (Refused refused) {
                        return false;
                    }
                }))
                .toList();

        assertThat(both.stream().map(CompletableFuture::join)).containsExactlyInAnyOrder(true, false);
    }

    private static List<Long> traces() {
        return Stream.of("dossier", "leg", "message", "identity_salt")
                .map(table -> hub.db()
                        .sql("select count(*) from " + table)
                        .query(Long.class)
                        .single())
                .toList();
    }

    private static String sent(String code) {
        String item = office.dispatches(List.of(code)).get(0);
        assertThat(told("RESULT_COLLECTED", item, Office.JSON.createObjectNode())
                        .path("outcome")
                        .asText())
                .isEqualTo("RECORDED");
        return item;
    }

    private static void moved(String code, String name) {
        ObjectNode asked = Office.JSON.createObjectNode().put("dossier", code).put("leg", "RESULT");
        ObjectNode party = asked.putObject("party").put("name", name).put("phone", "0900000001");
        party.putObject("address").put("commune", "19333").put("street", "cửa khác");
        hub.bean(Requests.class)
                .changeAddress(new Inbound("dvcqg", UUID.randomUUID().toString(), "portal.change-address", asked));
    }

    private static JsonNode stop(String item) {
        for (JsonNode stop :
                Http.get(hub.at("/api/scan/v1/worklist"), worker).ok().path("stops")) {
            if (stop.path("item").asText().equals(item)) {
                return stop;
            }
        }
        throw new AssertionError("not on the worklist: " + item);
    }

    private static JsonNode delivered(String item, String relation, String card) {
        ObjectNode details = Office.JSON.createObjectNode();
        details.put("identity", "MATCHED").put("relation", relation).put("signature", "0".repeat(64));
        if (card != null) {
            details.put("identityHash", card.repeat(64));
        }
        return told("DELIVERED", item, details);
    }

    private static JsonNode told(String code, String item, ObjectNode details) {
        ObjectNode handling = Office.JSON.createObjectNode();
        handling.put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", SEQ.incrementAndGet())
                .put("code", code)
                .put("item", item)
                .put("occurredAt", Instant.now().toString())
                .set("details", details);
        ObjectNode batch = Office.JSON.createObjectNode();
        batch.put("device", "identity-1").put("sentAt", Instant.now().toString());
        batch.putArray("handlings").add(handling);
        return Http.post(hub.at("/api/scan/v1/handlings"), worker, batch)
                .ok()
                .path("handlings")
                .path(0);
    }
}
