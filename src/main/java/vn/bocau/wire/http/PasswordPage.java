package vn.bocau.wire.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.http.people.OwnPassword;
import vn.bocau.wire.http.people.Rights;
import vn.bocau.wire.http.signin.Attempts;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * The page to change the own password on. Whoever signed in with a one-time password is led here from everywhere. Once
 * changed, everything that was open under the old one has ended, and one signs in with the new one.
 */
@Controller
class PasswordPage {

    private static final Text DIFFERENT = new Text(
            "Hai lần nhập mật khẩu mới khác nhau; hãy nhập lại.", "The two new passwords differ; enter them again.");

    private final OwnPassword passwords;
    private final Attempts attempts;

    PasswordPage(OwnPassword passwords, Attempts attempts) {
        this.passwords = passwords;
        this.attempts = attempts;
    }

    @GetMapping("/password")
    String form(Model page, Authentication who) {
        return show(page, who, Map.of());
    }

    @PostMapping("/password")
    String change(
            Model page,
            Authentication who,
            Locale locale,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String old,
            @RequestParam(defaultValue = "") String fresh,
            @RequestParam(defaultValue = "") String again) {
        Map<String, String> wrong = new LinkedHashMap<>();
        if (!passwords.changeable(who.getName())) {
            return show(page, who, wrong);
        }
        if (!fresh.equals(again)) {
            wrong.put("again", DIFFERENT.in(locale));
        } else {
            try {
                change(who.getName(), request.getRemoteAddr(), old, fresh);
                new SecurityContextLogoutHandler().logout(request, response, who);
                return "redirect:/login?changed&lang=" + (locale.getLanguage().equals("en") ? "en" : "vi");
            } catch (Refused refused) {
                refused.flaws()
                        .forEach(flaw -> wrong.put(flaw.field(), flaw.wrong().in(locale)));
            } catch (TooManyAttempts blocked) {
                response.setStatus(429);
                page.addAttribute("minutes", blocked.pause().toMinutes() + 1);
                return show(page, who, wrong);
            }
        }
        response.setStatus(422);
        return show(page, who, wrong);
    }

    /** Whoever sits down at somebody's open page must not be able to try passwords faster here than anywhere else. */
    private void change(String name, String address, String old, String fresh) {
        attempts.admit(name, address);
        try {
            passwords.change(name, old, fresh);
        } catch (Refused refused) {
            if (refused.code().equals("old-password")) {
                attempts.failed(name, address);
            }
            throw refused;
        }
    }

    private String show(Model page, Authentication who, Map<String, String> wrong) {
        page.addAttribute("name", who.getName());
        page.addAttribute("expired", Rights.passwordExpired(who));
        page.addAttribute("changeable", passwords.changeable(who.getName()));
        page.addAttribute("wrong", wrong);
        return "password";
    }
}
