package vn.bocau.console;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.audit.RecordWatch;
import vn.bocau.code.Numbers;
import vn.bocau.journal.Outages;

/** Whether the record of what people did, saw and were refused is shorter, or another, than it was. */
@Component
class RecordMeters {

    private final RecordWatch watch;
    private final Numbers back;

    RecordMeters(MeterRegistry registry, RecordWatch watch) {
        this.watch = watch;
        back = new Numbers(
                registry,
                "bocau.record.back",
                null,
                "1 when the record went back, as this node finds it: rows were taken away, or an older database was restored");
    }

    /** Numbers nobody knows are not shown: without the database the gauge is gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        try {
            back.show(List.of(new Numbers.Row(Tags.empty(), watch.wentBack() ? 1 : 0)));
        } catch (RuntimeException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            back.show(List.of());
        }
    }
}
