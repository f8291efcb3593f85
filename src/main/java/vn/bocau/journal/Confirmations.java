package vn.bocau.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What partners have confirmed. While a line is probed, each answer lets one more message onto it: 1, 2, 4 …
 *
 * <p>An attempt that was taken for dead meanwhile still counts: the partner has the message. Unless somebody has put other
 * words in its place: those it has not heard, and they have another id.
 *
 * <p>What a partner confirms at once is kept in one transaction.
 */
@Component
class Confirmations {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    private static final int MOST_AT_ONCE = 64;

    /** What of its line follows from an answer of the partner's. */
    private static final String ANSWERED = """
            calm as (
                select l.ramp + 1 >= :window or not exists (
                    select from message m
                    where m.direction = 'OUT' and m.partner = l.partner and m.seq <> :seq
                      and m.state in ('PENDING', 'QUEUED')) as yes
                from line l where l.partner = :partner and l.state = 'PROBING'),
            ramped as (
                update line set ramp = ramp + 1, answers = answers + 1, fault = null, reason_vi = null, reason_en = null,
                    state = case when calm.yes then 'OPEN' else state end,
                    since = case when calm.yes then clock_timestamp() else since end,
                    turned_at = case when calm.yes then clock_timestamp() else turned_at end,
                    failures = case when calm.yes then 0 else failures end
                from calm
                where partner = :partner and state = 'PROBING' and not :unasked
                returning state),
            heard as (
                update line set fault = null, reason_vi = null, reason_en = null, since = clock_timestamp()
                where partner = :partner and state = 'OPEN' and fault is not null and not :unasked)
            """;

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final SteadyPlans plans;
    private final Ways ways;
    private final LineMeters meters;
    private final Patience patience;
    private final Map<String, Together<Said, Boolean>> partners = new ConcurrentHashMap<>();

    Confirmations(
            JdbcClient db,
            TransactionTemplate transactions,
            SteadyPlans plans,
            Ways ways,
            LineMeters meters,
            Patience patience) {
        this.db = db;
        this.transactions = transactions;
        this.plans = plans;
        this.ways = ways;
        this.meters = meters;
        this.patience = patience;
    }

    /** What a partner said to a message. */
    record Said(Sending sending, String answer) {}

    /** Returns when it is kept. */
    void keep(Sending sending, String answer) {
        partners.computeIfAbsent(
                        sending.partner(),
                        partner -> new Together<>(
                                MOST_AT_ONCE, all -> keep(partner, all), this::keepPatiently, failure -> false))
                .ask(new Said(sending, answer));
    }

    private boolean keepPatiently(Said said) {
        patience.write(() -> transactions.executeWithoutResult(t -> {
            plans.begin();
            keepOne(said.sending, said.answer);
            if (Unasked.is(said.answer)) {
                tryAnother(said.sending.partner());
            }
        }));
        return true;
    }

    private List<Boolean> keep(String partner, List<Said> all) {
        if (all.size() == 1) {
            return List.of(keepPatiently(all.get(0)));
        }
        Map<UUID, Double> confirmed = transactions.execute(t -> {
            plans.begin();
            if (isTried(partner) || all.stream().anyMatch(said -> Unasked.is(said.answer)) || saysOneTwice(all)) {
                throw new EachByItself();
            }
            return keepAll(all);
        });
        confirmed.values().forEach(seconds -> {
            meters.attempted(partner, "CONFIRMED");
            meters.confirmed(partner, seconds);
        });
        return all.stream().map(said -> true).toList();
    }

    /** What of its line follows from one follows after the other. */
    private static final class EachByItself extends RuntimeException {

        private static final long serialVersionUID = 1;

        EachByItself() {
            super("each by itself", null, false, false);
        }
    }

    private static boolean saysOneTwice(List<Said> all) {
        return all.stream().map(said -> said.sending.id()).distinct().count() < all.size();
    }

    /** After an outage, or after a rest. */
    private boolean isTried(String partner) {
        return db.sql("select exists (select from line where partner = :partner"
                        + " and (state = 'PROBING' or state = 'OPEN' and fault is not null))")
                .param("partner", partner)
                .query(Boolean.class)
                .single();
    }

