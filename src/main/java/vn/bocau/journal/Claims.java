package vn.bocau.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who may carry a message: a ticket of its last release, which nobody else is carrying, whose line is not held, and before
 * which nothing of the same message group is open. What the consumers of one queue ask at once is claimed in one
 * transaction.
 */
@Component
class Claims {

    private static final int MOST_AT_ONCE = 64;

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final SteadyPlans plans;
    private final LineSettings settings;
    private final Map<String, Together<Ticket, Optional<Sending>>> queues = new ConcurrentHashMap<>();

    Claims(JdbcClient db, TransactionTemplate transactions, SteadyPlans plans, LineSettings settings) {
        this.db = db;
        this.transactions = transactions;
        this.plans = plans;
        this.settings = settings;
    }

    /** @return empty when there is nothing to do with this ticket any more */
    Optional<Sending> claim(Ticket ticket, String queue) {
        return queues.computeIfAbsent(
                        queue,
                        q -> new Together<>(
                                MOST_AT_ONCE,
                                this::claimAll,
                                one -> claimAll(List.of(one)).get(0),
                                Outages::noConnection))
                .ask(ticket);
    }

    /** In the order of the tickets. */
    List<Optional<Sending>> claimAll(List<Ticket> tickets) {
        return transactions.execute(t -> {
            // A little earlier than the database's own, which begins to count later.
            Instant until = Instant.now().plus(settings.claim());
            plans.begin();
            Map<UUID, Claimed> messages = lock(tickets);
            Map<Long, Ticket> good = new HashMap<>();
            for (Ticket ticket : tickets) {
                Claimed message = messages.get(ticket.id());
                if (message != null && message.isStoodFor(ticket)) {
                    good.putIfAbsent(message.seq, ticket);
                }
            }
            Set<Long> taken = take(messages.values(), good);
            putBack(good, taken);
            List<Optional<Sending>> sendings = new ArrayList<>();
            for (Ticket ticket : tickets) {
                Claimed message = messages.get(ticket.id());
                // The same ticket twice is good for one.
                if (message != null && message.isStoodFor(ticket) && taken.remove(message.seq)) {
                    sendings.add(Optional.of(message.sending(until)));
                } else {
                    sendings.add(Optional.empty());
                }
            }
            return sendings;
        });
    }

    /** In their order, so that two who lock several never wait for each other. */
    private Map<UUID, Claimed> lock(List<Ticket> tickets) {
        Map<UUID, Claimed> messages = new HashMap<>();
        db.sql("""
                        select m.seq, m.id, m.partner, m.kind, m.key, m.subject, m.body, m.trace, m.state, m.attempts, m.releases,
                            coalesce(m.claimed_until > clock_timestamp(), false) as carried, l.state as line_state
                        from message m join line l on l.partner = m.partner
                        where m.id = any(:ids) and m.direction = 'OUT'
                        order by m.seq
                        for update of m
                        """)
                .param("ids", tickets.stream().map(Ticket::id).toArray(UUID[]::new))
                .query(Claimed.class)
                .list()
                .forEach(message -> messages.put(message.id, message));
        return messages;
    }

    private Set<Long> take(Iterable<Claimed> messages, Map<Long, Ticket> good) {
        List<Long> going = new ArrayList<>();
        messages.forEach(message -> {
            if (good.containsKey(message.seq) && message.lineGoes()) {
                going.add(message.seq);
            }
        });
        if (going.isEmpty()) {
            return new HashSet<>();
        }
        return new HashSet<>(db.sql("""
                        with taken as (
                            update message m set state = 'QUEUED', releases = t.release, attempts = attempts + 1,
                                claimed_until = clock_timestamp() + make_interval(secs => :claim)
                            from unnest(cast(:seqs as bigint[]), cast(:releases as int[])) as t (seq, release)
                            where m.seq = t.seq and %s
                            returning m.seq, m.attempts)
                        insert into attempt (message, no) select seq, attempts from taken
                        returning message
                        """.formatted(Relay.FIRST_OF_ITS_GROUP))
                .param("claim", Relay.seconds(settings.claim()))
                .param("seqs", going.toArray(Long[]::new))
                .param("releases", releases(going, good))
                .query(Long.class)
                .list());
    }

    /** They wait in the database until their line goes, or what is before them has ended. */
    private void putBack(Map<Long, Ticket> good, Set<Long> taken) {
        List<Long> back =
                good.keySet().stream().filter(seq -> !taken.contains(seq)).toList();
        if (back.isEmpty()) {
            return;
        }
        db.sql("""
                        update message m set state = 'PENDING', releases = t.release, claimed_until = null
                        from unnest(cast(:seqs as bigint[]), cast(:releases as int[])) as t (seq, release)
                        where m.seq = t.seq
                        """)
                .param("seqs", back.toArray(Long[]::new))
                .param("releases", releases(back, good))
                .update();
    }

    private static Integer[] releases(List<Long> seqs, Map<Long, Ticket> good) {
        return seqs.stream()
                .map(seq -> Objects.requireNonNull(good.get(seq)).release())
                .toArray(Integer[]::new);
    }

    private record Claimed(
            long seq,
            UUID id,
            String partner,
            String kind,
            String key,
            @Nullable String subject,
            String body,
            @Nullable String trace,
            String state,
            int attempts,
            int releases,
            boolean carried,
            String lineState) {

        /** PENDING with this very release next: the relay died after the broker had taken it. */
        boolean isStoodFor(Ticket ticket) {
            return !carried
                    && (state.equals("QUEUED") && releases == ticket.release()
                            || state.equals("PENDING") && releases == ticket.release() - 1);
        }

        boolean lineGoes() {
            return lineState.equals("OPEN") || lineState.equals("PROBING");
        }

        Sending sending(Instant until) {
            return new Sending(seq, id, partner, kind, key, subject, Journal.parse(body), attempts + 1, until, trace);
        }

        @Override
        public String toString() {
            return "Claimed[" + id + " " + state + "]";
        }
    }
}
