package vn.bocau.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How the stretches of the line stand: now, from the rows; and at any minute of the last thirty days, as it was kept. */
@Component("samples")
public class Samples {

    public static final Duration KEPT = Duration.ofDays(30);

    /** In each minute in which a hub ran there is a sample of this. */
    private static final String HUB = "hub";

    /**
     * @param at when it was so
     * @param stretch id of the route; of a way in the kind of message
     * @param partner whose line; empty of what belongs to no partner
     * @param perMinute messages that passed in the minute before; of a route how often it ran, at the node that looked
     * @param failed of these, how often not well; of routes alone
     * @param depth messages that wait here; of a route those on it, at the node that looked
     * @param oldest age of the oldest of these, in seconds
     * @param oldestDossier age of the oldest dossier of which something waits here, in seconds
     * @param p50 seconds from acceptance, or from when it was told again, to confirmation, of what was confirmed in the five minutes before; of another route than
     *     a line's what it took, at the node that looked
     * @param state of the partner's line, null when it has none: it fetches, say; PAUSED of a stretch that was stopped
     * @param runs whether the node that looked had the route of the line
     * @param pause of a stretch or a line that an operator stopped
     */
    public record Sample(
            Instant at,
            String stretch,
            String partner,
            @Nullable Double perMinute,
            @Nullable Double failed,
            @Nullable Long depth,
            @Nullable Long parked,
            @Nullable Double oldest,
            @Nullable Double oldestDossier,
            @Nullable Double p50,
            @Nullable Double p95,
            @Nullable String state,
            boolean runs,
            Stretches.@Nullable Pause pause) {}

    /**
     * Lines by partner, and what is told to those who have none, from what is open and what was closed lately; the ways in by
     * the kind of message. Written for a partial index each, so that an outage with hundreds of thousands that wait is counted
     * and not read: the oldest of these is the first in order of acceptance, of what is told again the first that was asked
     * for, and of dossiers the first by their ids, which are in the order of their time. A partner is a range of one, so that
     * the order of no other index serves.
     */
    private static final String NOW = """
            with pending as (
                select partner, count(*) as depth from message where state = 'PENDING' group by partner),
            queued as (
                select partner, count(*) as depth, min(coalesce(pended_at, created_at)) as first from message
                where direction = 'OUT' and state = 'QUEUED' group by partner),
            parked as (
                select partner, count(*) as parked, min(coalesce(pended_at, created_at)) as first from message
                where direction = 'OUT' and state = 'PARKED' group by partner),
            closed as (
                select partner, count(*) filter (where closed_at > now() - interval '1 minute') as rate,
                    percentile_cont(array[0.5, 0.95]) within group (
                        order by extract(epoch from closed_at - coalesce(pended_at, created_at))) as critical
                from message
                where direction = 'OUT' and state = 'CONFIRMED' and closed_at > now() - interval '5 minutes'
                group by partner),
            came as (
                select kind, count(*) filter (where state = 'RECEIVED') as rate
                from message where direction = 'IN' and created_at > now() - interval '1 minute' group by kind),
            stuck as (
                select kind, count(*) as parked, extract(epoch from clock_timestamp() - min(created_at)) as oldest,
                    min(message_group) filter (
                        where message_group ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$') as dossier
                from message where direction = 'IN' and state = 'PARKED' group by kind),
            told as (
                select partner from line union select partner from pending union select partner from queued
                union select partner from parked union select partner from closed)
            select 'line.' || t.partner as stretch, t.partner, coalesce(c.rate, 0)::double precision as per_minute,
                coalesce(p.depth, 0) + coalesce(q.depth, 0) as depth, coalesce(x.parked, 0) as parked,
                extract(epoch from clock_timestamp() - least(f.created_at, a.pended_at, q.first, x.first)) as oldest,
                c.critical[1] as p50, c.critical[2] as p95, l.state,
                case when l.state = 'PAUSED' then l.paused_by end as by, l.reason_vi as reason, l.since, d.message_group as dossier
            from told t left join line l on l.partner = t.partner
            left join pending p on p.partner = t.partner left join queued q on q.partner = t.partner
            left join parked x on x.partner = t.partner left join closed c on c.partner = t.partner
            left join lateral (
                select m.created_at from message m
                where m.partner between t.partner and t.partner and m.state = 'PENDING' and m.pended_at is null
                order by m.partner, m.seq limit 1) f on true
            left join lateral (
                select m.pended_at from message m
                where m.partner between t.partner and t.partner and m.state = 'PENDING' and m.pended_at is not null
                order by m.partner, m.pended_at limit 1) a on true
            left join lateral (
                select m.message_group from message m
                where m.partner between t.partner and t.partner and m.direction = 'OUT' and m.state in ('PENDING', 'QUEUED', 'PARKED')
                  and m.message_group ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                order by m.partner, m.message_group limit 1) d on true
            union all
            select coalesce(a.kind, s.kind), '', coalesce(a.rate, 0)::double precision, 0, coalesce(s.parked, 0), s.oldest,
                null, null, null, null, null, null, s.dossier
            from came a full join stuck s on s.kind = a.kind
            """;

