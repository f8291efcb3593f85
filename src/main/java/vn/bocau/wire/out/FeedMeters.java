package vn.bocau.wire.out;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.code.Numbers;
import vn.bocau.wire.Outage;

/** For how long each carrier's feed could not be read, as a number: 0 while it can. */
@Component
class FeedMeters {

    private final Carriers carriers;
    private final Numbers silent;

    FeedMeters(Carriers carriers, MeterRegistry registry) {
        this.carriers = carriers;
        silent = new Numbers(
                registry,
                "bocau.feed.silent",
                "seconds",
                "For how long a carrier's feed of events could not be read; 0 while it can");
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        List<Numbers.Row> rows = new ArrayList<>();
        try {
            carriers.reached()
                    .forEach(feed -> rows.add(new Numbers.Row(Tags.of("partner", feed.partner()), seconds(feed))));
        } catch (RuntimeException e) {
            if (Outage.in(e).isEmpty()) {
                throw e;
            }
        }
        silent.show(rows);
    }

    private static double seconds(Carriers.Reached feed) {
        return feed.silentSince() == null
                ? 0
                : Duration.between(feed.silentSince(), Instant.now()).toMillis() / 1000.0;
    }
}