    /** @return how long each took that was confirmed now, in seconds, by its id */
    Map<UUID, Double> keepAll(List<Said> all) {
        Map<UUID, Double> seconds = new HashMap<>();
        db.sql("""
                        with said as (
                            select * from unnest(cast(:ids as uuid[]), cast(:attempts as int[]), cast(:answers as text[]))
                                as s (id, attempt, answer)),
                        done as (
                            update message m set state = 'CONFIRMED', answer = s.answer, closed_at = clock_timestamp(),
                                claimed_until = null
                            from said s where m.id = s.id and m.state in ('PENDING', 'QUEUED')
                            returning m.id, extract(epoch from m.closed_at - coalesce(m.pended_at, m.created_at)) as seconds),
                        noted as (
                            update attempt a set ended_at = clock_timestamp(), outcome = 'CONFIRMED', detail = s.answer
                            from said s join message m on m.id = s.id
                            where a.message = m.seq and a.no = s.attempt and a.outcome is null)
                        select id, seconds from done
                        """)
                .param("ids", all.stream().map(said -> said.sending.id()).toArray(UUID[]::new))
                .param(
                        "attempts",
                        all.stream().map(said -> said.sending.attempt()).toArray(Integer[]::new))
                .param("answers", all.stream().map(Said::answer).toArray(String[]::new))
                .query(row -> {
                    seconds.put(row.getObject(1, UUID.class), row.getDouble(2));
                });
        return seconds;
    }

    private void keepOne(Sending sending, String answer) {
        record Confirmed(boolean now, double seconds, boolean opened) {}
        Confirmed confirmed = db.sql("""
                        with done as (
                            update message set state = 'CONFIRMED', answer = :answer, closed_at = clock_timestamp(),
                                claimed_until = null
                            where id = :id and state in ('PENDING', 'QUEUED')
                            returning extract(epoch from closed_at - coalesce(pended_at, created_at)) as seconds),
                        noted as (
                            update attempt set ended_at = clock_timestamp(), outcome = 'CONFIRMED', detail = :answer
                            where message = (select seq from message where id = :id) and no = :attempt and outcome is null),
                        %s
                        select exists (select from done) as now, coalesce((select seconds from done), 0) as seconds,
                            exists (select from ramped where state = 'OPEN') as opened
                        """.formatted(ANSWERED))
                .param("answer", answer)
                .param("unasked", Unasked.is(answer))
                .param("id", sending.id())
                .param("seq", sending.seq())
                .param("attempt", sending.attempt())
                .param("partner", sending.partner())
                .param("window", window(sending.partner()))
                .query(Confirmed.class)
                .single();
        if (confirmed.opened()) {
            logOpen(sending.partner());
        }
        if (confirmed.now()) {
            meters.attempted(sending.partner(), "CONFIRMED");
            meters.confirmed(sending.partner(), confirmed.seconds());
        }
    }

    /** It has refused, so it is there: of its line follows what follows from a confirmation. */
    void refused(Sending sending) {
        boolean opened = db.sql("with " + ANSWERED + " select exists (select from ramped where state = 'OPEN')")
                .param("unasked", false)
                .param("seq", sending.seq())
                .param("partner", sending.partner())
                .param("window", window(sending.partner()))
                .query(Boolean.class)
                .single();
        if (opened) {
            logOpen(sending.partner());
        }
    }

    private int window(String partner) {
        return ways.to(partner).map(Ways.Way::window).orElse(1);
    }

    private static void logOpen(String partner) {
        LOG.info("the line to {} is open again", partner);
    }

    /** The partner was not asked, so nothing is known of it yet: the next message is the probe. */
    private void tryAnother(String partner) {
        db.sql("update line set state = 'HELD', turned_at = clock_timestamp(), next_probe_at = clock_timestamp()"
                        + " where partner = :partner and state = 'PROBING'")
                .param("partner", partner)
                .update();
    }
}
