package vn.bocau.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;

/**
 * Takes committed messages to the queue of their partner: of each line the first that is open, so that no later one can
 * overtake it, and as many lines at once as the way to the partner can take. Any node may do it; one at a time per
 * partner.
 *
 * <p>The broker first, the database after: what the broker got and the database did not hear of is sent again under the
 * same duplicate id, and dropped there.
 */
@Component("relay")
public class Relay {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    /** From how many first messages the one with the fewest failures is chosen as a probe. */
    private static final int CANDIDATES = 100;

    /**
     * Time to try again. What lies further ahead than it is ever set, by a node whose clock is a little ahead, was set by a clock that has been put back since, and
     * nobody waits for that hour to come a second time.
     */
    private static final String IS_DUE =
            "(next_probe_at <= clock_timestamp() or next_probe_at > clock_timestamp() + interval '1 minute'"
                    + " + make_interval(secs => case state when 'RESTING' then :longestRest else :longestHold end))";

    /**
     * Nothing earlier of m's group is open. As one look into the index for each m: asked as "none exists", it is joined, and
     * while the statistics know nothing of a backlog yet, in ways that take minutes.
     */
    static final String FIRST_OF_ITS_GROUP = """
            m.seq = (select e.seq from message e
                where e.direction = 'OUT' and e.partner = m.partner and e.message_group = m.message_group
                  and e.state in ('PENDING', 'QUEUED', 'PARKED')
                order by e.partner, e.message_group, e.seq limit 1)
            """;

    /** The next that could be told the partner of a line; null when nothing waits, or only what a person has to let go on. */
    private static final String NEXT = """
            (select m.seq from message m
                where m.partner = line.partner and m.state = 'PENDING' and m.direction = 'OUT' and m.feed_position is null and %s
                order by m.seq limit 1)
            """.formatted(FIRST_OF_ITS_GROUP);

    /** So many numbers may have been given to what commits after it has been looked for: whatever lies further back waits for the sweep. */
    private static final int UNCOMMITTED = 1000;

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final SteadyPlans plans;
    private final Tickets tickets;
    private final Ways ways;
    private final LineSettings settings;
    private final CamelContext camel;
    private final ProducerTemplate routes;
    private final Counter stumbles;
    private final AtomicReference<@Nullable Long> waits = new AtomicReference<>();
    private volatile @Nullable Away brokerAway;
    private final Set<String> awake = ConcurrentHashMap.newKeySet();
    private final Set<String> underRelease = ConcurrentHashMap.newKeySet();

    private final Fronts fronts = new Fronts();
    private final Windows windows = new Windows();

    Relay(
            JdbcClient db,
            TransactionTemplate transactions,
            SteadyPlans plans,
            Tickets tickets,
            Ways ways,
            LineSettings settings,
            CamelContext camel,
            ProducerTemplate routes,
            MeterRegistry meters) {
        this.db = db;
        this.transactions = transactions;
        this.plans = plans;
        this.tickets = tickets;
        this.ways = ways;
        this.settings = settings;
        this.camel = camel;
        this.routes = routes;
        this.stumbles = Counter.builder("bocau.relay.stumbles")
                .description("Passes of the relay that ended because the database or the broker did not answer")
                .register(meters);
    }

    /** Our broker takes nothing from this node. */
    public record Away(String code, Text reason, Instant since) {}

    /** Empty when it took what was last laid on it or asked of it; the sweep asks time and again. */
    public Optional<Away> brokerAway() {
        return Optional.ofNullable(brokerAway);
    }

    /** There may be something for this partner, and room for it. */
    void wake(String partner) {
        wake(partner, Fronts.ANYWHERE);
    }

    /**
     * What has this number or a later one may go to this partner: said after each commit that tells. Who does not know which, has
     * made room for it: a message was parked or given up, or a line goes on.
     */
    void wake(String partner, long seq) {
        if (ways.to(partner).isEmpty()) {
            return;
        }
        if (seq == Fronts.ANYWHERE) {
            windows.open(partner);
        }
        fronts.report(partner, seq);
        if (!windows.isFull(partner)) {
            turnFor(partner);
        }
    }

