package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;
import vn.bocau.alert.Silence;
import vn.bocau.alert.Silences;
import vn.bocau.alert.Warnings;
import vn.bocau.code.Text;
import vn.bocau.dossier.Oversight;
import vn.bocau.dossier.rules.Act;
import vn.bocau.dossier.rules.OwnerKind;
import vn.bocau.journal.Incidents;
import vn.bocau.journal.MessageLedger;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.Why;
import vn.bocau.wire.http.people.Grants;
import vn.bocau.wire.http.people.Right;

/** What adds up by itself: the ledger of messages, the partners' outages, and what is owed. */
@Controller
@ConsolePages.OnConsole
class BooksPage {

    private static final int SHOWN = 50;
    private static final int LONGEST = 92;

    /**
     * One thing that is owed, in words.
     *
     * @param toMakeGood an operator says here that it is done
     */
    record Owed(
            UUID leg,
            String dossier,
            UUID dossierId,
            @Nullable String item,
            Text act,
            String ownerKind,
            String owner,
            Instant dueAt,
            boolean late,
            boolean soon,
            boolean toMakeGood) {}

    /** What is owed of one kind by one sort of owner. */
    record Load(Text act, String ownerKind, long count, long today, long overdue, Instant earliest) {}

    private final MessageLedger messageLedger;
    private final Incidents incidents;
    private final Oversight oversight;
    private final Silences silences;
    private final Warnings warnings;
    private final WorkApi work;

    BooksPage(
            MessageLedger messageLedger,
            Incidents incidents,
            Oversight oversight,
            Silences silences,
            Warnings warnings,
            WorkApi work) {
        this.work = work;
        this.warnings = warnings;
        this.silences = silences;
        this.messageLedger = messageLedger;
        this.incidents = incidents;
        this.oversight = oversight;
    }

    @GetMapping("/console/ledger")
    String ledger(Model page, @RequestParam(defaultValue = "7") int days, Authentication who) {
        Parameters.between("days", days, 1, LONGEST);
        Grants grants = Grants.of(who);
        List<MessageLedger.Day> all = messageLedger.days(days - 1).stream()
                .filter(day -> grants.may(Right.SEE, day.partner()))
                .toList();
        long wrong = all.stream().filter(day -> !day.addsUp()).count();
        page.addAttribute("days", days);
        page.addAttribute("ledger", all);
        page.addAttribute("wrongDays", wrong);
        page.addAttribute("most", SHOWN);
        page.addAttribute(
                "unproven",
                wrong == 0
                        ? List.of()
                        : messageLedger.unproven(
                                days - 1, grants.only(Right.SEE).orElse(null), SHOWN));
        return "console/ledger";
    }

    @GetMapping("/console/incidents")
    String incidents(
            Model page,
            @RequestParam(required = false) @Nullable String partner,
            @RequestParam(defaultValue = "0") int from,
            Authentication who) {
        Parameters.between("from", from, 0, 1_000_000);
        Parameters.printable("partner", partner);
        String one = ConsolePages.said(partner);
        List<Incidents.Incident> all = incidents.all(Grants.of(who).only(Right.SEE, one), from, SHOWN);
        page.addAttribute("all", all);
        page.addAttribute(
                "mayPause",
                all.stream()
                        .map(Incidents.Incident::partner)
                        .filter(each -> Grants.of(who).may(Right.PAUSE, each))
                        .collect(Collectors.toSet()));
        page.addAttribute("partner", one);
        page.addAttribute("from", from);
        page.addAttribute(
                "older",
                all.size() < SHOWN
                        ? null
                        : UriComponentsBuilder.fromPath("/console/incidents")
                                .queryParamIfPresent("partner", Optional.ofNullable(one))
                                .queryParam("from", from + SHOWN)
                                .encode()
                                .toUriString());
        return "console/incidents";
    }

    @GetMapping("/console/obligations")
    String obligations(
            Model page,
            @RequestParam(required = false) @Nullable String ownerKind,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(defaultValue = "false") boolean overdue,
            @RequestParam(defaultValue = "0") int from,
            Authentication who) {
        String kind = ConsolePages.said(ownerKind);
        String name = ConsolePages.said(owner);
        Parameters.oneOf("ownerKind", kind, kinds());
        Parameters.printable("owner", owner);
        Parameters.between("from", from, 0, 1_000_000);
        Instant now = Instant.now();
        Instant soon = warnings.until(now);
        List<Oversight.Owed> owed = oversight.owed(new Oversight.Wanted(
                kind, name, overdue, Grants.of(who).only(Right.SEE).orElse(null), from, SHOWN));
        page.addAttribute(
                "loads",
                oversight
                        .load(
                                EnumSet.allOf(OwnerKind.class),
                                null,
                                Grants.of(who).only(Right.SEE).orElse(null))
                        .stream()
                        .map(l -> new Load(
                                Act.valueOf(l.act()).text(),
                                l.ownerKind(),
                                l.count(),
                                l.today(),
                                l.overdue(),
                                l.earliest()))
                        .toList());
        page.addAttribute(
                "owed",
                owed.stream()
                        .map(o -> new Owed(
                                o.leg(),
                                o.dossier(),
                                o.dossierId(),
                                o.item(),
                                Act.valueOf(o.act()).text(),
                                o.ownerKind(),
                                o.owner(),
                                o.dueAt(),
                                o.dueAt().isBefore(now),
                                !o.dueAt().isBefore(now) && o.dueAt().isBefore(soon),
                                o.act().equals(Act.MAKE_GOOD.name())))
                        .toList());
        page.addAttribute("silences", seen(silences.standing(), Grants.of(who)));
        page.addAttribute("stalled", silences.stalled().orElse(null));
        page.addAttribute("at", now);
        page.addAttribute("kinds", kinds());
        page.addAttribute("ownerKind", kind);
        page.addAttribute("owner", name);
        page.addAttribute("maySettle", Grants.of(who).mayForAll(Right.ADMINISTER));
        page.addAttribute("overdue", overdue);
        page.addAttribute("next", owed.size() < SHOWN ? null : from + SHOWN);
        return "console/obligations";
    }

    /**
     * What was lost, or called off in a carrier's hands, was made good.
     *
     * @param dossier from whose page; null from the list
     */
    @PostMapping("/console/obligations/{leg}/settle")
    String settle(
            @PathVariable UUID leg,
            @RequestParam(required = false) @Nullable UUID dossier,
            @RequestParam(required = false) @Nullable String reason,
            Authentication who,
            HttpServletRequest request,
            Locale locale,
            RedirectAttributes next) {
        return ConsolePages.tried(
                request,
                locale,
                next,
                dossier == null ? "/console/obligations" : "/console/dossiers/" + dossier,
                () -> work.settle(leg, who, () -> Why.said(reason)));
    }

    /** Of post offices all, of partners those whose messages somebody may see. */
    static List<Silence> seen(List<Silence> all, Grants grants) {
        return all.stream()
                .flatMap(one -> one.side().equals("OFFICE")
                        ? Stream.of(one)
                        : one.of(source -> grants.may(Right.SEE, source)).stream())
                .toList();
    }

    private static List<String> kinds() {
        return Stream.of(OwnerKind.values()).map(Enum::name).toList();
    }
}
