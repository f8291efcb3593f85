package vn.bocau.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What the doors of partners did not take: how often of whom, of which kind, with which code, minute by minute, for as long
 * as {@link Samples}. It was answered and nothing of it was kept, so this is all that an operator can see of it. Counted in
 * memory and written every two seconds, one row for a minute and cause however many came: what a node has counted since is
 * lost when it is killed, and kept while the database is away.
 */
@Component
public class Refusals {

    /** Of whom nobody was proven to be. */
    public static final String UNKNOWN = "unknown";

    /** More causes than this at once are one cause that nobody has understood yet. */
    public static final int MOST = 200;

    private record Cause(String partner, String kind, String code) {}

    /**
     * What was refused for one cause.
     *
     * @param kind of the message; the door, of what came to none
     * @param count in the time that was asked for
     * @param lastHour how many of these in the last hour
     * @param since minute of the first of these
     * @param newest minute of the last
     */
    public record Refusal(
            String code, String partner, String kind, long count, long lastHour, Instant since, Instant newest) {}

    private final Map<Cause, Long> counted = new ConcurrentHashMap<>();
    private final JdbcClient db;
    private final MeterRegistry meters;

    Refusals(JdbcClient db, MeterRegistry meters) {
        this.db = db;
        this.meters = meters;
    }

    /** All three are words of ours or ids of the directory, never what was sent. */
    public void count(String partner, String kind, String code) {
        counted.merge(new Cause(partner, kind, code), 1L, Long::sum);
        Counter.builder("bocau.door.refused")
                .description("Requests of partners that a door did not take")
                .tag("partner", partner)
                .tag("kind", kind)
                .tag("code", code)
                .register(meters)
                .increment();
    }

    /** Writes down what was counted; for the minute in which it is written, by the database's clock. */
    @Scheduled(fixedDelay = 2000, scheduler = Ticks.APART)
    @PreDestroy
    void keep() {
        Map<Cause, Long> taken = new HashMap<>();
        counted.keySet().forEach(cause -> {
            Long count = counted.remove(cause);
            if (count != null) {
                taken.put(cause, count);
            }
        });
        if (taken.isEmpty()) {
            return;
        }
        boolean kept = false;
        try {
            write(taken);
            kept = true;
        } finally {
            if (!kept) {
                taken.forEach((cause, count) -> counted.merge(cause, count, Long::sum));
            }
        }
    }

    /** In one order on every node: no two wait for each other. */
    private void write(Map<Cause, Long> taken) {
        List<Cause> causes = taken.keySet().stream()
                .sorted(Comparator.comparing(Cause::partner)
                        .thenComparing(Cause::kind)
                        .thenComparing(Cause::code))
                .toList();
        db.sql("""
                        insert into refusal (minute, partner, kind, code, count)
                        select date_trunc('minute', clock_timestamp()), * from unnest(:partners, :kinds, :codes, :counts)
                        on conflict (minute, partner, kind, code) do update set count = refusal.count + excluded.count
                        """)
                .param("partners", causes.stream().map(Cause::partner).toArray(String[]::new))
                .param("kinds", causes.stream().map(Cause::kind).toArray(String[]::new))
                .param("codes", causes.stream().map(Cause::code).toArray(String[]::new))
                .param("counts", causes.stream().map(taken::get).toArray(Long[]::new))
                .update();
    }

    /**
     * Those of the last day, or of the time that is wanted, the most frequent first. Who asks for a state, for what went out,
     * or for what came by a partner's queue, asks for none of these.
     *
     * @return at most {@link #MOST}
     */
    public List<Refusal> found(Failures.Wanted wanted) {
        if (wanted.state() != null || wanted.byPartner() != null || "OUT".equals(wanted.direction())) {
            return List.of();
        }
        return db.sql("""
                        select partner, kind, code, sum(count) as count, min(minute) as since, max(minute) as newest,
                            coalesce(sum(count) filter (where minute > now() - interval '1 hour'), 0) as last_hour
                        from refusal
                        where minute >= coalesce(cast(:from as timestamptz),
                                least(now(), cast(:until as timestamptz)) - interval '1 day')
                          and (cast(:until as timestamptz) is null or minute < :until)
                          and (cast(:only as text[]) is null or partner = any(:only))
                          and partner = coalesce(:partner, partner) and code = coalesce(:code, code)
                          and kind = coalesce(:kind, kind) and kind = coalesce(:byKind, kind)
                        group by partner, kind, code order by sum(count) desc, partner, kind, code limit :most
                        """)
                .param("from", wanted.from() == null ? null : Timestamp.from(wanted.from()))
                .param("until", wanted.until() == null ? null : Timestamp.from(wanted.until()))
                .param("only", wanted.only() == null ? null : wanted.only().toArray(String[]::new))
                .param("partner", wanted.partner())
                .param("code", wanted.code())
                .param("kind", wanted.kind())
                .param("byKind", wanted.byKind())
                .param("most", MOST)
                .query((row, n) -> new Refusal(
                        row.getString("code"),
                        row.getString("partner"),
                        row.getString("kind"),
                        row.getLong("count"),
                        row.getLong("last_hour"),
                        row.getTimestamp("since").toInstant(),
                        row.getTimestamp("newest").toInstant()))
                .list();
    }
}
