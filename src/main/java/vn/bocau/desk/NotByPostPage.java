package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
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
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Row;
import vn.bocau.dossier.NotByPost;

/**
 * One item that lies at the agency for the post, and does not go by it: it was handed out here, or it was given to the post
 * by mistake. What it does is read before it is done.
 */
@Controller
@RequestMapping("/desk/items/{leg}/here")
class NotByPostPage {

    private final AgencyLegs legs;
    private final Clerks clerks;

    NotByPostPage(AgencyLegs legs, Clerks clerks) {
        this.legs = legs;
        this.clerks = clerks;
    }

    @GetMapping
    String form(Model page, Authentication who, @PathVariable UUID leg) {
        return show(
                page,
                row(who, leg)
                        .orElseThrow(() -> new Refused(
                                Refused.Ground.UNKNOWN,
                                "no-such-leg",
                                "",
                                "Không còn bưu gửi nào như vậy nằm ở cơ quan chờ bưu điện.",
                                "Nothing like that lies at the agency for the post any more.")));
    }

    /** Whoever it is for has it. */
    @PostMapping("/handout")
    String handOut(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form) {
        return say(page, who, locale, response, next, leg, form, "handout", said -> said);
    }

    /** It is not there, and was never to be given. */
    @PostMapping("/takeback")
    String takeBack(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String reason) {
        page.addAttribute("reason", reason);
        return say(
                page, who, locale, response, next, leg, form, "takeback", said -> said.put("reason", reason.strip()));
    }

    private String say(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            UUID leg,
            String form,
            String what,
            UnaryOperator<ObjectNode> more) {
        Optional<Row> found = row(who, leg);
        if (found.isEmpty()) {
            // Sent twice, or by a colleague: it lies here no more.
            next.addFlashAttribute("done", true);
            return "redirect:/desk/results";
        }
        Row row = found.get();
        try {
            clerks.say(
                    Clerk.of(who),
                    what,
                    form,
                    more.apply(JsonNodeFactory.instance
                            .objectNode()
                            .put("dossier", row.dossier())
                            .put("leg", leg.toString())));
        } catch (Refused refused) {
            response.setStatus(422);
            page.addAttribute("wrong", refused.flaws().get(0).wrong().in(locale));
            page.addAttribute("inReason", refused.flaws().get(0).field().endsWith("reason"));
            return show(page, row);
        }
        next.addFlashAttribute(what, row.dossier());
        return what.equals("takeback") || ofTheResults(row) ? "redirect:/desk/results" : "redirect:/desk/handover";
    }

    private Optional<Row> row(Authentication who, UUID leg) {
        return legs.one(Clerk.of(who).agency(), leg)
                .filter(row -> NotByPost.liesHere(row.next().code()));
    }

    private static String show(Model page, Row row) {
        page.addAttribute("row", row);
        page.addAttribute("at", ofTheResults(row) ? "results" : "handover");
        page.addAttribute("given", isGiven(row));
        return "desk/not-by-post";
    }

    /** It waits among the results to be given to the post, not among what the post comes for. */
    private static boolean ofTheResults(Row row) {
        return !row.next().code().equals("FETCH") && row.kind().code().equals("RESULT");
    }

    /** A result that was given to the post, and can be taken back. */
    private static boolean isGiven(Row row) {
        return row.kind().code().equals("RESULT")
                && Set.of("READY", "SHORT").contains(row.step().code());
    }
}
