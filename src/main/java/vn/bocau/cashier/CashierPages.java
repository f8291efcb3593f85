package vn.bocau.cashier;

import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page of the money shows: whose it is, and a name for the form on it. */
@ControllerAdvice(basePackageClasses = CashierPages.class)
class CashierPages {

    static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Names names;

    CashierPages(Names names) {
        this.names = names;
    }

    @ModelAttribute
    void cashier(Model page, Authentication who, Locale locale) {
        Cashier me = Cashier.of(who);
        page.addAttribute("me", me);
        page.addAttribute("place", names.of(me.side()));
        page.addAttribute("names", names);
        page.addAttribute("zone", VIETNAM);
        page.addAttribute("english", "en".equals(locale.getLanguage()));
        page.addAttribute("form", UUID.randomUUID().toString());
    }
}
