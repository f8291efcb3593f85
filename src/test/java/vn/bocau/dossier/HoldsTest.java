package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.bocau.dossier.Domain.holds;
import static vn.bocau.dossier.Domain.json;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import vn.bocau.code.Unavailable;

/** What waited its full time moves by itself, once, and the portal hears of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HoldsTest {

    private final Domain at = new Domain();

    @Test
    void a_result_held_for_its_full_time_goes_back() {
        at.accept(at.both());
        at.dispatched();
        String item = at.item("RESULT");
        holds(at.report(at.scan("RESULT_COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("HELD_FOR_PICKUP", item)), "RECORDED");
        expire();
        assertThat(at.step("RESULT")).as("not yet").isEqualTo("HELD");

        elevenDaysPass("RESULT");
        expire();
        expire();

        assertThat(at.step("RESULT")).isEqualTo("RETURN_APPROVED");
        assertThat(at.step("RETURN")).isEqualTo("COMING_BACK");
        assertThat(at.toldCodes("dvcqg", "progress")).endsWith("HELD_FOR_PICKUP", "RETURN_APPROVED");
    }

    @Test
    void an_envelope_to_another_agency_that_was_held_for_its_full_time_goes_back_too() {
        at.accept(at.both());
        at.decide("transfer", json("{\"dossier\": \"%s\", \"toAgency\": \"000.01.12.H50\"}", at.code));
        String item = at.item("TRANSFER");
        holds(at.report(at.scan("COLLECTED", item)), "RECORDED");
        holds(at.report(at.scan("HELD_FOR_PICKUP", item)), "RECORDED");

        elevenDaysPass("TRANSFER");
        expire();

        assertThat(at.step("TRANSFER")).isEqualTo("RETURN_APPROVED");
        assertThat(at.step("RETURN")).isEqualTo("COMING_BACK");
    }

    @Test
    void what_cannot_be_moved_holds_up_nobody_and_is_not_hushed_up() {
        Domain other = new Domain();
        wasAskedForInVain(at);
        wasAskedForInVain(other);
        Domain.hub()
                .db()
                .sql("alter table handling add constraint not_that_one check (item <> '" + at.item("PICKUP")
                        + "' or code <> 'CANCELLED') not valid")
                .update();
        try {
            assertThatThrownBy(HoldsTest::expire).isInstanceOf(DataIntegrityViolationException.class);

            assertThat(other.step("PICKUP")).isEqualTo("CANCELLED");

            Domain later = new Domain();
            wasAskedForInVain(later);
            assertThat(Domain.bean(Holds.class).expireFirst(1))
                    .as("one that fails does not take the place of the others for ever")
                    .isEqualTo(1);
            assertThat(later.step("PICKUP")).isEqualTo("CANCELLED");
        } finally {
            Domain.hub()
                    .db()
                    .sql("alter table handling drop constraint not_that_one")
                    .update();
            expire();
        }
    }

    @Test
    void a_dossier_that_is_locked_for_long_holds_up_no_other() throws SQLException {
        Domain other = new Domain();
        wasAskedForInVain(at);
        wasAskedForInVain(other);
        try (Connection elsewhere = Domain.bean(DataSource.class).getConnection()) {
            elsewhere.setAutoCommit(false);
            try (PreparedStatement lock = elsewhere.prepareStatement(
                    "select 1 from dossier where id = (select dossier from dossier_code where code = ?) for update")) {
                lock.setString(1, at.code);
                assertThat(lock.executeQuery().next()).isTrue();
            }

            assertThatThrownBy(HoldsTest::expire).isInstanceOf(Unavailable.class);

            assertThat(other.step("PICKUP")).isEqualTo("CANCELLED");
            assertThat(at.step("PICKUP")).isEqualTo("PICKUP_FAILED");
            elsewhere.rollback();
            elsewhere.setAutoCommit(true);
        }
        expire();
        assertThat(at.step("PICKUP")).isEqualTo("CANCELLED");
    }

    /** Eleven days ago a worker stood at the door of this one, and nobody has asked again since. */
    private static void wasAskedForInVain(Domain one) {
        one.accept(one.both());
        holds(
                one.report(one.scan("PICKUP_FAILED", one.item("PICKUP"))
                        .with("reason", "ABSENT")
                        .with("action", "HOLD")),
                "RECORDED");
        elevenDaysPass(one.code, "PICKUP");
    }

    @Test
    void a_pickup_nobody_asked_for_again_is_cancelled_by_the_map_itself() throws Exception {
        wasAskedForInVain(at);
        CamelContext camel = Domain.bean(CamelContext.class);
        camel.getRoute("holds").getProcessor().process(new DefaultExchange(camel));
        assertThat(at.step("PICKUP")).isEqualTo("CANCELLED");
    }

    static void expire() {
        Domain.bean(Holds.class).expire();
    }

    /** Everything that happened on this leg happened eleven days earlier. */
    private void elevenDaysPass(String kind) {
        elevenDaysPass(at.code, kind);
    }

    static void elevenDaysPass(String code, String kind) {
        Domain.hub().db().sql("""
                update handling set happened_at = happened_at - interval '11 days' where leg in (
                    select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code and l.kind = :kind)
                """).param("code", code).param("kind", kind).update();
        Domain.hub().db().sql("""
                update progress set due_at = due_at - interval '11 days' where leg in (
                    select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code and l.kind = :kind)
                """).param("code", code).param("kind", kind).update();
    }
}
