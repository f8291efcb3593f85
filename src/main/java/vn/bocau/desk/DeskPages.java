package vn.bocau.desk;

import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import vn.bocau.directory.Agency;
import vn.bocau.directory.Directories;

/** What every page of the desk shows: whose desk it is, and a name for the form on it. */
@ControllerAdvice(basePackageClasses = DeskPages.class)
class DeskPages {

    static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Directories directories;

    DeskPages(Directories directories) {
        this.directories = directories;
    }

    @ModelAttribute
    void desk(Model page, Authentication who, Locale locale) {
        Clerk clerk = Clerk.of(who);
        String id = clerk.agency();
        page.addAttribute("user", clerk.user());
        page.addAttribute(
                "agency", directories.current().agency(id).map(Agency::name).orElse(id));
        page.addAttribute("zone", VIETNAM);
        page.addAttribute("english", "en".equals(locale.getLanguage()));
        page.addAttribute("form", UUID.randomUUID().toString());
    }
}
