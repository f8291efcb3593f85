package vn.bocau.track;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.code.DossierCode;
import vn.bocau.code.Refused;
import vn.bocau.dossier.CitizenLanguages;
import vn.bocau.dossier.Citizens;
import vn.bocau.dossier.Citizens.Offer;
import vn.bocau.dossier.Dossiers;
import vn.bocau.dossier.rules.Rules;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * Where a citizen's dossier is. It is opened by a link that nobody can guess, or by its code and the last four digits of the
 * citizen's telephone number, which lead to that link: neither stands in an address. It needs no script.
 */
@Controller
class TrackPage {

    private static final String FORM = "track";

    private final Dossiers dossiers;
    private final TrackLinks links;
    private final Guesses guesses;
    private final Citizens citizens;
    private final CitizenLanguages languages;

    TrackPage(Dossiers dossiers, TrackLinks links, Guesses guesses, Citizens citizens, CitizenLanguages languages) {
        this.languages = languages;
        this.dossiers = dossiers;
        this.citizens = citizens;
        this.links = links;
        this.guesses = guesses;
    }

    /** Who looks here pays for each byte, has no account, and comes from nowhere else. */
    @ModelAttribute("light")
    boolean light() {
        return true;
    }

    @GetMapping("/track")
    String form(Model model) {
        return asking(model, "", Map.of());
    }

    @PostMapping("/track")
    String find(
            Model model,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String digits) {
        String wanted = code.strip();
        String four = digits.strip();
        Map<String, String> wrong = wrong(wanted, four);
        if (!wrong.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return asking(model, wanted, wrong);
        }
        try {
            Optional<UUID> named = dossiers.named(wanted);
            String address = request.getRemoteAddr();
            Supplier<Optional<UUID>> look = () -> dossiers.claimed(wanted, four);
            Optional<UUID> dossier = named.isPresent()
                    ? guesses.atCode(named.get().toString(), address, look)
                    : guesses.atNone(wanted, address, look);
            if (dossier.isPresent()) {
                languages.chosen(dossier.get(), locale.getLanguage());
                return "redirect:/track/" + links.of(dossier.get());
            }
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return asking(model, wanted, Map.of("code", "unknown"));
        } catch (TooManyAttempts many) {
            response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(many.pause().toSeconds()));
            model.addAttribute("minutes", many.pause().toMinutes() + 1);
            return asking(model, wanted, Map.of("code", "too-many"));
        }
    }

    @GetMapping("/track/{link}")
    String story(
            Model model,
            HttpServletResponse response,
            @PathVariable String link,
            Locale locale,
            @RequestParam @Nullable String lang,
            @RequestParam(defaultValue = "0") String from) {
        Optional<TrackLinks.Opened> opened = links.read(link);
        // Whoever switches has read that there is a choice; a program that looks at a link in a message has not.
        if (lang != null) {
            opened.map(TrackLinks.Opened::dossier)
                    .ifPresent(dossier -> languages.chosen(dossier, locale.getLanguage()));
        }
        return opened.flatMap(seen -> dossiers.ofCitizen(seen.dossier()).map(facts -> {
                    if (Story.isOver(facts, Instant.now())) {
                        response.setStatus(HttpStatus.GONE.value());
                        return "track-over";
                    }
                    List<Offer> offers = citizens.offers(seen.dossier());
                    LocalDate today = LocalDate.now(Rules.ZONE);
                    model.addAttribute(
                            "story",
                            Story.of(
                                    facts,
                                    offers,
                                    locale.getLanguage().equals("en"),
                                    offer -> links.shows(seen, offer.telephone(), today),
                                    offers.stream().anyMatch(offer -> links.names(seen, offer.telephone(), today)),
                                    from.matches("[0-9]{1,6}") ? Integer.parseInt(from) : 0));
                    model.addAttribute("link", link);
                    return "track-story";
                }))
                .orElseGet(() -> {
                    response.setStatus(HttpStatus.NOT_FOUND.value());
                    return asking(model, "", Map.of("code", "no-link"));
                });
    }

    private static Map<String, String> wrong(String code, String digits) {
        Map<String, String> wrong = new TreeMap<>();
        if (code.isEmpty()) {
            wrong.put("code", "missing");
        } else {
            try {
                new DossierCode(code);
            } catch (Refused none) {
                wrong.put("code", "none");
            }
        }
        if (!digits.matches("[0-9]{4}")) {
            wrong.put("digits", "four");
        }
        return wrong;
    }

    private static String asking(Model model, String code, Map<String, String> wrong) {
        model.addAttribute("code", code);
        model.addAttribute("wrong", wrong);
        return FORM;
    }
}
