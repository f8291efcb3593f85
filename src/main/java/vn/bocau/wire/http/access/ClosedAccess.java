package vn.bocau.wire.http.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import vn.bocau.wire.http.ProblemWriter;

/** Addresses of programs that no area before this one has opened: closed to all, and said as a problem, not a page. */
@Configuration
class ClosedAccess {

    /** What is measured and traced is the request, not each filter on its way: that would cost more than most of them do. */
    @Bean
    SecurityObservationSettings requestsAlone() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    @Order(80)
    SecurityFilterChain closedArea(HttpSecurity http, ProblemWriter problems) {
        return http.securityMatcher("/api/**", "/ngsp/**", "/ws/**", "/oauth2/**")
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(all -> all.anyRequest().denyAll())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(problems.asking("Bearer")).accessDeniedHandler(problems))
                .build();
    }
}
