package vn.bocau.dossier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import vn.bocau.code.Numbers;
import vn.bocau.journal.Outages;

/**
 * The item numbers left, for who watches: as numbers, and as health, which is DEGRADED while a carrier has to give us
 * another range. Until it does, requests are refused once they have run out.
 */
@Component("itemNumbers")
class ItemNumbers extends AbstractHealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    private final ItemPools pools;
    private final Numbers left;
    private final Numbers warnBelow;

    ItemNumbers(ItemPools pools, MeterRegistry registry) {
        super("the item numbers cannot be counted");
        this.pools = pools;
        left = new Numbers(registry, "bocau.item.numbers", null, "Item numbers a carrier's ranges still hold");
        warnBelow = new Numbers(
                registry,
                "bocau.item.numbers.warn.below",
                null,
                "With fewer left the carrier has to give us another range");
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
        List<Numbers.Row> here = new ArrayList<>();
        List<Numbers.Row> warned = new ArrayList<>();
        for (ItemPools.Left each : all) {
            Tags tags = Tags.of("carrier", each.carrier());
            here.add(new Numbers.Row(tags, each.left()));
            warned.add(new Numbers.Row(tags, each.warnBelow()));
        }
        left.show(here);
        warnBelow.show(warned);
    }
}
