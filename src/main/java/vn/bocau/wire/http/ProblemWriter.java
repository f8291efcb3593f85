package vn.bocau.wire.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import vn.bocau.code.Refused;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.people.Rights;
import vn.bocau.wire.http.people.SessionEnded;
import vn.bocau.wire.http.signin.PasswordExpired;
import vn.bocau.wire.http.signin.TooManyAttempts;

/**
 * The same problems where no controller is reached: filters, and everything Spring Security refuses. As an
 * {@link AuthenticationEntryPoint} it asks for no scheme in particular; areas that know theirs use {@link #asking}.
 */
@Component
public class ProblemWriter implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final LocaleResolver languages;

    ProblemWriter(LocaleResolver languages) {
        this.languages = languages;
    }

    /** @param challenge for {@code WWW-Authenticate}, such as {@code Basic realm="bo-cau"} */
    public AuthenticationEntryPoint asking(String challenge) {
        return (request, response, failure) -> {
            if (Outage.in(failure).isEmpty() && !(failure instanceof TooManyAttempts)) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
            }
            commence(request, response, failure);
        };
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof TooManyAttempts blocked) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(blocked.pause().toSeconds()));
            write(
                    Problem.of(
                            429,
                            "too-many-attempts",
                            "Đăng nhập sai quá nhiều lần; hãy chờ rồi thử lại.",
                            "Too many failed sign-ins; wait before you try again."),
                    request,
                    response);
        } else if (Outage.in(failure).isPresent()) {
            write(Problem.unavailable(), request, response);
        } else {
            write(unknown(failure), request, response);
        }
    }

    private static Problem unknown(AuthenticationException failure) {
        if (failure instanceof SessionEnded) {
            return Problem.of(
                    401,
                    "session-ended",
                    "Tài khoản này đã thay đổi hoặc bị khóa sau khi đăng nhập; hãy đăng nhập lại.",
                    "This account has changed or was disabled since it signed in; sign in again.");
        }
        if (failure instanceof DisabledException) {
            return Problem.of(
                    401,
                    "account-disabled",
                    "Tài khoản này đã bị khóa; hãy hỏi quản trị.",
                    "This account is disabled; ask an administrator.");
        }
        return Problem.of(
                401,
                "unauthenticated",
                "Thiếu thông tin xác thực, hoặc thông tin không đúng hay đã hết hạn.",
                "Credentials are missing, wrong or expired.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && Rights.passwordExpired(who)) {
            write(Problem.of(PasswordExpired.refused()), request, response);
            return;
        }
        write(
                Problem.of(
                        403,
                        "forbidden",
                        "Tài khoản này không có quyền dùng địa chỉ này.",
                        "This account may not use this address."),
                request,
                response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException rejected)
            throws IOException {
        write(
                Problem.of(
                        400,
                        "bad-request-line",
                        "Địa chỉ hoặc tiêu đề của yêu cầu chứa ký tự không được phép.",
                        "The address or a header of the request holds characters that are not allowed."),
                request,
                response);
    }

    /** For filters that read a body themselves. */
    public void tooLarge(TooLarge large, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(Problem.of(large), request, response);
    }

    /** For filters that refuse by themselves. */
    public void refuse(Refused refused, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(Problem.of(refused), request, response);
    }

    void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setAttribute(Problem.CODE, problem.code());
        Locale locale = languages.resolveLocale(request);
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, locale.getLanguage());
        if (problem.status() == 503) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        response.getOutputStream().write(problem.json(locale));
    }
}
