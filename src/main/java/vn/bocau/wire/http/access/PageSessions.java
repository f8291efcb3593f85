package vn.bocau.wire.http.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import vn.bocau.wire.http.people.OpenSessions;
import vn.bocau.wire.http.people.SessionEnded;
import vn.bocau.wire.http.people.SignedIn;

/** A browser whose account has changed since it signed in is nobody from the next request on, and is told so. */
class PageSessions extends OncePerRequestFilter {

    private static final String ENDED = PageSessions.class.getName() + ".ENDED";

    private final OpenSessions sessions;

    PageSessions(OpenSessions sessions) {
        this.sessions = sessions;
    }

    /** Whether the session of this request was found to have ended. */
    static boolean ended(HttpServletRequest request) {
        return request.getAttribute(ENDED) != null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getSession(false) == null || request.getRequestURI().startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && who.getPrincipal() instanceof SignedIn person && !holds(person)) {
            forget(request.getSession());
            request.setAttribute(ENDED, true);
        }
        chain.doFilter(request, response);
    }

    private boolean holds(SignedIn person) {
        try {
            return sessions.rights(person.getUsername(), person.epoch()).containsAll(person.getAuthorities());
        } catch (SessionEnded ended) {
            return false;
        }
    }

    /** The session itself stays: the form to sign in again, which is shown at once, is guarded by what is in it. */
    private static void forget(HttpSession session) {
        session.removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        SecurityContextHolder.clearContext();
    }
}
