package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.*;
import static vn.bocau.dossier.rules.LegKind.PICKUP;
import static vn.bocau.dossier.rules.Scan.FROM;
import static vn.bocau.dossier.rules.Scan.TO;
import static vn.bocau.dossier.rules.Scan.fold;
import static vn.bocau.dossier.rules.Scan.scan;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What happens at the desk of the agency. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FoldAgencyTest {

    private final Scan collected = scan(COLLECTED, "Mon 08:00").office(FROM);
    private final Scan notTaken = scan(AGENCY_RETURNED, "Tue 10:00").by("agency");

    @Test
    void papers_not_taken_wait_for_the_agency_also_after_the_worker_is_back() {
        Progress progress = fold(
                PICKUP,
                collected,
                scan(FACILITY_IN, "Tue 07:00").office(TO),
                notTaken,
                scan(FACILITY_IN, "Tue 12:00").office(TO));

        assertThat(progress.step()).isEqualTo(Step.AGENCY_RETURNED);
    }

    @Test
    void papers_not_taken_and_taken_after_all_have_arrived() {
        assertThat(fold(PICKUP, collected, notTaken, scan(HANDED_TO_AGENCY, "Wed 10:00"))
                        .step())
                .isEqualTo(Step.HANDED_TO_AGENCY);
    }

    @Test
    void handed_over_by_the_worker_and_confirmed_by_the_agency_is_one_hand_over() {
        Scan handed = scan(HANDED_TO_AGENCY, "Tue 10:00");
        Scan confirmed = scan(HANDED_TO_AGENCY, "Tue 10:20").by("agency");

        assertThat(fold(PICKUP, collected, handed, confirmed)).isEqualTo(fold(PICKUP, collected, handed));
    }
}
