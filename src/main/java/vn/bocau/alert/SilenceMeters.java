package vn.bocau.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.code.Numbers;
import vn.bocau.journal.Outages;

/** How many partners and post offices are silent. */
@Component
class SilenceMeters {

    private final Silences silences;
    private final Numbers silent;

    SilenceMeters(MeterRegistry registry, Silences silences) {
        this.silences = silences;
        silent = new Numbers(
                registry,
                "bocau.silent.sources",
                null,
                "Partners or post offices of which nothing comes in working hours in which usually much does");
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        try {
            Map<String, Long> count = new HashMap<>(Map.of("PARTNER", 0L, "OFFICE", 0L));
            silences.standing()
                    .forEach(one -> count.merge(one.side(), (long) one.sources().size(), Long::sum));
            silent.show("side", count);
        } catch (RuntimeException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            silent.show(List.of());
        }
    }
}
