package vn.bocau.dossier;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import vn.bocau.directory.Directories;
import vn.bocau.dossier.rules.Deadlines;
import vn.bocau.dossier.rules.Rules;

/** The days on which the post works: its week, but for the holidays and the days worked in their place that the files name. */
@Configuration
class PostalWeek {

    @Bean
    Deadlines deadlines(Rules rules, Directories directories) {
        return new Deadlines(
                rules,
                day -> directories.current().dayOff(day).map(off -> !off).orElseGet(() -> Deadlines.inTheWeek(day)));
    }
}
