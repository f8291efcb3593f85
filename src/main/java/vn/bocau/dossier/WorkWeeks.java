package vn.bocau.dossier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import vn.bocau.directory.Directories;
import vn.bocau.directory.WorkWeek;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.Rules;

/** The days on which the post and the agencies work: their weeks, but for what the files name. */
@Configuration
class WorkWeeks {

    @Bean
    Deadlines deadlines(Rules rules, Directories directories) {
        return new Deadlines(
                rules,
                day -> directories.current().isWorked(WorkWeek.POST, day),
                day -> directories.current().isWorked(WorkWeek.AGENCY, day));
    }
}
