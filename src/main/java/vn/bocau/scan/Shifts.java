package vn.bocau.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Refused;
import vn.bocau.dossier.Handlings;
import vn.bocau.dossier.Takings;
import vn.bocau.dossier.Takings.Taken;
import vn.bocau.wire.Json;

/**
 * Shifts begin on the phone, and end when everything made in them is here and the money has been counted. Between two of
 * them there is no gap: what is done after one was closed, or comes after, belongs to it until the next begins.
 */
@Component
class Shifts {

    /**
     * Everybody who took or handed over money of the same papers, from the first time on: a fee is carried from shift to
     * shift and from phone to phone, and whoever hands it over relieves the one who took it.
     */
    private static final String CONCERNED = """
            with moved as (
                select h.leg, h.item from handling v join handling h on h.id = coalesce(v.voids, v.id)
                where v.id = any(:handlings)),
            same as (
                select h.* from handling h join moved m on h.leg = m.leg
                union all
                select h.* from handling h join moved m on h.leg is null and m.leg is null and h.item = m.item),
            concerned as (
                select device, actor, min(device_seq) as seq, min(recorded_at) as heard from same
                where jsonb_exists_any(details, array['feeCollected', 'postageCollected', 'codCollected', 'feeRemitted'])
                group by device, actor)
            """;

    private final JdbcClient db;
    private final Takings takings;

    Shifts(JdbcClient db, Takings takings) {
        this.db = db;
        this.takings = takings;
    }

