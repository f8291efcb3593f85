package vn.bocau.desk;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import vn.bocau.dossier.AgencyDay;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.dossier.AgencyPapers;

/** Where a clerk begins: what is late, what is due, what will be late tomorrow, and whose turn it is. */
@Controller
class TodayPage {

    private static final int MOST_URGENT = 20;

    private final AgencyDay day;
    private final AgencyLegs legs;
    private final AgencyPapers papers;

    TodayPage(AgencyDay day, AgencyLegs legs, AgencyPapers papers) {
        this.day = day;
        this.legs = legs;
        this.papers = papers;
    }

    /** @param page of the desk that shows it; null when the clerk can do nothing about it */
    record Line(AgencyDay.Load load, @Nullable String page) {

        static Line of(AgencyDay.Load load) {
            AgencyDay.Where where = load.where();
            return new Line(
                    load,
                    switch (load.turn()) {
                        case OURS -> where == null ? null : pageOf(where);
                        case COMING_BACK, CITIZEN -> pageOf(AgencyDay.Where.RETURNS);
                        case POST, OPERATOR -> null;
                    });
        }
    }

    /** @param page of the desk on which it is done */
    record Urgent(AgencyDay.Duty duty, String page) {

        static Urgent of(AgencyDay.Duty duty) {
            return new Urgent(duty, pageOf(duty.where()));
        }
    }

    private static String pageOf(AgencyDay.Where where) {
        return where.name().toLowerCase(Locale.ROOT);
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
        page.addAttribute(
                "urgent",
                day.mostUrgent(agency, MOST_URGENT).stream().map(Urgent::of).toList());
        return "desk/today";
    }
}
