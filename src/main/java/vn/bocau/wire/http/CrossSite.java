package vn.bocau.wire.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import vn.bocau.code.Refused;

/**
 * A browser that has once asked for a name and a password (HTTP Basic) shows them by itself ever after, also when a page
 * of somebody else's sends the request: such a request changes nothing here. A browser says where a request comes from in
 * {@code Sec-Fetch-Site}, an old one in {@code Origin}; programs send neither. Pages have tokens of their own against
 * this, and a bearer's token nobody shows unasked.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class CrossSite extends OncePerRequestFilter {

    private static final Set<String> CHANGING_NOTHING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final ProblemWriter problems;

    CrossSite(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        @Nullable String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        return CHANGING_NOTHING.contains(request.getMethod())
                || shown == null
                || !shown.stripLeading().regionMatches(true, 0, "Basic", 0, "Basic".length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (own(request)) {
            chain.doFilter(request, response);
            return;
        }
        problems.refuse(
                new Refused(
                        Refused.Ground.FORBIDDEN,
                        "cross-site",
                        "",
                        "Yêu cầu này do một trang của nơi khác gửi đi; hãy gửi bằng chương trình, hoặc từ trang của chính hệ"
                                + " thống này.",
                        "This request was sent by a page of another site; send it by a program, or from a page of this"
                                + " system itself."),
                request,
                response);
    }

    private static boolean own(HttpServletRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return OWN.contains(site);
        }
        @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || origin.replaceFirst("^https?://", "").equals(request.getHeader(HttpHeaders.HOST));
    }
}
