package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Sha256;
import vn.bocau.journey.Http;

/** A phone from the moment it was reported lost, and sessions that end because their phone says so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LostPhoneTest extends PostOffice {

    private static final Map<String, String> WHY = Map.of("reason", "hỏi bưu tá rồi");

    private static Person supervisor;

    private final Person lost = Person.signIn(hub, "buu-ta");

    @BeforeAll
    static void open() {
        Person.account(hub, "to-truong-le-thuy", "POSTAL_SUPERVISOR", "511000", true);
        Person.account(hub, "buu-ta-xa", "POSTAL_WORKER", "511000", true);
        Person.account(hub, "to-pho", "POSTAL_SUPERVISOR", "520100", true);
        Person.account(hub, "di-chuyen", "POSTAL_WORKER", "520100", true);
        supervisor = Person.signIn(hub, "to-truong");
    }

    @Test
    void each_handling_is_one_card_however_often_and_with_whatever_it_is_sent() {
        revoke();
        List<ObjectNode> made = List.of(handling(1), handling(2), handling(3));

        for (int n = 1; n <= 3; n++) {
            assertThat(send(made.subList(0, n)).json().path("code").asText()).isEqualTo("device-revoked");
        }

        List<JsonNode> cards = cards();
        assertThat(cards)
                .extracting(card -> card.at("/handlings/0/id").asText())
                .containsExactlyInAnyOrderElementsOf(
                        made.stream().map(one -> one.path("id").asText()).toList());
        assertThat(cards).allSatisfy(card -> assertThat(card.path("handlings")).hasSize(1));
    }

    @Test
    void what_was_taken_back_before_it_was_sent_is_decided_about_together_with_its_voiding() {
        UUID shift = lost.openShift();
        String item = item();
        ObjectNode wrong = collected(1, item, 5_000);
        ObjectNode voiding = voiding(2, wrong);
        ObjectNode right = collected(3, item, 8_000);
        revoke();

        send(List.of(wrong, voiding, right));
        send(List.of(wrong, voiding, right));

        List<JsonNode> cards = cards();
        assertThat(cards).hasSize(2);
        assertThat(cards.get(0).at("/handlings/0/feeCollected").asLong()).isEqualTo(5_000);
        assertThat(cards.get(0).at("/handlings/1/voids")).isEqualTo(wrong.path("id"));
        assertThat(cards.get(1).at("/handlings/0/feeCollected").asLong()).isEqualTo(8_000);
        List<String> outcomes = new ArrayList<>();
        for (JsonNode card : cards) {
            outcomes.addAll(post("/office/kept/" + card.path("id").asText() + "/accept", WHY)
                    .ok()
                    .path("handlings")
                    .findValuesAsText("outcome"));
        }
        assertThat(outcomes).containsExactly("RECORDED", "RECORDED", "RECORDED");
        assertThat(cash(shift)).isEqualTo(8_000);
    }

    @Test
    void a_card_says_what_is_a_number_or_a_code_that_is_known_and_nothing_in_anybodys_words() {
        ObjectNode failed = handling(1)
                .put("code", "DELIVERY_FAILED")
                .put("reason", "ABSENT")
                .put("note", "bà Mẫu");
        failed.withObject("/details")
                .put("feeCollected", "bà Mẫu")
                .put("postageCollected", 0.5)
                .put("feeRemitted", 7)
                .put("identity", "MATCHED")
                .put("relation", "bà Mẫu");
        revoke();
        send(List.of(failed));

        JsonNode told = cards().get(0).at("/handlings/0");
        assertThat(told.at("/reason/vi").asText()).isNotBlank();
        assertThat(told.path("identity").asText()).isEqualTo("MATCHED");
        assertThat(told.path("feeRemitted").asLong()).isEqualTo(7);
        assertThat(told.has("postageCollected")).isFalse();
        assertThat(told.toString()).doesNotContain("bà Mẫu");
    }

    @Test
    void a_pair_counts_whole_or_not_at_all() {
        ObjectNode wrong = handling(1);
        ObjectNode voiding = voiding(2, wrong);
        ObjectNode broken = voiding.deepCopy();
        broken.remove("occurredAt");
        revoke();
        send(List.of(wrong, broken));

        assertThat(post("/office/kept/" + card(wrong) + "/accept", WHY).status())
                .isEqualTo(422);
        assertThat(recorded()).isZero();
        post("/office/kept/" + card(wrong) + "/discard", WHY).ok();
        post("/devices/" + lost.device() + "/release", Map.of()).ok();
        assertThat(send(again(), List.of(wrong, voiding)).ok().path("handlings").findValuesAsText("code"))
                .containsExactly("discarded", "discarded");
        assertThat(recorded()).isZero();
    }

    @Test
    void a_voiding_that_came_after_what_it_voids_was_kept_is_not_lost() {
        ObjectNode wrong = handling(1);
        ObjectNode voiding = voiding(2, wrong);
        revoke();
        send(List.of(wrong));
        send(List.of(wrong, voiding));
        send(List.of(wrong, voiding));

        assertThat(cards()).hasSize(2);
        post("/office/kept/" + card(wrong) + "/accept", WHY).ok();
        post("/office/kept/" + card(voiding) + "/accept", WHY).ok();
        assertThat(recorded()).isEqualTo(2);
    }

    @Test
    void what_a_lost_phone_of_a_supervisor_sends_is_judged_as_a_supervisors() {
        Person own = Person.signIn(hub, "to-truong");
        String item = item();
        post("/devices/" + own.device() + "/revoke", Map.of()).ok();
        ObjectNode cancelled = Person.handling(1, "CANCELLED", item);
        own.handle(cancelled);
        JsonNode kept = supervisor.get("/office/kept?size=200").ok().path("kept");
        String card = kept.get(kept.size() - 1).path("id").asText();

        JsonNode accepted = Person.signIn(hub, "to-pho")
                .post("/office/kept/" + card + "/accept", WHY)
                .ok();

        assertThat(accepted.at("/handlings/0/outcome").asText()).isEqualTo("RECORDED");
    }

    @Test
    void a_phone_is_locked_where_it_is_signed_in_and_released_where_it_was_locked() {
        String device = "moved-" + UuidCreator.getTimeOrderedEpoch();
        String revoke = "/devices/" + device + "/revoke";
        String release = "/devices/" + device + "/release";
        Person before = Person.signIn(hub, "to-truong-le-thuy");
        signIn("buu-ta-xa", device, null).ok();
        hub.db()
                .sql("update device_session set expires_at = now() - interval '1 day' where device = :device")
                .param("device", device)
                .update();
        signIn("buu-ta", device, null).ok();
        assertThat(before.post(revoke, Map.of()).status())
                .as("where it once was")
                .isEqualTo(404);
        post(revoke, Map.of()).ok();
        assertThat(before.post(release, Map.of()).status()).isEqualTo(404);
        post(release, Map.of()).ok();

        signIn("buu-ta", device, null).ok();
        signIn("buu-ta-xa", device, null).ok();
        before.post(revoke, Map.of()).ok();
        assertThat(post(release, Map.of()).status())
                .as("another office's lost phone")
                .isEqualTo(404);
        assertThat(before.get("/office/phones?size=200").text()).contains(device);
        before.post(release, Map.of()).ok();
        signIn("buu-ta", device, null).ok();
    }

    @Test
    void what_a_lost_phone_had_not_told_is_kept_for_the_office_of_its_shift() {
        Person.account(hub, "mat-may", "POSTAL_WORKER", "520100", true);
        Person there = Person.signIn(hub, "to-truong-le-thuy");
        Person former = Person.signIn(hub, "mat-may");
        former.closeShift(former.openShift(), 0);
        Person untold = Person.signIn(hub, "mat-may");
        move("mat-may", "511000");
        Person here = Person.signIn(hub, "mat-may", former.device());
        Person still = Person.signIn(hub, "mat-may", untold.device());
        for (Person lost : List.of(here, still)) {
            there.post("/devices/" + lost.device() + "/revoke", Map.of()).ok();
        }

        assertThat(tell(here, "511000").path("office").asText()).isEqualTo("511000");
        assertThat(tell(still, "520100").path("office").asText()).isEqualTo("520100");
        for (Person lost : List.of(here, still)) {
            assertThat(send(lost, List.of(handling(1))).json().path("code").asText())
                    .isEqualTo("device-revoked");
        }

        assertThat(cards(there, here)).hasSize(1);
        assertThat(cards(supervisor, here)).isEmpty();
        assertThat(cards(there, still)).isEmpty();
        assertThat(cards(supervisor, still)).hasSize(1);
        assertThat(accept(cards(supervisor, still).get(0))).isEqualTo("RECORDED");
    }

    @Test
    void a_lost_phone_tells_of_its_shift_and_does_nothing_else_in_it() {
        revoke();
        UUID shift = lost.openShift();

        assertThat(lost.post(
                                "/shifts/" + shift + "/close",
                                Map.of("closedAt", Instant.now().toString(), "lastSeq", 0, "counted", 0))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("device-revoked");
        closeFor(shift);
        ObjectNode another = Office.JSON
                .createObjectNode()
                .put("openedAt", Instant.now().toString())
                .put("firstSeq", 1);
        assertThat(lost.put("/shifts/" + shift, another).status()).isEqualTo(200);
        assertThat(lost.put("/shifts/" + UuidCreator.getTimeOrderedEpoch(), another)
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("device-revoked");
    }

    @Test
    void a_phone_of_somebody_whose_account_is_disabled_is_locked_tells_its_shift_and_is_free_again() {
        Person.account(hub, "nghi-viec", "POSTAL_WORKER", "520100", true);
        Person ill = Person.signIn(hub, "nghi-viec");
        hub.db()
                .sql("update account set enabled = false, epoch = epoch + 1 where name = 'nghi-viec'")
                .update();
        assertThat(ill.get("/worklist").status()).isEqualTo(401);
        post("/devices/" + ill.device() + "/revoke", Map.of()).ok();

        UUID shift = ill.openShift();
        send(ill, List.of(handling(1)));
        assertThat(accept(cards(ill).get(0))).isEqualTo("RECORDED");
        closeFor(shift);
        post("/devices/" + ill.device() + "/release", Map.of()).ok();

        assertThat(signIn("buu-ta", ill.device(), null).status()).isEqualTo(200);
    }

    @Test
    void of_an_accounts_sessions_on_a_phone_the_latest_speaks() {
        Person.account(hub, "doi-noi", "POSTAL_WORKER", "520100", true);
        Person there = Person.signIn(hub, "to-truong-le-thuy");
        String device = Person.signIn(hub, "doi-noi").device();
        move("doi-noi", "511000");
        Person.signIn(hub, "doi-noi", device);
        String revoke = "/devices/" + device + "/revoke";

        assertThat(supervisor.get("/office/phones?size=200").text()).doesNotContain(device + '"');
        assertThat(post(revoke, Map.of()).status()).as("where it was before").isEqualTo(404);
        assertThat(there.get("/office/phones?size=200").text()).contains(device + '"');
        there.post(revoke, Map.of()).ok();
        there.post("/devices/" + device + "/release", Map.of()).ok();
    }

    private static void move(String account, String office) {
        hub.db()
                .sql("update account set office = :office, epoch = epoch + 1 where name = :account")
                .param("office", office)
                .param("account", account)
                .update();
    }

    private static JsonNode tell(Person lost, String office) {
        return lost.put(
                        "/shifts/" + UuidCreator.getTimeOrderedEpoch(),
                        Office.JSON
                                .createObjectNode()
                                .put("openedAt", Instant.now().toString())
                                .put("firstSeq", 1)
                                .put("office", office))
                .ok();
    }

    private static void closeFor(UUID shift) {
        post("/office/shifts/" + shift + "/close", Map.of("counted", 0, "reason", "máy hỏng"))
                .ok();
    }

    private static String accept(JsonNode card) {
        return post("/office/kept/" + card.path("id").asText() + "/accept", WHY)
                .ok()
                .at("/handlings/0/outcome")
                .asText();
    }

    @Test
    void more_than_a_batch_holds_is_refused_whole() {
        revoke();
        List<ObjectNode> tooMany =
                IntStream.rangeClosed(1, 501).mapToObj(LostPhoneTest::handling).toList();

        assertThat(send(tooMany).json().path("code").asText()).isEqualTo("too-many-handlings");
        assertThat(cards()).isEmpty();
    }

    @Test
    void what_was_discarded_stays_so_whatever_else_is_accepted_and_whoever_sends_it_again() {
        revoke();
        ObjectNode notDone = handling(1);
        ObjectNode done = handling(2);
        send(List.of(notDone, done));

        post("/office/kept/" + card(notDone) + "/discard", WHY).ok();
        post("/office/kept/" + card(done) + "/accept", WHY).ok();
        send(List.of(notDone, done));
        assertThat(cards()).isEmpty();
        post("/devices/" + lost.device() + "/release", Map.of()).ok();
        Person again = again();
        JsonNode answers = send(again, List.of(notDone, done)).ok().path("handlings");

        assertThat(answers.at("/0/outcome").asText()).isEqualTo("REFUSED");
        assertThat(answers.at("/0/code").asText()).isEqualTo("discarded");
        assertThat(answers.at("/1/outcome").asText()).isEqualTo("KNOWN");
        assertThat(recorded()).isEqualTo(1);
    }

    @Test
    void nobody_signs_in_on_it_before_the_own_supervisor_has_released_it() {
        revoke();
        assertThat(signIn().status()).isEqualTo(403);
        assertThat(signIn().json().path("code").asText()).isEqualTo("device-revoked");
        String release = "/devices/" + lost.device() + "/release";
        Person elsewhere = Person.signIn(hub, "to-truong-le-thuy");
        assertThat(elsewhere.post(release, Map.of()).status()).isEqualTo(404);
        assertThat(Person.signIn(hub, "buu-ta").post(release, Map.of()).status())
                .isEqualTo(403);

        post(release, Map.of()).ok();

        assertThat(post(release, Map.of()).status()).as("the same again").isEqualTo(200);
        assertThat(signIn().status()).isEqualTo(200);
        assertThat(lost.get("/worklist").json().path("code").asText())
                .as("the old session stays locked")
                .isEqualTo("device-revoked");
    }

    @Test
    void a_lost_phone_waits_for_its_release_when_its_session_has_long_run_out() {
        revoke();
        hub.db()
                .sql("update device_session set expires_at = now() - interval '1 day' where device = :device")
                .param("device", lost.device())
                .update();

        assertThat(signIn().json().path("code").asText()).isEqualTo("device-revoked");
        assertThat(supervisor.get("/office/phones?size=200").text()).contains(lost.device());
    }

    @Test
    void a_phone_whose_session_has_run_out_can_be_locked_where_somebody_was_signed_in_last() {
        hub.db()
                .sql("update device_session set expires_at = now() - interval '1 day' where device = :device")
                .param("device", lost.device())
                .update();
        assertThat(supervisor.get("/office/phones?size=200").text()).contains(lost.device());

        revoke();

        assertThat(signIn().json().path("code").asText()).isEqualTo("device-revoked");
    }

    @Test
    void what_was_refused_with_money_in_it_waits_for_the_supervisor_and_counts_when_its_cause_is_gone() {
        ObjectNode taken = handling(1);
        taken.withObject("/details").put("feeCollected", 9_000);
        String right = taken.path("item").asText();
        hub.db()
                .sql("update leg set carrier = 'carrier-x' where item = :item")
                .param("item", right)
                .update();
        JsonNode answer = lost.handle(taken).ok().at("/handlings/0");
        assertThat(answer.path("outcome").asText()).isEqualTo("REFUSED");
        lost.handle(Person.handling(2, "COLLECTED", right)).ok();
        lost.handle(taken).ok();

        List<JsonNode> cards = cards();

        assertThat(cards).as("once, and nothing without money").hasSize(1);
        assertThat(cards.get(0).at("/why/vi").asText()).isNotBlank();
        String accept = "/office/kept/" + card(taken) + "/accept";
        assertThat(post(accept, WHY).status()).as("still not this office's").isEqualTo(422);
        assertThat(cards()).hasSize(1);
        hub.db()
                .sql("update leg set carrier = 'OWN' where item = :item")
                .param("item", right)
                .update();
        assertThat(post(accept, WHY).ok().at("/handlings/0/outcome").asText()).isEqualTo("CONFLICT");
        assertThat(cards()).isEmpty();
        assertThat(lost.handle(taken).ok().at("/handlings/0/outcome").asText()).isEqualTo("KNOWN");
        assertThat(recorded()).isEqualTo(1);
    }

    @Test
    void what_proves_a_refused_handling_waits_with_it_and_proves_it_once_it_counts() {
        byte[] strokes = "[[[1,2,3]]]".getBytes(StandardCharsets.UTF_8);
        String hash = Sha256.hex(strokes);
        ObjectNode delivered = delivered(strokes);
        String item = delivered.path("item").asText();
        hub.db()
                .sql("update leg set carrier = 'carrier-x' where item = :item")
                .param("item", item)
                .update();
        JsonNode answer = lost.handle(delivered).ok().at("/handlings/0");
        assertThat(answer.path("outcome").asText()).isEqualTo("REFUSED");
        assertThat(answer.path("kept").asBoolean()).isTrue();
        String path = "/handlings/" + delivered.path("id").asText() + "/evidence/" + hash;
        String other = "/handlings/" + delivered.path("id").asText() + "/evidence/" + Sha256.hex(new byte[] {'['});

        assertThat(evidence(Person.signIn(hub, "buu-ta-xa"), path, strokes).status())
                .as("another's")
                .isEqualTo(404);
        assertThat(evidence(lost, other, new byte[] {'['}).json().path("code").asText())
                .isEqualTo("evidence-not-named");
        assertThat(evidence(lost, path, strokes).status()).isEqualTo(201);
        assertThat(evidence(lost, path, strokes).status()).as("the same again").isEqualTo(200);

        hub.db()
                .sql("update leg set carrier = 'OWN' where item = :item")
                .param("item", item)
                .update();
        post("/office/kept/" + card(delivered) + "/accept", WHY).ok();
        assertThat(status(delivered)).as("returned, because it is proven").isEqualTo(10);
    }

    @Test
    void what_proves_a_handling_of_a_lost_phone_proves_it_when_the_phone_is_found_and_sends_it_again() {
        byte[] strokes = "[[[1,2,3]]]".getBytes(StandardCharsets.UTF_8);
        ObjectNode delivered = delivered(strokes);
        revoke();
        send(List.of(delivered));
        assertThat(lost.prove(delivered, "SIGNATURE", strokes).status()).isEqualTo(201);
        post("/devices/" + lost.device() + "/release", Map.of()).ok();

        again().handle(delivered).ok();

        assertThat(status(delivered)).isEqualTo(10);
    }

    @Test
    void what_is_recorded_waits_for_nobody_and_is_not_discarded() {
        ObjectNode before = handling(1);
        lost.handle(before).ok();
        revoke();
        ObjectNode done = handling(2);
        send(List.of(before, done));
        String card = card(done);
        assertThat(cards()).as("the first one counts already").hasSize(1);
        post("/devices/" + lost.device() + "/release", Map.of()).ok();

        again().handle(done).ok();

        assertThat(cards()).isEmpty();
        assertThat(post("/office/kept/" + card + "/discard", WHY).status()).isEqualTo(404);
        hub.db()
                .sql("update message set state = 'PARKED', fault = 'device-revoked', reason_vi = '-', reason_en = '-'"
                        + " where key = :key")
                .param("key", "kept-" + done.path("id").asText())
                .update();
        Http.Answer refused = post("/office/kept/" + card + "/discard", WHY);
        assertThat(refused.status()).as("as if somebody had just been about to").isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("recorded");
        post("/office/kept/" + card + "/accept", WHY).ok();
        assertThat(cards()).isEmpty();
        assertThat(recorded()).isEqualTo(2);
    }

    @Test
    void nobody_discards_money_they_took_themselves() {
        Person round = Person.signIn(hub, "to-truong");
        ObjectNode taken = handling(1);
        taken.withObject("/details").put("feeCollected", 500_000);
        ObjectNode nothing = handling(2);
        post("/devices/" + round.device() + "/revoke", Map.of()).ok();
        send(round, List.of(taken, nothing));
        String discard = "/office/kept/" + card(round, taken) + "/discard";

        assertThat(post(discard, WHY).json().path("code").asText()).isEqualTo("one-person-alone");
        post("/office/kept/" + card(round, nothing) + "/discard", WHY).ok();
        Person.signIn(hub, "to-pho").post(discard, WHY).ok();
    }

    @Test
    void what_proves_a_handling_is_taken_from_who_made_it_wherever_they_are_by_now() {
        byte[] strokes = "[[[1,2,3]]]".getBytes(StandardCharsets.UTF_8);
        Person before = Person.signIn(hub, "di-chuyen");
        before.openShift();
        ObjectNode delivered = delivered(strokes);
        before.handle(delivered).ok();
        hub.db()
                .sql("update account set office = '511000', epoch = epoch + 1 where name = 'di-chuyen'")
                .update();
        Person now = Person.signIn(hub, "di-chuyen", before.device());

        assertThat(Person.signIn(hub, "di-chuyen")
                        .prove(delivered, "SIGNATURE", strokes)
                        .status())
                .as("with another phone")
                .isEqualTo(404);
        assertThat(now.prove(delivered, "SIGNATURE", strokes).status()).isEqualTo(201);
        assertThat(status(delivered)).isEqualTo(10);

        Person.signIn(hub, "to-truong-le-thuy")
                .post("/devices/" + now.device() + "/revoke", Map.of())
                .ok();
        ObjectNode later =
                Person.handling(2, "COLLECTED", office.item(office.asks("Lê Thị Mẫu", "2 đường Mẫu"), "PICKUP"));
        send(now, List.of(later));
        assertThat(card(now, later)).as("seen by the supervisor of its shift").isNotEmpty();
    }

    @Test
    void what_a_lost_phone_has_to_prove_it_is_kept_and_seen_by_the_own_supervisor_alone() {
        byte[] strokes = "[[[1,2,3],[4,5,6]]]".getBytes(StandardCharsets.UTF_8);
        ObjectNode done = handling(1);
        done.withObject("/details").put("signature", Sha256.hex(strokes)).put("countersignature", "0".repeat(64));
        String proof = "/handlings/" + done.path("id").asText() + "/evidence";
        revoke();
        send(List.of(done));

        assertThat(lost.prove(done, "SIGNATURE", strokes).status()).isEqualTo(201);
        assertThat(lost.prove(handling(2), "SIGNATURE", strokes).status())
                .as("of what nobody sent")
                .isEqualTo(404);

        JsonNode pieces = supervisor.get("/office" + proof).ok();
        assertThat(pieces.findValuesAsText("kind")).containsExactly("SIGNATURE", "COUNTERSIGNATURE");
        assertThat(pieces.at("/0/receivedAt").asText()).isNotBlank();
        assertThat(pieces.at("/1/receivedAt").isNull()).isTrue();
        assertThat(supervisor.get("/office" + proof + "/" + Sha256.hex(strokes)).text())
                .isEqualTo("[[[1,2,3],[4,5,6]]]");
        assertThat(supervisor
                        .get("/office" + proof + "/" + "0".repeat(64))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("evidence-missing");
        assertThat(Person.signIn(hub, "to-truong-le-thuy")
                        .get("/office" + proof)
                        .status())
                .isEqualTo(404);
        assertThat(Person.signIn(hub, "buu-ta").get("/office" + proof).status()).isEqualTo(403);
        assertThat(cards().get(0).at("/handlings/0/evidence").asInt()).isEqualTo(2);

        post("/office/kept/" + card(done) + "/discard", WHY).ok();
        assertThat(supervisor.get("/office" + proof).ok())
                .as("looked up afterwards")
                .hasSize(2);
    }

    @Test
    void evidence_of_a_handling_whose_details_are_no_object_is_not_named() {
        byte[] strokes = "[[[1,2,3]]]".getBytes(StandardCharsets.UTF_8);
        ObjectNode broken = handling(1).put("details", "chữ");
        revoke();
        send(List.of(broken));

        assertThat(lost.prove(broken, "SIGNATURE", strokes).json().path("code").asText())
                .isEqualTo("evidence-not-named");
        assertThat(cards().get(0).at("/handlings/0/evidence").asInt()).isZero();
    }

    @Test
    void a_count_that_was_given_twice_is_for_the_supervisor_and_nothing_of_it_is_lost() {
        ObjectNode first = handling(1);
        ObjectNode same = handling(1);
        ObjectNode together = handling(1);
        lost.handle(first).ok();

        JsonNode answers = send(lost, List.of(same, handling(2), together)).ok().path("handlings");

        assertThat(answers.findValuesAsText("outcome")).containsExactly("REFUSED", "RECORDED", "REFUSED");
        assertThat(answers.at("/0/code").asText()).isEqualTo("count-reused");
        assertThat(answers.at("/0/kept").asBoolean()).isTrue();
        assertThat(lost.handle(first).ok().at("/handlings/0/outcome").asText()).isEqualTo("KNOWN");
        assertThat(cards()).hasSize(2);
        post("/office/kept/" + card(same) + "/accept", WHY).ok();
        post("/office/kept/" + card(together) + "/discard", WHY).ok();
        assertThat(recorded()).isEqualTo(3);
    }

    @Test
    void two_at_once_of_one_count_are_not_both_taken() {
        List<ObjectNode> both = List.of(handling(1), handling(1));

        List<String> outcomes = both.parallelStream()
                .map(one -> lost.handle(one).ok().at("/handlings/0/outcome").asText())
                .toList();

        assertThat(outcomes).containsExactlyInAnyOrder("RECORDED", "REFUSED");
    }

    @Test
    void a_phone_that_showed_a_secret_is_signed_in_on_with_it_alone() {
        String device = "secret-" + UuidCreator.getTimeOrderedEpoch();
        assertThat(signIn("buu-ta", device, "a".repeat(32)).status()).isEqualTo(200);

        Http.Answer forged = signIn("buu-ta", device, "b".repeat(32));
        assertThat(forged.status()).isEqualTo(403);
        assertThat(forged.json().path("code").asText()).isEqualTo("device-forged");
        assertThat(signIn("buu-ta", device, null).status()).as("without one").isEqualTo(403);
        assertThat(signIn("to-truong", device, "a".repeat(32)).status())
                .as("whoever has the phone")
                .isEqualTo(200);
        assertThat(signIn("buu-ta", lost.device(), "c".repeat(32)).status())
                .as("nobody takes a phone over that showed none")
                .isEqualTo(200);
        assertThat(signIn("buu-ta", lost.device(), null).status()).isEqualTo(200);
    }

    @Test
    void what_waited_for_a_person_happened_when_it_did() {
        revoke();
        ObjectNode done = handling(1);
        send(List.of(done));
        hub.db()
                .sql("update message set body = replace(replace(body, substring(body from '\"sentAt\":\"[^\"]*\"'),"
                        + " '\"sentAt\":\"2026-05-01T10:00:00Z\"'), substring(body from '\"heardAt\":\"[^\"]*\"'),"
                        + " '\"heardAt\":\"2026-05-01T10:00:00Z\"') where key = :key")
                .param("key", "kept-" + done.path("id").asText())
                .update();

        post("/office/kept/" + card(done) + "/accept", WHY).ok();

        assertThat(hub.db()
                        .sql("select happened_at = occurred_at from handling where device = :device")
                        .param("device", lost.device())
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void a_phone_that_signs_out_is_signed_out_and_no_other() {
        Person other = again();

        Http.Answer out = Http.send("POST", hub.at("/api/scan/v1/sign-out"), lost.token(), "");

        assertThat(out.status()).isEqualTo(204);
        assertThat(lost.get("/worklist").status()).isEqualTo(401);
        assertThat(other.get("/worklist").status()).isEqualTo(200);
        assertThat(Http.send("POST", hub.at("/api/scan/v1/sign-out"), Map.of(), "")
                        .status())
                .isEqualTo(401);
    }

    private void revoke() {
        post("/devices/" + lost.device() + "/revoke", Map.of()).ok();
    }

    private static Http.Answer post(String path, Object body) {
        return supervisor.post(path, body);
    }

    private Http.Answer signIn() {
        return Http.post(
                hub.at("/api/scan/v1/sign-in"),
                Map.of(),
                Map.of("user", "buu-ta", "password", "buu-ta-sandbox", "device", lost.device()));
    }

    private static Http.Answer signIn(String user, String device, @Nullable String secret) {
        Map<String, String> claim =
                new HashMap<>(Map.of("user", user, "password", user + "-sandbox", "device", device));
        if (secret != null) {
            claim.put("secret", secret);
        }
        return Http.post(hub.at("/api/scan/v1/sign-in"), Map.of(), claim);
    }

    private static Http.Answer evidence(Person who, String path, byte[] content) {
        Map<String, String> headers = new HashMap<>(who.token());
        headers.put("X-Evidence-Kind", "SIGNATURE");
        return Http.put(hub.at("/api/scan/v1" + path), headers, "application/octet-stream", content);
    }

    private Person again() {
        return new Person(
                hub,
                "buu-ta",
                lost.device(),
                Http.bearer(signIn().ok().path("token").asText()));
    }

    private static ObjectNode handling(long seq) {
        return Person.handling(seq, "COLLECTED", office.item(office.asks("Lê Thị Mẫu", seq + " đường Mẫu"), "PICKUP"));
    }

    /** At whose door 8,000 đồng are due. */
    private static String item() {
        String code = office.asks("Lê Thị Mẫu", "12 đường Mẫu", asked -> {
            asked.withObject("/dossier")
                    .put("procedure", "1.000656")
                    .put("channel", "DIRECT")
                    .put("paidOnline", false);
            asked.withObject("/pickup").put("collectFee", 8_000);
        });
        return office.item(code, "PICKUP");
    }

    private static ObjectNode collected(long seq, String item, long fee) {
        ObjectNode collected = Person.handling(seq, "COLLECTED", item);
        collected.withObject("/details").put("feeCollected", fee);
        return collected;
    }

    private static ObjectNode voiding(long seq, ObjectNode target) {
        return Person.handling(seq, "VOIDED", target.path("item").asText())
                .put("voids", target.path("id").asText());
    }

    private static long cash(UUID shift) {
        for (JsonNode open : supervisor.get("/office/shifts?size=200").ok().path("shifts")) {
            if (open.path("id").asText().equals(shift.toString())) {
                return open.path("cash").asLong(-1);
            }
        }
        throw new AssertionError("no such shift is open");
    }

    private Http.Answer send(List<ObjectNode> handlings) {
        return send(lost, handlings);
    }

    private static Http.Answer send(Person by, List<ObjectNode> handlings) {
        ObjectNode batch = Office.JSON.createObjectNode();
        batch.put("device", by.device()).put("sentAt", Instant.now().toString());
        batch.putArray("handlings").addAll(handlings);
        return by.post("/handlings", batch);
    }

    private static ObjectNode delivered(byte[] strokes) {
        String item = office.dispatches(List.of(office.asks("Lê Thị Mẫu", "12 đường Mẫu")))
                .get(0);
        ObjectNode delivered = Person.handling(1, "DELIVERED", item);
        delivered
                .withObject("/details")
                .put("signature", Sha256.hex(strokes))
                .put("identity", "MATCHED")
                .put("relation", "SELF");
        return delivered;
    }

    private static int status(ObjectNode delivered) {
        return hub.db()
                .sql("select d.status from dossier d join leg l on l.dossier = d.id where l.item = :item")
                .param("item", delivered.path("item").asText())
                .query(Integer.class)
                .single();
    }

    @Test
    void what_is_said_otherwise_than_it_is_recorded_is_kept_and_may_be_discarded() {
        ObjectNode done = handling(1);
        lost.handle(done).ok();
        revoke();
        ObjectNode otherwise = done.deepCopy();
        otherwise.withObject("/details").put("feeCollected", 5_000);
        send(List.of(done));
        assertThat(cards()).as("said as it is recorded").isEmpty();
        send(List.of(otherwise));
        String card = card(otherwise);

        post("/office/kept/" + card + "/discard", WHY).ok();

        assertThat(cards()).isEmpty();
        assertThat(recorded()).isEqualTo(1);
        post("/devices/" + lost.device() + "/release", Map.of()).ok();
        assertThat(again().handle(voiding(2, done))
                        .ok()
                        .at("/handlings/0/outcome")
                        .asText())
                .as("what counts may be voided still, as far as its worker may")
                .isEqualTo("CONFLICT");
    }

    private List<JsonNode> cards() {
        return cards(lost);
    }

    private static List<JsonNode> cards(Person of) {
        return cards(supervisor, of);
    }

    private static List<JsonNode> cards(Person asking, Person of) {
        List<JsonNode> own = new ArrayList<>();
        asking.get("/office/kept?size=200").ok().path("kept").forEach(card -> {
            if (card.path("device").asText().equals(of.device())) {
                own.add(card);
            }
        });
        return own;
    }

    private String card(ObjectNode handling) {
        return card(lost, handling);
    }

    private static String card(Person of, ObjectNode handling) {
        return cards(of).stream()
                .filter(card -> card.at("/handlings/0/id")
                        .asText()
                        .equals(handling.path("id").asText()))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private long recorded() {
        return hub.db()
                .sql("select count(*) from handling where device = :device")
                .param("device", lost.device())
                .query(Long.class)
                .single();
    }
}
