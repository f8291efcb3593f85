package vn.bocau.dossier.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.bocau.dossier.rules.HandlingCode.CASH_DISCREPANCY;
import static vn.bocau.dossier.rules.HandlingCode.FEE_COLLECTED;
import static vn.bocau.dossier.rules.HandlingCode.FEE_REMITTED;
import static vn.bocau.dossier.rules.HandlingCode.UNKNOWN;
import static vn.bocau.dossier.rules.HandlingCode.VOIDED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Design rule 5: however often, however late and in whatever order the scans of a journey are heard, they add up to the
 * same. 10,000 random interleavings of the {@link Tale}s; half of the seeds are fixed, half are new in every run.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterleavingsTest {

    private static final List<Tale> TALES = Tale.all();
    private static final HandlingCode[] NOISE = {UNKNOWN, FEE_COLLECTED, FEE_REMITTED, CASH_DISCREPANCY};

    static Stream<Tale> tales() {
        return TALES.stream();
    }

    @ParameterizedTest
    @MethodSource("tales")
    void told_in_order_a_journey_adds_up_to_what_everybody_would_say(Tale tale) {
        Progress progress = tale.progress();

        assertThat(progress.step()).isEqualTo(tale.end());
        assertThat(progress.attempts()).isEqualTo(tale.attempts());
    }

    @Test
    void doubled_late_and_shuffled_10_000_times_it_is_the_same_progress() {
        Random fresh = new Random();
        for (int round = 0; round < 10_000; round++) {
            long seed = round % 2 == 0 ? round : fresh.nextLong();
            Random random = new Random(seed);
            Tale tale = TALES.get(random.nextInt(TALES.size()));
            List<Scan> heard = heard(tale, random);

            Progress once = Scan.fold(tale.kind(), Tale.array(heard));
            Progress shuffled = Scan.fold(tale.kind(), Tale.array(doubledAndShuffled(heard, random)));

            if (!shuffled.equals(once) || once.step() != tale.end() || once.attempts() != tale.attempts()) {
                String which = "seed " + seed + ", " + tale;
                assertThat(shuffled).as(which).isEqualTo(once);
                assertThat(once.step()).as(which).isEqualTo(tale.end());
                assertThat(once.attempts()).as(which).isEqualTo(tale.attempts());
            }
        }
    }

    @Test
    void whatever_is_heard_first_somebody_owes_the_next_act_and_what_has_arrived_stays_arrived() {
        Random fresh = new Random();
        for (int round = 0; round < 1_000; round++) {
            long seed = round % 2 == 0 ? round : fresh.nextLong();
            Random random = new Random(seed);
            Tale tale = TALES.get(random.nextInt(TALES.size()));
            List<Scan> arriving = new ArrayList<>(heard(tale, random));
            arriving.sort(Comparator.comparing(s -> s.handling().recordedAt()));
            boolean voids = arriving.stream().anyMatch(s -> s.handling().supervisor() != null);
            List<Scan> known = new ArrayList<>();
            Step before = tale.kind().first();
            for (Scan scan : arriving) {
                known.add(scan);
                Progress progress = Scan.fold(tale.kind(), Tale.array(known));
                Owed.check(tale.kind(), progress, "seed " + seed + ", " + tale);
                if (before.arrived() && !voids) {
                    assertThat(progress.step()).as("seed " + seed + ", " + tale).isEqualTo(before);
                }
                before = progress.step();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tales")
    void one_scan_fewer_and_a_journey_that_has_ended_ends_the_same(Tale tale) {
        for (Scan missing : tale.scans()) {
            boolean decides = missing.code().terminal() || Tale.decision(missing) || missing.code() == VOIDED;
            if (!tale.end().terminal() || decides) {
                continue;
            }
            Scan[] rest = tale.scans().stream().filter(s -> s != missing).toArray(Scan[]::new);

            assertThat(Scan.fold(tale.kind(), rest).step())
                    .as(tale + " without " + missing.code())
                    .isEqualTo(tale.end());
        }
    }

    /** As it comes in: each phone's clock a little wrong, each scan a while after it happened, and noise among them. */
    private static List<Scan> heard(Tale tale, RandomGenerator random) {
        Map<String, Duration> clocks = new HashMap<>();
        List<Scan> heard = new ArrayList<>();
        for (Scan scan : tale.scans()) {
            if (Tale.decision(scan)) {
                heard.add(scan);
                continue;
            }
            Duration error = clocks.computeIfAbsent(
                    scan.handling().device(), d -> Duration.ofSeconds(random.nextInt(-120, 121)));
            Scan wrong = scan.clockWrongBy(error);
            heard.add(wrong.heard(wrong.handling().happenedAt().plusSeconds(random.nextInt(12 * 3600))));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            Instant at = Scan.at("Mon 00:00").plusSeconds(random.nextInt(6 * 24 * 3600));
            heard.add(Scan.scan(NOISE[random.nextInt(NOISE.length)], "Mon 00:00")
                    .clockWrongBy(Duration.between(Scan.at("Mon 00:00"), at))
                    .by("carrier-x", i));
        }
        return heard;
    }

    private static List<Scan> doubledAndShuffled(List<Scan> heard, Random random) {
        List<Scan> told = new ArrayList<>(heard);
        for (Scan scan : heard) {
            for (int again = random.nextInt(3); again > 0; again--) {
                told.add(scan);
            }
        }
        Collections.shuffle(told, random);
        return told;
    }
}
