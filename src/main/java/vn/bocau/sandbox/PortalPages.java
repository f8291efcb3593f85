package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/**
 * The portal where a newcomer files, and a dossier on its way. A form is sent to the address it stands at, so that the
 * switch of language finds it there also when it has come back with a problem.
 */
@Controller
class PortalPages {

    private static final int SHOWN = 50;
    private static final String NO_HUB = "problem.hub";

    private static final List<String> PROCEDURES = List.of("1.012786", "1.012783", "1.001193", "2.000806");

    record Choice(String value, String text) {}

    record Filed(String code, String status) {}

    record Step(String text, String happened, String received) {}

    record Facts(
            @Nullable String sentOn,
            @Nullable Boolean right,
            List<String> supplement,
            @Nullable String step,
            @Nullable String resultDay) {}

    private final Received received;
    private final DvcqgDossiers dossiers;
    private final PortalClient hub;
    private final Players players;
    private final MessageSource texts;

    PortalPages(Received received, DvcqgDossiers dossiers, PortalClient hub, Players players, MessageSource texts) {
        this.received = received;
        this.dossiers = dossiers;
        this.hub = hub;
        this.players = players;
        this.texts = texts;
    }

    @GetMapping("/dvcqg")
    String portal(Model page, Locale locale) {
        return portal(page, Filing.EMPTY, Map.of(), locale);
    }

    @PostMapping("/dvcqg")
    String file(@RequestParam Map<String, String> in, Model page, Locale locale) {
        Filing filing = Filing.of(in);
        if (!filing.pickup() && !filing.result()) {
            return portal(page, filing, Map.of("pickup", texts.getMessage("portal.nothing", null, locale)), locale);
        }
        String code = "000.00.12.H50-"
                + LocalDate.now(When.VIETNAM).format(DateTimeFormatter.ofPattern("yyMMdd")) + "-"
                + Long.toString(System.currentTimeMillis() % 100_000_000L, 36).toUpperCase(Locale.ROOT);
        try {
            JsonNode request = filing.request(code);
            Hub.Answer answer = hub.request(Twin.DVCQG, code, request);
            if (answer.status() >= 300) {
                return portal(page, filing, wrong(answer, locale), locale);
            }
            dossiers.file(code, request);
            return "redirect:/dvcqg/dossier?code=" + UriUtils.encode(code, "UTF-8");
        } catch (UncheckedIOException down) {
            return portal(page, filing, Map.of("", down(locale)), locale);
        }
    }

    @GetMapping("/dvcqg/dossier")
    String dossier(@RequestParam String code, Model page, Locale locale) {
        if (!dossiers.knows(code)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such dossier");
        }
        now(code, page, locale);
        return "dossier";
    }

    /** The part of the page that changes; asked for every second. */
    @GetMapping("/dvcqg/dossier/now")
    String now(@RequestParam String code, Model page, Locale locale) {
        page.addAttribute("code", code);
        page.addAttribute("status", dossiers.status(code));
        page.addAttribute("next", players.next(code));
        page.addAttribute("played", players.plays(code));
        page.addAttribute("steps", steps(code));
        page.addAttribute("facts", facts(code, locale));
        return "now :: now";
    }

    @PostMapping("/dvcqg/dossier")
    String next(@RequestParam String code, Model page, Locale locale) {
        Problem problem;
        try {
            problem = players.play(code);
        } catch (UncheckedIOException down) {
            problem = Problem.of(NO_HUB);
        }
        if (problem == null) {
            return "redirect:/dvcqg/dossier?code=" + UriUtils.encode(code, "UTF-8");
        }
        page.addAttribute("problem", problem.in(locale, texts));
        return dossier(code, page, locale);
    }

    /** @param wrong what is wrong, by the id of the field to mend; by nothing when it is none of them */
    private String portal(Model page, Filing form, Map<String, String> wrong, Locale locale) {
        List<Filed> filed = new ArrayList<>(dossiers.codes().stream()
                .map(code -> new Filed(code, dossiers.status(code)))
                .toList());
        Collections.reverse(filed);
        page.addAttribute("f", form);
        page.addAttribute("wrong", wrong);
        page.addAttribute("summary", once(wrong));
        page.addAttribute(
                "procedures",
                PROCEDURES.stream()
                        .map(code ->
                                new Choice(code, code + " – " + texts.getMessage("procedure." + code, null, locale)))
                        .toList());
        page.addAttribute(
                "places",
                Arrays.stream(Place.values())
                        .map(place -> new Choice(place.commune, place.vi))
                        .toList());
        page.addAttribute("dossiers", filed.subList(0, Math.min(SHOWN, filed.size())));
        return "portal";
    }

    private List<Step> steps(String code) {
        List<Step> steps = new ArrayList<>();
        for (Received.Entry entry : received.all(Twin.DVCQG.id)) {
            if (code.equals(entry.dossier()) && entry.fresh() && entry.what().equals(DvcqgDossiers.STEP)) {
                steps.add(new Step(
                        entry.content().path("NoiDungXuLy").asText(),
                        When.happened(entry.content().path("ThoiDiemXuLy").asText()),
                        When.received(entry.receivedAt())));
            }
        }
        return steps;
    }

    private @Nullable Facts facts(String code, Locale locale) {
        try {
            Hub.Answer answer = hub.facts(code);
            if (answer.status() != 200) {
                return null;
            }
            JsonNode facts = answer.json().path("facts");
            List<String> missing = new ArrayList<>();
            facts.path("supplement").forEach(paper -> missing.add(paper.asText()));
            JsonNode step = facts.path("step");
            return new Facts(
                    When.told(facts.path("sentOn").asText(null)),
                    facts.path("right").isBoolean() ? facts.path("right").asBoolean() : null,
                    missing,
                    step.path(english(locale) ? "en" : "vi").asText(null),
                    When.told(facts.path("resultDay").asText(null)));
        } catch (UncheckedIOException down) {
            return null;
        }
    }

    /** Sender and receiver are one here: what is said of both is said once. */
    private static Map<String, String> wrong(Hub.Answer answer, Locale locale) {
        JsonNode problem = answer.json();
        Map<String, Set<String>> said = new LinkedHashMap<>();
        for (JsonNode flaw : problem.path("flaws")) {
            said.computeIfAbsent(Filing.field(flaw.path("field").asText()), field -> new LinkedHashSet<>())
                    .add(flaw.path(english(locale) ? "en" : "vi").asText());
        }
        if (said.isEmpty()) {
            return Map.of("", problem.path("detail").asText("HTTP " + answer.status()));
        }
        Map<String, String> wrong = new LinkedHashMap<>();
        said.forEach((field, sentences) -> wrong.put(field, String.join(" ", sentences)));
        return wrong;
    }

    /** What is wrong with several fields in the same words is said once on top, and leads to the first. */
    private static Map<String, String> once(Map<String, String> wrong) {
        Set<String> said = new HashSet<>();
        Map<String, String> once = new LinkedHashMap<>();
        wrong.forEach((field, sentence) -> {
            if (said.add(sentence)) {
                once.put(field, sentence);
            }
        });
        return once;
    }

    private String down(Locale locale) {
        return Problem.of(NO_HUB).in(locale, texts);
    }

    private static boolean english(Locale locale) {
        return locale.getLanguage().equals("en");
    }
}
