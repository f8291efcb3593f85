package vn.bocau.dossier;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import vn.bocau.code.Text;
import vn.bocau.directory.Directory;
import vn.bocau.directory.LoadReport;
import vn.bocau.directory.StillNeeded;

/**
 * Rows of the directory without which nobody could finish a dossier: agencies, post offices and procedures that open legs
 * name; and of dossiers that are neither decided nor refused the agency, the procedure, and the office at the citizen's
 * door, from which papers may still be fetched, or to which they may go back. A commune is not among them: an address is
 * read as of its day, and keeps its words when the row is gone.
 */
@Component
class NamedRows implements StillNeeded {

    /** By partial index alone: what is done is the most by far. */
    private static final String NEEDED = """
            (select named.what, named.name, l.dossier
                from progress p join leg l on l.id = p.leg join dossier d on d.id = l.dossier
                cross join lateral (values ('agency', l.agency), ('agency', l.to_agency), ('office', l.from_office),
                    ('office', l.to_office), ('procedure', d.procedure_code)) named (what, name)
                where not p.closed and named.name is not null
            union all
            select named.what, named.name, d.id
                from dossier d
                cross join lateral (values ('agency', d.agency), ('procedure', d.procedure_code)) named (what, name)
                where d.status < 9 and d.status <> 3 and named.name is not null
            union all
            select 'office', case when l.kind in ('PICKUP', 'SUPPLEMENT') then l.from_office else l.to_office end, d.id
                from dossier d join leg l on l.dossier = d.id
                where d.status < 9 and d.status <> 3 and l.kind in ('PICKUP', 'SUPPLEMENT', 'RESULT', 'ORIGINALS_BACK')
            ) needed
            """;

    private record Named(String what, String name) {}

    private final JdbcClient db;

    NamedRows(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<LoadReport.Refusal> missing(Directory next) {
        return db
                .sql("select distinct what, name from " + NEEDED + " order by what, name")
                .query(Named.class)
                .list()
                .stream()
                .filter(named -> row(named, next).isEmpty())
                .map(this::refusal)
                .toList();
    }

    private static Optional<?> row(Named named, Directory in) {
        return switch (named.what()) {
            case "agency" -> in.agency(named.name());
            case "office" -> in.office(named.name());
            default -> in.procedure(named.name());
        };
    }

    private LoadReport.Refusal refusal(Named named) {
        String file = switch (named.what()) {
            case "agency" -> "agencies.csv";
            case "office" -> "post-offices.csv";
            default -> "procedures.csv";
        };
        long dossiers = db.sql("select count(distinct dossier) from " + NEEDED + " where what = :what and name = :name")
                .param("what", named.what())
                .param("name", named.name())
                .query(Long.class)
                .single();
        return new LoadReport.Refusal(
                file,
                0,
                new Text(
                        "Thiếu dòng " + named.name() + ": còn " + dossiers
                                + " hồ sơ chưa xong cần đến; hãy giữ dòng này, hoặc đưa nó trở lại, cho đến khi xong.",
                        "The row " + named.name() + " is missing: " + dossiers
                                + " dossiers that are not done need it; keep it, or put it back, until they are."));
    }
}
