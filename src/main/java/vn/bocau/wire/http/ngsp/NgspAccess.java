package vn.bocau.wire.http.ngsp;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import vn.bocau.journal.Refusals;
import vn.bocau.wire.http.ProblemWriter;
import vn.bocau.wire.http.access.CountedRefusals;

/** {@code /ngsp}: one-stop systems, by key and secret or by token. */
@Configuration
class NgspAccess {

    @Bean
    @Order(27)
    SecurityFilterChain ngspArea(HttpSecurity http, OneStops oneStops, ProblemWriter problems, Refusals refusals) {
        var refusal = new Unauthenticated();
        return http.securityMatcher("/ngsp/**")
                .addFilterAfter(new CountedRefusals(refusals, "ngsp"), SecurityContextHolderFilter.class)
                .headers(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(new Credentials(oneStops, refusal), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(all -> all.anyRequest().hasRole("PARTNER"))
                .exceptionHandling(e -> e.authenticationEntryPoint(refusal).accessDeniedHandler(problems))
                .build();
    }
}
