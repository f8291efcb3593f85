package vn.bocau.desk;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import vn.bocau.dossier.AgencyDay;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.dossier.AgencyPapers;
import vn.bocau.dossier.Oversight;
import vn.bocau.dossier.rules.Act;

/** Where a clerk begins: what is late, what is due, what will be late tomorrow, and whose turn it is. */
@Controller
class TodayPage {

    private static final int MOST_URGENT = 20;

    private final AgencyDay day;
    private final AgencyLegs legs;
    private final AgencyPapers papers;
    private final Oversight oversight;

    TodayPage(AgencyDay day, AgencyLegs legs, AgencyPapers papers, Oversight oversight) {
        this.day = day;
        this.legs = legs;
        this.papers = papers;
        this.oversight = oversight;
    }

    /** @param page of the desk on which something is done about it; null when it is not the clerk's turn */
    record Line(AgencyDay.Load load, @Nullable String page) {

        static Line of(AgencyDay.Load load) {
            AgencyDay.Where where = load.where();
            String ours = where == null ? null : where.name().toLowerCase(Locale.ROOT);
            return new Line(load, load.turn() == AgencyDay.Turn.COMING_BACK ? "returns" : ours);
        }
    }

    @GetMapping({"/desk", "/desk/"})
    String today(Model page, Authentication who) {
        String agency = Clerk.of(who).agency();
        List<Line> lines = day.of(agency).stream().map(Line::of).toList();
        page.addAttribute(
                "ours",
                lines.stream()
                        .filter(line -> line.load().turn() == AgencyDay.Turn.OURS)
                        .toList());
        page.addAttribute(
                "others",
                lines.stream()
                        .filter(line -> line.load().turn() != AgencyDay.Turn.OURS)
                        .toList());
        page.addAttribute("toBeFetched", legs.count(agency, Pile.TO_BE_FETCHED));
        page.addAttribute("papers", papers.of(agency, null, 0, 1).total());
        page.addAttribute("acts", Arrays.stream(Act.values()).collect(Collectors.toMap(Act::name, Act::text)));
        page.addAttribute(
                "urgent", oversight.owed(new Oversight.Wanted("AGENCY", agency, false, null, 0, MOST_URGENT)));
        return "desk/today";
    }
}
