package vn.bocau.desk;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.dossier.AgencyPapers;

/** Where a clerk begins: how much lies in each pile. */
@Controller
class TodayPage {

    private final AgencyLegs legs;
    private final AgencyPapers papers;

    TodayPage(AgencyLegs legs, AgencyPapers papers) {
        this.legs = legs;
        this.papers = papers;
    }

    @GetMapping("/desk")
    String today(Model page, Authentication who) {
        Clerk clerk = Clerk.of(who);
        page.addAttribute("toDispatch", legs.count(clerk.agency(), Pile.TO_DISPATCH));
        page.addAttribute("toBeFetched", legs.count(clerk.agency(), Pile.TO_BE_FETCHED));
        page.addAttribute("returns", legs.count(clerk.agency(), Pile.RETURNS));
        page.addAttribute("papers", papers.of(clerk.agency(), null, 0, 1).total());
        return "desk/today";
    }
}
