package vn.bocau.cashier;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import vn.bocau.code.Refused;
import vn.bocau.fee.LedgerBook;
import vn.bocau.fee.Side;
import vn.bocau.print.Printer;
import vn.bocau.wire.http.PdfAnswer;
import vn.bocau.wire.http.TableAnswer;

/** The ledger item by item, as pages and as a table to take away. */
@Controller
@RequestMapping("/fees/items")
class ItemsPage {

    /** As many as a spreadsheet of a province's month; more are asked for by a shorter period. */
    private static final int MOST = 50_000;

    private static final int MOST_ON_PAPER = 2_000;

    private final LedgerBook ledger;
    private final Names names;
    private final Printer printer;

    ItemsPage(LedgerBook ledger, Names names, Printer printer) {
        this.ledger = ledger;
        this.names = names;
        this.printer = printer;
    }

    @GetMapping
    String list(Model page, Authentication who, Period period) {
        Side side = Cashier.of(who).side();
        LedgerBook.Wanted wanted = period.wanted((period.number() - 1) * Period.SIZE, Period.SIZE);
        LedgerBook.Sums sums = ledger.sums(side, wanted);
        page.addAttribute("rows", ledger.items(side, wanted));
        page.addAttribute("sums", sums);
        page.addAttribute("most", MOST);
        period.show(page, wanted, sums.count());
        return "cashier/items";
    }

    @GetMapping("/export.{kind:csv|xlsx}")
    ResponseEntity<byte[]> export(Authentication who, Period period, @PathVariable String kind) {
        List<LedgerBook.Item> items = all(Cashier.of(who).side(), period, MOST);
        return TableAnswer.of(
                "so-thu-ho",
                kind,
                ItemTable.of(items, period.wanted(0, 1), names).as(kind));
    }

    /** For one owner a sheet: of a day, when the period is one. */
    @GetMapping("/export.pdf")
    ResponseEntity<byte[]> sheets(Authentication who, Period period) {
        Side side = Cashier.of(who).side();
        LedgerBook.Wanted wanted = period.wanted(0, 1);
        return PdfAnswer.of(
                "bang-ke-thu-ho",
                printer.pdf(
                        "sheets",
                        Map.of(
                                "sheets",
                                OwnerSheet.of(all(side, period, MOST_ON_PAPER), names),
                                "by",
                                Objects.requireNonNullElse(names.of(side), "Bồ Câu"),
                                "from",
                                wanted.from().atZone(CashierPages.VIETNAM).toLocalDate(),
                                "until",
                                wanted.until()
                                        .atZone(CashierPages.VIETNAM)
                                        .toLocalDate()
                                        .minusDays(1)),
                        Locale.forLanguageTag("vi")));
    }

    private List<LedgerBook.Item> all(Side side, Period period, int most) {
        List<LedgerBook.Item> items = ledger.items(side, period.wanted(0, most + 1));
        if (items.size() > most) {
            throw new Refused(
                    Refused.Ground.MALFORMED,
                    "parameter",
                    "from",
                    "Quá " + most + " dòng; hãy chọn khoảng ngày ngắn hơn.",
                    "More than " + most + " rows; choose a shorter period.");
        }
        return items;
    }

    @GetMapping("/{dossier}")
    String one(Model page, Authentication who, @PathVariable UUID dossier) {
        Side side = Cashier.of(who).side();
        List<LedgerBook.Line> lines = ledger.entries(side, dossier);
        if (lines.isEmpty()) {
            throw new Refused(
                    Refused.Ground.UNKNOWN,
                    "no-such-dossier",
                    "",
                    "Sổ của bạn không có hồ sơ này.",
                    "Your ledger has no such dossier.");
        }
        page.addAttribute("lines", lines);
        page.addAttribute("code", ledger.code(dossier));
        page.addAttribute("receipts", ledger.receipts(side, dossier));
        return "cashier/item";
    }

    /** For the citizen: that the post took it for the agency. The receipt for the budget is the agency's to give. */
    @GetMapping("/{dossier}/receipts/{number}")
    ResponseEntity<byte[]> receipt(Authentication who, @PathVariable UUID dossier, @PathVariable long number) {
        Side side = Cashier.of(who).side();
        LedgerBook.Receipt receipt = ledger.receipts(side, dossier).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow(() -> new Refused(
                        Refused.Ground.UNKNOWN,
                        "no-such-receipt",
                        "",
                        "Không có biên nhận nào như vậy, hoặc khoản thu đã bị hủy.",
                        "There is no such receipt, or what was taken was voided."));
        return PdfAnswer.of(
                "bien-nhan-thu-ho",
                printer.pdf(
                        "receipt",
                        Map.of(
                                "receipt",
                                receipt,
                                "part",
                                side.agency() != null,
                                "agency",
                                names.agency(receipt.agency()),
                                "payee",
                                receipt.payee() == null ? "" : names.owner(receipt.payee()),
                                "office",
                                names.office(receipt.office()),
                                "zone",
                                CashierPages.VIETNAM),
                        Locale.forLanguageTag("vi")));
    }
}
