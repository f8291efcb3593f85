package vn.bocau.alert;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.code.Text;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.dossier.rules.Rules;

/**
 * What a kind of owner will be late with soon, a batch at a time: what comes up after people were called is in the next one,
 * and of each they are told how it ended.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class DueSoon {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm dd/MM");

    private static final String PAGE = "/console/obligations";

    /** Citizens have messages of their own. */
    private static final String UNTOLD = """
            not p.closed and p.due_at >= :now and p.due_at < :until and p.owner_kind <> 'CITIZEN'
            and not exists (
                select from alert_due d where d.leg = p.leg and d.act = p.next_act and d.due_at = p.due_at)
            """;

    private final JdbcClient db;
    private final Warnings warnings;

    DueSoon(JdbcClient db, Warnings warnings) {
        this.db = db;
        this.warnings = warnings;
    }

    record Batch(UUID id, Alert alert) {}

    /** @param more whether people were called for others of these that are not over yet */
    private record New(String ownerKind, long count, Instant earliest, boolean more) {}

    /** Of each kind of owner what is in no batch yet, unless people were called for others just now. */
    List<Batch> begun(Instant now) {
        List<Batch> begun = new ArrayList<>();
        if (!warnings.mayBegin(now)) {
            return begun;
        }
        Instant until = warnings.until(now);
        for (New batch : db.sql("""
                        select p.owner_kind, count(*) as count, min(p.due_at) as earliest,
                            exists (select from alert a where a.kind = 'DUE_SOON' and a.ended_at is null
                                and split_part(a.about, ' ', 1) = p.owner_kind) as more
                        from progress p
                        where %s and not exists (
                            select from alert a where a.kind = 'DUE_SOON' and split_part(a.about, ' ', 1) = p.owner_kind
                              and a.since > :recently and a.since <= :now)
                        group by p.owner_kind order by min(p.due_at), p.owner_kind
                        """.formatted(UNTOLD))
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .param("recently", Timestamp.from(now.minus(warnings.pause())))
                .query(New.class)
                .list()) {
            begin(batch, now, until, begun);
        }
        return begun;
    }

    private void begin(New batch, Instant now, Instant until, List<Batch> begun) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        String about = batch.ownerKind + " " + time(now);
        int made = db.sql("insert into alert (id, kind, about, since) values (:id, 'DUE_SOON', :about, :now)"
                        + " on conflict (kind, about) where ended_at is null do nothing")
                .param("id", id)
                .param("about", about)
                .param("now", Timestamp.from(now))
                .update();
        if (made == 0) {
            return;
        }
        db.sql("""
                        insert into alert_due (alert, leg, act, due_at)
                        select :id, p.leg, p.next_act, p.due_at from progress p where %s and p.owner_kind = :owner
                        """.formatted(UNTOLD))
                .param("id", id)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .param("owner", batch.ownerKind)
                .update();
        begun.add(new Batch(id, alert(batch, about, now)));
    }

    private static Alert alert(New batch, String about, Instant now) {
        Text owners = OwnerKind.valueOf(batch.ownerKind).all();
        String first = time(batch.earliest);
        return new Alert(
                Alert.Kind.DUE_SOON,
                about,
                now,
                new Text(
                        (batch.more ? "Thêm việc của " : "Việc của ") + owners.vi() + " sắp đến hạn: " + batch.count
                                + ", sớm nhất lúc " + first + ".",
                        (batch.more ? "More acts owed by " : "Acts owed by ") + owners.en() + " are due soon: "
                                + batch.count + ", the first at " + first + "."),
                Map.of("owner", batch.ownerKind, "count", Long.toString(batch.count)),
                PAGE);
    }

    /** @param done in time, or owed by nobody any more */
    private record Ended(UUID id, String about, Instant since, long done, long moved, long late) {

        Batch batch() {
            String owner = about.split(" ", 2)[0];
            Text owners = OwnerKind.valueOf(owner).all();
            List<Text> parts = new ArrayList<>();
            add(parts, late, "quá hạn", "late");
            add(parts, done, "xong đúng hạn hoặc không còn phải làm", "done in time, or not owed any more");
            add(parts, moved, "có hạn khác", "with another deadline");
            return new Batch(
                    id,
                    new Alert(
                            Alert.Kind.DUE_SOON,
                            about,
                            since,
                            new Text(
                                    "Việc sắp đến hạn của " + owners.vi() + ", báo lúc " + time(since) + ": "
                                            + String.join(
                                                    ", ",
                                                    parts.stream().map(Text::vi).toList()) + ".",
                                    "Acts owed by " + owners.en() + " that were due soon, told at " + time(since) + ": "
                                            + String.join(
                                                    ", ",
                                                    parts.stream().map(Text::en).toList()) + "."),
                            Map.of(
                                    "owner", owner,
                                    "done", Long.toString(done),
                                    "moved", Long.toString(moved),
                                    "late", Long.toString(late)),
                            PAGE));
        }

        private static void add(List<Text> parts, long count, String vi, String en) {
            if (count > 0) {
                parts.add(new Text(count + " " + vi, count + " " + en));
            }
        }
    }

    /** Those of which each act was done, moved or missed. */
    List<Batch> ended(Instant now) {
        db.sql("""
                        with now as (
                            select d.alert, d.leg, d.act, d.due_at,
                                case when p.leg is not null and not p.closed and p.next_act = d.act then
                                        case when p.due_at <> d.due_at then 'MOVED' when d.due_at <= :now then 'LATE' end
                                    when p.happened_at > d.due_at then 'LATE' else 'DONE' end as ended
                            from alert_due d left join progress p on p.leg = d.leg where d.ended is null)
                        update alert_due d set ended = now.ended from now
                        where now.ended is not null and d.alert = now.alert and d.leg = now.leg and d.act = now.act
                          and d.due_at = now.due_at
                        """).param("now", Timestamp.from(now)).update();
        List<Ended> ended = db.sql("""
                        with over as (
                            update alert a set ended_at = clock_timestamp()
                            where kind = 'DUE_SOON' and ended_at is null
                              and not exists (select from alert_due d where d.alert = a.id and d.ended is null)
                            returning id, about, since),
                        counted as (
                            delete from alert_due d using over where d.alert = over.id returning d.alert, d.ended)
                        select over.id, over.about, over.since,
                            count(*) filter (where c.ended = 'DONE') as done,
                            count(*) filter (where c.ended = 'MOVED') as moved,
                            count(*) filter (where c.ended = 'LATE') as late
                        from over left join counted c on c.alert = over.id
                        group by over.id, over.about, over.since order by over.since, over.about
                        """).query(Ended.class).list();
        return ended.stream().map(Ended::batch).toList();
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(Rules.ZONE));
    }
}