    private final JdbcClient db;
    private final DossierAges dossiers;
    private final Stretches stretches;
    private final CamelContext camel;
    private final MeterRegistry meters;
    private final RouteRates rates;

    Samples(
            JdbcClient db,
            DossierAges dossiers,
            Stretches stretches,
            CamelContext camel,
            MeterRegistry meters,
            RouteRates rates) {
        this.rates = rates;
        this.db = db;
        this.dossiers = dossiers;
        this.stretches = stretches;
        this.camel = camel;
        this.meters = meters;
    }

    /** By the database's clock: it is compared with the times of all rows, whatever a node's own says. */
    @Transactional(readOnly = true)
    public List<Sample> now() {
        Instant at = clock();
        List<Sample> all = new ArrayList<>(db.sql(NOW)
                .query((row, n) -> {
                    String dossier = row.getString("dossier");
                    return new Sample(
                            at,
                            row.getString("stretch"),
                            row.getString("partner"),
                            row.getDouble("per_minute"),
                            null,
                            row.getLong("depth"),
                            row.getLong("parked"),
                            number(row.getObject("oldest")),
                            dossier == null ? null : dossiers.age(dossier),
                            number(row.getObject("p50")),
                            number(row.getObject("p95")),
                            row.getString("state"),
                            camel.getRoute(row.getString("stretch")) != null,
                            pause(row));
                })
                .list());
        routes(at).forEach(all::add);
        return all;
    }

