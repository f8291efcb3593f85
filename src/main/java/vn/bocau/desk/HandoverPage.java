package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.directory.Directories;
import vn.bocau.directory.PostOffice;
import vn.bocau.dossier.AgencyLegs;
import vn.bocau.dossier.AgencyLegs.Pile;
import vn.bocau.dossier.Manifest;
import vn.bocau.dossier.ManifestBook;
import vn.bocau.print.Printer;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.PdfAnswer;

/** What waits for the postal worker who comes next: labels, and the manifest that both sign. */
@Controller
@RequestMapping("/desk/handover")
class HandoverPage {

    private static final int NEWEST = 20;
    private static final int FARTHEST = 1_000_000;

    private final AgencyLegs legs;
    private final ManifestBook manifests;
    private final ManifestSeal seal;
    private final Clerks clerks;
    private final Printer printer;
    private final Directories directories;

    HandoverPage(
            AgencyLegs legs,
            ManifestBook manifests,
            ManifestSeal seal,
            Clerks clerks,
            Printer printer,
            Directories directories) {
        this.legs = legs;
        this.manifests = manifests;
        this.seal = seal;
        this.clerks = clerks;
        this.printer = printer;
        this.directories = directories;
    }

    @GetMapping
    String list(Model page, Authentication who, Shown shown, @RequestParam(defaultValue = "0") int older) {
        Parameters.between("older", older, 0, FARTHEST);
        Clerk clerk = Clerk.of(who);
        shown.of(page, legs, clerk, Pile.TO_BE_FETCHED);
        List<ManifestBook.Entry> found = manifests.newest(clerk.agency(), older, NEWEST + 1);
        page.addAttribute("manifests", found.stream().limit(NEWEST).toList());
        page.addAttribute("older", found.size() > NEWEST ? older + NEWEST : null);
        page.addAttribute("newer", older > 0 ? Math.max(0, older - NEWEST) : null);
        return "desk/handover";
    }

    @PostMapping
    String make(
            Model page,
            Authentication who,
            HttpServletResponse response,
            Shown shown,
            RedirectAttributes next,
            @RequestParam(defaultValue = "") String form,
            @RequestParam MultiValueMap<String, String> ticked) {
        List<String> item = ticked.getOrDefault("item", List.of());
        if (item.isEmpty()) {
            response.setStatus(422);
            page.addAttribute("nothing", true);
            return list(page, who, shown, 0);
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        new LinkedHashSet<>(item).forEach(one -> said.withArray("items").add(one));
        JsonNode answer = clerks.say(Clerk.of(who), "manifest", form, said);
        List<String> made = new ArrayList<>();
        answer.path("manifests").forEach(number -> made.add(number.asText()));
        List<Left> left = new ArrayList<>();
        answer.path("refused")
                .forEach(one -> left.add(new Left(
                        one.path("item").asText(),
                        new Text(one.path("vi").asText(), one.path("en").asText()))));
        next.addFlashAttribute("made", made);
        next.addFlashAttribute("left", left);
        return made.size() == 1 ? to(made.get(0), next) : "redirect:/desk/handover";
    }

    @GetMapping("/{number}")
    String one(Model page, Authentication who, @PathVariable String number) {
        Manifest manifest = manifest(who, number);
        page.addAttribute("manifest", manifest);
        page.addAttribute("office", office(manifest));
        return "desk/manifest";
    }

    @PostMapping("/{number}/withdraw")
    String withdraw(
            Authentication who,
            Locale locale,
            RedirectAttributes next,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String form) {
        try {
            clerks.say(
                    Clerk.of(who),
                    "withdraw",
                    form,
                    JsonNodeFactory.instance.objectNode().put("manifest", number));
            next.addFlashAttribute("withdrawn", number);
            return "redirect:/desk/handover";
        } catch (Refused refused) {
            next.addFlashAttribute("wrong", refused.flaws().get(0).wrong().in(locale));
            return to(number, next);
        }
    }

    /** By a variable: what was asked for may have braces of its own. */
    private static String to(String number, RedirectAttributes next) {
        next.addAttribute("number", number);
        return "redirect:/desk/handover/{number}";
    }

    @GetMapping("/{number}/pdf")
    ResponseEntity<byte[]> pdf(Authentication who, @PathVariable String number) {
        Manifest manifest = manifest(who, number);
        if (manifest.withdrawnAt() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "withdrawn",
                    "",
                    "Bảng kê này đã rút, không in nữa.",
                    "This manifest was withdrawn and is not printed any more.");
        }
        String agency = directories
                .current()
                .agency(manifest.agency())
                .map(known -> known.name())
                .orElse(manifest.agency());
        // Vietnamese whoever prints it: both sides sign it.
        return PdfAnswer.of(
                "bang-ke-ban-giao",
                printer.pdf(
                        "manifest",
                        Map.of(
                                "manifest",
                                manifest,
                                "agency",
                                agency,
                                "office",
                                office(manifest),
                                "seal",
                                seal.of(manifest),
                                "zone",
                                DeskPages.VIETNAM),
                        Locale.forLanguageTag("vi")));
    }

    private Manifest manifest(Authentication who, String number) {
        return Optional.of(number)
                .flatMap(known -> manifests.one(Clerk.of(who).agency(), known))
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-manifest",
                        "",
                        "Cơ quan không có bảng kê nào như vậy.",
                        "The agency has no such manifest."));
    }

    private String office(Manifest manifest) {
        return directories
                .current()
                .office(manifest.office())
                .map(PostOffice::name)
                .orElse(manifest.office());
    }
}
