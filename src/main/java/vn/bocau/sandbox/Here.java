package vn.bocau.sandbox;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.UriUtils;

/** A page's own address, for the switch of language. Every form is sent to the address it stands at. */
@ControllerAdvice
class Here {

    @ModelAttribute("here")
    String here(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String code = request.getParameter("code");
        return (failed == null ? request.getRequestURI() : failed) + "?"
                + (code == null ? "" : "code=" + UriUtils.encode(code, "UTF-8") + "&");
    }
}
