package vn.bocau.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;

/**
 * Outages of partners: one that lasts is one incident, with what waits for it and how long that will take to drain. Kept
 * from how the lines stand, so any node may look, and none has to have been there at its beginning.
 */
@Component
public class Incidents {

    /**
     * @param way OUT: it does not answer what it is told; IN: its feed of events cannot be read
     * @param endedAt null while it lasts
     * @param line how the line stands while the incident lasts; null of one that is over, and of IN
     * @param pausedBy who paused that line, whatever the partner does; null when nobody did
     * @param failures how often it was tried in vain
     * @param mostWaited the most messages that waited for it
     * @param waiting how many wait now; of a partner's newest incident, else 0
     * @param usual how many come in a usual minute: as many as were confirmed in one of the day before it began; null when none
     *     were
     * @param best how many a minute it can take: the most it confirmed in one of the last 30 days in which something waited for it,
     *     or what its window lets through at the time that one takes by itself; null when neither is known
     * @param drainSeconds how long what waits takes once the partner answers: as fast as it can take it, less what comes
     *     meanwhile, and the hours at which it is told nothing with it; null when nothing waits, and when nobody can say, because
     *     it is not known to take more than what comes
     */
    public record Incident(
            long id,
            String partner,
            String way,
            Instant beganAt,
            @Nullable Instant endedAt,
            @Nullable Text reason,
            @Nullable String line,
            @Nullable String pausedBy,
            int failures,
            long mostWaited,
            long waiting,
            @Nullable Double usual,
            @Nullable Double best,
            @Nullable Long drainSeconds) {

        public @Nullable Duration drain() {
            return drainSeconds == null ? null : Duration.ofSeconds(drainSeconds);
        }
    }

    private static final double SECONDS_OF_A_MINUTE = 60;

    /** What takes longer than this does not come to an end. */
    private static final Duration FORESEEABLE = Duration.ofDays(365);

    private final JdbcClient db;
    private final Ways ways;
    private final List<SpokenHours> hours;

    Incidents(JdbcClient db, Ways ways, List<SpokenHours> hours) {
        this.db = db;
        this.ways = ways;
        this.hours = hours;
    }

    /**
     * A line that is held begins one or goes on with it, also while somebody pauses it; a line that is open ends it; and so does a feed
     * that cannot be read, and one that can. Who answers now and then, as one of two does behind one address, has one outage. What waits
     * is counted when something has changed, which is with each probe at most: every node looks each second.
     */
    @Scheduled(fixedDelay = 1000, scheduler = Ticks.APART)
    @Transactional
    public void look() {
        comeBack();
        db.sql("""
                        insert into incident (partner, way, began_at, fault, reason_vi, reason_en, failures, most_waited)
                        select l.partner, 'OUT', l.since, l.fault, l.reason_vi, l.reason_en, l.failures, 0
                        from line l where l.state in ('HELD', 'PROBING')
                          and not exists (select from incident i
                            where i.partner = l.partner and i.way = 'OUT' and i.ended_at is null)
                        union all
                        select f.partner, 'IN', f.silent_since, f.fault, f.reason_vi, f.reason_en, 1, 0
                        from feed_outage f
                        where not exists (select from incident i
                            where i.partner = f.partner and i.way = 'IN' and i.ended_at is null)
                        on conflict do nothing
                        """).update();
        db.sql("""
                        update incident i set fault = coalesce(f.fault, i.fault),
                            reason_vi = coalesce(f.reason_vi, i.reason_vi), reason_en = coalesce(f.reason_en, i.reason_en),
                            ended_at = case when f.partner is null then clock_timestamp() end
                        from incident o left join feed_outage f on f.partner = o.partner
                        where i.id = o.id and i.way = 'IN' and i.ended_at is null
                          and (f.partner is null or f.reason_en <> i.reason_en)
                        """).update();
        db.sql("""
                        update incident i set failures = greatest(i.failures, i.failures_before + l.failures),
                            fault = case when l.state = 'RESTING' then i.fault else coalesce(l.fault, i.fault) end,
                            reason_vi = case when l.state = 'RESTING' then i.reason_vi else coalesce(l.reason_vi, i.reason_vi) end,
                            reason_en = case when l.state = 'RESTING' then i.reason_en else coalesce(l.reason_en, i.reason_en) end,
                            most_waited = greatest(i.most_waited,
                                (select count(*) from message m where m.partner = i.partner and m.state = 'PENDING')
                                + (select count(*) from message m where m.partner = i.partner and m.direction = 'OUT'
                                    and m.state = 'QUEUED')),
                            ended_at = case when l.state = 'OPEN' then l.since end
                        from line l where l.partner = i.partner and i.way = 'OUT' and i.ended_at is null
                          and (l.state = 'OPEN' or l.state <> 'PAUSED'
                            and (i.failures_before + l.failures > i.failures or i.most_waited = 0))
                        """).update();
    }

