package bench.modulith;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.modulith.events.EventPublication;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.ResubmissionOptions;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.config.ScheduledTaskHolder;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResubmissionTest {

    /** Says how old those were that it was to submit again. */
    private static final class Incomplete implements IncompleteEventPublications {

        private final List<Duration> older = new ArrayList<>();

        @Override
        public void resubmitIncompletePublications(Predicate<EventPublication> filter) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resubmitIncompletePublications(ResubmissionOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resubmitIncompletePublicationsOlderThan(Duration age) {
            older.add(age);
        }
    }

    @Test
    void what_was_not_sent_is_sent_again_by_a_clock_and_what_is_young_is_let_be() {
        var incomplete = new Incomplete();
        assertThat(AnnotationUtils.findAnnotation(Modulith.class, EnableScheduling.class))
                .isNotNull();
        try (var context = new AnnotationConfigApplicationContext()) {
            context.registerBean(IncompleteEventPublications.class, () -> incomplete);
            context.register(Clock.class, Resubmission.class);
            context.refresh();
            assertThat(context.getBean(ScheduledTaskHolder.class).getScheduledTasks())
                    .hasSize(1)
                    .allSatisfy(task -> task.getTask().getRunnable().run());
        }
        assertThat(incomplete.older).containsExactly(Duration.ofMinutes(1));
    }

    @EnableScheduling
    static class Clock {}
}
