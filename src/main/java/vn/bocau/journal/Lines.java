package vn.bocau.journal;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import vn.bocau.code.NotYet;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.code.Unavailable;

/**
 * The last stretch to a partner: who may carry a message, and what follows from how it went. The database decides; what
 * lies on a queue is only a ticket.
 */
@Component("lines")
public class Lines {

    private static final Logger LOG = LoggerFactory.getLogger(Lines.class);

    /** So often it is looked whether the hours are others now: they stand in a file. */
    static final Duration LOOKS_AT_THE_HOURS = Duration.ofMinutes(10);

    /** The hours of a node whose clock is behind the database's begin a little later than the database says that they have. */
    private static final Duration BREATH = Duration.ofSeconds(5);

    /** It may have turned by a clock that has been put back since: then nothing is known of when it did. */
    private static final String STATE = """
            select state, since, case when turned_at <= clock_timestamp() then turned_at end as turned_at, failures, answers
            from line where partner = :partner for update
            """;

    private final JdbcClient db;
    private final TransactionTemplate transactions;
    private final Claims claims;
    private final Confirmations confirmations;
    private final Patience patience;
    private final Relay relay;
    private final Ways ways;
    private final LineSettings settings;
    private final LineMeters meters;
    private final Acts acts;

    Lines(
            JdbcClient db,
            TransactionTemplate transactions,
            Claims claims,
            Confirmations confirmations,
            Patience patience,
            Relay relay,
            Ways ways,
            LineSettings settings,
            LineMeters meters,
            Acts acts) {
        this.db = db;
        this.transactions = transactions;
        this.claims = claims;
        this.confirmations = confirmations;
        this.patience = patience;
        this.relay = relay;
        this.ways = ways;
        this.settings = settings;
        this.meters = meters;
        this.acts = acts;
    }

    /**
     * This node carries messages to a partner from now on.
     *
     * @param queue the broker's queue that leads to it
     * @param window how many messages may be between the relay and the partner's confirmation at once
     */
    @Transactional
    public void register(String partner, String queue, int window) {
        db.sql("insert into line (partner) values (:partner) on conflict do nothing")
                .param("partner", partner)
                .update();
        ways.put(partner, new Ways.Way(queue, window));
    }

    /** No more. What waits for the partner stays in the journal; its tickets are worthless now. */
    @Transactional
    public void forget(String partner) {
        ways.remove(partner);
        empty(partner);
    }

    /**
     * Whom nobody carries anything to any more has no outage either: its line is open, so that what was wrong with it is over, and
     * held again by its first failure when the partner is back. What a person has paused stays so.
     *
     * @param carried the partners to whom there is a way now
     */
    @Transactional
    public void leave(Set<String> carried) {
        db.sql("""
                        update line set state = 'OPEN', fault = null, reason_vi = null, reason_en = null, failures = 0, ramp = 1,
                            next_probe_at = null, since = clock_timestamp(), turned_at = clock_timestamp()
                        where state in ('HELD', 'PROBING', 'RESTING') and partner <> all(:carried)
                        """).param("carried", carried.toArray(String[]::new)).update();
    }

    /** Who the partners are now: each has its numbers, also while nothing of it is open; who is not has none. */
    public void measure(Set<String> partners) {
        meters.follow(partners);
    }

    /**
     * Takes the message a ticket stands for, if it may be carried now ({@link Claims}).
     *
     * @param queue on which the ticket lay
     * @return null when there is nothing to do with this ticket any more
     */
    public @Nullable Sending claim(String ticket, String queue) {
        Sending sending = claims.claim(Ticket.parse(ticket), queue).orElse(null);
        if (sending != null) {
            UnderWay.carrying(sending);
        }
        return sending;
    }

    /**
     * The partner said so. While the line is probed, each confirmation lets one more message onto it: 1, 2, 4 …
     *
     * <p>An attempt that was taken for dead meanwhile still counts: the partner has the message. Unless somebody has put other
     * words in its place: those it has not heard, and they have another id.
     */
    public void confirm(@Body Sending sending, @Variable("answer") String answer) {
        try {
            confirmations.keep(sending, answer);
            relay.ended(sending.partner(), sending.seq());
        } finally {
            UnderWay.clear();
        }
    }

