package vn.bocau.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.dossier.Arrivals;

/** All envelopes on the desk are scanned, and at the end it is said what is missing and what is too much. Changes nothing. */
@Controller
@RequestMapping("/desk/papers/check")
class ArrivalsPage {

    private static final int MOST = 500;

    private final Arrivals arrivals;

    ArrivalsPage(Arrivals arrivals) {
        this.arrivals = arrivals;
    }

    @GetMapping
    String form() {
        return "desk/check";
    }

    /** @param items one on each line, as a scanner writes them */
    @PostMapping
    String check(
            Model page,
            Authentication who,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String items) {
        List<String> scanned =
                items.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        page.addAttribute("items", items);
        if (scanned.isEmpty() || scanned.size() > MOST) {
            response.setStatus(422);
            page.addAttribute("wrong", scanned.isEmpty() ? "none" : "many");
            return "desk/check";
        }
        page.addAttribute("tally", arrivals.of(Clerk.of(who).agency(), scanned));
        return "desk/check";
    }
}
