package vn.bocau.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import vn.bocau.code.Text;
import vn.bocau.console.DossierStory.Moment;
import vn.bocau.console.DossierStory.Sort;
import vn.bocau.dossier.Lens;
import vn.bocau.dossier.rules.FailureReason;

/** Why a dossier has its status: the one thing an operator is asked most. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DossierStoryTest {

    private static final int PICKUP = 1;
    private static final int RESULT = 2;

    @Test
    void the_result_s_delivery_that_is_believed_is_why_it_is_returned() {
        Moment contradicted = delivered(RESULT, "CONTRADICTED", null, false);
        Moment voided = delivered(RESULT, null, "to-truong", false);
        Moment believed = delivered(RESULT, null, null, true);
        Moment ofThePapers = delivered(PICKUP, null, null, true);

        assertThat(because(10, believed, contradicted, voided, ofThePapers)).isSameAs(believed);
        assertThat(because(10, contradicted, voided, ofThePapers)).isNull();
        Moment undisputed = delivered(RESULT, null, null, false);
        assertThat(because(10, undisputed, contradicted)).isSameAs(undisputed);
    }

    @Test
    void the_agency_s_last_word_is_why_it_is_received_refused_or_to_be_supplemented() {
        Moment received = moment(Sort.WORD, "RECEIVED", null, null, null, null, false);
        Moment asked = moment(Sort.WORD, "SUPPLEMENT_ASKED", null, null, null, null, false);
        Moment askedAgain = moment(Sort.WORD, "SUPPLEMENT_ASKED", null, null, null, null, false);
        Moment refused = moment(Sort.WORD, "REFUSED", null, null, null, null, false);
        Moment[] all = {received, asked, askedAgain, refused};

        assertThat(because(2, all)).isSameAs(received);
        assertThat(because(3, all)).isSameAs(refused);
        assertThat(because(5, all)).isSameAs(askedAgain);
    }

    @Test
    void what_was_accepted_and_decides_is_why_it_is_decided() {
        Moment decided = moment(Sort.IN, "agency.dispatch", null, "RECEIVED", null, null, false);
        Moment waits = moment(Sort.IN, "agency.dispatch", null, "PARKED", null, null, false);

        assertThat(because(9, decided, waits)).isSameAs(decided);
        Moment back = moment(Sort.WORD, "RETURN_VOIDED", null, null, null, null, false);
        assertThat(because(9, decided, back)).isSameAs(back);
    }

    @Test
    void what_waited_did_so_since_its_leg_was_ordered_or_since_what_counts_before_it() {
        Instant ordered = Instant.parse("2026-11-24T01:00:00Z");
        Map<Integer, Instant> last = new HashMap<>(Map.of(PICKUP, ordered));

        Moment early = DossierStory.moment(handled(ordered.minusSeconds(60), null, null), last);
        Moment first = DossierStory.moment(handled(ordered.plusSeconds(3600), null, null), last);
        Moment voided = DossierStory.moment(handled(ordered.plusSeconds(7200), null, "to-truong"), last);
        Moment doubted = DossierStory.moment(handled(ordered.plusSeconds(10800), "a-new-code", null), last);

        assertThat(early.waited()).isNull();
        assertThat(first.waited()).isEqualTo(Duration.ofHours(1));
        assertThat(first.reason()).isEqualTo(FailureReason.ABSENT.text());
        assertThat(voided.waited()).isEqualTo(Duration.ofHours(1));
        assertThat(doubted.waited()).isEqualTo(Duration.ofHours(2));
        assertThat(doubted.state()).isNull();
        assertThat(doubted.doubt()).isEqualTo(new Text("a-new-code", "a-new-code"));
    }

    private static Lens.Handled handled(Instant at, @Nullable String conflict, @Nullable String voidedBy) {
        return new Lens.Handled(
                new UUID(0, at.getEpochSecond()),
                PICKUP,
                "PICKUP_FAILED",
                null,
                at,
                at,
                "buu-ta",
                "520100",
                "ABSENT",
                conflict,
                voidedBy,
                false,
                0,
                0);
    }

    private static @Nullable Moment because(int status, Moment... moments) {
        return DossierStory.because(status, Set.of(RESULT), List.of(moments));
    }

    private static Moment delivered(int leg, @Nullable String conflict, @Nullable String voidedBy, boolean decides) {
        return moment(Sort.HANDLING, "DELIVERED", leg, null, conflict, voidedBy, decides);
    }

    private static Moment moment(
            Sort sort,
            String code,
            @Nullable Integer leg,
            @Nullable String state,
            @Nullable String conflict,
            @Nullable String voidedBy,
            boolean decides) {
        return new Moment(
                Instant.EPOCH,
                Instant.EPOCH,
                sort,
                code,
                null,
                null,
                leg,
                "buu-ta",
                null,
                state,
                null,
                conflict,
                null,
                null,
                0,
                null,
                decides,
                voidedBy,
                null,
                0,
                0,
                List.of(),
                List.of());
    }
}
