package vn.bocau.scan;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import vn.bocau.wire.http.ProblemWriter;

/** {@code /api/scan/v1}: phones of postal workers, by the token they got when they signed in. */
@Configuration
class ScanAccess {

    @Bean
    @Order(25)
    SecurityFilterChain scanArea(HttpSecurity http, DeviceSessions sessions, ProblemWriter problems, LostPhone lost) {
        return http.securityMatcher("/api/scan/**")
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .oauth2ResourceServer(server -> server.opaqueToken(token -> token.introspector(sessions))
                        .authenticationEntryPoint(problems.asking("Bearer"))
                        .accessDeniedHandler(lost))
                .authorizeHttpRequests(all -> all.requestMatchers(HttpMethod.POST, "/api/scan/v1/sign-in")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/scan/v1/openapi.yaml")
                        .permitAll()
                        .requestMatchers("/api/scan/v1/office/**", "/api/scan/v1/devices/**")
                        .hasRole("POSTAL_SUPERVISOR")
                        .requestMatchers(HttpMethod.POST, "/api/scan/v1/handlings")
                        .hasAnyAuthority("ROLE_POSTAL_WORKER", "ROLE_POSTAL_SUPERVISOR", DeviceSessions.REVOKED)
                        .requestMatchers(HttpMethod.PUT, "/api/scan/v1/handlings/*/evidence/*", "/api/scan/v1/shifts/*")
                        .hasAnyAuthority("ROLE_POSTAL_WORKER", "ROLE_POSTAL_SUPERVISOR", DeviceSessions.REVOKED)
                        .requestMatchers("/api/scan/v1/**")
                        .hasAnyRole("POSTAL_WORKER", "POSTAL_SUPERVISOR")
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(problems.asking("Bearer")).accessDeniedHandler(lost))
                .build();
    }

    /** The app itself holds nothing of anybody; it asks to sign in. */
    @Bean
    @Order(26)
    SecurityFilterChain scanAppArea(HttpSecurity http) {
        return http.securityMatcher("/scan", "/scan/**")
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(all -> all.requestMatchers(HttpMethod.GET, "/scan", "/scan/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }
}
