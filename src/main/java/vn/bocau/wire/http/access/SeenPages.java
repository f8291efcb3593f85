package vn.bocau.wire.http.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import vn.bocau.audit.AuditTrail;

/** Keeps in the record who looks at what, before it is shown: what cannot be recorded is not shown. */
@Component
class SeenPages implements HandlerInterceptor, WebMvcConfigurer {

    private final AuditTrail trail;

    SeenPages(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/ops/**", "/console", "/console/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Principal who = request.getUserPrincipal();
        if (who != null
                && handler instanceof HandlerMethod
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request.getMethod().equals("GET")
                && Watched.is(request)) {
            trail.apart(Watched.seen(who.getName(), request));
        }
        return true;
    }
}
