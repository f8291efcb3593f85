package vn.bocau.dossier;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import vn.bocau.code.Numbers;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.journal.Outages;

/** What happens to dossiers, in numbers: what is owed and late by kind of owner, what is held, and how fast it is known. */
@Component
class DossierMeters {

    private static final Duration[] SHOWN = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Duration.ofHours(4),
        Duration.ofDays(1)
    };

    private final JdbcClient db;
    private final MeterRegistry registry;
    private final Numbers owed;
    private final Numbers overdue;
    private final Numbers held;
    private final Numbers oldest;

    DossierMeters(JdbcClient db, MeterRegistry registry) {
        this.db = db;
        this.registry = registry;
        owed = new Numbers(registry, "bocau.obligations", null, "Acts that are owed, by kind of owner");
        overdue = new Numbers(
                registry, "bocau.obligations.overdue", null, "Acts that are owed and late, by kind of owner");
        held = new Numbers(
                registry,
                "bocau.items.held",
                null,
                "Items that wait at a counter for the citizen, by what becomes of them: in time, or OVERDUE");
        oldest = new Numbers(
                registry,
                "bocau.dossier.oldest",
                "seconds",
                "Age of the oldest dossier of which a partner has yet to hear something");
    }

    /** From what happened to a handling to its being recorded, counted once that has committed. */
    void known(Collection<Journey> journeys) {
        List<Report> added = journeys.stream()
                .flatMap(journey -> journey.added().stream())
                .map(Journey.Added::report)
                .toList();
        if (!added.isEmpty()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    added.forEach(DossierMeters.this::known);
                }
            });
        }
    }

    private void known(Report report) {
        Duration late = Duration.between(report.happenedAt(), report.recordedAt());
        Timer.builder("bocau.handling.known")
                .description("From when something happened to an item to when we knew, by who said so")
                .tag("source", report.source())
                .serviceLevelObjectives(SHOWN)
                .register(registry)
                .record(late.isNegative() ? Duration.ZERO : late);
    }

    /** Numbers nobody knows are not shown: without the database the gauges are gone. */
    @Scheduled(fixedDelayString = "${bocau.metrics.every}")
    void read() {
        try {
            obligations();
            oldest();
        } catch (RuntimeException e) {
            if (!Outages.ofTheDatabase(e)) {
                throw e;
            }
            Stream.of(owed, overdue, held, oldest).forEach(gauge -> gauge.show(List.of()));
        }
    }

    private record Owed(String ownerKind, boolean handOut, long count, long overdue) {}

    /** Each kind of owner has its number, also 0: no number would look like a hub that is gone. */
    private void obligations() {
        Map<String, Long> all = new HashMap<>();
        Map<String, Long> late = new HashMap<>();
        Map<String, Long> counters = new HashMap<>(Map.of("IN_TIME", 0L, "OVERDUE", 0L));
        for (OwnerKind kind : OwnerKind.values()) {
            all.put(kind.name(), 0L);
            late.put(kind.name(), 0L);
        }
        for (Owed each : db.sql("""
                        select owner_kind, next_act = 'HAND_OUT' as hand_out, count(*) as count,
                            count(*) filter (where due_at < clock_timestamp()) as overdue
                        from progress where not closed group by 1, 2
                        """).query(Owed.class).list()) {
            all.merge(each.ownerKind, each.count, Long::sum);
            late.merge(each.ownerKind, each.overdue, Long::sum);
            if (each.handOut) {
                counters.merge("IN_TIME", each.count - each.overdue, Long::sum);
                counters.merge("OVERDUE", each.overdue, Long::sum);
            }
        }
        owed.show("owner", all);
        overdue.show("owner", late);
        held.show("state", counters);
    }

    /**
     * Ids of dossiers are in the order of their time, and groups of messages that are none have another shape. From one
     * partner to the next, and of each its first alone: hundreds of thousands may wait.
     */
    private void oldest() {
        Map<String, Double> ages = new HashMap<>();
        db.sql("""
                        with recursive waits as (
                            (select partner from message
                                where direction = 'OUT' and state in ('PENDING', 'QUEUED', 'PARKED')
                                order by partner, message_group, seq limit 1)
                            union all
                            select (select m.partner from message m
                                where m.direction = 'OUT' and m.state in ('PENDING', 'QUEUED', 'PARKED')
                                  and m.partner > waits.partner order by m.partner, m.message_group, m.seq limit 1)
                            from waits where waits.partner is not null)
                        select w.partner, extract(epoch from clock_timestamp() - d.created_at) as seconds
                        from waits w
                        cross join lateral (
                            select m.message_group as first from message m
                            where m.partner between w.partner and w.partner and m.direction = 'OUT'
                              and m.state in ('PENDING', 'QUEUED', 'PARKED')
                              and m.message_group ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                            order by m.partner, m.message_group limit 1) m
                        join dossier d on d.id = cast(m.first as uuid)
                        """).query(row -> {
            ages.put(row.getString("partner"), row.getDouble("seconds"));
        });
        oldest.show("partner", ages);
    }
}
