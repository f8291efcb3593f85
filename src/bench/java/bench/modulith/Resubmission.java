package bench.modulith;

import java.time.Duration;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What could not be sent is sent again while it runs, as often as the plain one sweeps; younger ones may be under way. */
@Component
class Resubmission {

    private static final Duration AGE = Duration.ofMinutes(1);

    private final IncompleteEventPublications incomplete;

    Resubmission(IncompleteEventPublications incomplete) {
        this.incomplete = incomplete;
    }

    @Scheduled(fixedDelay = 10_000, initialDelay = 10_000)
    void resubmit() {
        incomplete.resubmitIncompletePublicationsOlderThan(AGE);
    }
}
