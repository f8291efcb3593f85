package vn.bocau.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import vn.bocau.code.Sha256;

/**
 * Changes to what parked messages say. One that is approved keeps the row, and with it the place in the order and the
 * sender's key, and gets an id of its own; what it said before moves to another row under the old id, given up for good with
 * all that was tried with it. So nothing overtakes, a partner cannot take the new words for the old, and the sender who says
 * the old once more is known.
 */
@Component
public class Edits {

    /** The code of {@link #stale}. */
    public static final String STALE = "edit-stale";

    /** Of these words or of any that they have replaced: each had an id of its own. */
    private static final String MAYBE_HEARD = """
            exists (select from attempt a
                where (a.message = m.seq or a.message in (select x.original from edit x where x.message = m.seq))
                  and a.outcome is distinct from 'REFUSED')
            """;

    private static final String EDIT = """
            select e.id, m.id as message, o.id as original, m.partner, m.direction, m.kind, m.subject, e.state, e.difference,
                e.by, e.reason, e.made_at, e.ended_at, e.ended_by, e.ended_reason,
                e.state = 'PROPOSED' and %s as maybe_heard
            from edit e join message m on m.seq = e.message left join message o on o.seq = e.original
            """.formatted(MAYBE_HEARD);

    private final JdbcClient db;
    private final Waiters waiters;
    private final AuditTrail trail;

    Edits(JdbcClient db, Waiters waiters, AuditTrail trail) {
        this.db = db;
        this.waiters = waiters;
        this.trail = trail;
    }

    /**
     * @param seen what the message says, as the person saw it
     * @param edited what it is to say
     * @param difference of the two, masked
     * @throws Refused CONFLICT {@code not-editable}, {@code edit-open}, {@code edit-stale}
     */
    @Transactional
    public UUID propose(
            UUID message, JsonNode seen, JsonNode edited, List<Edit.Difference> difference, String by, String reason) {
        Place place = place(message);
        if (!Journal.parse(place.body).equals(seen)) {
            throw stale();
        }
        UUID id = UuidCreator.getTimeOrderedEpoch();
        JsonNode differs = Journal.tree(difference);
        int made = db.sql("""
                        insert into edit (id, message, based_on, body, difference, by, reason)
                        values (:id, :message, :basedOn, :body, :difference, :by, :reason) on conflict do nothing
                        """)
                .param("id", id)
                .param("message", place.seq)
                .param("basedOn", place.digest())
                .param("body", edited.toString())
                .param("difference", differs.toString())
                .param("by", by)
                .param("reason", reason)
                .update();
        if (made == 0) {
            throw conflict(
                    "edit-open",
                    "Đã có một đề nghị sửa thông điệp này đang chờ người thứ hai; hãy duyệt, từ chối hoặc rút nó trước.",
                    "A change to this message already waits for a second person; approve, reject or withdraw it first.");
        }
        note(by, "PROPOSE_EDIT", place, reason, detail(id, place.body, edited.toString(), difference));
        return id;
    }

