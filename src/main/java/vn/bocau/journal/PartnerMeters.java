package vn.bocau.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import vn.bocau.code.Numbers;

/** What wants a person, in numbers: what is parked and why, whose line is held for how long, and who is silent. */
@Component
class PartnerMeters {

    private final LineMeters lines;
    private final Standing standing;
    private final Records records;
    private final Numbers parked;
    private final Numbers held;
    private final Numbers silent;
    private final Numbers singly;

    PartnerMeters(MeterRegistry registry, LineMeters lines, Standing standing, Records records) {
        this.records = records;
        this.lines = lines;
        this.standing = standing;
        parked = new Numbers(
                registry,
                "bocau.message.parked",
                null,
                "Messages that wait for a person, by the code of what went wrong; rare codes are OTHER");
        held = new Numbers(
                registry,
                "bocau.line.held",
                "seconds",
                "For how long a partner does not answer; 0 while it does, and while an operator pauses one that did");
        silent = new Numbers(
                registry,
                "bocau.partner.silent",
                "seconds",
                "How long ago a partner last said something that was kept; absent when it never did");
        singly = new Numbers(
                registry,
                "bocau.feed.singly",
                null,
                "1 for a partner that asks for single orders alone, which confirms nothing of its feed");
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        show(
                parked,
                () -> standing.parked().stream()
                        .map(each -> new Numbers.Row(
                                Tags.of("partner", each.partner(), "direction", each.direction(), "code", each.code()),
                                each.count()))
                        .collect(Collectors.toList()));
        show(
                held,
                () -> standing.outages().stream()
                        .filter(each -> lines.partners().contains(each.partner()))
                        .map(each -> new Numbers.Row(Tags.of("partner", each.partner()), each.seconds()))
                        .collect(Collectors.toList()));
        show(
                silent,
                () -> standing.heard(lines.partners()).stream()
                        .map(each -> new Numbers.Row(Tags.of("partner", each.partner()), each.seconds()))
                        .collect(Collectors.toList()));
        show(singly, () -> {
            Set<String> alone = records.singly();
            return lines.partners().stream()
                    .map(each -> new Numbers.Row(Tags.of("partner", each), alone.contains(each) ? 1 : 0))
                    .collect(Collectors.toList());
        });
    }

    private static void show(Numbers gauge, Supplier<List<Numbers.Row>> rows) {
        try {
            gauge.show(rows.get());
        } catch (DataAccessException | TransactionException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            gauge.show(List.of());
        }
    }
}
