package vn.bocau.wire.http.ngsp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import vn.bocau.directory.Partner;
import vn.bocau.wire.http.token.PartnerAuthentication;

/** Lets one-stop systems in, and nobody else. */
final class Credentials extends OncePerRequestFilter {

    private final OneStops oneStops;
    private final Unauthenticated refusal;

    Credentials(OneStops oneStops, Unauthenticated refusal) {
        this.oneStops = oneStops;
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Partner partner;
        try {
            partner = asksForToken(request) ? oneStops.askingForToken(request) : oneStops.calling(request);
        } catch (AuthenticationException wrong) {
            refusal.commence(request, response, wrong);
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new PartnerAuthentication(partner));
        SecurityContextHolder.setContext(context);
        chain.doFilter(new AnyContentType(request), response);
    }

    private static boolean asksForToken(HttpServletRequest request) {
        return request.getRequestURI().equals("/ngsp/token")
                || request.getRequestURI().equals("/ngsp/lgsp")
                        && Service.asked(request)
                                .filter(s -> s == Service.TOKEN)
                                .isPresent();
    }
}
