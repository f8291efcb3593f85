package vn.bocau.wire.http.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.AtTheDoor;
import vn.bocau.wire.http.Problem;
import vn.bocau.wire.http.token.PartnerAuthentication;

/**
 * Counts what a partners' door did not take: of whom, of which kind, why, and nothing of what was sent. What we could not do
 * (503, 500) is no refusal. Of a caller who proved to be nobody only the door is kept, so that strangers make no more of it
 * than there are doors and codes.
 */
public final class CountedRefusals extends OncePerRequestFilter {

    private final Refusals refusals;
    private final String door;

    /** @param door kind of what came to no route */
    public CountedRefusals(Refusals refusals, String door) {
        this.refusals = refusals;
        this.door = door;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        String code = code(request, response.getStatus());
        if (code != null) {
            String partner = partner();
            refusals.count(
                    partner == null ? Refusals.UNKNOWN : partner,
                    partner == null ? door : Objects.requireNonNullElse(AtTheDoor.kind(), door),
                    code);
        }
    }

    private static @Nullable String code(HttpServletRequest request, int status) {
        String said = AtTheDoor.code();
        if (said != null || status < 400 || status >= 500) {
            return said;
        }
        return request.getAttribute(Problem.CODE) instanceof String code
                ? code
                : status == HttpServletResponse.SC_UNAUTHORIZED ? "unauthenticated" : "bad-request";
    }

    private static @Nullable String partner() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof PartnerAuthentication partner
                ? partner.getName()
                : AtTheDoor.partner();
    }
}
