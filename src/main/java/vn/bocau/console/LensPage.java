package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.dossier.Lens;
import vn.bocau.journal.Acts;
import vn.bocau.journal.Edit;
import vn.bocau.journal.Records;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/**
 * One box finds a dossier by whatever is at hand, and one page shows its whole journey. What is looked for may be a
 * telephone number, so it is posted and stands in no address.
 */
@Controller
@ConsolePages.OnConsole
class LensPage {

    private final DossierStory story;
    private final Records records;
    private final Payloads payloads;
    private final EditDesk edits;
    private final Acts acts;

    LensPage(DossierStory story, Records records, Payloads payloads, EditDesk edits, Acts acts) {
        this.acts = acts;
        this.story = story;
        this.records = records;
        this.payloads = payloads;
        this.edits = edits;
    }

    @GetMapping("/console/lens")
    String box() {
        return "console/lens";
    }

    @PostMapping("/console/lens")
    String find(Model page, @RequestParam(defaultValue = "") String find, Authentication who) {
        Parameters.printable("find", find);
        if (find.isBlank() || find.length() > 100) {
            page.addAttribute("empty", true);
            return "console/lens";
        }
        List<Lens.Found> found = story.find(find, who);
        DossierStory.Messages messages = story.messages(find, who);
        if (found.size() == 1 && messages.all().isEmpty()) {
            return "redirect:/console/dossiers/" + found.get(0).id();
        }
        if (found.isEmpty() && messages.named().size() == 1 && messages.all().size() == 1) {
            return "redirect:/console/messages/" + messages.named().get(0).id();
        }
        page.addAttribute("found", found);
        page.addAttribute("named", messages.named());
        page.addAttribute("parked", messages.parked());
        if (found.isEmpty() && messages.all().isEmpty()) {
            // To be put right; what was found by is said no more, for it may be somebody's number.
            page.addAttribute("find", find);
        }
        return "console/lens";
    }

    @GetMapping("/console/dossiers/{id}")
    String dossier(Model page, @PathVariable UUID id, Authentication who) {
        page.addAttribute("journey", story.of(id, who));
        page.addAttribute("maySettle", Grants.of(who).mayForAll(Right.ADMINISTER));
        return "console/dossier";
    }

    /**
     * @param renews whether an open page asks for what has changed. It shows nothing in clear, or it would not ask, and has what the
     *     message says already
     */
    @GetMapping("/console/messages/{id}")
    String message(
            Model page,
            @PathVariable UUID id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String renews,
            Authentication who) {
        Records.Message message = records.message(id);
        Grants grants = Grants.of(who);
        grants.demand(Right.SEE, message.partner());
        page.addAttribute("message", message);
        page.addAttribute("attempts", records.attempts(message.seq()));
        page.addAttribute("acts", records.acts(id));
        if (renews == null && grants.may(Right.READ, message.partner())) {
            Payloads.Payload payload = payloads.of(id, who);
            page.addAttribute("said", payload.said().toPrettyString());
            page.addAttribute("clearUntil", payload.clearUntil());
            page.addAttribute(
                    "clearFor",
                    payload.clearUntil() == null
                            ? null
                            : Duration.between(Instant.now(), payload.clearUntil())
                                    .toMillis());
        }
        List<Edit> proposed = edits.of(id, who);
        page.addAttribute("edits", proposed);
        if (grants.may(Right.READ, message.partner())) {
            proposed.stream()
                    .filter(Edit::open)
                    .findFirst()
                    .map(open -> renews == null
                            ? payloads.proposed(open.id(), who)
                            : payloads.proposedMasked(open.id(), who))
                    .ifPresent(payload ->
                            page.addAttribute("proposed", payload.said().toPrettyString()));
        }
        page.addAttribute("me", who.getName());
        boolean mayEdit = grants.may(Right.EDIT, message.partner()) && grants.may(Right.READ, message.partner());
        // What somebody approves is what he has read: nothing is exchanged under his eyes.
        page.addAttribute(
                "decides", mayEdit && proposed.stream().anyMatch(edit -> edit.waitsForAnother(who.getName())));
        page.addAttribute("editable", proposed.stream().noneMatch(Edit::open) && mayEdit);
        page.addAttribute(
                "may",
                List.of(Right.values()).stream()
                        .filter(right -> grants.may(right, message.partner()))
                        .map(Right::name)
                        .toList());
        return "console/message";
    }

    @PostMapping("/console/messages/{id}/reveal")
    String reveal(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(
                request, locale, next, "/console/messages/" + id, () -> payloads.open(id, who, Why.said(reason)));
    }

    @PostMapping("/console/messages/{id}/discard")
    String discard(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(request, locale, next, "/console/messages/" + id, () -> {
            Grants.of(who).demand(Right.DISCARD, records.message(id).partner());
            acts.discard(id, who.getName(), Why.said(reason));
        });
    }
}
