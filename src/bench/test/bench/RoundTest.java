package bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
            portal.hear(UUID.randomUUID().toString(), item, STEPS.get(step));
        }

        @Override
        public void close() {}
    }

    private Round of(Subject subject) {
        return new Round(null, subject, portal, new Round.Sizes(SHORT, SHORT));
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
}
