package vn.bocau.wire.http.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import vn.bocau.directory.Directories;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.Secrets;
import vn.bocau.wire.http.ProblemWriter;
import vn.bocau.wire.http.token.Tokens;

/** {@code /api/portal/v1}: portals, by token or by signature. What we publish about it is open to all. */
@Configuration
class PortalAccess {

    /** The audience of a token that is good here. */
    static final String AREA = "portal";

    @Bean
    @Order(20)
    SecurityFilterChain portalArea(
            HttpSecurity http,
            Tokens tokens,
            Directories directories,
            Secrets secrets,
            ProblemWriter problems,
            Refusals refusals) {
        AuthenticationManager known = tokens.in(AREA);
        return http.securityMatcher("/api/portal/**")
                .addFilterAfter(new CountedRefusals(refusals, "portal"), SecurityContextHolderFilter.class)
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(
                        new SignedRequests(directories, secrets, problems), BearerTokenAuthenticationFilter.class)
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> known)
                        .authenticationEntryPoint(problems.asking("Bearer"))
                        .accessDeniedHandler(problems))
                .authorizeHttpRequests(all -> all.requestMatchers(
                                HttpMethod.GET,
                                "/api/portal/v1/openapi.yaml",
                                "/api/portal/v1/openapi.json",
                                "/api/portal/v1/schemas/*")
                        .permitAll()
                        .requestMatchers("/api/portal/v1/**")
                        .hasRole("PARTNER")
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(problems.asking("Bearer")).accessDeniedHandler(problems))
                .build();
    }
}