    /** The last one goes on when it ended only just now. */
    private void comeBack() {
        db.sql("""
                        update incident i set ended_at = null, failures_before = i.failures
                        where i.ended_at > clock_timestamp() - interval '10 minutes'
                          and i.id = (select max(o.id) from incident o where o.partner = i.partner and o.way = i.way)
                          and not exists (select from incident o
                            where o.partner = i.partner and o.way = i.way and o.ended_at is null)
                          and case i.way
                            when 'IN' then exists (select from feed_outage f where f.partner = i.partner)
                            else exists (select from line l where l.partner = i.partner and l.state in ('HELD', 'PROBING')) end
                        """).update();
    }

    /**
     * Those that last first, then the newest.
     *
     * @param partners of these alone; null for all
     */
    public List<Incident> all(@Nullable Set<String> partners, int from, int size) {
        return db.sql("""
                        select i.*, w.waiting, l.state as line, case when l.state = 'PAUSED' then l.paused_by end as paused_by,
                            case when w.waiting > 0 then (
                                select percentile_cont(0.5) within group (order by s.per_minute) from sample s
                                where s.stretch = 'line.' || i.partner and s.per_minute > 0
                                  and s.at between i.began_at - interval '1 day' and i.began_at) end as usual,
                            case when w.waiting > 0 then (
                                select max(s.per_minute) from sample s
                                where s.stretch = 'line.' || i.partner and s.depth > 0 and s.state = 'OPEN') end as fastest,
                            case when w.waiting > 0 then (
                                select percentile_cont(0.5) within group (order by s.p50) from sample s
                                where s.stretch = 'line.' || i.partner and s.depth = 0 and s.p50 > 0
                                  and s.at between i.began_at - interval '1 day' and i.began_at) end as single
                        from (select * from incident i
                            where cast(:partners as text[]) is null or i.partner = any(:partners)
                            order by i.ended_at is not null, i.began_at desc offset :from limit :size) i
                        left join line l on l.partner = i.partner and i.way = 'OUT' and i.ended_at is null
                        cross join lateral (select case
                            when i.id = (select max(newest.id) from incident newest
                                where newest.partner = i.partner and newest.way = 'OUT')
                            then (select count(*) from message m where m.partner = i.partner and m.state = 'PENDING')
                                + (select count(*) from message m where m.partner = i.partner and m.direction = 'OUT'
                                    and m.state = 'QUEUED') else 0 end as waiting) w
                        order by i.ended_at is not null, i.began_at desc
                        """)
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("from", from)
                .param("size", size)
                .query((row, n) -> {
                    long waiting = row.getLong("waiting");
                    Double usual = number(row.getObject("usual"));
                    Double best = best(
                            row.getString("partner"),
                            number(row.getObject("fastest")),
                            number(row.getObject("single")));
                    return new Incident(
                            row.getLong("id"),
                            row.getString("partner"),
                            row.getString("way"),
                            row.getTimestamp("began_at").toInstant(),
                            row.getTimestamp("ended_at") == null
                                    ? null
                                    : row.getTimestamp("ended_at").toInstant(),
                            row.getString("reason_vi") == null
                                    ? null
                                    : new Text(row.getString("reason_vi"), row.getString("reason_en")),
                            row.getString("line"),
                            row.getString("paused_by"),
                            row.getInt("failures"),
                            row.getLong("most_waited"),
                            waiting,
                            usual,
                            best,
                            drain(row.getString("partner"), waiting, usual, best));
                })
                .list();
    }

    private @Nullable Long drain(String partner, long waiting, @Nullable Double usual, @Nullable Double best) {
        double rest = best == null ? 0 : best - (usual == null ? 0 : usual);
        double takes = Math.ceil(waiting * SECONDS_OF_A_MINUTE / rest);
        if (waiting == 0 || rest <= 0 || takes > FORESEEABLE.toSeconds()) {
            return null;
        }
        Instant now = Instant.now();
        Duration open = Duration.ofSeconds((long) takes);
        Instant done = hours.stream()
                .flatMap(each -> each.of(partner).stream())
                .map(daily -> daily.done(now, open))
                .max(Comparator.naturalOrder())
                .orElse(now.plus(open));
        return done.equals(Instant.MAX) ? null : Duration.between(now, done).toSeconds();
    }

    /**
     * An ordinary minute says what came, not what the partner could have taken.
     *
     * @param fastest in a minute in which something waited
     * @param single seconds that one took while nothing else waited
     */
    private @Nullable Double best(String partner, @Nullable Double fastest, @Nullable Double single) {
        Optional<Double> atItsWindow = ways.to(partner)
                .filter(way -> single != null)
                .map(way -> way.window() * SECONDS_OF_A_MINUTE / Objects.requireNonNull(single));
        return Stream.concat(Stream.ofNullable(fastest), atItsWindow.stream())
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Double number(@Nullable Object column) {
        return column instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
    }
}
