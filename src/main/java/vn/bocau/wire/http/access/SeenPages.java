package vn.bocau.wire.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;
import vn.bocau.audit.AuditTrail;
import vn.bocau.audit.Audited;

/**
 * Keeps in the record who looks at what, before it is shown: what cannot be recorded is not shown, and what is refused is
 * recorded as that alone.
 */
@Component
class SeenPages implements HandlerInterceptor, WebMvcConfigurer {

    /** A page that is open renews itself: within five minutes it is one view. */
    private static final Duration ONE_VIEW = Duration.ofMinutes(5);

    private static final Set<String> LOOKS = Set.of("GET", "HEAD");

    private final AuditTrail trail;
    private final Cache<String, Boolean> lately =
            Caffeine.newBuilder().expireAfterWrite(ONE_VIEW).maximumSize(10_000).build();

    SeenPages(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/", "/api/ops/**", "/console", "/console/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Principal who = request.getUserPrincipal();
        if (who != null
                && handler instanceof HandlerMethod
                && request.getDispatcherType() == DispatcherType.REQUEST
                && LOOKS.contains(request.getMethod())
                && Watched.is(request)) {
            // As it was asked, not as it is kept: of two dossiers the record may show the same dots.
            String view = who.getName() + ' ' + request.getRequestURI() + '?' + request.getQueryString();
            if (lately.getIfPresent(view) == null) {
                Audited seen = Watched.seen(who.getName(), request);
                Runnable record = () -> {
                    trail.apart(seen);
                    lately.put(view, true);
                };
                SeenResponse shown = WebUtils.getNativeResponse(response, SeenResponse.class);
                if (shown == null) {
                    record.run();
                } else {
                    shown.before(record);
                }
            }
        }
        return true;
    }

    /** A page is about to be drawn: what goes wrong here is still answered as an outage, and later as our fault. */
    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        SeenResponse shown = WebUtils.getNativeResponse(response, SeenResponse.class);
        if (page != null && shown != null) {
            shown.seen();
        }
    }
}
