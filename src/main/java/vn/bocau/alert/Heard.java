package vn.bocau.alert;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowCallbackHandler;
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

    private static final Logger LOG = LoggerFactory.getLogger(Heard.class);

    /** For what is compared with it. */
    static final Duration KEPT = Duration.ofDays(60);

    /** By then what was begun before can be seen to have begun. */
    private static final Duration SETTLES = Duration.ofMinutes(1);

    /** So much is counted at once, when the hub was away for longer. */
    private static final Duration STEP = Duration.ofDays(1);

    /** Nobody waits for a loss, or for a correction. */
    private static final Set<HandlingCode.Phase> NOT_WAITED_FOR =
            EnumSet.of(HandlingCode.Phase.EXCEPTION, HandlingCode.Phase.CORRECTION);

    /** Of each some hundred hours. */
    private static final int VOICES_AT_ONCE = 200;

    private static final List<String> BY_PHONE = List.of("scan-handlings");

    /** Of a carrier whose feed is read, or who is asked about its orders. */
    private static final List<String> BY_ASKING = List.of("carrier-feeds", "carrier-feed");

    /** Has written something, or waits for a lock to. */
    private static final String WRITES = """
            datname = current_database() and pid <> pg_backend_pid()
            and backend_type = 'client backend' and (backend_xid is not null or wait_event_type = 'Lock')
            """;

    private static final String IN_OUR_WORDS = "carrier-heard";

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

        private boolean isPhase() {
            return Stream.of(HandlingCode.Phase.values())
                    .anyMatch(phase -> phase.name().equals(kind));
        }
    }

    /** How the carriers' events come: the kinds of message of each, and who of them is asked. */
    private record Ways(Map<String, Set<String>> kinds, Set<String> asked) {

        Stream<String> of(Speaker speaker) {
            Set<String> said = kinds.getOrDefault(speaker.source, Set.of());
            Stream<String> in =
                    speaker.isPhase() ? said.stream() : Stream.of(speaker.kind).filter(said::contains);
            List<String> routes = in.map(Ways::route).toList();
            if (routes.isEmpty()) {
                return Stream.empty();
            }
            return Stream.of(
                            routes.stream(),
                            Stream.of(IN_OUR_WORDS),
                            asked.contains(speaker.source) ? BY_ASKING.stream() : Stream.<String>empty())
                    .flatMap(each -> each);
        }

        static String route(String kind) {
            return kind.replace('.', '-');
        }
    }

    /** By which stretches somebody comes in, and its own line: while one of them stands still, nothing can be heard of it. */
    Function<Speaker, List<String>> stretches() {
        Ways carriers = carriers();
        return speaker -> speaker.side.equals("OFFICE")
                ? BY_PHONE
                : Stream.concat(
                                Stream.of("line." + speaker.source, "queue-in." + speaker.source),
                                Stream.concat(
                                        speaker.isPhase() ? Stream.empty() : Stream.of(Ways.route(speaker.kind)),
                                        carriers.of(speaker)))
                        .distinct()
                        .toList();
    }

    private Ways carriers() {
        Map<String, Set<String>> kinds = new HashMap<>();
        db.sql(
                        "select source, kind from heard_last where side = 'PARTNER' and kind in ('carrier.event', 'carrier.told')")
                .query(row -> {
                    kinds.computeIfAbsent(row.getString("source"), source -> new HashSet<>())
                            .add(row.getString("kind"));
                });
        return new Ways(
                kinds,
                new HashSet<>(db.sql("select partner from feed_cursor")
                        .query(String.class)
                        .list()));
    }

    /** A transaction that has stood open for long: up to when it began is counted, and nothing after it. */
    record Stuck(Instant since, String what) {}

    /** Of several the oldest; by the database's clock, and without what it says: that may be personal data. */
    Optional<Stuck> stuck(Duration forAsLongAs) {
        return db.sql("""
                        select xact_start as since, 'pid ' || pid || ', ' || coalesce(nullif(application_name, ''), usename::text, '-')
                            || ', ' || coalesce(state, '-') as what
                        from pg_stat_activity
                        where %s and xact_start < clock_timestamp() - make_interval(secs => :secs)
                        order by xact_start, pid limit 1
                        """.formatted(WRITES))
                .param("secs", forAsLongAs.toSeconds())
                .query(Stuck.class)
                .optional();
    }

    /**
     * Counts on, up to what nobody can add to any more: rows bear the database's time of when they were written, so none
     * of a transaction under way is older than that is.
     *
     * @param now by the database's clock
     * @return empty when another node counts, or there is nothing more to count
     */
    Optional<Reach> count(Instant now) {
        return db.sql("select counted, judged from heard_until for update skip locked")
                .query((row, n) -> new Reach(
                        row.getTimestamp("counted").toInstant(),
                        row.getTimestamp("judged").toInstant()))
                .optional()
                .flatMap(reach -> {
                    if (reach.counted.isAfter(now)) {
                        startOver(now.truncatedTo(ChronoUnit.HOURS), reach);
                        return Optional.empty();
                    }
                    Instant until = Stream.of(
                                    now.minus(SETTLES).truncatedTo(ChronoUnit.MINUTES),
                                    reach.counted.plus(STEP),
                                    begun(now))
                            .min(Comparator.naturalOrder())
                            .orElseThrow();
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

    /** Before the oldest transaction that has written something, or waits for a lock to; asked before it is counted. */
    private Instant begun(Instant now) {
        return db.sql("""
                        select coalesce(min(xact_start) - interval '1 millisecond', :now) from pg_stat_activity where %s
                        """.formatted(WRITES))
                .param("now", Timestamp.from(now))
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    /** The database's clock was ahead, and is right again: the hour that lasts is counted anew, and all after it. */
    private void startOver(Instant hour, Reach reach) {
        LOG.warn(
                "Đồng hồ của cơ sở dữ liệu đã chạy trước, đếm lại từ {} · the database's clock was ahead: counted up to {}, going on from {}",
                hour,
                reach.counted,
                hour);
        Timestamp from = Timestamp.from(hour);
        db.sql("delete from heard where hour >= :from").param("from", from).update();
        db.sql("delete from watched where hour >= :from").param("from", from).update();
        db.sql("update heard_last set last = :from where last > :from")
                .param("from", from)
                .update();
        db.sql("update heard_until set counted = :from, judged = least(judged, :from)")
                .param("from", from)
                .update();
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
                                case when h.source = :phones then h.office else h.source end, c.phase, h.stored_at
                            from handling h
                            join unnest(cast(:codes as text[]), cast(:phases as text[])) as c (code, phase) on c.code = h.code
                            where h.stored_at > :from and h.stored_at <= :until
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

    /** A minute of which a sample was kept is one in which a hub ran; it says too what stood still, and who was away. */
    private void watched(Instant from, Instant until) {
        db.sql("""
                        insert into watched (hour, stretch, minutes)
                        select date_trunc('hour', at, 'UTC'), stretch, count(distinct at)
                        from (
                            select at, '' as stretch from sample where at > :from and at <= :until
                            union all
                            select at, stretch from sample
                            where at > :from and at <= :until and state in ('PAUSED', 'HELD', 'PROBING')) s
                        group by 1, 2
                        on conflict (hour, stretch) do update set minutes = watched.minutes + excluded.minutes
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

    /** Of whom nothing was heard since, but enough before that they may be waited for; one after the other. */
    void silentSince(Instant since, int least, Consumer<Voice> each) {
        db.sql("""
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
                .withFetchSize(VOICES_AT_ONCE)
                .query((RowCallbackHandler) row -> each.accept(new Voice(
                        new Speaker(row.getString("side"), row.getString("source"), row.getString("kind")),
                        row.getTimestamp("first").toInstant(),
                        row.getTimestamp("last").toInstant(),
                        all(row.getArray("hours"), Long.class),
                        all(row.getArray("counts"), Integer.class))));
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

    /** In how many minutes of which hour (since 1970) a stretch stood still; under the empty name, in how many a hub ran. */
    Map<String, Map<Long, Integer>> watched() {
        Map<String, Map<Long, Integer>> all = new HashMap<>();
        db.sql("select stretch, (extract(epoch from hour) / 3600)::bigint as hour, minutes from watched")
                .query(row -> {
                    all.computeIfAbsent(row.getString("stretch"), stretch -> new HashMap<>())
                            .put(row.getLong("hour"), row.getInt("minutes"));
                });
        return all;
    }
}
