package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
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
import vn.bocau.code.Refused;
import vn.bocau.dossier.AgencyDossiers;
import vn.bocau.wire.http.Parameters;

/** A dossier by its code, whether or not an envelope of it came: received, to be supplemented, sent on, refused. */
@Controller
@RequestMapping("/desk/dossiers")
class DossierPage {

    private static final String PATH = "/desk/dossiers";

    private final AgencyDossiers dossiers;
    private final Clerks clerks;
    private final Deciding deciding;

    DossierPage(AgencyDossiers dossiers, Clerks clerks, Deciding deciding) {
        this.dossiers = dossiers;
        this.clerks = clerks;
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
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String appointment,
            @RequestParam(defaultValue = "") String rest) {
        page.addAttribute("appointment", appointment);
        if (deciding.isAsked(appointment, rest)) {
            response.setStatus(422);
            page.addAttribute("rest", true);
            return show(page, who, code, Map.of("appointment", Deciding.REST.in(locale)));
        }
        ObjectNode said = Deciding.named(code.strip()).put("appointment", appointment.strip());
        return decide(page, who, locale, response, next, code, "receive", form, said);
    }

    @PostMapping("/supplement")
    String supplement(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String missing,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "false") boolean originals,
            @RequestParam(defaultValue = "false") boolean byPost) {
        page.addAttribute("missing", missing);
        page.addAttribute("reason", reason);
        page.addAttribute("originals", originals);
        page.addAttribute("byPost", byPost);
        ObjectNode said = Deciding.supplement(Deciding.named(code.strip()), missing, reason, originals, byPost);
        return decide(page, who, locale, response, next, code, "supplement", form, said);
    }

    @PostMapping("/transfer")
    String transfer(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String toAgency,
            @RequestParam(defaultValue = "false") boolean carried) {
        page.addAttribute("toAgency", toAgency);
        page.addAttribute("carried", carried);
        ObjectNode said = Deciding.transfer(code.strip(), toAgency, carried);
        return decide(page, who, locale, response, next, code, "transfer", form, said);
    }

    @PostMapping("/refuse")
    String refuse(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String reasons,
            @RequestParam(defaultValue = "false") boolean returnPapers) {
        page.addAttribute("reasons", reasons);
        page.addAttribute("returnPapers", returnPapers);
        ObjectNode said = Deciding.refused(Deciding.named(code.strip()), reasons, returnPapers);
        return decide(page, who, locale, response, next, code, "refuse", form, said);
    }

    private String decide(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            String code,
            String what,
            String form,
            ObjectNode said) {
        try {
            clerks.say(Clerk.of(who), what, form, said);
        } catch (Refused refused) {
            response.setStatus(422);
            return show(page, who, code, Deciding.wrong(what, refused, locale));
        }
        next.addFlashAttribute("decided", code.strip());
        if (what.equals("transfer")) {
            // It is no dossier of this agency's any more.
            return "redirect:/desk/papers";
        }
        return "redirect:"
                + UriComponentsBuilder.fromPath(PATH)
                        .queryParam("code", code.strip())
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
        page.addAttribute("sentIn", found.filter(AgencyDossiers.One::sentIn).isPresent());
        deciding.show(page, clerk, PATH, wrong);
        return "desk/dossier";
    }
}
