package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.dossier.AgencyLegs.Row;
import vn.bocau.dossier.Undelivered.Outcome;

/** What could not be delivered: why, what was tried, and what the clerk does about it. */
@Controller
@RequestMapping("/desk/returns")
class ReturnsPage {

    private final AgencyLegs legs;
    private final Clerks clerks;

    ReturnsPage(AgencyLegs legs, Clerks clerks) {
        this.legs = legs;
        this.clerks = clerks;
    }

    @GetMapping
    String list(Model page, Authentication who, Shown shown) {
        AgencyLegs.Page found = shown.of(page, legs, Clerk.of(who), Pile.RETURNS);
        page.addAttribute("ours", found.rows().stream().filter(Row::ours).toList());
        page.addAttribute(
                "others", found.rows().stream().filter(row -> !row.ours()).toList());
        page.addAttribute("toDecide", found.ours());
        return "desk/returns";
    }

    @ModelAttribute("outcomes")
    Outcome[] outcomes() {
        return Outcome.values();
    }

    /** It waits at the post office for the citizen to fetch it. */
    @PostMapping("/{leg}/hold")
    String hold(
            Authentication who,
            Locale locale,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form) {
        return about(who, locale, next, leg, "held", said -> {
            JsonNode answer = clerks.say(Clerk.of(who), "hold", form, said);
            next.addFlashAttribute("from", LocalDate.parse(answer.path("from").asText()));
        });
    }

    /** Who looks at it next sees that the citizen was called, by whom and how that ended. */
    @PostMapping("/{leg}/call")
    String call(
            Authentication who,
            Locale locale,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String outcome) {
        return about(
                who,
                locale,
                next,
                leg,
                "called",
                said -> clerks.say(Clerk.of(who), "call", form, said.put("outcome", outcome)));
    }

    private String about(
            Authentication who,
            Locale locale,
            RedirectAttributes next,
            UUID leg,
            String done,
            Consumer<ObjectNode> say) {
        try {
            legs.one(Clerk.of(who).agency(), leg)
                    .ifPresentOrElse(
                            row -> {
                                say.accept(JsonNodeFactory.instance
                                        .objectNode()
                                        .put("dossier", row.dossier())
                                        .put("leg", leg.toString()));
                                next.addFlashAttribute(done, row.dossier());
                            },
                            // Dealt with already, by the same form sent twice or by a colleague.
                            () -> next.addFlashAttribute("done", true));
        } catch (Refused refused) {
            next.addFlashAttribute("wrong", refused.flaws().get(0).wrong().in(locale));
        }
        return "redirect:/desk/returns";
    }

    @GetMapping("/{leg}/settle")
    String form(Model page, Authentication who, @PathVariable UUID leg) {
        page.addAttribute("row", row(who, leg));
        return "desk/settle";
    }

    @PostMapping("/{leg}/settle")
    String settle(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String reason) {
        Optional<Row> found = legs.one(Clerk.of(who).agency(), leg);
        if (found.isEmpty()) {
            // Sent twice: what was to be done is done.
            next.addFlashAttribute("done", true);
            return "redirect:/desk/returns";
        }
        Row row = found.get();
        try {
            clerks.say(
                    Clerk.of(who),
                    "settle",
                    form,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("dossier", row.dossier())
                            .put("leg", leg.toString())
                            .put("reason", reason.strip()));
        } catch (Refused refused) {
            response.setStatus(422);
            page.addAttribute("row", row);
            page.addAttribute("reason", reason);
            page.addAttribute("wrong", refused.flaws().get(0).wrong().in(locale));
            return "desk/settle";
        }
        next.addFlashAttribute("settled", row.dossier());
        return "redirect:/desk/returns";
    }

    /** What goes to an agency, and was not delivered for its address: that stands in the directory, and is right. */
    @PostMapping("/{leg}/deliver")
    String deliver(
            Authentication who,
            Locale locale,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form) {
        return about(who, locale, next, leg, "redelivered", said -> clerks.say(Clerk.of(who), "redeliver", form, said));
    }

    /** What went to another agency and came back goes there once more, in an envelope of its own. */
    @PostMapping("/{leg}/again")
    String again(
            Authentication who,
            Locale locale,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form) {
        return about(who, locale, next, leg, "again", said -> clerks.say(Clerk.of(who), "resend", form, said));
    }

    private Row row(Authentication who, UUID leg) {
        return legs.one(Clerk.of(who).agency(), leg)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-leg",
                        "",
                        "Không còn bưu gửi nào như vậy chờ cơ quan quyết định.",
                        "Nothing like that waits for the agency's decision any more."));
    }
}
