package vn.bocau.wire.http.access;

import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasAnyRole;
import static org.springframework.security.authorization.AuthorityAuthorizationManager.hasAuthority;
import static org.springframework.security.authorization.AuthorizationManagers.allOf;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import vn.bocau.audit.AuditTrail;
import vn.bocau.wire.http.ProblemWriter;
import vn.bocau.wire.http.people.Administrators;
import vn.bocau.wire.http.people.Grants;

/**
 * {@code /api/ops} and {@code /actuator}: operators and their programs, by HTTP Basic on every request. Health is
 * open to all, because a load balancer has no account; so is the document of the interface, as those of the others are.
 */
@Configuration
class OpsAccess {

    @Bean
    @Order(30)
    SecurityFilterChain opsArea(
            HttpSecurity http, AuthenticationManager people, ProblemWriter problems, AuditTrail trail) {
        AuthenticationEntryPoint asking = problems.asking("Basic realm=\"bo-cau\", charset=\"UTF-8\"");
        return http.securityMatcher("/api/ops/**", "/actuator/**")
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .authenticationManager(people)
                .addFilterBefore(new RefusedRequests(trail), ExceptionTranslationFilter.class)
                .httpBasic(basic -> basic.authenticationEntryPoint(asking))
                .authorizeHttpRequests(all -> all.requestMatchers("/actuator/health", "/actuator/health/**")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/api/ops/v1/openapi.yaml")
                        .permitAll()
                        .requestMatchers("/api/ops/v1/people", "/api/ops/v1/people/**")
                        .hasRole(Administrators.ROLE)
                        .requestMatchers(HttpMethod.POST, "/api/ops/v1/audit/break-glass/*/seen")
                        .hasRole("DATA_OFFICER")
                        .requestMatchers("/api/ops/v1/audit", "/api/ops/v1/audit/**")
                        .hasAnyRole(Administrators.ROLE, "DATA_OFFICER")
                        .requestMatchers("/actuator/**")
                        // Its numbers are of every partner, by name.
                        .access(allOf(hasAnyRole("OPERATOR", Administrators.ROLE), hasAuthority(Grants.SEES_ALL)))
                        .requestMatchers("/api/ops/**")
                        .hasAnyRole("OPERATOR", Administrators.ROLE))
                .exceptionHandling(e -> e.authenticationEntryPoint(asking).accessDeniedHandler(problems))
                .build();
    }
}