    /** The message of this number has been carried: there is room for another, and the next of its group may go. */
    void ended(String partner, long seq) {
        windows.ends(partner);
        wake(partner, seq);
    }

    private void turnFor(String partner) {
        if (camel.isStarted() && awake.add(partner)) {
            try {
                routes.sendBody("seda:relay", partner);
            } catch (RuntimeException e) {
                // Nothing is under way for it: whoever wakes it next has to try again.
                awake.remove(partner);
                throw e;
            }
        }
    }

    /**
     * One partner's turn. Of this node's threads one at most waits for a partner's turn, whatever it takes: the others are
     * for the other partners, and what came meanwhile gets another turn after it.
     */
    public void release(String partner) {
        if (!underRelease.add(partner)) {
            return;
        }
        try {
            awake.remove(partner);
            turn(partner);
        } finally {
            underRelease.remove(partner);
            if (awake.remove(partner)) {
                turnFor(partner);
            }
        }
    }

    private void turn(String partner) {
        quietly(() -> {
            boolean taken = false;
            try {
                transactions.executeWithoutResult(t -> {
                    plans.begin();
                    turnOf(partner);
                    ways.to(partner).ifPresent(way -> pass(partner, way));
                });
                taken = true;
            } finally {
                if (!taken) {
                    fronts.forget(partner);
                    windows.open(partner);
                }
            }
        });
    }

    /** Until the transaction ends, nobody else takes anything to the queue of this partner, or into its feed. */
    boolean turnOf(String partner) {
        return db.sql("select pg_advisory_xact_lock(hashtextextended('relay/' || :partner, 0))")
                .param("partner", partner)
                .query((row, n) -> true)
                .single();
    }

    /**
     * Everybody's turn, for what no commit of this node has woken: messages other nodes left behind, probes that are due,
     * claims of nodes that died, tickets the broker lost.
     */
    public void sweep() {
        quietly(() -> {
            tickets.check();
            brokerAway = null;
            takeBack();
            openIdle();
            fronts.forgetAll();
            due().forEach(this::wake);
        });
    }

    private void pass(String partner, Ways.Way way) {
        Line line = line(partner);
        if (line.due && (line.state.equals("HELD") || line.state.equals("RESTING"))) {
            line = line.state.equals("HELD") ? probe(partner) : awake(partner);
        }
        boolean probing = line.state.equals("PROBING");
        if (!probing && !line.state.equals("OPEN")) {
            // What was on its way when it was held comes back, and ends nothing: whoever tells it something looks
            // whether it is due.
            windows.open(partner);
            return;
        }
        long ended = windows.ended(partner);
        int room = (probing ? Math.min(line.ramp, way.window()) : way.window()) - underWay(partner, line, probing);
        List<Waiting> first = room <= 0 ? List.of() : probing ? probes(partner, room) : firstOfEachLine(partner, room);
        if (!probing && first.size() >= room) {
            windows.full(partner, ended, way.window());
        } else {
            windows.open(partner);
        }
        if (first.isEmpty()) {
            return;
        }
        tickets.lay(
                way.queue(),
                first.stream()
                        .map(w -> new Tickets.Addressed(new Ticket(w.id, w.releases + 1), w.group))
                        .toList());
        brokerAway = null;
        db.sql("update message set state = 'QUEUED', queued_at = clock_timestamp(), releases = releases + 1"
                        + " where seq = any(:seqs)")
                .param("seqs", first.stream().map(Waiting::seq).toArray(Long[]::new))
                .update();
    }

    private Line line(String partner) {
        return db.sql("""
                        select state, ramp, turned_at, coalesce(%s, false) and %s is not null as due
                        from line where partner = :partner
                        """.formatted(IS_DUE, NEXT))
                .param("partner", partner)
                .param("longestHold", seconds(settings.furthestHold()))
                .param("longestRest", seconds(Lines.LOOKS_AT_THE_HOURS))
                .query(Relay::line)
                .single();
    }

