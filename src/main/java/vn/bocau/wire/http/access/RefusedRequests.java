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
import vn.bocau.wire.http.Problem;

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
        chain.doFilter(request, response);
        // A page says what it refused and answers as if all were well; the mark tells.
        boolean refused = response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
                || request.getAttribute(Problem.CODE) != null;
        if (refused
                && response.getStatus() != HttpServletResponse.SC_SERVICE_UNAVAILABLE
                && who != null
                && !(who instanceof AnonymousAuthenticationToken)) {
            trail.apart(Watched.refused(who.getName(), request, response.getStatus()));
        }
    }
}
