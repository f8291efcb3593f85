package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Refused;
import vn.bocau.fee.ImbalanceBook;
import vn.bocau.fee.Side;

/** A portal says that the fee was paid since the papers were asked for, or was not after all: as its route brings it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PaymentsTest {

    private static final int FEE = 25_000;
    private static final String CLAIM = "CLAIM:" + Domain.CENTRE + " FEE";
    private static final String SHORT = "SHORT:" + Domain.CENTRE + " FEE";

    private Domain at = new Domain();

    @BeforeEach
    void asked() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").put("collectFee", FEE).set("receiver", party("19333"));
        at.accept(asked);
    }

    private JsonNode paid(String reference) {
        return at.pay(json(
                "{\"dossier\": \"%s\", \"paid\": true, \"payment\": {\"amount\": %d, \"reference\": \"%s\"}}",
                at.code, FEE, reference));
    }

    private JsonNode takenBack() {
        return at.pay(json("{\"dossier\": \"%s\", \"paid\": false}", at.code));
    }

    private long due() {
        return Domain.hub()
                .db()
                .sql("select fee_due from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code")
                .param("code", at.code)
                .query(Long.class)
                .single();
    }

    private void deliver(long fee) {
        Domain.Scan delivered = at.delivered(at.item("RESULT"), at.signature()).detail("feeCollected", fee);
        holds(at.report(delivered), "RECORDED");
        at.sign(delivered);
    }

    @Test
    void what_is_paid_before_the_door_is_not_collected_there() {
        at.dispatched();
        assertThat(due()).isEqualTo(FEE);

        JsonNode answer = paid("GD-1");

        assertThat(answer.at("/legs/0/kind").asText()).isEqualTo("RESULT");
        assertThat(due()).isZero();
        Books.balance(at.code, "paid");
    }

    @Test
    void the_same_again_changes_nothing_and_another_payment_is_refused() {
        paid("GD-1");
        assertThat(paid("GD-1").path("legs")).isEmpty();

        assertThatThrownBy(() -> paid("GD-2")).isInstanceOfSatisfying(Refused.class, no -> {
            assertThat(no.code()).isEqualTo("payment-differs");
            assertThat(no.flaws().get(0).field()).isEqualTo("/payment");
        });
        takenBack();
        assertThat(takenBack().path("legs")).as("said twice").isEmpty();
        paid("GD-2");
        assertThat(due()).isZero();
    }

    @Test
    void what_the_bank_refused_is_collected_at_the_door_again() {
        paid("GD-1");
        at.dispatched();

        JsonNode answer = takenBack();

        assertThat(answer.at("/legs/0/kind").asText()).isEqualTo("RESULT");
        assertThat(due()).isEqualTo(FEE);
        Books.balance(at.code, "taken back");
        deliver(FEE);
        assertThat(Books.of(at.code)).doesNotContainKey("REFUND FEE").containsEntry("POST:520100 FEE", (long) FEE);
        Books.balance(at.code, "collected after all");
    }

    @Test
    void what_was_paid_online_and_at_the_door_is_the_citizens_until_it_is_taken_back_again() {
        at.dispatched();
        deliver(FEE);

        paid("GD-1");

        assertThat(Books.of(at.code)).containsEntry("REFUND FEE", (long) -FEE);
        takenBack();
        assertThat(Books.of(at.code)).doesNotContainKey("REFUND FEE").containsEntry("POST:520100 FEE", (long) FEE);
        Books.balance(at.code, "the bank refused it");
    }

    /** Whoever files as paid online may ask for the fee nowhere. */
    private void filedAsPaid(String... parts) {
        at = new Domain();
        ObjectNode asked = at.dossier("1.012786", true);
        for (String part : parts) {
            if (part.equals("pickup")) {
                ObjectNode pickup = asked.putObject("pickup");
                pickup.set("sender", party("19333"));
                pickup.set("papers", json("[{\"name\": \"Đơn\", \"original\": true, \"count\": 1}]"));
            } else {
                asked.putObject("result").set("receiver", party("19333"));
            }
        }
        at.accept(asked);
    }

    @Test
    void what_was_filed_as_paid_is_collected_with_the_result_when_the_bank_refuses_it() {
        filedAsPaid("pickup", "result");
        assertThat(dues()).isEqualTo("PICKUP 0, RESULT 0");

        JsonNode answer = takenBack();

        assertThat(answer.at("/legs/0/kind").asText()).isEqualTo("RESULT");
        assertThat(answer.path("legs")).hasSize(1);
        assertThat(dues()).isEqualTo("PICKUP 0, RESULT " + FEE);
        assertThat(takenBack().path("legs")).as("said twice").isEmpty();
        paid("GD-1");
        assertThat(dues()).isEqualTo("PICKUP 0, RESULT 0");
        takenBack();
        at.dispatched();
        deliver(FEE);
        assertThat(Books.of(at.code)).isEqualTo(Map.of("POST:520100 FEE", (long) FEE, CLAIM, (long) -FEE));
        Books.balance(at.code, "collected after all");
    }

    @Test
    void so_it_is_with_the_papers_when_no_result_was_asked_for() {
        filedAsPaid("pickup");

        takenBack();

        assertThat(dues()).isEqualTo("PICKUP " + FEE);
    }

    @Test
    void what_cannot_be_collected_anywhere_is_missing_until_the_result_is_sent_anew() {
        filedAsPaid("result");
        at.dispatched();
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan("LOST", at.item("RESULT")));

        takenBack();

        assertThat(Books.of(at.code)).isEqualTo(Map.of(SHORT, (long) FEE, CLAIM, (long) -FEE));
        assertThat(differences()).containsExactly("UNDER_COLLECTED " + FEE);
        at.dispatched();
        assertThat(dues()).isEqualTo("RESULT 0, RESULT " + FEE);
        assertThat(Books.of(at.code)).doesNotContainKey(SHORT);
        assertThat(differences()).isEmpty();
        Books.balance(at.code, "sent anew");
    }

    @Test
    void what_was_delivered_as_paid_is_missing_on_its_item() {
        filedAsPaid("result");
        at.dispatched();
        deliver(0);

        takenBack();

        assertThat(dues()).isEqualTo("RESULT " + FEE);
        assertThat(Books.of(at.code)).isEqualTo(Map.of(SHORT, (long) FEE, CLAIM, (long) -FEE));
        assertThat(differences()).containsExactly("UNDER_COLLECTED " + FEE + " " + at.item("RESULT"));
    }

    @Test
    void what_was_taken_with_papers_that_were_filed_as_paid_was_due_there_after_all() {
        filedAsPaid("pickup", "result");
        at.report(at.scan("COLLECTED", at.item("PICKUP")).detail("feeCollected", FEE));
        assertThat(Books.of(at.code)).containsEntry("REFUND FEE", (long) -FEE);

        takenBack();

        assertThat(dues()).isEqualTo("PICKUP " + FEE + ", RESULT 0");
        assertThat(Books.of(at.code)).isEqualTo(Map.of("POST:520100 FEE", (long) FEE, CLAIM, (long) -FEE));
        assertThat(differences()).isEmpty();
    }

    @Test
    void an_outside_carrier_hears_that_it_is_to_take_the_fee_after_all_as_long_as_it_has_not_been_at_the_door() {
        String item = withACarrier();
        paid("GD-1");
        at.heard("carrier-x", item, "RESULT_COLLECTED");
        assertThat(changes()).containsExactly(0);

        takenBack();
        assertThat(dues()).isEqualTo("RESULT " + FEE);
        assertThat(changes()).containsExactly(0, FEE);
        assertThat(takenBack().path("legs")).as("said twice").isEmpty();
        at.heard("carrier-x", item, "DELIVERED");

        assertThat(changes()).containsExactly(0, FEE);
        assertThat(Books.of(at.code)).isEqualTo(Map.of("CARRIER:carrier-x FEE", (long) FEE, CLAIM, (long) -FEE));
        Books.balance(at.code, "the carrier took it");
    }

    @Test
    void what_an_outside_carrier_delivered_as_paid_is_missing_and_it_is_not_told_to_take_it() {
        String item = withACarrier();
        paid("GD-1");
        at.heard("carrier-x", item, "RESULT_COLLECTED");
        at.heard("carrier-x", item, "DELIVERED");

        takenBack();

        assertThat(changes()).containsExactly(0);
        assertThat(Books.of(at.code)).isEqualTo(Map.of(SHORT, (long) FEE, CLAIM, (long) -FEE));
        assertThat(differences()).hasSize(1).allMatch(one -> one.startsWith("UNDER_COLLECTED " + FEE));
        paid("GD-2");
        assertThat(differences()).isEmpty();
        Books.balance(at.code, "paid once more");
    }

    /** Of a commune that it serves; it has its order. */
    private String withACarrier() {
        at = new Domain();
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").put("collectFee", FEE).set("receiver", party("19681"));
        at.accept(asked);
        at.dispatched();
        assertThat(at.told("carrier-x", "order").get(0).path("fee").asInt()).isEqualTo(FEE);
        return at.item("RESULT");
    }

    /** The fees it was told since. */
    private List<Integer> changes() {
        return at.told("carrier-x", "order-change").stream()
                .map(body -> body.path("fee").asInt())
                .toList();
    }

    private String dues() {
        return String.join(
                ", ",
                Domain.hub()
                        .db()
                        .sql("select l.kind || ' ' || l.fee_due from leg l join dossier_code c on c.dossier = l.dossier"
                                + " where c.code = :code order by l.no")
                        .param("code", at.code)
                        .query(String.class)
                        .list());
    }

    private List<String> differences() {
        return Domain.bean(ImbalanceBook.class).of(Side.all(), false, 0, 1_000).stream()
                .filter(one -> one.code().equals(at.code) && !one.what().name().equals("NOT_TURNED_IN"))
                .map(one -> one.what() + " " + one.amount() + (one.item() == null ? "" : " " + one.item()))
                .toList();
    }

    @Test
    void nobody_speaks_of_another_portals_dossier() {
        assertThatThrownBy(() -> Domain.bean(Requests.class)
                        .pay(Domain.in(
                                "opencps", "portal.payment", json("{\"dossier\": \"%s\", \"paid\": true}", at.code))))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo("unknown-dossier"));
        assertThat(due()).isEqualTo(FEE);
    }
}