    private static Line line(ResultSet row, int n) throws SQLException {
        return new Line(
                row.getString("state"),
                row.getInt("ramp"),
                row.getTimestamp("turned_at").toInstant(),
                row.getBoolean("due"));
    }

    private Line probe(String partner) {
        return db.sql("""
                        update line set state = 'PROBING', ramp = 1, turned_at = clock_timestamp(), next_probe_at = null
                        where partner = :partner and state = 'HELD'
                        returning state, ramp, turned_at, false as due
                        """)
                .param("partner", partner)
                .query(Relay::line)
                .optional()
                .orElseGet(() -> line(partner));
    }

    /**
     * Its hours have begun, or may be others by now. Whoever did not answer before them is tried with one first. Whether they have
     * is known when something was told: until then it keeps why it rests, and since when.
     */
    private Line awake(String partner) {
        return db.sql("""
                        update line set state = case when failures = 0 then 'OPEN' else 'PROBING' end, ramp = 1,
                            turned_at = clock_timestamp(), next_probe_at = null
                        where partner = :partner and state = 'RESTING'
                        returning state, ramp, turned_at, false as due
                        """)
                .param("partner", partner)
                .query(Relay::line)
                .optional()
                .orElseGet(() -> line(partner));
    }

    /** While probing, only what was sent as a probe: older ones may still sit in their time-outs. */
    private int underWay(String partner, Line line, boolean probing) {
        return db.sql("""
                        select count(*) from message
                        where partner = :partner and state = 'QUEUED' and feed_position is null
                          and queued_at >= case when :probing and cast(:turned as timestamptz) <= clock_timestamp()
                            then cast(:turned as timestamptz) else '-infinity' end
                        """)
                .param("partner", partner)
                .param("probing", probing)
                .param("turned", Timestamp.from(line.turnedAt))
                .query(Integer.class)
                .single();
    }

    /** A probe is the message with the fewest failures, so that one the partner chokes on cannot hold the others. */
    private List<Waiting> probes(String partner, int room) {
        fronts.forget(partner);
        return firstOfEachLine(partner, room, 0, Math.max(room, CANDIDATES), true);
    }

    private List<Waiting> firstOfEachLine(String partner, int room) {
        long from = fronts.look(partner, () -> nothingBefore(partner));
        List<Waiting> first = firstOfEachLine(partner, room, from, room, false);
        fronts.looked(partner, first.stream().map(Waiting::seq).toList(), first.size() < room);
        return first;
    }

    private List<Waiting> firstOfEachLine(String partner, int room, long from, int candidates, boolean probing) {
        return db.sql("""
                        select seq, id, message_group as "group", releases from message
                        where state = 'PENDING' and seq = any(array(
                            select m.seq from message m
                            where m.partner = :partner and m.state = 'PENDING' and m.direction = 'OUT'
                              and m.seq >= :from and m.feed_position is null and %s
                            order by m.seq
                            limit :candidates))
                        order by case when :probing then attempts else 0 end, seq
                        limit :room
                        for update skip locked
                        """.formatted(FIRST_OF_ITS_GROUP))
                .param("partner", partner)
                .param("from", from)
                .param("candidates", candidates)
                .param("probing", probing)
                .param("room", room)
                .query(Waiting.class)
                .list();
    }

    /** Found once for each sweep. A line whose first is parked waits for a person, and holds up no look. */
    private long nothingBefore(String partner) {
        return db.sql("""
                        select coalesce((
                            select m.seq from message m
                            where m.partner = :partner and m.state = 'PENDING' and m.direction = 'OUT' and m.feed_position is null
                              and 'PARKED' <> (select e.state from message e
                                where e.direction = 'OUT' and e.partner = m.partner and e.message_group = m.message_group
                                  and e.state in ('PENDING', 'QUEUED', 'PARKED')
                                order by e.partner, e.message_group, e.seq limit 1)
                            order by m.seq limit 1), (select last_value from message_seq_seq)) - :uncommitted
                        """)
                .param("partner", partner)
                .param("uncommitted", UNCOMMITTED)
                .query(Long.class)
                .single();
    }

