package vn.bocau.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.code.Refused.Flaw;
import vn.bocau.code.Text;
import vn.bocau.journal.Edit;
import vn.bocau.journal.Edits;
import vn.bocau.journal.Records;
import vn.bocau.wire.Json;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Problem;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.mapping.Fields;

/**
 * Proposes other words for a parked message, field by field and without showing whose they are; a second person decides. A
 * field that nothing is typed for keeps what it holds.
 */
@Controller
@ConsolePages.OnConsole
class EditsPage {

    private static final int SHOWN = 25;
    private static final int MOST_FIELDS = 300;
    private static final Pattern CHANGE = Pattern.compile("/changes/(\\d{1,6})");

    private final EditDesk desk;
    private final Records records;

    EditsPage(EditDesk desk, Records records) {
        this.desk = desk;
        this.records = records;
    }

    @GetMapping("/console/edits")
    String all(Model page, @RequestParam(defaultValue = "0") int from, Authentication who) {
        Parameters.between("from", from, 0, 1_000_000);
        List<Edit> edits = desk.all(null, from, SHOWN, who);
        page.addAttribute("edits", edits);
        page.addAttribute("me", who.getName());
        page.addAttribute("older", edits.size() < SHOWN ? null : "/console/edits?from=" + (from + SHOWN));
        return "console/edits";
    }

    @GetMapping("/console/messages/{id}/edit")
    String form(Model page, @PathVariable UUID id, Authentication who) {
        return form(page, id, who, Map.of());
    }

    private String form(Model page, UUID id, Authentication who, Map<String, String> typed) {
        EditDesk.Listed listed = desk.fields(id, who);
        List<Fields.Field> fields = listed.fields();
        Records.Message message = records.message(id);
        page.addAttribute("message", message);
        page.addAttribute("fields", fields.subList(0, Math.min(fields.size(), MOST_FIELDS)));
        page.addAttribute("cut", fields.size() > MOST_FIELDS);
        page.addAttribute("version", listed.version());
        page.addAttribute("typed", typed);
        page.addAttribute("maybeHeard", desk.maybeHeard(id));
        return "console/edit";
    }

    @PostMapping("/console/messages/{id}/edit")
    String propose(
            Model page,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            HttpServletResponse response) {
        List<Fields.Change> changes = changes(request, desk.fields(id, who).fields());
        try {
            desk.propose(id, said(request, "version"), changes, who, Why.said(reason));
            return "redirect:/console/messages/" + id;
        } catch (Refused refused) {
            if (refused.ground() == Refused.Ground.FORBIDDEN || refused.ground() == Refused.Ground.UNKNOWN) {
                throw refused;
            }
            response.setStatus(422);
            request.setAttribute(Problem.CODE, refused.code());
            form(page, id, who, typed(request, refused));
            page.addAttribute("wrong", ConsolePages.wrong(byField(refused, changes, request), locale));
            return "console/edit";
        }
    }

    /** The rows are those of the words of then: of others now, another field may be in the place of the one that was filled in. */
    private static Map<String, String> typed(HttpServletRequest request, Refused refused) {
        Map<String, String> typed = new HashMap<>();
        if (!refused.code().equals(Edits.STALE)) {
            request.getParameterMap().forEach((name, values) -> typed.put(name, values[0]));
        }
        return typed;
    }

    /** Of many rows few are filled in: the one that is wrong is named as it is listed, not by its number among the changes. */
    private static Refused byField(Refused refused, List<Fields.Change> changes, HttpServletRequest request) {
        boolean adds = !said(request, "new-path").isBlank();
        List<Flaw> flaws = refused.flaws().stream()
                .map(flaw -> {
                    Matcher change = CHANGE.matcher(flaw.field());
                    if (!change.matches()) {
                        return flaw;
                    }
                    int n = Integer.parseInt(change.group(1));
                    return adds && n == changes.size() - 1
                            ? new Flaw("", added(flaw.wrong()))
                            : new Flaw(changes.get(n).path(), flaw.wrong());
                })
                .toList();
        return new Refused(refused.ground(), refused.code(), flaws);
    }

    /** What was typed as its path may be a name. */
    private static Text added(Text wrong) {
        return new Text("Trường thêm mới: " + wrong.vi(), "The field that is added: " + wrong.en());
    }

    /** {@code value-<n>} and {@code remove-<n>} of the field in the n-th place, and one that is new. */
    private static List<Fields.Change> changes(HttpServletRequest request, List<Fields.Field> fields) {
        List<Fields.Change> changes = new ArrayList<>();
        for (int n = 0; n < fields.size(); n++) {
            Fields.Field field = fields.get(n);
            String value = said(request, "value-" + n);
            if (request.getParameter("remove-" + n) != null) {
                changes.add(new Fields.Change(field.path(), null));
            } else if (!value.isEmpty()) {
                changes.add(new Fields.Change(
                        field.path(), field.type().equals("text") ? TextNode.valueOf(value) : json(value)));
            }
        }
        String added = said(request, "new-path").strip();
        if (!added.isEmpty()) {
            String value = said(request, "new-value");
            changes.add(new Fields.Change(
                    added, "json".equals(request.getParameter("new-type")) ? json(value) : TextNode.valueOf(value)));
        }
        return changes;
    }

    /** As JSON when it is, such as a number; otherwise a text. */
    private static JsonNode json(String value) {
        try {
            return Json.said(value);
        } catch (Refused noJson) {
            return TextNode.valueOf(value);
        }
    }

    private static String said(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "");
    }

    @PostMapping("/console/edits/{id}/approve")
    String approve(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String maybeHeard,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        boolean knowing = EditsApi.YES.equals(maybeHeard);
        return decided(id, who, request, locale, next, () -> desk.approve(id, knowing, who, Why.said(reason)));
    }

    @PostMapping("/console/edits/{id}/reject")
    String reject(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return decided(id, who, request, locale, next, () -> desk.reject(id, who, Why.said(reason)));
    }

    @PostMapping("/console/edits/{id}/withdraw")
    String withdraw(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return decided(id, who, request, locale, next, () -> desk.withdraw(id, who, Why.said(reason)));
    }

    /** To the message as it is now: the corrected one, or with what was wrong. */
    private String decided(
            UUID id,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next,
            Runnable act) {
        String back = ConsolePages.tried(request, locale, next, "", act);
        return back + "/console/messages/" + desk.one(id, who).message();
    }
}