    /**
     * Sorts what went wrong on the way: it is not the hour (the line rests), the partner is not there (the line waits), somebody cannot make sense of the
     * message (a person looks; if it was the partner who said so, it is there), or we have a bug (a programmer looks, loudly).
     *
     * <p>When our own database is away the ticket goes back to the broker, and comes again.
     *
     * @param body the message under way; anything else says that it had not been claimed
     * @param failure as it was thrown; Camel's own annotation for it would give its innermost cause
     * @throws Throwable the failure itself when it is ours and no message's
     */
    public void failed(
            @Body Object body, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure, Exchange exchange)
            throws Throwable {
        try {
            if (Outages.ofTheDatabaseIn(failure)) {
                exchange.setRollbackOnly(true);
                return;
            }
            if (!(body instanceof Sending sending)) {
                throw failure;
            }
            patience.write(() -> transactions.executeWithoutResult(t -> sort(sending, failure)));
        } catch (RuntimeException e) {
            if (!Outages.ofTheDatabaseIn(e)) {
                throw e;
            }
            exchange.setRollbackOnly(true);
        } finally {
            UnderWay.clear();
        }
    }

    private void sort(Sending sending, Throwable failure) {
        Optional<NotYet> notYet = Outages.find(NotYet.class, failure);
        if (notYet.isPresent()) {
            rest(sending, notYet.get());
            return;
        }
        Optional<Unavailable> unavailable = Outages.find(Unavailable.class, failure);
        if (unavailable.isPresent()) {
            unavailable(sending, unavailable.get());
        } else {
            Fault fault = Fault.of(failure);
            end(
                    sending,
                    fault.isOurs() ? "OURS" : "REFUSED",
                    fault.code() + ": " + fault.reason().both());
            park(sending, fault);
            if (Outages.find(Refused.class, failure).filter(Refused::isAnswer).isPresent()) {
                confirmations.refused(sending);
            }
        }
        Told.here(relay::wake).wakeAfterwards(sending.partner());
    }

    /**
     * Nothing was tried: no attempt, no outage. It waits in its order until the hours begin, or are others. A line that had been
     * woken to look at them, and has told nothing since, has been resting all the time.
     */
    private void rest(Sending sending, NotYet why) {
        int back = db.sql("""
                        update message set state = 'PENDING', claimed_until = null, attempts = attempts - 1
                        where id = :id and state = 'QUEUED' and attempts = :attempt
                        """)
                .param("id", sending.id())
                .param("attempt", sending.attempt())
                .update();
        if (back > 0) {
            db.sql("delete from attempt where message = :seq and no = :attempt")
                    .param("seq", sending.seq())
                    .param("attempt", sending.attempt())
                    .update();
        }
        int rests = db.sql("""
                        update line set state = 'RESTING', fault = :fault, reason_vi = :vi, reason_en = :en,
                            since = case when state = 'OPEN' and fault is null then clock_timestamp() else since end,
                            turned_at = clock_timestamp(),
                            next_probe_at = greatest(least(:until, clock_timestamp() + make_interval(secs => :looks)),
                                clock_timestamp() + make_interval(secs => :breath))
                        where partner = :partner and state in ('OPEN', 'PROBING')
                        """)
                .param("fault", why.code())
                .param("vi", why.reason().vi())
                .param("en", why.reason().en())
                .param("until", Timestamp.from(why.until()))
                .param("looks", Relay.seconds(LOOKS_AT_THE_HOURS))
                .param("breath", Relay.seconds(BREATH))
                .param("partner", sending.partner())
                .update();
        if (rests > 0) {
            empty(sending.partner());
        }
    }

