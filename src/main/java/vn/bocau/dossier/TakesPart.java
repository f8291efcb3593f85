package vn.bocau.dossier;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;

/**
 * Which dossiers somebody may know of who may know of some partners alone: one of these shows it to the citizen, carries
 * an item of it, has a code of its own for it, or is the system of the agency that decides it.
 */
@Component
class TakesPart {

    /** Of dossier d, for {@code :partners}, null for all. */
    static final String SQL = """
            (cast(:partners as text[]) is null or d.portal = any(cast(:partners as text[]))
                or d.agency = any(cast(:agencies as text[]))
                or exists (select from leg c where c.dossier = d.id and c.carrier = any(cast(:partners as text[])))
                or exists (select from dossier_code s where s.dossier = d.id and s.system = any(cast(:partners as text[]))))
            """;

    private final Directories directories;

    TakesPart(Directories directories) {
        this.directories = directories;
    }

    /** @param partners null for all */
    StatementSpec of(StatementSpec asked, @Nullable Set<String> partners) {
        return asked.param("partners", partners == null ? null : partners.toArray(String[]::new))
                .param("agencies", partners == null ? null : agencies(partners));
    }

    private String[] agencies(Set<String> partners) {
        return directories.current().agencies().stream()
                .filter(agency -> agency.partner() != null && partners.contains(agency.partner()))
                .map(Agency::id)
                .toArray(String[]::new);
    }
}
