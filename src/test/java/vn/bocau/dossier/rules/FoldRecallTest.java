package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.ORIGINALS_BACK;
import static vn.bocau.dossier.rules.LegKind.RESULT;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What becomes of an item somebody wants back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldRecallTest {

    private final Scan collected = scan(RESULT_COLLECTED, "Mon 08:00").office(FROM);

    @Test
    void delivered_before_anybody_knew_of_the_recall_is_delivered() {
        Scan recalled = scan(RECALLED, "Mon 09:00").by("agency").heard("Mon 12:00");
        Scan delivered = scan(DELIVERED, "Mon 11:00").heard("Mon 17:00");

        Progress progress = fold(RESULT, collected, recalled, delivered);

        assertThat(progress.step()).isEqualTo(Step.DELIVERED);
        assertThat(progress.recalled()).isTrue();
        assertThat(progress.contradictions()).isEmpty();
    }

    @Test
    void delivered_after_the_recall_was_known_is_for_a_person_to_look_at() {
        Scan recalled = scan(RECALLED, "Mon 09:00").by("agency");
        Scan delivered = scan(DELIVERED, "Mon 11:00");

        Progress progress = fold(RESULT, collected, recalled, delivered);

        assertThat(progress.step()).isEqualTo(Step.RECALLED);
        assertThat(progress.contradictions()).isEqualTo(Map.of(delivered.id(), Contradiction.DELIVERED_AFTER_RECALL));
    }

    @Test
    void a_recall_stands_while_the_item_moves_on() {
        Progress progress = fold(
                ORIGINALS_BACK,
                collected,
                scan(RECALLED, "Mon 09:00").by("agency"),
                scan(FACILITY_IN, "Tue 08:00").office(TO));

        assertThat(progress.step()).isEqualTo(Step.AT_OFFICE);
        assertThat(progress.recalled()).isTrue();
    }

    @Test
    void who_hands_it_over_without_knowing_of_the_recall_does_not_undo_it() {
        Scan recalled = scan(RECALLED, "Mon 09:00").by("phone-a", 1).heard("Mon 12:00");
        Scan listed = scan(MANIFESTED, "Mon 10:00");

        assertThat(fold(RESULT, recalled, listed.by("carrier")).recalled()).isTrue();
        assertThat(fold(RESULT, recalled, listed.by("phone-a", 2).heard("Mon 12:00"))
                        .recalled())
                .as("the same phone")
                .isFalse();
    }

    @Test
    void what_the_agency_dispatches_anew_is_recalled_no_more() {
        Scan recalled = scan(RECALLED, "Mon 09:00").by("agency");
        Scan anew = scan(MANIFESTED, "Tue 09:00").by("agency");

        Progress progress = fold(RESULT, scan(MANIFESTED, "Mon 08:00").by("agency"), recalled, anew);

        assertThat(progress.step()).isEqualTo(Step.READY);
        assertThat(progress.recalled()).isFalse();
    }
}