    private void unavailable(Sending sending, Unavailable why) {
        Text reason = why.reason();
        Instant started = end(sending, "UNAVAILABLE", reason.both());
        LineState line = db.sql(STATE)
                .param("partner", sending.partner())
                .query(LineState.class)
                .single();
        if (chokes(sending, line)) {
            park(sending, Fault.noAnswer(sending.attempt(), reason));
            return;
        }
        db.sql("""
                        update message set state = 'PENDING', claimed_until = null, answers = :answers
                        where id = :id and state = 'QUEUED' and attempts = :attempt
                        """)
                .param("answers", line.answers)
                .param("id", sending.id())
                .param("attempt", sending.attempt())
                .update();
        if (line.goes() && (line.turnedAt == null || !started.isBefore(line.turnedAt))) {
            hold(sending.partner(), line, why);
        }
    }

    /** One outage, one hold: what was on its way at the same time finds the line held already. */
    private void hold(String partner, LineState line, Unavailable why) {
        int failures = line.failures + 1;
        double hold = Relay.seconds(
                settings.hold(failures, ThreadLocalRandom.current().nextDouble()));
        db.sql("""
                        update line set state = 'HELD', failures = :failures, fault = :fault, reason_vi = :vi, reason_en = :en,
                            since = case when state = 'OPEN' then clock_timestamp() else since end,
                            turned_at = clock_timestamp(),
                            next_probe_at = clock_timestamp() + make_interval(secs => :hold)
                        where partner = :partner
                        """)
                .param("failures", failures)
                .param("fault", why.code())
                .param("vi", why.reason().vi())
                .param("en", why.reason().en())
                .param("hold", hold)
                .param("partner", partner)
                .update();
        empty(partner);
        if (failures == 1) {
            LOG.warn("the line to {} is held: {}", partner, why.reason().en());
        }
    }

    /** What lies on the queue and nobody carries waits in the database; its tickets are worthless now. */
    private void empty(String partner) {
        db.sql("""
                        update message set state = 'PENDING'
                        where seq in (
                            select seq from message
                            where partner = :partner and state = 'QUEUED' and feed_position is null
                              and claimed_until is null
                            for update skip locked)
                        """).param("partner", partner).update();
    }

    /** Whether the partner has now answered others too often between this message's failures to be taken for down. */
    private boolean chokes(Sending sending, LineState line) {
        return db.sql("update message set choked = choked + 1 where id = :id and answers < :answers returning choked")
                .param("id", sending.id())
                .param("answers", line.answers)
                .query(Integer.class)
                .optional()
                .filter(choked -> choked >= settings.patience())
                .isPresent();
    }

    private Instant end(Sending sending, String outcome, String detail) {
        meters.attempted(sending.partner(), outcome);
        // An edit that was committed while the row was waited for has moved the attempt: it is found there by a second
        // look.
        return ended(sending, outcome, detail)
                .or(() -> ended(sending, outcome, detail))
                .orElseThrow();
    }

    private Optional<Instant> ended(Sending sending, String outcome, String detail) {
        return db.sql("""
                        update attempt set ended_at = clock_timestamp(), outcome = :outcome, detail = :detail
                        where message = (select seq from message where id = :id) and no = :attempt
                        returning started_at
                        """)
                .param("outcome", outcome)
                .param("detail", detail)
                .param("id", sending.id())
                .param("attempt", sending.attempt())
                .query(Instant.class)
                .optional();
    }

    private void park(Sending sending, Fault fault) {
        int parked = db.sql("""
                        update message set state = 'PARKED', fault = :fault, last_fault = :fault, parked_at = clock_timestamp(),
                            reason_vi = :reasonVi, reason_en = :reasonEn, remedy_vi = :remedyVi, remedy_en = :remedyEn,
                            claimed_until = null
                        where id = :id and state = 'QUEUED' and attempts = :attempt
                        """)
                .param("fault", fault.code())
                .param("reasonVi", fault.reason().vi())
                .param("reasonEn", fault.reason().en())
                .param("remedyVi", fault.remedy().vi())
                .param("remedyEn", fault.remedy().en())
                .param("id", sending.id())
                .param("attempt", sending.attempt())
                .update();
        if (parked > 0) {
            fault.logParked(sending.id(), sending.kind(), "to " + sending.partner());
        }
    }

