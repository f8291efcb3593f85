package vn.bocau.cashier;

import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import vn.bocau.fee.ImbalanceBook;
import vn.bocau.fee.LedgerBook;
import vn.bocau.fee.RemittanceBook;
import vn.bocau.fee.Side;

/** What is to be done about the money today, and how the month stands. */
@Controller
@RequestMapping("/fees")
class MoneyPage {

    private static final int SLIPS = 20;

    private final LedgerBook ledger;
    private final RemittanceBook slips;
    private final ImbalanceBook imbalances;

    MoneyPage(LedgerBook ledger, RemittanceBook slips, ImbalanceBook imbalances) {
        this.ledger = ledger;
        this.slips = slips;
        this.imbalances = imbalances;
    }

    @GetMapping
    String today(Model page, Authentication who) {
        Side side = Cashier.of(who).side();
        period("FEE").show(page, period("FEE").wanted(0, 1), 0);
        page.addAttribute("sums", month(side, "FEE"));
        if (side.agency() == null) {
            page.addAttribute("cod", month(side, "COD"));
        }
        page.addAttribute("differences", imbalances.open(side));
        page.addAttribute("slips", slips.newest(side, true, 0, SLIPS));
        if (side.office() != null) {
            page.addAttribute("waiting", slips.waitingAtOffice(side.office()));
        }
        if (side.agency() != null) {
            page.addAttribute("carriers", slips.carriersWith(side.agency()));
        }
        return "cashier/today";
    }

    private LedgerBook.Sums month(Side side, String money) {
        return ledger.sums(side, period(money).wanted(0, 1));
    }

    private static Period period(String money) {
        return new Period(null, null, null, money, null, null);
    }
}
