package vn.bocau.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import vn.bocau.code.Text;
import vn.bocau.dossier.AgencyDossiers;
import vn.bocau.dossier.AgencyPapers;
import vn.bocau.dossier.AgencyPapers.Row;

/**
 * Papers that the post brought: taken with a day promised, many at once; refused, asked to be supplemented, or sent on to another
 * agency, one by one.
 */
@Controller
@RequestMapping("/desk/papers")
class PapersPage {

    private final AgencyPapers papers;
    private final AgencyDossiers dossiers;
    private final Clerks clerks;
    private final Deciding deciding;

    PapersPage(AgencyPapers papers, AgencyDossiers dossiers, Clerks clerks, Deciding deciding) {
        this.papers = papers;
        this.dossiers = dossiers;
        this.clerks = clerks;
        this.deciding = deciding;
    }

    @GetMapping
    String list(Model page, Authentication who, Shown shown) {
        String agency = Clerk.of(who).agency();
        AgencyPapers.Page found = papers.of(agency, shown.wanted(), shown.first(), Shown.SIZE);
        page.addAttribute("sentOn", dossiers.sentOn(agency, shown.wanted(), Shown.SIZE));
        page.addAttribute("sentOnInAll", dossiers.countSentOn(agency, shown.wanted()));
        shown.show(page, found.rows(), found.total());
        return "desk/papers";
    }

    /** Those ticked, with one day for all; each dossier is judged alone, with all its envelopes. */
    @PostMapping
    String receive(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            Shown shown,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") List<UUID> leg,
            @RequestParam(defaultValue = "") List<UUID> scanned,
            @RequestParam(defaultValue = "") String appointment,
            @RequestParam(defaultValue = "") String rest,
            @RequestParam(defaultValue = "") String coming,
            @RequestParam Map<String, String> all) {
        Clerk clerk = Clerk.of(who);
        boolean asked = deciding.isAsked(appointment, rest);
        Asked unseen = Asked.about(unseen(clerk, leg, scanned));
        boolean unsure = !unseen.isAnswered(coming);
        if (leg.isEmpty() || appointment.isBlank() || asked || unsure) {
            response.setStatus(422);
            page.addAttribute(
                    "nothing",
                    leg.isEmpty() ? "leg" : asked ? "rest" : appointment.isBlank() ? "appointment" : "coming");
            page.addAttribute("coming", unseen);
            page.addAttribute("appointment", appointment);
            page.addAttribute("rest", rest);
            page.addAttribute("chosen", leg);
            page.addAttribute("scanned", scanned);
            return list(page, who, shown);
        }
        int received = 0;
        List<Left> left = new ArrayList<>();
        Map<String, List<Row>> dossiers = new LinkedHashMap<>();
        for (UUID one : leg) {
            papers.one(clerk.agency(), one)
                    .ifPresentOrElse(
                            row -> dossiers.computeIfAbsent(row.dossier(), code -> new ArrayList<>())
                                    .add(row),
                            // Dealt with already, by the same form sent twice or by a colleague.
                            () -> next.addFlashAttribute("done", true));
        }
        for (List<Row> rows : dossiers.values()) {
            Row row = rows.get(0);
            try {
                clerks.say(
                        clerk,
                        "receive",
                        form + "-" + row.leg(),
                        named(rows)
                                .put("appointment", appointment.strip())
                                .put("seen", all.getOrDefault("seen." + row.leg(), "")));
                received++;
            } catch (Refused refused) {
                Text why = refused.flaws().get(0).wrong();
                left.add(new Left(
                        rows.stream().map(Row::item).collect(Collectors.joining(", ")),
                        new Text(row.dossier() + ": " + why.vi(), row.dossier() + ": " + why.en())));
            }
        }
        next.addFlashAttribute("received", received);
        next.addFlashAttribute("stay", left);
        return "redirect:/desk/papers";
    }

