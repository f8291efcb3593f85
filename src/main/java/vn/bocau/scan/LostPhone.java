package vn.bocau.scan;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import vn.bocau.code.Refused;
import vn.bocau.wire.http.ProblemWriter;

/** Tells a phone that was reported lost why nothing is given to it any more. */
@Component
class LostPhone implements AccessDeniedHandler {

    private final ProblemWriter problems;

    LostPhone(ProblemWriter problems) {
        this.problems = problems;
    }

    static Refused refused() {
        return new Refused(
                Refused.Ground.FORBIDDEN,
                "device-revoked",
                "",
                "Máy này đã được báo mất và bị khóa; những gì chưa gửi được giữ lại cho trưởng bưu cục xem xét.",
                "This phone was reported lost and is locked; what it had not sent is kept for the supervisor to look at.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && Postal.revoked(who)) {
            problems.refuse(refused(), request, response);
        } else {
            problems.handle(request, response, denied);
        }
    }
}
