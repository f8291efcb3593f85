package vn.bocau.alert;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.dossier.Handlings;
import vn.bocau.dossier.rules.HandlingCode;

/** How much came from whom in each hour, counted on from where it was counted last, whichever node does it. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Heard {

    /** For what is compared with it. */
    static final Duration KEPT = Duration.ofDays(60);

    /** By then whatever was accepted before has been committed. */
    private static final Duration SETTLES = Duration.ofMinutes(1);

    /** So much is counted at once, when the hub was away for longer. */
    private static final Duration STEP = Duration.ofDays(1);

    /** Nobody waits for a loss, or for a correction. */
    private static final Set<HandlingCode.Phase> NOT_WAITED_FOR =
            EnumSet.of(HandlingCode.Phase.EXCEPTION, HandlingCode.Phase.CORRECTION);

    private final JdbcClient db;

    Heard(JdbcClient db) {
        this.db = db;
    }

    /**
     * @param counted up to when it has been counted
     * @param judged up to which full hour it was judged who is silent
     */
    record Reach(Instant counted, Instant judged) {}

    /**
     * What one source says of one kind.
     *
     * @param hours since 1970, in their order, in which it did
     * @param counts how often in each of them
     */
    record Voice(Speaker speaker, Instant first, Instant last, List<Long> hours, List<Integer> counts) {}

    /**
     * @param side PARTNER or OFFICE
     * @param kind of its messages; of what happens to items the phase
     */
    record Speaker(String side, String source, String kind) {

        /** By which way it comes in: the first word of the routes. */
        String door() {
            return side.equals("OFFICE") ? "scan" : isPhase() ? "carrier" : kind.split("[.-]")[0];
        }

        boolean isPhase() {
            return Stream.of(HandlingCode.Phase.values())
                    .anyMatch(phase -> phase.name().equals(kind));
        }
    }

    /** @return empty when another node counts, or there is no minute more to count */
    Optional<Reach> count(Instant now) {
        return db.sql("select counted, judged from heard_until for update skip locked")
                .query((row, n) -> new Reach(
                        row.getTimestamp("counted").toInstant(),
                        row.getTimestamp("judged").toInstant()))
                .optional()
                .flatMap(reach -> {
                    Instant until =
                            earlier(now.minus(SETTLES).truncatedTo(ChronoUnit.MINUTES), reach.counted.plus(STEP));
                    if (!until.isAfter(reach.counted)) {
                        return Optional.empty();
                    }
                    came(reach.counted, until);
                    watched(reach.counted, until);
                    db.sql("update heard_until set counted = :until")
                            .param("until", Timestamp.from(until))
                            .update();
                    return Optional.of(new Reach(until, reach.judged));
                });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** When a thing was accepted counts, not when it happened: what a phone sends in the evening is not there before. */
    private void came(Instant from, Instant until) {
        List<HandlingCode> codes = Stream.of(HandlingCode.values())
                .filter(code -> !NOT_WAITED_FOR.contains(code.phase()))
                .toList();
        db.sql("""
                        with came as (
                            select 'PARTNER' as side, partner as source, kind, created_at as at from message
                            where direction = 'IN' and created_at > :from and created_at <= :until
                            union all
                            select case when h.source = :phones then 'OFFICE' else 'PARTNER' end,
                                case when h.source = :phones then h.office else h.source end, c.phase, h.recorded_at
                            from handling h
                            join unnest(cast(:codes as text[]), cast(:phases as text[])) as c (code, phase) on c.code = h.code
                            where h.recorded_at > :from and h.recorded_at <= :until
                              and (h.source <> :phones or h.office is not null)),
                        hours as (
                            insert into heard (side, source, kind, hour, count)
                            select side, source, kind, date_trunc('hour', at, 'UTC'), count(*) from came group by 1, 2, 3, 4
                            on conflict (side, source, kind, hour) do update set count = heard.count + excluded.count)
                        insert into heard_last (side, source, kind, first, last)
                        select side, source, kind, min(at), max(at) from came group by 1, 2, 3
                        on conflict (side, source, kind) do update set last = greatest(heard_last.last, excluded.last)
                        """)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("phones", Handlings.PARTNER)
                .param("codes", codes.stream().map(Enum::name).toArray(String[]::new))
                .param("phases", codes.stream().map(code -> code.phase().name()).toArray(String[]::new))
                .update();
    }

    /** A minute of which a sample was kept is one in which a hub ran. */
    private void watched(Instant from, Instant until) {
        db.sql("""
                        insert into watched (hour, door, minutes)
                        select date_trunc('hour', at, 'UTC'), door, count(distinct at)
                        from (
                            select at, '' as door from sample where at > :from and at <= :until
                            union all
                            select at, regexp_replace(stretch, '[.-].*', '') from sample
                            where at > :from and at <= :until and state = 'PAUSED' and partner = '') s
                        group by 1, 2
                        on conflict (hour, door) do update set minutes = watched.minutes + excluded.minutes
                        """)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .update();
    }

    /** It has been judged who is silent; what is older than anybody compares with is dropped. */
    void judged(Instant hour) {
        db.sql("update heard_until set judged = :hour")
                .param("hour", Timestamp.from(hour))
                .update();
        Timestamp before = Timestamp.from(hour.minus(KEPT));
        db.sql("delete from heard where hour < :before").param("before", before).update();
        db.sql("delete from watched where hour < :before")
                .param("before", before)
                .update();
        db.sql("delete from heard_last where last < :before")
                .param("before", before)
                .update();
    }

    /** Of whom nothing was heard since, but enough before that they may be waited for. */
    List<Voice> silentSince(Instant since, int least) {
        return db.sql("""
                        select l.side, l.source, l.kind, l.first, l.last,
                            array_agg((extract(epoch from h.hour) / 3600)::bigint order by h.hour) as hours,
                            array_agg(h.count order by h.hour) as counts
                        from heard_last l join heard h using (side, source, kind)
                        where l.last < :since
                        group by l.side, l.source, l.kind having sum(h.count) > :least
                        order by l.side, l.source, l.kind
                        """)
                .param("since", Timestamp.from(since))
                .param("least", least)
                .query((row, n) -> new Voice(
                        new Speaker(row.getString("side"), row.getString("source"), row.getString("kind")),
                        row.getTimestamp("first").toInstant(),
                        row.getTimestamp("last").toInstant(),
                        all(row.getArray("hours"), Long.class),
                        all(row.getArray("counts"), Integer.class)))
                .list();
    }

    private static <T> List<T> all(Array array, Class<T> type) throws SQLException {
        List<T> all = new ArrayList<>();
        for (Object each : (Object[]) array.getArray()) {
            all.add(type.cast(each));
        }
        return all;
    }

    /** Who was heard since, of each side. */
    Map<String, Set<String>> heardSince(Instant since) {
        Map<String, Set<String>> all = new HashMap<>();
        db.sql("select distinct side, source from heard_last where last >= :since")
                .param("since", Timestamp.from(since))
                .query(row -> {
                    all.computeIfAbsent(row.getString("side"), side -> new java.util.HashSet<>())
                            .add(row.getString("source"));
                });
        return all;
    }

    /** In how many minutes of which hour (since 1970) a door was listened at, by the door; of all doors under the empty name. */
    Map<String, Map<Long, Integer>> watched() {
        Map<String, Map<Long, Integer>> all = new HashMap<>();
        db.sql("select door, (extract(epoch from hour) / 3600)::bigint as hour, minutes from watched")
                .query(row -> {
                    all.computeIfAbsent(row.getString("door"), door -> new HashMap<>())
                            .put(row.getLong("hour"), row.getInt("minutes"));
                });
        return all;
    }
}
