package vn.bocau.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.audit.BreakGlass;
import vn.bocau.code.Numbers;
import vn.bocau.journal.Outages;

/** How often somebody has looked at personal data and no data officer has looked at that yet. */
@Component
class BreakGlassMeters {

    private final BreakGlass glass;
    private final Numbers unseen;

    BreakGlassMeters(MeterRegistry registry, BreakGlass glass) {
        this.glass = glass;
        unseen = new Numbers(
                registry,
                "bocau.break.glass.unseen",
                null,
                "Times somebody broke the glass and no data officer has looked at it yet");
    }

    /** Numbers nobody knows are not shown: without the database the gauge is gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        try {
            unseen.show(List.of(new Numbers.Row(Tags.empty(), glass.unseen())));
        } catch (RuntimeException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            unseen.show(List.of());
        }
    }
}