    /** The routes but for the lines: those that were stopped, and those on which anything was lately. */
    private Stream<Sample> routes(Instant at) {
        Map<String, Stretches.Pause> paused =
                stretches.paused().stream().collect(Collectors.toMap(Stretches.Pause::stretch, Function.identity()));
        Set<String> ids = new TreeSet<>(paused.keySet());
        camel.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> !id.startsWith("line."))
                .forEach(ids::add);
        Map<String, RouteRates.Rate> ran = rates.lastMinute();
        return ids.stream()
                .map(id -> route(at, id, paused.get(id), ran.getOrDefault(id, RouteRates.Rate.NONE)))
                .filter(sample -> sample.pause != null
                        || sample.p50 != null
                        || Objects.requireNonNullElse(sample.perMinute, 0.0) > 0
                        || Objects.requireNonNullElse(sample.depth, 0L) != 0);
    }

    private Sample route(Instant at, String id, Stretches.@Nullable Pause pause, RouteRates.Rate ran) {
        Timer done = meters.find("bocau.route.exchanges")
                .tags("route", id, "outcome", "DONE")
                .timer();
        Map<Double, Double> took = done == null
                ? Map.of()
                : Arrays.stream(done.takeSnapshot().percentileValues())
                        .filter(value -> value.value() > 0)
                        .collect(Collectors.toMap(
                                ValueAtPercentile::percentile, value -> value.value(TimeUnit.SECONDS)));
        return new Sample(
                at,
                id,
                "",
                ran.perMinute(),
                ran.failed(),
                (long) camel.getInflightRepository().size(id),
                null,
                null,
                null,
                took.get(0.5),
                took.get(0.95),
                pause == null ? null : "PAUSED",
                camel.getRoute(id) != null,
                pause);
    }

    private Instant clock() {
        return db.sql("select clock_timestamp()").query(Instant.class).single();
    }

    private static @Nullable Double number(@Nullable Object value) {
        return value instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }

    /** Keeps how it stands, once a minute whichever node does it, and drops what is older than thirty days. */
    @Transactional
    public void keep() {
        Instant minute = clock().truncatedTo(ChronoUnit.MINUTES);
        int mine = db.sql("insert into sample (at, stretch) values (:at, :hub) on conflict do nothing")
                .param("at", Timestamp.from(minute))
                .param("hub", HUB)
                .update();
        if (mine == 0) {
            return;
        }
        now().forEach(sample -> keep(minute, sample));
        Timestamp before = Timestamp.from(minute.minus(KEPT));
        db.sql("delete from sample where at < :before").param("before", before).update();
        db.sql("delete from refusal where minute < :before")
                .param("before", before)
                .update();
    }

    private void keep(Instant minute, Sample sample) {
        Stretches.Pause pause = sample.pause;
        db.sql("""
                        insert into sample (at, stretch, partner, per_minute, failed, depth, parked, oldest, oldest_dossier, p50, p95,
                            state, runs, by, reason, since)
                        values (:at, :stretch, :partner, :perMinute, :failed, :depth, :parked, :oldest, :oldestDossier, :p50, :p95,
                            :state, :runs, :by, :reason, :since)
                        on conflict do nothing
                        """)
                .param("at", Timestamp.from(minute))
                .param("stretch", sample.stretch)
                .param("partner", sample.partner)
                .param("perMinute", sample.perMinute)
                .param("failed", sample.failed)
                .param("depth", sample.depth)
                .param("parked", sample.parked)
                .param("oldest", sample.oldest)
                .param("oldestDossier", sample.oldestDossier)
                .param("p50", sample.p50)
                .param("p95", sample.p95)
                .param("state", sample.state)
                .param("runs", sample.runs)
                .param("by", pause == null ? null : pause.by())
                .param("reason", pause == null ? null : pause.reason())
                .param("since", pause == null ? null : Timestamp.from(pause.since()))
                .update();
    }

    /** As it stood at the last minute kept up to this one; empty when none was, or it was more than ten minutes before. */
    public List<Sample> at(Instant moment) {
        return db.sql("""
                        select * from sample where at = (
                            select max(at) from sample where at <= cast(:moment as timestamptz)
                              and at > cast(:moment as timestamptz) - interval '10 minutes')
                        order by stretch, partner
                        """)
                .param("moment", Timestamp.from(moment))
                .query((row, n) -> new Sample(
                        row.getTimestamp("at").toInstant(),
                        row.getString("stretch"),
                        row.getString("partner"),
                        number(row.getObject("per_minute")),
                        number(row.getObject("failed")),
                        row.getLong("depth"),
                        row.getLong("parked"),
                        number(row.getObject("oldest")),
                        number(row.getObject("oldest_dossier")),
                        number(row.getObject("p50")),
                        number(row.getObject("p95")),
                        row.getString("state"),
                        row.getBoolean("runs"),
                        pause(row)))
                .list();
    }

    private static Stretches.@Nullable Pause pause(ResultSet row) throws SQLException {
        return row.getString("by") == null
                ? null
                : new Stretches.Pause(
                        row.getString("stretch"),
                        row.getString("by"),
                        row.getString("reason"),
                        row.getTimestamp("since").toInstant());
    }
}
