package vn.bocau.wire.http.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import vn.bocau.audit.AuditTrail;

/** Keeps in the record what somebody who has signed in asked for among the operators' pages and was not given. */
class RefusedRequests extends OncePerRequestFilter {

    private final AuditTrail trail;

    RefusedRequests(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Watched.is(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        var shown = new SeenResponse(request, response);
        chain.doFilter(request, shown);
        // What had no body, such as the answer to HEAD.
        shown.seen();
        if (shown.isRefused()
                && response.getStatus() != HttpServletResponse.SC_SERVICE_UNAVAILABLE
                && who != null
                && !(who instanceof AnonymousAuthenticationToken)) {
            trail.apart(Watched.refused(who.getName(), request, response.getStatus()));
        }
    }
}
