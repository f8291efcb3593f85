package vn.bocau.dossier;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;
import vn.bocau.journal.Inbound;

/** For which agency somebody speaks. */
@Component
class Deciders {

    private final Directories directories;

    Deciders(Directories directories) {
        this.directories = directories;
    }

    /**
     * A partner speaks for the agency of its row; a clerk, whom the desk has signed in, for {@code /by/agency}.
     *
     * @throws Refused FORBIDDEN {@code no-agency}
     */
    Decider of(Inbound in) {
        Directory known = directories.current();
        JsonNode clerk = in.payload().path("by");
        boolean atDesk = in.partner().equals(Decisions.DESK);
        Optional<Agency> agency = atDesk
                ? known.agency(clerk.path("agency").asText())
                : known.partner(in.partner()).map(Partner::agency).flatMap(known::agency);
        Author author = atDesk ? new Author(clerk.path("user").asText(), Decisions.DESK) : Author.partner(in.partner());
        return agency.map(found -> new Decider(found, author))
                .orElseThrow(() -> new Refused(
                        Refused.Ground.FORBIDDEN,
                        "no-agency",
                        "",
                        "Không đại diện cho cơ quan nào trong danh bạ.",
                        "Acts for no agency of the directory."));
    }
}
