package vn.bocau.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import vn.bocau.code.Numbers;

/**
 * The lines in numbers, by partner and nothing finer. What this node did is counted as it does it; how the lines stand
 * is read every few seconds, from the open messages alone.
 */
@Component
class LineMeters {

    private static final String ACCEPTED = "bocau.message.accepted";
    private static final String CONFIRMED = "bocau.message.confirmed";
    private static final String ATTEMPTS = "bocau.line.attempts";

    /** Direction and state of what can be open. */
    private static final List<List<String>> PLACES = List.of(
            List.of("OUT", "PENDING"), List.of("OUT", "QUEUED"), List.of("OUT", "PARKED"), List.of("IN", "PARKED"));

    private final MeterRegistry registry;
    private final Records records;
    private final Ways ways;
    private final Numbers depth;
    private final Numbers oldest;
    private final Numbers state;
    private volatile Set<String> partners = Set.of();

    LineMeters(MeterRegistry registry, Records records, Ways ways) {
        this.registry = registry;
        this.records = records;
        this.ways = ways;
        depth = new Numbers(
                registry,
                "bocau.line.depth",
                null,
                "Open messages: PENDING, QUEUED or PARKED; direction IN has parked ones only");
        oldest = new Numbers(registry, "bocau.line.oldest", "seconds", "Age of the oldest open message");
        state = new Numbers(
                registry, "bocau.line.state", null, "1 for the state a partner's line is in, 0 for the others");
    }

    /** Said in the transaction of the message's effect, and counted once that has committed. */
    void accepted(String partner) {
        onceCommitted(() -> Counter.builder(ACCEPTED)
                .description("Messages accepted from a partner, each once however often it was said")
                .tag("partner", partner)
                .register(registry)
                .increment());
    }

    /** What a partner who reads its feed has moved its cursor past, each with the time since its acceptance, or since it was told again. */
    void fetched(String partner, List<Double> seconds) {
        onceCommitted(() -> seconds.forEach(each -> confirmed(partner, each)));
    }

    private static void onceCommitted(Runnable count) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                count.run();
            }
        });
    }

    void confirmed(String partner, double seconds) {
        Timer.builder(CONFIRMED)
                .description("From acceptance, or from when it was told again, to the partner's confirmation")
                .tag("partner", partner)
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1))
                .register(registry)
                .record(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    void attempted(String partner, String outcome) {
        Counter.builder(ATTEMPTS)
                .description("Messages carried to a partner, by how it went")
                .tag("partner", partner)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** From now on these partners have numbers; those of others end here, but for what is still open. */
    void follow(Set<String> now) {
        Set<String> gone = new HashSet<>(partners);
        gone.removeAll(now);
        partners = Set.copyOf(now);
        registry.getMeters().stream()
                .filter(m ->
                        Set.of(ACCEPTED, CONFIRMED, ATTEMPTS).contains(m.getId().getName()))
                .filter(m -> gone.contains(String.valueOf(m.getId().getTag("partner"))))
                .forEach(registry::remove);
        read();
    }

    Set<String> partners() {
        return partners;
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone, and absence can be alerted on. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        try {
            show(
                    withIdle(records.depths()),
                    records.lines().stream()
                            .filter(line -> ways.to(line.partner()).isPresent())
                            .toList());
        } catch (DataAccessException | TransactionException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            show(List.of(), List.of());
        }
    }

    /** A partner of whom nothing is open has zeros: no number would look like one that is gone. */
    private List<Records.Depth> withIdle(List<Records.Depth> open) {
        Map<List<String>, Records.Depth> all = new LinkedHashMap<>();
        for (String partner : partners) {
            for (List<String> place : PLACES) {
                all.put(
                        List.of(partner, place.get(0), place.get(1)),
                        new Records.Depth(partner, place.get(0), place.get(1), 0, 0));
            }
        }
        open.forEach(d -> all.put(List.of(d.partner(), d.direction(), d.state()), d));
        return List.copyOf(all.values());
    }

    private void show(List<Records.Depth> depths, List<Records.Line> lines) {
        List<Numbers.Row> counts = new ArrayList<>();
        List<Numbers.Row> ages = new ArrayList<>();
        for (Records.Depth each : depths) {
            Tags tags = Tags.of("partner", each.partner(), "direction", each.direction(), "state", each.state());
            counts.add(new Numbers.Row(tags, each.count()));
            ages.add(new Numbers.Row(tags, each.oldestSeconds()));
        }
        depth.show(counts);
        oldest.show(ages);
        List<Numbers.Row> states = new ArrayList<>();
        for (Records.Line line : lines) {
            for (String each : List.of("OPEN", "HELD", "PROBING", "RESTING", "PAUSED")) {
                states.add(new Numbers.Row(
                        Tags.of("partner", line.partner(), "state", each), each.equals(line.state()) ? 1 : 0));
            }
        }
        state.show(states);
    }
}
