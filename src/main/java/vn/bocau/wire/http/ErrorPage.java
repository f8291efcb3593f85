package vn.bocau.wire.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ModelAndView;

/** Where the server ends with what nobody else has answered: a page for people, a problem for programs. */
@Controller
class ErrorPage implements ErrorController {

    private final LocaleResolver languages;

    ErrorPage(LocaleResolver languages) {
        this.languages = languages;
    }

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        Problem problem = problem(request);
        Locale locale = languages.resolveLocale(request);
        if (!Readers.person(String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI)), request)) {
            return problem.answer(locale, HttpHeaders.EMPTY);
        }
        var page = new ModelAndView("error", HttpStatusCode.valueOf(problem.status()));
        page.addObject("title", problem.title().in(locale));
        page.addObject("detail", problem.detail().in(locale));
        if (problem.status() >= 500) {
            page.addObject("incident", problem.id());
        }
        return page;
    }

    private static Problem problem(HttpServletRequest request) {
        Object told = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (request.getAttribute(HttpProblems.TO_BE_SHOWN) instanceof Problem known) {
            return known;
        }
        int status = told instanceof Integer code && code >= 400 ? code : 404;
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
            return HttpProblems.sorted(failure);
        }
        return SpringProblems.of(new IllegalStateException(), HttpStatusCode.valueOf(status));
    }
}
