package vn.bocau.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.journey.Http;

/** Money from the door to the agency: once, over shifts, and never outside of any; by the phones' interface. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CashTest extends PostOffice {

    private static Person supervisor;
    private static Person deputy;

    private final Person worker = Person.signIn(hub, "buu-ta");
    private long seq;

    @BeforeAll
    static void open() {
        Person.account(hub, "buu-ta-2", "POSTAL_WORKER", "520100", true);
        Person.account(hub, "to-pho", "POSTAL_SUPERVISOR", "520100", true);
        Person.account(hub, "di-chuyen", "POSTAL_WORKER", "520100", true);
        supervisor = Person.signIn(hub, "to-truong");
        deputy = Person.signIn(hub, "to-pho");
    }

    @Test
    void money_told_twice_is_counted_once_and_the_second_time_is_for_a_person_to_look_at() {
        String item = item();
        UUID shift = opened();
        worker.handle(taken(item, 8_000)).ok();

        JsonNode again = worker.handle(taken(item, 8_000)).ok().at("/handlings/0");

        assertThat(again.path("outcome").asText()).isEqualTo("CONFLICT");
        assertThat(again.path("code").asText()).isEqualTo("collected-twice");
        assertThat(closed(shift, 8_000).path("difference").asLong()).isZero();
    }

    @Test
    void when_the_first_time_is_voided_the_second_counts() {
        String item = item();
        UUID shift = opened();
        ObjectNode wrong = taken(item, 80_000);
        ObjectNode right = taken(item, 8_000);
        worker.handle(wrong).ok();
        worker.handle(right).ok();

        undo(supervisor, wrong).ok();

        assertThat(closed(shift, 8_000).path("difference").asLong()).isZero();
        assertThat(conflict(right)).as("nobody has to look any more").isNull();
    }

    @Test
    void what_was_heard_first_and_happened_second_is_the_one_that_does_not_count() {
        String item = item();
        Person colleague = Person.signIn(hub, "buu-ta-2");
        UUID shift = opened();
        worker.handle(taken(item, 8_000)).ok();
        ObjectNode before =
                money(1, "COLLECTED", item, "feeCollected", 8_000).put("occurredAt", "2026-01-05T08:00:00+07:00");

        assertThat(colleague.handle(before).ok().at("/handlings/0/outcome").asText())
                .isEqualTo("RECORDED");

        assertThat(closed(shift, 0).path("difference").asLong()).isZero();
        assertThat(hub.db()
                        .sql("select count(*) from handling where item = :item and conflict = 'collected-twice'"
                                + " and actor = 'buu-ta'")
                        .param("item", item)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_fee_is_carried_from_shift_to_shift_until_it_is_handed_over() {
        String item = item();
        UUID first = opened();
        worker.handle(taken(item, 8_000)).ok();
        assertThat(feeHeld(item)).isEqualTo(8_000);
        assertThat(closed(first, 8_000).path("difference").asLong()).isZero();

        UUID second = opened();
        assertThat(put(second, seq + 1).path("opening").asLong()).isEqualTo(8_000);
        assertThat(closed(second, 8_000).path("expected").asLong()).isEqualTo(8_000);
        UUID third = opened();
        worker.handle(handedOver(item, 8_000)).ok();
        JsonNode answer = closed(third, 0);

        assertThat(answer.path("opening").asLong()).isEqualTo(8_000);
        assertThat(answer.path("difference").asLong()).isZero();
        assertThat(List.of(first, second, third))
                .as("what was counted stays right")
                .allSatisfy(shift -> assertThat(difference(shift)).isZero());
        assertThat(put(opened(), seq + 1).path("opening").asLong()).isZero();
    }

    @Test
    void a_fee_is_carried_from_phone_to_phone_and_postage_is_not() {
        String item = item();
        UUID first = opened();
        ObjectNode collected = taken(item, 8_000);
        collected.withObject("/details").put("postageCollected", 30_000);
        worker.handle(collected).ok();
        Person early = Person.signIn(hub, "buu-ta");
        UUID meanwhile = early.openShift();
        worker.handle(taken(item(), 1_000)).ok();
        closed(first, 39_000);

        Person with = Person.signIn(hub, "buu-ta");
        UUID second = with.openShift();

        assertThat(expected(with, second, 0, 9_000).path("opening").asLong()).isEqualTo(9_000);
        assertThat(expected(early, meanwhile, 0, 8_000).path("opening").asLong())
                .as("as heard when it began")
                .isEqualTo(8_000);
        Person third = Person.signIn(hub, "buu-ta");
        UUID last = third.openShift();
        third.handle(money(1, "HANDED_TO_AGENCY", item, "feeRemitted", 8_000)).ok();
        assertThat(out(supervisor, last).path("cash").asLong()).isEqualTo(1_000);
        assertThat(expected(third, last, 1, 1_000).path("difference").asLong()).isZero();
        assertThat(List.of(first, meanwhile, second))
                .as("what was counted stays right")
                .allSatisfy(shift -> assertThat(difference(shift)).isZero());
    }

    @Test
    void a_fee_voided_after_a_shift_with_another_phone_has_counted_it_is_asked_for_there_too() {
        UUID first = opened();
        ObjectNode taken = taken(item(), 8_000);
        worker.handle(taken).ok();
        closed(first, 8_000);
        Person with = Person.signIn(hub, "buu-ta");
        UUID second = with.openShift();
        expected(with, second, 0, 8_000);
        assertThat(discrepancy(second).isMissingNode()).isTrue();

        undo(supervisor, taken).ok();

        assertThat(discrepancy(first).path("amount").asLong()).isEqualTo(8_000);
        assertThat(discrepancy(second).path("amount").asLong()).isEqualTo(8_000);
    }

    @Test
    void money_of_no_shift_is_that_money_and_nothing_of_another_phone() {
        worker.handle(taken(item(), 8_000)).ok();
        Person with = Person.signIn(hub, "buu-ta");

        with.handle(money(1, "COLLECTED", item(), "feeCollected", 1_000)).ok();

        assertThat(discrepancy(nobodys(with)).path("amount").asLong()).isEqualTo(-1_000);
    }

    private static JsonNode expected(Person who, UUID shift, long lastSeq, long counted) {
        return who.post("/shifts/" + shift + "/close", closing(lastSeq, counted))
                .ok();
    }

    @Test
    void postage_and_cod_are_in_the_till_when_the_shift_is_closed() {
        String item = item();
        UUID first = opened();
        ObjectNode collected = taken(item, 8_000);
        collected.withObject("/details").put("postageCollected", 30_000).put("codCollected", 150_000);
        worker.handle(collected).ok();
        assertThat(closed(first, 188_000).path("difference").asLong()).isZero();

        assertThat(put(opened(), seq + 1).path("opening").asLong()).isEqualTo(8_000);
    }

    @Test
    void whoever_hands_over_what_another_took_relieves_that_other() {
        String item = item();
        Person colleague = Person.signIn(hub, "buu-ta-2");
        UUID theirs = colleague.openShift();
        UUID shift = opened();
        worker.handle(taken(item, 8_000)).ok();

        colleague
                .handle(money(1, "HANDED_TO_AGENCY", item, "feeRemitted", 8_000))
                .ok();

        assertThat(closed(shift, 0).path("difference").asLong()).isZero();
        assertThat(colleague
                        .post("/shifts/" + theirs + "/close", closing(1, 0))
                        .ok()
                        .path("difference")
                        .asLong())
                .isZero();
    }

    @Test
    void nobody_hands_over_more_than_was_taken() {
        String item = item();
        worker.handle(taken(item, 8_000)).ok();

        JsonNode said = worker.handle(handedOver(item, 999_000)).ok().at("/handlings/0");

        assertThat(said.path("outcome").asText()).isEqualTo("CONFLICT");
        assertThat(said.path("code").asText()).isEqualTo("remitted-more");
    }

    @Test
    void what_is_handed_over_before_we_hear_that_it_was_taken_is_in_order_once_we_do() {
        String item = item();
        ObjectNode collected = taken(item, 8_000);
        ObjectNode handed = handedOver(item, 8_000);
        worker.handle(handed).ok();
        assertThat(conflict(handed)).isEqualTo("remitted-more");

        worker.handle(collected).ok();

        assertThat(conflict(handed)).isNull();
    }

    @Test
    void money_between_two_shifts_opens_a_discrepancy_of_the_one_that_was_closed() {
        UUID first = opened();
        worker.handle(taken(item(), 8_000)).ok();
        closed(first, 8_000);
        assertThat(discrepancy(first).isMissingNode()).isTrue();

        worker.handle(taken(item(), 9_000)).ok();
        UUID second = UuidCreator.getTimeOrderedEpoch();
        put(second, seq + 1);

        assertThat(discrepancy(first).path("amount").asLong()).isEqualTo(-9_000);
        assertThat(discrepancy(first).path("unopened").asBoolean()).isFalse();
        assertThat(worker.get("/discrepancies").ok().toString()).contains(first.toString());
        assertThat(closed(first, 8_000).path("handlings").asInt())
                .as("the same again is answered the same")
                .isEqualTo(1);
        assertThat(discrepancy(second).isMissingNode()).isTrue();
    }

    @Test
    void what_was_said_to_be_refused_and_comes_after_all_is_missed_in_the_till() {
        UUID shift = opened();
        ObjectNode late = taken(item(), 700_000);
        ObjectNode closing = Office.JSON.createObjectNode();
        closing.put("closedAt", Instant.now().toString())
                .put("lastSeq", seq)
                .put("counted", 0)
                .put("refused", 1);
        worker.post("/shifts/" + shift + "/close", closing).ok();

        worker.handle(late).ok();

        assertThat(discrepancy(shift).path("amount").asLong()).isEqualTo(-700_000);
        undo(supervisor, late).ok();
        assertThat(discrepancy(shift).path("amount").asText())
                .as("it tallies again, and stays")
                .isEqualTo("0");
        assertThat(code(settle(supervisor, shift))).as("by who voided, alone").isEqualTo("not-explained");
        explain(worker, shift).ok();
        settle(supervisor, shift).ok();
        assertThat(discrepancy(shift).isMissingNode()).isTrue();
    }

    @Test
    void money_of_no_shift_stays_missed_with_whatever_count_later_shifts_say_they_began() {
        worker.handle(postage(20_000)).ok();
        UUID nobodys = nobodys();
        UUID shift = UuidCreator.getTimeOrderedEpoch();
        put(shift, 2);
        assertThat(closed(shift, 0).path("difference").asLong()).isZero();

        assertThat(put(shift, 1).path("firstSeq").asLong()).isEqualTo(2);
        UUID another = UuidCreator.getTimeOrderedEpoch();
        assertThat(put(another, 1).path("firstSeq").asLong()).isEqualTo(2);

        assertThat(discrepancy(nobodys).path("amount").asLong()).isEqualTo(-20_000);
    }

    @Test
    void what_was_explained_and_settled_was_that_amount_and_no_other() {
        UUID shift = opened();
        worker.handle(postage(1_000)).ok();
        closed(shift, 0);
        explain(worker, shift).ok();
        settle(deputy, shift).ok();
        assertThat(discrepancy(shift).isMissingNode()).isTrue();

        worker.handle(postage(90_000)).ok();

        assertThat(discrepancy(shift).path("amount").asLong()).isEqualTo(-91_000);
        assertThat(discrepancy(shift).path("explainedBy").isNull()).isTrue();
        assertThat(code(settle(supervisor, shift))).isEqualTo("not-explained");
        explain(deputy, shift).ok();
        assertThat(code(settle(deputy, shift))).isEqualTo("one-person-alone");
        worker.handle(postage(5_000)).ok();
        explain(deputy, shift).ok();
        settle(supervisor, shift).ok();
        assertThat(discrepancy(shift).isMissingNode()).isTrue();
    }

    @Test
    void nobody_explains_or_settles_an_amount_that_they_have_not_seen() {
        UUID shift = opened();
        worker.handle(postage(1_000)).ok();
        closed(shift, 0);
        explain(worker, shift).ok();
        Map<String, Object> shown = about(shift, "rơi ở chợ");
        worker.handle(postage(90_000)).ok();

        Http.Answer explained = worker.post("/discrepancies/" + shift + "/explain", shown);
        Http.Answer settled = supervisor.post("/office/discrepancies/" + shift + "/settle", shown);

        assertThat(List.of(explained, settled)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(code(answer)).isEqualTo("another-amount");
            assertThat(answer.text()).contains("/amount", "-91000 đồng");
        });
        assertThat(discrepancy(shift).path("acts")).as("nothing has changed").hasSize(1);
        explain(worker, shift).ok();
        settle(supervisor, shift).ok();
        assertThat(supervisor
                        .post("/office/discrepancies/" + shift + "/settle", Map.of("reason", "đã nộp"))
                        .text())
                .contains("/amount", "Thiếu trường bắt buộc này");
    }

    @Test
    void what_was_made_in_a_shift_is_of_its_office_wherever_its_worker_is_by_now() {
        Person before = Person.signIn(hub, "di-chuyen");
        UUID shift = before.openShift();
        ObjectNode collected = money(1, "COLLECTED", item(), "feeCollected", 500_000);
        ObjectNode refused = money(2, "COLLECTED", item(), "feeCollected", 7_000);
        carrier(refused, "carrier-x");
        move("POSTAL_SUPERVISOR", "511000");
        Person now = Person.signIn(hub, "di-chuyen", before.device());

        JsonNode answers = now.handle(collected, refused).ok().path("handlings");

        assertThat(answers.findValuesAsText("outcome")).containsExactly("RECORDED", "REFUSED");
        carrier(refused, "OWN");
        assertThat(now.get("/office/kept").ok().path("kept")).isEmpty();
        JsonNode card = find(supervisor.get("/office/kept?size=200").ok().path("kept"), "device", now.device());
        assertThat(supervisor
                        .post("/office/kept/" + card.path("id").asText() + "/accept", Map.of("reason", "đã hỏi"))
                        .ok()
                        .at("/handlings/0/outcome")
                        .asText())
                .isEqualTo("RECORDED");
        now.post("/shifts/" + shift + "/close", closing(2, 0)).ok();
        assertThat(discrepancy(shift).path("amount").asLong()).isEqualTo(-507_000);
        explain(now, shift).ok();
        assertThat(code(settle(now, shift))).isEqualTo("one-person-alone");
        settle(supervisor, shift).ok();
    }

    @Test
    void a_supervisor_elsewhere_is_none_in_a_shift_of_the_former_office() {
        move("POSTAL_WORKER", "520100");
        Person before = Person.signIn(hub, "di-chuyen");
        before.openShift();
        ObjectNode others = taken(item(), 8_000);
        worker.handle(others).ok();
        move("POSTAL_SUPERVISOR", "511000");

        JsonNode voiding = Person.signIn(hub, "di-chuyen", before.device())
                .handle(Person.handling(1, "VOIDED", others.path("item").asText())
                        .put("voids", others.path("id").asText()))
                .ok()
                .at("/handlings/0");

        assertThat(voiding.path("code").asText()).isEqualTo("not-yours");
    }

    @Test
    void a_shift_told_of_late_is_of_the_office_it_was_opened_at_and_of_no_other() {
        move("POSTAL_WORKER", "520100");
        Person before = Person.signIn(hub, "di-chuyen");
        move("POSTAL_WORKER", "511000");
        Person now = Person.signIn(hub, "di-chuyen", before.device());

        assertThat(openedAt(now, 1, "520100").path("office").asText()).isEqualTo("520100");
        assertThat(now.handle(money(1, "COLLECTED", item(), "feeCollected", 500_000))
                        .ok()
                        .at("/handlings/0/outcome")
                        .asText())
                .isEqualTo("RECORDED");
        assertThat(openedAt(Person.signIn(hub, "buu-ta"), 1, "511000")
                        .path("office")
                        .asText())
                .as("where nobody has signed in on it")
                .isEqualTo("520100");
    }

    @Test
    void a_former_office_is_believed_until_a_shift_at_another_was_told_of() {
        move("POSTAL_WORKER", "520100");
        Person before = Person.signIn(hub, "di-chuyen");
        UUID former = before.openShift();
        expected(before, former, 0, 0);
        move("POSTAL_WORKER", "511000");
        Person now = Person.signIn(hub, "di-chuyen", before.device());

        JsonNode closed = now.handle(money(1, "COLLECTED", item(), "feeCollected", 500_000))
                .ok()
                .at("/handlings/0");
        JsonNode here = openedAt(now, 2, "511000");
        expected(now, UUID.fromString(here.path("id").asText()), 1, 0);
        JsonNode there = openedAt(now, 2, "520100");

        assertThat(closed.path("outcome").asText())
                .as("of the former office's, after its shift was closed")
                .isEqualTo("REFUSED");
        assertThat(there.path("office").asText()).isEqualTo("511000");
    }

    private static JsonNode openedAt(Person who, long firstSeq, String office) {
        return who.put(
                        "/shifts/" + UuidCreator.getTimeOrderedEpoch(),
                        Http.JSON
                                .createObjectNode()
                                .put("openedAt", "2026-01-05T07:00:00+07:00")
                                .put("firstSeq", firstSeq)
                                .put("office", office))
                .ok();
    }

    /** The account of somebody who has worked at two offices. */
    private static void move(String role, String office) {
        hub.db()
                .sql("update account set role = :role, office = :office, epoch = epoch + 1 where name = 'di-chuyen'")
                .param("role", role)
                .param("office", office)
                .update();
    }

    private static void carrier(ObjectNode handling, String carrier) {
        hub.db()
                .sql("update leg set carrier = :carrier where item = :item")
                .param("carrier", carrier)
                .param("item", handling.path("item").asText())
                .update();
    }

    @Test
    void money_of_somebody_who_opened_no_shift_is_missed_at_once_and_not_forgotten_in_the_first() {
        ObjectNode taken = taken(item(), 8_000);
        worker.handle(taken).ok();
        worker.handle(taken(item(), 1_000)).ok();

        UUID nobodys = nobodys();
        assertThat(discrepancy(nobodys).path("amount").asLong()).isEqualTo(-9_000);
        assertThat(discrepancy(nobodys).path("unopened").asBoolean()).isTrue();
        assertThat(worker.get("/discrepancies").ok().toString()).contains(nobodys.toString());
        UUID shift = opened();
        assertThat(closed(shift, 0).path("difference").asLong())
                .as("the fees are still to be handed over")
                .isEqualTo(-9_000);
        assertThat(code(settle(supervisor, nobodys))).isEqualTo("not-explained");
        explain(worker, nobodys).ok();
        settle(supervisor, nobodys).ok();
        assertThat(discrepancy(nobodys).isMissingNode()).isTrue();
    }

    @Test
    void of_money_that_came_at_once_a_shift_told_of_late_takes_what_was_taken_in_it() {
        ObjectNode before = taken(item(), 3_000);
        ObjectNode during = taken(item(), 8_000);
        worker.handle(before, during).ok();

        UUID shift = UuidCreator.getTimeOrderedEpoch();
        put(shift, seq);

        UUID nobodys = nobodys();
        assertThat(discrepancy(nobodys).path("amount").asLong()).isEqualTo(-3_000);
        JsonNode closed = closed(shift, 11_000);
        assertThat(closed.path("opening").asLong()).isEqualTo(3_000);
        assertThat(closed.path("difference").asLong()).isZero();
        assertThat(closed.path("handlings").asInt()).isEqualTo(1);
    }

    @Test
    void money_that_came_before_the_word_of_its_shift_is_counted_with_it_and_missed_nowhere() {
        long first = seq + 1;
        worker.handle(taken(item(), 8_000)).ok();
        assertThat(hub.db()
                        .sql("select count(*) from shift where device = :device")
                        .param("device", worker.device())
                        .query(Integer.class)
                        .single())
                .as("as long as nobody knows better")
                .isEqualTo(1);

        UUID shift = UuidCreator.getTimeOrderedEpoch();
        put(shift, first);

        assertThat(closed(shift, 8_000).path("difference").asLong()).isZero();
        assertThat(worker.get("/discrepancies").ok()).isEmpty();
    }

    @Test
    void a_fee_voided_after_two_shifts_have_counted_it_is_asked_for_in_both() {
        String item = item();
        UUID first = opened();
        ObjectNode taken = taken(item, 8_000);
        worker.handle(taken).ok();
        closed(first, 8_000);
        UUID second = opened();
        closed(second, 8_000);
        assertThat(discrepancy(first).isMissingNode()).isTrue();

        undo(supervisor, taken).ok();

        assertThat(discrepancy(first).path("amount").asLong()).isEqualTo(8_000);
        assertThat(discrepancy(second).path("amount").asLong()).isEqualTo(8_000);
    }

    @Test
    void a_handover_that_is_voided_late_is_missed_by_whoever_took_the_fee() {
        String item = item();
        Person colleague = Person.signIn(hub, "buu-ta-2");
        UUID theirs = colleague.openShift();
        UUID shift = opened();
        worker.handle(taken(item, 8_000)).ok();
        ObjectNode handed = money(1, "HANDED_TO_AGENCY", item, "feeRemitted", 8_000);
        colleague.handle(handed).ok();
        assertThat(closed(shift, 0).path("difference").asLong()).isZero();
        colleague.post("/shifts/" + theirs + "/close", closing(1, 0)).ok();

        undo(supervisor, handed).ok();

        assertThat(discrepancy(shift).path("amount").asLong()).isEqualTo(-8_000);
    }

    @Test
    void a_supervisor_on_a_round_counts_blind_and_does_not_void_the_own_money() {
        Person rounds = Person.signIn(hub, "to-pho");
        UUID shift = rounds.openShift();
        ObjectNode taken = money(1, "COLLECTED", item(), "feeCollected", 8_000);
        rounds.handle(taken).ok();

        assertThat(out(deputy, shift).path("cash").isNull()).isTrue();
        assertThat(out(supervisor, shift).path("cash").asLong()).isEqualTo(8_000);
        assertThat(undo(rounds, taken).json().path("code").asText()).isEqualTo("one-person-alone");
        JsonNode byPhone = rounds.handle(
                        Person.handling(2, "VOIDED", taken.path("item").asText())
                                .put("voids", taken.path("id").asText()))
                .ok()
                .at("/handlings/0");
        assertThat(byPhone.path("code").asText()).isEqualTo("supervisor-needed");
        undo(supervisor, taken).ok();
        assertThat(rounds.post("/shifts/" + shift + "/close", closing(2, 0))
                        .ok()
                        .path("difference")
                        .asLong())
                .isZero();
    }

    @Test
    void money_is_counted_to_who_took_it_and_not_to_whose_phone_it_claims_to_be() {
        UUID shift = opened();
        closed(shift, 0);
        Person forger = Person.signIn(hub, "buu-ta-2", worker.device());

        forger.handle(taken(item(), 8_000)).ok();

        assertThat(discrepancy(shift).isMissingNode()).isTrue();
    }

    @Test
    void nobody_signs_in_on_a_phone_with_which_another_is_working() {
        UUID shift = opened();
        Map<String, String> claim =
                Map.of("user", "buu-ta-2", "password", "buu-ta-2-sandbox", "device", worker.device());

        Http.Answer refused = Http.post(hub.at("/api/scan/v1/sign-in"), Map.of(), claim);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("shift-open");
        closed(shift, 0);
        assertThat(Http.post(hub.at("/api/scan/v1/sign-in"), Map.of(), claim).status())
                .isEqualTo(200);
    }

    private UUID opened() {
        UUID shift = UuidCreator.getTimeOrderedEpoch();
        put(shift, seq + 1);
        return shift;
    }

    private JsonNode put(UUID shift, long firstSeq) {
        return worker.put(
                        "/shifts/" + shift,
                        Office.JSON
                                .createObjectNode()
                                .put("openedAt", Instant.now().toString())
                                .put("firstSeq", firstSeq))
                .ok();
    }

    private JsonNode closed(UUID shift, long counted) {
        long last = hub.db()
                .sql("select coalesce(last_seq, :last) from shift where id = :id")
                .param("last", seq)
                .param("id", shift)
                .query(Long.class)
                .single();
        return worker.post("/shifts/" + shift + "/close", closing(last, counted))
                .ok();
    }

    private static Map<String, Object> closing(long lastSeq, long counted) {
        return Map.of("closedAt", Instant.now().toString(), "lastSeq", lastSeq, "counted", counted);
    }

    private ObjectNode taken(String item, long fee) {
        return money(++seq, "COLLECTED", item, "feeCollected", fee);
    }

    private ObjectNode postage(long amount) {
        return money(++seq, "COLLECTED", item(), "postageCollected", amount);
    }

    private UUID nobodys() {
        return nobodys(worker);
    }

    private static UUID nobodys(Person who) {
        return hub.db()
                .sql("select id from shift where device = :device and not opened")
                .param("device", who.device())
                .query(UUID.class)
                .single();
    }

    private static Http.Answer explain(Person who, UUID shift) {
        return who.post("/discrepancies/" + shift + "/explain", about(shift, "quên ghi"));
    }

    private static Http.Answer settle(Person who, UUID shift) {
        return who.post("/office/discrepancies/" + shift + "/settle", about(shift, "đã nộp"));
    }

    private static String code(Http.Answer refused) {
        return refused.json().path("code").asText();
    }

    private ObjectNode handedOver(String item, long fee) {
        return money(++seq, "HANDED_TO_AGENCY", item, "feeRemitted", fee);
    }

    private static ObjectNode money(long seq, String code, String item, String field, long amount) {
        ObjectNode handling = Person.handling(seq, code, item);
        handling.withObject("/details").put(field, amount);
        return handling;
    }

    /** Of papers for which a fee is due. */
    private static String item() {
        String code = office.asks("Lê Thị Mẫu", "12 đường Mẫu");
        hub.db()
                .sql("update dossier set paid_online = false where id ="
                        + " (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();
        hub.db()
                .sql(
                        "update leg set fee_asked = 1000000, postage_asked = 100000, fee_due = 1000000, postage_due = 100000 where kind = 'PICKUP' and dossier ="
                                + " (select dossier from dossier_code where code = :code)")
                .param("code", code)
                .update();
        return office.item(code, "PICKUP");
    }

    private static @Nullable String conflict(ObjectNode handling) {
        return hub.db()
                .sql("select coalesce(conflict, '') from handling where id = cast(:id as uuid)")
                .param("id", handling.path("id").asText())
                .query(String.class)
                .optional()
                .filter(conflict -> !conflict.isEmpty())
                .orElse(null);
    }

    private long feeHeld(String item) {
        return find(worker.get("/worklist").ok().path("stops"), "item", item)
                .path("feeHeld")
                .asLong();
    }

    private static JsonNode discrepancy(UUID shift) {
        return find(supervisor.get("/office/discrepancies?size=200").ok(), "shift", shift.toString());
    }

    private static JsonNode out(Person asking, UUID shift) {
        return find(asking.get("/office/shifts?size=200").ok().path("shifts"), "id", shift.toString());
    }

    private static Http.Answer undo(Person by, ObjectNode handling) {
        return by.post(
                "/office/handlings/" + handling.path("id").asText() + "/void",
                Map.of("id", UuidCreator.getTimeOrderedEpoch().toString(), "reason", "ghi nhầm"));
    }

    private static JsonNode find(JsonNode all, String field, String value) {
        for (JsonNode one : all) {
            if (one.path(field).asText().equals(value)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }
}
