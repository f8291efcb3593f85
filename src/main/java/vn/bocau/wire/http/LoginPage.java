package vn.bocau.wire.http;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import vn.bocau.wire.http.signin.LoginFailure;

/** The page to sign in on. */
@Controller
class LoginPage {

    @GetMapping("/login")
    String form() {
        return "login";
    }

    /** Reached only by a forward from the sign-in itself, with the status already set. */
    @RequestMapping("/login/refused")
    String refused(
            Model model,
            HttpServletResponse response,
            @RequestAttribute(LoginFailure.PROBLEM) String problem,
            @RequestParam(name = "username", defaultValue = "") String name) {
        model.addAttribute("problem", problem);
        model.addAttribute("minutes", minutes(response));
        model.addAttribute("name", name);
        return "login";
    }

    private static long minutes(HttpServletResponse response) {
        String seconds = response.getHeader(HttpHeaders.RETRY_AFTER);
        return seconds == null ? 0 : Duration.ofSeconds(Long.parseLong(seconds)).toMinutes() + 1;
    }
}
