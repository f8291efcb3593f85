package vn.bocau.dossier;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directory;
import vn.bocau.directory.LoadReport;
import vn.bocau.directory.StillNeeded;

/**
 * Rows of the directory without which nobody could finish a dossier: agencies, post offices and procedures that open legs
 * name; payees of their COD, until they have it, or what is missing of it was settled; and of dossiers that are neither decided nor refused the agency, the procedure, and the office at the citizen's
 * door, from which papers may still be fetched, or to which they may go back. Of a dossier that nobody has spoken of for
 * half a year, such as one whose result was fetched in person, they may go. A commune is not among them: an address is
 * read as of its day, and keeps its words when the row is gone.
 */
@Component
class NamedRows implements StillNeeded {

    /** Of a dossier {@code d}: something may be asked for still. */
    private static final String UNDECIDED = """
            d.status < 9 and d.status <> 3 and (d.created_at > now() - interval '180 days'
                or d.appointment > current_date - 180
                or exists (
                    select from leg of_it join progress its on its.leg = of_it.id
                    where of_it.dossier = d.id and its.happened_at > now() - interval '180 days')
                or exists (
                    select from dossier_event said
                    where said.dossier = d.id and said.recorded_at > now() - interval '180 days'))
            """;

    /** A file of the directory, where its rows are named, and how many dossiers need those of some names. */
    private enum Table {
        AGENCIES("agencies.csv", List.of("leg agency", "leg to_agency", "dossier agency"), """
                select name, count(distinct dossier) from (
                    select l.dossier, named.name from leg l join progress p on p.leg = l.id
                        cross join lateral (values (l.agency), (l.to_agency)) named (name)
                        where not p.closed and (l.agency = any(:names) or l.to_agency = any(:names))
                    union all
                    select d.id, d.agency from dossier d where d.agency = any(:names) and %s
                ) needed (dossier, name)
                where name = any(:names) group by name order by name
                """) {
            @Override
            Optional<?> row(String name, Directory in) {
                return in.agency(name);
            }
        },
        OFFICES("post-offices.csv", List.of("leg from_office", "leg to_office"), """
                select named.name, count(distinct l.dossier)
                from leg l join progress p on p.leg = l.id join dossier d on d.id = l.dossier
                cross join lateral (values (l.from_office, l.kind in ('PICKUP', 'SUPPLEMENT')),
                    (l.to_office, l.kind in ('RESULT', 'ORIGINALS_BACK'))) named (name, at_the_citizens_door)
                where (l.from_office = any(:names) or l.to_office = any(:names)) and named.name = any(:names)
                  and (not p.closed or named.at_the_citizens_door and %s)
                group by named.name order by named.name
                """) {
            @Override
            Optional<?> row(String name, Directory in) {
                return in.office(name);
            }
        },
        PROCEDURES("procedures.csv", List.of("dossier procedure_code"), """
                select d.procedure_code, count(*) from dossier d
                where d.procedure_code = any(:names) and (%s or exists (
                    select from leg l join progress p on p.leg = l.id where l.dossier = d.id and not p.closed))
                group by d.procedure_code order by d.procedure_code
                """) {
            @Override
            Optional<?> row(String name, Directory in) {
                return in.procedure(name);
            }
        },
        PAYEES("payees.csv", List.of("leg payee_asked", "leg payee_due", "owed_payee payee"), """
                select name, count(distinct dossier) from (
                    select l.dossier, named.name from leg l join progress p on p.leg = l.id
                        cross join lateral (values (l.payee_asked), (l.payee_due)) named (name)
                        where not p.closed and p.step <> 'DELIVERED'
                          and (l.payee_asked = any(:names) or l.payee_due = any(:names))
                    union all
                    select dossier, payee from owed_payee where payee = any(:names)
                ) needed (dossier, name)
                where name = any(:names) group by name order by name
                """) {
            @Override
            Optional<?> row(String name, Directory in) {
                return in.payee(name);
            }
        };

        private final String file;
        private final List<String> columns;
        private final String needing;

        Table(String file, List<String> columns, String needing) {
            this.file = file;
            this.columns = columns;
            this.needing = needing.formatted(UNDECIDED);
        }

        abstract Optional<?> row(String name, Directory in);
    }

    /** From one name of an index to the next: as quick with a hundred million rows as with a hundred. */
    private static final String NAMES = """
            with recursive named (name) as (
                (select %1$s from %2$s where %1$s is not null order by %1$s limit 1)
                union all
                select (select %1$s from %2$s where %1$s > named.name order by %1$s limit 1)
                from named where named.name is not null)
            select name from named where name is not null
            """;

    private final JdbcClient db;

    NamedRows(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<LoadReport.Refusal> missing(Directory next) {
        return Arrays.stream(Table.values())
                .flatMap(rows -> missing(rows, next))
                .toList();
    }

    private Stream<LoadReport.Refusal> missing(Table rows, Directory next) {
        String[] gone = rows.columns.stream()
                .flatMap(this::names)
                .distinct()
                .filter(name -> rows.row(name, next).isEmpty())
                .toArray(String[]::new);
        return gone.length == 0
                ? Stream.empty()
                : db
                        .sql(rows.needing)
                        .param("names", gone)
                        .query((row, n) -> refusal(rows.file, row.getString(1), row.getLong(2)))
                        .list()
                        .stream();
    }

    private Stream<String> names(String tableAndColumn) {
        String[] parts = tableAndColumn.split(" ");
        return db.sql(NAMES.formatted(parts[1], parts[0])).query(String.class).list().stream();
    }

    private static LoadReport.Refusal refusal(String file, String row, long dossiers) {
        return new LoadReport.Refusal(
                file,
                0,
                new Text(
                        "Thiếu dòng " + row + ": còn " + dossiers
                                + " hồ sơ chưa xong cần đến; hãy giữ dòng này, hoặc đưa nó trở lại, cho đến khi xong.",
                        "The row " + row + " is missing: " + dossiers
                                + " dossiers that are not done need it; keep it, or put it back, until they are."));
    }
}
