package vn.bocau.wire.http.signin;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import vn.bocau.wire.Outage;
import vn.bocau.wire.http.people.SessionEnded;

/** Shows the sign-in page again, with the status that says why: 401 not you, 429 too often, 503 not now. */
@Component
public class LoginFailure implements AuthenticationFailureHandler {

    /** Attribute of the request: which of the messages {@code login.*} says why. */
    public static final String PROBLEM = "problem";

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        response.setStatus(status(failure, response));
        request.setAttribute(PROBLEM, problem(failure));
        request.getRequestDispatcher("/login/refused").forward(request, response);
    }

    private static int status(AuthenticationException failure, HttpServletResponse response) {
        if (failure instanceof TooManyAttempts blocked) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(blocked.pause().toSeconds()));
            return 429;
        }
        return unavailable(failure) ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : 401;
    }

    private static String problem(AuthenticationException failure) {
        if (failure instanceof TooManyAttempts) {
            return "too-many";
        }
        if (failure instanceof DisabledException) {
            return "disabled";
        }
        if (failure instanceof SessionEnded) {
            return "ended";
        }
        return unavailable(failure) ? "unavailable" : "wrong";
    }

    private static boolean unavailable(AuthenticationException failure) {
        return Outage.in(failure).isPresent();
    }
}
