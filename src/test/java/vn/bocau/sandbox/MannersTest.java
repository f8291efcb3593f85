package vn.bocau.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MannersTest {

    private final Hand hand = new Hand();
    private final Manners manners = new Manners(hand);

    @Test
    void who_is_down_for_some_minutes_is_down_until_they_are_over_and_then_well_by_itself() {
        manners.set(Twin.DVCQG, Manners.Mode.DOWN, 3, 1);
        assertThat(manners.whenHearing(Twin.DVCQG)).isEqualTo(Manners.Mode.DOWN);
        assertThat(manners.whenHearing(Twin.OPENCPS)).isEqualTo(Manners.Mode.NONE);

        hand.now = hand.now.plusSeconds(179);
        assertThat(manners.whenHearing(Twin.DVCQG)).isEqualTo(Manners.Mode.DOWN);

        hand.now = hand.now.plusSeconds(2);
        assertThat(manners.whenHearing(Twin.DVCQG)).isEqualTo(Manners.Mode.NONE);
        assertThat(manners.of(Twin.DVCQG).mode()).isEqualTo(Manners.Mode.NONE);
    }

    @Test
    void what_is_met_badly_is_counted() {
        manners.set(Twin.DVCQG, Manners.Mode.SLOW, 0, 2);
        for (int request = 0; request < 5; request++) {
            manners.whenHearing(Twin.DVCQG);
        }
        assertThat(manners.badly(Twin.DVCQG)).isEqualTo(2);
        assertThat(manners.badly(Twin.OPENCPS)).isZero();
    }

    @Test
    void without_minutes_it_lasts_until_it_is_changed() {
        manners.set(Twin.DVCQG, Manners.Mode.DOWN, 0, 1);
        hand.now = hand.now.plusSeconds(1_000_000);
        assertThat(manners.whenHearing(Twin.DVCQG)).isEqualTo(Manners.Mode.DOWN);

        manners.set(Twin.DVCQG, Manners.Mode.NONE, 0, 1);
        assertThat(manners.whenHearing(Twin.DVCQG)).isEqualTo(Manners.Mode.NONE);
    }

    /** A clock that is set by hand. */
    private static final class Hand extends Clock {

        private Instant now = Instant.parse("2026-11-27T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
