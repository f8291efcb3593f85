package vn.bocau.dossier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.journal.Outages;

/**
 * The item numbers left, for who watches: as numbers, and as health, which is DEGRADED while a carrier has to give us
 * another range. Until it does, requests are refused once they have run out.
 */
@Component("itemNumbers")
class ItemNumbers extends AbstractHealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final ItemPools pools;
    private final MultiGauge left;
    private final MultiGauge warnBelow;

    ItemNumbers(ItemPools pools, MeterRegistry registry) {
        super("the item numbers cannot be counted");
        this.pools = pools;
        left = MultiGauge.builder("bocau.item.numbers")
                .description("Item numbers a carrier's ranges still hold")
                .register(registry);
        warnBelow = MultiGauge.builder("bocau.item.numbers.warn.below")
                .description("With fewer left the carrier has to give us another range")
                .register(registry);
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<ItemPools.Left> all = pools.left();
        health.status(all.stream().anyMatch(ItemPools.Left::low) ? DEGRADED : Status.UP);
        all.forEach(each -> health.withDetail(each.carrier(), each.left()));
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        try {
            show(pools.left());
        } catch (RuntimeException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            show(List.of());
        }
    }

    private void show(List<ItemPools.Left> all) {
        List<Row<?>> here = new ArrayList<>();
        List<Row<?>> warned = new ArrayList<>();
        for (ItemPools.Left each : all) {
            Tags tags = Tags.of("carrier", each.carrier());
            here.add(Row.of(tags, each.left()));
            warned.add(Row.of(tags, each.warnBelow()));
        }
        left.register(here, true);
        warnBelow.register(warned, true);
    }
}
