package vn.bocau.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How the partners stand right now, for numbers and alerts: from the open messages and the lines, so that history costs nothing. */
@Component
public class Standing {

    /** What its mapping calls a refusal is a partner's own affair, and it may have any number of names. */
    private static final int MOST_CODES = 20;

    private static final String OTHER = "OTHER";

    private final JdbcClient db;

    Standing(JdbcClient db) {
        this.db = db;
    }

    /**
     * Messages of one partner that wait for a person for one reason.
     *
     * @param code the fault's, or OTHER where one partner has more than can be counted apart
     * @param since when the first of them was parked; what is told again weeks later may have been accepted long before
     * @param first the oldest of them
     */
    public record Parked(String partner, String direction, String code, long count, Instant since, UUID first) {}

    public List<Parked> parked() {
        List<Parked> all = db.sql("""
                        select partner, direction, fault as code, count(*) as count, min(coalesce(parked_at, created_at)) as since,
                            (array_agg(id order by seq))[1] as first
                        from message where state = 'PARKED'
                        group by partner, direction, fault
                        order by partner, direction, count(*) desc, fault
                        """).query(Parked.class).list();
        Map<String, Integer> codes = new HashMap<>();
        Map<List<String>, Parked> few = new LinkedHashMap<>();
        for (Parked each : all) {
            boolean apart = each.code.matches("[a-z][a-z0-9.-]{0,39}")
                    && codes.merge(each.partner + " " + each.direction, 1, Integer::sum) <= MOST_CODES;
            Parked counted =
                    apart ? each : new Parked(each.partner, each.direction, OTHER, each.count, each.since, each.first);
            few.merge(List.of(counted.partner, counted.direction, counted.code), counted, Standing::together);
        }
        return new ArrayList<>(few.values());
    }

    private static Parked together(Parked one, Parked other) {
        Parked older = one.since.isAfter(other.since) ? other : one;
        return new Parked(one.partner, one.direction, one.code, one.count + other.count, older.since, older.first);
    }

    /**
     * The way to a partner, by whether the partner answers.
     *
     * @param seconds since when it does not; 0 while it does
     * @param calming whether it answers now, and has stopped and begun to in the last minutes: it may stop again
     */
    public record Outage(String partner, double seconds, Instant since, boolean calming) {}

    /** Of every line, also of those that are open. A pause ends no outage, nor does the night: whether the partner answers is not known then. */
    public List<Outage> outages() {
        return db.sql("""
                        select l.partner, coalesce(i.began_at, b.began_at, l.since) as since, b.began_at is not null as calming,
                            case when l.state in ('HELD', 'PROBING') or l.state in ('PAUSED', 'RESTING') and i.id is not null
                            then extract(epoch from clock_timestamp() - coalesce(i.began_at, l.since)) else 0 end as seconds
                        from line l
                        left join incident i on i.partner = l.partner and i.way = 'OUT' and i.ended_at is null and l.state <> 'OPEN'
                        left join lateral (
                            select o.began_at from incident o
                            where o.partner = l.partner and o.way = 'OUT' and o.failures_before > 0
                              and o.ended_at > clock_timestamp() - interval '10 minutes'
                            order by o.id desc limit 1) b on l.state = 'OPEN'
                        order by l.partner
                        """).query(Outage.class).list();
    }

    /** Of each partner that has a feed which cannot be read: what happens there is not heard. */
    public List<Outage> unread() {
        return db.sql("""
                        select partner, extract(epoch from clock_timestamp() - began_at) as seconds, began_at as since,
                            false as calming
                        from incident where way = 'IN' and ended_at is null order by partner
                        """).query(Outage.class).list();
    }

    /** Of each agency whose dropped files cannot be taken. */
    public List<Outage> undropped() {
        return db.sql("""
                        select partner, extract(epoch from clock_timestamp() - min(silent_since)) as seconds,
                            min(silent_since) as since, false as calming
                        from drop_outage group by partner order by partner
                        """).query(Outage.class).list();
    }

    /**
     * Of these partners, who fetch, those for whom something has waited for long, since when. Who asks for single things alone has
     * not stopped.
     *
     * @see Feed#LONG_UNFETCHED
     */
    public List<Outage> unfetched(Set<String> fetching) {
        return db.sql("""
                        select partner, extract(epoch from clock_timestamp() - since) as seconds, since, false as calming
                        from (select partner, min(coalesce(pended_at, created_at)) as since from message
                            where direction = 'OUT' and state in ('PENDING', 'QUEUED') and partner = any(:fetching)
                            group by partner) oldest
                        where since < clock_timestamp() - make_interval(secs => :long) and partner not in (SINGLY) order by partner
                        """.replace("SINGLY", Feed.SINGLY))
                .param("fetching", fetching.toArray(String[]::new))
                .param("long", Feed.LONG_UNFETCHED.toSeconds())
                .query(Outage.class)
                .list();
    }

    /** What people have paused, the longest first: stretches, and lines by {@code line.} and their partner. */
    public List<Stretches.Pause> paused() {
        return db.sql("""
                        select stretch, by, reason, since from stretch_pause
                        union all
                        select 'line.' || partner, paused_by, reason_vi, since from line where state = 'PAUSED'
                        order by since, stretch
                        """).query(Stretches.Pause.class).list();
    }

    /** How long ago a partner was last heard. */
    public record Heard(String partner, double seconds) {}

    /**
     * Of these partners those that were ever heard. Asked for as the index is ordered, which takes the partner for a range
     * of one: else PostgreSQL may go by seq alone, and read the whole journal backwards for a partner that never was.
     */
    public List<Heard> heard(Set<String> partners) {
        return db.sql("""
                        select p.partner, extract(epoch from clock_timestamp() - m.created_at) as seconds
                        from unnest(cast(:partners as text[])) as p (partner)
                        cross join lateral (
                            select created_at from message
                            where partner between p.partner and p.partner and direction = 'IN'
                            order by partner desc, seq desc limit 1) m
                        """)
                .param("partners", partners.toArray(String[]::new))
                .query(Heard.class)
                .list();
    }
}
