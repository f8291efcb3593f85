package vn.bocau.wire.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
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

    private final LocaleResolver languages;

    HttpProblems(LocaleResolver languages) {
        this.languages = languages;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(Refused refused, HttpServletRequest request) {
        return answer(Problem.of(refused), request, HttpHeaders.EMPTY);
    }

    /** Anything no framework and no rule of ours has a word for. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<byte[]> other(Exception failure, HttpServletRequest request) throws Exception {
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
            throw failure;
        }
        if (isGone(failure)) {
            return null;
        }
        return answer(sorted(failure), request, HttpHeaders.EMPTY);
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
        ResponseEntity<byte[]> answer = answer(problem, ((ServletWebRequest) request).getRequest(), headers);
        return ResponseEntity.status(answer.getStatusCode())
                .headers(answer.getHeaders())
                .body(answer.getBody());
    }

    /** The other side hung up: there is nobody to answer. */
    private static boolean isGone(Throwable e) {
        return e instanceof org.springframework.web.context.request.async.AsyncRequestNotUsableException
                || e.getClass().getSimpleName().equals("ClientAbortException");
    }

    private ResponseEntity<byte[]> answer(Problem problem, HttpServletRequest request, HttpHeaders headers) {
        Locale locale = languages.resolveLocale(request);
        return problem.answer(locale, headers);
    }
}
