package vn.bocau.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriUtils;

/** The sandbox's pages: the partners, the portal where a newcomer files, and a dossier on its way. */
@Controller
class Pages {

    private static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss dd/MM");
    private static final int SHOWN = 50;

    record TwinLine(String id, String name, int received, String manner) {}

    record Line(
            int n,
            String at,
            String what,
            boolean fresh,
            @Nullable String dossier,
            String content) {

        static Line of(Received.Entry entry) {
            return new Line(
                    entry.n(),
                    Instant.parse(entry.receivedAt()).atZone(VIETNAM).format(CLOCK),
                    entry.what(),
                    entry.fresh(),
                    entry.dossier(),
                    entry.content().toString());
        }
    }

    record Filed(String code, String status) {}

    record Step(String text, String happened, String received) {}

    record Facts(
            @Nullable String sentOn,
            @Nullable Boolean right,
            List<String> supplement,
            @Nullable String step,
            @Nullable String resultDay) {}

    /** What the form holds, also when it comes back with a problem. */
    record Form(
            String procedure,
            String name,
            String phone,
            String commune,
            String street,
            boolean pickup,
            boolean result,
            boolean paid) {

        static final Form EMPTY =
                new Form("1.012786", "Lê Thị Mẫu", "0900000001", "19333", "12 đường Mẫu", true, true, true);
    }

    private final Received received;
    private final Manners manners;
    private final DvcqgDossiers dossiers;
    private final PortalClient hub;
    private final Players players;

    Pages(Received received, Manners manners, DvcqgDossiers dossiers, PortalClient hub, Players players) {
        this.received = received;
        this.manners = manners;
        this.dossiers = dossiers;
        this.hub = hub;
        this.players = players;
    }

