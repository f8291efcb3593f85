package vn.bocau.wire.http;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

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
            @RequestParam(name = "username", defaultValue = "") String name) {
        model.addAttribute("problem", problem(response.getStatus()));
        model.addAttribute("minutes", minutes(response));
        model.addAttribute("name", name);
        return "login";
    }

    private static String problem(int status) {
        return switch (status) {
            case 429 -> "too-many";
            case 503 -> "unavailable";
            default -> "wrong";
        };
    }

    private static long minutes(HttpServletResponse response) {
        String seconds = response.getHeader(HttpHeaders.RETRY_AFTER);
        return seconds == null ? 0 : Duration.ofSeconds(Long.parseLong(seconds)).toMinutes() + 1;
    }
}
