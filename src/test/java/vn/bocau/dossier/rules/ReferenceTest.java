package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferenceTest {

    @Test
    void the_table_and_the_code_know_the_same_34_handlings() {
        assertThat(Table.read("handling-codes.csv").codes())
                .hasSize(34)
                .isEqualTo(Arrays.stream(HandlingCode.values())
                        .filter(c -> c != HandlingCode.UNKNOWN)
                        .map(Enum::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void the_table_and_the_code_know_the_same_22_reasons() {
        assertThat(Table.read("failure-reasons.csv").codes())
                .hasSize(22)
                .isEqualTo(Arrays.stream(FailureReason.values()).map(Enum::name).collect(Collectors.toSet()));
    }

    @Test
    void every_handling_is_told_in_two_languages_and_somebody_may_make_it() {
        assertThat(HandlingCode.values()).allSatisfy(code -> {
            assertThat(code.text().vi()).isNotBlank();
            assertThat(code.text().en()).isNotBlank().isNotEqualTo(code.text().vi());
            assertThat(HandlingCode.Maker.values()).anyMatch(code::madeBy);
        });
    }

    @Test
    void what_does_not_concern_the_citizen_is_not_told_to_the_portal() {
        assertThat(Arrays.stream(HandlingCode.values()).filter(c -> c.portalEffect() == HandlingCode.PortalEffect.NONE))
                .containsExactlyInAnyOrder(
                        HandlingCode.PICKUP_REQUESTED,
                        HandlingCode.FACILITY_IN,
                        HandlingCode.FACILITY_OUT,
                        HandlingCode.BAGGED,
                        HandlingCode.BAG_OPENED,
                        HandlingCode.CASH_DISCREPANCY,
                        HandlingCode.UNKNOWN);
        assertThat(HandlingCode.LOST.portalEffect()).isEqualTo(HandlingCode.PortalEffect.ALERT);
    }

    @Test
    void every_reason_allows_its_default_action() {
        assertThat(FailureReason.values()).allSatisfy(reason -> {
            assertThat(reason.allowedActions()).contains(reason.defaultAction());
            assertThat(reason.text().vi()).isNotBlank();
            assertThat(reason.text().en()).isNotBlank();
        });
    }

    @Test
    void a_name_that_is_no_code_is_not_guessed() {
        assertThat(HandlingCode.of("DELIVERED")).contains(HandlingCode.DELIVERED);
        assertThat(HandlingCode.of("delivered")).isEmpty();
        assertThat(HandlingCode.of("UNKNOWN")).isEmpty();
        assertThat(FailureReason.of("BORED")).isEmpty();
    }
}
