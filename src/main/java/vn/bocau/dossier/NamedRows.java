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
 * name, agencies and procedures of dossiers that are not decided yet. A commune is not among them: an address is read as
 * of its day, and keeps its words when the row is gone.
 */
@Component
class NamedRows implements StillNeeded {

    private static final String NAMED = """
            select named.what, named.name, count(distinct d.id) as dossiers
            from progress p join leg l on l.id = p.leg join dossier d on d.id = l.dossier
            cross join lateral (values ('agency', l.agency), ('agency', l.to_agency), ('agency', d.agency),
                ('office', l.from_office), ('office', l.to_office), ('procedure', d.procedure_code)) named (what, name)
            where (not p.closed or d.status < 9 and d.status <> 3 and named.what <> 'office') and named.name is not null
            group by named.what, named.name
            order by named.what, named.name
            """;

    private record Named(String what, String name, long dossiers) {}

    private final JdbcClient db;

    NamedRows(JdbcClient db) {
        this.db = db;
    }

    @Override
    public List<LoadReport.Refusal> missing(Directory next) {
        return db
                .sql(NAMED)
                .query((row, n) -> new Named(row.getString(1), row.getString(2), row.getLong(3)))
                .list()
                .stream()
                .filter(named -> row(named, next).isEmpty())
                .map(NamedRows::refusal)
                .toList();
    }

    private static Optional<?> row(Named named, Directory in) {
        return switch (named.what()) {
            case "agency" -> in.agency(named.name());
            case "office" -> in.office(named.name());
            default -> in.procedure(named.name());
        };
    }

    private static LoadReport.Refusal refusal(Named named) {
        String file = switch (named.what()) {
            case "agency" -> "agencies.csv";
            case "office" -> "post-offices.csv";
            default -> "procedures.csv";
        };
        return new LoadReport.Refusal(
                file,
                0,
                new Text(
                        "Thiếu dòng " + named.name() + ": còn " + named.dossiers()
                                + " hồ sơ có chặng bưu chính chưa xong cần đến; hãy để lại dòng này cho đến khi xong.",
                        "The row " + named.name() + " is missing: " + named.dossiers()
                                + " dossiers with open postal legs need it; leave it there until they are done."));
    }
}
