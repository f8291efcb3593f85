package vn.bocau.wire.http.ngsp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import vn.bocau.wire.AtTheDoor;
import vn.bocau.wire.http.signin.TooManyAttempts;

/** Who is not let in is told so twice: in the adapter's words, and in those of RFC 6749, which token clients read. */
final class Unauthenticated implements AuthenticationEntryPoint {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        Status status = Status.UNAUTHENTICATED;
        if (failure instanceof TooManyAttempts blocked) {
            status = Status.TOO_MANY;
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(blocked.pause().toSeconds()));
        } else {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"bo-cau\"");
        }
        AtTheDoor.refused(status == Status.TOO_MANY ? "too-many-attempts" : "unauthenticated");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", status == Status.TOO_MANY ? "slow_down" : "invalid_client");
        body.put("error_description", status.message);
        body.put("Status", status.code);
        body.put("Message", status.message);
        response.setStatus(status.code);
        response.setContentType("application/json;charset=UTF-8");
        response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