    /**
     * Puts the new words in the place of the old, for the message to be retried in the same transaction.
     *
     * @param knowing that the partner may have the old words: under another id it cannot know the new ones for the same
     * @return what retries it
     * @throws Refused CONFLICT {@code edit-over}, {@code edit-stale}, {@code not-editable}, {@code edit-maybe-heard}; FORBIDDEN
     *     {@code edit-own}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Retry approve(UUID edit, boolean knowing, String by, String reason) {
        UUID message = one(edit).message();
        Place place = place(message);
        Open open = open(edit, place);
        if (open.by.equals(by)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "edit-own",
                    "",
                    "Đề nghị này của chính bạn; phải người thứ hai duyệt.",
                    "You proposed this yourself; a second person has to approve it.");
        }
        if (!MessageDigest.isEqual(open.basedOn, place.digest())) {
            throw stale();
        }
        Edit seen = one(edit);
        if (seen.maybeHeard() && !knowing) {
            throw conflict(
                    "edit-maybe-heard",
                    "Có thể đối tác đã nhận bản cũ: lần chuyển trước không có câu trả lời. Bản sửa mang mã khác nên đối tác không"
                            + " nhận ra là trùng; hãy hỏi đối tác, rồi xác nhận là vẫn gửi.",
                    "The partner may have the old words: an attempt had no answer. The new ones go under another id, so it cannot"
                            + " know them for a repeat; ask the partner, then confirm that they are to go.");
        }
        Replaced replaced = replace(place, open.body);
        end(edit, "APPROVED", by, reason, replaced.original);
        note(by, "EDITED", place, reason, detail(edit).put("into", replaced.message.toString()));
        note(
                by,
                "EDIT",
                place.named(replaced.message),
                reason,
                detail(edit, place.body, open.body, seen.difference())
                        .put("from", place.id.toString())
                        .put("proposedBy", open.by)
                        .put("maybeHeard", seen.maybeHeard()));
        return new Retry(replaced.message, by, reason);
    }

    /**
     * The same for words nobody has proposed, in a transaction that the caller undoes: to see whether they would be accepted.
     *
     * @throws Refused CONFLICT {@code not-editable}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Retry suppose(UUID message, JsonNode edited, String by, String reason) {
        return new Retry(replace(place(message), edited.toString()).message, by, reason);
    }

    private record Replaced(UUID message, long original) {}

    private Replaced replace(Place place, String body) {
        UUID fresh = UuidCreator.getTimeOrderedEpoch();
        db.sql("update message set id = :fresh where seq = :seq")
                .param("fresh", fresh)
                .param("seq", place.seq)
                .update();
        long original = db.sql("""
                        insert into message (id, direction, partner, key, kind, message_group, subject, cause, body, digest, trace,
                            answer, state, fault, last_fault, parked_at, reason_vi, reason_en, remedy_vi, remedy_en, attempts,
                            releases, choked, created_at, pended_at, queued_at, closed_at)
                        select :id, direction, partner, key || '~' || :id, kind, message_group, subject, cause, body, digest, trace,
                            answer, 'DISCARDED', fault, last_fault, parked_at, reason_vi, reason_en, remedy_vi, remedy_en, attempts,
                            releases, choked, created_at, pended_at, queued_at, clock_timestamp()
                        from message where seq = :seq
                        returning seq
                        """)
                .param("id", place.id)
                .param("seq", place.seq)
                .query(Long.class)
                .single();
        db.sql(
                        "update message set body = :body, digest = null, attempts = 0, releases = 0, choked = 0, answers = null where seq = :seq")
                .param("body", body)
                .param("seq", place.seq)
                .update();
        db.sql("update attempt set message = :original where message = :seq")
                .param("original", original)
                .param("seq", place.seq)
                .update();
        db.sql("""
                        update mend_item set message = :original,
                            ended_at = case when state in ('WAITING', 'SENT') then clock_timestamp() else ended_at end,
                            state = case when state in ('WAITING', 'SENT') then 'LEFT' else state end
                        where message = :seq
                        """).param("original", original).param("seq", place.seq).update();
        return new Replaced(fresh, original);
    }

    /** @throws Refused CONFLICT {@code edit-over} */
    @Transactional
    public void reject(UUID edit, String by, String reason) {
        close(edit, "REJECTED", "REJECT_EDIT", by, reason);
    }

