package vn.bocau.wire.http.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.server.servlet.CookieSameSiteSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import vn.bocau.audit.AuditTrail;
import vn.bocau.wire.http.people.Assignment;
import vn.bocau.wire.http.people.OpenSessions;
import vn.bocau.wire.http.people.Rights;
import vn.bocau.wire.http.people.SessionEnded;
import vn.bocau.wire.http.signin.LoginFailure;

/**
 * Pages for people: a form to sign in, a session in a cookie, every form guarded against being sent from elsewhere. Each
 * face adds its own area before this one; here is what they share, and the end of the line.
 */
@Configuration
class PageAccess {

    @Bean
    @Order(90)
    SecurityFilterChain pageArea(
            HttpSecurity http,
            AuthenticationManager people,
            LoginFailure failure,
            OpenSessions sessions,
            AuditTrail trail) {
        var asking = new LoginUrlAuthenticationEntryPoint("/login");
        return http.authenticationManager(people)
                .headers(AbstractHttpConfigurer::disable)
                // In a cookie: whoever has not signed in gets no session for a page that was asked for.
                .requestCache(cache -> cache.requestCache(new CookieRequestCache()))
                .formLogin(form -> form.loginPage("/login").failureHandler(failure))
                .logout(out -> out.logoutSuccessUrl("/login?out"))
                .addFilterBefore(new RefusedRequests(trail), ExceptionTranslationFilter.class)
                .addFilterBefore(new PageSessions(sessions), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(all -> all.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers("/login", "/assets/**", "/favicon.ico", "/robots.txt")
                        .permitAll()
                        .requestMatchers("/password")
                        .authenticated()
                        .requestMatchers("/desk", "/desk/**")
                        .hasRole("AGENCY_CLERK")
                        .requestMatchers("/fees", "/fees/**")
                        .hasAnyRole("AGENCY_CLERK", "POSTAL_SUPERVISOR", "OPERATOR", "ADMINISTRATOR")
                        .requestMatchers(HttpMethod.POST, "/console/record/break-glass/*/seen")
                        .hasRole("DATA_OFFICER")
                        .requestMatchers("/console/record", "/console/record/**")
                        .hasAnyRole("ADMINISTRATOR", "DATA_OFFICER")
                        .requestMatchers("/console", "/console/**")
                        .hasAnyRole("OPERATOR", "ADMINISTRATOR")
                        .requestMatchers("/")
                        .hasAnyRole(Assignment.ROLES.toArray(String[]::new))
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(e -> e.accessDeniedHandler(PageAccess::refuse)
                        .authenticationEntryPoint((request, response, denied) -> {
                            if (PageSessions.ended(request)) {
                                failure.onAuthenticationFailure(request, response, new SessionEnded());
                            } else {
                                asking.commence(request, response, denied);
                            }
                        }))
                .build();
    }

    /**
     * Whoever has signed in and asks for a page nobody has opened is told that there is none. A one-time password opens
     * the page to change it and no other.
     */
    private static void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (!(denied instanceof CsrfException) && who != null && Rights.passwordExpired(who)) {
            response.sendRedirect("/password");
            return;
        }
        response.sendError(
                denied instanceof CsrfException ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_NOT_FOUND);
    }

    @Bean
    CookieSameSiteSupplier sessionsFromHereAlone() {
        return CookieSameSiteSupplier.ofLax().whenHasName("JSESSIONID");
    }
}