    /** This page's own address, for the switch of language. */
    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        String code = request.getParameter("code");
        return request.getRequestURI() + "?" + (code == null ? "" : "code=" + UriUtils.encode(code, "UTF-8") + "&");
    }

    @GetMapping("/")
    String home(Model page, Locale locale) {
        page.addAttribute(
                "twins",
                Arrays.stream(Twin.values())
                        .map(t -> new TwinLine(
                                t.id,
                                name(t, locale),
                                received.all(t.id).size(),
                                manners.of(t).mode().name()))
                        .toList());
        return "home";
    }

    @GetMapping("/twins/{id}")
    String twin(@PathVariable String id, Model page, Locale locale) {
        Twin twin = TwinApi.known(id);
        List<Received.Entry> newest = new ArrayList<>(received.all(id));
        Collections.reverse(newest);
        page.addAttribute("id", id);
        page.addAttribute("name", name(twin, locale));
        page.addAttribute("manner", manners.of(twin).mode().name());
        page.addAttribute(
                "modes", Arrays.stream(Manners.Mode.values()).map(Enum::name).toList());
        page.addAttribute(
                "entries",
                newest.subList(0, Math.min(SHOWN, newest.size())).stream()
                        .map(Line::of)
                        .toList());
        return "twin";
    }

    @PostMapping("/twins/{id}/manners")
    String manners(
            @PathVariable String id, @RequestParam String mode, @RequestParam int minutes, @RequestParam int every) {
        manners.set(TwinApi.known(id), TwinApi.mode(mode), minutes, every);
        return "redirect:/twins/" + id;
    }

    @PostMapping("/twins/{id}/forget")
    String forget(@PathVariable String id, @RequestParam String sure) {
        if (sure.equals("yes")) {
            received.forget(TwinApi.known(id).id);
        }
        return "redirect:/twins/" + id;
    }

    @GetMapping("/dvcqg")
    String portal(Model page) {
        return portal(page, Form.EMPTY, null);
    }

    @PostMapping("/dvcqg/file")
    String file(@RequestParam Map<String, String> in, Model page, Locale locale) {
        var form = new Form(
                in.getOrDefault("procedure", ""),
                in.getOrDefault("name", ""),
                in.getOrDefault("phone", ""),
                in.getOrDefault("commune", ""),
                in.getOrDefault("street", ""),
                in.containsKey("pickup"),
                in.containsKey("result"),
                in.containsKey("paid"));
        String code = "000.00.12.H50-"
                + LocalDate.now(VIETNAM).format(DateTimeFormatter.ofPattern("yyMMdd")) + "-"
                + Long.toString(System.currentTimeMillis() % 100_000_000L, 36).toUpperCase(Locale.ROOT);
        try {
            JsonNode request = Filing.request(code, form);
            Hub.Answer answer = hub.request(code, request);
            if (answer.status() >= 300) {
                return portal(page, form, problems(answer, locale));
            }
            dossiers.file(code, request);
            return "redirect:/dvcqg/dossier?code=" + UriUtils.encode(code, "UTF-8");
        } catch (UncheckedIOException down) {
            return portal(
                    page,
                    form,
                    List.of(locale.getLanguage().equals("en") ? "Bồ Câu does not answer." : "Bồ Câu chưa trả lời."));
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
        page.addAttribute("steps", steps(code));
        page.addAttribute("facts", facts(code, locale));
        return "now :: now";
    }

    @PostMapping("/dvcqg/dossier/next")
    String next(@RequestParam String code, Model page, Locale locale) {
        String problem;
        try {
            problem = players.play(code);
        } catch (UncheckedIOException down) {
            problem = down.getMessage();
        }
        if (problem == null) {
            return "redirect:/dvcqg/dossier?code=" + UriUtils.encode(code, "UTF-8");
        }
        page.addAttribute("problem", problem);
        return dossier(code, page, locale);
    }

    private String portal(Model page, Form form, @Nullable List<String> problems) {
        List<Filed> filed = new ArrayList<>(dossiers.codes().stream()
                .map(code -> new Filed(code, dossiers.status(code)))
                .toList());
        Collections.reverse(filed);
        page.addAttribute("f", form);
        page.addAttribute("problems", problems);
        page.addAttribute("dossiers", filed.subList(0, Math.min(SHOWN, filed.size())));
        return "portal";
    }

    private List<Step> steps(String code) {
        List<Step> steps = new ArrayList<>();
        for (Received.Entry entry : received.all(Twin.DVCQG.id)) {
            if (code.equals(entry.dossier()) && entry.fresh() && entry.what().equals(DvcqgDossiers.STEP)) {
                steps.add(new Step(
                        entry.content().path("NoiDungXuLy").asText(),
                        LocalDateTime.parse(entry.content().path("ThoiDiemXuLy").asText(), STAMP)
                                .format(CLOCK),
                        Instant.parse(entry.receivedAt()).atZone(VIETNAM).format(CLOCK)));
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
                    facts.path("sentOn").asText(null),
                    facts.path("right").isBoolean() ? facts.path("right").asBoolean() : null,
                    missing,
                    step.path(locale.getLanguage().equals("en") ? "en" : "vi").asText(null),
                    facts.path("resultDay").asText(null));
        } catch (UncheckedIOException down) {
            return null;
        }
    }

    private static List<String> problems(Hub.Answer answer, Locale locale) {
        List<String> problems = new ArrayList<>();
        JsonNode problem = answer.json();
        problem.path("flaws")
                .forEach(f -> problems.add(
                        f.path(locale.getLanguage().equals("en") ? "en" : "vi").asText()));
        if (problems.isEmpty()) {
            problems.add(problem.path("detail").asText("HTTP " + answer.status()));
        }
        return problems;
    }

    private static String name(Twin twin, Locale locale) {
        return locale.getLanguage().equals("en") ? twin.en : twin.vi;
    }

    /** A filing in the words of the hub's portal API. */
    private static final class Filing {

        static ObjectNode request(String code, Form form) {
            ObjectNode request = Json.object();
            ObjectNode dossier = request.putObject("dossier");
            dossier.putArray("codes").addObject().put("system", "dvcqg").put("code", code);
            dossier.put("procedure", form.procedure())
                    .put("channel", "ONLINE")
                    .put("filedOn", LocalDate.now(VIETNAM).toString())
                    .put("agency", "000.00.12.H50")
                    .put("paidOnline", form.paid());
            if (form.pickup()) {
                ObjectNode pickup = request.putObject("pickup");
                pickup.set("sender", party(form));
                pickup.putArray("papers")
                        .addObject()
                        .put("name", "Giấy tờ gốc")
                        .put("original", true)
                        .put("count", 1);
            }
            if (form.result()) {
                request.putObject("result").set("receiver", party(form));
            }
            return request;
        }

        private static ObjectNode party(Form form) {
            ObjectNode party = Json.object().put("name", form.name()).put("phone", form.phone());
            party.putObject("address").put("commune", form.commune()).put("street", form.street());
            return party;
        }
    }
}