    /**
     * Back to where they can be released again, under the same id: the partner may have had them, or not. What is said to be
     * carried for longer than anybody may, or to lie there since a time to come, was so by a clock that has been put back.
     */
    private void takeBack() {
        db.sql("""
                        update message set state = 'PENDING', claimed_until = null
                        where seq in (
                            select seq from message
                            where partner = any(:partners) and state = 'QUEUED' and feed_position is null
                              and (coalesce(claimed_until, queued_at + make_interval(secs => :lost)) < clock_timestamp()
                                or coalesce(claimed_until - make_interval(secs => :claim), queued_at)
                                    > clock_timestamp() + interval '1 minute')
                            for update skip locked)
                        """)
                .param("partners", ways.partners().toArray(String[]::new))
                .param("lost", seconds(settings.lost()))
                .param("claim", seconds(settings.claim()))
                .update();
    }

    /**
     * Of which nothing is left that could be told, because a person has given it up or has to let it go on: there is nothing to wait
     * for and nothing to try. Whether its partner answers nobody knows; the next message asks.
     */
    private void openIdle() {
        db.sql("""
                        update line set state = 'OPEN', fault = null, reason_vi = null, reason_en = null, failures = 0, ramp = 1,
                            next_probe_at = null, since = clock_timestamp(), turned_at = clock_timestamp()
                        where partner = any(:partners) and (state in ('PROBING', 'RESTING') or state = 'HELD' and %s)
                          and not exists (select from message m
                            where m.direction = 'OUT' and m.partner = line.partner and m.state = 'QUEUED' and m.feed_position is null)
                          and %s is null
                        """.formatted(IS_DUE, NEXT))
                .param("partners", ways.partners().toArray(String[]::new))
                .param("longestHold", seconds(settings.furthestHold()))
                .param("longestRest", seconds(Lines.LOOKS_AT_THE_HOURS))
                .update();
    }

    private List<String> due() {
        return db.sql("""
                        select partner from line
                        where partner = any(:partners)
                          and (state in ('OPEN', 'PROBING') or state in ('HELD', 'RESTING') and %s)
                          and exists (select from message m where m.partner = line.partner and m.state = 'PENDING')
                        order by partner
                        """.formatted(IS_DUE))
                .param("partners", ways.partners().toArray(String[]::new))
                .param("longestHold", seconds(settings.furthestHold()))
                .param("longestRest", seconds(Lines.LOOKS_AT_THE_HOURS))
                .query(String.class)
                .list();
    }

    /** Without database or broker the relay can only wait; it says so once, and counts. */
    private void quietly(Runnable pass) {
        long began = System.nanoTime();
        try {
            pass.run();
            Long since = waits.get();
            // A pass that began before the outage says nothing about its end.
            if (since != null && began - since > 0 && waits.compareAndSet(since, null)) {
                LOG.info("Lại chuyển được thông điệp · the relay goes on");
            }
        } catch (Unavailable | DataAccessException | TransactionException e) {
            if (e instanceof DataAccessException && !Outages.ofTheDatabase(e)) {
                throw e;
            }
            stumbles.increment();
            if (e instanceof Unavailable away) {
                brokerAway = since(away);
            }
            if (waits.compareAndSet(null, System.nanoTime())) {
                LOG.warn(
                        "Chưa chuyển được thông điệp, đang chờ · the relay waits: {}",
                        e instanceof Unavailable ? e.getMessage() : "the database does not answer");
            }
        }
    }

    private Away since(Unavailable why) {
        Away before = brokerAway;
        return new Away(why.code(), why.reason(), before == null ? Instant.now() : before.since);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private record Line(String state, int ramp, Instant turnedAt, boolean due) {}

    private record Waiting(long seq, UUID id, String group, int releases) {}
}
