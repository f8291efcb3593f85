package vn.bocau.dossier;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Partner;
import vn.bocau.dossier.Journey.Event;
import vn.bocau.dossier.Journey.News;
import vn.bocau.dossier.rules.HandlingCode;

/** What citizens are to be told, and when: written down with whatever brings it about. */
@Component
class NoticeBook {

    private final JdbcClient db;
    private final Directories directories;
    private final NoticeSettings settings;
    private final CitizenLinks links;

    NoticeBook(JdbcClient db, Directories directories, NoticeSettings settings, CitizenLinks links) {
        this.links = links;
        this.db = db;
        this.directories = directories;
        this.settings = settings;
    }

    /** A notice that is due. */
    record Entry(long id, Notice notice, int round) {}

    /** Who carries messages to citizens; while there is none, what is due waits for one, but not for long. */
    Optional<Partner> notifier() {
        return directories.current().partners().stream()
                .filter(partner ->
                        partner.kind() == Partner.Kind.NOTIFIER && partner.delivery() == Partner.Delivery.PUSH)
                .findFirst();
    }

    /** Writes down what follows from how these journeys stand now, and from what happened to them. */
    void write(Collection<Journey> journeys) {
        Instant now = Legs.now();
        List<Notice> all = new ArrayList<>();
        for (Journey journey : journeys) {
            journey.moved().stream()
                    .flatMap(leg -> Notice.of(journey, leg, settings, now).stream())
                    .filter(notice -> !isForToday(notice, now) || takenBack(notice) > 0)
                    .forEach(all::add);
            journey.news().forEach(news -> ofNews(journey, news, now).ifPresent(all::add));
        }
        write(all);
        takeBack(journeys, Notice.What.DELIVERED, "", Leg::isDeliveredNoMore);
        takeBack(journeys, Notice.What.COMING, Notice.day(now).toString(), Leg::comesToNoDoor);
    }

    /**
     * Of these it does not hold: whoever was told so is told that; which of it, and which round, is what that is about. What was
     * told, and then written down anew because it had not held, was told in the round before.
     *
     * @param from what is about something that comes before it is over
     */
    private void takeBack(Collection<Journey> journeys, Notice.What what, String from, Predicate<Leg> not) {
        UUID[] legs = journeys.stream()
                .flatMap(journey -> journey.moved().stream())
                .filter(leg -> Notice.isOfACitizen(leg) && not.test(leg))
                .map(Leg::id)
                .toArray(UUID[]::new);
        if (legs.length == 0) {
            return;
        }
        db.sql("""
                        insert into notice (leg, what, about, due_at)
                        select told.leg, :back, told.what_of, :now
                        from (select n.leg, n.state, n.about, ltrim(n.about || ' ' || r.round) as what_of, r.round = n.round as last
                            from notice n cross join lateral (values (n.round), (n.round - 1)) r (round)
                            where n.leg = any(:legs) and n.what = :what and n.about >= :from) told
                        where case when told.last then told.state = 'TOLD' else told.state <> 'TOLD' and exists (
                            select from notice back where back.leg = told.leg and back.what = :back
                                and back.about = told.what_of) end
                        on conflict (leg, what, about) do update set state = 'DUE', due_at = excluded.due_at
                            where notice.state = 'STALE'
                        """)
                .param("back", Notice.What.BACK + what)
                .param("what", what.name())
                .param("from", from)
                .param("legs", legs)
                .param("now", Timestamp.from(Legs.now()))
                .update();
    }

    /**
     * Whoever is to come today was announced yesterday, or it was heard too late for that; unless that was taken back since, it is
     * not told today.
     */
    private static boolean isForToday(Notice notice, Instant now) {
        return notice.what() == Notice.What.COMING
                && notice.about().equals(Notice.day(now).toString());
    }

    private Optional<Notice> ofNews(Journey journey, News news, Instant now) {
        if (news.event() instanceof Event.Decided decided && decided.code().equals("SUPPLEMENT_ASKED")) {
            return journey.ofWhoSentPapers().stream()
                    .filter(Notice::isOfACitizen)
                    .reduce((before, after) -> after)
                    .map(leg -> new Notice(
                            leg.id(), Notice.What.SUPPLEMENT, decided.id().toString(), now));
        }
        if (news.leg() != null
                && news.event() instanceof Event.Handled handled
                && handled.report().code() == HandlingCode.ADDRESS_CHANGED
                && handled.report().source().equals(Citizens.TRACK)) {
            return Optional.of(new Notice(
                    news.leg().facts().id(),
                    Notice.What.MOVED,
                    handled.report().id() + " " + door(journey.id(), news.leg().facts()),
                    now));
        }
        return Optional.empty();
    }

