package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
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
import org.springframework.web.util.UriComponentsBuilder;
import vn.bocau.code.Refused;
import vn.bocau.dossier.NotByPost;
import vn.bocau.dossier.NotByPost.Here;

/**
 * One item that lies at the agency for the post, and does not go by it: it was handed out here, or it was given to the post
 * by mistake. Or that it was handed out was said by mistake. What it does is read before it is done.
 */
@Controller
@RequestMapping("/desk/items/{leg}/here")
class NotByPostPage {

    private final NotByPost notByPost;
    private final Clerks clerks;

    NotByPostPage(NotByPost notByPost, Clerks clerks) {
        this.notByPost = notByPost;
        this.clerks = clerks;
    }

    @GetMapping
    String form(Model page, Authentication who, @PathVariable UUID leg) {
        return show(
                page,
                notByPost
                        .of(Clerk.of(who).agency(), leg)
                        .orElseThrow(() -> new Refused(
                                Refused.Ground.UNKNOWN,
                                "no-such-leg",
                                "",
                                "Không còn bưu gửi nào như vậy nằm ở cơ quan chờ bưu điện.",
                                "Nothing like that lies at the agency for the post any more.")));
    }

    /**
     * Whoever it is for has it.
     *
     * @param sure {@code true} once the clerk has looked whose it is
     */
    @PostMapping("/handout")
    String handOut(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String sure) {
        Optional<Here> here = here(who, leg, Here::lies);
        if (here.isPresent() && !sure.equals("true")) {
            response.setStatus(422);
            page.addAttribute("unsure", true);
            return show(page, here.get());
        }
        return say(page, who, locale, response, next, here, form, "handout", said -> said);
    }

    /**
     * It is not there, and was never to be given; or nobody has it.
     *
     * @param mistake the handling that said otherwise, as the page showed it
     */
    @PostMapping("/takeback")
    String takeBack(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String mistake,
            @RequestParam(defaultValue = "") String reason) {
        page.addAttribute("reason", reason);
        return say(
                page,
                who,
                locale,
                response,
                next,
                here(
                        who,
                        leg,
                        here -> Optional.ofNullable(here.mistake())
                                .map(UUID::toString)
                                .filter(mistake::equals)
                                .isPresent()),
                form,
                "takeback",
                said -> said.put("mistake", mistake).put("reason", reason.strip()));
    }

    private String say(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            Optional<Here> found,
            String form,
            String what,
            UnaryOperator<ObjectNode> more) {
        if (found.isEmpty()) {
            // Sent twice, or by a colleague: it was said already.
            next.addFlashAttribute("done", true);
            return "redirect:/desk/results";
        }
        Here here = found.get();
        try {
            clerks.say(
                    Clerk.of(who),
                    what,
                    form,
                    more.apply(JsonNodeFactory.instance
                            .objectNode()
                            .put("dossier", here.dossier())
                            .put("leg", here.leg().toString())));
        } catch (Refused refused) {
            response.setStatus(422);
            page.addAttribute("wrong", refused.flaws().get(0).wrong().in(locale));
            page.addAttribute("inReason", refused.flaws().get(0).field().endsWith("reason"));
            return show(page, here);
        }
        if (here.lies()) {
            next.addFlashAttribute(what, here.dossier());
            return "redirect:/desk/" + (what.equals("takeback") ? "results" : among(here));
        }
        next.addFlashAttribute("undone", here.dossier());
        return "redirect:"
                + UriComponentsBuilder.fromPath("/desk/dossiers")
                        .queryParam("code", here.dossier())
                        .encode()
                        .toUriString();
    }

    private Optional<Here> here(Authentication who, UUID leg, Predicate<Here> wanted) {
        return notByPost.of(Clerk.of(who).agency(), leg).filter(wanted);
    }

    private static String show(Model page, Here here) {
        page.addAttribute("here", here);
        page.addAttribute("at", among(here));
        return "desk/not-by-post";
    }

    /** The page of the desk it lies on. */
    private static String among(Here here) {
        return here.sealed() ? "handover" : "results";
    }
}
