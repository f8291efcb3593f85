package vn.bocau.wire.http.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.http.ProblemWriter;
import vn.bocau.wire.http.token.Tokens;

/** {@code /api/agency/v1}: agencies' systems, by token. What we publish about it is open to all. */
@Configuration
class AgencyAccess {

    /** The audience of a token that is good here. */
    static final String AREA = "agency";

    @Bean
    @Order(21)
    SecurityFilterChain agencyArea(HttpSecurity http, Tokens tokens, ProblemWriter problems, Refusals refusals) {
        AuthenticationManager known = tokens.in(AREA);
        return http.securityMatcher("/api/agency/**")
                .addFilterAfter(new CountedRefusals(refusals, "agency"), SecurityContextHolderFilter.class)
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(request -> known)
                        .authenticationEntryPoint(problems.asking("Bearer"))
                        .accessDeniedHandler(problems))
                .authorizeHttpRequests(all -> all.requestMatchers(HttpMethod.GET, "/api/agency/v1/openapi.yaml")
                        .permitAll()
                        .requestMatchers("/api/agency/v1/**")
                        .hasRole("PARTNER")
                        .anyRequest()
                        .denyAll())
                .exceptionHandling(e ->
                        e.authenticationEntryPoint(problems.asking("Bearer")).accessDeniedHandler(problems))
                .build();
    }
}
