package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;

/**
 * Results that go by post: the clerk ticks them, or scans the codes of their dossiers, and gives them to the post. Each is
 * judged alone; one whose address is not certain stays, and says how to mend it.
 */
@Controller
@RequestMapping("/desk/results")
class ResultsPage {

    private final AgencyLegs legs;
    private final Clerks clerks;

    ResultsPage(AgencyLegs legs, Clerks clerks) {
        this.legs = legs;
        this.clerks = clerks;
    }

    /** One result after it was given, or not. */
    record Outcome(
            String dossier, @Nullable String item, @Nullable String note, List<String> wrong, boolean address) {

        static Outcome of(JsonNode one, String language) {
            List<String> wrong = new ArrayList<>();
            one.path("flaws").forEach(flaw -> wrong.add(flaw.path(language).asText()));
            return new Outcome(
                    one.path("dossier").asText(),
                    one.path("item").asText(null),
                    one.path("rewritten").path(language).asText(null),
                    wrong,
                    one.path("code").asText().equals("address-not-certain"));
        }

        public boolean gone() {
            return item != null;
        }
    }

    @GetMapping
    String list(Model page, Authentication who, Shown shown) {
        shown.of(page, legs, Clerk.of(who), Pile.TO_DISPATCH);
        return "desk/results";
    }

    @PostMapping
    String dispatch(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            Shown shown,
            @RequestParam(defaultValue = "") String form,
            @RequestParam MultiValueMap<String, String> ticked) {
        // Not as a list: of a single value Spring makes several where it has commas.
        List<String> dossier = ticked.getOrDefault("dossier", List.of());
        if (dossier.isEmpty()) {
            response.setStatus(422);
            page.addAttribute("nothing", true);
            return list(page, who, shown);
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        new LinkedHashSet<>(dossier)
                .forEach(code -> said.withArray("results").addObject().put("dossier", code));
        String language = "en".equals(locale.getLanguage()) ? "en" : "vi";
        List<Outcome> outcomes = new ArrayList<>();
        clerks.say(Clerk.of(who), "dispatch", form, said)
                .path("results")
                .forEach(one -> outcomes.add(Outcome.of(one, language)));
        page.addAttribute("gone", outcomes.stream().filter(Outcome::gone).toList());
        page.addAttribute("stay", outcomes.stream().filter(one -> !one.gone()).toList());
        return "desk/dispatched";
    }
}
