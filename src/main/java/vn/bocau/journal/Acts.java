package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;
import vn.bocau.code.Refused;

/**
 * What an operator may do to a message. Each act is refused when the message's state does not allow it, and each leaves
 * who, when and why.
 */
@Component("acts")
public class Acts {

    private static final Set<String> WAITS = Set.of("PARKED", "PENDING", "QUEUED");

    private final JdbcClient db;
    private final Relay relay;
    private final Waiters waiters;
    private final AuditTrail trail;
    private final Edits edits;

    Acts(JdbcClient db, Relay relay, Waiters waiters, AuditTrail trail, Edits edits) {
        this.db = db;
        this.relay = relay;
        this.waiters = waiters;
        this.trail = trail;
        this.edits = edits;
    }

    /**
     * Lets a parked message try again: one to a partner returns to its place in its line.
     *
     * @return one that came in, as it came, to enter once more where it first did: it is retried, and that is kept, once it is
     *     accepted there; otherwise the act itself
     * @throws Refused CONFLICT {@code not-parked}; {@code mend-over} when its mend was ended before its turn
     */
    @Transactional
    public Object retry(Retry retry) {
        Subject subject = lock(retry.message());
        if (!subject.state.equals("PARKED")) {
            throw refused(
                    "not-parked",
                    "Chỉ thử lại được thông điệp đang chờ người xử lý; thông điệp này ở trạng thái " + subject.state
                            + ".",
                    "Only a parked message can be retried; this one is " + subject.state + ".");
        }
        if (retry.mend() != null && !stillHas(retry.mend(), subject)) {
            throw refused(Mends.OVER, "Đợt sửa này đã kết thúc.", "This mend is over already.");
        }
        if (subject.direction.equals("IN")) {
            JsonNode said = Journal.parse(subject.body);
            return new Inbound(subject.partner, subject.key, subject.kind, said, said, retry);
        }
        edits.lapse(subject.seq, retry.by());
        note(subject, "RETRY", retry.by(), retry.reason());
        pendingAgain(subject);
        return retry;
    }

    /** Keeps that somebody let one that came in try again, and that it was refused again; not of one that waits no more. */
    @Transactional
    public void inVain(Retry retry, Throwable failure) {
        Audited.Outcome outcome =
                Outages.find(Refused.class, failure).isPresent() ? Audited.Outcome.REFUSED : Audited.Outcome.FAILED;
        db.sql("select partner from message where id = :id and state = 'PARKED'")
                .param("id", retry.message())
                .query(String.class)
                .optional()
                .ifPresent(partner -> trail.note(new Audited(
                        retry.by(),
                        "RETRY",
                        outcome,
                        Audited.Kind.MESSAGE,
                        retry.message().toString(),
                        partner,
                        retry.reason(),
                        null)));
    }

