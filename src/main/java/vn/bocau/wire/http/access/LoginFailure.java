package vn.bocau.wire.http.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.stereotype.Component;
import vn.bocau.wire.Outage;

/** Shows the sign-in page again, with the status that says why: 401 wrong, 429 too often, 503 not now. */
@Component
class LoginFailure implements AuthenticationFailureHandler {

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        response.setStatus(status(failure, response));
        request.getRequestDispatcher("/login/refused").forward(request, response);
    }

    private static int status(AuthenticationException failure, HttpServletResponse response) {
        if (failure instanceof TooManyAttempts blocked) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(blocked.pause().toSeconds()));
            return 429;
        }
        return Outage.in(failure).isPresent() ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : 401;
    }
}
