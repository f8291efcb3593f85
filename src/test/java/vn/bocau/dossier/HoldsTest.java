package vn.bocau.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.Domain.holds;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

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
    void a_pickup_nobody_asked_for_again_is_cancelled() {
        at.accept(at.both());
        holds(
                at.report(at.scan("PICKUP_FAILED", at.item("PICKUP"))
                        .with("reason", "ABSENT")
                        .with("action", "HOLD")),
                "RECORDED");
        elevenDaysPass("PICKUP");
        expire();
        assertThat(at.step("PICKUP")).isEqualTo("CANCELLED");
    }

    private static void expire() {
        Domain.bean(Holds.class).expire();
    }

    /** Everything that happened on this leg happened eleven days earlier. */
    private void elevenDaysPass(String kind) {
        Domain.hub().db().sql("""
                update handling set happened_at = happened_at - interval '11 days' where leg in (
                    select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code and l.kind = :kind)
                """).param("code", at.code).param("kind", kind).update();
        Domain.hub().db().sql("""
                update progress set due_at = due_at - interval '11 days' where leg in (
                    select l.id from leg l join dossier_code c on c.dossier = l.dossier where c.code = :code and l.kind = :kind)
                """).param("code", at.code).param("kind", kind).update();
    }
}