    /** Whoever ends the mend meanwhile waits until this is kept. */
    private boolean stillHas(UUID mend, Subject subject) {
        return db.sql("""
                        select 1 from mend d join mend_item i on i.mend = d.id
                        where d.id = :mend and d.ended_at is null and i.message = :seq and i.state = 'WAITING'
                        for share of d
                        """)
                .param("mend", mend)
                .param("seq", subject.seq)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /**
     * Gives a message up: it will not be carried out, or not be told. What waits behind it goes on. One in a feed is read no more;
     * whoever fetches may have read it before.
     *
     * @throws Refused CONFLICT {@code not-open} when it is done, given up already, or being carried right now
     */
    @Transactional
    public void discard(UUID message, String by, String reason) {
        Subject subject = lock(message);
        if (!WAITS.contains(subject.state)) {
            throw refused(
                    "not-open",
                    "Chỉ bỏ được thông điệp đang chờ; thông điệp này ở trạng thái " + subject.state + ".",
                    "Only a message that waits can be discarded; this one is " + subject.state + ".");
        }
        if (subject.carried) {
            throw refused(
                    "not-open",
                    "Thông điệp này đang được chuyển tới đối tác; hãy thử lại sau khi lần chuyển ấy xong.",
                    "This message is being carried to its partner; try again when that attempt has ended.");
        }
        edits.lapse(subject.seq, by);
        note(subject, "DISCARD", by, reason);
        db.sql("update message set state = 'DISCARDED', closed_at = clock_timestamp() where seq = :seq")
                .param("seq", subject.seq)
                .update();
        wake(subject);
    }

    /**
     * Tells a partner again what he has confirmed before, under the same id. Not when he has heard something later of the dossier:
     * that would move it back. Who has lost that too is told all of it in order, by {@link Replays}.
     *
     * @throws Refused CONFLICT {@code not-confirmed}, {@code heard-later}
     */
    @Transactional
    public void replay(UUID message, String by, String reason) {
        Subject subject = confirmed(message);
        if (hasHeardLater(subject, Instant.EPOCH)) {
            throw refused(
                    "heard-later",
                    "Đối tác đã nhận, hoặc đang nhận, điều sau đó của hồ sơ này; gửi lại sẽ kéo lùi hồ sơ. Nếu đối tác mất cả những"
                            + " điều sau, hãy gửi lại từ một thời điểm.",
                    "The partner has heard, or is hearing, something later of this dossier; telling it would move it back. If the"
                            + " partner has lost that too, replay from a point in time.");
        }
        // Whatever a mend was to do with what was confirmed, or was to tell of it: a person has dealt with it by this.
        db.sql(
                        "update mend_item set state = 'LEFT', ended_at = clock_timestamp() where message = :seq and state = 'WAITING'")
                .param("seq", subject.seq)
                .update();
        again(subject, by, reason);
    }

    /**
     * The same to a partner who keeps again what he hears since {@code until}.
     *
     * @return false when he has heard something later of the dossier since then, or hears it right now
     */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean replay(UUID message, Instant until, String by, String reason) {
        Subject subject = confirmed(message);
        boolean told = subject.closedAt != null && subject.closedAt.isBefore(until) && !hasHeardLater(subject, until);
        if (told) {
            again(subject, by, reason);
        }
        return told;
    }

    /**
     * In the relay's turn, and the feed's, so that nothing later goes meanwhile. First the turn, then the row: as the relay takes them.
     */
    private Subject confirmed(UUID message) {
        String partner = db.sql("select partner from message where id = :id")
                .param("id", message)
                .query(String.class)
                .optional()
                .orElseThrow(Records::unknown);
        waiters.among(() -> relay.turnOf(partner));
        Subject subject = lock(message);
        if (!subject.state.equals("CONFIRMED")) {
            throw refused(
                    "not-confirmed",
                    "Chỉ gửi lại được thông điệp mà đối tác đã xác nhận; thông điệp này ở trạng thái " + subject.state
                            + ".",
                    "Only a message its partner has confirmed can be told again; this one is " + subject.state + ".");
        }
        return subject;
    }

    private boolean hasHeardLater(Subject subject, Instant since) {
        return db.sql("""
                        select exists (select from message l
                            where l.direction = 'OUT' and l.partner = :partner and l.message_group = :group and l.seq > :seq
                              and (l.state = 'QUEUED' or HEARD))
                        """.replace("HEARD", Unasked.heard(":since")))
                .param("partner", subject.partner)
                .param("group", subject.messageGroup)
                .param("seq", subject.seq)
                .param("since", Timestamp.from(since))
                .query(Boolean.class)
                .single();
    }

    private void again(Subject subject, String by, String reason) {
        note(subject, "REPLAY", by, reason);
        pendingAgain(subject);
    }

    /**
     * In a feed it needs a new place, behind the cursor of a partner who has read on. What was confirmed is told from now on: how long
     * that takes says nothing of the time since it was first accepted.
     */
    private void pendingAgain(Subject subject) {
        db.sql("""
                        update message set state = 'PENDING', fault = null, reason_vi = null, reason_en = null, remedy_vi = null,
                            remedy_en = null,
                            pended_at = case when state = 'CONFIRMED' then clock_timestamp() else pended_at end,
                            closed_at = null, claimed_until = null, feed_position = null, choked = 0, answers = null
                        where seq = :seq
                        """).param("seq", subject.seq).update();
        wake(subject);
    }

    private void wake(Subject subject) {
        Told.here(relay::wake).wakeAfterwards(subject.partner);
    }

    private Subject lock(UUID message) {
        return locked(message).or(() -> locked(message)).orElseThrow(Records::unknown);
    }

    /** None when it was waited for until an edit gave its row another id: the second look finds it where it is now. */
    private Optional<Subject> locked(UUID message) {
        return waiters.among(() -> db.sql(
                        "select seq, id, direction, partner, key, kind, message_group, body, state, closed_at,"
                                + " coalesce(claimed_until > clock_timestamp(), false) as carried from message where id = :id for update")
                .param("id", message)
                .query(Subject.class)
                .optional());
    }

    /** Keeps that somebody did something to a partner's way, and why. */
    public void ofPartner(String partner, String what, String by, String reason) {
        trail.note(Audited.act(by, what, Audited.Kind.PARTNER, partner, partner, reason));
    }

    private void note(Subject subject, String what, String by, String reason) {
        trail.note(Audited.act(by, what, Audited.Kind.MESSAGE, subject.id.toString(), subject.partner, reason));
    }

    private static Refused refused(String code, String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, code, "", vi, en);
    }

    private record Subject(
            long seq,
            UUID id,
            String direction,
            String partner,
            String key,
            String kind,
            @Nullable String messageGroup,
            String body,
            String state,
            @Nullable Instant closedAt,
            boolean carried) {

        @Override
        public String toString() {
            return "Subject[" + seq + " " + state + "]";
        }
    }
}
