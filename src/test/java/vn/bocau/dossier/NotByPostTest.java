package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Refused;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.dossier.AgencyLegs.Wanted;
import vn.bocau.journal.Receipt;

/** What lies at an agency for the post, and does not go by it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NotByPostTest {

    private final Domain at = new Domain();

    @Test
    void a_result_that_was_given_by_mistake_waits_again_and_its_dossier_is_not_decided() {
        at.accept(at.resultAlone());
        at.received();
        holds(at.dispatched(), "DISPATCHED");
        String item = at.item("RESULT");
        assertThat(at.told("dvcqg", "progress"))
                .last()
                .satisfies(
                        told -> assertThat(told.at("/dossier/status").asInt()).isEqualTo(9));

        takeBack("RESULT");

        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
        assertThat(at.status()).isEqualTo(2);
        assertThat(at.told("dvcqg", "progress")).last().satisfies(told -> {
            assertThat(told.at("/event/code").asText()).isEqualTo("VOIDED");
            assertThat(told.at("/dossier/status").asInt()).isEqualTo(2);
            assertThat(told.at("/dossier").has("decidedAt")).isFalse();
        });
        assertThat(owed()).containsExactly("DISPATCH");
        assertThat(pile(Pile.TO_DISPATCH)).contains(at.code);
        assertThat(at.toldCodes("trung-tam-hcc", "outcome"))
                .as("its own system hears it too")
                .contains("VOIDED");

        at.received();
        supplement("Bản đồ");
        at.received();
        holds(at.dispatched(), "DISPATCHED");
        assertThat(at.status()).isEqualTo(9);
        assertThat(at.item("RESULT")).as("the same envelope").isEqualTo(item);
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        nothingToTakeBack("takeback", "RESULT");
        nothingToTakeBack("handout", "RESULT");
    }

    @Test
    void what_was_asked_for_before_is_asked_for_again() {
        at.accept(at.resultAlone());
        supplement("Bản đồ");
        holds(at.dispatched(), "DISPATCHED");
        assertThat(at.facts().at("/facts/supplement")).isEmpty();

        takeBack("RESULT");

        assertThat(at.status()).isEqualTo(5);
        assertThat(at.facts().at("/facts/supplement"))
                .extracting(JsonNode::asText)
                .containsExactly("Bản đồ");
    }

    @Test
    void one_that_the_worker_did_not_find_is_taken_back_too() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        at.report(at.scan("DISPATCH_SHORT", at.item("RESULT")));
        assertThat(owed()).containsExactly("EXPLAIN_DIFFERENCE");

        takeBack("RESULT");

        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
        assertThat(at.status()).isEqualTo(2);
        assertThat(owed()).containsExactly("DISPATCH");
    }

    @Test
    void a_dossier_that_was_decided_before_stays_decided_when_what_is_sent_anew_is_taken_back() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("RESULT")));
        holds(at.dispatched(), "DISPATCHED");

        takeBack("RESULT");

        assertThat(at.status()).isEqualTo(9);
        assertThat(owed()).containsExactly("DISPATCH");
    }

    @Test
    void an_outside_carrier_is_told_not_to_come_and_then_to_come_under_another_number() {
        toAnOutsideCarrier();
        String first = at.item("RESULT");

        takeBack("RESULT");

        assertThat(at.told("carrier-x", "order-cancel"))
                .singleElement()
                .satisfies(cancel ->
                        assertThat(cancel.path("orderNumber").asText()).isEqualTo(first));
        holds(at.dispatched(), "DISPATCHED");
        assertThat(at.item("RESULT")).isNotEqualTo(first);
        assertThat(at.told("carrier-x", "order")).hasSize(2);
    }

    @Test
    void one_that_its_carrier_turned_down_is_taken_back_too() {
        toAnOutsideCarrier();
        at.heard("carrier-x", at.item("RESULT"), "CANCELLED");
        assertThat(at.status()).isEqualTo(9);

        takeBack("RESULT");

        assertThat(at.status()).isEqualTo(2);
        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
        assertThat(owed()).containsExactly("DISPATCH");
        at.received();
        holds(at.dispatched(), "DISPATCHED");
        takeBack("RESULT");
        assertThat(at.status()).isEqualTo(2);
    }

    @Test
    void nor_does_what_its_carrier_turned_down_keep_the_dossier_decided() {
        toAnOutsideCarrier();
        at.heard("carrier-x", at.item("RESULT"), "CANCELLED");
        holds(at.dispatched(), "DISPATCHED");

        takeBack("RESULT");

        assertThat(at.status()).isEqualTo(2);
        assertThat(owed()).containsExactly("DISPATCH");
    }

    @Test
    void one_that_the_citizen_has_called_off_since_is_taken_back_and_waits_for_nothing() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"RESULT\"}", at.code)));
        assertThat(mistakes(at, Domain.CENTRE)).containsExactly("RESULT");

        takeBack("RESULT");

        assertThat(at.status()).isEqualTo(2);
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
        assertThat(owed()).isEmpty();
        assertThat(mistakes(at, Domain.CENTRE)).isEmpty();
        supplement("Bản đồ");
    }

    @Test
    void a_result_that_the_citizen_fetched_at_the_agency_is_owed_by_nobody_any_more() {
        for (String stands : List.of("AWAITING_RESULT", "READY", "SHORT")) {
            Domain one = new Domain();
            one.accept(one.resultAlone());
            one.received();
            if (!stands.equals("AWAITING_RESULT")) {
                one.dispatched();
            }
            if (stands.equals("SHORT")) {
                one.report(one.scan("DISPATCH_SHORT", one.item("RESULT")));
            }
            assertThat(one.step("RESULT")).isEqualTo(stands);

            say(one, "handout", "RESULT");

            assertThat(one.step("RESULT")).as(stands).isEqualTo("CANCELLED");
            assertThat(one.status()).as(stands).isEqualTo(9);
            assertThat(owed(one)).as(stands).isEmpty();
            assertThat(one.told("dvcqg", "progress")).last().satisfies(told -> {
                assertThat(told.at("/event/code").asText()).isEqualTo("CANCELLED");
                assertThat(told.at("/dossier/status").asInt()).isEqualTo(9);
            });
            assertThat(pile(Pile.TO_DISPATCH)).doesNotContain(one.code);
            assertThat(pile(Pile.TO_BE_FETCHED)).doesNotContain(one.code);
            holds(one.dispatched(), "REFUSED");
        }
    }

    @Test
    void a_result_that_was_said_to_be_handed_out_by_mistake_waits_as_it_did() {
        for (String stood : List.of("AWAITING_RESULT", "READY", "SHORT")) {
            Domain one = new Domain();
            one.accept(one.resultAlone());
            one.received();
            if (!stood.equals("AWAITING_RESULT")) {
                one.dispatched();
            }
            if (stood.equals("SHORT")) {
                one.report(one.scan("DISPATCH_SHORT", one.item("RESULT")));
            }
            List<String> owed = owed(one);
            int status = one.status();
            say(one, "handout", "RESULT");
            assertThat(mistakes(one, Domain.CENTRE)).containsExactly("RESULT");

            say(one, "takeback", "RESULT");

            assertThat(one.step("RESULT")).isEqualTo(stood);
            assertThat(one.status()).as(stood).isEqualTo(status);
            assertThat(owed(one)).as(stood).isEqualTo(owed);
            assertThat(one.told("dvcqg", "progress")).last().satisfies(told -> {
                assertThat(told.at("/event/code").asText()).isEqualTo("VOIDED");
                assertThat(told.at("/dossier/status").asInt()).isEqualTo(status);
            });
            assertThat(mistakes(one, Domain.CENTRE)).isEmpty();
        }
    }

    @Test
    void a_dossier_that_was_decided_before_it_was_said_to_be_handed_out_stays_decided() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"RESULT\"}", at.code)));
        at.accept(at.resultAlone());
        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
        say(at, "handout", "RESULT");

        takeBack("RESULT");

        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
        assertThat(at.status()).isEqualTo(9);
    }

    @Test
    void on_a_page_that_is_stale_by_now_nobody_takes_back_what_was_said_otherwise() {
        at.accept(at.resultAlone());
        at.received();
        holds(at.dispatched(), "DISPATCHED");
        UUID given = mistake(at, Domain.CENTRE, "RESULT");
        say(at, "handout", "RESULT");
        UUID handedOut = mistake(at, Domain.CENTRE, "RESULT");

        nothingToTakeBack(at, given);
        assertThat(at.step("RESULT")).as("the citizen has it").isEqualTo("CANCELLED");

        takeBack(at, Domain.CENTRE, "RESULT", handedOut);
        nothingToTakeBack(at, handedOut);
        assertThat(at.step("RESULT"))
                .as("two clerks have put back that it was handed out")
                .isEqualTo("READY");
        assertThat(at.status()).isEqualTo(9);

        takeBack(at, Domain.CENTRE, "RESULT", given);
        holds(at.dispatched(), "DISPATCHED");
        nothingToTakeBack(at, given);
        assertThat(at.step("RESULT")).as("given once more").isEqualTo("READY");
    }

    @Test
    void an_outside_carrier_comes_again_for_what_was_not_handed_out_after_all() {
        toAnOutsideCarrier();
        say(at, "handout", "RESULT");
        assertThat(at.told("carrier-x", "order-cancel")).hasSize(1);

        takeBack("RESULT");

        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(at.told("carrier-x", "order").size()
                        + at.told("carrier-x", "order-change").size())
                .isEqualTo(2);
    }

    @Test
    void papers_that_were_not_handed_out_after_all_are_fetched_unless_the_refusal_was_taken_back() {
        refusedWithPapers(at);
        say(at, "handout", "ORIGINALS_BACK");
        takeBack("ORIGINALS_BACK");
        assertThat(at.step("ORIGINALS_BACK")).isEqualTo("READY");
        assertThat(owed()).containsExactly("FETCH");

        say(at, "handout", "ORIGINALS_BACK");
        at.received();
        assertThat(mistakes(at, Domain.CENTRE)).isEmpty();
        nothingToTakeBack("takeback", "ORIGINALS_BACK");
    }

    @Test
    void a_dossier_that_was_not_carried_to_another_agency_after_all_is_fetched_unless_that_has_answered() {
        at.accept(at.resultAlone());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        say(at, "handout", "TRANSFER");
        assertThat(mistakes(at, "000.01.12.H50")).as("it is the sender's word").isEmpty();
        assertThat(mistakes(at, Domain.CENTRE)).containsExactly("TRANSFER");

        takeBack("TRANSFER");

        assertThat(at.step("TRANSFER")).isEqualTo("READY");
        assertThat(owed()).contains("FETCH");
        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .as("nothing is there before the envelope is")
                .isEmpty();

        say(at, "handout", "TRANSFER");
        at.decide(
                "ubnd-dong-ha",
                "receive",
                json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", at.code, Domain.tomorrow()));
        assertThat(mistakes(at, Domain.CENTRE)).isEmpty();
        nothingToTakeBack("takeback", "TRANSFER");
    }

    @Test
    void what_goes_to_another_agency_is_handed_out_by_its_sender_alone() {
        at.accept(at.resultAlone());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        UUID leg = here("TRANSFER").leg();
        assertThat(Domain.bean(NotByPost.class).of("000.01.12.H50", leg)).isEmpty();
    }

    @Test
    void a_refusal_that_is_said_once_more_sends_no_papers_that_were_handed_out() {
        refusedWithPapers(at);
        say(at, "handout", "ORIGINALS_BACK");

        at.decide(
                "refuse",
                json(
                        "{\"dossier\": \"%s\", \"reasons\": [\"Sai nơi nộp, thiếu đơn\"], \"returnPapers\": true}",
                        at.code));

        assertThat(at.step("ORIGINALS_BACK")).isEqualTo("CANCELLED");
        assertThat(owed()).isEmpty();
        at.received();
        at.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Sai nơi nộp\"]}", at.code));
        assertThat(owed()).isEmpty();
        at.decide(
                "refuse",
                json("{\"dossier\": \"%s\", \"reasons\": [\"Sai nơi nộp\"], \"returnPapers\": true}", at.code));
        assertThat(owed()).as("another refusal, said once more").containsExactly("FETCH");
    }

    @Test
    void a_word_that_was_written_before_sends_no_result_that_was_handed_out() {
        for (boolean given : List.of(false, true)) {
            Domain one = new Domain();
            one.accept(one.resultAlone());
            one.received();
            if (given) {
                one.dispatched();
            }
            say(one, "handout", "RESULT");

            ObjectNode batch = Domain.JSON.createObjectNode();
            batch.withArray("results").addObject().put("dossier", one.code).set("receiver", Domain.party("19333"));
            assertThat(outcome(one.decide("dispatch", batch))).isEqualTo("already-handed-out");
            batch.putObject("by").put("user", "can-bo").put("agency", Domain.CENTRE);
            batch.put("ofFile", true).put("dropped", true);
            assertThat(outcome(one.decide(Decisions.DESK, "dispatch", batch))).isEqualTo("already-handed-out");
            assertThat(owed(one)).isEmpty();

            batch.remove("dropped");
            assertThat(outcome(one.decide(Decisions.DESK, "dispatch", batch)))
                    .as("a clerk may have it sent all the same")
                    .isEmpty();
            assertThat(owed(one)).containsExactly("FETCH");
        }
    }

    @Test
    void what_the_worker_had_fetched_without_signal_before_it_was_taken_back_was_given_after_all() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        String item = at.item("RESULT");
        Domain.Scan fetched = at.scan("RESULT_COLLECTED", item);
        takeBack("RESULT");

        assertThat(at.report(fetched).path("code").asText()).isEqualTo("taken-back-before");

        assertThat(at.step("RESULT")).isEqualTo("COLLECTED");
        assertThat(at.status()).isEqualTo(9);
        assertThat(at.told("dvcqg", "progress")).last().satisfies(told -> {
            assertThat(told.at("/event/code").asText()).isEqualTo("RESULT_COLLECTED");
            assertThat(told.at("/dossier/status").asInt()).isEqualTo(9);
        });
        Domain.Scan delivered = at.delivered(item, at.signature());
        holds(at.report(delivered), "RECORDED");
        at.sign(delivered);
        assertThat(at.status()).isEqualTo(10);
    }

    @Test
    void when_the_post_had_not_had_it_after_all_the_agency_has_taken_it_back_again() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        Domain.Scan fetched = at.scan("RESULT_COLLECTED", at.item("RESULT"));
        takeBack("RESULT");
        at.report(fetched);
        assertThat(at.status()).isEqualTo(9);

        Domain.undo(fetched);

        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
        assertThat(at.status()).isEqualTo(2);
        assertThat(at.told("dvcqg", "progress")).last().satisfies(told -> {
            assertThat(told.at("/event/code").asText()).isEqualTo("VOIDED");
            assertThat(told.at("/dossier/status").asInt()).isEqualTo(2);
        });
        supplement("Bản đồ");
    }

    @Test
    void what_the_agency_has_said_since_it_took_a_result_back_outweighs_that_the_post_had_it() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        Domain.Scan fetched = at.scan("RESULT_COLLECTED", at.item("RESULT"));
        takeBack("RESULT");
        supplement("Bản đồ");

        at.report(fetched);

        assertThat(at.status()).isEqualTo(5);
    }

    @Test
    void nor_does_it_decide_a_dossier_that_was_sent_on_to_another_agency_since() {
        for (boolean answered : List.of(false, true)) {
            Domain one = new Domain();
            one.accept(one.resultAlone());
            one.received();
            one.dispatched();
            Domain.Scan fetched = one.scan("RESULT_COLLECTED", one.item("RESULT"));
            say(one, "takeback", "RESULT");
            one.decide(
                    "transfer",
                    json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\", \"byPost\": false}", one.code));
            if (answered) {
                one.decide(
                        "ubnd-dong-ha",
                        "receive",
                        json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", one.code, Domain.tomorrow()));
            }

            assertThat(one.report(fetched).path("code").asText()).isEqualTo("taken-back-before");

            assertThat(one.status()).isEqualTo(2);
            assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", one.code, 10))
                    .hasSize(answered ? 0 : 1);
        }
    }

    @Test
    void the_agency_that_has_promised_another_day_since_decides_it_yet() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        Domain.Scan fetched = at.scan("RESULT_COLLECTED", at.item("RESULT"));
        takeBack("RESULT");
        at.received();

        at.report(fetched);

        assertThat(at.status()).isEqualTo(9);
    }

    private static String outcome(Receipt receipt) {
        return receipt.answer().at("/results/0/code").asText();
    }

    private void toAnOutsideCarrier() {
        ObjectNode asked = at.resultAlone();
        asked.withObject("result").set("receiver", Domain.party("19681"));
        at.accept(asked);
        at.received();
        holds(at.dispatched(), "DISPATCHED");
    }

    private static List<String> mistakes(Domain one, String agency) {
        return Domain.bean(NotByPost.class).mistakes(agency, one.code).stream()
                .map(here -> here.kind().code())
                .toList();
    }

    private static void refusedWithPapers(Domain one) {
        one.accept(one.both());
        one.report(one.scan("COLLECTED", one.item("PICKUP")));
        refuse(one);
    }

    private static void refuse(Domain one) {
        one.decide(
                "refuse",
                json(
                        "{\"dossier\": \"%s\", \"item\": \"%s\", \"reasons\": [\"Sai nơi nộp\"], \"returnPapers\": true}",
                        one.code, one.item("PICKUP")));
    }

    @Test
    void papers_that_were_fetched_here_are_posted_to_nobody_and_the_dossier_stays_refused() {
        refusedWithPapers(at);
        assertThat(owed()).containsExactly("FETCH");

        say(at, "handout", "ORIGINALS_BACK");

        assertThat(at.step("ORIGINALS_BACK")).isEqualTo("CANCELLED");
        assertThat(owed()).isEmpty();
        assertThat(at.status()).isEqualTo(3);
    }

    @Test
    void what_the_agency_carried_to_another_itself_is_not_fetched() {
        at.accept(at.resultAlone());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        nothingToTakeBack("takeback", "TRANSFER");

        say(at, "handout", "TRANSFER");

        assertThat(at.step("TRANSFER")).isEqualTo("CANCELLED");
        assertThat(owed()).doesNotContain("FETCH");
        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .as("it stands on the desk it was carried to")
                .hasSize(1);
        assertThat(at.toldCodes("ubnd-dong-ha", "arrival")).containsExactly("TRANSFERRED");
    }

    @Test
    void nor_is_what_the_post_calls_off_and_the_agency_it_was_to_go_to_owes_an_answer_until_that_is_undone() {
        at.accept(at.resultAlone());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        Domain.Scan cancelled = at.scan("CANCELLED", at.item("TRANSFER"));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", cancelled);

        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .hasSize(1);
        assertThat(at.toldCodes("ubnd-dong-ha", "arrival")).containsExactly("TRANSFERRED");

        Domain.undo(cancelled);

        assertThat(at.step("TRANSFER")).isEqualTo("READY");
        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .isEmpty();
    }

    @Test
    void an_agency_that_has_answered_owes_nothing_when_the_envelope_is_carried_there_and_nobody_hears_of_it_anew() {
        at.accept(at.resultAlone());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        at.decide(
                "ubnd-dong-ha",
                "receive",
                json("{\"dossier\": \"%s\", \"appointment\": \"%s\"}", at.code, Domain.tomorrow()));

        say(at, "handout", "TRANSFER");

        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .isEmpty();
        assertThat(at.told("ubnd-dong-ha", "arrival")).isEmpty();
        assertThat(at.facts().at("/facts/step/code").asText()).isEqualTo("RECEIVED");
    }

    @Test
    void that_a_dossier_goes_on_is_heard_once_also_when_it_goes_by_hand() {
        at.accept(at.resultAlone());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));

        say(at, "handout", "TRANSFER");

        assertThat(at.toldCodes("ubnd-dong-ha", "arrival")).containsExactly("TRANSFERRED");
        assertThat(at.toldCodes("dvcqg", "progress")).containsOnlyOnce("TRANSFERRED");
        assertThat(at.facts().at("/events"))
                .filteredOn(event -> event.path("code").asText().equals("TRANSFERRED"))
                .hasSize(1);
        assertThat(at.facts().at("/facts/step/code").asText()).isEqualTo("TRANSFERRED");
    }

    @Test
    void what_came_back_from_the_way_to_another_agency_and_is_not_sent_again_is_owed_an_answer_there() {
        at.accept(at.resultAlone());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        String item = at.item("TRANSFER");
        at.report(at.scan("COLLECTED", item));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("RETURN_APPROVED", item));
        at.report(at.scan("RETURNED_TO_AGENCY", item));
        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .isEmpty();

        Domain.bean(Decisions.class)
                .settle(Domain.in(
                        Decisions.DESK,
                        "desk.settle",
                        json(
                                "{\"by\": {\"user\": \"can-bo\", \"agency\": \"%s\"}, \"dossier\": \"%s\", \"leg\": \"%s\","
                                        + " \"reason\": \"Cơ quan tự mang đến nơi\"}",
                                Domain.CENTRE,
                                at.code,
                                at.leg("RETURN").path("id").asText())));

        assertThat(Domain.bean(AgencyDossiers.class).sentOn("000.01.12.H50", at.code, 10))
                .hasSize(1);
        assertThat(at.toldCodes("ubnd-dong-ha", "arrival")).containsExactly("TRANSFERRED");
    }

    @Test
    void what_goes_to_another_agency_by_post_is_not_decided_there_before_it_has_said_so() {
        at.accept(at.resultAlone());
        at.received();
        assertThat(early(Domain.CENTRE)).isEmpty();
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        assertThat(early("000.01.12.H50")).containsExactly(at.code);
    }

    private List<String> early(String agency) {
        return Domain.bean(AgencyLegs.class).early(agency, List.of(at.code));
    }

    @Test
    void a_refusal_that_a_result_given_by_mistake_took_back_holds_again() {
        refusedWithPapers(at);
        holds(at.dispatched(), "DISPATCHED");
        assertThat(at.step("ORIGINALS_BACK")).isEqualTo("CANCELLED");

        takeBack("RESULT");

        assertThat(at.status()).isEqualTo(3);
        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
        assertThat(at.step("ORIGINALS_BACK")).isEqualTo("READY");
        assertThat(owed()).containsExactly("FETCH");
    }

    @Test
    void what_was_lost_and_handed_out_anew_here_is_not_owed_any_more() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("RESULT")));
        assertThat(owed()).containsExactly("REISSUE");
        assertThat(here("RESULT").sealed()).isFalse();

        say(at, "handout", "RESULT");

        assertThat(owed()).isEmpty();
        assertThat(at.step("RESULT")).isEqualTo("LOST");
        assertThat(at.dispatched().path("code").asText()).isEqualTo("already-handed-out");
        assertThat(mistakes(at, Domain.CENTRE)).containsExactly("RESULT");

        takeBack("RESULT");

        assertThat(owed()).containsExactly("REISSUE");
        assertThat(mistakes(at, Domain.CENTRE)).isEmpty();
        holds(at.dispatched(), "DISPATCHED");
    }

    @Test
    void a_portal_that_asks_again_opens_nothing_for_what_was_handed_out() {
        at.accept(at.resultAlone());
        at.received();
        say(at, "handout", "RESULT");

        assertThatThrownBy(() -> at.accept(at.resultAlone()))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("leg-exists"));
        assertThat(owed()).isEmpty();

        takeBack("RESULT");
        assertThat(owed()).containsExactly("DISPATCH");
    }

    @Test
    void a_result_that_was_lost_on_its_way_back_is_one_to_be_given() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();
        String item = at.item("RESULT");
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("RETURN_APPROVED", item));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", item));
        assertThat(owed()).containsExactly("REISSUE");

        assertThat(here("RETURN").result()).isTrue();
        assertThat(here("RETURN").sealed()).isFalse();
    }

    private NotByPost.Here here(String kind) {
        return Domain.bean(NotByPost.class)
                .of(Domain.CENTRE, Domain.uuid(at.leg(kind).path("id").asText()))
                .orElseThrow();
    }

    @Test
    void nobody_says_so_of_another_agencys() {
        at.accept(at.resultAlone());
        at.received();
        assertThatThrownBy(() -> say(at, "000.01.12.H50", "handout", "RESULT"))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("nothing-to-take-back"));
    }

    @Test
    void the_citizen_calls_off_what_still_lies_at_the_agency() {
        at.accept(at.resultAlone());
        at.received();
        at.dispatched();

        Domain.bean(Requests.class)
                .cancel(Domain.in(
                        "dvcqg", "portal.cancel", json("{\"dossier\": \"%s\", \"leg\": \"RESULT\"}", at.code)));

        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
        assertThat(at.status()).isEqualTo(9);
    }

    private void takeBack(String kind) {
        say(at, "takeback", kind);
    }

    private void nothingToTakeBack(String what, String kind) {
        assertThatThrownBy(() -> say(at, what, kind))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("nothing-to-take-back"));
    }

    private static void say(Domain one, String what, String kind) {
        say(one, Domain.CENTRE, what, kind);
    }

    private static void say(Domain one, String agency, String what, String kind) {
        ObjectNode said = (ObjectNode) json(
                "{\"by\": {\"user\": \"can-bo\", \"agency\": \"%s\"}, \"dossier\": \"%s\", \"leg\": \"%s\"}",
                agency, one.code, one.leg(kind).path("id").asText());
        NotByPost notByPost = Domain.bean(NotByPost.class);
        if (what.equals("takeback")) {
            takeBack(one, agency, kind, mistake(one, agency, kind));
        } else {
            notByPost.handOut(Domain.in(Decisions.DESK, "desk.handout", said));
        }
    }

    private static void takeBack(Domain one, String agency, String kind, UUID mistake) {
        Domain.bean(NotByPost.class)
                .takeBack(Domain.in(
                        Decisions.DESK,
                        "desk.takeback",
                        json(
                                "{\"by\": {\"user\": \"can-bo\", \"agency\": \"%s\"}, \"dossier\": \"%s\", \"leg\": \"%s\","
                                        + " \"mistake\": \"%s\", \"reason\": \"Đánh dấu nhầm\"}",
                                agency, one.code, one.leg(kind).path("id").asText(), mistake)));
    }

    /** What the page shows can be taken back; where there is nothing, something that never was. */
    private static UUID mistake(Domain one, String agency, String kind) {
        return Domain.bean(NotByPost.class)
                .of(agency, Domain.uuid(one.leg(kind).path("id").asText()))
                .map(NotByPost.Here::mistake)
                .orElseGet(UUID::randomUUID);
    }

    private static void nothingToTakeBack(Domain one, UUID mistake) {
        assertThatThrownBy(() -> takeBack(one, Domain.CENTRE, "RESULT", mistake))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("nothing-to-take-back"));
    }

    private void supplement(String paper) {
        at.decide(
                "supplement",
                json(
                        "{\"dossier\": \"%s\", \"papers\": [{\"name\": \"%s\", \"original\": true, \"count\": 1}], \"reason\": \"Thiếu\"}",
                        at.code, paper));
    }

    private List<String> owed() {
        return owed(at);
    }

    private static List<String> owed(Domain one) {
        return Domain.hub()
                .db()
                .sql(
                        "select p.next_act from progress p join leg l on l.id = p.leg join dossier_code c on c.dossier = l.dossier"
                                + " where c.code = :code and not p.closed order by l.no")
                .param("code", one.code)
                .query(String.class)
                .list();
    }

    private static List<String> pile(Pile pile) {
        return Domain.bean(AgencyLegs.class).of(Domain.CENTRE, new Wanted(pile, null, null, 0, 1000)).rows().stream()
                .map(AgencyLegs.Row::dossier)
                .toList();
    }
}
