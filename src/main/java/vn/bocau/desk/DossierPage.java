package vn.bocau.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import vn.bocau.dossier.AgencyDossiers;
import vn.bocau.dossier.NotByPost;
import vn.bocau.wire.http.Parameters;

/** A dossier by its code, whether or not an envelope of it came: received, to be supplemented, sent on, refused. */
@Controller
@RequestMapping("/desk/dossiers")
class DossierPage {

    private static final String PATH = "/desk/dossiers";

    private final AgencyDossiers dossiers;
    private final NotByPost notByPost;
    private final Deciding deciding;

    DossierPage(AgencyDossiers dossiers, NotByPost notByPost, Deciding deciding) {
        this.dossiers = dossiers;
        this.notByPost = notByPost;
        this.deciding = deciding;
    }

    @GetMapping
    String one(Model page, Authentication who, @RequestParam(defaultValue = "") String code) {
        return show(page, who, code, Map.of());
    }

    @PostMapping("/receive")
    String receive(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String code,
            Decision.Receive decision) {
        return decide(page, who, locale, response, next, code, decision);
    }

    @PostMapping("/supplement")
    String supplement(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String code,
            Decision.Supplement decision) {
        return decide(page, who, locale, response, next, code, decision);
    }

    @PostMapping("/transfer")
    String transfer(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String code,
            Decision.Transfer decision) {
        return decide(page, who, locale, response, next, code, decision);
    }

    @PostMapping("/refuse")
    String refuse(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String code,
            Decision.Refuse decision) {
        return decide(page, who, locale, response, next, code, decision);
    }

    private String decide(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            String code,
            Decision decision) {
        String dossier = code.strip();
        Map<String, String> wrong = deciding.decide(page, Clerk.of(who), decision, Deciding.named(dossier), locale);
        if (!wrong.isEmpty()) {
            response.setStatus(422);
            return show(page, who, code, wrong);
        }
        next.addFlashAttribute("decided", dossier);
        if (decision instanceof Decision.Transfer) {
            // It is no dossier of this agency's any more.
            return "redirect:/desk/papers";
        }
        return "redirect:"
                + UriComponentsBuilder.fromPath(PATH)
                        .queryParam("code", dossier)
                        .encode()
                        .toUriString();
    }

    private String show(Model page, Authentication who, String code, Map<String, String> wrong) {
        Parameters.printable("code", code);
        String named = code.strip();
        Clerk clerk = Clerk.of(who);
        Optional<AgencyDossiers.One> found = named.isEmpty() ? Optional.empty() : dossiers.one(clerk.agency(), named);
        page.addAttribute("code", named.isEmpty() ? null : named);
        page.addAttribute("row", found.orElse(null));
        page.addAttribute("mistakes", named.isEmpty() ? List.of() : notByPost.mistakes(clerk.agency(), named));
        page.addAttribute("sentIn", found.filter(AgencyDossiers.One::sentIn).isPresent());
        deciding.show(page, clerk, PATH, wrong);
        return "desk/dossier";
    }
}
