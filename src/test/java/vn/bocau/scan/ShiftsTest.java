package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import vn.bocau.journey.Http;

/** Shifts, their cash, the rules a phone takes along, and phones that were lost; by the phones' interface. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShiftsTest extends PostOffice {

    private static final AtomicLong PHONES = new AtomicLong();

    private final String device = "phone-" + PHONES.incrementAndGet();
    private final UUID shift = UuidCreator.getTimeOrderedEpoch();
    private Map<String, String> token = Map.of();

    @BeforeEach
    void signedIn() {
        token = office.signIn("buu-ta", device);
    }

    @Test
    void cash_that_tallies_closes_the_shift_and_the_same_again_says_the_same() {
        assertThat(open(1).status()).isEqualTo(200);
        assertThat(open(1).status()).as("the same again").isEqualTo(200);

        Http.Answer closed = close(0, 0);

        assertThat(closed.ok().path("difference").asLong()).isZero();
        assertThat(close(0, 0).ok()).isEqualTo(closed.json());
        assertThat(close(0, 1).json().path("code").asText()).isEqualTo("shift-closed");
        assertThat(discrepancies()).isZero();
    }

    @Test
    void a_shift_is_not_closed_before_everything_made_in_it_has_come() {
        open(1);
        String item = office.item(office.asks("Lê Thị Mẫu", "12 đường Mẫu"), "PICKUP");
        handle(handling(1, "COLLECTED", item));

        Http.Answer tooEarly = close(3, 0);

        assertThat(tooEarly.status()).isEqualTo(422);
        assertThat(tooEarly.json().path("code").asText()).isEqualTo("shift-incomplete");
        assertThat(tooEarly.text()).contains("Còn 2 thao tác");
        handle(handling(2, "FACILITY_IN", item));
        handle(handling(3, "FACILITY_OUT", item));
        assertThat(close(3, 0).ok().path("handlings").asInt()).isEqualTo(3);
    }

    @Test
    void what_was_taken_and_not_handed_on_is_expected_and_a_difference_is_closed_by_two() {
        open(1);
        String item = office.item(office.asks("Lê Thị Mẫu", "12 đường Mẫu"), "PICKUP");
        ObjectNode wrong = with(handling(1, "COLLECTED", item), "feeCollected", 500_000);
        handle(wrong, handling(2, "VOIDED", item).put("voids", wrong.path("id").asText()));
        handle(with(handling(3, "COLLECTED", item), "feeCollected", 150_000));
        handle(with(handling(4, "HANDED_TO_AGENCY", item), "feeRemitted", 100_000));

        JsonNode closed = close(4, 49_000).ok();

        assertThat(closed.path("expected").asLong()).isEqualTo(50_000);
        assertThat(closed.path("difference").asLong()).isEqualTo(-1_000);
        assertThat(discrepancies()).isEqualTo(1);
        assertThatThrownBy(() -> hub.db()
                        .sql("update discrepancy set explained_by = 'to-truong', explained_amount = -1000,"
                                + " settled_by = 'to-truong', settled_amount = -1000 where shift = :id")
                        .param("id", shift)
                        .update())
                .as("one person alone")
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void a_second_shift_on_one_phone_and_somebody_elses_shift_are_refused() {
        open(1);
        assertThat(put(UuidCreator.getTimeOrderedEpoch(), 1, token)
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("shift-open");
        Map<String, String> other = office.signIn("buu-ta-le-thuy", "phone-" + PHONES.incrementAndGet());
        assertThat(put(shift, 1, other).status()).isEqualTo(404);
        assertThat(post("/shifts/" + shift + "/close", closing(0, 0), other).status())
                .isEqualTo(404);
    }

    @Test
    void what_a_phone_cannot_have_meant_is_refused_by_its_field() {
        Http.Answer noTime =
                Http.put(hub.at("/api/scan/v1/shifts/" + shift), token, "application/json", bytes("{\"firstSeq\": 1}"));
        assertThat(noTime.status()).isEqualTo(400);
        assertThat(noTime.text()).contains("openedAt");
        open(1);
        Http.Answer negative = close(0, -1);
        assertThat(negative.status()).isEqualTo(400);
        assertThat(negative.text()).contains("/counted");
        assertThat(put(UUID.randomUUID(), 1, token).json().path("code").asText())
                .isEqualTo("uuid-7");
    }

    @Test
    void a_phone_takes_every_reason_along_with_the_actions_it_allows() {
        JsonNode rules = Http.get(hub.at("/api/scan/v1/rules"), token).ok();
        assertThat(rules.path("reasons")).hasSize(22).allSatisfy(reason -> {
            assertThat(reason.path("actions")).isNotEmpty();
            assertThat(reason.path("actions").toString())
                    .contains(reason.path("defaultAction").asText());
            assertThat(reason.path("vi").asText()).isNotBlank();
            assertThat(reason.path("en").asText()).isNotBlank();
        });
        assertThat(rules.path("codes")).hasSize(35);
    }

    @Test
    void a_lost_phones_handlings_are_kept_for_a_person_and_count_once_when_that_person_says_so() {
        String code = office.asks("Lê Thị Mẫu", "12 đường Mẫu");
        String item = office.item(code, "PICKUP");
        Map<String, String> supervisor = office.signIn("to-truong", "phone-" + PHONES.incrementAndGet());
        assertThat(post("/devices/" + device + "/revoke", "{}", supervisor).status())
                .isEqualTo(200);
        ObjectNode collected = handling(1, "COLLECTED", item);

        Http.Answer first = handle(collected);
        Http.Answer again = handle(collected);

        assertThat(List.of(first.status(), again.status())).containsOnly(403);
        assertThat(first.json().path("code").asText()).isEqualTo("device-revoked");
        assertThat(Http.get(hub.at("/api/scan/v1/worklist"), token)
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("device-revoked");
        List<UUID> parked = hub.db()
                .sql(
                        "select id from message where state = 'PARKED' and fault = 'device-revoked' and body::text like :device")
                .param("device", "%\"" + device + "\"%")
                .query(UUID.class)
                .list();
        assertThat(parked).as("the same handlings are one message").hasSize(1);
        assertThat(handlings()).isZero();

        Http.post(
                        hub.at("/api/ops/v1/messages/" + parked.get(0) + "/retry"),
                        Http.basic("truc-ca", "truc-ca-sandbox"),
                        Map.of("reason", "really done, says the worker"))
                .ok();

        assertThat(handlings()).isEqualTo(1);
    }

    private long handlings() {
        return hub.db()
                .sql("select count(*) from handling where device = :device")
                .param("device", device)
                .query(Long.class)
                .single();
    }

    private long discrepancies() {
        return hub.db()
                .sql("select count(*) from discrepancy where shift = :id")
                .param("id", shift)
                .query(Long.class)
                .single();
    }

    private Http.Answer open(long firstSeq) {
        return put(shift, firstSeq, token);
    }

    private static Http.Answer put(UUID shift, long firstSeq, Map<String, String> token) {
        String body = "{\"openedAt\": \"%s\", \"firstSeq\": %d}".formatted(Instant.now(), firstSeq);
        return Http.put(hub.at("/api/scan/v1/shifts/" + shift), token, "application/json", bytes(body));
    }

    private Http.Answer close(long lastSeq, long counted) {
        return post("/shifts/" + shift + "/close", closing(lastSeq, counted), token);
    }

    private static String closing(long lastSeq, long counted) {
        return "{\"closedAt\": \"%s\", \"lastSeq\": %d, \"counted\": %d, \"refused\": 0}"
                .formatted(Instant.now(), lastSeq, counted);
    }

    private static Http.Answer post(String path, String body, Map<String, String> token) {
        Map<String, String> headers = new HashMap<>(token);
        headers.put("Content-Type", "application/json");
        return Http.send("POST", hub.at("/api/scan/v1" + path), headers, body);
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private Http.Answer handle(ObjectNode... handlings) {
        ObjectNode batch = Office.JSON.createObjectNode();
        batch.put("device", device).put("sentAt", Instant.now().toString());
        batch.putArray("handlings").addAll(List.of(handlings));
        return Http.post(hub.at("/api/scan/v1/handlings"), token, batch);
    }

    private static ObjectNode handling(long seq, String code, String item) {
        return Office.JSON
                .createObjectNode()
                .put("id", UuidCreator.getTimeOrderedEpoch().toString())
                .put("seq", seq)
                .put("code", code)
                .put("item", item)
                .put("occurredAt", OffsetDateTime.now(ZoneOffset.ofHours(7)).toString());
    }

    private static ObjectNode with(ObjectNode handling, String amount, long value) {
        handling.withObject("/details").put(amount, value);
        return handling;
    }
}
