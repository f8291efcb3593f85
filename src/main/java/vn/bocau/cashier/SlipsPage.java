package vn.bocau.cashier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
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
import vn.bocau.fee.Remittance;
import vn.bocau.fee.RemittanceBook;
import vn.bocau.fee.Side;
import vn.bocau.print.Printer;
import vn.bocau.wire.http.Parameters;
import vn.bocau.wire.http.PdfAnswer;
import vn.bocau.wire.http.TableAnswer;

/** Remittance slips: looked at before they are made, printed, taken back, and counted by the agency. */
@Controller
@RequestMapping("/fees/slips")
class SlipsPage {

    private static final int NEWEST = 50;
    private static final int FARTHEST = 1_000_000;

    private final RemittanceBook book;
    private final Cashiers cashiers;
    private final Names names;
    private final Printer printer;

    SlipsPage(RemittanceBook book, Cashiers cashiers, Names names, Printer printer) {
        this.book = book;
        this.cashiers = cashiers;
        this.names = names;
        this.printer = printer;
    }

    @GetMapping
    String list(Model page, Authentication who, @RequestParam(defaultValue = "0") int older) {
        Parameters.between("older", older, 0, FARTHEST);
        Side side = Cashier.of(who).side();
        List<RemittanceBook.Slip> found = book.newest(side, false, older, NEWEST + 1);
        page.addAttribute("slips", found.stream().limit(NEWEST).toList());
        page.addAttribute("older", found.size() > NEWEST ? older + NEWEST : null);
        page.addAttribute("newer", older > 0 ? Math.max(0, older - NEWEST) : null);
        return "cashier/slips";
    }

    @GetMapping("/new")
    String draft(
            Model page,
            Authentication who,
            @RequestParam String owner,
            @RequestParam(required = false) @Nullable String carrier) {
        List<Remittance.Line> lines = book.draft(office(who), owner, carrier);
        page.addAttribute("owner", owner);
        page.addAttribute("carrier", carrier);
        page.addAttribute("lines", lines);
        page.addAttribute("list", Remittance.list(lines));
        page.addAttribute(
                "total", lines.stream().mapToLong(Remittance.Line::amount).sum());
        return "cashier/draft";
    }

    @PostMapping("/new")
    String make(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @RequestParam String owner,
            @RequestParam(required = false) @Nullable String carrier,
            @RequestParam long shown,
            @RequestParam(defaultValue = "") String list,
            @RequestParam(defaultValue = "") String form) {
        ObjectNode said = JsonNodeFactory.instance
                .objectNode()
                .put("owner", owner)
                .put("shown", shown)
                .put("list", list);
        if (carrier != null) {
            said.put("carrier", carrier);
        }
        try {
            String number = cashiers.say(Cashier.of(who), "remit", form, said)
                    .path("remittance")
                    .asText();
            next.addFlashAttribute("made", true);
            return to(number, next);
        } catch (Refused refused) {
            return again(page, locale, response, refused, () -> draft(page, who, owner, carrier));
        }
    }

    @GetMapping("/{number}")
    String one(Model page, Authentication who, @PathVariable String number) {
        page.addAttribute("slip", slip(who, number));
        return "cashier/slip";
    }

    @PostMapping("/{number}/withdraw")
    String withdraw(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String form) {
        try {
            cashiers.say(
                    Cashier.of(who),
                    "withdraw",
                    form,
                    JsonNodeFactory.instance.objectNode().put("remittance", number));
            return to(number, next);
        } catch (Refused refused) {
            return again(page, locale, response, refused, () -> one(page, who, number));
        }
    }

    @PostMapping("/{number}/acknowledge")
    String acknowledge(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable String number,
            @RequestParam Map<String, String> said,
            @RequestParam(defaultValue = "") String form) {
        ObjectNode counted = JsonNodeFactory.instance.objectNode().put("remittance", number);
        Amounts.lines(counted, said);
        String reference = said.getOrDefault("reference", "").strip();
        if (!reference.isEmpty()) {
            counted.put("reference", reference);
        }
        try {
            cashiers.say(Cashier.of(who), "acknowledge", form, counted);
            next.addFlashAttribute("counted", true);
            return to(number, next);
        } catch (Refused refused) {
            page.addAttribute("said", said);
            return again(page, locale, response, refused, () -> one(page, who, number));
        }
    }

