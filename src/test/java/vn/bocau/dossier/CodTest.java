package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.bean;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;
import static vn.bocau.dossier.Domain.party;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.bocau.code.Refused;

/** COD is taken for somebody who can be paid, and for whom it is asked: {@link LedgerTest} follows the money from there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CodTest {

    private static final int COD = 200_000;

    private final Domain at = new Domain();

    /** By every door through which a result is sent anew. */
    @ParameterizedTest
    @ValueSource(strings = {"agency", "portal", "one-stop"})
    void what_is_sent_anew_for_a_payee_that_left_the_directory_is_refused(String door) {
        at.accept(asked());
        at.dispatched();
        supervisor("LOST");
        payeeLeaves();
        long legs = legs();

        String refused = switch (door) {
            case "agency" -> at.dispatched().path("code").asText();
            case "portal" -> code(() -> at.accept(withoutCod()));
            default -> code(() -> place(0));
        };

        assertThat(refused).isEqualTo("payee-gone");
        assertThat(legs()).isEqualTo(legs);
        assertThat(at.step("RESULT")).isEqualTo("LOST");
    }

    @Test
    void it_goes_when_the_agency_names_another() {
        at.accept(asked());
        at.dispatched();
        supervisor("LOST");
        payeeLeaves();

        holds(dispatched("{\"amount\": 90000, \"payee\": \"dich-thuat-mau\"}"), "DISPATCHED");

        assertThat(Books.of(at.code)).containsEntry("CLAIM:PAYEE:dich-thuat-mau COD", -90_000L);
    }

    @Test
    void it_goes_when_all_of_it_was_taken_already() {
        at.accept(asked());
        at.dispatched();
        holds(at.report(at.scan("RESULT_COLLECTED", at.item("RESULT"))), "RECORDED");
        holds(at.report(at.scan("FEE_COLLECTED", at.item("RESULT")).detail("codCollected", COD)), "RECORDED");
        supervisor("LOST");
        payeeLeaves();

        holds(at.dispatched(), "DISPATCHED");

        assertThat(Books.of(at.code))
                .containsEntry("POST:520100 COD", (long) COD)
                .doesNotContainKey("CITIZEN COD");
    }

    /** The agency, or its one-stop, gives the post what it cannot bring to whom the COD is. */
    @ParameterizedTest
    @ValueSource(strings = {"agency", "one-stop"})
    void neither_is_a_result_that_waited_for_its_decision_given_to_the_post(String door) {
        at.accept(asked());
        payeeLeaves();

        String refused = door.equals("agency") ? at.dispatched().path("code").asText() : code(() -> place(0));

        assertThat(refused).isEqualTo("payee-gone");
        assertThat(at.step("RESULT")).isEqualTo("AWAITING_RESULT");
    }

    private void payeeLeaves() {
        Domain.hub()
                .db()
                .sql("update leg set payee_asked = 'da-roi-di', payee_due = 'da-roi-di' from dossier_code c"
                        + " where c.dossier = leg.dossier and c.code = :code")
                .param("code", at.code)
                .update();
    }

    private long legs() {
        return Domain.hub()
                .db()
                .sql("select count(*) from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code")
                .param("code", at.code)
                .query(Long.class)
                .single();
    }

    private ObjectNode asked() {
        ObjectNode asked = withoutCod();
        asked.withObject("/result/cod").put("amount", COD).put("payee", "cong-chung-mau");
        return asked;
    }

    private ObjectNode withoutCod() {
        ObjectNode asked = at.dossier("1.012786", false);
        asked.putObject("result").set("receiver", party("19333"));
        return asked;
    }

    private JsonNode dispatched(String cod) {
        return at.decide("dispatch", json("{\"results\": [{\"dossier\": \"%s\", \"cod\": %s}]}", at.code, cod))
                .answer()
                .path("results")
                .path(0);
    }

    private void place(int amount) {
        place(amount, "");
    }

    /** @param cod as the dialect translates it; empty for none */
    private void place(int fee, String cod) {
        bean(Ordering.class)
                .place(Domain.in(
                        "qti-tthcc", "ngsp.order", json("""
                {"orderNumber": "%s", "procedure": {"name": "Cấp lại giấy phép A"}, "papers": [{"name": "Giấy phép"}],
                 "legs": [{"direction": "RESULT", "collectFee": %d%s,
                  "sender": {"name": "Trung tâm Phục vụ HCC", "phone": "02330000100",
                   "address": {"street": "Đông Hà", "vnpostProvince": 52, "vnpostDistrict": 5210}},
                  "receiver": {"name": "Lê Thị Mẫu", "phone": "0900000001",
                   "address": {"street": "Thôn 2", "vnpostProvince": 52, "vnpostDistrict": 5220}}}]}
                """, at.code, fee, cod.isEmpty() ? "" : ", \"cod\": " + cod)));
    }

    private void supervisor(String code) {
        at.report("to-truong", "POSTAL_SUPERVISOR", "520100", at.scan(code, at.item("RESULT")));
    }

    private static String code(Runnable act) {
        String[] code = {""};
        assertThatThrownBy(act::run).isInstanceOfSatisfying(Refused.class, r -> code[0] = r.code());
        return code[0];
    }
}