    /**
     * Opens a shift; the same again changes nothing. It may be told of when its worker is at another office by now: a phone
     * begins no other before it has told of it, so once one at another office was, it cannot be.
     *
     * @param lost whether the phone was reported lost: then it tells of the one that was open on it, and begins no more
     * @param office where it was opened; only one that the worker has signed in at with this phone is believed
     * @throws Refused CONFLICT {@code shift-open} when another shift of this phone is open, {@code shift-differs} when the id
     *     names another phone's; FORBIDDEN {@code device-revoked}
     */
    @Transactional
    Shift open(UUID id, Postal who, String device, boolean lost, String office, long firstSeq, Instant openedAt) {
        lockNobodys(who, device);
        if (lost && toldOfAnother(id, device)) {
            throw LostPhone.refused();
        }
        boolean fresh = db.sql("""
                        insert into shift (id, account, office, device, first_seq, opened_at)
                        select :id, :account,
                            coalesce((select min(d.office) from device_session d
                                where d.device = :device and d.account = :account and d.office = :said
                                  and not exists (select from shift since
                                    where since.device = :device and since.account = :account and since.opened
                                      and since.office <> :said and since.recorded_at > d.opened_at)), :office),
                            :device,
                            greatest(:first, (select max(s.last_seq) + 1 from shift s
                                left join discrepancy d on d.shift = s.id
                                where s.device = :device and s.account = :account
                                  and (s.opened or d.explained_at is not null))),
                            :opened
                        on conflict do nothing
                        """)
                        .param("id", id)
                        .param("account", who.user())
                        .param("office", who.office())
                        .param("said", office)
                        .param("device", device)
                        .param("first", firstSeq)
                        .param("opened", openedAt.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
        Shift shift = find(id).orElseThrow(() -> new Refused(
                Refused.Ground.CONFLICT,
                "shift-open",
                "id",
                "Máy này còn một ca chưa đóng: người mở ca đóng trên máy này, hoặc trưởng bưu cục đóng thay.",
                "A shift of this phone is still open: whoever opened it closes it here, or the supervisor does."));
        own(shift, who, device);
        if (fresh) {
            takeIn(shift);
        }
        return shift;
    }

    private boolean toldOfAnother(UUID id, String device) {
        return db.sql("""
                        select exists (select from shift s where s.device = :device and s.id <> :id and s.opened
                            and s.recorded_at > (select min(d.revoked_at) from device_session d
                                where d.device = :device and d.released_at is null))
                        """)
                .param("device", device)
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Nobody explains money of no shift while it is taken into one. */
    private void lockNobodys(Postal who, String device) {
        db.sql("select 1 from shift where device = :device and account = :account and not opened for update")
                .param("device", device)
                .param("account", who.user())
                .query((row, n) -> true)
                .list();
    }

    /**
     * What came before the word that its shift was open looked like money of no shift. It is this one's now, and counted
     * with it, unless somebody has explained it meanwhile. What was taken before this shift began stays nobody's.
     */
    private void takeIn(Shift shift) {
        db.sql("""
                        with nobodys as (
                            select s.id, s.first_seq from shift s left join discrepancy d on d.shift = s.id
                            where s.device = :device and s.account = :account and not s.opened and s.last_seq >= :first
                              and d.explained_at is null),
                        shortened as (
                            update shift set last_seq = :first - 1
                            where id in (select id from nobodys where first_seq < :first)),
                        void as (
                            delete from discrepancy
                            where shift in (select id from nobodys where first_seq >= :first))
                        delete from shift where id in (select id from nobodys where first_seq >= :first)
                        """)
                .param("device", shift.device())
                .param("account", shift.account())
                .param("first", shift.firstSeq())
                .update();
    }

    /**
     * A worker who is at another office by now may have made something for the former one, in a shift there; nothing, after
     * the phone itself has closed it.
     *
     * @param office of whoever sends
     * @param counts that the phone gave
     * @return the offices of those made at another, by their counts
     */
    Map<String, String> elsewhere(String account, String device, String office, List<Long> counts) {
        if (counts.isEmpty()) {
            return Map.of();
        }
        // Without an array, since PostgreSQL would plan it anew with each scan.
        List<Own> shifts = db.sql("""
                        select office, first_seq, last_seq, closed_by is not null as closed_for from shift
                        where device = :device and account = :account and first_seq <= :latest and first_seq >= coalesce((
                            select e.first_seq from shift e
                            where e.device = :device and e.account = :account and e.first_seq <= :earliest
                            order by e.first_seq desc limit 1), 0)
                        order by first_seq desc, recorded_at desc
                        """)
                .param("device", device)
                .param("account", account)
                .param("latest", Collections.max(counts))
                .param("earliest", Collections.min(counts))
                .query(Own.class)
                .list();
        Map<String, String> elsewhere = new HashMap<>();
        for (Long count : counts) {
            shifts.stream()
                    .filter(shift -> shift.firstSeq <= count)
                    .findFirst()
                    .filter(shift -> !shift.office.equals(office) && shift.mayHave(count))
                    .ifPresent(shift -> elsewhere.put(count.toString(), shift.office));
        }
        return elsewhere;
    }

    /**
     * Closes a shift and holds the money counted against what was taken; a difference opens a discrepancy. The same again
     * gets the same answer.
     *
     * @return {@code {"opening", "counted", "expected", "difference", "handlings", "evidenceMissing"}}
     * @throws Refused UNKNOWN {@code unknown-shift}; RULE {@code shift-incomplete} while handlings of it have not come;
     *     CONFLICT {@code shift-closed} when it was closed otherwise
     */
    @Transactional
    ObjectNode close(UUID id, Postal who, String device, Shift.Closing closing) {
        Shift shift = locked(id);
        own(shift, who, device);
        if (shift.closedBy() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "shift-closed",
                    "id",
                    "Trưởng bưu cục đã đóng ca này thay bạn và đã đếm tiền; có gì sai, hãy giải trình ở mục chênh lệch.",
                    "The supervisor closed this shift for you and counted the money; if it is wrong, explain the difference.");
        }
        if (shift.open()) {
            Taken taken = takings.of(device, shift.firstSeq(), closing.lastSeq());
            refuseIncomplete(taken, closing, shift);
            return store(shift, closing, taken);
        }
        if (!Long.valueOf(closing.counted()).equals(shift.counted())
                || !Long.valueOf(closing.lastSeq()).equals(shift.lastSeq())) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "shift-closed",
                    "id",
                    "Ca này đã đóng với số liệu khác; nếu đếm sai, hãy giải trình chênh lệch với trưởng bưu cục.",
                    "This shift was closed with other figures; if they were wrong, explain the difference to the supervisor.");
        }
        return answered(id);
    }

    private static void refuseIncomplete(Taken taken, Shift.Closing closing, Shift shift) {
        long made = closing.lastSeq() - shift.firstSeq() + 1;
        long lacking = made - taken.handlings() - closing.refused();
        if (lacking > 0) {
            throw new Refused(
                    Refused.Ground.RULE,
                    "shift-incomplete",
                    "/lastSeq",
                    "Còn " + lacking + " thao tác của ca này chưa về máy chủ; hãy gửi hết rồi đóng ca.",
                    lacking + " handlings of this shift have not arrived; send them all, then close it.");
        }
    }

    private ObjectNode store(Shift shift, Shift.Closing closing, Taken taken) {
        db.sql("update shift set last_seq = :last, closed_at = :closed, counted = :counted,"
                        + " counted_at = clock_timestamp() where id = :id")
                .param("last", closing.lastSeq())
                .param("closed", closing.closedAt().atOffset(ZoneOffset.UTC))
                .param("counted", closing.counted())
                .param("id", shift.id())
                .update();
        long expected = expected(shift.id());
        if (closing.counted() != expected) {
            openDiscrepancy(shift);
        }
        ObjectNode answer = Json.MAPPER
                .createObjectNode()
                .put("opening", shift.opening())
                .put("counted", closing.counted())
                .put("expected", expected)
                .put("difference", closing.counted() - expected)
                .put("handlings", taken.handlings())
                .put("evidenceMissing", taken.evidenceMissing());
        db.sql("update shift set answer = cast(:answer as jsonb) where id = :id")
                .param("answer", answer.toString())
                .param("id", shift.id())
                .update();
        return answer;
    }

    private long expected(UUID id) {
        return db.sql("select expected from shift_cash where shift = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private ObjectNode answered(UUID id) {
        String answer = db.sql("select answer from shift where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
        return (ObjectNode) Json.parse(answer);
    }

    private void openDiscrepancy(Shift shift) {
        db.sql("insert into discrepancy (shift, office) values (:shift, :office) on conflict do nothing")
                .param("shift", shift.id())
                .param("office", shift.office())
                .update();
    }

    /**
     * Money of shifts that were counted already: where one no longer tallies, there is a discrepancy. What was taken by
     * somebody who never opened a shift was counted by nobody: it is a shift of its own, in which nothing was counted.
     * Shifts that are being closed right now are waited for.
     */
    @EventListener
    void moved(Takings.Moved moved) {
        UUID[] handlings = moved.handlings().toArray(UUID[]::new);
        db.sql("""
                        insert into shift (id, account, office, device, first_seq, opened, opened_at, last_seq, closed_at,
                            counted, counted_at)
                        select gen_random_uuid(), h.actor, h.office, h.device, min(h.device_seq), false, min(h.happened_at),
                            max(h.device_seq), clock_timestamp(), 0, clock_timestamp()
                        from standing s join handling h on h.id = s.id
                        where h.id = any(:handlings) and h.source = :source and s.fee + s.postage + s.cod > 0
                          and not exists (select from shift own
                            where own.device = h.device and own.account = h.actor and own.first_seq <= h.device_seq)
                        group by h.actor, h.office, h.device
                        """)
                .param("handlings", handlings)
                .param("source", Handlings.PARTNER)
                .update();
        db.sql(CONCERNED + """
                        select s.id from concerned c join shift s on s.account = c.actor
                        where s.closed_at is null for share of s
                        """)
                .param("handlings", handlings)
                .query((row, n) -> true)
                .list();
        db.sql(CONCERNED + """
                        insert into discrepancy (shift, office)
                        select s.id, s.office
                        from concerned c join shift s on s.account = c.actor
                        join shift_cash cash on cash.shift = s.id
                        where s.closed_at is not null and s.counted <> cash.expected
                          and case when s.device = c.device then not exists (select from shift next
                                where next.device = c.device and next.account = c.actor
                                  and next.first_seq > s.first_seq and next.first_seq <= c.seq)
                              else s.recorded_at >= c.heard end
                        on conflict do nothing
                        """).param("handlings", handlings).update();
    }

    /**
     * Closes a shift whose phone cannot: it is lost or broken, or its worker is away and another needs it. The money was
     * not counted by who took it, so there is always a discrepancy, of nothing if it tallies, for another person to
     * settle; what the phone sends later still belongs to this shift. The same again gets the same answer.
     *
     * @param counted đồng the supervisor has in hand of it
     * @return {@code {"counted", "expected", "difference"}}
     * @throws Refused UNKNOWN {@code unknown-shift}; FORBIDDEN {@code one-person-alone} for the own one; CONFLICT
     *     {@code shift-closed}
     */
    @Transactional
    ObjectNode closeFor(UUID id, Postal supervisor, long counted, String why) {
        Shift shift = locked(id);
        if (!shift.office().equals(supervisor.office())) {
            throw unknown();
        }
        if (shift.account().equals(supervisor.user())) {
            throw new Refused(
                    Refused.Ground.FORBIDDEN,
                    "one-person-alone",
                    "",
                    "Không tự đóng thay ca của chính mình được; hãy đóng trên máy, hoặc nhờ người khác.",
                    "Nobody closes the own shift this way; close it on the phone, or let somebody else.");
        }
        if (shift.open()) {
            storeFor(shift, supervisor, counted, why);
        } else if (!supervisor.user().equals(shift.closedBy())
                || !Long.valueOf(counted).equals(shift.counted())) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "shift-closed",
                    "id",
                    "Ca này đã đóng rồi; hãy tải lại.",
                    "This shift is closed already; load it again.");
        }
        long expected = expected(id);
        return Json.MAPPER
                .createObjectNode()
                .put("counted", counted)
                .put("expected", expected)
                .put("difference", counted - expected);
    }

    private void storeFor(Shift shift, Postal supervisor, long counted, String why) {
        db.sql("""
                        update shift set closed_at = clock_timestamp(), counted = :counted, counted_at = clock_timestamp(),
                            closed_by = :by, closed_why = :why, last_seq = made.last
                        from (select coalesce(max(device_seq), :first - 1) as last from handling
                            where device = :device and device_seq >= :first) made
                        where id = :id
                        """)
                .param("counted", counted)
                .param("by", supervisor.user())
                .param("why", why)
                .param("first", shift.firstSeq())
                .param("device", shift.device())
                .param("id", shift.id())
                .update();
        openDiscrepancy(shift);
    }

    private Shift locked(UUID id) {
        db.sql("select 1 from shift where id = :id for update")
                .param("id", id)
                .query((row, n) -> true)
                .list();
        return find(id).orElseThrow(Shifts::unknown);
    }

    /** Somebody else's shift is as unknown as one that does not exist. */
    private static void own(Shift shift, Postal who, String device) {
        if (!shift.account().equals(who.user()) || !shift.device().equals(device)) {
            throw unknown();
        }
    }

    private static Refused unknown() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "unknown-shift",
                "id",
                "Không có ca này trên máy này.",
                "No such shift of this phone.");
    }

    private Optional<Shift> find(UUID id) {
        return db.sql("select s.id, s.account, s.office, s.device, s.first_seq, s.opened_at, c.opening, s.last_seq,"
                        + " s.closed_at, s.counted, s.closed_by"
                        + " from shift s join shift_cash c on c.shift = s.id where s.id = :id")
                .param("id", id)
                .query(Shift.class)
                .optional();
    }

    private record Own(
            String office, long firstSeq, @Nullable Long lastSeq, boolean closedFor) {

        /** What it closed itself by has ended it; whoever closed it for the worker did not know what was to come. */
        boolean mayHave(long count) {
            return lastSeq == null || closedFor || count <= lastSeq;
        }
    }
}
