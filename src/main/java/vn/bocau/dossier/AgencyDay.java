package vn.bocau.dossier;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.Deadlines;

/**
 * What is owed on the legs of an agency, by it and by others, and on the dossiers that were sent on to it in no envelope; and
 * what of it will be late. No personal data.
 */
@Component
public class AgencyDay {

    /** Whose turn it is, as a clerk looks at it. */
    public enum Turn {
        /** The agency's own: it is named with the act. */
        OURS,
        /** It comes back to the agency. */
        COMING_BACK,
        /** The citizen comes for it, asks again, or lets it be. */
        CITIZEN,
        /** The post fetches, carries, delivers, decides. */
        POST,
        /** An operator sees to what was lost or damaged. */
        OPERATOR
    }

    /** Where on the desk the agency does what it owes. */
    public enum Where {
        RESULTS,
        HANDOVER,
        RETURNS,
        PAPERS
    }

    /** {@link Where} of the progress {@code p} of a leg {@code l}. */
    private static final String PLACE = """
            case when p.next_act = 'EXPLAIN_DIFFERENCE' and l.kind <> 'RESULT' then 'HANDOVER'
                when p.next_act in ('DISPATCH', 'EXPLAIN_DIFFERENCE', 'REISSUE') then 'RESULTS'
                when p.step in ('AGENCY_RETURNED', 'HANDED_TO_AGENCY') then 'PAPERS'
                else 'RETURNS' end""";

    private final JdbcClient db;
    private final Deadlines deadlines;

    AgencyDay(JdbcClient db, Deadlines deadlines) {
        this.db = db;
        this.deadlines = deadlines;
    }

    /**
     * How much of one kind is owed.
     *
     * @param act what the agency owes; of the others, what most of them owe is not told: it is theirs
     * @param where its page; null when it is not the agency's turn
     * @param overdue past its deadline
     * @param today due before the end of today
     * @param tomorrow due after that, and before the end of the next working day: late tomorrow if nothing is done
     * @param earliest the first deadline
     */
    public record Load(
            Turn turn,
            Word act,
            @Nullable Where where,
            long count,
            long overdue,
            long today,
            long tomorrow,
            Instant earliest) {}

    /** What the agency owes first, the most urgent on top; then what others owe. */
    @Transactional(readOnly = true)
    public List<Load> of(String agency) {
        Instant now = Legs.now();
        return db.sql("""
                        with owed as (
                            select p.due_at,
                                case when p.owner_kind = 'AGENCY' and p.owner = :agency then 'OURS'
                                    when l.kind = 'RETURN' then 'COMING_BACK'
                                    when p.owner_kind = 'CITIZEN' or p.next_act = 'HAND_OUT' then 'CITIZEN'
                                    when p.owner_kind = 'OPERATOR' then 'OPERATOR'
                                    else 'POST' end as turn,
                                p.next_act,
                                %s as place
                            from progress p join leg l on l.id = p.leg
                            where not p.closed and (l.agency = :agency or p.owner_kind = 'AGENCY' and p.owner = :agency)
                              and not (p.owner_kind = 'AGENCY' and p.owner <> :agency)
                            union all
                            select d.decide_by, 'OURS', 'DECIDE_ON_DOSSIER', 'PAPERS' from dossier d
                            where d.agency = :agency and %s)
                        select turn, case when turn = 'OURS' then next_act else turn end as act,
                            case when turn = 'OURS' then place end as place, count(*) as count,
                            count(*) filter (where due_at < :now) as overdue,
                            count(*) filter (where due_at >= :now and due_at <= :today) as today,
                            count(*) filter (where due_at > :today and due_at <= :tomorrow) as tomorrow,
                            min(due_at) as earliest
                        from owed group by 1, 2, 3 order by turn <> 'OURS', min(due_at), 2
                        """.formatted(PLACE, AgencyDossiers.AWAITS_ANSWER))
                .param("agency", agency)
                .param("now", Writes.at(now))
                .param("today", Writes.at(deadlines.endOf(Legs.today())))
                .param("tomorrow", Writes.at(deadlines.atDesks().workingDays(now, 1)))
                .query((row, n) -> {
                    Turn turn = Turn.valueOf(row.getString("turn"));
                    return new Load(
                            turn,
                            turn == Turn.OURS ? word(row.getString("act")) : new Word(turn.name(), "", ""),
                            row.getString("place") == null ? null : Where.valueOf(row.getString("place")),
                            row.getLong("count"),
                            row.getLong("overdue"),
                            row.getLong("today"),
                            row.getLong("tomorrow"),
                            row.getObject("earliest", OffsetDateTime.class).toInstant());
                })
                .list();
    }

    /**
     * One thing that the agency owes.
     *
     * @param dossier its first code
     * @param item null as long as it has no number
     */
    public record Duty(String dossier, @Nullable String item, Word act, Where where, Instant dueAt) {}

    /** What is due first is on top. */
    @Transactional(readOnly = true)
    public List<Duty> mostUrgent(String agency, int most) {
        return db.sql("""
                        with owed as (
                            select l.dossier, l.item, p.next_act, p.due_at, %s as place, l.id
                            from progress p join leg l on l.id = p.leg
                            where not p.closed and p.owner_kind = 'AGENCY' and p.owner = :agency
                            union all
                            select d.id, null, 'DECIDE_ON_DOSSIER', d.decide_by, 'PAPERS', d.id from dossier d
                            where d.agency = :agency and %s)
                        select f.code, o.item, o.next_act, o.due_at, o.place
                        from owed o join dossier_code f on f.dossier = o.dossier and f.no = 1
                        order by o.due_at, o.id limit :most
                        """.formatted(PLACE, AgencyDossiers.AWAITS_ANSWER))
                .param("agency", agency)
                .param("most", most)
                .query((row, n) -> new Duty(
                        row.getString("code"),
                        row.getString("item"),
                        word(row.getString("next_act")),
                        Where.valueOf(row.getString("place")),
                        row.getObject("due_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static Word word(String act) {
        return Word.of(Act.valueOf(act), Act.valueOf(act).text());
    }
}