    /** Somebody sends messages, and they are read at the telephone of this leg. */
    boolean reaches(Leg leg) {
        return notifier().isPresent() && Notice.isOfACitizen(leg);
    }

    /**
     * A link is to be sent to the telephone of this leg; at most one in an hour to the same.
     *
     * @throws Refused CONFLICT {@code nobody-sends}
     */
    void link(UUID dossier, Leg leg) {
        if (!reaches(leg)) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "nobody-sends",
                    "",
                    "Không gửi được tin nhắn đến số điện thoại này; hãy đổi trên cổng dịch vụ công, hoặc tại bưu cục.",
                    "No message can be sent to this telephone; change it on the public-service portal, or at the post"
                            + " office.");
        }
        Instant now = Legs.now().truncatedTo(ChronoUnit.SECONDS);
        UUID telephone = code(dossier, leg);
        if (!isLinkUnderWay(leg, telephone, now)) {
            write(List.of(new Notice(leg.id(), Notice.What.LINK, now + " " + telephone, now)));
        }
    }

    private boolean isLinkUnderWay(Leg leg, UUID telephone, Instant now) {
        return db.sql("""
                        select exists (
                            select from notice where leg = :leg and what = 'LINK' and split_part(about, ' ', 2) = :telephone
                              and state <> 'STALE' and (state = 'DUE' or cast(split_part(about, ' ', 1) as timestamptz) > :before))
                        """)
                .param("leg", leg.id())
                .param("telephone", telephone.toString())
                .param("before", Timestamp.from(now.minus(1, ChronoUnit.HOURS)))
                .query(Boolean.class)
                .single();
    }

    /** Its number does not stand here, but a corrected one is another. */
    UUID code(UUID dossier, Leg leg) {
        String link = links.toLookAt(dossier, leg.facts().citizen().phone());
        return UUID.nameUUIDFromBytes(link.getBytes(StandardCharsets.UTF_8));
    }

    /** It does not stand here either; another door is another. */
    UUID door(UUID dossier, LegFacts leg) {
        Party citizen = leg.citizen();
        String link = links.toLookAt(dossier, citizen.commune() + " " + citizen.street());
        return UUID.nameUUIDFromBytes(link.getBytes(StandardCharsets.UTF_8));
    }

    private void write(List<Notice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        db.sql("""
                        insert into notice (leg, what, about, due_at)
                        select distinct on (1, 2, 3) * from unnest(cast(:legs as uuid[]), cast(:what as text[]),
                            cast(:about as text[]), cast(:due as timestamptz[]))
                        on conflict (leg, what, about) do update set state = 'DUE', due_at = excluded.due_at,
                                round = notice.round + case when notice.state = 'TOLD' then 1 else 0 end
                            where notice.state = 'STALE'
                                -- Seen at its counter before it was thought to be there.
                                or notice.what = 'HELD' and notice.state = 'DUE' and excluded.due_at < notice.due_at
                                or notice.state = 'TOLD' and exists (
                                    select from notice back where back.leg = notice.leg and back.what = 'NOT_' || notice.what
                                        and back.about = ltrim(notice.about || ' ' || notice.round))
                        """)
                .param("legs", notices.stream().map(Notice::leg).toArray(UUID[]::new))
                .param("what", notices.stream().map(n -> n.what().name()).toArray(String[]::new))
                .param("about", notices.stream().map(Notice::about).toArray(String[]::new))
                .param("due", notices.stream().map(n -> n.dueAt().toString()).toArray(String[]::new))
                .update();
    }

    /** Dossiers of which something is due; those first that have waited longest. */
    List<UUID> due(Instant now, int most) {
        return db.sql("""
                        select l.dossier from notice n join leg l on l.id = n.leg
                        where n.state = 'DUE' and n.due_at <= :now
                        group by l.dossier order by min(n.due_at) limit :most
                        """)
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query(UUID.class)
                .list();
    }

    /** What is due of one dossier, in the order in which it became so. */
    List<Entry> due(UUID dossier, Instant now) {
        return db.sql("""
                        select n.id, n.leg, n.what, n.about, n.due_at, n.round from notice n join leg l on l.id = n.leg
                        where l.dossier = :dossier and n.state = 'DUE' and n.due_at <= :now
                        order by n.due_at, n.id
                        """)
                .param("dossier", dossier)
                .param("now", Timestamp.from(now))
                .query((row, n) -> new Entry(
                        row.getLong("id"),
                        new Notice(
                                row.getObject("leg", UUID.class),
                                Notice.What.valueOf(row.getString("what")),
                                row.getString("about"),
                                row.getTimestamp("due_at").toInstant()),
                        row.getInt("round")))
                .list();
    }

    UUID dossierOf(UUID leg) {
        return db.sql("select dossier from leg where id = :leg")
                .param("leg", leg)
                .query(UUID.class)
                .single();
    }

    /** Whether this round of it is the one the notifier is to be told. */
    boolean isTold(Notice.Told told) {
        return db.sql(
                        "select state = 'TOLD' and round = :round from notice where leg = :leg and what = :what and about = :about")
                .param("round", told.round())
                .param("leg", told.notice().leg())
                .param("what", told.notice().what().name())
                .param("about", told.notice().about())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** How often it was told, and taken back since: told anew, it is something else. */
    int takenBack(Notice notice) {
        return db.sql("""
                        select count(*) from notice
                        where leg = :leg and what = :back and state = 'TOLD' and split_part(about, ' ', 1) = :about
                        """)
                .param("leg", notice.leg())
                .param("back", Notice.What.BACK + notice.what())
                .param("about", notice.about())
                .query(Integer.class)
                .single();
    }

    /**
     * It was overtaken on its way: this round of it is over, and when it holds for another telephone it is due there. What was
     * never sent nobody has got, so nothing of it is taken back.
     *
     * @param tried it was sent, and may have arrived though no answer did
     */
    void overtaken(Notice.Told told, boolean anew, boolean tried, Instant now) {
        if (!tried) {
            db.sql("delete from notice where leg = :leg and what = :back and about = ltrim(:about || ' ' || :round)")
                    .param("leg", told.notice().leg())
                    .param("back", Notice.What.BACK + told.notice().what())
                    .param("about", told.notice().about())
                    .param("round", told.round())
                    .update();
        }
        db.sql("""
                        update notice set state = :state, round = round + 1, due_at = :now
                        where leg = :leg and what = :what and about = :about and state = 'TOLD' and round = :round
                        """)
                .param("state", anew ? "DUE" : "STALE")
                .param("now", Timestamp.from(now))
                .param("leg", told.notice().leg())
                .param("what", told.notice().what().name())
                .param("about", told.notice().about())
                .param("round", told.round())
                .update();
    }

    /** Nobody has been there for so long who could have told it. */
    void forget(Instant before) {
        db.sql("update notice set state = 'STALE' where state = 'DUE' and due_at < :before")
                .param("before", Timestamp.from(before))
                .update();
    }

    /**
     * The last of its kind that came about in its dossier, of links to the same telephone: those before it say nothing that this
     * one does not.
     */
    boolean isLatest(Notice notice) {
        return db.sql("""
                        select not exists (
                            select from notice this join leg l on l.id = this.leg join leg o on o.dossier = l.dossier
                            join notice later on later.leg = o.id and later.what = this.what and later.id > this.id
                                and (this.what <> 'LINK' or split_part(later.about, ' ', 2) = split_part(this.about, ' ', 2))
                            where this.leg = :leg and this.what = :what and this.about = :about)
                        """)
                .param("leg", notice.leg())
                .param("what", notice.what().name())
                .param("about", notice.about())
                .query(Boolean.class)
                .single();
    }

    void settle(Entry entry, boolean told) {
        db.sql("update notice set state = :state where id = :id")
                .param("state", told ? "TOLD" : "STALE")
                .param("id", entry.id())
                .update();
    }

    /** What could not be told of it is tried again in a while. */
    void later(UUID dossier, Instant now) {
        db.sql("""
                        update notice set due_at = :later where id in (
                            select n.id from notice n join leg l on l.id = n.leg
                            where l.dossier = :dossier and n.state = 'DUE' and n.due_at <= :now
                            for update of n skip locked)
                        """)
                .param("later", Timestamp.from(now.plus(10, ChronoUnit.MINUTES)))
                .param("dossier", dossier)
                .param("now", Timestamp.from(now))
                .update();
    }
}
