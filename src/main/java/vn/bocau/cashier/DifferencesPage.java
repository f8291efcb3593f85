package vn.bocau.cashier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.fee.Bookings;
import vn.bocau.fee.Imbalance;
import vn.bocau.fee.ImbalanceBook;
import vn.bocau.fee.Side;
import vn.bocau.wire.http.Parameters;

/** Differences between portal, post and agency: one explains, another closes. */
@Controller
@RequestMapping("/fees/differences")
class DifferencesPage {

    private static final int SIZE = 50;
    private static final int FARTHEST = 1_000_000;

    private final ImbalanceBook book;
    private final Bookings bookings;
    private final Cashiers cashiers;

    DifferencesPage(ImbalanceBook book, Bookings bookings, Cashiers cashiers) {
        this.book = book;
        this.bookings = bookings;
        this.cashiers = cashiers;
    }

    @GetMapping
    String list(
            Model page,
            Authentication who,
            @RequestParam(defaultValue = "false") boolean closed,
            @RequestParam(defaultValue = "0") int skip) {
        Parameters.between("skip", skip, 0, FARTHEST);
        List<Imbalance> found = book.of(Cashier.of(who).side(), closed, skip, SIZE + 1);
        page.addAttribute("rows", found.stream().limit(SIZE).toList());
        page.addAttribute("closed", closed);
        page.addAttribute("after", found.size() > SIZE ? skip + SIZE : null);
        page.addAttribute("before", skip > 0 ? Math.max(0, skip - SIZE) : null);
        return "cashier/differences";
    }

    @GetMapping("/{dossier}/{id}")
    String one(Model page, Authentication who, @PathVariable UUID dossier, @PathVariable UUID id) {
        Side side = Cashier.of(who).side();
        Imbalance difference = book.one(side, dossier, id)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-imbalance",
                        "",
                        "Không còn chênh lệch nào như vậy của bạn; có thể nó đã hết.",
                        "You have no such difference; it may be gone by itself."));
        page.addAttribute("difference", difference);
        page.addAttribute(
                "bookings",
                difference.what().ofAStatement() && side.agency() != null
                        ? bookings.standing(side.agency(), dossier)
                        : List.of());
        return "cashier/difference";
    }

    @PostMapping("/{dossier}/{id}/{what:explain|settle}")
    String say(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID dossier,
            @PathVariable UUID id,
            @PathVariable String what,
            @RequestParam long shown,
            @RequestParam(defaultValue = "") String said,
            @RequestParam(defaultValue = "") String entered,
            @RequestParam(defaultValue = "") String reference,
            @RequestParam(defaultValue = "") String form) {
        ObjectNode word = JsonNodeFactory.instance
                .objectNode()
                .put("imbalance", id.toString())
                .put("dossier", dossier.toString())
                .put("shown", shown)
                .put("said", said.strip().replaceAll("\\R+", " "));
        if (!reference.isBlank()) {
            word.put("entered", "UNBOOKED").put("reference", reference);
        } else if (!entered.isBlank()) {
            word.put("entered", entered);
        }
        try {
            cashiers.say(Cashier.of(who), what, form, word);
            next.addFlashAttribute("done", what);
            return "redirect:/fees/differences";
        } catch (Refused refused) {
            if (refused.ground() == Refused.Ground.UNKNOWN) {
                throw refused;
            }
            response.setStatus(refused.ground() == Refused.Ground.CONFLICT ? 409 : 422);
            page.addAttribute("wrong", refused.flaws().get(0).wrong().in(locale));
            page.addAttribute("said", said);
            return one(page, who, dossier, id);
        }
    }
}
