package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.bocau.code.Refused;
import vn.bocau.dossier.rules.HandlingCode;
import vn.bocau.dossier.rules.LegKind;

/** A one-stop system knows one number and no idempotency key: content and direction tell what it means. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderingTest {

    private final Domain at = new Domain();

    private static final String CENTRE = """
            {"name": "Trung tâm Phục vụ HCC", "phone": "02330000100", "address": {"street": "Đông Hà", "vnpostProvince": 52, "vnpostDistrict": 5210}}
            """;

    private ObjectNode order(String direction, String street, int district) {
        String citizen = """
                {"name": "Lê Thị Mẫu", "phone": "0900000001", "address": {"street": "%s", "vnpostProvince": 52%s}}
                """.formatted(street, district == 0 ? "" : ", \"vnpostDistrict\": " + district);
        boolean pickup = direction.equals("PICKUP");
        return (ObjectNode) json("""
                {"orderNumber": "%s", "procedure": {"name": "Cấp lại giấy phép A"}, "papers": [{"name": "Giấy phép"}],
                 "legs": [{"direction": "%s", "sender": %s, "receiver": %s, "collectFee": 0}]}
                """, at.code, direction, pickup ? citizen : CENTRE, pickup ? CENTRE : citizen);
    }

    private JsonNode place(JsonNode order) {
        return Domain.bean(Ordering.class)
                .place(Domain.in("qti-tthcc", "ngsp.order", order))
                .answer();
    }

    private JsonNode cancel(String direction) {
        ObjectNode asked = Domain.JSON.createObjectNode().put("orderNumber", at.code);
        if (direction != null) {
            asked.put("direction", direction);
        }
        return Domain.bean(Ordering.class)
                .cancel(Domain.in("qti-tthcc", "ngsp.cancel", asked))
                .answer();
    }

    @Test
    void the_same_number_in_both_directions_is_two_legs() {
        JsonNode first = place(order("PICKUP", "Thôn 2", 5220));
        JsonNode second = place(order("RESULT", "Thôn 2", 5220));

        holds(first, "ACCEPTED");
        holds(second, "ACCEPTED");
        assertThat(at.step("PICKUP")).isEqualTo("REQUESTED");
        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(at.status())
                .as("an order to the citizen is the agency's word that the result is there")
                .isEqualTo(9);
        assertThat(at.leg("PICKUP").path("next").path("owner").asText()).isEqualTo("521000");
    }

    @Test
    void the_same_content_again_exists_already_and_opens_nothing() {
        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");
        holds(place(order("RESULT", "Thôn 2", 5220)), "EXISTS");
        assertThat(at.facts().path("legs")).hasSize(1);
    }

    @Test
    void changed_content_is_corrected_while_it_can_be_and_changed_back_is_a_correction_too() {
        place(order("RESULT", "Thôn 2", 5220));
        holds(place(order("RESULT", "Thôn 3", 5230)), "CORRECTED");
        assertThat(where()).isEqualTo("522000 Thôn 3");
        holds(place(order("RESULT", "Thôn 2", 5220)), "CORRECTED");
        assertThat(where()).isEqualTo("521000 Thôn 2");

        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        assertThatThrownBy(() -> place(order("RESULT", "Thôn 3", 5230)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("under-way"));
        holds(place(order("RESULT", "Thôn 2", 5220)), "EXISTS");
    }

    private String where() {
        return Domain.hub()
                .db()
                .sql("select to_office || ' ' || (receiver #>> '{address,street}') from leg"
                        + " where order_number = :code and kind = 'RESULT'")
                .param("code", at.code)
                .query(String.class)
                .single();
    }

    @Test
    void twenty_at_once_are_one_order() throws Exception {
        ExecutorService clerks = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(() ->
                        place(order("RESULT", "Thôn 2", 5220)).path("outcome").asText());
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> one : clerks.invokeAll(all)) {
                outcomes.add(one.get());
            }
            assertThat(outcomes).filteredOn("ACCEPTED"::equals).hasSize(1);
            assertThat(outcomes).filteredOn("EXISTS"::equals).hasSize(19);
        } finally {
            clerks.shutdown();
        }
    }

    @Test
    void without_a_direction_it_is_plain_from_who_is_the_agency() {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ((ObjectNode) order.path("legs").path(0)).remove("direction");
        place(order);
        assertThat(at.step("RESULT")).isEqualTo("READY");

        ObjectNode neither = order("RESULT", "Thôn 2", 5220);
        ObjectNode leg = (ObjectNode) neither.path("legs").path(0);
        leg.remove("direction");
        leg.set("sender", leg.path("receiver"));
        assertThatThrownBy(() -> place(neither))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("direction-unclear"));
    }

    /** By {@code mappings/ngsp}, where the order names a payee. */
    @Test
    void an_order_that_names_a_payee_asks_for_cod_until_it_is_corrected() {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ObjectNode leg = (ObjectNode) order.path("legs").path(0);
        leg.withObject("/cod").put("amount", 150_000).put("payee", "cong-chung-mau");
        place(order);
        assertThat(cod()).isEqualTo("150000 cong-chung-mau");

        leg.withObject("/cod").put("amount", 160_000);
        assertThat(place(order).path("outcome").asText()).isEqualTo("CORRECTED");
        assertThat(cod()).isEqualTo("160000 cong-chung-mau");

        leg.withObject("/cod").put("payee", "khong-co");
        assertThatThrownBy(() -> place(order))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.flaws())
                                .extracting(Refused.Flaw::field)
                                .containsExactly("SenderDesc"));
        leg.remove("cod");
        place(order);
        assertThat(cod()).isEqualTo("0");

        ObjectNode fetch = order("PICKUP", "Thôn 2", 5220);
        ((ObjectNode) fetch.path("legs").path(0))
                .withObject("/cod")
                .put("amount", 150_000)
                .put("payee", "cong-chung-mau");
        assertThatThrownBy(() -> place(fetch))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.flaws().get(0).wrong().en()).contains("COD when it brings a result alone"));
    }

    private String cod() {
        return Domain.hub()
                .db()
                .sql(
                        "select concat_ws(' ', l.cod_due, l.payee_due) from leg l join dossier_code c on c.dossier = l.dossier"
                                + " where c.code = :code and l.kind = 'RESULT'")
                .param("code", at.code)
                .query(String.class)
                .single();
    }

    @Test
    void without_a_district_the_agencys_own_office_sorts_it_and_elsewhere_nobody_does() {
        place(order("RESULT", "Thôn 2, xã Ví Dụ", 0));
        assertThat(where()).startsWith("520100");

        ObjectNode hanoi = order("RESULT", "Thôn 2", 1010);
        assertThatThrownBy(() -> place(hanoi)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo("no-post-office");
            assertThat(r.flaws()).extracting(Refused.Flaw::field).containsExactly("ReceiverDistrict");
        });
    }

    @Test
    void an_order_for_what_the_citizen_asked_the_portal_for_dispatches_that_leg_to_the_citizens_own_address() {
        at.accept(at.both());
        holds(place(order("RESULT", "Thôn 9", 5230)), "ACCEPTED");

        assertThat(at.facts().path("legs")).hasSize(2);
        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(where()).isEqualTo("520100 12 đường Mẫu");
        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        assertThat(at.toldCodes("qti-tthcc", "progress")).containsExactly("RESULT_READY", "RESULT_COLLECTED");
        assertThat(at.told("qti-tthcc", "progress")
                        .get(0)
                        .path("leg")
                        .path("orderNumber")
                        .asText())
                .isEqualTo(at.code);
    }

    @Test
    void what_was_paid_online_is_not_collected_by_an_order_either() {
        at.accept(at.both());
        ObjectNode order = order("RESULT", "Thôn 9", 5230);
        ((ObjectNode) order.path("legs").path(0)).put("collectFee", 8000);
        assertThatThrownBy(() -> place(order))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.flaws())
                                .extracting(Refused.Flaw::field)
                                .containsExactly("CODAmount"));
    }

    @Test
    void an_order_is_taken_back_though_the_one_before_it_under_its_number_was_carried_out() {
        place(order("PICKUP", "Thôn 2", 5220));
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        at.report(at.scan("HANDED_TO_AGENCY", at.item("PICKUP")));
        assertThatThrownBy(() -> cancel(null))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("under-way"));
        place(order("RESULT", "Thôn 2", 5220));

        holds(cancel(null), "CANCELLED");

        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
        assertThat(at.step("PICKUP")).isEqualTo("HANDED_TO_AGENCY");
    }

    @Test
    void an_order_is_taken_back_until_the_post_has_it() {
        place(order("RESULT", "Thôn 2", 5220));
        holds(cancel(null), "CANCELLED");
        holds(cancel("RESULT"), "ALREADY_CANCELLED");
        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");
        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        assertThatThrownBy(() -> cancel(null))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("under-way"));
        at.accept(at.pickupAlone());
        assertThatThrownBy(() -> cancel("PICKUP"))
                .as("the portal asked for it, not the one-stop")
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("unknown-order"));
    }

    @Test
    void a_fee_asked_for_in_both_directions_is_asked_for_once() {
        ObjectNode pickup = order("PICKUP", "Thôn 2", 5220);
        ((ObjectNode) pickup.path("legs").path(0)).put("collectFee", 50_000);
        holds(place(pickup), "ACCEPTED");
        ObjectNode result = order("RESULT", "Thôn 2", 5220);
        ((ObjectNode) result.path("legs").path(0)).put("collectFee", 50_000);
        assertThatThrownBy(() -> place(result))
                .isInstanceOfSatisfying(
                        Refused.class,
                        r -> assertThat(r.flaws())
                                .extracting(Refused.Flaw::field)
                                .containsExactly("CODAmount"));
    }

    @Test
    void what_does_not_travel_by_post_is_not_ordered_either() {
        ObjectNode level1 = order("RESULT", "Thôn 2", 5220);
        level1.putObject("procedure").put("code", "2.000806");
        assertThatThrownBy(() -> place(level1)).isInstanceOf(Refused.class);
        ObjectNode byHand = order("RESULT", "Thôn 2", 5220);
        byHand.putObject("procedure").put("code", "1.000894");
        assertThatThrownBy(() -> place(byHand)).isInstanceOf(Refused.class);
    }

    @Test
    void lost_papers_are_not_owed_any_more_once_their_pickup_is_ordered_again() {
        place(order("PICKUP", "Thôn 2", 5220));
        String lost = at.item("PICKUP");
        at.report(at.scan("COLLECTED", lost));
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", lost)), "RECORDED");

        holds(place(order("PICKUP", "Thôn 2", 5220)), "ACCEPTED");

        assertThat(Domain.hub()
                        .db()
                        .sql("select p.rule from progress p join leg l on l.id = p.leg where l.item = :lost")
                        .param("lost", lost)
                        .query(String.class)
                        .single())
                .isEqualTo("replaced");
    }

    @Test
    void a_lost_result_is_sent_again_by_the_same_order_and_a_delivered_one_is_not() {
        place(order("RESULT", "Thôn 2", 5220));
        String lost = at.item("RESULT");
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", lost));
        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");
        assertThat(at.item("RESULT")).isNotEqualTo(lost);
        at.report(at.scan("RESULT_COLLECTED", at.item("RESULT")));
        at.report(at.delivered(at.item("RESULT"), "0".repeat(64)));
        assertThatThrownBy(() -> place(order("RESULT", "Thôn 7", 5220)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("under-way"));
    }

    /** One amount, the sender's whole word, whatever it was for before. */
    @Test
    void what_is_ordered_anew_for_a_payee_is_not_asked_for_beside_the_fee_of_before() {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ObjectNode leg = (ObjectNode) order.path("legs").path(0);
        leg.put("collectFee", 28_000);
        place(order);
        assertThat(feeAndCod()).isEqualTo("28000 0");

        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("RESULT")));
        leg.remove("collectFee");
        leg.withObject("/cod").put("amount", 150_000).put("payee", "cong-chung-mau");
        holds(place(order), "ACCEPTED");
        assertThat(feeAndCod()).isEqualTo("0 150000");

        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("RESULT")));
        leg.remove("cod");
        leg.put("collectFee", 28_000);
        holds(place(order), "ACCEPTED");
        assertThat(feeAndCod()).isEqualTo("28000 0");

        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("RESULT")));
        leg.remove("collectFee");
        holds(place(order), "ACCEPTED");
        assertThat(feeAndCod()).as("says nothing of money").isEqualTo("28000 0");
    }

    private String feeAndCod() {
        return Domain.hub()
                .db()
                .sql("select fee_asked || ' ' || cod_asked from leg where item = :item")
                .param("item", at.item("RESULT"))
                .query(String.class)
                .single();
    }

    @Test
    void what_is_ordered_anew_goes_where_the_citizen_said() {
        at.accept(at.resultAlone());
        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("RESULT")));

        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");

        assertThat(Domain.hub()
                        .db()
                        .sql("select receiver #>> '{address,street}' from leg where item = :item")
                        .param("item", at.item("RESULT"))
                        .query(String.class)
                        .single())
                .isEqualTo("12 đường Mẫu");
    }

    @Test
    void what_the_citizen_has_is_not_sent_again_by_any_door() {
        at.accept(at.resultAlone());
        at.dispatched();
        String first = at.item("RESULT");
        Domain.Scan lost = at.scan("LOST", first);
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", lost);
        at.dispatched();
        at.report(
                "to-truong",
                "POSTAL_SUPERVISOR",
                "520100",
                at.scan("VOIDED", first).with("voids", lost.id()));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("CANCELLED", at.item("RESULT")));
        at.report(at.scan("RESULT_COLLECTED", first));
        at.report(at.delivered(first, "0".repeat(64)));

        assertThatThrownBy(() -> place(order("RESULT", "Thôn 2", 5220)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("under-way"));
        assertThat(at.dispatched().path("code").asText()).isEqualTo("already-dispatched");
        assertThatThrownBy(() -> at.accept(at.resultAlone()))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("leg-exists"));
    }

    @Test
    void what_was_handed_out_at_the_agency_is_not_sent_by_the_order_of_before() {
        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");
        Domain.bean(NotByPost.class)
                .handOut(Domain.in(
                        Decisions.DESK,
                        "desk.handout",
                        Domain.json(
                                "{\"by\": {\"user\": \"can-bo\", \"agency\": \"%s\"}, \"dossier\": \"%s\", \"leg\": \"%s\"}",
                                Domain.CENTRE,
                                at.code,
                                at.leg("RESULT").path("id").asText())));

        holds(place(order("RESULT", "Thôn 2", 5220)), "EXISTS");
        assertThatThrownBy(() -> place(order("RESULT", "Thôn 3", 5220)))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("already-handed-out"));
        holds(place(order("RESULT", "Thôn 3", 5220).put("filed", true)), "EXISTS");

        assertThat(at.step("RESULT")).isEqualTo("CANCELLED");
    }

    @Test
    void a_filing_says_nothing_of_what_was_dispatched_since() {
        ObjectNode filing = order("RESULT", "Thôn 2", 5220);
        filing.put("filed", true);
        holds(place(filing), "ACCEPTED");
        holds(place(order("RESULT", "Thôn 5", 5220)), "CORRECTED");
        String item = at.item("RESULT");

        holds(place(filing), "EXISTS");
        at.report(at.scan("RESULT_COLLECTED", item));
        at.report(at.scan("DAMAGED", item));
        holds(place(filing), "EXISTS");

        assertThat(at.item("RESULT")).isEqualTo(item);
        assertThat(at.step("RESULT")).isEqualTo("DAMAGED");
    }

    @Test
    void a_filing_sends_nobody_to_a_door_again() {
        at.accept(at.pickupAlone());
        at.report(at.scan("PICKUP_FAILED", at.item("PICKUP"))
                .with("reason", "ABSENT")
                .with("action", "HOLD"));

        place(order("PICKUP", "Thôn 2", 5220).put("filed", true));

        assertThat(at.step("PICKUP")).isEqualTo("PICKUP_FAILED");
    }

    @Test
    void who_came_in_vain_comes_again_when_the_same_is_ordered_once_more() {
        holds(place(order("PICKUP", "Thôn 2", 5220)), "ACCEPTED");
        holds(place(order("PICKUP", "Thôn 2", 5220)), "EXISTS");
        at.report(at.scan("PICKUP_FAILED", at.item("PICKUP"))
                .with("reason", "ABSENT")
                .with("action", "HOLD"));

        holds(place(order("PICKUP", "Thôn 2", 5220)), "CORRECTED");

        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
    }

    @Test
    void what_comes_back_before_anybody_here_heard_of_it_has_its_way_back() {
        String label = Domain.label();
        at.accept(at.resultAlone());
        at.report(at.scan("RESULT_COLLECTED", label));
        at.report(at.scan("DELIVERY_FAILED", label).with("reason", "REFUSED").with("action", "RETURN"));
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("RETURN_APPROVED", label));

        at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", at.code, label));

        assertThat(at.step("RESULT")).isEqualTo("RETURN_APPROVED");
        assertThat(at.step("RETURN")).isEqualTo("COMING_BACK");
    }

    @Test
    void a_label_that_was_corrected_and_taken_back_may_be_brought_again() {
        String first = Domain.label();
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ((ObjectNode) order.path("legs").path(0)).put("item", first);
        place(order);
        ((ObjectNode) order.path("legs").path(0)).put("item", Domain.label());
        holds(place(order), "CORRECTED");
        at.takeBack();
        ((ObjectNode) order.path("legs").path(0)).put("item", first);

        holds(place(order), "ACCEPTED");

        assertThat(at.item("RESULT")).isEqualTo(first);
    }

    @Test
    void a_corrected_label_is_the_one_that_counts() {
        String first = Domain.label();
        String second = Domain.label();
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ((ObjectNode) order.path("legs").path(0)).put("item", first);
        place(order);
        ((ObjectNode) order.path("legs").path(0)).put("item", second);
        holds(place(order), "CORRECTED");
        assertThat(at.item("RESULT")).isEqualTo(second);
    }

    @Test
    void an_outside_carrier_hears_of_every_correction_and_the_envelope_keeps_the_label_it_bears() {
        String label = Domain.label();
        ObjectNode order = order("RESULT", "Thôn 2", 5270);
        ObjectNode leg = (ObjectNode) order.path("legs").path(0);
        leg.put("item", label);
        place(order);
        for (String phone : List.of("0900000002", "0900000001", "0900000002")) {
            leg.withObject("receiver").put("phone", phone);
            holds(place(order), "CORRECTED");
        }

        assertThat(at.item("RESULT")).isEqualTo(label);
        assertThat(at.told("carrier-x", "order")).hasSize(1);
        assertThat(at.told("carrier-x", "order-change"))
                .extracting(told -> told.at("/receiver/phone").asText())
                .containsExactly("0900000002", "0900000001", "0900000002");
        assertThat(at.told("carrier-x", "order-cancel"))
                .as("it would take the order after that for the one it knows")
                .isEmpty();
    }

    @Test
    void an_outside_carrier_hears_of_a_fee_that_is_ordered_on_what_a_portal_asked_for() {
        ObjectNode asked = at.dossier("1.000656", false);
        ((ObjectNode) asked.path("dossier")).put("channel", "DIRECT");
        ObjectNode fetched = asked.putObject("pickup");
        fetched.set("sender", Domain.party("19681"));
        fetched.set("papers", json("[{\"name\": \"Giấy báo tử\", \"original\": true}]"));
        at.accept(asked);
        String first = at.item("PICKUP");
        ObjectNode order = order("PICKUP", "Thôn 9", 5230);
        ((ObjectNode) order.path("legs").path(0)).put("collectFee", 8000);
        holds(place(order), "ACCEPTED");
        holds(place(order), "EXISTS");

        assertThat(at.item("PICKUP")).isNotEqualTo(first);
        assertThat(at.told("carrier-x", "order"))
                .extracting(told -> told.path("fee").asLong())
                .containsExactly(0L, 8000L);
        assertThat(at.told("carrier-x", "order-cancel"))
                .singleElement()
                .satisfies(cancel ->
                        assertThat(cancel.path("orderNumber").asText()).isEqualTo(first));
    }

    @ParameterizedTest
    @CsvSource({"name, Trần Văn Mẫu", "phone, 0900000009", "street, Thôn 8"})
    void where_a_leg_of_the_portals_goes_is_changed_on_the_portal_and_refused_here_by_its_field(
            String what, String value) {
        at.accept(at.both());
        ObjectNode order = order("RESULT", "Thôn 9", 5230);
        holds(place(order), "ACCEPTED");
        ObjectNode receiver = (ObjectNode) order.at("/legs/0/receiver");
        (what.equals("street") ? (ObjectNode) receiver.path("address") : receiver).put(what, value);
        String field = "receiver/" + (what.equals("street") ? "address" : what);

        assertThatThrownBy(() -> place(order)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo("asked-by-the-citizen");
            assertThat(r.flaws()).extracting(Refused.Flaw::field).containsExactly(field);
        });
        assertThat(where()).isEqualTo("520100 12 đường Mẫu");

        ObjectNode again = order("RESULT", "Thôn 9", 5230);
        again.withArray("papers").addObject().put("name", "Bản sao");
        holds(place(again), "CORRECTED");
        assertThat(where()).isEqualTo("520100 12 đường Mẫu");
    }

    @Test
    void whatever_was_said_otherwise_is_never_there_already() {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        order.withObject("said").put("receiverEmail", "a@example.vn").put("flagConfig", "2");
        holds(place(order), "ACCEPTED");
        holds(place(order), "EXISTS");
        order.withObject("said").put("receiverEmail", "b@example.vn");
        holds(place(order), "CORRECTED");
        holds(place(order), "EXISTS");
        order.withObject("said").put("flagConfig", "1");
        holds(place(order), "CORRECTED");
        order.put("description", "Gọi trước khi đến");
        holds(place(order), "CORRECTED");
        holds(place(order), "EXISTS");
    }

    @ParameterizedTest
    @EnumSource(HandlingCode.class)
    void a_one_stop_is_told_of_every_handling_and_a_portal_of_what_its_citizen_should_see(HandlingCode code) {
        at.accept(at.both());
        holds(place(order("RESULT", "Thôn 9", 5230)), "ACCEPTED");
        Journey journey = Domain.bean(org.springframework.transaction.support.TransactionTemplate.class)
                .execute(status -> Domain.bean(Journeys.class).byCode(at.code).orElseThrow());
        Leg leg = journey.latest(LegKind.RESULT).orElseThrow();
        Report report = Report.now(java.util.UUID.randomUUID(), null, code, Legs.now(), "a", "a");
        List<String> told = Domain.bean(Telling.class)
                .of(new Journey.News(
                        journey.dossier(),
                        new Journey.Standing(leg.facts(), leg.progress(), journey.obligation(leg)),
                        new Journey.Event.Handled(report, false)))
                .stream()
                .filter(out -> out.kind().equals("progress"))
                .map(vn.bocau.journal.Outbound::partner)
                .toList();

        List<String> expected = new ArrayList<>();
        if (code.portalEffect() != HandlingCode.PortalEffect.NONE) {
            expected.add("dvcqg");
        }
        if (code != HandlingCode.CASH_DISCREPANCY) {
            expected.add("qti-tthcc");
        }
        assertThat(told).containsExactlyElementsOf(expected);
    }

    @Test
    void a_pickup_that_was_ordered_and_the_scans_between_offices_stand_in_the_one_stops_feed() {
        place(order("PICKUP", "Thôn 2", 5210));
        at.report(at.scan("COLLECTED", at.item("PICKUP")));
        at.report(at.scan("FACILITY_IN", at.item("PICKUP")));

        assertThat(at.toldCodes("qti-tthcc", "progress"))
                .containsExactly("PICKUP_REQUESTED", "COLLECTED", "FACILITY_IN");
        assertThat(at.toldCodes("dvcqg", "progress")).containsExactly("COLLECTED");
    }

    @Test
    void a_label_goes_with_its_envelope_when_what_nobody_had_begun_is_cancelled_and_ordered_again() {
        String label = Domain.label();
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ((ObjectNode) order.path("legs").path(0)).put("item", label);
        for (int time = 1; time <= 3; time++) {
            holds(place(order), "ACCEPTED");
            assertThat(at.item("RESULT")).isEqualTo(label);
            assertThat(at.step("RESULT")).isEqualTo("READY");
            holds(cancel(null), "CANCELLED");
        }
        JsonNode results = json(
                "{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\", \"receiver\": %s}]}",
                at.code, label, Domain.party("19333"));
        holds(at.decide("dispatch", results).answer().path("results").path(0), "DISPATCHED");
        at.report(at.scan("RESULT_COLLECTED", label));
        assertThat(at.step("RESULT")).isEqualTo("COLLECTED");

        ObjectNode other = order("RESULT", "Thôn 2", 5220);
        other.put("orderNumber", Domain.code());
        ((ObjectNode) other.path("legs").path(0)).put("item", label);
        assertThatThrownBy(() -> place(other))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("item-in-use"));
    }

    @Test
    void a_damaged_result_is_ordered_anew_by_the_same_number_and_the_damaged_one_comes_back() {
        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");
        String damaged = at.item("RESULT");
        at.report(at.scan("RESULT_COLLECTED", damaged));
        at.report(at.scan("DAMAGED", damaged));

        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");

        assertThat(at.item("RESULT")).isNotEqualTo(damaged);
        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(at.toldCodes("qti-tthcc", "progress")).contains("DAMAGED", "RECALLED");
        holds(place(order("RESULT", "Thôn 2", 5220)), "EXISTS");
    }

    @Test
    void a_result_that_was_not_as_on_the_manifest_is_there_now_when_it_is_ordered_once_more() {
        holds(place(order("RESULT", "Thôn 2", 5220)), "ACCEPTED");
        String item = at.item("RESULT");
        at.report(at.scan("DISPATCH_SHORT", item));
        assertThat(at.step("RESULT")).isEqualTo("SHORT");

        holds(place(order("RESULT", "Thôn 2", 5220)), "CORRECTED");

        assertThat(at.item("RESULT")).isEqualTo(item);
        assertThat(at.step("RESULT")).isEqualTo("READY");
        holds(place(order("RESULT", "Thôn 2", 5220)), "EXISTS");
    }

    @Test
    void what_was_cancelled_stays_so_once_its_label_is_on_another_leg() {
        String label = Domain.label();
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ((ObjectNode) order.path("legs").path(0)).put("item", label);
        holds(place(order), "ACCEPTED");
        Domain.Scan cancelled = at.scan("CANCELLED", label);
        holds(at.report("to-truong", "POSTAL_SUPERVISOR", "520100", cancelled), "RECORDED");
        holds(place(order), "ACCEPTED");
        List<Long> before = Domain.traces();

        assertThatThrownBy(() -> Domain.bean(Corrections.class)
                        .undo(new Corrections.Undoing(
                                UUID.fromString(cancelled.id()),
                                UuidCreator.getTimeOrderedEpoch().toString(),
                                "520100",
                                "to-truong",
                                "nhầm")))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("ordered-again"));

        assertThat(Domain.traces()).isEqualTo(before);
    }

    @Test
    void a_label_of_an_envelope_that_the_post_had_is_not_brought_again() {
        String label = Domain.label();
        ObjectNode order = order("PICKUP", "Thôn 2", 5220);
        ((ObjectNode) order.path("legs").path(0)).put("item", label);
        holds(place(order), "ACCEPTED");
        at.report(at.scan("COLLECTED", label));
        at.decide("refuse", json("{\"dossier\": \"%s\", \"reasons\": [\"Thiếu\"], \"item\": \"%s\"}", at.code, label));

        assertThatThrownBy(() -> place(order)).isInstanceOf(Refused.class);
    }

    @Test
    void a_scan_and_the_order_that_brings_its_label_meet_whoever_comes_first() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 40; i++) {
                Domain one = new Domain();
                String label = Domain.label();
                ObjectNode order = order("RESULT", "Thôn 2", 5210);
                order.put("orderNumber", one.code);
                ((ObjectNode) order.path("legs").path(0)).put("item", label);
                Future<?> ordered = both.submit(() -> place(order));
                Future<?> scanned = both.submit(() -> one.report(one.scan("RESULT_COLLECTED", label)));
                ordered.get();
                scanned.get();
                assertThat(one.step("RESULT")).isEqualTo("COLLECTED");
            }
        } finally {
            both.shutdown();
        }
    }

    @Test
    void another_portal_cannot_make_a_one_stops_dossier_its_own() {
        place(order("RESULT", "Thôn 2", 5220));
        assertThatThrownBy(() ->
                        Domain.bean(Requests.class).accept(Domain.in("opencps", "portal.request", at.pickupAlone())))
                .isInstanceOfSatisfying(
                        Refused.class, r -> assertThat(r.code()).isEqualTo("dossier-of-another-portal"));
        at.accept(at.pickupAlone());
        assertThat(at.step("PICKUP")).isEqualTo("REQUESTED");
    }

    @Test
    void one_label_brought_for_many_dossiers_at_once_is_one_item() throws Exception {
        String label = Domain.label();
        ExecutorService clerks = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Domain one = new Domain();
                one.accept(one.resultAlone());
                all.add(() -> one.decide(
                                "dispatch",
                                json("{\"results\": [{\"dossier\": \"%s\", \"item\": \"%s\"}]}", one.code, label))
                        .answer()
                        .path("results")
                        .path(0)
                        .path("outcome")
                        .asText());
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> one : clerks.invokeAll(all)) {
                outcomes.add(one.get());
            }
            assertThat(outcomes).filteredOn("DISPATCHED"::equals).hasSize(1);
            assertThat(outcomes).filteredOn("REFUSED"::equals).hasSize(15);
        } finally {
            clerks.shutdown();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UBND phường Đông Hà, tỉnh Quảng Trị | Đường 9",
                "Bộ phận Một cửa | Đường 9",
                "TTPVHCC tỉnh | Đường 9",
                "Trung tâm PVHCC Đông Hà | Đường 9",
                "Phòng tiếp dân | số 09 Hùng Vương, Đông Hà"
            })
    void an_agency_under_another_name_and_without_a_number_is_still_known_by_its_words(String name, String street) {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ObjectNode leg = (ObjectNode) order.path("legs").path(0);
        leg.remove("direction");
        leg.withObject("sender").put("name", name).remove("phone");
        leg.withObject("/sender/address").put("street", street);

        holds(place(order), "ACCEPTED");

        assertThat(at.step("RESULT")).isEqualTo("READY");
    }

    @Test
    void who_lives_at_109_is_not_the_agency_at_09() {
        ObjectNode order = order("RESULT", "109 Hùng Vương, Đông Hà", 5210);
        ObjectNode leg = (ObjectNode) order.path("legs").path(0);
        leg.remove("direction");
        leg.withObject("sender").put("name", "Phòng tiếp dân").remove("phone");
        leg.withObject("/sender/address").put("street", "Đường 9");

        assertThatThrownBy(() -> place(order))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("direction-unclear"));
    }

    @Test
    void an_office_that_sends_to_who_has_the_agencys_number_is_not_guessed_at() {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ObjectNode leg = (ObjectNode) order.path("legs").path(0);
        leg.remove("direction");
        leg.withObject("sender").put("name", "UBND xã Cam Lộ").remove("phone");
        leg.withObject("/sender/address").put("street", "Đường 9");
        leg.withObject("receiver").put("phone", "02330000100");

        assertThatThrownBy(() -> place(order))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("direction-unclear"));
    }

    @Test
    void a_citizen_has_no_hotline() {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ((ObjectNode) order.at("/legs/0/receiver")).put("phone", "19001234");

        assertThatThrownBy(() -> place(order))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("phone-of-a-hotline"));
    }

    @Test
    void two_offices_and_no_word_of_the_direction_are_not_guessed_at() {
        ObjectNode order = order("RESULT", "Thôn 2", 5220);
        ObjectNode leg = (ObjectNode) order.path("legs").path(0);
        leg.remove("direction");
        leg.withObject("sender").put("name", "UBND xã A").remove("phone");
        leg.withObject("receiver").put("name", "UBND xã B");

        assertThatThrownBy(() -> place(order))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.code()).isEqualTo("direction-unclear"));
    }

    @ParameterizedTest
    @CsvSource({"PICKUP, sender", "RESULT, receiver"})
    void nobody_goes_to_a_citizen_who_cannot_be_called(String direction, String citizen) {
        ObjectNode order = order(direction, "Thôn 2", 5220);
        ((ObjectNode) order.at("/legs/0/" + citizen)).remove("phone");

        assertThatThrownBy(() -> place(order)).isInstanceOfSatisfying(Refused.class, r -> {
            assertThat(r.code()).isEqualTo("phone-missing");
            assertThat(r.flaws().get(0).field()).isEqualTo(citizen + "/phone");
        });
    }

    @Test
    void both_legs_in_one_document() {
        ObjectNode both = order("PICKUP", "Thôn 2", 5220);
        both.withArray("legs").add(order("RESULT", "Thôn 2", 5220).path("legs").path(0));
        JsonNode answer = place(both);
        assertThat(answer.path("legs").findValuesAsText("kind")).containsExactly("PICKUP", "RESULT");
        holds(place(both), "EXISTS");
        assertThat(at.step("RESULT")).as("nobody has decided anything").isEqualTo("AWAITING_RESULT");
        assertThat(at.status()).isEqualTo(1);
        ObjectNode filed = order("RESULT", "Thôn 2", 5220).put("filed", true);
        place(filed);
        assertThat(at.status()).as("nor by one that was filed").isEqualTo(1);

        holds(place(order("RESULT", "Thôn 2", 5220)), "CORRECTED");

        assertThat(at.step("RESULT")).isEqualTo("READY");
        assertThat(at.status()).isEqualTo(9);
        holds(place(order("RESULT", "Thôn 2", 5220)), "EXISTS");
    }

    @Test
    void a_corrected_address_brings_back_who_came_in_vain() {
        place(order("PICKUP", "Thôn 2", 5220));
        at.report(at.scan("PICKUP_FAILED", at.item("PICKUP")).with("reason", "ADDRESS_WRONG"));

        holds(place(order("PICKUP", "Thôn 3", 5220)), "CORRECTED");

        assertThat(at.step("PICKUP")).isEqualTo("ACCEPTED");
    }
}
