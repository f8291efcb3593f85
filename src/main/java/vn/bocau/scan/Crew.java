package vn.bocau.scan;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.dossier.Takings;

/** Who of a post office is out, and which phones have signed in there. */
@Component
class Crew {

    private final JdbcClient db;
    private final Takings takings;

    Crew(JdbcClient db, Takings takings) {
        this.db = db;
        this.takings = takings;
    }

    /**
     * An open shift, as far as the hub has heard. Amounts in đồng.
     *
     * @param openedAt by the phone's clock
     * @param recordedAt when the hub heard of it
     * @param heardAt when the phone last asked or said anything
     * @param missing handlings made before the last one that came, and not here: they are still on the phone
     * @param cash that should be in the worker's hands by now; null for the own shift of who asks, which is counted blind
     * @param evidenceMissing signatures and photos that were named and have not come
     * @param revoked the phone was reported lost
     */
    record Out(
            UUID id,
            String account,
            String device,
            Instant openedAt,
            Instant recordedAt,
            Instant heardAt,
            int handlings,
            long missing,
            @Nullable Long cash,
            int evidenceMissing,
            boolean revoked) {}

    /** The one heard of longest ago first. */
    @Transactional(readOnly = true)
    public List<Out> out(Postal supervisor, int from, int size) {
        record Open(
                UUID id,
                String account,
                String device,
                long firstSeq,
                @Nullable Long lastSeq,
                Instant openedAt,
                Instant recordedAt,
                Instant heardAt,
                long cash,
                boolean revoked) {}
        return db
                .sql("""
                        select s.id, s.account, s.device, s.first_seq, made.last_seq, s.opened_at, s.recorded_at,
                            greatest(s.recorded_at, made.at, phone.at) as heard_at, c.expected as cash,
                            coalesce(phone.revoked, false) as revoked
                        from shift s join shift_cash c on c.shift = s.id
                        left join lateral (
                            select max(h.device_seq) as last_seq, max(h.recorded_at) as at from handling h
                            where h.device = s.device and h.device_seq >= s.first_seq) made on true
                        left join lateral (
                            select max(d.seen_at) as at, bool_and(d.revoked_at is not null) as revoked
                            from device_session d where d.device = s.device) phone on true
                        where s.office = :office and s.closed_at is null
                        order by heard_at, s.id offset :from limit :size
                        """)
                .param("office", supervisor.office())
                .param("from", from)
                .param("size", size)
                .query(Open.class)
                .list()
                .stream()
                .map(shift -> {
                    long last = shift.lastSeq() == null ? shift.firstSeq() - 1 : shift.lastSeq();
                    Takings.Taken taken = takings.of(shift.device(), shift.firstSeq(), last);
                    return new Out(
                            shift.id(),
                            shift.account(),
                            shift.device(),
                            shift.openedAt(),
                            shift.recordedAt(),
                            shift.heardAt(),
                            taken.handlings(),
                            last - shift.firstSeq() + 1 - taken.handlings(),
                            shift.account().equals(supervisor.user()) ? null : shift.cash(),
                            taken.evidenceMissing(),
                            shift.revoked());
                })
                .toList();
    }

    /**
     * A phone on which somebody is signed in, or was last, within a month; or that this office reported lost. Of several the
     * latest sign-in.
     *
     * @param seenAt when it was last heard of, to the minute
     * @param revokedBy user name of who reported it lost; null like {@code revokedAt} when nobody has
     * @param releasedAt when a supervisor let people sign in on it again; null when none has
     */
    record Device(
            String device,
            String account,
            Instant openedAt,
            Instant seenAt,
            Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable String revokedBy,
            @Nullable Instant releasedAt) {}

    /** The one heard of last first. */
    List<Device> phones(String office, int from, int size) {
        return db.sql("""
                        select device, account, opened_at, seen_at, expires_at, revoked_at, revoked_by, released_at from (
                            select distinct on (device) * from device_session mine
                            where office = :office and case when revoked_at is null or released_at is not null
                                then expires_at > clock_timestamp() - interval '30 days' and %s
                                else revoked_office = :office end
                            order by device, opened_at desc) latest
                        order by seen_at desc, device offset :from limit :size
                        """.formatted(DeviceSessions.SPEAKS))
                .param("office", office)
                .param("from", from)
                .param("size", size)
                .query(Device.class)
                .list();
    }
}