    /**
     * An operator stops the way to a partner; what is being carried right now ends as it ends.
     *
     * @throws Refused UNKNOWN, or CONFLICT {@code line-paused}
     */
    @Transactional
    public void pause(String partner, String by, String reason) {
        LineState line = lockLine(partner);
        if (line.state.equals("PAUSED")) {
            throw refused("line-paused", "Đường tới đối tác này đang tạm dừng rồi.", "This line is paused already.");
        }
        db.sql("""
                        update line set state = 'PAUSED', fault = null, reason_vi = :reason, reason_en = :reason, paused_by = :by,
                            since = clock_timestamp(), turned_at = clock_timestamp(), next_probe_at = null
                        where partner = :partner
                        """)
                .param("reason", reason)
                .param("by", by)
                .param("partner", partner)
                .update();
        empty(partner);
        acts.ofPartner(partner, "PAUSE", by, reason);
    }

    /**
     * Lets a paused line go on, or tries a held one at once instead of at its next probe. One that was held when it was
     * paused is held again and tried: it is the same outage until the partner has answered.
     *
     * @throws Refused UNKNOWN, or CONFLICT {@code line-open}
     */
    @Transactional
    public void resume(String partner, String by, String reason) {
        resume(lockLine(partner), partner, by, reason);
    }

    /**
     * The same, by who saw in what state it was: what somebody has done since is not undone unseen.
     *
     * @param pausedSince of the pause that was seen; null when it was in another state
     * @throws Refused UNKNOWN, or CONFLICT {@code line-open}, {@code line-changed}
     */
    @Transactional
    public void resume(String partner, String seen, @Nullable Instant pausedSince, String by, String reason) {
        LineState line = lockLine(partner);
        boolean another = line.state.equals("PAUSED") && !Objects.equals(line.since, pausedSince);
        if (!line.goes() && (another || !line.state.equals(seen))) {
            throw refused(
                    "line-changed",
                    "Từ lúc bạn mở trang, trạng thái của đường này đã đổi; hãy xem lại rồi mới làm.",
                    "Since you opened the page the state of this line has changed; look again before you act.");
        }
        resume(line, partner, by, reason);
    }

    private void resume(LineState line, String partner, String by, String reason) {
        if (line.state.equals("PROBING")) {
            throw refused(
                    "line-open", "Đường tới đối tác này đang được thử.", "This line is being tried at this moment.");
        }
        if (line.goes()) {
            throw refused("line-open", "Đường tới đối tác này đang mở.", "This line is open.");
        }
        if (line.state.equals("HELD")) {
            db.sql("update line set next_probe_at = clock_timestamp() where partner = :partner")
                    .param("partner", partner)
                    .update();
        } else if (!goesOnWithItsOutage(partner)) {
            db.sql("""
                            update line set state = 'OPEN', fault = null, reason_vi = null, reason_en = null, paused_by = null, failures = 0,
                                since = clock_timestamp(), turned_at = clock_timestamp()
                            where partner = :partner
                            """).param("partner", partner).update();
        }
        acts.ofPartner(partner, "RESUME", by, reason);
        Told.here(relay::wake).wakeAfterwards(partner);
    }

    private boolean goesOnWithItsOutage(String partner) {
        return db.sql("""
                        update line l set state = 'HELD', fault = i.fault, reason_vi = i.reason_vi, reason_en = i.reason_en, paused_by = null,
                            since = i.began_at, turned_at = clock_timestamp(), next_probe_at = clock_timestamp()
                        from incident i where l.partner = :partner and i.partner = l.partner and i.way = 'OUT' and i.ended_at is null
                        """).param("partner", partner).update() > 0;
    }

    private LineState lockLine(String partner) {
        return db.sql(STATE)
                .param("partner", partner)
                .query(LineState.class)
                .optional()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "unknown-partner",
                        "partner",
                        "Không có đường nào tới đối tác này.",
                        "There is no line to this partner."));
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, code, "partner", vi, en);
    }

    private record LineState(
            String state, @Nullable Instant since, @Nullable Instant turnedAt, int failures, long answers) {

        boolean goes() {
            return state.equals("OPEN") || state.equals("PROBING");
        }
    }
}
