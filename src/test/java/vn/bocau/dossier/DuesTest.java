package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;

/** What is asked for once is taken once, however often an item is lost, found, called off or sent anew. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DuesTest {

    private static final int FEE = 25_000;
    private static final int COD = 200_000;

    private final Domain at = new Domain();

    @Test
    void what_was_paid_online_after_a_result_was_lost_is_not_due_when_it_is_found() {
        at.accept(asked(false));
        at.dispatched();
        Domain.Scan lost = supervisor("LOST");

        at.paidOnline();
        Domain.undo(lost);

        assertThat(dues()).isEqualTo("1 RESULT READY 0 12000 1");
    }

    @Test
    void what_was_paid_online_after_a_result_was_called_off_is_not_due_when_that_is_undone() {
        at.accept(asked(false));
        at.dispatched();
        Domain.Scan cancelled = supervisor("CANCELLED");

        at.paidOnline();
        Domain.undo(cancelled);

        assertThat(dues()).isEqualTo("1 RESULT READY 0 12000 1");
    }

    @Test
    void a_fee_that_was_taken_with_papers_that_were_lost_is_not_due_when_others_are_fetched() {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup").put("collectFee", FEE);
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        at.accept(asked);
        holds(at.report(at.scan("COLLECTED", at.item("PICKUP")).detail("feeCollected", FEE)), "RECORDED");
        supervisor("LOST", "PICKUP");

        at.accept(asked);

        assertThat(dues()).isEqualTo("1 PICKUP LOST 25000 0 0, 2 PICKUP REQUESTED 0 0 0");
    }

    @Test
    void so_it_is_when_a_one_stop_orders_them_again() {
        place("PICKUP", FEE);
        holds(at.report(at.scan("COLLECTED", at.item("PICKUP")).detail("feeCollected", FEE)), "RECORDED");
        supervisor("LOST", "PICKUP");

        place("PICKUP", FEE);

        assertThat(dues()).endsWith("2 PICKUP REQUESTED 0 0 0");
    }

    @Test
    void what_the_citizen_agreed_to_is_due_though_a_one_stop_orders_without_it_and_hands_over_short() {
        at.accept(asked(false));
        place("RESULT", 0);
        holds(at.report(at.scan("DISPATCH_SHORT", at.item("RESULT"))), "RECORDED");

        place("RESULT", 0);

        assertThat(dues()).isEqualTo("1 RESULT READY 25000 12000 1");
    }

    @Test
    void it_is_due_with_the_newest_and_with_the_one_that_was_found_once_the_newest_is_called_off() {
        at.accept(asked(false));
        at.dispatched();
        String first = at.item("RESULT");
        Domain.Scan lost = supervisor("LOST");
        at.dispatched();

        Domain.undo(lost);
        assertThat(dues()).isEqualTo("1 RESULT READY 0 0 0, 2 RESULT READY 25000 12000 1");

        supervisor("CANCELLED");
        assertThat(dues()).isEqualTo("1 RESULT READY 25000 12000 1, 2 RESULT CANCELLED 25000 12000 1");
        holds(at.report(at.scan("RESULT_COLLECTED", first)), "RECORDED");
        JsonNode nothing = at.report(at.delivered(first, "0".repeat(64)));
        holds(nothing, "CONFLICT");
        assertThat(nothing.path("code").asText()).isEqualTo("originals-left");
    }

    @Test
    void a_portal_that_asks_anew_asks_for_it_too() {
        at.accept(asked(false));
        at.dispatched();
        Domain.Scan lost = supervisor("LOST");
        ObjectNode bare = at.dossier("1.012786", false);
        bare.putObject("result").set("receiver", party("19333"));

        at.accept(bare);
        at.dispatched();
        assertThat(dues()).endsWith("2 RESULT READY 25000 12000 1");

        Domain.undo(lost);
        assertThat(dues()).isEqualTo("1 RESULT READY 0 0 0, 2 RESULT READY 25000 12000 1");
    }

    @Test
    void of_one_called_off_and_one_in_another_envelope_it_is_due_with_one() {
        at.accept(asked(false));
        at.dispatched();
        Domain.Scan cancelled = supervisor("CANCELLED");
        at.decide(
                "dispatch",
                json(
                        "{\"results\": [{\"dossier\": \"%s\", \"collectFee\": 25000, \"receiver\": %s}]}",
                        at.code, party("19333").toString()));

        Domain.undo(cancelled);

        assertThat(dues()).isEqualTo("1 RESULT READY 0 0 0, 2 RESULT READY 25000 12000 1");
    }

    @Test
    void what_a_one_stop_takes_back_and_orders_again_is_due_as_the_citizen_agreed() {
        at.accept(asked(false));
        place("RESULT", 0);
        at.takeBack();

        place("RESULT", 0);

        assertThat(dues()).endsWith("2 RESULT READY 25000 12000 1");
    }

    @Test
    void what_a_one_stop_alone_had_asked_for_and_takes_back_is_due_no_more() {
        place("RESULT", FEE);
        at.takeBack();

        place("RESULT", 0);

        assertThat(dues()).endsWith("2 RESULT READY 0 0 0");
    }

    @Test
    void a_fee_taken_twice_is_shown_to_somebody() {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup").put("collectFee", FEE);
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        at.accept(asked);
        Domain.Scan first = at.scan("COLLECTED", at.item("PICKUP")).detail("feeCollected", FEE);
        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"PICKUP\"}", at.code)));
        at.accept(asked);
        holds(at.report(at.scan("COLLECTED", at.item("PICKUP")).detail("feeCollected", FEE)), "RECORDED");

        at.report(first);

        assertThat(conflicts()).contains("COLLECTED more-than-due");
    }

    @Test
    void a_label_that_was_brought_stays_on_its_envelope_though_less_is_due_than_was_asked() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").put("collectFee", FEE).set("receiver", party("19681"));
        at.accept(asked);
        at.paidOnline();
        String label = Domain.label();

        at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", at.code, label));

        assertThat(at.item("RESULT")).isEqualTo(label);
        assertThat(at.told("carrier-x", "order-cancel")).isEmpty();
        assertThat(at.told("carrier-x", "order"))
                .extracting(order ->
                        order.path("item").asText() + " " + order.path("fee").asLong())
                .containsExactly(label + " 0");
    }

    @Test
    void what_the_citizen_called_off_is_due_no_more() {
        at.accept(asked(false));
        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"RESULT\"}", at.code)));

        place("RESULT", 0);

        assertThat(dues()).endsWith("2 RESULT READY 0 0 0");
    }

    @Test
    void what_was_taken_behind_a_loss_stands_and_is_not_due_with_the_one_sent_anew() {
        at.accept(asked(false));
        at.dispatched();
        String first = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", first)), "RECORDED");
        Domain.Scan delivered = paid(at.delivered(first, "0".repeat(64)), FEE, 12_000, 1);
        Domain.Scan lost = supervisor("LOST");
        at.dispatched();

        at.report(delivered);
        Domain.undo(lost);

        assertThat(dues()).isEqualTo("1 RESULT DELIVERED 25000 12000 1, 2 RESULT READY 0 0 0");
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void a_damaged_result_is_ordered_anew_with_its_fee() {
        place("RESULT", FEE);
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        holds(at.report(at.scan("DAMAGED", at.item("RESULT"))), "RECORDED");

        place("RESULT", FEE);

        assertThat(dues()).endsWith("2 RESULT READY 25000 0 0");
    }

    @Test
    void however_often_a_one_stop_takes_back_what_the_citizen_asked_for_it_is_due() {
        at.accept(asked(false));
        for (int time = 1; time <= 2; time++) {
            place("RESULT", 0);
            at.takeBack();
        }

        place("RESULT", 0);

        assertThat(dues()).endsWith("3 RESULT READY 25000 12000 1");
    }

    @Test
    void a_one_stop_that_corrects_what_it_ordered_anew_takes_nothing_off() {
        at.accept(asked(false));
        place("RESULT", 0);
        supervisor("LOST");
        place("RESULT", 0);
        ObjectNode corrected = order("RESULT", 0);
        corrected.put("description", "sửa mô tả");

        place(corrected);

        assertThat(dues()).endsWith("2 RESULT READY 25000 12000 1");
    }

    @Test
    void what_was_taken_with_the_one_that_was_found_is_due_there_and_no_more_with_the_one_sent_anew() {
        at.accept(asked(false));
        at.dispatched();
        String first = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", first)), "RECORDED");
        Domain.Scan delivered = paid(at.delivered(first, "0".repeat(64)), FEE, 12_000, 1);
        Domain.Scan lost = supervisor("LOST");
        at.dispatched();
        Domain.undo(lost);

        holds(at.report(delivered), "RECORDED");

        assertThat(dues()).isEqualTo("1 RESULT DELIVERED 25000 12000 1, 2 RESULT READY 0 0 0");
        assertThat(conflicts()).isEmpty();
    }

    @Test
    void when_what_was_taken_turns_out_wrong_it_is_due_with_the_one_that_is_still_out() {
        Domain.Scan first = deliveredBehindALoss();
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        holds(at.report(at.delivered(at.item("RESULT"), "0".repeat(64))), "RECORDED");
        assertThat(conflicts()).isEmpty();

        Domain.undo(first);

        assertThat(dues()).isEqualTo("1 RESULT COLLECTED 25000 12000 1, 2 RESULT DELIVERED 0 0 0");
    }

    @Test
    void when_what_was_taken_first_turns_out_wrong_what_was_taken_twice_is_right() {
        Domain.Scan first = deliveredBehindALoss();
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        holds(at.report(paid(at.delivered(at.item("RESULT"), "0".repeat(64)), FEE, 12_000, 1)), "CONFLICT");
        assertThat(conflicts()).containsExactly("DELIVERED more-than-due");

        Domain.undo(first);

        assertThat(conflicts()).isEmpty();
    }

    /** And sent anew meanwhile. */
    private Domain.Scan deliveredBehindALoss() {
        at.accept(asked(false));
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        Domain.Scan delivered = paid(at.delivered(item, "0".repeat(64)), FEE, 12_000, 1);
        Domain.Scan lost = supervisor("LOST");
        at.dispatched();
        at.report(delivered);
        Domain.undo(lost);
        return delivered;
    }

    @Test
    void what_was_taken_with_a_part_of_the_papers_is_not_due_with_the_rest() {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup").put("collectFee", FEE);
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        at.accept(asked);
        holds(at.report(at.scan("PICKUP_PARTIAL", at.item("PICKUP")).detail("feeCollected", FEE)), "RECORDED");
        JsonNode stops = Domain.bean(Worklists.class).of("520100");
        List<Integer> left = new ArrayList<>();
        stops.forEach(stop -> {
            if (stop.path("item").asText().equals(at.item("PICKUP"))) {
                left.add(stop.path("feeDue").asInt(-1));
            }
        });
        assertThat(left).containsExactly(0);

        holds(at.report(at.scan("COLLECTED", at.item("PICKUP")).detail("feeCollected", FEE)), "CONFLICT");

        assertThat(conflicts()).containsExactly("COLLECTED more-than-due");
    }

    @Test
    void a_fee_that_was_taken_by_itself_is_paid_at_the_door() {
        at.accept(asked(false));
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("FEE_COLLECTED", item).detail("feeCollected", FEE)), "RECORDED");

        holds(at.report(paid(at.delivered(item, "0".repeat(64)), 0, 12_000, 1)), "RECORDED");

        assertThat(conflicts()).isEmpty();
    }

    @Test
    void what_is_paid_online_after_it_was_taken_is_shown_and_the_result_stays_delivered() throws Exception {
        at.accept(asked(false));
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        holds(at.report(paid(at.delivered(item, "0".repeat(64)), FEE, 12_000, 1)), "RECORDED");

        at.paidOnline();

        assertThat(conflicts()).containsExactly("DELIVERED more-than-due");
        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
    }

    @Test
    void a_lost_result_is_owed_again_when_the_one_in_its_place_was_called_off() {
        at.accept(asked(false));
        at.dispatched();
        supervisor("LOST");
        at.dispatched();
        assertThat(owedOfTheFirst()).isNull();

        Domain.Scan cancelled = supervisor("CANCELLED");

        assertThat(owedOfTheFirst()).isEqualTo("REISSUE");
        Domain.undo(cancelled);
        assertThat(owedOfTheFirst()).isNull();
    }

    /** @return the number of papers with which a fee was due */
    private String handedOverUnpaid() {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup").put("collectFee", FEE);
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        asked.putObject("result").set("receiver", party("19333"));
        at.accept(asked);
        String papers = at.item("PICKUP");
        holds(at.report(at.scan("COLLECTED", papers)), "RECORDED");
        holds(at.report(at.scan("HANDED_TO_AGENCY", papers)), "RECORDED");
        return papers;
    }

    @Test
    void a_fee_that_a_colleague_took_elsewhere_proves_what_was_delivered_without_it() {
        String papers = handedOverUnpaid();
        Domain.Scan late = at.scan("FEE_COLLECTED", papers).detail("feeCollected", FEE);
        at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"collectFee\": %d}]}", at.code, FEE));
        String result = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", result)), "RECORDED");
        Domain.Scan delivered = at.delivered(result, at.signature());
        holds(at.report(delivered), "CONFLICT");
        at.sign(delivered);
        assertThat(at.status()).isEqualTo(9);

        holds(at.report(late), "RECORDED");

        assertThat(conflicts()).isEmpty();
        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void a_delivery_that_was_said_twice_proves_nothing_and_its_voiding_takes_nothing_back() {
        String papers = handedOverUnpaid();
        at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"collectFee\": %d}]}", at.code, FEE));
        String result = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", result)), "RECORDED");
        Domain.Scan paid = at.scan("FEE_COLLECTED", papers).detail("feeCollected", FEE);
        holds(at.report(paid), "RECORDED");
        Domain.Scan delivered = at.delivered(result, at.signature());
        holds(at.report(delivered), "RECORDED");
        at.sign(delivered);
        assertThat(at.status()).isEqualTo(10);
        Domain.Scan twice = at.delivered(result, "0".repeat(64));
        holds(at.report(twice), "CONFLICT");
        Domain.undo(paid);
        assertThat(at.status()).isEqualTo(10);

        Domain.undo(twice);

        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void what_was_taken_with_one_called_off_after_it_was_taken_with_the_other_is_shown_to_somebody() {
        at.accept(asked(false));
        at.dispatched();
        String first = at.item("RESULT");
        supervisor("LOST");
        at.dispatched();
        String second = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", second)), "RECORDED");
        at.report(paid(at.delivered(second, "0".repeat(64)), FEE, 12_000, 1));

        at.report(at.scan("FEE_COLLECTED", first).detail("feeCollected", FEE));

        assertThat(conflicts()).contains("FEE_COLLECTED more-than-due");
    }

    @Test
    void what_is_on_its_way_bears_what_is_due_and_not_what_was_sent_anew() {
        at.accept(asked(false));
        at.dispatched();
        String first = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", first)), "RECORDED");
        Domain.Scan lost = supervisor("LOST");
        at.dispatched();

        Domain.undo(lost);

        assertThat(dues()).isEqualTo("1 RESULT COLLECTED 25000 12000 1, 2 RESULT READY 0 0 0");
    }

    @Test
    void what_the_citizen_has_stays_returned_whatever_is_due_then() {
        at.accept(asked(false));
        at.dispatched();
        String first = at.item("RESULT");
        Domain.Scan lost = supervisor("LOST");
        at.dispatched();
        Domain.undo(lost);
        assertThat(dues()).isEqualTo("1 RESULT READY 0 0 0, 2 RESULT READY 25000 12000 1");
        Domain.Scan delivered = at.delivered(first, at.signature());
        holds(at.report(delivered), "RECORDED");
        at.sign(delivered);
        assertThat(at.status()).isEqualTo(10);

        supervisor("CANCELLED");

        assertThat(conflicts()).isNotEmpty();
        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void a_result_is_not_returned_any_more_when_the_delivery_that_proved_it_was_wrong() {
        at.accept(at.resultAlone());
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        Domain.Scan proven = at.delivered(item, at.signature());
        holds(at.report(proven), "RECORDED");
        at.sign(proven);
        assertThat(at.status()).isEqualTo(10);
        holds(at.report(at.delivered(item, "0".repeat(64))), "CONFLICT");

        Domain.undo(proven);

        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(at.status()).isEqualTo(9);
    }

    @Test
    void papers_that_were_fetched_bear_nothing_that_others_are_to_bring() {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup").put("collectFee", FEE);
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        at.accept(asked);
        holds(at.report(at.scan("COLLECTED", at.item("PICKUP"))), "RECORDED");
        Domain.Scan lost = supervisor("LOST", "PICKUP");
        at.accept(asked);

        Domain.undo(lost);

        assertThat(dues()).isEqualTo("1 PICKUP COLLECTED 0 0 0, 2 PICKUP REQUESTED 25000 0 0");
    }

    @Test
    void a_fee_that_was_fetched_a_minute_later_is_paid() {
        at.accept(asked(false));
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        holds(at.report(paid(at.delivered(item, "0".repeat(64)), 0, 12_000, 1)), "CONFLICT");

        holds(at.report(at.scan("FEE_COLLECTED", item).detail("feeCollected", FEE)), "RECORDED");

        assertThat(conflicts()).isEmpty();
    }

    @Test
    void a_label_that_is_another_legs_by_now_is_scanned_for_that_one() {
        String label = Domain.label();
        ObjectNode order = order("RESULT", FEE);
        ((ObjectNode) order.path("legs").path(0)).put("item", label);
        place(order);
        String list = at.leg("RESULT").path("id").asText();
        at.takeBack();
        place(order);

        holds(at.report(at.scan("RESULT_COLLECTED", label).with("leg", list)), "RECORDED");

        assertThat(dues()).endsWith("2 RESULT COLLECTED 25000 0 0");
    }

    private String owedOfTheFirst() {
        return Domain.hub()
                .db()
                .sql("select p.next_act from progress p join leg l on l.id = p.leg"
                        + " join dossier_code c on c.dossier = l.dossier where c.code = :code and l.no = 1")
                .param("code", at.code)
                .query((row, n) -> java.util.Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    @Test
    void a_fee_that_was_not_taken_with_the_papers_may_be_taken_with_the_result() {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup").put("collectFee", FEE);
        pickup.set("sender", party("19333"));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        asked.putObject("result").set("receiver", party("19333"));
        at.accept(asked);
        holds(at.report(at.scan("COLLECTED", at.item("PICKUP"))), "RECORDED");
        holds(at.report(at.scan("HANDED_TO_AGENCY", at.item("PICKUP"))), "RECORDED");

        JsonNode dispatched = at.decide(
                        "dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"collectFee\": %d}]}", at.code, FEE))
                .answer()
                .path("results")
                .path(0);

        holds(dispatched, "DISPATCHED");
        assertThat(dues()).endsWith("2 RESULT READY 25000 0 0");
    }

    @Test
    void a_wish_that_was_called_off_before_there_was_an_envelope_can_be_left_as_it_was() {
        at.accept(asked(false));
        Domain.Scan cancelled = at.scanOfLeg("CANCELLED", "RESULT");
        holds(by(cancelled), "RECORDED");

        Domain.undo(cancelled);

        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
    }

    @Test
    void nobody_fetches_an_envelope_that_there_is_not() {
        at.accept(asked(false));

        JsonNode refused = at.report(at.scanOfLeg("RESULT_COLLECTED", "RESULT"));

        holds(refused, "REFUSED");
        assertThat(refused.path("code").asText()).isEqualTo("no-envelope");
    }

    @Test
    void what_is_ordered_anew_asks_for_what_it_names() {
        place("RESULT", FEE);
        supervisor("LOST");

        place("RESULT", 10_000);

        assertThat(dues()).endsWith("2 RESULT READY 10000 0 0");
    }

    @Test
    void nobody_opens_again_by_a_phone_what_gave_its_label_away() {
        String label = Domain.label();
        ObjectNode order = order("RESULT", 0);
        ((ObjectNode) order.path("legs").path(0)).put("item", label);
        place(order);
        Domain.Scan cancelled = supervisor("CANCELLED");
        place(order);

        JsonNode voided = by(at.scan("VOIDED", label).with("voids", cancelled.id()));

        holds(voided, "REFUSED");
        assertThat(voided.path("code").asText()).isEqualTo("ordered-again");
        assertThatThrownBy(() -> Domain.undo(cancelled))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("ordered-again"));
    }

    /**
     * Anything that may happen to a result, in any order, by workers who take what their list shows: at each moment the
     * fee is due on one open leg at most, and what was taken and what is due are the fee, once. So it is with COD, which
     * nobody pays online.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_fee_and_cod_are_taken_once_whatever_happens(long seed) {
        var random = new Random(seed);
        ObjectNode asked = asked(false);
        asked.withObject("/result/cod").put("amount", COD).put("payee", "cong-chung-mau");
        at.accept(asked);
        boolean paidOnline = false;
        List<Domain.Scan> undoable = new ArrayList<>();
        List<String> story = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String what = List.of("dispatch", "LOST", "CANCELLED", "DAMAGED", "fetch", "deliver", "undo", "undo", "pay")
                    .get(random.nextInt(i < 18 ? 8 : 9));
            story.add(what);
            try {
                switch (what) {
                    case "dispatch" -> at.dispatched();
                    case "fetch" -> legs().forEach(leg -> at.report(at.scan("RESULT_COLLECTED", leg.item())));
                    case "deliver" -> {
                        Item leg = legs().get(random.nextInt(legs().size()));
                        Domain.Scan delivered = paid(
                                        at.delivered(leg.item(), "0".repeat(64)), leg.fee(), leg.postage(), 1)
                                .detail("codCollected", leg.cod());
                        at.report(delivered);
                        undoable.add(delivered);
                    }
                    case "undo" -> {
                        if (!undoable.isEmpty()) {
                            Domain.undo(undoable.remove(random.nextInt(undoable.size())));
                        }
                    }
                    case "pay" -> {
                        at.paidOnline();
                        paidOnline = true;
                    }
                    default -> {
                        Item leg = legs().get(random.nextInt(legs().size()));
                        Domain.Scan scan = at.scan(what, leg.item());
                        by(scan);
                        undoable.add(scan);
                    }
                }
            } catch (Refused | IllegalArgumentException notNow) {
                story.add("refused");
            }
            long due = legs().stream().filter(Item::open).mapToLong(Item::fee).sum();
            boolean open = legs().stream().anyMatch(Item::open);
            long taken = taken();
            Books.balance(at.code, story + " " + dues());
            assertThat(taken + due).as(story + " " + dues()).isLessThanOrEqualTo(FEE);
            if (open && !paidOnline) {
                assertThat(taken + due).as(story + " " + dues()).isEqualTo(FEE);
            }
            long cod = taken("codCollected")
                    + legs().stream().filter(Item::open).mapToLong(Item::cod).sum();
            assertThat(cod).as(story + " " + dues()).isLessThanOrEqualTo(COD);
            if (open) {
                assertThat(cod).as(story + " " + dues()).isEqualTo(COD);
            }
        }
    }

    /** @param open something may still happen to it */
    private record Item(String item, long fee, long postage, long cod, boolean open) {}

    private List<Item> legs() {
        return Domain.hub()
                .db()
                .sql(
                        "select l.item, l.fee_due, l.postage_due, l.cod_due, p.step not in ('DELIVERED', 'LOST', 'CANCELLED', 'RETURN_APPROVED') from leg l join progress p on p.leg = l.id"
                                + " join dossier_code c on c.dossier = l.dossier where c.code = :code and l.kind = 'RESULT'"
                                + " and l.item is not null order by l.no")
                .param("code", at.code)
                .query((row, n) ->
                        new Item(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getBoolean(5)))
                .list();
    }

    /** Of handlings that stand and that nobody has said twice. */
    private long taken() {
        return taken("feeCollected");
    }

    private long taken(String field) {
        return Domain.hub()
                .db()
                .sql("select coalesce(sum((h.details ->> :field)::bigint), 0) from handling h"
                        + " join leg l on l.id = h.leg join dossier_code c on c.dossier = l.dossier where c.code = :code"
                        + " and coalesce(h.conflict, '') not in ('delivered-twice', 'collected-twice')"
                        + " and not exists (select 1 from handling v where v.voids = h.id and v.conflict is null)")
                .param("field", field)
                .param("code", at.code)
                .query(Long.class)
                .single();
    }

    private List<String> conflicts() {
        return Domain.hub()
                .db()
                .sql("select h.code || ' ' || h.conflict from handling h join leg l on l.id = h.leg"
                        + " join dossier_code c on c.dossier = l.dossier where c.code = :code and h.conflict is not null"
                        + " and not exists (select 1 from handling v where v.voids = h.id)")
                .param("code", at.code)
                .query(String.class)
                .list();
    }

    /** Number, kind and step of each leg, and the fee, postage and originals due on it. */
    private String dues() {
        return Domain.hub()
                .db()
                .sql(
                        "select string_agg(concat_ws(' ', l.no, l.kind, p.step, l.fee_due, l.postage_due, l.originals_due),"
                                + " ', ' order by l.no) from leg l join progress p on p.leg = l.id"
                                + " join dossier_code c on c.dossier = l.dossier where c.code = :code")
                .param("code", at.code)
                .query(String.class)
                .single();
    }

    private ObjectNode asked(boolean paid) {
        ObjectNode asked = at.dossier("1.012786", paid);
        asked.putObject("result")
                .put("collectFee", FEE)
                .put("postage", 12_000)
                .put("originalsToTakeBack", 1)
                .set("receiver", party("19333"));
        return asked;
    }

    private static Domain.Scan paid(Domain.Scan delivered, long fee, long postage, int originals) {
        return delivered
                .detail("feeCollected", fee)
                .detail("postageCollected", postage)
                .detail("originalsTaken", originals);
    }

    private Domain.Scan supervisor(String code) {
        return supervisor(code, "RESULT");
    }

    private Domain.Scan supervisor(String code, String kind) {
        Domain.Scan scan = at.scan(code, at.item(kind));
        by(scan);
        return scan;
    }

    private JsonNode by(Domain.Scan scan) {
        return at.report("to-truong", "POSTAL_SUPERVISOR", "520100", scan);
    }

    private void place(String direction, int fee) {
        place(order(direction, fee));
    }

    private static void place(ObjectNode order) {
        Domain.bean(Ordering.class).place(Domain.in("qti-tthcc", "ngsp.order", order));
    }

    private ObjectNode order(String direction, int fee) {
        String centre = """
                {"name": "Trung tâm Phục vụ HCC", "phone": "02330000100",
                 "address": {"street": "Đông Hà", "vnpostProvince": 52, "vnpostDistrict": 5210}}
                """;
        String citizen = """
                {"name": "Lê Thị Mẫu", "phone": "0900000001",
                 "address": {"street": "Thôn 2", "vnpostProvince": 52, "vnpostDistrict": 5220}}
                """;
        boolean pickup = direction.equals("PICKUP");
        return (ObjectNode) json("""
                {"orderNumber": "%s", "procedure": {"name": "Cấp lại giấy phép A"}, "papers": [{"name": "Giấy phép"}],
                 "legs": [{"direction": "%s", "sender": %s, "receiver": %s, "collectFee": %d}]}
                """, at.code, direction, pickup ? citizen : centre, pickup ? centre : citizen, fee);
    }
}