    @GetMapping("/{number}/pdf")
    ResponseEntity<byte[]> pdf(Authentication who, @PathVariable String number) {
        Remittance slip = slip(who, number);
        if (slip.withdrawnAt() != null) {
            throw new Refused(
                    Refused.Ground.CONFLICT,
                    "withdrawn",
                    "",
                    "Bảng kê này đã rút, không in nữa.",
                    "This slip was withdrawn and is not printed any more.");
        }
        // Vietnamese whoever prints it: both sides sign it.
        return PdfAnswer.of(
                "bang-ke-nop-tien",
                printer.pdf(
                        "remittance",
                        Map.of(
                                "slip",
                                slip,
                                "owner",
                                names.owner(slip.owner()),
                                "payee",
                                names.payee(slip.owner()),
                                "office",
                                names.office(slip.from()),
                                "zone",
                                CashierPages.VIETNAM),
                        Locale.forLanguageTag("vi")));
    }

    @GetMapping("/{number}/export.{kind:csv|xlsx}")
    ResponseEntity<byte[]> export(Authentication who, @PathVariable String number, @PathVariable String kind) {
        return TableAnswer.of(
                "bang-ke-nop-tien", kind, SlipTable.of(slip(who, number), names).as(kind));
    }

    /** What an outside carrier has for the agency. */
    @GetMapping("/carrier/{carrier}")
    String carrier(Model page, Authentication who, @PathVariable String carrier) {
        String agency = Objects.requireNonNullElseGet(Cashier.of(who).side().agency(), () -> {
            throw nothingHere();
        });
        List<Remittance.Line> lines = book.atCarrier(carrier, agency);
        page.addAttribute("carrier", carrier);
        page.addAttribute("lines", lines);
        page.addAttribute("list", Remittance.list(lines));
        page.addAttribute(
                "total", lines.stream().mapToLong(Remittance.Line::amount).sum());
        return "cashier/carrier";
    }

    @PostMapping("/carrier/{carrier}")
    String settle(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletResponse response,
            RedirectAttributes next,
            @PathVariable String carrier,
            @RequestParam Map<String, String> said,
            @RequestParam long shown,
            @RequestParam(defaultValue = "") String list,
            @RequestParam(defaultValue = "") String form) {
        ObjectNode counted = JsonNodeFactory.instance
                .objectNode()
                .put("carrier", carrier)
                .put("shown", shown)
                .put("list", list);
        Amounts.lines(counted, said);
        try {
            String number = cashiers.say(Cashier.of(who), "carrier", form, counted)
                    .path("remittance")
                    .asText();
            next.addFlashAttribute("counted", true);
            return to(number, next);
        } catch (Refused refused) {
            page.addAttribute("said", said);
            return again(page, locale, response, refused, () -> carrier(page, who, carrier));
        }
    }

    private interface Page {
        String show();
    }

    private static String again(Model page, Locale locale, HttpServletResponse response, Refused refused, Page shown) {
        response.setStatus(refused.ground() == Refused.Ground.CONFLICT ? 409 : 422);
        page.addAttribute(
                "wrong",
                refused.flaws().stream().map(flaw -> Wrong.of(flaw, locale)).toList());
        return shown.show();
    }

    /** By a variable: what was asked for may have braces of its own. */
    private static String to(String number, RedirectAttributes next) {
        next.addAttribute("number", number);
        return "redirect:/fees/slips/{number}";
    }

    private static String office(Authentication who) {
        @Nullable String office = Cashier.of(who).side().office();
        if (office == null) {
            throw nothingHere();
        }
        return office;
    }

    private Remittance slip(Authentication who, String number) {
        return book.one(Cashier.of(who).side(), number).orElseThrow(SlipsPage::nothingHere);
    }

    private static Refused nothingHere() {
        return new Refused(
                Refused.Ground.UNKNOWN,
                "no-such-remittance",
                "",
                "Không có bảng kê nộp tiền nào như vậy của bạn.",
                "You have no such remittance slip.");
    }
}
