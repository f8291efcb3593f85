package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.directory.Directories;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;

/**
 * Results that go by post: the clerk ticks them, or scans the codes of their dossiers, and gives them to the post. Each is
 * judged alone; one whose dossier is not decided, as far as we have heard, or promised for later than the next working day, is
 * asked about first, unless its code was scanned; one whose address is not certain stays, and says how to mend it. What is
 * taken at the door stands beside it, and may be given otherwise, as in a file: {@code fee.<dossier>}, {@code cod.<dossier>}, {@code payee.<dossier>}.
 */
@Controller
@RequestMapping("/desk/results")
class ResultsPage {

    private static final Map<String, ResultColumn> MONEY =
            Map.of("fee.", ResultColumn.FEE, "cod.", ResultColumn.COD, "payee.", ResultColumn.PAYEE);

    private final AgencyLegs legs;
    private final Clerks clerks;
    private final Directories directories;

    ResultsPage(AgencyLegs legs, Clerks clerks, Directories directories) {
        this.legs = legs;
        this.clerks = clerks;
        this.directories = directories;
    }

    /** One result after it was given, or not. */
    record Outcome(
            String dossier, @Nullable String item, @Nullable String note, List<String> wrong, boolean address) {

        static Outcome of(JsonNode one, String language) {
            return new Outcome(
                    one.path("dossier").asText(),
                    one.path("item").asText(null),
                    one.path("rewritten").path(language).asText(null),
                    RowOutcome.wrong(one, language),
                    one.path("code").asText().equals("address-not-certain"));
        }

        public boolean gone() {
            return item != null;
        }
    }

    @GetMapping
    String list(Model page, Authentication who, Shown shown) {
        shown.of(page, legs, Clerk.of(who), Pile.TO_DISPATCH);
        page.addAttribute("offered", Shown.ONLY);
        page.addAttribute("payees", directories.current().payees());
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
        List<String> left = otherwise(ticked)
                .filter(code -> !dossier.contains(code))
                .distinct()
                .toList();
        if (!left.isEmpty()) {
            response.setStatus(422);
            page.addAttribute("left", left);
            page.addAttribute("filled", ticked);
            return list(page, who, shown);
        }
        List<String> scanned = ticked.getOrDefault("scanned", List.of());
        Asked early = Asked.about(legs.early(
                Clerk.of(who).agency(),
                dossier.stream().filter(code -> !scanned.contains(code)).toList()));
        if (!early.isAnswered(Objects.requireNonNullElse(ticked.getFirst("early"), ""))) {
            response.setStatus(422);
            page.addAttribute("early", early);
            page.addAttribute("filled", ticked);
            return list(page, who, shown);
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        new LinkedHashSet<>(dossier)
                .forEach(code -> ResultFile.money(
                        said.withArray("results").addObject().put("dossier", code), money(ticked, code)));
        String language = "en".equals(locale.getLanguage()) ? "en" : "vi";
        List<Outcome> outcomes = new ArrayList<>();
        clerks.say(Clerk.of(who), "dispatch", form, said)
                .path("results")
                .forEach(one -> outcomes.add(Outcome.of(one, language)));
        page.addAttribute("gone", outcomes.stream().filter(Outcome::gone).toList());
        page.addAttribute("stay", outcomes.stream().filter(one -> !one.gone()).toList());
        return "desk/dispatched";
    }

    /** Dossiers for which somebody has written an amount. */
    private static Stream<String> otherwise(MultiValueMap<String, String> filled) {
        return filled.entrySet().stream()
                .filter(field -> field.getValue().stream().anyMatch(text -> !text.isBlank()))
                .flatMap(field -> MONEY.keySet().stream()
                        .filter(field.getKey()::startsWith)
                        .map(begin -> field.getKey().substring(begin.length())));
    }

    /** What is left empty stays as it was asked for. */
    private static Map<ResultColumn, String> money(MultiValueMap<String, String> filled, String dossier) {
        Map<ResultColumn, String> money = new EnumMap<>(ResultColumn.class);
        MONEY.forEach((begin, column) -> {
            String text = Objects.requireNonNullElse(filled.getFirst(begin + dossier), "");
            if (!text.isBlank()) {
                money.put(column, text.strip());
            }
        });
        return money;
    }
}
