package vn.bocau.dossier;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.dossier.rules.Step;

/** Which legs of an office are open, in which commune the next act is to be done, and whom they are assigned to. */
@Component
class OpenStops {

    /** Asked for as a commune: those whose address is in words alone. */
    static final String NOWHERE = "none";

    private static final String[] TO_BE_FETCHED = Arrays.stream(Step.values())
            .filter(Step::toBeFetched)
            .map(Enum::name)
            .toArray(String[]::new);

    private static final String OURS =
            "p.owner_kind in ('POST_OFFICE', 'POSTAL_WORKER', 'SUPERVISOR') and p.owner = :office";

    private static final String AND_OF_OTHERS = "(" + OURS + " or p.owner_kind not in ('POST_OFFICE', 'POSTAL_WORKER',"
            + " 'SUPERVISOR') and l.carrier = 'OWN' and :office in (l.from_office, l.to_office))";

    /** The last version of an assignment holds. */
    private static final String STOPS = """
            from (select l.dossier, l.id as leg, p.due_at,
                    (case when l.kind <> 'RETURN' and p.step = any(:fetched) then l.sender else l.receiver end)
                        #>> '{address,commune}' as commune
                from progress p join leg l on l.id = p.leg
                where not p.closed and %s) s
            left join lateral (
                select a.worker, a.version from assignment a where a.office = :office and a.leg = s.leg
                order by a.version desc limit 1) item on true
            left join lateral (
                select a.worker from assignment a where a.office = :office and a.commune = s.commune
                order by a.version desc limit 1) rule on true
            where (cast(:commune as text) is null or coalesce(s.commune, 'none') = :commune)
                and (cast(:worker as text) is null or coalesce(item.worker, rule.worker) = :worker)
                and (not :overdue or s.due_at < clock_timestamp())
            """;

    private final JdbcClient db;

    OpenStops(JdbcClient db) {
        this.db = db;
    }

    /**
     * @param commune null for any, {@link #NOWHERE} for those without
     * @param worker user name; null for any
     * @param overdue only those past their deadline
     * @param ofOthers also what an agency, a citizen or an operator owes on legs of this office
     */
    record Wanted(
            String office,
            @Nullable String commune,
            @Nullable String worker,
            boolean overdue,
            boolean ofOthers) {

        static Wanted all(String office) {
            return new Wanted(office, null, null, false, false);
        }
    }

    /**
     * @param dueAt as {@code progress} keeps it
     * @param worker user name of whom it is assigned to, by its commune or by itself; null when to nobody
     * @param singly assigned by itself
     * @param version of its own assignment; 0 when there never was one
     */
    record Stop(
            UUID dossier, UUID leg, Instant dueAt, @Nullable String worker, boolean singly, int version) {}

    /** The most urgent first. */
    List<Stop> find(Wanted wanted, int from, int size) {
        return asked(
                        wanted,
                        "select s.dossier, s.leg, s.due_at, coalesce(item.worker, rule.worker) as worker,"
                                + " item.worker is not null as singly, coalesce(item.version, 0) as version ",
                        " order by s.due_at, s.leg offset :from limit :size")
                .param("from", from)
                .param("size", size)
                .query(Stop.class)
                .list();
    }

    long count(Wanted wanted) {
        return asked(wanted, "select count(*) ", "").query(Long.class).single();
    }

    /** @param earliest the first deadline */
    record Load(@Nullable String commune, long open, long overdue, Instant earliest) {}

    /** How much there is in each commune; the most urgent first. */
    List<Load> byCommune(Wanted wanted) {
        return asked(
                        wanted,
                        "select s.commune, count(*) as open,"
                                + " count(*) filter (where s.due_at < clock_timestamp()) as overdue,"
                                + " min(s.due_at) as earliest ",
                        " group by s.commune order by min(s.due_at), s.commune")
                .query(Load.class)
                .list();
    }

    private JdbcClient.StatementSpec asked(Wanted wanted, String select, String end) {
        return db.sql(select + STOPS.formatted(wanted.ofOthers() ? AND_OF_OTHERS : OURS) + end)
                .param("office", wanted.office())
                .param("fetched", TO_BE_FETCHED)
                .param("commune", wanted.commune())
                .param("worker", wanted.worker())
                .param("overdue", wanted.overdue());
    }
}