    /** @throws Refused CONFLICT {@code edit-over}; FORBIDDEN {@code edit-not-own} */
    @Transactional
    public void withdraw(UUID edit, String by, String reason) {
        if (!one(edit).by().equals(by)) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "edit-not-own",
                    "",
                    "Chỉ người đề nghị mới rút được; người khác thì từ chối.",
                    "Only who proposed it can withdraw it; others reject it.");
        }
        close(edit, "WITHDRAWN", "WITHDRAW_EDIT", by, reason);
    }

    private void close(UUID edit, String state, String what, String by, String reason) {
        Place place = lock(one(edit).message());
        open(edit, place);
        end(edit, state, by, reason, null);
        note(by, what, place, reason, detail(edit));
    }

    /** Somebody deals with a message otherwise: what was proposed for it is void. */
    void lapse(long message, String by) {
        List<UUID> lapsed = db.sql("""
                        update edit set state = 'LAPSED', ended_at = clock_timestamp(), ended_by = :by
                        where message = :message and state = 'PROPOSED' returning id
                        """)
                .param("by", by)
                .param("message", message)
                .query(UUID.class)
                .list();
        for (UUID edit : lapsed) {
            Edit seen = one(edit);
            trail.note(new Audited(
                    by,
                    "LAPSE_EDIT",
                    Audited.Outcome.DONE,
                    Audited.Kind.MESSAGE,
                    seen.message().toString(),
                    seen.partner(),
                    null,
                    detail(edit).toString()));
        }
    }

    /** Whether these words came before under this key, and a person has put others in their place. */
    boolean isReplaced(Inbound in) {
        List<String> said = db.sql("""
                        select body from (
                            select o.body, o.seq from message m join edit e on e.message = m.seq join message o on o.seq = e.original
                            where m.partner = :partner and m.direction = 'IN' and m.key = :key
                            union all
                            select body, 0 from message where partner = :partner and direction = 'IN' and key = :key) w
                        order by seq
                        """)
                .param("partner", in.partner())
                .param("key", in.key())
                .query(String.class)
                .list();
        if (said.size() < 2) {
            return false;
        }
        byte[] now = Journal.digest(in.received());
        return !isSame(said.get(0), now) && said.stream().anyMatch(body -> isSame(body, now));
    }

    private static boolean isSame(String body, byte[] digest) {
        return Arrays.equals(Journal.digest(Journal.parse(body)), digest);
    }

    /** @throws Refused UNKNOWN {@code unknown-edit} */
    public Edit one(UUID id) {
        return db.sql(EDIT + " where e.id = :id")
                .param("id", id)
                .query(Edits::edit)
                .optional()
                .orElseThrow(Edits::unknown);
    }

    static Refused unknown() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-edit",
                "id",
                "Không có đề nghị sửa này.",
                "There is no such proposal.");
    }

    /** Whether the partner may have what a message says, or said before it was edited: an attempt was not answered by a refusal. */
    public boolean maybeHeard(UUID message) {
        return db.sql("select " + MAYBE_HEARD + " from message m where m.id = :id")
                .param("id", message)
                .query(Boolean.class)
                .single();
    }

    /** All that were proposed for a message, or for what took its place; the oldest first. */
    public List<Edit> of(UUID message) {
        return db.sql(EDIT + " where m.id = :id or o.id = :id order by e.made_at, e.id")
                .param("id", message)
                .query(Edits::edit)
                .list();
    }

    /**
     * Those that wait for a second person first, then the newest.
     *
     * @param partners of these alone; null for all
     */
    public List<Edit> all(@Nullable Set<String> partners, @Nullable String state, int from, int size) {
        return db.sql(EDIT
                        + " where (cast(:state as text) is null or e.state = :state)"
                        + (partners == null ? "" : " and m.partner = any(:partners)")
                        + " order by e.state <> 'PROPOSED', e.made_at desc, e.id offset :from limit :size")
                .param("state", state)
                .param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("from", from)
                .param("size", size)
                .query(Edits::edit)
                .list();
    }

    private static Edit edit(ResultSet row, int n) throws SQLException {
        return new Edit(
                row.getObject("id", UUID.class),
                row.getObject("message", UUID.class),
                row.getObject("original", UUID.class),
                row.getString("partner"),
                row.getString("direction"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("state"),
                differences(Journal.parse(row.getString("difference"))),
                row.getString("by"),
                row.getString("reason"),
                row.getTimestamp("made_at").toInstant(),
                row.getTimestamp("ended_at") == null
                        ? null
                        : row.getTimestamp("ended_at").toInstant(),
                row.getString("ended_by"),
                row.getString("ended_reason"),
                row.getBoolean("maybe_heard"));
    }

    private static List<Edit.Difference> differences(JsonNode all) {
        List<Edit.Difference> differences = new ArrayList<>();
        all.forEach(each -> differences.add(Edit.Difference.of(
                each.path("path").asText(),
                each.path("old").textValue(),
                each.path("now").textValue())));
        return differences;
    }

    private Place place(UUID message) {
        Place place = lock(message);
        if (!place.state.equals("PARKED")) {
            throw conflict(
                    "not-editable",
                    "Chỉ sửa được thông điệp đang chờ người xử lý; thông điệp này ở trạng thái " + place.state + ".",
                    "Only a parked message can be edited; this one is " + place.state + ".");
        }
        return place;
    }

    private Place lock(UUID message) {
        return locked(message).or(() -> locked(message)).orElseThrow(Records::unknown);
    }

    /** None when it was waited for until an edit gave its row another id: the second look finds it where it is now. */
    private Optional<Place> locked(UUID message) {
        return waiters.among(
                () -> db.sql("select seq, id, partner, kind, body, state from message where id = :id for update")
                        .param("id", message)
                        .query(Place.class)
                        .optional());
    }

    private Open open(UUID edit, Place place) {
        return db.sql("select by, based_on, body from edit"
                        + " where id = :id and message = :message and state = 'PROPOSED' for update")
                .param("id", edit)
                .param("message", place.seq)
                .query(Open.class)
                .optional()
                .orElseThrow(() -> conflict(
                        "edit-over",
                        "Đề nghị này đã được duyệt, từ chối, rút, hoặc hết hiệu lực vì thông điệp đã được xử lý cách khác.",
                        "This proposal was approved, rejected or withdrawn, or lapsed when somebody dealt with the message"
                                + " otherwise."));
    }

    private void end(UUID edit, String state, String by, String reason, @Nullable Long original) {
        db.sql("update edit set state = :state, ended_at = clock_timestamp(), ended_by = :by, ended_reason = :reason,"
                        + " original = :original where id = :id")
                .param("state", state)
                .param("by", by)
                .param("reason", reason)
                .param("original", original)
                .param("id", edit)
                .update();
    }

    private void note(String by, String what, Place place, String reason, JsonNode detail) {
        trail.note(new Audited(
                by,
                what,
                Audited.Outcome.DONE,
                Audited.Kind.MESSAGE,
                place.id.toString(),
                place.partner,
                reason,
                detail.toString()));
    }

    private static ObjectNode detail(UUID edit) {
        return JsonNodeFactory.instance.objectNode().put("edit", edit.toString());
    }

    /** Which fields, and what proves the words: no value of theirs, for nothing can be taken out of the record again. */
    private static ObjectNode detail(UUID edit, String was, String now, List<Edit.Difference> difference) {
        ObjectNode detail = detail(edit)
                .put("was", Sha256.hex(was.getBytes(StandardCharsets.UTF_8)))
                .put("now", Sha256.hex(now.getBytes(StandardCharsets.UTF_8)));
        var fields = detail.putArray("fields");
        difference.forEach(each -> fields.add(each.path()));
        return detail;
    }

    /** The message says something else than it did. */
    public static Refused stale() {
        return conflict(
                STALE,
                "Nội dung thông điệp đã khác lúc bạn xem; hãy mở lại và sửa từ bản hiện nay.",
                "The message says something else now than when it was looked at; open it again and edit that.");
    }

    private static Refused conflict(String code, String vi, String en) {
        return new Refused(Refused.Ground.CONFLICT, code, "", vi, en);
    }

    private record Place(long seq, UUID id, String partner, String kind, String body, String state) {

        byte[] digest() {
            return Sha256.of((kind + "\n" + body).getBytes(StandardCharsets.UTF_8));
        }

        Place named(UUID other) {
            return new Place(seq, other, partner, kind, body, state);
        }

        @Override
        public String toString() {
            return "Place[" + seq + " " + state + "]";
        }
    }

    private record Open(String by, byte[] basedOn, String body) {

        @Override
        public String toString() {
            return "Open[" + by + "]";
        }
    }
}
