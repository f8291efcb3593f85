package vn.bocau.wire.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import vn.bocau.code.Refused;
import vn.bocau.wire.Outage;

/**
 * The one place where what goes wrong behind a controller becomes an answer. Sorted by remedy: the sender must change
 * something (4xx), wait (503), or it is our bug (500, with an incident's number that is in our log).
 */
@RestControllerAdvice
@Order
class HttpProblems extends ResponseEntityExceptionHandler {

    /** What {@link ErrorPage} shows to a person. */
    static final String TO_BE_SHOWN = HttpProblems.class.getName() + ".TO_BE_SHOWN";

    private final LocaleResolver languages;

    HttpProblems(LocaleResolver languages) {
        this.languages = languages;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<byte[]> refused(Refused refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        return answer(Problem.of(refused), request, response, HttpHeaders.EMPTY);
    }

    /** Anything no framework and no rule of ours has a word for. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<byte[]> other(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
            throw failure;
        }
        if (isGone(failure)) {
            return null;
        }
        return answer(sorted(failure), request, response, HttpHeaders.EMPTY);
    }

    /** Tomcat throws its own when the parameters of an address cannot be decoded: that is the sender's doing. */
    static Problem sorted(Throwable failure) {
        Optional<TooLarge> tooLarge = TooLarge.in(failure);
        if (tooLarge.isPresent()) {
            return Problem.of(tooLarge.get());
        }
        if (Outage.in(failure).isPresent()) {
            return Problem.unavailable();
        }
        if (failure instanceof InvalidParameterException) {
            return SpringProblems.of(new IllegalStateException(), HttpStatus.BAD_REQUEST);
        }
        Problem bug = Problem.of(
                500,
                "incident",
                "Có lỗi trong hệ thống của chúng tôi; hãy báo kèm mã ở trường instance.",
                "Something is wrong on our side; report it with the code in instance.");
        Incident.log(bug.id(), failure);
        return bug;
    }

    /** What Spring MVC itself refuses: the status is its own, the words are ours. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (isGone(failure)) {
            return null;
        }
        Problem problem = status.is5xxServerError()
                ? sorted(failure)
                : TooLarge.in(failure).map(Problem::of).orElseGet(() -> SpringProblems.of(failure, status));
        var asked = (ServletWebRequest) request;
        try {
            ResponseEntity<byte[]> answer =
                    answer(problem, asked.getRequest(), Objects.requireNonNull(asked.getResponse()), headers);
            return answer == null
                    ? null
                    : ResponseEntity.status(answer.getStatusCode())
                            .headers(answer.getHeaders())
                            .body(answer.getBody());
        } catch (IOException gone) {
            return null;
        }
    }

    /** The other side hung up: there is nobody to answer. */
    private static boolean isGone(Throwable e) {
        return e instanceof org.springframework.web.context.request.async.AsyncRequestNotUsableException
                || e.getClass().getSimpleName().equals("ClientAbortException");
    }

    /** @return null when it is told by {@link ErrorPage}, to a person */
    private @Nullable ResponseEntity<byte[]> answer(
            Problem problem, HttpServletRequest request, HttpServletResponse response, HttpHeaders headers)
            throws IOException {
        request.setAttribute(Problem.CODE, problem.code());
        if (Readers.person(request.getRequestURI(), request)) {
            request.setAttribute(TO_BE_SHOWN, problem);
            response.sendError(problem.status());
            return null;
        }
        return problem.answer(languages.resolveLocale(request), headers);
    }
}
