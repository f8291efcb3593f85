package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Refused;

/** What an outside carrier hears: every change, once, in an order it understands; and what is made of what it says. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CarrierOrdersTest {

    private static final int FEE = 25_000;

    /** Served by carrier-x. */
    private static final String COMMUNE = "19681";

    private static final int DISTRICT = 5270;

    private final Domain at = new Domain();

    @Test
    void what_was_paid_since_is_ordered_anew_under_another_number_where_there_is_no_envelope_yet() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");

        at.accept(at.dossier("1.012786", true));

        String second = at.item("PICKUP");
        assertThat(told())
                .containsExactly("order " + first + " 25000", "order-cancel " + first, "order " + second + " 0");
        heard(first, "CANCELLED");
        assertThat(at.step("PICKUP"))
                .as("it has only confirmed what we took back")
                .isEqualTo("REQUESTED");
        heard(second, "CANCELLED");
        assertThat(at.step("PICKUP")).isEqualTo("CANCELLED");
    }

    @Test
    void of_an_envelope_that_bears_its_number_it_hears_what_is_otherwise_once() {
        at.accept(result());
        at.dispatched();
        String item = at.item("RESULT");
        at.accept(at.dossier("1.012786", true));
        at.accept(at.dossier("1.012786", true));

        assertThat(told()).containsExactly("order " + item + " 25000", "order-change " + item + " 0");
    }

    @Test
    void what_is_ordered_anew_under_a_brought_label_is_not_taken_back_before() {
        at.accept(result());
        String first = Domain.label();
        String second = Domain.label();
        holds(place(order(FEE, first)), "ACCEPTED");
        supervisor("LOST");
        at.accept(at.dossier("1.012786", true));

        holds(place(order(0, second)), "ACCEPTED");

        assertThat(told())
                .containsExactly("order " + first + " 25000", "order-cancel " + first, "order " + second + " 0");
    }

    @Test
    void a_damaged_one_is_taken_back_and_nothing_more_is_said_of_it() {
        holds(place(order(FEE, null)), "ACCEPTED");
        String first = at.item("RESULT");
        heard(first, "RESULT_COLLECTED");
        heard(first, "DAMAGED");

        holds(place(order(FEE, null)), "ACCEPTED");

        String second = at.item("RESULT");
        assertThat(told())
                .containsExactly("order " + first + " 25000", "order-cancel " + first, "order " + second + " 25000");
    }

    @Test
    void what_a_supervisor_calls_off_is_taken_back_and_asked_for_again_when_that_is_undone() {
        at.accept(result());
        at.dispatched();
        String first = at.item("RESULT");

        Domain.Scan cancelled = supervisor("CANCELLED");
        assertThat(told()).containsExactly("order " + first + " 25000", "order-cancel " + first);
        Domain.undo(cancelled);

        assertThat(at.item("RESULT")).as("its envelope bears it").isEqualTo(first);
        assertThat(told()).last().isEqualTo("order-change " + first + " 25000");
        heard(first, "CANCELLED");
        assertThat(at.step("RESULT")).as("that was the first time").isEqualTo("READY");
        heard(first, "CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
    }

    @Test
    void what_did_not_match_and_is_handed_over_again_is_another_order() {
        holds(place(order(FEE, null)), "ACCEPTED");
        String first = at.item("RESULT");
        heard(first, "DISPATCH_SHORT");
        assertThat(at.step("RESULT")).isEqualTo("SHORT");

        holds(place(order(FEE, null)), "CORRECTED");
        String second = at.item("RESULT");
        assertThat(told()).last().isEqualTo("order " + second + " 25000");
        heard(second, "DISPATCH_SHORT");
        String brought = Domain.label();
        JsonNode dispatched = at.decide(
                        "dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", at.code, brought))
                .answer()
                .path("results")
                .path(0);

        holds(dispatched, "DISPATCHED");
        assertThat(dispatched.path("item").asText()).isEqualTo(brought);
        assertThat(told())
                .containsExactly(
                        "order " + first + " 25000",
                        "order-cancel " + first,
                        "order " + second + " 25000",
                        "order-cancel " + second,
                        "order " + brought + " 25000");
    }

    @Test
    void who_came_in_vain_hears_that_the_same_door_was_confirmed() {
        at.accept(pickup(0));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        ObjectNode asked =
                Domain.JSON.createObjectNode().put("dossier", at.code).put("leg", "PICKUP");
        asked.set("party", party(COMMUNE));

        Domain.bean(Requests.class).changeAddress(Domain.in("dvcqg", "portal.change-address", asked));

        assertThat(told())
                .containsExactly("order " + first + " 0", "order-cancel " + first, "order " + at.item("PICKUP") + " 0");
    }

    @Test
    void who_came_in_vain_comes_again_when_a_clerk_confirmed_the_door() {
        at.accept(pickup(0));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        ObjectNode asked = Domain.JSON
                .createObjectNode()
                .put("dossier", at.code)
                .put("leg", at.leg("PICKUP").path("id").asText());
        asked.putObject("by").put("user", "can-bo").put("agency", "000.00.12.H50");
        asked.set("party", party(COMMUNE));

        Domain.bean(Decisions.class).correct(Domain.in(Decisions.DESK, "desk.correct", asked));

        assertThat(told())
                .containsExactly("order " + first + " 0", "order-cancel " + first, "order " + at.item("PICKUP") + " 0");
    }

    @Test
    void what_it_says_late_of_a_number_that_was_given_up_is_known() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        at.accept(pickup(FEE));
        assertThat(at.item("PICKUP")).isNotEqualTo(first);

        holds(heard(first, "COLLECTED"), "RECORDED");

        assertThat(at.step("PICKUP")).isEqualTo("COLLECTED");
        at.decide(
                "receive",
                json(
                        "{\"dossier\": \"%s\", \"appointment\": \"%s\", \"item\": \"%s\"}",
                        at.code, Domain.tomorrow(), first));
        assertThat(at.step("PICKUP")).isEqualTo("HANDED_TO_AGENCY");
    }

    @Test
    void what_it_collected_it_has_taken_though_it_tells_no_amounts() {
        at.accept(pickup(FEE));
        heard(at.item("PICKUP"), "COLLECTED");
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("PICKUP")));

        at.accept(pickup(FEE));

        assertThat(due("PICKUP")).containsExactly(FEE, 0);
    }

    @Test
    void what_it_delivered_after_it_was_lost_is_not_due_with_the_one_sent_anew() {
        at.accept(result());
        at.dispatched();
        String first = at.item("RESULT");
        heard(first, "RESULT_COLLECTED");
        supervisor("LOST");
        at.dispatched();
        assertThat(due("RESULT")).containsExactly(FEE, FEE);

        heard(first, "DELIVERED");

        assertThat(due("RESULT")).containsExactly(FEE, 0);
    }

    @Test
    void a_label_that_is_ordered_again_is_told_as_a_change_and_what_confirmed_its_taking_back_is_not_meant() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        at.takeBack();
        heard(label, "CANCELLED");

        holds(place(order(FEE, label)), "ACCEPTED");

        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(told())
                .containsExactly(
                        "order " + label + " 25000", "order-cancel " + label, "order-change " + label + " 25000");
    }

    @Test
    void what_it_says_of_an_order_that_went_elsewhere_is_no_word_about_who_has_it_now() {
        at.accept(pickup(0));
        String first = at.item("PICKUP");
        moves("19333");

        holds(heard(first, "CANCELLED"), "RECORDED");
        holds(heard(first, "PICKUP_FAILED"), "RECORDED");

        assertThat(at.step("PICKUP")).isEqualTo("REQUESTED");
        assertThat(told()).containsExactly("order " + first + " 0", "order-cancel " + first);
    }

    @Test
    void who_came_for_an_order_taken_back_does_not_come_a_second_time() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        at.accept(pickup(FEE));
        String second = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        assertThat(at.step("PICKUP"))
                .as("the driver's word for what was taken back")
                .isEqualTo("ACCEPTED");

        heard(first, "COLLECTED");

        assertThat(told())
                .containsExactly(
                        "order " + first + " 25000",
                        "order-cancel " + first,
                        "order " + second + " 25000",
                        "order-cancel " + second);
    }

    @Test
    void what_it_has_carried_out_is_not_taken_back() {
        at.accept(pickup(0));
        String item = at.item("PICKUP");
        heard(item, "COLLECTED");

        at.decide(
                "refuse",
                json(
                        "{\"dossier\": \"%s\", \"item\": \"%s\", \"reasons\": [\"thiếu chữ ký\"], \"returnPapers\": true}",
                        at.code, item));

        assertThat(told()).containsExactly("order " + item + " 0", "order " + at.item("ORIGINALS_BACK") + " 0");
    }

    @Test
    void what_it_was_told_to_take_it_took_though_less_was_due_by_then() {
        at.accept(result());
        at.dispatched();
        String first = at.item("RESULT");
        heard(first, "RESULT_COLLECTED");
        heard(first, "DAMAGED");
        at.dispatched();
        assertThat(due("RESULT")).containsExactly(0, FEE);

        heard(first, "DELIVERED");

        assertThat(due("RESULT").get(1)).isZero();
    }

    @Test
    void a_fee_that_it_took_without_saying_so_is_taken_at_no_other_door() {
        at.accept(pickup(FEE));
        heard(at.item("PICKUP"), "HANDED_TO_AGENCY");

        JsonNode dispatched = at.decide(
                        "dispatch",
                        json(
                                "{\"results\": [{\"dossier\": \"%s\", \"collectFee\": %d, \"receiver\": %s}]}",
                                at.code, FEE, party(COMMUNE)))
                .answer()
                .path("results")
                .path(0);

        holds(dispatched, "REFUSED");
    }

    @Test
    void what_a_supervisor_calls_off_on_its_way_is_taken_back_too() {
        String item = fetchedByIt();

        supervisor("CANCELLED");

        assertThat(told()).containsExactly("order " + item + " 25000", "order-cancel " + item);
    }

    @Test
    void what_reached_the_agency_without_a_word_of_the_carrier_was_carried_and_its_fee_taken() {
        at.accept(pickup(FEE));
        String item = at.item("PICKUP");

        at.decide(
                "refuse",
                json("{\"dossier\": \"%s\", \"item\": \"%s\", \"reasons\": [\"thiếu chữ ký\"]}", at.code, item));

        assertThat(told()).containsExactly("order " + item + " 25000");
        at.accept(pickup(FEE));
        assertThat(due("PICKUP")).containsExactly(FEE, 0);
    }

    @Test
    void what_it_fetched_all_the_same_after_another_was_to_come_it_was_paid_for() {
        at.accept(pickup(FEE));
        String item = at.item("PICKUP");
        moves("19333");

        holds(heard(item, "COLLECTED"), "RECORDED");

        assertThat(at.step("PICKUP")).isEqualTo("COLLECTED");
        JsonNode stops = Domain.bean(Worklists.class).of("520100");
        stops.forEach(stop -> {
            if (stop.path("leg").asText().equals(at.leg("PICKUP").path("id").asText())) {
                assertThat(stop.path("feeDue").asLong()).isZero();
            }
        });
    }

    @Test
    void each_time_it_was_taken_back_is_confirmed_once() {
        at.accept(result());
        at.dispatched();
        String item = at.item("RESULT");
        Domain.undo(supervisor("CANCELLED"));
        Domain.undo(supervisor("CANCELLED"));

        heard(item, "CANCELLED");
        heard(item, "CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        heard(item, "CANCELLED");

        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
    }

    @Test
    void what_was_only_said_to_have_arrived_is_taken_back_when_it_is_called_off() {
        String item = fetchedByIt();
        holds(heard(item, "HANDED_TO_AGENCY"), "CONFLICT");

        supervisor("CANCELLED");

        assertThat(told()).containsExactly("order " + item + " 25000", "order-cancel " + item);
    }

    @Test
    void a_label_that_it_knows_from_before_the_last_is_told_as_a_change_too() {
        String first = Domain.label();
        String second = Domain.label();
        holds(place(order(FEE, first)), "ACCEPTED");
        holds(place(order(FEE, second)), "CORRECTED");
        at.takeBack();

        holds(place(order(FEE, first)), "ACCEPTED");

        assertThat(told())
                .containsExactly(
                        "order " + first + " 25000",
                        "order-cancel " + first,
                        "order " + second + " 25000",
                        "order-cancel " + second,
                        "order-change " + first + " 25000");
        heard(first, "CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        heard(first, "CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
    }

    @Test
    void however_often_a_label_was_taken_back_each_time_is_confirmed_once() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        for (int again = 0; again < 2; again++) {
            at.takeBack();
            holds(place(order(FEE, label)), "ACCEPTED");
        }

        heard(label, "CANCELLED");
        heard(label, "CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        heard(label, "CANCELLED");

        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
    }

    @Test
    void what_it_has_of_an_envelope_that_was_given_to_another_is_known_and_what_it_took_with_it() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        holds(place(to(5210, order(FEE, label))), "CORRECTED");
        assertThat(told()).containsExactly("order " + label + " 25000", "order-cancel " + label);

        holds(heard(label, "RESULT_COLLECTED"), "RECORDED");
        holds(heard(label, "DELIVERED"), "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(at.status()).as("its word is its evidence").isEqualTo(10);
    }

    @Test
    void so_it_is_of_one_that_was_called_off_and_ordered_again_of_another() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        at.takeBack();
        holds(place(to(5210, order(FEE, label))), "ACCEPTED");

        holds(heard(label, "CANCELLED"), "RECORDED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        holds(heard(label, "RESULT_COLLECTED"), "RECORDED");
        holds(heard(label, "DELIVERED"), "RECORDED");

        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void it_took_what_it_was_told_under_the_number_it_came_for() {
        at.accept(pickup(0));
        String first = at.item("PICKUP");
        holds(place(pickupOrder()), "ACCEPTED");
        String second = at.item("PICKUP");

        assertThat(heard(first, "COLLECTED").path("code").asText())
                .as("it was told two amounts, under two numbers")
                .isEqualTo("told-otherwise");
        holds(heard(first, "HANDED_TO_AGENCY"), "RECORDED");

        assertThat(told())
                .containsExactly(
                        "order " + first + " 0",
                        "order-cancel " + first,
                        "order " + second + " 25000",
                        "order-cancel " + second);
        at.decide(
                "dispatch",
                json(
                        "{\"results\": [{\"dossier\": \"%s\", \"collectFee\": %d, \"receiver\": %s}]}",
                        at.code, FEE, party(COMMUNE)));
        assertThat(due("RESULT")).as("nobody has taken it yet").containsExactly(FEE);
    }

    @Test
    void what_our_own_worker_fetched_while_it_was_given_to_a_carrier_is_counted_and_not_fetched_again() {
        at.accept(pickup(FEE, "19333"));
        String own = at.item("PICKUP");
        Domain.Scan fetched = at.scan("COLLECTED", own)
                .with("leg", at.leg("PICKUP").path("id").asText())
                .detail("feeCollected", FEE);
        moves(COMMUNE);
        String its = at.item("PICKUP");

        holds(at.report(fetched), "RECORDED");

        assertThat(told()).containsExactly("order " + its + " 25000", "order-cancel " + its);
        assertThat(at.step("PICKUP")).isEqualTo("COLLECTED");
        assertThat(at.leg("PICKUP").at("/next/owner").asText()).isEqualTo("520100");
        holds(at.report(at.scan("FEE_REMITTED", own).detail("feeRemitted", FEE)), "RECORDED");
    }

    @Test
    void what_a_worker_fetched_at_a_door_that_is_another_offices_by_now_is_counted() {
        at.accept(pickup(FEE, "19249"));
        String item = at.item("PICKUP");
        moves("19333");

        holds(there(at.scan("PICKUP_ACCEPTED", item)), "REFUSED");
        holds(there(at.scan("COLLECTED", item).detail("feeCollected", FEE)), "RECORDED");

        assertThat(at.leg("PICKUP").at("/next/owner").asText()).isEqualTo("511000");
    }

    private JsonNode there(Domain.Scan scan) {
        return at.report("buu-ta-le-thuy", "POSTAL_WORKER", "511000", scan);
    }

    @Test
    void a_confirmation_that_it_was_taken_back_is_not_meant_of_what_it_came_for_all_the_same() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        at.accept(pickup(FEE));
        heard(first, "COLLECTED");

        heard(first, "CANCELLED");
        assertThat(at.step("PICKUP")).isEqualTo("COLLECTED");
        heard(first, "CANCELLED");
        assertThat(at.step("PICKUP")).isEqualTo("CANCELLED");
    }

    @Test
    void what_a_worker_scanned_by_mistake_keeps_nobody_from_coming() {
        at.accept(pickup(0, "19333"));
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("PICKUP"))), "CONFLICT");

        moves(COMMUNE);

        assertThat(told()).containsExactly("order " + at.item("PICKUP") + " 0");
    }

    @Test
    void what_our_own_worker_has_taken_it_is_not_told_to_take() {
        at.accept(pickup(FEE, "19333"));
        String own = at.item("PICKUP");
        Domain.Scan paid = at.scan("FEE_COLLECTED", own).detail("feeCollected", FEE);
        holds(at.report(paid), "RECORDED");

        moves(COMMUNE);
        String its = at.item("PICKUP");
        assertThat(told()).containsExactly("order " + its + " 0");
        Domain.undo(paid);

        assertThat(told())
                .containsExactly("order " + its + " 0", "order-cancel " + its, "order " + at.item("PICKUP") + " 25000");
    }

    @Test
    void what_it_is_to_bring_back_is_taken_back_before_it_is_sent_anew() {
        at.accept(result());
        at.dispatched();
        String first = at.item("RESULT");
        heard(first, "RESULT_COLLECTED");
        heard(first, "HELD_FOR_PICKUP");
        HoldsTest.elevenDaysPass(at.code, "RESULT");
        HoldsTest.expire();
        at.dispatched();

        String second = at.item("RESULT");
        assertThat(told())
                .containsExactly("order " + first + " 25000", "order-cancel " + first, "order " + second + " 25000");
        heard(first, "CANCELLED");
        assertThat(at.step("RETURN")).isEqualTo("COMING_BACK");
    }

    @Test
    void what_it_brings_back_by_itself_comes_back() {
        String item = fetchedByIt();
        heard(item, "DELIVERY_FAILED");

        holds(heard(item, "RETURNING"), "RECORDED");
        holds(heard(item, "RETURNED_TO_AGENCY"), "RECORDED");

        assertThat(at.step("RESULT")).isEqualTo("RETURN_APPROVED");
        assertThat(at.step("RETURN")).isEqualTo("RETURNED_TO_AGENCY");
        assertThat(told()).containsExactly("order " + item + " 25000");
        holds(at.dispatched(), "DISPATCHED");
    }

    @Test
    void papers_that_came_to_our_counter_are_ours_to_hand_over_and_to_be_paid_for() {
        at.accept(pickup(FEE));
        String item = at.item("PICKUP");

        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");
        assertThat(told()).containsExactly("order " + item + " 25000", "order-cancel " + item);
        holds(at.report(at.scan("FEE_COLLECTED", item).detail("feeCollected", FEE)), "RECORDED");
        holds(at.report(at.scan("HANDED_TO_AGENCY", item).detail("feeRemitted", FEE)), "RECORDED");
    }

    @Test
    void a_result_that_our_own_worker_had_fetched_is_ours_to_deliver() {
        String label = Domain.label();
        holds(place(to(5210, order(FEE, label))), "ACCEPTED");
        Domain.Scan fetched = at.scan("RESULT_COLLECTED", label);
        holds(place(order(FEE, label)), "CORRECTED");

        holds(at.report(fetched), "RECORDED");
        assertThat(told()).containsExactly("order " + label + " 25000", "order-cancel " + label);
        Domain.Scan delivered = at.delivered(label, at.signature()).detail("feeCollected", FEE);
        holds(at.report(delivered), "RECORDED");
        at.sign(delivered);

        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void what_our_counter_takes_after_it_was_at_the_door_is_shown_to_somebody() {
        at.accept(pickup(FEE));
        String item = at.item("PICKUP");
        heard(item, "COLLECTED");
        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");

        JsonNode taken = at.report(at.scan("FEE_COLLECTED", item).detail("feeCollected", FEE));

        assertThat(taken.path("code").asText()).isEqualTo("more-than-due");
        assertThat(due("PICKUP")).containsExactly(FEE);
    }

    @Test
    void what_one_carrier_has_another_is_not_to_fetch_under_the_same_number() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        at.office("RESULT", "carrier", "carrier-y");
        at.accept(at.dossier("1.012786", true));

        holds(heard(label, "RESULT_COLLECTED"), "RECORDED");

        assertThat(told()).containsExactly("order " + label + " 25000", "order-cancel " + label);
        assertThat(at.told("carrier-y", "order")).hasSize(1);
        assertThat(at.told("carrier-y", "order-cancel")).hasSize(1);
        assertThat(at.leg("RESULT").at("/next/owner").asText()).isEqualTo("carrier-x");
    }

    @Test
    void what_is_with_us_is_ours_to_deliver_and_to_bring_back_wherever_it_was_to_go_since() {
        String label = Domain.label();
        holds(place(to(5210, order(FEE, label))), "ACCEPTED");
        Domain.Scan fetched = at.scan("RESULT_COLLECTED", label);
        holds(place(order(FEE, label)), "CORRECTED");
        holds(at.report(fetched), "RECORDED");
        assertThat(at.leg("RESULT").at("/next/act").asText()).isEqualTo("DELIVER");
        assertThat(at.leg("RESULT").at("/next/owner").asText()).isEqualTo("520100");

        holds(
                at.report(at.scan("DELIVERY_FAILED", label)
                        .with("reason", "REFUSED")
                        .with("action", "RETURN")),
                "RECORDED");
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("RETURN_APPROVED", label)), "RECORDED");
        assertThat(at.leg("RETURN").at("/next/owner").asText()).isEqualTo("520100");
        holds(at.report(at.scan("RETURNED_TO_AGENCY", label)), "RECORDED");

        assertThat(at.step("RETURN")).isEqualTo("RETURNED_TO_AGENCY");
    }

    @Test
    void what_it_brings_back_under_a_former_number_comes_back_under_that() {
        String first = Domain.label();
        holds(place(order(FEE, first)), "ACCEPTED");
        holds(place(order(FEE, Domain.label())), "CORRECTED");
        heard(first, "RESULT_COLLECTED");

        holds(heard(first, "RETURNING"), "RECORDED");
        holds(heard(first, "RETURNED_TO_AGENCY"), "RECORDED");

        assertThat(at.item("RETURN")).isEqualTo(first);
        assertThat(at.step("RETURN")).isEqualTo("RETURNED_TO_AGENCY");
    }

    @Test
    void who_does_not_have_it_brings_nothing_back() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        holds(place(to(5210, order(FEE, label))), "CORRECTED");
        holds(at.report(at.scan("RESULT_COLLECTED", label)), "RECORDED");

        holds(heard(label, "RETURNED_TO_AGENCY"), "CONFLICT");

        assertThat(at.step("RESULT")).isEqualTo("COLLECTED");
        assertThat(at.leg("RETURN").isMissingNode()).isTrue();
    }

    @Test
    void a_driver_before_a_door_that_was_taken_back_is_nobodys_matter() {
        at.accept(pickup(0));
        String item = at.item("PICKUP");
        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");

        holds(heard(item, "PICKUP_FAILED"), "RECORDED");

        assertThat(at.step("PICKUP")).isEqualTo("AT_OFFICE");
    }

    @Test
    void what_was_called_off_while_it_was_at_the_door_an_operator_settles() {
        at.accept(pickup(FEE));
        String item = at.item("PICKUP");
        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"PICKUP\"}", at.code)));
        heard(item, "COLLECTED");
        assertThat(at.leg("PICKUP").at("/next/ownerKind").asText()).isEqualTo("OPERATOR");

        Domain.bean(Losses.class)
                .settle(Domain.uuid(at.leg("PICKUP").path("id").asText()), "truc-ca", "bưu chính ngoài đã trả lại");

        assertThat(at.leg("PICKUP").has("next")).isFalse();
    }

    @Test
    void what_it_has_taken_it_is_not_told_otherwise_whoever_took_it_too() {
        at.accept(pickup(FEE, "19249"));
        Domain.Scan part = at.scan("PICKUP_PARTIAL", at.item("PICKUP")).detail("feeCollected", FEE);
        moves(COMMUNE);
        String its = at.item("PICKUP");
        heard(its, "COLLECTED");

        assertThat(there(part).path("code").asText()).isNotEmpty();

        assertThat(told()).containsExactly("order " + its + " 25000");
        assertThat(Domain.hub()
                        .db()
                        .sql("select conflict from handling where id = :id")
                        .param("id", Domain.uuid(part.id()))
                        .query(String.class)
                        .single())
                .isNotNull();
    }

    @Test
    void what_is_paid_while_it_passes_our_counter_is_told_to_who_delivers_it() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        heard(label, "RESULT_COLLECTED");
        holds(at.report(at.scan("FACILITY_IN", label)), "RECORDED");
        holds(at.report(at.scan("FACILITY_OUT", label)), "RECORDED");

        at.accept(at.dossier("1.012786", true));

        assertThat(told()).containsExactly("order " + label + " 25000", "order-change " + label + " 0");
    }

    @Test
    void what_was_delivered_under_a_former_number_while_it_was_to_come_back_was_delivered() {
        String first = Domain.label();
        holds(place(order(FEE, first)), "ACCEPTED");
        holds(place(order(FEE, Domain.label())), "CORRECTED");
        heard(first, "RESULT_COLLECTED");
        heard(first, "HELD_FOR_PICKUP");
        HoldsTest.elevenDaysPass(at.code, "RESULT");
        HoldsTest.expire();
        assertThat(at.item("RETURN")).isEqualTo(first);

        holds(heard(first, "DELIVERED"), "RECORDED");

        assertThat(at.status()).isEqualTo(10);
        assertThat(at.step("RETURN")).isEqualTo("CANCELLED");
    }

    @Test
    void a_number_it_was_never_told_says_nothing_to_it() {
        String first = Domain.label();
        holds(place(to(5210, order(FEE, first))), "ACCEPTED");
        holds(place(to(5210, order(FEE, Domain.label()))), "CORRECTED");

        holds(heard(first, "DELIVERED"), "CONFLICT");

        assertThat(at.step("RESULT")).isEqualTo("READY");
    }

    @Test
    void what_it_said_of_an_order_before_that_was_placed_again_is_not_meant_of_the_new_one() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        String early = now();
        at.takeBack();
        holds(place(order(FEE, label)), "ACCEPTED");

        at.heard("carrier-x", label, "DISPATCH_SHORT", early);

        assertThat(at.step("RESULT")).isEqualTo("READY");
    }

    @Test
    void papers_that_an_agency_names_by_a_former_number_are_not_fetched_under_the_other() {
        at.accept(pickup(0));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        at.accept(pickup(0));
        String second = at.item("PICKUP");

        at.decide(
                "receive",
                json(
                        "{\"dossier\": \"%s\", \"item\": \"%s\", \"appointment\": \"%s\"}",
                        at.code, first, Domain.tomorrow()));

        assertThat(told()).last().isEqualTo("order-cancel " + second);
    }

    @Test
    void who_does_not_have_it_says_nothing_of_its_way() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        holds(place(to(5210, order(FEE, label))), "CORRECTED");

        holds(heard(label, "MANIFESTED"), "RECORDED");
        holds(heard(label, "DISPATCH_SHORT"), "RECORDED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        holds(at.report(at.scan("RESULT_COLLECTED", label)), "RECORDED");
        for (String decided : List.of("LOST", "RECALLED", "RETURN_APPROVED")) {
            assertThat(heard(label, decided).path("code").asText()).isEqualTo("taken-back");
        }

        assertThat(at.step("RESULT")).isEqualTo("COLLECTED");
        assertThat(at.leg("RETURN").isMissingNode()).isTrue();
    }

    @Test
    void what_it_said_while_its_order_was_taken_back_is_not_meant_of_what_stands_again() {
        at.accept(result());
        at.dispatched();
        String item = at.item("RESULT");
        Domain.Scan cancelled = supervisor("CANCELLED");
        String then = now();
        Domain.undo(cancelled);
        assertThat(told()).last().isEqualTo("order-change " + item + " 25000");

        holds(at.heard("carrier-x", item, "DISPATCH_SHORT", then), "RECORDED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        heard(item, "DISPATCH_SHORT");

        assertThat(at.step("RESULT")).isEqualTo("SHORT");
    }

    @Test
    void what_it_has_it_can_lose_under_whatever_number_and_on_whatever_way() {
        String first = Domain.label();
        holds(place(order(FEE, first)), "ACCEPTED");
        holds(place(order(FEE, Domain.label())), "CORRECTED");
        heard(first, "RESULT_COLLECTED");
        heard(first, "HELD_FOR_PICKUP");
        HoldsTest.elevenDaysPass(at.code, "RESULT");
        HoldsTest.expire();

        holds(heard(first, "LOST"), "RECORDED");

        assertThat(at.step("RETURN")).isEqualTo("LOST");
    }

    @Test
    void a_supervisors_recall_is_not_undone_by_who_was_told_of_it() {
        at.accept(result());
        at.dispatched();
        String item = at.item("RESULT");
        supervisor("RECALLED");

        holds(heard(item, "MANIFESTED"), "RECORDED");

        assertThat(told()).containsExactly("order " + item + " 25000", "order-cancel " + item);
    }

    @Test
    void it_took_what_it_had_been_told_by_then_and_a_person_asks_for_it() {
        String item = fetchedByIt();
        String then = now();
        at.accept(at.dossier("1.012786", true));
        assertThat(told()).last().isEqualTo("order-change " + item + " 0");

        JsonNode delivered = at.heard("carrier-x", item, "DELIVERED", then);

        assertThat(delivered.path("code").asText()).isEqualTo("told-otherwise");
        assertThat(due("RESULT")).as("as it was told, and so taken").containsExactly(FEE);
        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void what_is_otherwise_since_it_was_at_the_door_it_did_not_take_there() {
        String label = Domain.label();
        holds(place(order(0, label)), "ACCEPTED");
        String then = now();
        holds(place(order(FEE, label)), "CORRECTED");

        at.heard("carrier-x", label, "RESULT_COLLECTED", then);
        at.heard("carrier-x", label, "DELIVERED", then);

        assertThat(due("RESULT")).containsExactly(0);
    }

    @Test
    void a_recall_that_is_heard_after_what_it_did_since_is_told_it() {
        String item = fetchedByIt();
        Domain.Scan recalled = at.scan("RECALLED", item);
        heard(item, "FACILITY_OUT");

        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", recalled);

        assertThat(told()).containsExactly("order " + item + " 25000", "order-cancel " + item);
    }

    @Test
    void what_it_called_back_itself_is_not_taken_back_whoever_sees_it_then() {
        String item = fetchedByIt();
        holds(heard(item, "RECALLED"), "RECORDED");

        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");

        assertThat(told()).containsExactly("order " + item + " 25000");
    }

    @Test
    void what_it_brings_back_under_a_former_number_comes_back_also_before_it_says_that_it_has_it() {
        String first = Domain.label();
        String second = Domain.label();
        holds(place(order(FEE, first)), "ACCEPTED");
        holds(place(order(FEE, second)), "CORRECTED");
        String then = now();

        holds(heard(first, "RETURNING"), "RECORDED");
        assertThat(at.item("RETURN")).isEqualTo(first);
        holds(at.heard("carrier-x", first, "RESULT_COLLECTED", then), "RECORDED");
        holds(heard(first, "RETURNED_TO_AGENCY"), "RECORDED");

        assertThat(at.step("RETURN")).isEqualTo("RETURNED_TO_AGENCY");
        assertThat(told())
                .containsExactly(
                        "order " + first + " 25000",
                        "order-cancel " + first,
                        "order " + second + " 25000",
                        "order-cancel " + second);
    }

    @Test
    void papers_that_the_agency_did_not_take_from_it_it_still_has_when_they_are_called_off() {
        at.accept(pickup(0));
        String item = at.item("PICKUP");
        heard(item, "COLLECTED");
        holds(heard(item, "AGENCY_RETURNED"), "RECORDED");

        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("CANCELLED", item));

        assertThat(told()).containsExactly("order " + item + " 0", "order-cancel " + item);
    }

    @Test
    void our_own_worker_before_a_door_that_a_carrier_is_to_come_to_is_nobodys_matter() {
        at.accept(pickup(0, "19333"));
        Domain.Scan inVain = at.scan("PICKUP_FAILED", at.item("PICKUP"))
                .with("reason", "ABSENT")
                .with("action", "HOLD");
        moves(COMMUNE);

        holds(at.report(inVain), "RECORDED");
        holds(at.report(inVain), "KNOWN");

        assertThat(at.step("PICKUP")).isEqualTo("REQUESTED");
        assertThat(told()).containsExactly("order " + at.item("PICKUP") + " 0");
    }

    @Test
    void what_is_paid_after_it_came_in_vain_is_told_while_its_order_stands() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");

        at.accept(at.dossier("1.012786", true));

        String second = at.item("PICKUP");
        assertThat(at.step("PICKUP")).isEqualTo("PICKUP_FAILED");
        assertThat(told())
                .containsExactly("order " + first + " 25000", "order-cancel " + first, "order " + second + " 0");
        holds(heard(second, "COLLECTED"), "RECORDED");
        assertThat(due("PICKUP")).containsExactly(0);
    }

    @Test
    void so_it_is_after_it_did_not_find_what_the_manifest_says() {
        at.accept(result());
        at.dispatched();
        String item = at.item("RESULT");
        heard(item, "DISPATCH_SHORT");

        at.accept(at.dossier("1.012786", true));

        assertThat(told()).containsExactly("order " + item + " 25000", "order-change " + item + " 0");
    }

    @Test
    void what_was_taken_back_before_we_heard_that_it_had_fetched_it_is_its_order_again() {
        String label = Domain.label();
        holds(place(order(FEE, label)), "ACCEPTED");
        String then = now();
        holds(at.report(at.scan("FACILITY_IN", label)), "RECORDED");
        assertThat(told()).last().isEqualTo("order-cancel " + label);

        holds(at.heard("carrier-x", label, "RESULT_COLLECTED", then), "RECORDED");
        holds(at.heard("carrier-x", label, "RESULT_COLLECTED", then), "RECORDED");

        assertThat(told())
                .containsExactly(
                        "order " + label + " 25000", "order-cancel " + label, "order-change " + label + " 25000");
        holds(heard(label, "CANCELLED"), "RECORDED");
        assertThat(at.step("RESULT")).as("that was before").isEqualTo("AT_OFFICE");
    }

    @Test
    void a_result_that_it_turns_down_goes_to_the_same_door_again() {
        at.accept(result());
        at.dispatched();
        heard(at.item("RESULT"), "CANCELLED");
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");

        holds(at.dispatched(), "DISPATCHED");

        assertThat(at.leg("RESULT").path("receiver")).isEqualTo(at.facts().at("/legs/0/receiver"));
        assertThat(due("RESULT")).containsExactly(FEE, FEE);
        assertThat(told()).last().isEqualTo("order " + at.item("RESULT") + " 25000");
    }

    @Test
    void a_result_that_it_turns_down_lies_at_the_agency_until_it_is_dispatched_again() {
        at.accept(result());
        at.dispatched();
        heard(at.item("RESULT"), "CANCELLED");

        assertThat(at.leg("RESULT").at("/next/act").asText()).isEqualTo("DISPATCH");
        assertThat(at.leg("RESULT").at("/next/ownerKind").asText()).isEqualTo("AGENCY");

        holds(at.dispatched(), "DISPATCHED");
        assertThat(at.facts().path("legs").path(0).has("next")).isFalse();
        heard(at.item("RESULT"), "CANCELLED");
        assertThat(at.facts().path("legs").path(0).has("next"))
                .as("the later one is sent again")
                .isFalse();
    }

    @Test
    void a_result_that_it_turned_down_and_the_one_stop_called_off_goes_to_no_door() {
        holds(place(order(FEE, null)), "ACCEPTED");
        heard(at.item("RESULT"), "CANCELLED");

        at.takeBack();

        assertThat(at.leg("RESULT").has("next")).isFalse();
        holds(at.dispatched(), "REFUSED");
        assertThat(told()).containsExactly("order " + at.item("RESULT") + " 25000");
    }

    @Test
    void nor_does_one_that_the_citizen_called_off() {
        at.accept(result());
        at.dispatched();
        heard(at.item("RESULT"), "CANCELLED");

        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"RESULT\"}", at.code)));

        assertThat(at.leg("RESULT").has("next")).isFalse();
        holds(at.dispatched(), "REFUSED");
    }

    @Test
    void what_was_dispatched_since_it_turned_it_down_is_not_said_to_be_called_off() {
        holds(place(order(FEE, null)), "ACCEPTED");
        heard(at.item("RESULT"), "CANCELLED");
        holds(at.dispatched(), "DISPATCHED");

        assertThatThrownBy(at::takeBack)
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("under-way"));
    }

    @Test
    void who_came_in_vain_is_asked_again_when_what_called_it_off_is_undone() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");
        heard(first, "PICKUP_FAILED");
        Domain.Scan cancelled = at.scan("CANCELLED", first);
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", cancelled);

        Domain.undo(cancelled);

        String second = at.item("PICKUP");
        assertThat(at.step("PICKUP")).isEqualTo("PICKUP_FAILED");
        assertThat(told())
                .containsExactly("order " + first + " 25000", "order-cancel " + first, "order " + second + " 25000");
        holds(heard(second, "PICKUP_ACCEPTED"), "RECORDED");
        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
    }

    @Test
    void papers_that_reached_our_counter_it_does_not_fetch_again_when_what_called_them_off_is_undone() {
        at.accept(pickup(FEE));
        String item = at.item("PICKUP");
        heard(item, "COLLECTED");
        at.report(at.scan("FACILITY_IN", item));
        Domain.Scan cancelled = at.scan("CANCELLED", item);
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", cancelled);

        Domain.undo(cancelled);

        assertThat(at.step("PICKUP")).isEqualTo("AT_OFFICE");
        assertThat(told()).containsExactly("order " + item + " 25000", "order-cancel " + item);
    }

    @Test
    void what_it_fetched_all_the_same_it_can_lose() {
        at.accept(result());
        at.dispatched();
        String item = at.item("RESULT");
        supervisor("CANCELLED");
        heard(item, "RESULT_COLLECTED");

        assertThat(heard(item, "LOST").path("code").asText())
                .as("shown with its leg")
                .isEqualTo("after-terminal");
        assertThat(at.leg("RESULT").at("/next/act").asText()).isEqualTo("MAKE_GOOD");
    }

    @Test
    void who_comes_for_a_number_that_was_given_up_took_what_that_said_and_a_person_asks_for_it() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");
        at.accept(at.dossier("1.012786", true));

        JsonNode collected = heard(first, "COLLECTED");

        assertThat(collected.path("code").asText()).isEqualTo("told-otherwise");
        assertThat(due("PICKUP")).as("as it was told, and so taken").containsExactly(FEE);
    }

    @Test
    void who_comes_for_such_a_number_and_says_that_it_took_nothing_took_no_other_amount() {
        at.accept(pickup(FEE));
        String first = at.item("PICKUP");
        at.accept(at.dossier("1.012786", true));

        holds(
                Domain.bean(Handlings.class)
                        .heard(Domain.in(
                                "carrier-x",
                                "carrier.event",
                                json(
                                        "{\"item\": \"%s\", \"orderNumber\": \"%s\", \"code\": \"COLLECTED\","
                                                + " \"rawCode\": \"1\", \"occurredAt\": \"%s\", \"collected\": 0}",
                                        first, first, OffsetDateTime.now(ZoneOffset.ofHours(7)))))
                        .answer(),
                "RECORDED");
    }

    @Test
    void who_comes_for_the_number_it_was_given_since_took_what_that_says() {
        at.accept(pickup(FEE));
        at.accept(at.dossier("1.012786", true));

        holds(heard(at.item("PICKUP"), "COLLECTED"), "RECORDED");

        assertThat(due("PICKUP")).containsExactly(0);
    }

    @Test
    void what_it_fetched_before_our_counter_saw_it_was_paid_for_and_is_not_fetched_again() {
        at.accept(pickup(FEE));
        String item = at.item("PICKUP");
        String then = now();
        holds(at.report(at.scan("FACILITY_IN", item)), "RECORDED");

        holds(at.heard("carrier-x", item, "COLLECTED", then), "RECORDED");

        assertThat(told()).containsExactly("order " + item + " 25000", "order-cancel " + item);
        JsonNode taken = at.report(at.scan("FEE_COLLECTED", item).detail("feeCollected", FEE));
        assertThat(taken.path("code").asText()).isEqualTo("more-than-due");
    }

    @Test
    void what_it_delivered_before_anybody_heard_of_the_recall_is_not_taken_back() {
        String item = fetchedByIt();
        Domain.Scan recalled = at.scan("RECALLED", item);
        heard(item, "DELIVERED");

        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", recalled);

        assertThat(at.step("RESULT")).isEqualTo("DELIVERED");
        assertThat(told()).containsExactly("order " + item + " 25000");
    }

    private static String now() {
        return java.time.OffsetDateTime.now(java.time.ZoneOffset.ofHours(7)).toString();
    }

    private void moves(String commune) {
        ObjectNode asked =
                Domain.JSON.createObjectNode().put("dossier", at.code).put("leg", "PICKUP");
        asked.set("party", party(commune));
        Domain.bean(Requests.class).changeAddress(Domain.in("dvcqg", "portal.change-address", asked));
    }

    private static ObjectNode to(int district, ObjectNode order) {
        ((ObjectNode) order.at("/legs/0/receiver/address")).put("vnpostDistrict", district);
        return order;
    }

    private ObjectNode result() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").put("collectFee", FEE).set("receiver", party(COMMUNE));
        return asked;
    }

    /** @return the number of a result that it has */
    private String fetchedByIt() {
        at.accept(result());
        at.dispatched();
        String item = at.item("RESULT");
        heard(item, "RESULT_COLLECTED");
        return item;
    }

    private ObjectNode pickup(int fee) {
        return pickup(fee, COMMUNE);
    }

    private ObjectNode pickup(int fee, String commune) {
        ObjectNode asked = at.dossier("1.012786", false);
        ObjectNode pickup = asked.putObject("pickup");
        if (fee > 0) {
            pickup.put("collectFee", fee);
        }
        pickup.set("sender", party(commune));
        pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
        return asked;
    }

    private ObjectNode order(int fee, String label) {
        ObjectNode order = (ObjectNode) json("""
                {"orderNumber": "%s", "procedure": {"name": "Cấp lại giấy phép A"}, "papers": [{"name": "Giấy phép"}],
                 "legs": [{"direction": "RESULT", "collectFee": %d,
                   "sender": {"name": "Trung tâm Phục vụ HCC", "phone": "02330000100",
                     "address": {"street": "Đông Hà", "vnpostProvince": 52, "vnpostDistrict": 5210}},
                   "receiver": {"name": "Lê Thị Mẫu", "phone": "0900000001",
                     "address": {"street": "Thôn 2, xã Diên Sanh, Quảng Trị", "vnpostProvince": 52, "vnpostDistrict": %d}}}]}
                """, at.code, fee, DISTRICT);
        if (label != null) {
            ((ObjectNode) order.path("legs").path(0)).put("item", label);
        }
        return order;
    }

    /** The citizen's door is the one the portal named. */
    private ObjectNode pickupOrder() {
        ObjectNode order = order(FEE, null);
        ObjectNode leg = (ObjectNode) order.at("/legs/0");
        JsonNode citizen = leg.path("receiver");
        leg.put("direction", "PICKUP").set("receiver", leg.path("sender"));
        leg.set("sender", citizen);
        return order;
    }

    private static JsonNode place(ObjectNode order) {
        return Domain.bean(Ordering.class)
                .place(Domain.in("qti-tthcc", "ngsp.order", order))
                .answer();
    }

    private JsonNode heard(String item, String code) {
        return at.heard("carrier-x", item, code);
    }

    private Domain.Scan supervisor(String code) {
        Domain.Scan scan = at.scan(code, at.item("RESULT"));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", scan);
        return scan;
    }

    /** In the order in which it was told, with the number, and the fee where that matters. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        Domain.hub()
                .db()
                .sql("select kind, body::jsonb ->> 'orderNumber', body::jsonb ->> 'fee' from message"
                        + " where direction = 'OUT' and partner = 'carrier-x' and subject = :code order by seq")
                .param("code", at.code)
                .query(row -> {
                    told.add(row.getString(1) + " " + row.getString(2)
                            + (row.getString(1).equals("order-cancel") ? "" : " " + row.getString(3)));
                });
        return told;
    }

    private List<Integer> due(String kind) {
        return Domain.hub()
                .db()
                .sql("select l.fee_due from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code"
                        + " and l.kind = :kind order by l.no")
                .param("code", at.code)
                .param("kind", kind)
                .query(Integer.class)
                .list();
    }
}
