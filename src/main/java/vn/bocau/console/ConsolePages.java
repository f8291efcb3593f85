package vn.bocau.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import vn.bocau.code.Refused;
import vn.bocau.wire.http.Problem;

/** What every page of the console shows. */
@ControllerAdvice(annotations = ConsolePages.OnConsole.class)
class ConsolePages {

    /** Marks the controllers of these pages. */
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @interface OnConsole {}

    static final ZoneId VIETNAM = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss dd/MM/yyyy");

    @ModelAttribute
    void console(Model page, HttpServletRequest request) {
        String query = request.getQueryString();
        page.addAttribute("here", request.getRequestURI() + (query == null ? "" : "?" + query));
        page.addAttribute("console", true);
        // Only what opens for this person is offered.
        page.addAttribute("operates", request.isUserInRole("OPERATOR") || request.isUserInRole("ADMINISTRATOR"));
        page.addAttribute("records", request.isUserInRole("ADMINISTRATOR") || request.isUserInRole("DATA_OFFICER"));
        page.addAttribute("protects", request.isUserInRole("DATA_OFFICER"));
        page.addAttribute("now", clock(Instant.now()));
        page.addAttribute("clock", new Clock());
    }

    /** For templates: an instant as people in Vietnam read it. */
    static final class Clock {

        public String of(Instant at) {
            return clock(at);
        }

        /** Of so many seconds, hours first; a dash when it is of nothing. */
        public String aged(@org.jspecify.annotations.Nullable Double seconds) {
            return seconds == null ? "–" : lasted(java.time.Duration.ofSeconds(seconds.longValue()));
        }

        /** Such as 0.12 s, or 4.2 ms of what takes less than ten. */
        public String seconds(@org.jspecify.annotations.Nullable Double seconds) {
            if (seconds == null) {
                return "–";
            }
            return seconds < 0.01
                    ? String.format(Locale.ROOT, "%.1f ms", seconds * 1000)
                    : String.format(Locale.ROOT, "%.2f s", seconds);
        }

        /** Until now. */
        public String since(Instant at) {
            return lasted(java.time.Duration.between(at, Instant.now()));
        }

        /** Such as 2:05:09, hours first. */
        public String lasted(java.time.Duration time) {
            return (time.isNegative() ? "-" : "")
                    + String.format(
                            Locale.ROOT,
                            "%d:%02d:%02d",
                            time.abs().toHours(),
                            time.abs().toMinutesPart(),
                            time.abs().toSecondsPart());
        }
    }

    static String clock(Instant at) {
        return at.atZone(VIETNAM).format(CLOCK);
    }

    /**
     * Does what a form asks for and leads back to a page, which says what was refused. A refusal is recorded as one that a
     * program meets, by the code that the request is marked with.
     *
     * @param back path of that page
     */
    static String tried(HttpServletRequest request, Locale locale, RedirectAttributes next, String back, Runnable act) {
        try {
            act.run();
        } catch (Refused refused) {
            request.setAttribute(Problem.CODE, refused.code());
            next.addFlashAttribute("wrong", wrong(refused, locale));
        }
        return "redirect:" + back;
    }

    /** What was wrong with a form, in the reader's language. */
    static List<String> wrong(Refused refused, Locale locale) {
        return refused.flaws().stream()
                .map(flaw -> (flaw.field().isEmpty() ? "" : flaw.field().replaceFirst("^/", "") + ": ")
                        + flaw.wrong().in(locale))
                .toList();
    }

    /** What a form left empty was not said. */
    static @org.jspecify.annotations.Nullable String said(@org.jspecify.annotations.Nullable String value) {
        return Stream.of(Objects.requireNonNullElse(value, "").strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