    /** What the post has not handed over, as far as we have heard, and nobody has scanned: ticked by mistake, perhaps. */
    private List<UUID> unseen(Clerk clerk, List<UUID> ticked, List<UUID> scanned) {
        return ticked.stream()
                .filter(leg -> !scanned.contains(leg))
                .filter(leg -> papers.one(clerk.agency(), leg)
                        .filter(row -> !row.arrived())
                        .isPresent())
                .toList();
    }

    @GetMapping("/{leg}")
    String one(Model page, Authentication who, @PathVariable UUID leg) {
        return show(page, who, row(who, leg), Map.of());
    }

    @PostMapping("/{leg}/receive")
    String receive(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            Decision.Receive decision) {
        return decide(page, who, locale, response, next, leg, decision, PapersPage::named);
    }

    @PostMapping("/{leg}/refuse")
    String refuse(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            Decision.Refuse decision) {
        return decide(page, who, locale, response, next, leg, decision, PapersPage::named);
    }

    @PostMapping("/{leg}/supplement")
    String supplement(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            Decision.Supplement decision) {
        return decide(page, who, locale, response, next, leg, decision, PapersPage::named);
    }

    @PostMapping("/{leg}/transfer")
    String transfer(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            Decision.Transfer decision) {
        return decide(page, who, locale, response, next, leg, decision, row -> Deciding.named(row.dossier()));
    }

    /** The dossier has been decided since it was turned away: it lies with the agency now. */
    @PostMapping("/{leg}/take")
    String take(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            Decision.Take decision) {
        return decide(page, who, locale, response, next, leg, decision, PapersPage::leg);
    }

    /** The dossier had gone on before they came: they go where it is decided. */
    @PostMapping("/{leg}/forward")
    String forward(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            Decision.Forward decision) {
        return decide(page, who, locale, response, next, leg, decision, PapersPage::leg);
    }

    /** Nothing more is to be done with it, such as when the citizen has fetched it. */
    @PostMapping("/{leg}/settle")
    String settle(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable UUID leg,
            Decision.Settle decision) {
        return decide(page, who, locale, response, next, leg, decision, PapersPage::leg);
    }

    /** What is not there any more was dealt with: by the same form, sent twice, or by a colleague. */
    private String decide(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            UUID leg,
            Decision decision,
            Function<Row, ObjectNode> named) {
        Clerk clerk = Clerk.of(who);
        Row row = papers.one(clerk.agency(), leg).orElse(null);
        if (row == null) {
            next.addFlashAttribute("done", true);
            return "redirect:/desk/papers";
        }
        Map<String, String> wrong = deciding.decide(page, clerk, decision, named.apply(row), locale);
        if (!wrong.isEmpty()) {
            response.setStatus(422);
            return show(page, who, row, wrong);
        }
        next.addFlashAttribute("decided", row.dossier());
        return "redirect:/desk/papers";
    }

    private static ObjectNode leg(Row row) {
        return Deciding.named(row.dossier()).put("leg", row.leg().toString());
    }

    /** What has not been handed over yet, as far as we have heard, has with this. */
    private static ObjectNode named(Row row) {
        ObjectNode said = Deciding.named(row.dossier());
        return row.arrived() ? said : said.put("item", row.item());
    }

    /** All of one dossier. */
    private static ObjectNode named(List<Row> rows) {
        ObjectNode said = Deciding.named(rows.get(0).dossier());
        rows.stream()
                .filter(row -> !row.arrived())
                .forEach(row -> said.withArray("items").add(row.item()));
        return said;
    }

    private Row row(Authentication who, UUID leg) {
        return papers.one(Clerk.of(who).agency(), leg)
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-leg",
                        "",
                        "Không còn giấy tờ nào như vậy chờ cơ quan quyết định.",
                        "No such papers wait for the agency's decision any more."));
    }

    private String show(Model page, Authentication who, Row row, Map<String, String> wrong) {
        page.addAttribute("row", row);
        page.addAttribute("sentIn", true);
        deciding.show(page, Clerk.of(who), "/desk/papers/" + row.leg(), wrong);
        return "desk/decide";
    }
}
