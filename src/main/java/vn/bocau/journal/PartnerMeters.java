package vn.bocau.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** What wants a person, in numbers: what is parked and why, whose line is held for how long, and who is silent. */
@Component
class PartnerMeters {

    private final LineMeters lines;
    private final Standing standing;
    private final MultiGauge parked;
    private final MultiGauge held;
    private final MultiGauge silent;

    PartnerMeters(MeterRegistry registry, LineMeters lines, Standing standing) {
        this.lines = lines;
        this.standing = standing;
        parked = MultiGauge.builder("bocau.message.parked")
                .description("Messages that wait for a person, by the code of what went wrong; rare codes are OTHER")
                .register(registry);
        held = MultiGauge.builder("bocau.line.held")
                .description("For how long a partner does not answer; 0 while it does, and while an operator pauses it")
                .baseUnit("seconds")
                .register(registry);
        silent = MultiGauge.builder("bocau.partner.silent")
                .description("How long ago a partner last said something that was kept; absent when it never did")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        show(
                parked,
                () -> standing.parked().stream()
                        .map(each -> Row.of(
                                Tags.of("partner", each.partner(), "direction", each.direction(), "code", each.code()),
                                each.count()))
                        .collect(Collectors.toList()));
        show(
                held,
                () -> standing.outages().stream()
                        .filter(each -> lines.partners().contains(each.partner()))
                        .map(each -> Row.of(Tags.of("partner", each.partner()), each.seconds()))
                        .collect(Collectors.toList()));
        show(
                silent,
                () -> standing.heard(lines.partners()).stream()
                        .map(each -> Row.of(Tags.of("partner", each.partner()), each.seconds()))
                        .collect(Collectors.toList()));
    }

    private static void show(MultiGauge gauge, Supplier<List<Row<?>>> rows) {
        try {
            gauge.register(rows.get(), true);
        } catch (DataAccessException | TransactionException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            gauge.register(List.of(), true);
        }
    }
}
