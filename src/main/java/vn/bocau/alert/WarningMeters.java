package vn.bocau.alert;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.code.Numbers;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.journal.Outages;

/** How much is due soon, by kind of owner. */
@Component
class WarningMeters {

    private final Warnings warnings;
    private final Numbers soon;

    WarningMeters(MeterRegistry registry, Warnings warnings) {
        this.warnings = warnings;
        soon = new Numbers(
                registry,
                "bocau.obligations.soon",
                null,
                "Acts that are owed and due within the next working hours, by kind of owner");
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        try {
            Map<String, Long> all = new HashMap<>();
            Stream.of(OwnerKind.values()).forEach(kind -> all.put(kind.name(), 0L));
            warnings.at(Instant.now()).forEach(each -> all.put(each.ownerKind(), each.count()));
            soon.show("owner", all);
        } catch (RuntimeException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            soon.show(List.of());
        }
    }
}
