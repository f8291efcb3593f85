package vn.bocau.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.code.Text;
import vn.bocau.wire.http.people.Rights;

/**
 * Both signatures under a manifest, at the desk: the clerk's by the account that is signed in, the postal worker's by their
 * own, with its password. Who signs on the phone or on paper is not asked here.
 */
@Controller
@RequestMapping("/desk/handover/{number}")
class SigningPage {

    private static final Text NOBODY = new Text(
            "Tên đăng nhập hoặc mật khẩu của bưu tá không đúng, hoặc đã thử sai quá nhiều lần.",
            "The postal worker's name or password is wrong, or was wrong too often.");

    private static final Text NO_WORKER = new Text(
            "Tài khoản này không phải của bưu tá hay trưởng bưu cục, hoặc phải đổi mật khẩu trước.",
            "This account is not a postal worker's or supervisor's, or has to change its password first.");

    private final Clerks clerks;
    private final AuthenticationManager people;

    SigningPage(Clerks clerks, AuthenticationManager people) {
        this.clerks = clerks;
        this.people = people;
    }

    @PostMapping("/sign")
    String sign(
            Authentication who,
            Locale locale,
            RedirectAttributes next,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String digest) {
        return to(number, locale, next, () -> {
            clerks.say(Clerk.of(who), "sign", form, about(number).put("digest", digest));
            return Optional.empty();
        });
    }

    @PostMapping("/receive")
    String receive(
            Authentication who,
            Locale locale,
            HttpServletRequest request,
            RedirectAttributes next,
            @PathVariable String number,
            @RequestParam(defaultValue = "") String form,
            @RequestParam(defaultValue = "") String worker,
            @RequestParam(defaultValue = "") String password) {
        next.addFlashAttribute("worker", worker);
        return to(number, locale, next, () -> {
            Authentication known;
            try {
                var claim = UsernamePasswordAuthenticationToken.unauthenticated(worker.strip(), password);
                claim.setDetails(new WebAuthenticationDetails(request));
                known = people.authenticate(claim);
            } catch (AuthenticationException no) {
                return Optional.of(NOBODY);
            }
            Optional<String> office = Rights.of(known, Rights.OFFICE);
            if (Rights.passwordExpired(known) || office.isEmpty()) {
                return Optional.of(NO_WORKER);
            }
            ObjectNode said = about(number);
            said.putObject("receiver").put("user", known.getName()).put("office", office.get());
            JsonNode answer = clerks.say(Clerk.of(who), "handover", form, said);
            for (String why : List.of("short", "gone")) {
                List<String> left = new ArrayList<>();
                answer.path(why).forEach(item -> left.add(item.asText()));
                if (!left.isEmpty()) {
                    next.addFlashAttribute(why, left);
                }
            }
            return Optional.empty();
        });
    }

    private static ObjectNode about(String number) {
        return JsonNodeFactory.instance.objectNode().put("manifest", number);
    }

    /** @param act what is wrong, when something is */
    private static String to(String number, Locale locale, RedirectAttributes next, Supplier<Optional<Text>> act) {
        try {
            act.get().ifPresent(wrong -> next.addFlashAttribute("wrong", wrong.in(locale)));
        } catch (Refused refused) {
            next.addFlashAttribute("wrong", refused.flaws().get(0).wrong().in(locale));
        }
        next.addAttribute("number", number);
        return "redirect:/desk/handover/{number}";
    }
}
