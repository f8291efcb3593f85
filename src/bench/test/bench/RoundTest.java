package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RoundTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    private final Heard portal = new Heard();

    /** Tells the portal of each scan before it answers. */
    private class Straight implements Subject {

        private final Thread test = Thread.currentThread();
        private final AtomicInteger made = new AtomicInteger();
        private volatile boolean filedBesideTheCallers;

        @Override
        public String name() {
            return "straight";
        }

        @Override
        public String database() {
            return "straight";
        }

        @Override
        public double startSeconds() {
            return 0;
        }

        @Override
        public ProcessHandle process() {
            return ProcessHandle.current();
        }

        @Override
        public List<String> prepare(int items) {
            filedBesideTheCallers |= Thread.currentThread() != test;
            return IntStream.range(0, items)
                    .mapToObj(n -> "I" + made.incrementAndGet())
                    .toList();
        }

        @Override
        public void scan(int caller, int step, List<String> items) {
            Load.pause(1);
            items.forEach(item -> tell(item, step));
        }

        void tell(String item, int step) {
            RoundTest.this.tell(item, step);
        }

        @Override
        public void close() {}
    }

    private Round of(Subject subject) {
        return new Round(null, subject, portal, new Round.Sizes(SHORT, SHORT), SHORT);
    }

    @Test
    void all_that_is_scanned_is_filed_before_the_clock_runs() throws Exception {
        var subject = new Straight();
        Round round = of(subject);
        round.warm();
        assertThat(round.byCallers(List.of(1, 8), SHORT)).hasSize(2).allMatch(rate -> rate > 0);
        assertThat(subject.filedBesideTheCallers).isFalse();
    }

    @Test
    void whoever_is_faster_than_was_foreseen_has_no_figure() {
        // Nothing was seen of it yet, so there is one block, which lasts for 60 scans of a millisecond.
        assertThatThrownBy(() -> of(new Straight()).byCallers(List.of(1), Duration.ofSeconds(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no items are left");
    }

    private Tally of(BiConsumer<String, Integer> telling) throws Exception {
        Round round = of(new Straight() {
            @Override
            void tell(String item, int step) {
                telling.accept(item, step);
            }
        });
        round.warm();
        return round.tally();
    }

    private void tell(String item, int step) {
        portal.hear(UUID.randomUUID().toString(), item, Subject.STEPS.get(step));
    }

    @Test
    void all_that_was_scanned_is_held_against_what_was_heard() throws Exception {
        Tally clean = of(this::tell);
        assertThat(clean.clean()).isTrue();
        assertThat(clean.heard()).isGreaterThanOrEqualTo(3 * 20 * 32);
    }

    @Test
    void what_comes_under_two_names_is_doubled_and_makes_nobody_faster() throws Exception {
        Tally twice = of((item, step) -> {
            tell(item, step);
            tell(item, step);
        });
        assertThat(twice.doubled()).isEqualTo(twice.heard()).isPositive();
        assertThat(twice.lost()).isZero();
    }

    @Test
    void what_does_not_come_is_lost_also_when_another_comes_twice() throws Exception {
        Tally lost = of((item, step) -> tell(item, step == 1 ? 0 : step));
        assertThat(lost.lost()).isEqualTo(lost.doubled()).isPositive();
        assertThat(lost.heard()).isEqualTo(2 * lost.lost());
    }

    @Test
    void what_comes_after_a_later_one_is_out_of_order() throws Exception {
        Tally turned = of((item, step) -> {
            if (step == 1) {
                tell(item, 2);
                tell(item, 1);
            } else if (step == 0) {
                tell(item, 0);
            }
        });
        assertThat(turned.outOfOrder()).isEqualTo(turned.heard() / 3).isPositive();
        assertThat(turned.lost()).isZero();
    }

    @Test
    void it_is_carried_for_as_long_as_is_measured() throws Exception {
        Round round = of(new Straight());
        round.warm();
        long warm = round.tally().heard();
        long start = System.nanoTime();
        round.carry();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        assertThat(round.tally().heard()).isGreaterThan(warm);
        assertThat(round.tally().clean()).isTrue();
    }

    @Test
    void batches_that_are_much_faster_than_single_scans_have_enough_as_well() throws Exception {
        // A call takes as long whatever it holds, and longer than a thread waits for its turn on a busy machine: else what is
        // scanned before, a few calls, says little of how many will be needed.
        Straight subject = new Straight() {
            @Override
            public void scan(int caller, int step, List<String> items) {
                Load.pause(20);
                super.scan(caller, step, items);
            }
        };
        Round round = of(subject);
        round.warm();
        assertThat(round.accepted(50, SHORT)).isGreaterThan(0);
        // Single scans are fifty times slower: what is left, and what is filed before they begin, is enough for them.
        round.carry();
        assertThat(subject.filedBesideTheCallers).isFalse();
    }
}
